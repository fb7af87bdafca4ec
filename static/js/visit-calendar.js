/** The link that saves the visit in the calendar: the file is made here, from the fragment, and never sent. */
import { calendar } from "./calendar.js";
import { read } from "./fragment.js";
import { parse } from "./visit-time.js";

const box = document.querySelector("[data-visit-time]");
const at = parse(read(location.hash).get("t") ?? "");
if (box instanceof HTMLElement && at) {
  const { calendarTitle = "", calendarText = "" } = box.dataset;
  const file = new Blob([calendar(at, calendarTitle, calendarText, new Date())], { type: "text/calendar;charset=utf-8" });
  box.querySelector("[data-calendar]")?.setAttribute("href", URL.createObjectURL(file));
}
