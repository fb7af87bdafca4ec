/** «Ni är redo»: says that all is ticked when it is, names what is not, and what failed or was skipped in the device check. */
import { read } from "../fragment.js";
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

const found = new Map((read(location.hash).get("r") || "").split(",").map((one) => one.split("-")));
for (const item of document.querySelectorAll("[data-from-check]")) {
  const severity = found.get(item.getAttribute("data-from-check"));
  if (!severity) continue;
  for (const shown of [item, item.closest("div")]) shown.removeAttribute("hidden");
  const told = severity === "skipped" ? "skipped" : "fix";
  for (const words of item.querySelectorAll("[data-severity]")) words.hidden = words.dataset.severity !== told;
}
