/** A step's extras: remembering it (only when pressed) and sharing it. The page works without either. */
import { KEY, storage } from "./kept-step.js";

/** @param {string} selector @returns {HTMLElement} */
const find = (selector) => document.querySelector(selector);
/** @param {string} name */
const say = (name) => {
  for (const line of document.querySelectorAll("[data-said]")) line.toggleAttribute("hidden", line.getAttribute("data-said") !== name);
};

const kept = storage();
if (kept) {
  const remember = find("[data-remember]");
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

/** "It did not work" opens the fold it leads to; without a script one presses once more. */
const help = document.querySelector("#trouble");
const opener = document.querySelector('.bar a[href="#trouble"]');
if (help && opener) opener.addEventListener("click", () => help.setAttribute("open", ""));

if (navigator.share || navigator.clipboard) {
  const share = find("[data-share]");
  share.hidden = false;
  share.addEventListener("click", async () => {
    if (navigator.share) return navigator.share({ title: document.title, url: location.href }).catch(() => {});
    await navigator.clipboard.writeText(location.href);
    say("copied");
  });
}
