/** Shows the drawn child that was chosen (`c` in the fragment) in every picture, and lets one choose it. */
import { put } from "../fragment-put.js";
import { read } from "../fragment.js";

const HIGHEST = 8; // children drawn in templates/pictures/people.html; pages.py says the same

/** @param {string} hash @returns {string} the number of the chosen child, "1" when none or nonsense was chosen */
export function chosen(hash) {
  const value = read(hash).get("c") || "";
  return /^\d$/.test(value) && Number(value) >= 1 && Number(value) <= HIGHEST ? value : "1";
}

function show() {
  const number = chosen(location.hash);
  document.documentElement.dataset.child = number;
  for (const link of document.querySelectorAll("[data-choose] a")) {
    const on = link instanceof HTMLElement && link.dataset.child === number;
    if (on) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

show();
addEventListener("hashchange", show);
const choice = document.querySelector("[data-choose]");
if (choice instanceof HTMLElement) {
  choice.hidden = false;
  choice.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link) return;
    event.preventDefault();
    put("c", link.dataset.child);
    show();
  });
}
