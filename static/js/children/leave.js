/** «Lämna sidan»: blank the page at once, erase the child's words, and go where Back does not lead here. Nothing is asked. */
import { LEFT, tab } from "../left.js";

const LONGEST_WAIT = 250; // ms; leaving is more urgent than a clean cache
const CHILDRENS = / childrens$/; // the cache with the children's part of a saved copy (offline/worker.js)
const ADULTS = /^redo\./; // the guardian's step and plan have keys of their own and stay; everything else goes

/** Erases what a child said or saw here. @returns {Promise<unknown>} done when the slow parts are gone too */
export function erase() {
  try {
    for (const key of Object.keys(localStorage)) if (!ADULTS.test(key)) localStorage.removeItem(key);
    sessionStorage.clear();
  } catch (error) {
    // Storage is switched off: nothing was stored.
  }
  if (!("caches" in window)) return Promise.resolve();
  const gone = caches.keys().then((names) => Promise.all(names.filter((name) => CHILDRENS.test(name)).map((name) => caches.delete(name))));
  return gone.catch(() => {});
}

async function leave(address) {
  document.documentElement.hidden = true;
  const fields = document.querySelectorAll("textarea, input");
  for (const field of fields) if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = "";
  const erased = erase();
  const store = tab();
  if (store) store.setItem(LEFT, "yes");
  await Promise.race([erased, new Promise((done) => setTimeout(done, LONGEST_WAIT))]);
  location.replace(address);
}

for (const link of document.querySelectorAll("a[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (link instanceof HTMLAnchorElement) leave(link.href);
  });
}
