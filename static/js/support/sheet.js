// The sheet's print button, and the visit's time from the fragment on its line: Share puts it there, and no server sees it.
import "../print.js";
import { inWords } from "./when.js";

const when = /[#&]t=(\d{8}T\d{4})(&|$)/.exec(location.hash);
const line = document.querySelector(".time");
if (when && line) {
  line.querySelector("[data-written]").textContent = inWords(when[1], line.dataset.locale);
  line.classList.add("is-written");
  for (const link of document.querySelectorAll(".controls a")) link.hash = location.hash;
}
