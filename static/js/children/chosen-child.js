/** Shows the drawn child that was chosen (`c` in the fragment) in every picture, and lets one choose it. */
import { put } from "../fragment-put.js";
import { read } from "../fragment.js";

const HIGHEST = 8; // children drawn in templates/pictures/rig/parts.svg; pages.py says the same

const TEENS = ["3", "5", "6"]; // those of them who are drawn as teens

/** @param {string} hash @param {boolean} teens on the pages for 13–17
 * @returns {string} the number of the chosen child; the first there is when none or nonsense was chosen */
export function chosen(hash, teens = false) {
  const value = read(hash).get("c") || "";
  if (teens) return TEENS.includes(value) ? value : TEENS[0];
  return /^\d$/.test(value) && Number(value) >= 1 && Number(value) <= HIGHEST ? value : "1";
}

function show() {
  const number = chosen(location.hash, document.body.matches(".youth"));
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
