/** The worker of a saved copy: one clinic (or the common pages) in one language, which is its scope. Pages come from the net
 * first; without it, or when it is slow or broken, from the copy. Of what people do or write it knows nothing, and it speaks with
 * no page. A copy is two caches, the adult's and the children's part, named after scope and text: `redo-offline /sv/m/D3M0/
 * 0.2.0+1a2b3c4d childrens`. */

const SCOPE = new URL(self.registration.scope).pathname;
const MINE = `redo-offline ${SCOPE} `;
const PATIENCE = 4000; // ms to wait for the net when there is a saved page
const AT_ONCE = 6; // requests, as browsers do
const FILES = /\/static\/[0-9a-f]{12}\/[^"' )<]+/g;
const LINE = /(<p class="saved"[^>]*) hidden(>[^<]*<time>)/; // templates/components/saved.html

const mine = async () => (await caches.keys()).filter((name) => name.startsWith(MINE));
const isChildrens = (/** @type {string} */ name) => name.endsWith(" childrens");
const saved = (/** @type {string} */ path) => caches.match(path, { ignoreVary: true });

/** Fetches one page into the cache, with the day written on it; an address that leads on has the page it leads to, and one that
 * is not for this clinic is left out. @returns {Promise<string[]>} the files it needs */
async function take(/** @type {Cache} */ cache, /** @type {string} */ path, /** @type {string} */ day) {
  const answer = await fetch(path, { cache: "no-cache", credentials: "omit" });
  if (answer.status === 404) return [];
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const page = (await answer.text()).replace(LINE, `$1$2${day}`);
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "ETag", "Vary"]) headers.delete(name);
  await cache.put(path, new Response(page, { headers }));
  return page.match(FILES) || [];
}

/** Does the work for every item, some at once. */
function each(/** @type {string[]} */ items, /** @type {(item: string) => Promise<unknown>} */ work) {
  const waiting = [...items];
  const one = async () => {
    while (waiting.length) await work(waiting.pop());
  };
  return Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function fill(/** @type {string} */ name, /** @type {string[]} */ pages, /** @type {string} */ day) {
  const cache = await caches.open(name);
  const files = new Set();
  await each(pages, async (path) => (await take(cache, path, day)).forEach((file) => files.add(file)));
  await each([...files], async (file) => {
    const answer = await fetch(file);
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    await cache.put(file, answer);
  });
}

/** Makes the copy whole, or leaves what there was. `always` also when the texts are the same. */
async function bring(/** @type {boolean} */ always) {
  const answer = await fetch(`${SCOPE}offline.json`, { cache: "no-cache", credentials: "omit" });
  if (!answer.ok) throw new Error(`the list: ${answer.status}`);
  const { version, locale, pages, childrens } = await answer.json();
  const before = await mine();
  if (!always && before.every((name) => name.startsWith(`${MINE}${version} `))) return;
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "Europe/Stockholm" }).format(Date.now());
  const parts = new Map([[`${MINE}${version} pages`, pages]]);
  if (!before.length || before.some(isChildrens)) parts.set(`${MINE}${version} childrens`, childrens); // «Lämna sidan» is for good
  try {
    for (const [name, paths] of parts) await fill(name, paths, day);
  } catch (broken) {
    for (const name of parts.keys()) if (!before.includes(name)) await caches.delete(name);
    throw broken;
  }
  const left = before.length && before.some(isChildrens) && !(await mine()).some((name) => isChildrens(name) && before.includes(name));
  const keep = [...parts.keys()].filter((name) => !left || !isChildrens(name));
  for (const name of await mine()) if (!keep.includes(name)) await caches.delete(name);
}

/** @type {Promise<void> | null} */
let looking = null;
/** When the net answers: is there a new text? Then the whole copy is taken over, behind the page one reads. One look at a time. */
function look() {
  looking = looking || bring(false).finally(() => (looking = null));
  return looking;
}

/** The page of the copy, in the place of one that is not in it. */
async function notSaved() {
  const page = await saved(`${SCOPE}offline`);
  if (!page) return Response.error();
  const said = (await page.text()).replace("data-not-saved hidden", "data-not-saved");
  return new Response(said, { status: 503, headers: page.headers });
}

/** A page from the net, or from the copy. */
async function answer(/** @type {FetchEvent} */ event) {
  const path = new URL(event.request.url).pathname;
  const kept = await saved(path);
  const fresh = kept ? fetch(event.request.url, { cache: "no-cache", credentials: "omit", redirect: "manual" }) : fetch(event.request);
  event.waitUntil(fresh.then(look).catch(() => {}));
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  try {
    const got = await (kept ? Promise.race([fresh, late]) : fresh);
    if (got && (got.type === "opaqueredirect" || got.status < 500 || !kept)) return got;
  } catch (away) {
    // No net.
  }
  return kept || notSaved();
}

addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(bring(true));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith(SCOPE)) event.respondWith(answer(event));
  else if (pathname.startsWith("/static/")) event.respondWith(saved(pathname).then((kept) => kept || fetch(request)));
});
