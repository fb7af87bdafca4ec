/** The start page's way back to the step that was kept on this device. */
import { KEY, storage } from "./kept-step.js";

const kept = storage();
const known = kept && kept.getItem(KEY);
const link = document.querySelector("[data-resume-link]");
if (known && known.startsWith("/")) {
  link.setAttribute("href", known + location.hash);
  link.parentElement.removeAttribute("hidden");
}
