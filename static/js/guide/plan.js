/** The plan: which tasks are done, which is next, and the one question before anything is kept. */
import { read } from "../fragment.js";
import { ticks } from "./ticks.js";

/** @param {string} selector @param {boolean} shown */
const show = (selector, shown) => document.querySelectorAll(selector).forEach((element) => element.toggleAttribute("hidden", !shown));

const path = document.querySelector("[data-plan]");
const mine = ticks(path.getAttribute("data-plan"));
const tasks = [...path.querySelectorAll("[data-task]")];
/** Done already before this page was opened; for this look at it alone, kept nowhere. */
const told = read(location.hash).get("done");

function draw() {
  const kept = mine.kept();
  const done = new Set([...(kept || []), told]);
  const isDone = (/** @type {Element} */ task) => done.has(task.getAttribute("data-task"));
  const next = tasks.find((task) => !isDone(task));
  for (const task of tasks) task.className = isDone(task) ? "is-done" : task === next ? "is-next" : "is-later";
  const number = String(tasks.filter(isDone).length);
  for (const line of document.querySelectorAll("[data-done-count]")) line.toggleAttribute("hidden", line.dataset.doneCount !== number);
  show("[data-all-done]", !next);
  show("[data-ticks-kept]", kept !== null);
  show("[data-ticks-ask]", kept === null && mine.possible && !draw.declined);
}
draw.declined = false; // for this look at the page: a no is not kept either

document.querySelector("[data-ticks-yes]").addEventListener("click", () => {
  mine.keep(told ? [told] : []);
  draw();
  document.querySelector("[data-ticks-erase]").focus();
});
document.querySelector("[data-ticks-no]").addEventListener("click", () => {
  draw.declined = true;
  draw();
});
document.querySelector("[data-ticks-erase]").addEventListener("click", () => {
  mine.erase();
  draw();
});
addEventListener("pageshow", draw); // back from a task, the page may come as it was left
draw();
