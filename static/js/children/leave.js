/** «Lämna sidan»: blank the page at once, erase what we stored on this device, and go where Back does not lead here. */

const LONGEST_WAIT = 250; // ms; leaving is more urgent than a clean cache

/** Erases all that this origin keeps here. @returns {Promise<unknown>} done when the slow parts are gone too */
export function erase() {
  for (const storage of ["localStorage", "sessionStorage"]) {
    try {
      window[storage].clear();
    } catch (error) {
      // Storage is switched off: nothing was stored.
    }
  }
  const slow = [];
  if ("caches" in window) slow.push(caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
  if (navigator.serviceWorker) {
    slow.push(navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))));
  }
  return Promise.all(slow.map((part) => part.catch(() => {})));
}

async function leave(address) {
  document.documentElement.hidden = true;
  const fields = document.querySelectorAll("textarea, input");
  for (const field of fields) if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = "";
  await Promise.race([erase(), new Promise((done) => setTimeout(done, LONGEST_WAIT))]);
  location.replace(address);
}

for (const link of document.querySelectorAll("a[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (link instanceof HTMLAnchorElement) leave(link.href);
  });
}
