/** The silent check on the first page of every route and on landings: opened inside another app, the way out comes first. */
import { browser } from "./device-check/browser.js";
import { judge, observe } from "./device-check/environment.js";

/** @param {string} mark */
const show = (mark) => document.querySelectorAll(`[${mark}]`).forEach((element) => element.removeAttribute("hidden"));

if (judge(observe(browser)).verdict === "in-app") show("data-in-app");
for (const button of document.querySelectorAll("[data-copy-address]")) {
  if (!navigator.clipboard) continue;
  button.removeAttribute("hidden");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    show("data-copied");
  });
}
