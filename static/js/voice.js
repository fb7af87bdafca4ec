/** What a page has to read aloud, and with which voice. */

const READ = "h1, h2, h3, p, legend, .pick span, li, dt, dd"; // what has words of its own
const UNREAD = "[hidden], [data-not-whole], [data-not-story], [data-no-print], nav, details:not([open])";

// What voices call themselves: the natural ones, and those that were made small and sound so.
const FINE = /enhanced|premium|natural|neural|förbättrad|siri/i;
const POOR = /compact|eloquence|espeak/i;

function rank({ name = "", voiceURI = "", default: chosen }) {
  const called = name + voiceURI;
  if (POOR.test(called)) return 3;
  if (FINE.test(called)) return 0;
  return chosen ? 1 : 2;
}

/** The best voice that lives on this device and speaks just that language (fi is not fil): a natural one, else the one the device
 * has chosen, else any, and one made small last. A remote voice would send the text away: it is never used, not even as the device's
 * default. @param {SpeechSynthesisVoice[]} voices @param {string} language as in <html lang> */
export const localVoice = (voices, language) =>
  voices
    .filter(({ localService, lang }) => localService && lang.toLowerCase().split(/[-_]/)[0] === language)
    .sort((one, other) => rank(one) - rank(other))[0];

/** What is said of an element: all but what is hidden, and never a name that a child made up: a greeting without it instead. */
export function spoken(element) {
  if (!element.querySelector("[hidden], [data-silent]")) return element.textContent;
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll("[hidden]:not([data-without-name]), [data-silent]")) part.remove();
  return copy.textContent;
}

/** What of this page is read, in its order. A child's page says what is its story; of any other all that is seen is read.
 * @returns {Element[]} */
export function toRead() {
  const within = document.querySelector("[data-read]") ? "[data-read]" : "main";
  const told = (one) => {
    const nearest = one.closest(`${within}, ${UNREAD}`);
    return nearest && nearest.matches(within) && !one.querySelector(READ) && one.getClientRects().length;
  };
  return [...document.querySelectorAll(READ)].filter(told);
}
