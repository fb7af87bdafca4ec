/** The guide's extras: remembering the step (only when pressed), sharing it, printing. The page works without any of it. */

const KEY = "redo.step";
/** @param {string} selector @returns {HTMLElement | null} */
const find = (selector) => document.querySelector(selector);
/** @param {string} name */
const say = (name) => {
  for (const line of document.querySelectorAll("[data-said]")) line.toggleAttribute("hidden", line.getAttribute("data-said") !== name);
};

/** Storage is refused in some private windows; then nothing is offered. @returns {Storage | null} */
function storage() {
  try {
    localStorage.getItem(KEY);
    return localStorage;
  } catch (refused) {
    return null;
  }
}

/** @param {Storage} kept */
function remembering(kept) {
  const known = kept.getItem(KEY);
  const link = find("[data-resume-link]");
  if (link && link.parentElement && known && known.startsWith("/")) {
    link.setAttribute("href", known + location.hash);
    link.parentElement.hidden = false;
  }
  const remember = find("[data-remember]");
  const forget = find("[data-forget]");
  if (!remember || !forget) return;
  const show = (/** @type {boolean} */ isKept) => {
    remember.hidden = isKept && kept.getItem(KEY) === location.pathname;
    forget.hidden = !isKept;
  };
  show(Boolean(known));
  remember.addEventListener("click", () => {
    kept.setItem(KEY, location.pathname);
    show(true);
    say("remembered");
    forget.focus();
  });
  forget.addEventListener("click", () => {
    kept.removeItem(KEY);
    show(false);
    say("forgotten");
    remember.focus();
  });
}

const kept = storage();
if (kept) remembering(kept);

const share = find("[data-share]");
if (share && (navigator.share || navigator.clipboard)) {
  share.hidden = false;
  share.addEventListener("click", async () => {
    if (navigator.share) return navigator.share({ title: document.title, url: location.href }).catch(() => {});
    await navigator.clipboard.writeText(location.href);
    say("copied");
  });
}

const paper = find("[data-print]");
if (paper) {
  paper.hidden = false;
  paper.addEventListener("click", () => print());
  const today = find("[data-today]");
  if (today) today.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date());
  const printed = find("[data-printed]");
  if (printed) printed.hidden = false;
}
