/** The address's #fragment, which no server sees: `t` the visit's time, `n` the connection test's result, `c` the chosen child,
 * `r` what failed or was skipped in the device check, `on`, where the family goes on after the page (the check) or came from (the day), and
 * `done`, a task the plan is told is done.
 * Keys stand in this order; keys we do not know are kept behind them (design.md 4). */

const ORDER = ["t", "n", "c"];
const OWN = ["on", "done"]; // said by one link to the page it opens, and carried no further

/** @param {string} hash as in location.hash @returns {Map<string, string>} */
export function read(hash) {
  const found = new Map();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) found.set(part.slice(0, at), part.slice(at + 1));
  }
  return found;
}

/** @param {Map<string, string>} values @returns {string} with its #, or "" when there is nothing to say */
export function write(values) {
  const pairs = [...new Map([...ORDER.map((key) => [key, values.get(key)]), ...values])].filter(([, value]) => value !== undefined);
  return pairs.length ? "#" + pairs.map((pair) => pair.join("=")).join("&") : "";
}

/** Carries the fragment onto every link of ours, behind the place on the page where it names one (#code&t=…; site.js goes there),
 * and onto every form that wants it: an action keeps its fragment, and so does a redirect that brings none. */
export function carry() {
  const values = read(location.hash);
  const all = write(values);
  for (const key of OWN) values.delete(key);
  const hash = write(values);
  for (const link of document.querySelectorAll("a[href^='/']")) {
    const [path, fragment = ""] = (link.getAttribute("href") || "").split("#");
    const [place] = fragment.split("&");
    const own = OWN.filter((key) => link.hasAttribute(`data-${key}`)).map((key) => [key, link.getAttribute(`data-${key}`)]);
    const carried = own.length ? write(new Map([...values, ...own])) : /\/check(\/|$)/.test(path) ? all : hash;
    link.setAttribute("href", path + (own.length || !place || place.includes("=") ? carried : `#${place}` + carried.replace("#", "&")));
  }
  for (const form of document.querySelectorAll("form[data-carry]")) {
    form.setAttribute("action", (form.getAttribute("action") || "").split("#")[0] + hash);
  }
}
