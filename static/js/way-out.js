/** The silent check on the first page of every route and on landings: opened inside another app, the way out comes first. */
import { inApp } from "./device-check/in-app.js";

/** @param {string} mark */
const show = (mark) => document.querySelectorAll(`[${mark}]`).forEach((element) => element.removeAttribute("hidden"));

const { userAgent, standalone } = navigator;
const signs = {
  agent: userAgent,
  standalone: standalone || matchMedia("(display-mode: standalone)").matches,
  telegram: "TelegramWebviewProxy" in window,
};
if (inApp(signs)) show("data-in-app");
for (const button of document.querySelectorAll("[data-copy-address]")) {
  if (!navigator.clipboard) continue;
  button.removeAttribute("hidden");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    show("data-copied");
  });
}
