// Can faces be seen? Measured on the whole picture and on an oval in its middle, so that dark skin in a lit room is
// never called dark. Luma alone cannot be certain: the advice is soft, and the person may say that it looks fine.
const FRAMES = 6;
const EVERY = 300; // ms
const OVAL = [0.18, 0.34]; // radii, of width and height; drawn on the screen too
const WHITE = 250;
const BACK_WHITE = 0.04; // really clipped light: a bright wall is not a window
const BACK_FACE = 90;
const BACK_STEP = 100;
const ROBOT_WHITE = 0.02; // the backlight detector of the NAO robot
const ROBOT_DARK = 0.6;
const ROBOT_BELOW = 70;
const DARK_MEDIAN = 45; // of the whole picture
const DARK_TOP = 110; // its ninetieth percentile
const GLARE = 0.35;

const at = (sorted, share) => sorted[Math.floor((sorted.length - 1) * share)];

export function measure(pixels, width, height) {
  const all = [];
  const inside = [];
  const outside = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = 4 * (y * width + x);
      const light = 0.2126 * pixels[i] + 0.7152 * pixels[i + 1] + 0.0722 * pixels[i + 2];
      const dx = ((x + 0.5) / width - 0.5) / OVAL[0];
      const dy = ((y + 0.5) / height - 0.5) / OVAL[1];
      all.push(light);
      (dx * dx + dy * dy <= 1 ? inside : outside).push(light);
    }
  }
  [all, inside, outside].forEach((list) => list.sort((a, b) => a - b));
  const share = (test) => all.filter(test).length / all.length;
  return {
    median: at(all, 0.5),
    top: at(all, 0.9),
    face: at(inside, 0.5),
    around: at(outside, 0.75),
    white: share((light) => light >= WHITE),
    dark: share((light) => light < ROBOT_BELOW),
  };
}

export async function observe({ video, canvas, wait }, signal) {
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const { width, height } = canvas;
  const frames = [];
  while (frames.length < FRAMES) {
    pen.drawImage(video, 0, 0, width, height);
    frames.push(measure(pen.getImageData(0, 0, width, height).data, width, height));
    await wait(EVERY, signal);
  }
  return { frames };
}

const judgeFrame = ({ median, top, face, around, white, dark }) =>
  (white >= BACK_WHITE && face < BACK_FACE && around - face >= BACK_STEP) || (white >= ROBOT_WHITE && dark >= ROBOT_DARK)
    ? "backlit"
    : median < DARK_MEDIAN && top < DARK_TOP ? "dark"
    : white >= GLARE ? "glare"
    : "ok";

export function judge({ frames }) {
  const most = (verdict) => frames.filter((frame) => judgeFrame(frame) === verdict).length * 2 > frames.length;
  return { verdict: ["backlit", "dark", "glare"].find(most) || "ok" };
}
