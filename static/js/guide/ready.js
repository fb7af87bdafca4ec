/** «Ni är redo»: says that all is ticked when it is, and names what is not. */
import { ticks } from "./ticks.js";

const left = document.querySelector("[data-not-ticked]");
const kept = ticks(left.getAttribute("data-plan")).kept();
if (kept) {
  const tasks = [...left.querySelectorAll("[data-task]")];
  for (const task of tasks) task.toggleAttribute("hidden", kept.includes(task.getAttribute("data-task")));
  const all = tasks.every((task) => task.hasAttribute("hidden"));
  left.toggleAttribute("hidden", all);
  for (const line of document.querySelectorAll("[data-all-done]")) line.toggleAttribute("hidden", !all);
  for (const line of document.querySelectorAll("[data-not-all-done]")) line.toggleAttribute("hidden", all);
}
