// A clinic found here leads to this same page with that clinic's links. What was typed on the page goes along in the fragment, which no
// server sees.
import { clinicSearch } from "./clinic-search.js";

export function openClinic(page, clinic, fragment = "") {
  location.href = page.replace("/m/0000/", `/m/${clinic}/`) + fragment;
}

export function goToClinic(fragment = () => "") {
  const field = document.querySelector("[data-goto]");
  if (field) clinicSearch(field, () => openClinic(field.dataset.goto, field.querySelector("[name=clinic]").value, fragment()));
}
