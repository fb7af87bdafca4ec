// Does something move in the picture, and is there a sound? Small numbers only; no picture and no sound is kept.
import { measure } from "../device-check/hearing.js";

const WIDTH = 32; // a frame this small has no face left in it
const HEIGHT = 24;
const EVERY = 150; // ms
const CHANGED = 14; // of 255: a pixel that changed more than a sensor's noise, averaged over the small frame
const SHARE = 0.06; // of the pixels: a hand, not a flicker of light
const TIMES = 3; // frames of the last SPAN: a wave goes to and fro
const SPAN = 8;
const LOUDER = 12; // dB above the quietest tenth of what was heard
const AUDIBLE = -55; // dB
const BLOCKS = 3;

/** The share of pixels that changed. @param {ArrayLike<number>} before @param {ArrayLike<number>} after as RGBA */
export function change(before, after) {
  let changed = 0;
  for (let i = 0; i < after.length; i += 4) {
    const step = Math.abs(after[i] - before[i]) + Math.abs(after[i + 1] - before[i + 1]) + Math.abs(after[i + 2] - before[i + 2]);
    if (step > 3 * CHANGED) changed += 1;
  }
  return changed / (after.length / 4);
}

/** @param {number[]} changes from change(), oldest first @returns {boolean} something waved */
export const waved = (changes) => changes.slice(-SPAN).filter((share) => share > SHARE).length >= TIMES;

/** @param {number[]} levels in dB, oldest first @returns {boolean} somebody said something */
export function spoke(levels) {
  const sorted = levels.slice().sort((a, b) => a - b);
  const floor = sorted[Math.floor(sorted.length / 10)];
  return levels.filter((level) => level > AUDIBLE && level > floor + LOUDER).length >= BLOCKS;
}

/** Settles when something waves in `video`; never when nothing does: the button goes on without it. */
export async function wave({ video, canvas, wait }, signal) {
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const changes = [];
  for (let last; !waved(changes); await wait(EVERY, signal)) {
    pen.drawImage(video, 0, 0, WIDTH, HEIGHT);
    const { data } = pen.getImageData(0, 0, WIDTH, HEIGHT);
    if (last) changes.push(change(last, data));
    last = data;
  }
}

/** Settles when somebody says something; `stream` has sound, `engine` was started in a tap. */
export async function hello({ engine, stream, wait }, signal) {
  const source = engine.createMediaStreamSource(stream);
  const analyser = engine.createAnalyser();
  analyser.fftSize = 2048;
  source.connect(analyser);
  const samples = new Float32Array(2048);
  const levels = [];
  for (; !spoke(levels); await wait(60, signal)) {
    analyser.getFloatTimeDomainData(samples);
    levels.push(measure(samples).level);
  }
  source.disconnect();
}
