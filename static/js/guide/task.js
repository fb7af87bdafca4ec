/** A task: «Klart» ticks it when ticks are kept, and «Det gick inte» opens the fold of help. */
import { ticks } from "./ticks.js";

for (const link of document.querySelectorAll("[data-opens-fold]")) {
  link.addEventListener("click", () => (document.querySelector(link.getAttribute("href")).closest("details").open = true));
}

const done = document.querySelector("[data-tick]");
if (done) {
  const mine = ticks(done.getAttribute("data-plan"));
  done.addEventListener("click", () => {
    const kept = mine.kept();
    if (kept) mine.keep([...new Set([...kept, done.getAttribute("data-tick")])]);
  });
}
