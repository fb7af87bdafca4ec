// The only module that names navigator: what the checks need of the browser is handed to them from here.
// All modules keep to the JavaScript of 2018, so that an old phone can still be told that it is old.
import { verdictOf } from "./media-errors.js";

const { cookieEnabled, userAgent, wakeLock, maxTouchPoints, standalone, mediaDevices, connection, audioSession } = navigator;
const Engine = window.AudioContext || window.webkitAudioContext;
const CLOSED = 2; // questions closed without an answer: a browser locks a page after the third, so none of ours is put

let closed = 0;
let answer; // the last of them
let given; // what the browser's own button gave

async function ask(wishes) {
  const stream = given;
  given = undefined;
  if (stream) return stream;
  if (closed >= CLOSED) throw answer;
  try {
    return await mediaDevices.getUserMedia(wishes);
  } catch (error) {
    if (verdictOf(error) === "dismissed") {
      closed += 1;
      answer = error;
    }
    throw error;
  }
}

// From the browser's own button, which the browser guards itself: the next who asks gets it, and may ask anew later.
function give(stream) {
  given = stream;
  closed = 0;
}

export const browser = {
  agent: userAgent,
  cookies: cookieEnabled,
  touch: maxTouchPoints,
  standalone: standalone || matchMedia("(display-mode: standalone)").matches,
  telegram: "TelegramWebviewProxy" in window,
  secure: isSecureContext,
  media: !!(mediaDevices && mediaDevices.getUserMedia),
  sound: !!Engine,
  network: connection,
  session: audioSession,
  twice: "userAgentData" in navigator, // Chromium: a second capture leaves the first one be; elsewhere it mutes it
  ownButton: "HTMLUserMediaElement" in window, // Chromium from 151
  ask,
  give,
  mayAsk: () => closed < CLOSED,
  engine: () => new Engine(),
  devices: () => (mediaDevices && mediaDevices.enumerateDevices ? mediaDevices.enumerateDevices() : Promise.resolve([])),
  changed: (tell) => mediaDevices && mediaDevices.addEventListener && mediaDevices.addEventListener("devicechange", tell),
  // The screen stays on as long as what is given back is not let go.
  stayAwake: () => (wakeLock ? wakeLock.request("screen").catch(() => {}) : Promise.resolve()),
  now: () => performance.now(),
  wait: (time, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) reject();
      setTimeout(resolve, time);
      signal.addEventListener("abort", reject);
    }),
};
