// Can faces be seen? Judged on the face: on the middle of the oval that is drawn on the screen, not on what is behind.
// Skin alone never decides: eyes, teeth and what shines tell how much light falls on a face of any colour. The advice
// is soft all the same, and the person may say that it looks fine.
const FRAMES = 6;
const EVERY = 300; // ms
const OVAL = [0.18, 0.34]; // radii, of width and height; drawn on the screen too
const CORE = 0.5; // of the oval's area: nobody fills it, and what is beside the head must not count
const WHITE = 250;
const LIT = 114; // the brightest fiftieth of a face with half the light it should have, whatever its colour
const SHADE = 42; // darker than any lit face is in its middle
const BEHIND = 115; // the background so much brighter than such a face: a window leaks into the oval, LIT is no help
const BEHIND_WHITE = 0.02; // or so much of the picture is clipped (the backlight detector of the NAO robot)
const BACK = 40; // the background so much brighter than what shines in a face that LIT has called dark, whatever its skin
const BACK_WHITE = 0.01;
const GLARE = 0.35; // so much is white
const GLARE_FACE = 215; // and the face too: a white wall is no fault

const at = (sorted, share) => sorted[Math.floor((sorted.length - 1) * share)];

export function measure(pixels, width, height) {
  const core = [];
  const outside = [];
  let white = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = 4 * (y * width + x);
      const light = 0.2126 * pixels[i] + 0.7152 * pixels[i + 1] + 0.0722 * pixels[i + 2];
      const dx = ((x + 0.5) / width - 0.5) / OVAL[0];
      const dy = ((y + 0.5) / height - 0.5) / OVAL[1];
      const away = dx * dx + dy * dy;
      if (away <= CORE) core.push(light);
      if (away > 1) outside.push(light);
      if (light >= WHITE) white += 1;
    }
  }
  [core, outside].forEach((list) => list.sort((a, b) => a - b));
  return {
    face: at(core, 0.5),
    shine: at(core, 0.98),
    around: at(outside, 0.9),
    white: white / (width * height),
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

const judgeFrame = ({ face, shine, around, white }) =>
  white >= GLARE && face >= GLARE_FACE ? "glare"
    : face < SHADE && (around - face >= BEHIND || white >= BEHIND_WHITE) ? "backlit"
    : shine >= LIT ? "ok"
    : around - shine >= BACK || white >= BACK_WHITE ? "backlit"
    : "dark";

export function judge({ frames }) {
  const most = (verdict) => frames.filter((frame) => judgeFrame(frame) === verdict).length * 2 > frames.length;
  return { verdict: ["backlit", "dark", "glare"].find(most) || "ok" };
}
