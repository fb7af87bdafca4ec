/** The plan's ticks: kept on this device only after one yes, bound to one visit, gone the day after it or after 30 days, and never in an
 * address. Neither the clinic nor the time is written down: a number made of both tells whether ticks belong to the plan one looks at. */
import { read } from "../fragment.js";
import { storage } from "../kept-step.js";
import { parse } from "../visit-time.js";

const KEY = "redo.plan";
const DAY = 24 * 60 * 60 * 1000;
const KEPT_DAYS = 30; // when the visit's day is not known

const device = storage();

/** A number that two different plans hardly share (FNV-1a, 32 bits). @param {string} text @returns {number} */
function fingerprint(text) {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ unit.codePointAt(0), 0x01000193) >>> 0;
  return hash;
}

/** The ticks of one plan. @param {string} plan the plan's path, in any language */
export function ticks(plan) {
  const time = read(location.hash).get("t") || "";
  const visit = fingerprint(plan.split("#")[0].replace(/^\/\w+/, "") + "#" + time);

  /** @returns {string[] | null} what is ticked; null when nothing is kept for this visit */
  function kept() {
    try {
      const found = JSON.parse(device.getItem(KEY));
      if (found.until < Date.now()) device.removeItem(KEY);
      else if (found.visit === visit) return found.done;
    } catch (nothing) {
      // refused, empty, or not ours
    }
    return null;
  }

  /** @param {string[]} done */
  function keep(done) {
    const at = parse(time);
    const until = at ? new Date(at.getTime() + DAY).setHours(24, 0, 0, 0) : Date.now() + KEPT_DAYS * DAY;
    device.setItem(KEY, JSON.stringify({ visit, until, done }));
  }

  return { possible: device !== null, kept, keep, erase: () => device.removeItem(KEY) };
}
