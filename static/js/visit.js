/** Shows the visit's time from the fragment, what is left, and a calendar file made on the device. */
import { read } from "./fragment.js";
import { calendar, countdown, parse } from "./visit-time.js";

const box = document.querySelector("[data-visit-time]");
const at = parse(read(location.hash).get("t") ?? "");
if (box instanceof HTMLElement && at) {
  const { locale, calendarTitle = "", calendarText = "" } = box.dataset;
  const when = box.querySelector("[data-when]");
  if (when) when.textContent = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(at);
  const tick = () => {
    const left = countdown(at, new Date());
    for (const line of box.querySelectorAll("[data-countdown]")) {
      line.toggleAttribute("hidden", line.getAttribute("data-countdown") !== left.unit);
      const number = line.querySelector("[data-number]");
      if (number) number.textContent = new Intl.NumberFormat(locale).format(left.number);
    }
  };
  tick();
  setInterval(tick, 30_000);
  const file = new Blob([calendar(at, calendarTitle, calendarText, new Date())], { type: "text/calendar;charset=utf-8" });
  box.querySelector("[data-calendar]")?.setAttribute("href", URL.createObjectURL(file));
  document.querySelector(".by-hand")?.setAttribute("hidden", "");
  box.hidden = false;
}
