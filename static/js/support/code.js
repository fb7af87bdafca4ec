// Reads the code on the device, as soon as its nine symbols are there, and shows the page's own words for it.
import { goToClinic } from "./clinic-goto.js";
import { copyOnPress } from "./copy.js";
import { choose, readCode } from "./read-code.js";
import { speakTo } from "./send.js";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const form = document.querySelector("[data-read]");
const input = form.querySelector("[name=code]");
const empty = document.querySelector("[data-empty]");
const said = document.querySelector("[data-said]");
const articles = all("[data-advice]");
const rules = articles.map((article) => ({
  article, condition: article.dataset.when, group: article.dataset.group, last: "last" in article.dataset,
}));
// The readings are all there only on a page that was not posted.
const canRead = all("[data-field]").length > 20;

function show(finished) {
  let { fault, fields } = readCode(input.value);
  const readings = [];
  if (fields) {
    for (const [field, number] of Object.entries(fields)) {
      const reading = document.querySelector(`[data-field="${field}"][data-value="${number}"]`);
      if (reading) readings.push(reading);
      else if (field !== "version") fault = "reserved";
    }
  }
  // While one types only what is already wrong is said.
  const known = fault && (finished || !(fault === "length" || input.value.trim() === ""));
  for (const words of all("[data-fault]")) words.hidden = !(known && words.dataset.fault === fault);
  if (known) input.setAttribute("aria-describedby", `code-help fault-${fault}`);
  else input.setAttribute("aria-describedby", "code-help");
  const chosen = fault ? [] : choose(rules, fields).map((rule) => rule.article);
  for (const article of articles) {
    article.hidden = !chosen.includes(article);
    article.open = article === chosen[0];
    article.classList.toggle("first", article.open);
  }
  empty.hidden = chosen.length > 0;
  said.hidden = chosen.length === 0;
  for (const reading of all("[data-field]")) reading.hidden = !readings.includes(reading);
}

if (canRead) {
  input.addEventListener("input", () => show(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(true);
  });
  if (input.value) show(false);
}
form.addEventListener("change", (event) => {
  if (event.target.name === "language") speakTo(event.target.value);
});
speakTo(form.querySelector("[name=language]:checked").value);
copyOnPress(document.body);
goToClinic();
