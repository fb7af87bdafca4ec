// Day and time as staff type or paste them: 24/11 10.00, 24 nov kl. 10, 2026-11-24 10:00, 20261124T1000. Pure.

const MONTHS = ["sv", "en"].map((locale) => {
  const name = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, month) => name.format(Date.UTC(2026, month)).slice(0, 3));
});

const two = (number) => String(number).padStart(2, "0");

function month(word) {
  const start = word.toLowerCase().slice(0, 3);
  return Math.max(...MONTHS.map((names) => names.findIndex((name) => name.toLowerCase() === start))) + 1;
}

// "20261124T1000", or "" for what is no day with a time. A day without a year is the next such day.
export function readWhen(text, now = new Date()) {
  const typed = text.trim().toLowerCase();
  let year, month_, day, rest;
  let found;
  // A time stands apart from the day: eight digits and four more in one go are somebody's personal number.
  if ((found = /^(\d{4})-?(\d\d)-?(\d\d)([t ,].*)$/.exec(typed))) [, year, month_, day, rest] = found;
  else if ((found = /^\D*?(\d{1,2})\/(\d{1,2})(?:[/ ](\d{4}))?(.*)$/.exec(typed))) [, day, month_, year, rest] = found;
  else if ((found = /^\D*?(\d{1,2})\.? ([a-zåäö]{3,})\.?(?:[ ,]*(\d{4}))?(.*)$/.exec(typed))) {
    [, day, month_, year, rest] = found;
    month_ = month(month_);
  } else return "";
  const time = /^\D*(\d{1,2})(?:[:.]?(\d\d))?\D*$/.exec(rest);
  if (!time) return "";
  const [hour, minute] = [Number(time[1]), Number(time[2] || 0)];
  const passed = Number(month_) < now.getMonth() + 1 || (Number(month_) === now.getMonth() + 1 && Number(day) < now.getDate());
  const its = Number(year) || now.getFullYear() + (passed ? 1 : 0);
  const real = new Date(Date.UTC(its, month_ - 1, day, hour, minute));
  if (real.getUTCMonth() !== month_ - 1 || real.getUTCDate() !== Number(day) || hour > 23 || minute > 59) return "";
  return `${its}${two(month_)}${two(day)}T${two(hour)}${two(minute)}`;
}

// That time as a reader of the language writes it.
export function inWords(when, locale) {
  const [, year, month_, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)$/.exec(when).map(Number);
  const shown = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale, shown).format(Date.UTC(year, month_ - 1, day, hour, minute));
}
