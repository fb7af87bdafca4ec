/** Writes the visit's time from the fragment, and what is left, into the places a page has for it. */
import { read } from "./fragment.js";
import { countdown, parse, swedishClock, written } from "./visit-time.js";

const SOON = 15; // minutes before the time, when plan and start lead with the day
const MINUTE = 60000;

export const box = document.querySelector("[data-visit-time]");
export const at = parse(read(location.hash).get("t") || "");

/** @param {string} mark @param {(element: HTMLElement) => void} change */
const each = (mark, change) => document.querySelectorAll(`[${mark}]`).forEach(change);
/** @param {string} mark @param {string} text */
const write = (mark, text) => each(mark, (element) => (element.textContent = text));

/** What is left as the reader's language says it: in 6 days, tomorrow, in 25 minutes. @param {string} locale
 * @param {{unit: string, number: number}} left @returns {string} "" when the browser has no words for it */
function inWords(locale, left) {
  if (left.unit === "now" || left.unit === "past" || !Intl.RelativeTimeFormat) return "";
  // Else it would answer in the phone's own language.
  if (!Intl.RelativeTimeFormat.supportedLocalesOf(locale).length) return "";
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(left.number, left.unit);
}

function tick() {
  const locale = box ? box.dataset.locale : document.documentElement.lang;
  const now = new Date();
  const left = countdown(at, now);
  const minutes = (at.getTime() - now.getTime()) / MINUTE;
  const words = inWords(locale, left);
  write("data-count", words);
  each("data-count", (element) => element.toggleAttribute("hidden", !words));
  each("data-countdown", (element) => element.toggleAttribute("hidden", element.dataset.countdown !== left.unit));
  each("data-soon", (element) => element.toggleAttribute("hidden", minutes > SOON || left.unit === "past"));
  if (minutes <= 60 && left.unit !== "past") each("data-in-the-last-hour", (title) => (title.textContent = title.dataset.inTheLastHour));
}

if (at) {
  if (box) {
    const { locale, dateNames } = box.dataset;
    const { date, day, month, time } = written(at, locale, dateNames);
    write("data-date", date);
    write("data-day", day);
    write("data-month", month);
    write("data-time", time);
    write("data-clock", time);
    for (const place of document.querySelectorAll("[data-join-from]")) {
      const from = new Date(at.getTime() - Number(place.dataset.joinFrom) * MINUTE);
      place.querySelector("[data-join-time]").textContent = written(from, locale, dateNames).time;
    }
    each("data-clock", (element) => element.removeAttribute("hidden"));
    each("data-with-time", (element) => element.removeAttribute("hidden"));
    each("data-without-time", (element) => element.setAttribute("hidden", ""));
    const otherClock = swedishClock(at.getTime()) - at.getTime() !== -at.getTimezoneOffset() * MINUTE;
    if (otherClock) each("data-other-clock", (element) => element.removeAttribute("hidden"));
    for (const line of document.querySelectorAll(".by-hand")) line.setAttribute("hidden", "");
  }
  tick();
  setInterval(tick, 30000);
}
