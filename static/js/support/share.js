// Share a link: every choice shows its result at once, and the visit's time goes into link and texts here and nowhere else.
import { clinicSearch } from "./clinic-search.js";
import { copyOnPress, showCopyButtons } from "./copy.js";
import { smsLength } from "./sms-length.js";

const form = document.querySelector("[data-share]");
const when = form.querySelector("[data-when]");
let waiting;

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

// "2026-11-24T10:00" as the fragment #t=20261124T1000 that no server sees.
const fragment = () => (when.value ? `#t=${when.value.replace(/[-:]/g, "").slice(0, 13)}` : "");

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
    text.dataset.now = text.textContent = text.dataset.text.replace(link, timed);
  }
  const sms = result.querySelector("#share-sms").dataset.now;
  result.querySelector("[data-sms-app]").href = `sms:?&body=${encodeURIComponent(sms)}`;
  const length = smsLength(sms);
  for (const key of ["units", "limit", "alphabet", "parts"]) {
    for (const place of result.querySelectorAll(`[data-${key}]`)) place.textContent = length[key];
  }
  result.querySelector("[data-long]").hidden = length.parts === 1;
}

form.querySelector("[data-submit]").hidden = true;
form.querySelector("[data-when-part]").hidden = false;
clinicSearch(form.querySelector("[data-clinics]"), () => {
  for (const row of form.querySelectorAll("[type=radio][name=clinic]")) row.checked = false;
  refresh();
});
form.addEventListener("change", (event) => {
  if (event.target === when) dress(document.querySelector("[data-result]"));
  else if (event.target.type === "radio") refresh();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  refresh();
});
copyOnPress(document.body);
dress(document.querySelector("[data-result]"));
