// A clinic found here leads to this same page with that clinic's links.
import { clinicSearch } from "./clinic-search.js";

export function goToClinic() {
  const field = document.querySelector("[data-goto]");
  if (!field) return;
  clinicSearch(field, () => {
    location.href = field.dataset.goto.replace("/m/0000/", `/m/${field.querySelector("[name=clinic]").value}/`);
  });
}
