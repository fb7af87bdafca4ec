// Does the camera give a living picture of fair size? Frames become numbers on a small canvas; none is kept.
const FIRST_FRAME = 5000; // ms, as long as a slow phone needs
const WARM_UP = 1000; // exposure settles; WebKit says "muted" falsely in its first second
const WATCH = 2000;
const EVERY = 200;
const PAUSED_AFTER = 1500; // ms muted of the 2 s we watch
const BLACK_MEAN = 20; // testrtc's limit for black
const BLACK_SPREAD = 8; // a lens cap is even, a dark room is not
const SMALL = [640, 480]; // the German rule for video visits
const SLOW = 10; // frames a second

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

export async function observe({ video, canvas, now, wait }, signal, stream) {
  const track = stream.getVideoTracks()[0];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const { width, height } = canvas;
  const live = () => track.readyState === "live";
  const start = now();
  while (live() && !(video.readyState > 1 && video.videoWidth) && now() - start < FIRST_FRAME) await wait(100, signal);
  const seen = video.readyState > 1 && video.videoWidth > 0;
  if (!seen || !live()) return { seen, live: live(), muted: track.muted ? FIRST_FRAME : 0 };
  await wait(WARM_UP, signal);

  let frames = 0;
  let watching = true;
  const count = () => {
    frames += 1;
    if (watching) video.requestVideoFrameCallback(count);
  };
  const counted = Boolean(video.requestVideoFrameCallback);
  if (counted) video.requestVideoFrameCallback(count);

  const from = now();
  const clock = video.currentTime;
  const means = [];
  const spreads = [];
  let last;
  let moved = false;
  let muted = 0;
  while (now() - from < WATCH && live()) {
    pen.drawImage(video, 0, 0, width, height);
    const { data } = pen.getImageData(0, 0, width, height);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < data.length; i += 4) {
      const light = 0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2];
      sum += light;
      squares += light * light;
      if (last && !moved) moved = data[i] !== last[i] || data[i + 1] !== last[i + 1] || data[i + 2] !== last[i + 2];
    }
    const mean = sum / (width * height);
    means.push(mean);
    spreads.push(Math.sqrt(Math.max(0, squares / (width * height) - mean * mean)));
    last = data;
    if (track.muted) muted += EVERY;
    await wait(EVERY, signal);
  }
  watching = false;
  return {
    seen, live: live(), muted, moved,
    stuck: video.currentTime === clock,
    mean: median(means), spread: median(spreads),
    width: video.videoWidth, height: video.videoHeight,
    rate: counted ? (frames * 1000) / (now() - from) : null,
  };
}

export function judge({ seen, live, muted, moved, stuck, mean, spread, width, height, rate }) {
  const small = Math.max(width, height) < SMALL[0] || Math.min(width, height) < SMALL[1];
  return {
    verdict: !live || muted > PAUSED_AFTER ? "paused"
      : !seen ? "no-frames"
      : stuck || !moved ? "frozen" // a sensor's noise is never exactly nothing
      : mean < BLACK_MEAN && spread < BLACK_SPREAD ? "covered"
      : small || (rate !== null && rate < SLOW) ? "low-resolution"
      : "ok",
  };
}
