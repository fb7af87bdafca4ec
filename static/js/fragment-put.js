import { carry, read, write } from "./fragment.js";

/** Sets or (with null) removes one key in the page's own address, without a step in the history.
 * @param {string} key @param {string | null} value */
export function put(key, value) {
  const values = read(location.hash);
  if (value === null) values.delete(key);
  else values.set(key, value);
  history.replaceState(null, "", location.pathname + location.search + write(values));
  carry();
}
