// Share a link: every choice shows its result at once, and the visit's time goes into link and texts here and nowhere else.
import { clinicSearch } from "./clinic-search.js";
import { copyOnPress, showCopyButtons } from "./copy.js";
import { smsLength } from "./sms-length.js";
import { inWords, readWhen } from "./when.js";

const form = document.querySelector("[data-share]");
const when = form.querySelector("[data-when]");
let waiting;
let at = ""; // the visit's time as the fragment has it, 20261124T1000

function address() {
  const chosen = new FormData(form);
  if (chosen.get("clinic")) chosen.delete("q");
  const query = new URLSearchParams(chosen);
  return `${form.action}?${query}`;
}

// The page of the new choice is asked for as a document, and its result takes the place of this one.
function refresh() {
  if (waiting) waiting.abort();
  waiting = new XMLHttpRequest();
  waiting.responseType = "document";
  waiting.open("GET", address());
  waiting.onload = () => {
    const result = waiting.response && waiting.response.querySelector("[data-result]");
    if (!result) return form.submit();
    const open = [...document.querySelectorAll("[data-result] details")].map((details) => details.open);
    // The header too, for its links lead on with the chosen clinic.
    for (const part of [".top", "[data-result]"]) {
      document.querySelector(part).replaceWith(document.adoptNode(waiting.response.querySelector(part)));
    }
    for (const [i, details] of [...result.querySelectorAll("details")].entries()) details.open = open[i] ?? details.open;
    history.replaceState(null, "", address());
    dress(result);
  };
  waiting.onerror = () => form.submit();
  waiting.send();
}

const fragment = () => (at ? `#t=${at}` : "");

// What was understood of the day and time, in the page's own language; nothing is said while one types.
function readTime(finished) {
  at = readWhen(when.value);
  form.querySelector("[data-when-read]").textContent = at ? inWords(at, form.dataset.locale) : "";
  form.querySelector("[data-when-unclear]").hidden = !finished || Boolean(at) || !when.value.trim();
  dress(document.querySelector("[data-result]"));
}

function dress(result) {
  showCopyButtons(document);
  const shown = result.querySelector("[data-link]");
  document.querySelector("[data-copy-bar]").hidden = !shown;
  if (!shown) return;
  const link = shown.dataset.link;
  const timed = link + fragment();
  shown.dataset.now = timed;
  shown.firstElementChild.href = timed;
  shown.firstElementChild.textContent = timed.replace(/^https?:\/\//, "");
  for (const text of result.querySelectorAll("[data-text]")) {
    const words = at ? text.dataset.timed.replace("{when}", inWords(at, text.dataset.locale)) : text.dataset.text;
    text.dataset.now = text.textContent = words.replace(link, timed);
  }
  for (const sheet of result.querySelectorAll("[data-sheet]")) sheet.hash = fragment();
  const sms = result.querySelector("#share-sms").dataset.now;
  result.querySelector("[data-sms-app]").href = `sms:?&body=${encodeURIComponent(sms)}`;
  const length = smsLength(sms);
  for (const key of ["units", "limit", "alphabet", "parts"]) {
    for (const place of result.querySelectorAll(`[data-${key}]`)) place.textContent = length[key];
  }
  result.querySelector("[data-long]").hidden = length.parts === 1;
}

// Enter in the field of the time: nothing is left to choose, so the next key copies.
function toTheCopyButton() {
  const button = document.querySelector("[data-copy=share-sms]");
  if (button) button.focus();
}

form.querySelector("[data-submit]").hidden = true;
form.querySelector("[data-when-part]").hidden = false;
clinicSearch(form.querySelector("[data-clinics]"), () => {
  for (const row of form.querySelectorAll("[type=radio][name=clinic]")) row.checked = false;
  refresh();
  when.focus();
});
form.addEventListener("change", (event) => {
  if (event.target === when) readTime(true);
  else if (event.target.type === "radio") refresh();
});
when.addEventListener("input", () => readTime(false));
when.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  readTime(true);
  if (at || !when.value.trim()) toTheCopyButton();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  refresh();
});
copyOnPress(document.body);
dress(document.querySelector("[data-result]"));
