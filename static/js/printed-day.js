/** The day on which a page was put on paper, on the paper alone: what it says may be old one day. */
const today = document.querySelector("[data-today]");
today.textContent = new Intl.DateTimeFormat(today.dataset.locale, { year: "numeric", month: "long", day: "numeric" }).format(new Date());
document.querySelector("[data-printed]").removeAttribute("hidden");
