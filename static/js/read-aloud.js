/** Reads the page aloud with a voice that lives on this device, else with the deployer's recording, else there is no button.
 * Words are lit as they are read where the browser tells. */
import { localVoice, spoken, toRead } from "./voice.js";

const NORMAL = 0.95; // a little slower than the voices' own pace
const SLOW = 0.65;

/** The word of a text at a place that the browser named. @returns {[number, number]} from and to */
export function wordAt(text, at, length) {
  return [at, at + (length || (/^[^\s.,:;!?]+/.exec(text.slice(at)) || [""])[0].length)];
}

const controls = document.querySelector("[data-read-aloud]");
const button = (name) => controls.querySelector(`[data-read-${name}]`);
const speech = window.speechSynthesis;
const marks = window.CSS && CSS.highlights && window.Highlight ? CSS.highlights : null;

function start() {
  let blocks = [];
  let block = 0; // which one is being read
  let place = 0; // and from which letter, so that pause means pause on every device
  let slow = false;
  let turn = 0; // an utterance that was cut off says so late; only the newest counts
  const tracks = (controls.dataset.audio || "").split(" ").filter(Boolean); // the whole book has one a page
  const recording = tracks.length ? new Audio() : null;
  let track = 0;

  const voice = () => speech && localVoice(speech.getVoices(), document.documentElement.lang);
  const light = (range) => marks && (range ? marks.set("reading", new Highlight(range)) : marks.delete("reading"));

  function state(reading) {
    button("start").hidden = reading;
    button("pause").hidden = !reading;
    button("again").hidden = button("slower").hidden = !reading && !block && !place;
  }

  function mark(element, from, to) {
    const text = element.firstChild;
    if (!marks || !text || element.children.length || to > text.length) return;
    const range = document.createRange();
    range.setStart(text, from);
    range.setEnd(text, to);
    light(range);
  }

  function say() {
    const element = blocks[block];
    const mine = (turn += 1);
    if (!element) return finish();
    const from = place;
    if (controls.dataset.whole) element.scrollIntoView({ block: "center" });
    const words = new SpeechSynthesisUtterance(spoken(element).slice(from));
    Object.assign(words, { voice: voice(), lang: voice().lang, rate: slow ? SLOW : NORMAL });
    words.onboundary = ({ charIndex, charLength, name }) => {
      if (mine !== turn || name === "sentence") return;
      place = from + charIndex;
      mark(element, ...wordAt(spoken(element), place, charLength));
    };
    words.onend = () => {
      if (mine !== turn) return;
      block += 1;
      place = 0;
      say();
    };
    words.onerror = () => mine === turn && halt();
    speech.speak(words);
    return undefined;
  }

  function finish() {
    block = place = 0;
    light();
    state(false);
    button("start").focus();
  }

  function halt() {
    turn += 1;
    if (speech) speech.cancel();
    if (recording) recording.pause();
    light();
    state(false);
  }

  function read() {
    halt();
    state(true);
    if (voice()) {
      blocks = toRead();
      say();
    } else {
      if (!recording.src.endsWith(tracks[track])) recording.src = tracks[track];
      recording.playbackRate = slow ? SLOW / NORMAL : 1;
      recording.play().catch(halt);
    }
  }

  const offer = () => (controls.hidden = !voice() && !recording);
  button("start").addEventListener("click", () => {
    read();
    button("pause").focus();
  });
  button("pause").addEventListener("click", () => {
    halt();
    button("start").focus();
    if (recording) button("again").hidden = button("slower").hidden = false;
  });
  button("again").addEventListener("click", () => {
    block = place = 0;
    if (recording) recording.currentTime = track = 0;
    read();
  });
  button("slower").addEventListener("click", () => {
    slow = !slow;
    button("slower").setAttribute("aria-pressed", String(slow));
    read();
  });
  if (recording) {
    recording.addEventListener("ended", () => {
      track += 1;
      if (track < tracks.length) return read();
      track = 0;
      return finish();
    });
  }
  // In the rehearsal a new screen is a new text.
  addEventListener("redo-screen", () => {
    halt();
    block = place = 0;
    state(false);
  });
  addEventListener("pagehide", halt);
  if (speech && speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  offer();
}

if (controls) start();
