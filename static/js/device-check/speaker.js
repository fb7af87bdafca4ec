// Two notes, and the person says whether they were heard: no browser can know that sound came out.
const RATE = 8000;
const NOTES = [523, 659]; // Hz
const LENGTH = 6000; // samples each, 0.75 s
const PATIENCE = 3000; // ms for play() to answer

export function tone() {
  const size = 2 * LENGTH * NOTES.length;
  // RIFF, WAVE, fmt: 16 bits, one channel; made here because the page may fetch nothing.
  const words = [0x46464952, 36 + size, 0x45564157, 0x20746d66, 16, 0x10001, RATE, 2 * RATE, 0x100002, 0x61746164, size];
  const bytes = new Uint8Array(44 + size);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setUint32(4 * i, word, true));
  for (let i = 0; i < LENGTH * NOTES.length; i += 1) {
    const place = i % LENGTH;
    const soft = Math.min(1, place / 200, (LENGTH - place) / 1000); // no click at the ends
    view.setInt16(44 + 2 * i, 16000 * soft * Math.sin((2 * Math.PI * NOTES[Math.floor(i / LENGTH)] * i) / RATE), true);
  }
  return "data:audio/wav;base64," + btoa(bytes.reduce((all, byte) => all + String.fromCharCode(byte), ""));
}

// In the tap that starts everything: after it the tone may play without a tap of its own.
export function unlock({ player }) {
  player.src = tone();
  player.muted = true;
  const locked = () => (player.muted = false);
  player.play().then(() => player.pause()).then(locked, locked);
}

// A media element, not Web Audio: on iPhone the silent switch would take Web Audio away.
async function play({ player, session, wait }, signal) {
  if (session) session.type = "playback";
  player.muted = false;
  player.currentTime = 0;
  const sounds = player.play().then(() => true, () => false);
  return Promise.race([sounds, wait(PATIENCE, signal)]);
}

// `next` waits for what the person presses: "play", "heard" or "not-heard".
export async function observe(browser, signal, next, tell) {
  let plays = await play(browser, signal);
  for (;;) {
    tell({ phase: plays ? "ask" : "tap" });
    const answer = await next();
    if (answer !== "play") return { plays, answer };
    plays = await play(browser, signal);
    if (!plays) return { plays }; // not even in a tap of its own
  }
}

export const judge = ({ plays, answer }) => ({ verdict: plays ? answer : "cannot-play" });
