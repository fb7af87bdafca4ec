/** A step's extras: remembering it (only when pressed) and sharing it. The page works without either. */
import { read, write } from "../fragment.js";
import { KEY, storage } from "../kept-step.js";

/** @param {string} selector @returns {HTMLElement} */
const find = (selector) => document.querySelector(selector);
/** @param {string} name */
const say = (name) => {
  for (const line of document.querySelectorAll("[data-said]")) line.toggleAttribute("hidden", line.getAttribute("data-said") !== name);
};

const kept = storage();
const remember = find("[data-remember]");
if (kept && remember) {
  const forget = find("[data-forget]");
  const show = () => {
    const known = kept.getItem(KEY);
    remember.hidden = known === location.pathname;
    forget.hidden = !known;
  };
  show();
  remember.addEventListener("click", () => {
    kept.setItem(KEY, location.pathname);
    show();
    say("remembered");
    forget.focus();
  });
  forget.addEventListener("click", () => {
    kept.removeItem(KEY);
    show();
    say("forgotten");
    remember.focus();
  });
}

const share = find("[data-share]");
if (share && (navigator.share || navigator.clipboard)) {
  share.hidden = false;
  share.addEventListener("click", async () => {
    // Of what the address carries only the visit's time goes with it, and only where the page says so before the button.
    const time = share.getAttribute("data-share") === "time" && read(location.hash).get("t");
    const url = location.href.split("#")[0] + (time ? write(new Map([["t", time]])) : "");
    if (navigator.share) return navigator.share({ title: document.title, url }).catch(() => {});
    await navigator.clipboard.writeText(url);
    say("copied");
  });
}
