/** Pure. The visit's time from the fragment (`20261124T1000`): Swedish time, wherever the phone is; what is left, and how long it is taken
 * to last. */

const ZONE = "Europe/Stockholm";
const MINUTE = 60000;
const DAY = 24 * 60 * MINUTE;
export const LASTS = 60; // minutes in the calendar: a guess, and the page says so

/** What a Swedish clock shows at that moment, as if it were UTC. @param {number} moment @returns {number} */
export function swedishClock(moment) {
  const shown = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: ZONE };
  const parts = new Map(new Intl.DateTimeFormat("en-US", shown).formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.get("year"), parts.get("month") - 1, parts.get("day"), parts.get("hour") % 24, parts.get("minute"));
}

/** @param {string} text @returns {Date | null} null for anything that is no real date and time */
export function parse(text) {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)$/.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map(Number);
  const asked = Date.UTC(year, month - 1, day, hour, minute);
  const real = new Date(asked).getUTCMonth() === month - 1 && new Date(asked).getUTCDate() === day && hour < 24 && minute < 60;
  if (!real) return null;
  const near = 2 * asked - swedishClock(asked);
  return new Date(near + asked - swedishClock(near)); // once more: the clock may have been changed in between
}

/** @param {Date} at @param {Date} now @returns {{unit: "days" | "hours" | "minutes" | "now" | "past", number: number}} */
export function countdown(at, now) {
  const left = (/** @type {"days" | "hours" | "minutes" | "now" | "past"} */ unit, number = 0) => ({ unit, number });
  const minutes = Math.ceil((at.getTime() - now.getTime()) / MINUTE);
  if (minutes < -LASTS) return left("past");
  if (minutes <= 0) return left("now");
  if (minutes < 60) return left("minutes", minutes);
  const day = (/** @type {Date} */ date) => Math.floor(swedishClock(date.getTime()) / DAY);
  const days = day(at) - day(now);
  return days > 0 ? left("days", days) : left("hours", Math.floor(minutes / 60));
}

/** The parts of a time as a reader of that language writes them, in Swedish time.
 * @param {Date} at @param {string} locale @param {string} [names] seven days from Sunday and twelve months, with | between, where browsers
 * do not know them */
export function written(at, locale, names) {
  if (names) return writtenBy(names.split("|"), new Date(swedishClock(at.getTime())));
  const format = (/** @type {Intl.DateTimeFormatOptions} */ shown) =>
    new Intl.DateTimeFormat(locale, { ...shown, timeZone: ZONE }).format(at);
  return {
    date: format({ weekday: "long", day: "numeric", month: "long" }),
    day: format({ day: "numeric" }),
    month: format({ month: "short" }),
    time: format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  };
}

/** @param {string[]} names @param {Date} shown what a Swedish clock shows, as if it were UTC */
function writtenBy(names, shown) {
  const day = String(shown.getUTCDate());
  const month = names[7 + shown.getUTCMonth()];
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return {
    date: `${names[shown.getUTCDay()]} ${day} ${month}`,
    day,
    month: month.slice(0, 3),
    time: `${two(shown.getUTCHours())}:${two(shown.getUTCMinutes())}`,
  };
}
