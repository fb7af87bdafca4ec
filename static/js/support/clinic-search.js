// Search as you type over the published clinics: a combobox. The server finds, so that ten thousand clinics cost one small answer.

// `field` holds the text field, the hidden code, the list and the words for "none". `chosen` is called after a choice.
export function clinicSearch(field, chosen) {
  const input = field.querySelector("input[name=q]");
  const code = field.querySelector("input[type=hidden]");
  const list = field.querySelector("[role=listbox]");
  const none = field.querySelector("[data-none]");
  let active = -1;
  let asked;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    active = index;
    for (const [i, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(i === index));
    const option = list.children[index];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    if (option) option.scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    input.value = option.dataset.name;
    code.value = option.dataset.code;
    open(false);
    chosen();
  }

  function show(clinics) {
    list.replaceChildren(...clinics.map((clinic, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.dataset.code = clinic.code;
      option.dataset.name = clinic.name;
      option.append(clinic.name);
      const where = document.createElement("small");
      where.append([clinic.region, clinic.code].filter(Boolean).join(" · "));
      option.append(where);
      return option;
    }));
    none.hidden = clinics.length > 0;
    open(clinics.length > 0);
    mark(clinics.length ? 0 : -1);
  }

  async function search() {
    if (asked) asked.abort();
    none.hidden = true;
    if (!input.value.trim()) return open(false);
    asked = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.clinics}?q=${encodeURIComponent(input.value)}`, { signal: asked.signal });
      show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") open(false);  // no connection: the button still sends the form
    }
  }

  input.addEventListener("input", () => {
    code.value = "";
    search();
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (list.hidden) {
      if (event.key === "ArrowDown") search();
      return;
    }
    if (event.key === "ArrowDown") mark((active + 1) % count);
    else if (event.key === "ArrowUp") mark((active - 1 + count) % count);
    else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
    else if (event.key === "Escape") open(false);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("blur", () => open(false));
}
