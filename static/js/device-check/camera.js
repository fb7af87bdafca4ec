// Does the camera give a living picture of fair size? Frames become numbers on a small canvas; none is kept.
const FIRST_FRAME = 5000; // ms, as long as a slow phone needs
const WARM_UP = 1000; // exposure settles; WebKit may call a track muted in its first second
const WATCH = 2000;
const LONGER = 4000; // when too few frames came: a busy second of the device is no fault of the camera
const WINDOW = 1000; // frames are counted in each, and the best counts
const EVERY = 200;
const PAUSED_AFTER = 1500; // ms muted of the 2 s we watch
const BLACK_MEAN = 20; // black, as testrtc has it
const BLACK_SPREAD = 8; // a lens cap is even, a dark room is not
const NO_EDGES = 0.13; // of the mean: finger, tape, grease and ceiling reach 0.1, a light face before a light wall 0.16
const GRAIN = 8; // the sensor's own noise between two points: what is not above it is no edge either
const WHITE = 225; // mean: so much light has no edges either, and is a matter of light
const SHUT = 14; // as black as a slider before the lens
const SHUT_SHARE = 0.3; // of the picture, from one side
const OPEN = 60; // and the rest is lit: a dark room is dark on both sides
const SMALL = [640, 480]; // the German rule for video visits
const SLOW = 10; // frames a second

const part = (list, share) => list.sort((a, b) => a - b)[Math.floor((list.length - 1) * share)];

// How sharp the sharpest edges are against the mean, and how much is black from one side on while the rest is lit.
export function look(data, width, height) {
  const light = [];
  for (let i = 0; i < data.length; i += 4) light.push(0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2]);
  const mean = light.reduce((sum, one) => sum + one, 0) / light.length;
  const every = (count, value) => Array.from({ length: count }, (_, i) => value(i));
  const steps = (by) => part(every(light.length - by, (i) => ((i + 1) % width ? Math.abs(light[i + by] - light[i]) : 0)), 0.99);
  const lines = (count, first, size, step) => every(count, (line) => part(every(size, (i) => light[line * first + i * step]), 0.9));
  const black = (all) => (all[all.length - 1] > OPEN ? all.findIndex((line) => line >= SHUT) / all.length : 0);
  const columns = lines(width, 1, height, width);
  const rows = lines(height, width, width, 1);
  return {
    edges: Math.max(steps(1), steps(width)) / Math.max(1, mean),
    shut: Math.max(...[columns, rows].map((all) => Math.max(black(all), black([...all].reverse())))),
  };
}

export async function observe({ video, canvas, now, wait }, signal, stream) {
  const [track] = stream.getVideoTracks();
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const live = () => track.readyState === "live";
  let from = now();
  while (live() && !video.videoWidth && now() - from < FIRST_FRAME) await wait(100, signal);
  const seen = { live: live(), muted: track.muted ? WATCH : 0, width: video.videoWidth, height: video.videoHeight };
  if (!seen.live || !seen.width) return seen;
  await wait(WARM_UP, signal);

  let last;
  let shown; // those that were shown while this script was busy count too
  let over;
  const count = (time, { presentedFrames }) => {
    shown = presentedFrames;
    if (!over) video.requestVideoFrameCallback(count);
  };
  if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(count);
  else seen.rate = SLOW;
  const clock = video.currentTime;
  from = now();
  seen.muted = 0;
  let mark;
  while (live() && now() - from < (seen.rate >= SLOW ? WATCH : LONGER)) {
    const since = now();
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const size = data.length / 4;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < data.length; i += 4) {
      const light = 0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2];
      sum += light;
      squares += light * light;
    }
    seen.mean = sum / size;
    seen.spread = Math.sqrt(Math.max(0, squares / size - seen.mean * seen.mean));
    seen.moved = seen.moved || (last && data.some((byte, i) => byte !== last[i]));
    last = data;
    await wait(EVERY, signal);
    if (track.muted) seen.muted += now() - since; // a busy phone looks less often: time counts, not looks
    const time = now();
    if (shown && (!mark || time - mark.time >= WINDOW)) {
      if (mark) seen.rate = Math.max(seen.rate || 0, ((shown - mark.shown) * 1000) / (time - mark.time));
      mark = { time, shown };
    }
  }
  if (last) Object.assign(seen, look(last, canvas.width, canvas.height));
  seen.live = live();
  seen.stuck = video.currentTime === clock;
  over = true;
  return seen;
}

export const judge = ({ live, muted, width, height, moved, stuck, mean, spread, rate, edges, shut }) => ({
  verdict: !live || muted > PAUSED_AFTER ? "paused"
    : !width ? "no-frames"
    : stuck ? "frozen"
    : mean < BLACK_MEAN && spread < BLACK_SPREAD ? "covered" // before frozen: black is often black to the bit
    : shut > SHUT_SHARE ? "covered"
    : edges < Math.max(NO_EDGES, GRAIN / mean) && mean < WHITE ? "unclear" // before frozen too: what does not change need not stand still
    : !moved ? "frozen" // the noise of a sensor in light is never exactly nothing
    : Math.max(width, height) < SMALL[0] || Math.min(width, height) < SMALL[1] || rate < SLOW ? "low-resolution"
    : "ok",
});
