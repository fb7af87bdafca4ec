/** The page of the saved copy: saves it when somebody presses, erases it when somebody presses. Nothing happens by itself. */

const KEPT = "redo-offline "; // how the names of all our caches begin; worker.js has the same

const box = document.querySelector("[data-offline]");
const scope = box.getAttribute("data-offline");
const possible = "serviceWorker" in navigator && "caches" in window;

/** @param {string} state ready, saving, saved, failed, erased or impossible */
function show(state) {
  for (const part of box.querySelectorAll("[data-while]")) part.toggleAttribute("hidden", part.getAttribute("data-while") !== state);
  if (state === "failed" || state === "erased") box.querySelector("[data-while=ready]").removeAttribute("hidden");
}

/** The worker's address in the one form that our policy lets through. @returns {any} */
function address() {
  const { trustedTypes } = window;
  return trustedTypes ? trustedTypes.createPolicy("sw", { createScriptURL: () => "/sw.js" }).createScriptURL("") : "/sw.js";
}

/** Resolves when the worker has fetched everything; rejects when it could not. @param {ServiceWorker} worker @returns {Promise<void>} */
const installed = (worker) => new Promise((done, fail) => {
  const look = () => {
    if (worker.state === "activated") done();
    if (worker.state === "redundant") fail(new Error("the copy is not whole"));
  };
  worker.addEventListener("statechange", look);
  look();
});

async function erase() {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) if (name.startsWith(KEPT)) await caches.delete(name);
}

async function save() {
  show("saving");
  try {
    const registration = await navigator.serviceWorker.register(address(), { scope, updateViaCache: "none" });
    await installed(registration.installing || registration.waiting || registration.active);
    show("saved");
    box.querySelector("[data-while=saved]").focus();
  } catch (failed) {
    await erase();
    show("failed");
  }
}

async function begin() {
  const names = await caches.keys();
  show(names.some((name) => name.startsWith(`${KEPT}${scope} `)) ? "saved" : "ready");
  box.querySelector("[data-offline-save]").addEventListener("click", save);
  box.querySelector("[data-offline-erase]").addEventListener("click", async () => {
    await erase();
    show("erased");
  });
}

if (possible) begin().catch(() => show("impossible")); // a private window may refuse
