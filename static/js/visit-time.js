/** Pure. The visit's time from the fragment (`20261124T1000`, the clinic's local time), what is left, and how long it is taken to last. */

const MINUTE = 60000;
export const LASTS = 60; // minutes in the calendar: the family's own mark, for how long the visit is stands in the summons

/** @param {string} text @returns {Date | null} null for anything that is no real date and time */
export function parse(text) {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)$/.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map(Number);
  const at = new Date(year, month - 1, day, hour, minute);
  const real = at.getMonth() === month - 1 && at.getDate() === day && hour < 24 && minute < 60;
  return real ? at : null;
}

/** @param {Date} at @param {Date} now @returns {{unit: "days" | "hours" | "minutes" | "now" | "past", number: number}} */
export function countdown(at, now) {
  const left = (/** @type {"days" | "hours" | "minutes" | "now" | "past"} */ unit, number = 0) => ({ unit, number });
  const minutes = Math.ceil((at.getTime() - now.getTime()) / MINUTE);
  if (minutes < -LASTS) return left("past");
  if (minutes <= 0) return left("now");
  if (minutes < 60) return left("minutes", minutes);
  const midnight = (/** @type {Date} */ date) => new Date(date).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / (24 * 60 * MINUTE));
  return days > 0 ? left("days", days) : left("hours", Math.floor(minutes / 60));
}
