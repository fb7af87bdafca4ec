// Reads the code on the device, as soon as its nine symbols are there, and shows the page's own words for it. The letter's code or a link
// chooses the clinic. What was typed stays in the field: when another clinic's page opens it comes along in the fragment.
import { goToClinic, openClinic } from "./clinic-goto.js";
import { copyOnPress } from "./copy.js";
import { choose, readCode } from "./read-code.js";
import { readLink } from "./read-link.js";
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

const fragment = () => (input.value ? `#k=${encodeURIComponent(input.value)}` : "");

// One line for a ticket, of the words on the page: the twin of advice.summary.
function summarise(readings) {
  const text = (reading) => reading.lastElementChild.textContent;
  const kind = readings.filter(({ dataset }) => ["os", "browser"].includes(dataset.field)).map(text);
  const wrong = readings.filter((reading) => reading.matches(".is-fix, .is-stop") && !["os", "browser"].includes(reading.dataset.field))
    .map((reading) => `${reading.parentElement.firstElementChild.textContent}: ${text(reading)}`);
  const line = document.querySelector("#ticket");
  line.textContent = line.dataset.text = [...kind, ...wrong].join(", ");
  document.querySelector("[data-ticket]").hidden = !readings.length;
}

function tell(fault) {
  for (const words of all("[data-fault]")) words.hidden = words.dataset.fault !== fault;
  input.setAttribute("aria-describedby", fault ? `code-help fault-${fault}` : "code-help");
}

const isHere = (link) => location.pathname.includes(`/m/${link.clinic}/`);

// What was typed on the page one came from; "" when the fragment says nothing we can read.
function carried() {
  try {
    return decodeURIComponent(/^#k=(.*)$/.exec(location.hash)[1]);
  } catch {
    return "";
  }
}

// The letter's code or a link: its language is chosen, and its clinic's page opens unless it is this one.
async function follow(link) {
  const language = document.querySelector(`[data-number="${link.language}"]`);
  if (language) {
    form.querySelector(`[name=language][value=${language.dataset.language}]`).checked = true;
    speakTo(language.dataset.language);
  }
  document.querySelector("[data-letter]").hidden = !isHere(link);
  if (isHere(link)) return;
  try {
    const answer = await fetch(`${form.dataset.known}?q=${link.clinic}`);
    const known = (await answer.json()).some(({ code }) => code === link.clinic);
    if (known) openClinic(form.dataset.here, link.clinic, fragment());
    else tell("clinic");
  } catch {
    form.submit(); // no connection just now: the button would do the same
  }
}

// `finished`: pasted, or sent. The start of a code being typed could by chance be another code that is whole.
function show(finished) {
  let { fault, fields } = readCode(input.value);
  const link = fault && readLink(input.value);
  document.querySelector("[data-letter]").hidden = true;
  const readings = [];
  if (fields) {
    for (const [field, number] of Object.entries(fields)) {
      const reading = document.querySelector(`[data-field="${field}"][data-value="${number}"]`);
      if (reading) readings.push(reading);
      else if (field !== "version") fault = "reserved";
    }
  }
  // While one types only what is already wrong is said; an address being typed is no wrong code.
  const known = fault && !link && (finished || !(fault === "length" || input.value.trim() === "" || /[:/.]/.test(input.value)));
  tell(known ? fault : "");
  const chosen = fault ? [] : choose(rules, fields).map((rule) => rule.article);
  for (const article of articles) {
    article.hidden = !chosen.includes(article);
    article.open = article === chosen[0];
    article.classList.toggle("first", article.open);
  }
  empty.hidden = chosen.length > 0;
  said.hidden = chosen.length === 0;
  for (const reading of all("[data-field]")) reading.hidden = !readings.includes(reading);
  // In the page's own order, which is the one staff read in.
  summarise(chosen.length ? all("[data-field]").filter((reading) => readings.includes(reading)) : []);
  if (link && finished) follow(link);
}

if (canRead) {
  if (!input.value) input.value = carried();
  input.addEventListener("input", ({ inputType }) => show(inputType === "insertFromPaste"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(true);
  });
  if (input.value) {
    show(false);
    const link = readLink(input.value);
    if (link && isHere(link)) follow(link); // another clinic may have been chosen since
    input.focus();
    input.select(); // the next code one types takes its place
  }
}
// Leaving for another clinic, or for none, takes what was typed along.
for (const away of all("[data-keeps-code]")) {
  away.addEventListener("click", () => (away.hash = fragment()));
}
form.addEventListener("change", (event) => {
  if (event.target.name === "language") speakTo(event.target.value);
});
speakTo(form.querySelector("[name=language]:checked").value);
copyOnPress(document.body);
goToClinic(fragment);
