// The live view beside the form: asks the server how the family's pages would read, a little after the last keystroke.
// Holds no words: the server renders them, this shows and hides, and puts in sentences as text.

const PAUSE = 600; // ms after the last change: short enough to feel live, long enough not to ask for every letter

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-reads-${name}]`));

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-reads]"));
let asked = 0;
let timer = 0;

/** @param {string} name @param {boolean} shown */
function show(name, shown) {
  part(name).hidden = !shown;
}

/** @param {{page: string, lines: [string, string][]}} found */
function section(found) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-reads-page]"));
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const name = document.querySelector(`[data-reads-name="${CSS.escape(found.page)}"]`);
  /** @type {HTMLElement} */ (copy.querySelector("h3")).textContent = name ? name.textContent : found.page;
  const list = /** @type {HTMLElement} */ (copy.querySelector("ul"));
  for (const [sign, text] of found.lines) {
    const line = document.createElement("li");
    line.className = sign === "+" ? "new" : "gone";
    const mark = document.createElement(sign === "+" ? "ins" : "del");
    mark.textContent = text;
    line.append(mark);
    list.append(line);
  }
  return copy;
}

async function read() {
  const mine = ++asked;
  show("wait", true);
  try {
    const answer = await fetch(/** @type {string} */ (form.dataset.reads), { method: "POST", body: new FormData(form), redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const said = await answer.json();
    if (mine !== asked) return;
    show("failed", false);
    show("problems", Boolean(said.problems));
    part("problems").replaceChildren(...(said.problems || []).map((/** @type {string} */ text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }));
    if (said.pages) {
      part("pages").replaceChildren(...said.pages.map(section));
      show("none", said.pages.length === 0);
    }
  } catch {
    if (mine === asked) show("failed", true);
  } finally {
    if (mine === asked) show("wait", false);
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(read, PAUSE);
});
read();
