/** The link that saves the visit in the calendar: the file is made here, from the fragment, and never sent. */
import { read } from "./fragment.js";
import { LASTS, parse } from "./visit-time.js";

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
  const end = new Date(at.getTime() + LASTS * 60000);
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
  return line.length <= 70 && /^[\x20-\x7e]*$/.test(line) ? line : (line.match(/.{1,24}/gu) || []).join("\r\n ");
}

const box = document.querySelector("[data-visit-time]");
const at = parse(read(location.hash).get("t") || "");
if (box instanceof HTMLElement && at) {
  const { calendarTitle = "", calendarText = "" } = box.dataset;
  const file = new Blob([calendar(at, calendarTitle, calendarText, new Date())], { type: "text/calendar;charset=utf-8" });
  for (const link of box.querySelectorAll("[data-calendar]")) link.setAttribute("href", URL.createObjectURL(file));
}
