/** The link that saves the visit in the calendar: the file is made here, from the fragment, and never sent. */
import { at } from "./visit.js";
import { LASTS } from "./visit-time.js";

/** A calendar file (RFC 5545) with a reminder a quarter before. The time is written in UTC, so that every
 * calendar shows the right moment. A line may have 75 octets (3.1): ours are folded
 * after 24 characters, which have at most 3 octets each.
 * @param {Date} at @param {string} title @param {string} text @param {Date} now */
function calendar(at, title, text, now) {
  const stamp = (/** @type {Date} */ date) => date.toISOString().replace(/[-:]|\.\d+/g, "");
  const later = (/** @type {number} */ minutes) => stamp(new Date(at.getTime() + minutes * 60000));
  const escaped = (/** @type {string} */ value) => value.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  return `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Redo//SV
BEGIN:VEVENT
UID:${later(0)}@redo
DTSTAMP:${stamp(now)}
DTSTART:${later(0)}
DTEND:${later(LASTS)}
SUMMARY:${escaped(title)}
DESCRIPTION:${escaped(text)}
CLASS:PRIVATE
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:${escaped(title)}
TRIGGER:-PT15M
END:VALARM
END:VEVENT
END:VCALENDAR
`
    .split("\n")
    .map(folded)
    .join("\r\n");
}

/** A line of the file in pieces of at most 24 characters; a piece that goes on begins with a space. @param {string} line */
function folded(line) {
  const pieces = Array.from(line).reduce((/** @type {string[]} */ done, symbol, place) => {
    if (place % 24 === 0) done.push("");
    done[done.length - 1] += symbol;
    return done;
  }, []);
  return pieces.join("\r\n ");
}

const link = document.querySelector("[data-calendar]");
if (at && link) {
  const { calendarTitle, calendarText } = link.dataset;
  const file = new Blob([calendar(at, calendarTitle, calendarText, new Date())], { type: "text/calendar;charset=utf-8" });
  link.setAttribute("href", URL.createObjectURL(file));
  link.removeAttribute("hidden");
}
