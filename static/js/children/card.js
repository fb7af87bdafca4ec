/** The child's card and the faces after: show big, print, and on the card keep on this device when pressed, and erase.
 * Nothing here can send: the module has no request in it, and the card's page refuses every one. */

export const KEY = "redo-card";

/** @param {ParentNode} card @returns {Record<string, string | string[]>} what is chosen and written, part by part */
export function collect(card) {
  const values = {};
  for (const part of card.querySelectorAll("[data-part]")) {
    const text = part.querySelector("textarea");
    const chosen = [...part.querySelectorAll("input:checked")].map((input) => input.value);
    if (text ? text.value.trim() : chosen.length) values[part.dataset.part] = text ? text.value : chosen;
  }
  return values;
}

/** @param {ParentNode} card @param {Record<string, unknown>} values as collect() gave them; anything else is left out */
export function fill(card, values) {
  for (const part of card.querySelectorAll("[data-part]")) {
    const value = values[part.dataset.part];
    const text = part.querySelector("textarea");
    if (text) text.value = typeof value === "string" ? value : "";
    for (const input of part.querySelectorAll("input")) input.checked = Array.isArray(value) && value.includes(input.value);
  }
}

/** The filled parts as large pictures and words, without fields. @param {ParentNode} card @returns {HTMLElement[]} */
export function large(card) {
  const sections = [];
  for (const part of card.querySelectorAll("[data-part]")) {
    const text = part.querySelector("textarea");
    const chosen = [...part.querySelectorAll("input:checked")].map((input) => input.closest("label"));
    if (!(text ? text.value.trim() : chosen.length)) continue;
    const section = document.createElement("section");
    const heading = document.createElement("h2");
    heading.textContent = (part.querySelector("legend") || part.querySelector("label")).textContent;
    section.append(heading);
    if (text) {
      const words = document.createElement("p");
      words.textContent = text.value;
      words.dir = "auto";
      section.append(words);
    }
    for (const label of chosen) {
      const line = document.createElement("p");
      line.append(label.querySelector("svg").cloneNode(true), label.querySelector("span").cloneNode(true));
      section.append(line);
    }
    sections.push(section);
  }
  return sections;
}

/** What cannot be true at the same time as what was just ticked is not ticked any more. @param {HTMLInputElement} ticked */
export function settle(ticked) {
  const against = ticked.checked ? (ticked.dataset.against || "").split(" ") : [];
  for (const other of ticked.closest("[data-part]").querySelectorAll("input")) if (against.includes(other.value)) other.checked = false;
}

const SIZES = ["", "medium", "small", "tiny"]; // of what is shown large: the first in which all of it is seen at once

function fit(dialog) {
  for (const size of SIZES) {
    dialog.dataset.size = size;
    if (dialog.scrollHeight <= dialog.clientHeight) return;
  }
}

const card = document.querySelector("[data-card]");
const find = (selector) => document.querySelector(selector);

function say(name) {
  for (const status of document.querySelectorAll("[data-status]")) status.hidden = status.dataset.status !== name;
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(collect(card)));
    say("saved");
  } catch (error) {
    say("refused");
  }
}

function erase() {
  fill(card, {});
  try {
    localStorage.removeItem(KEY);
  } catch (error) {
    // Storage is switched off: nothing was kept.
  }
  say("erased");
}

function bringBack() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "null");
    if (kept && typeof kept === "object") {
      fill(card, kept);
      say("saved");
    }
  } catch (error) {
    // Storage is switched off, or what was kept is not ours: an empty card.
  }
}

if (card) {
  const dialog = find("[data-big]");
  find("[data-show-big]").hidden = find("[data-print]").hidden = false;
  find("[data-show-big]").addEventListener("click", () => {
    const sections = large(card);
    find("[data-big-content]").replaceChildren(...sections);
    find("[data-big-empty]").hidden = sections.length > 0;
    dialog.showModal();
    fit(dialog);
    find("[data-big-content]").focus({ preventScroll: true }); // the button below would have it, and pull the card away
    dialog.scrollTop = 0;
  });
  card.addEventListener("change", ({ target }) => target instanceof HTMLInputElement && settle(target));
  find("[data-big-close]").addEventListener("click", () => dialog.close());
  find("[data-print]").addEventListener("click", () => print());
  // A filled card is printed large; an empty one as it stands, to be filled in by hand.
  addEventListener("beforeprint", () => {
    const sections = large(card);
    find("[data-on-paper]").replaceChildren(...sections);
    document.body.classList.toggle("filled", sections.length > 0);
  });
  if (find("[data-keep]")) {
    find("[data-keep]").hidden = false;
    find("[data-save]").addEventListener("click", keep);
    find("[data-erase]").addEventListener("click", erase);
    card.addEventListener("input", () => say(""));
    bringBack();
  }
}
