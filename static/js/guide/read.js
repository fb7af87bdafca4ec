/** The adult's guide, read aloud by a voice of this device, a paragraph at a time: paused it goes on with the same one. */
import { localVoice, spoken, toRead } from "../voice.js";

const controls = document.querySelector("[data-read-aloud]");
const speech = window.speechSynthesis;

function start() {
  const read = controls.querySelector("[data-read-start]");
  const pause = controls.querySelector("[data-read-pause]");
  const voice = () => localVoice(speech.getVoices(), document.documentElement.lang);
  let place = 0; // which paragraph
  let now = null; // what is being said: one that was cut off says so late

  function show(reading) {
    read.hidden = reading;
    pause.hidden = !reading;
    (reading ? pause : read).focus();
  }

  function say() {
    const part = toRead()[place];
    if (!part) {
      place = 0;
      return show(false);
    }
    const words = new SpeechSynthesisUtterance(spoken(part));
    now = Object.assign(words, { voice: voice(), lang: voice().lang });
    words.onend = () => {
      if (words !== now) return;
      place += 1;
      say();
    };
    speech.speak(words);
    return undefined;
  }

  function halt() {
    now = null;
    speech.cancel();
  }

  read.addEventListener("click", () => {
    show(true);
    say();
  });
  pause.addEventListener("click", () => {
    halt();
    show(false);
  });
  addEventListener("pagehide", halt);
  speech.onvoiceschanged = () => (controls.hidden = !voice());
  speech.onvoiceschanged();
}

if (controls && speech) start();
