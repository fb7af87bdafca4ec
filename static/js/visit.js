/** Shows the visit's time from the fragment, and what is left. */
import { read } from "./fragment.js";
import { countdown, parse } from "./visit-time.js";

export const box = document.querySelector("[data-visit-time]");
export const at = box && parse(read(location.hash).get("t") || "");
if (at) {
  const { locale } = box.dataset;
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
  setInterval(tick, 30000);
  for (const line of document.querySelectorAll(".by-hand")) line.setAttribute("hidden", "");
  box.removeAttribute("hidden");
}
