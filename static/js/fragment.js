/** The address's #fragment, which no server sees: `t` the visit's time, `n` the connection test's result, `c` the chosen child,
 * and on the pages of the device check `on`, where the family goes on after it.
 * Keys stand in this order; keys we do not know are kept behind them (design.md 4). */

const ORDER = ["t", "n", "c"];

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

/** Carries the fragment onto every link of ours, behind the place on the page where it names one (#code&t=…; site.js goes there), and onto every
 * form that wants it: an action keeps its fragment, and so does a redirect that brings none. */
export function carry() {
  const values = read(location.hash);
  const all = write(values);
  values.delete("on");
  const hash = write(values);
  for (const link of document.querySelectorAll("a[href^='/']")) {
    const [path, own = ""] = (link.getAttribute("href") || "").split("#");
    const [place] = own.split("&");
    const on = link.getAttribute("data-on");
    const carried = on ? write(new Map([...values, ["on", on]])) : /\/check(\/|$)/.test(path) ? all : hash;
    link.setAttribute("href", path + (on || !place || place.includes("=") ? carried : `#${place}` + carried.replace("#", "&")));
  }
  for (const form of document.querySelectorAll("form[data-carry]")) {
    form.setAttribute("action", (form.getAttribute("action") || "").split("#")[0] + hash);
  }
}
