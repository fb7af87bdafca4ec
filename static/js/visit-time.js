/** Pure. The visit's time from the fragment (`20261124T1000`, the clinic's local time), what is left, and a calendar file. */

const MINUTE = 60_000;
const LASTS = 60; // minutes in the calendar: the family's own mark, for how long the visit is stands in the summons

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
  const minutes = Math.ceil((at.getTime() - now.getTime()) / MINUTE);
  if (minutes < -LASTS) return { unit: "past", number: 0 };
  if (minutes <= 0) return { unit: "now", number: 0 };
  if (minutes < 60) return { unit: "minutes", number: minutes };
  const midnight = (/** @type {Date} */ date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(at) - midnight(now)) / (24 * 60 * MINUTE));
  return days > 0 ? { unit: "days", number: days } : { unit: "hours", number: Math.floor(minutes / 60) };
}

/** @param {Date} date @param {boolean} utc */
function stamp(date, utc) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return utc
    ? date.toISOString().replace(/[-:]|\.\d{3}/g, "")
    : `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}T${two(date.getHours())}${two(date.getMinutes())}00`;
}

/** A calendar file (RFC 5545) in floating local time, with a reminder a quarter before.
 * @param {Date} at @param {string} title @param {string} text @param {Date} now */
export function calendar(at, title, text, now) {
  const escaped = (/** @type {string} */ value) => value.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  const end = new Date(at.getTime() + LASTS * MINUTE);
  const lines = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Redo//SV", "BEGIN:VEVENT", `UID:${stamp(at, false)}@redo`,
    `DTSTAMP:${stamp(now, true)}`, `DTSTART:${stamp(at, false)}`, `DTEND:${stamp(end, false)}`,
    `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(text)}`, "CLASS:PRIVATE",
    "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(title)}`, "TRIGGER:-PT15M", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
  ];
  return lines.map(fold).join("\r\n") + "\r\n";
}

/** Lines of at most 75 octets (RFC 5545 3.1); ours count characters of at most 3 octets, so 24 is always within.
 * @param {string} line */
function fold(line) {
  return line.length <= 70 && /^[\x20-\x7e]*$/.test(line) ? line : (line.match(/.{1,24}/gu) ?? []).join("\r\n ");
}
