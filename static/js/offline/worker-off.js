/** In the place of worker.js when an operator has switched saved copies off: erases them, and itself. */
addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("redo-offline ")) await caches.delete(name);
  await self.registration.unregister();
})()));
