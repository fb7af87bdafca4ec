// The rehearsal: the moves of the real visit, then a drawn nurse. One camera and one microphone are kept open through it, the device
// check's own runs judge copies of them in the background until the end, and its board tells the adult afterwards. Every request has
// a button that goes on without it. No words here, and nothing that can send. JavaScript of 2018, as in the device check.
import { browser as device } from "../device-check/browser.js";
import * as camera from "../device-check/camera.js";
import * as environment from "../device-check/environment.js";
import * as light from "../device-check/light.js";
import * as microphone from "../device-check/microphone.js";
import { board, reveal } from "../device-check/page.js";
import { createRun } from "../device-check/run.js";
import * as speaker from "../device-check/speaker.js";

const ORDER = ["name", "allow", "look", "wait", "hello", "hear", "wave", "say", "toy", "bye", "end"];
const WAITING = 8000; // ms in the waiting room, long enough to be one and short enough for a child of four
const BUSY_READING = 1000; // ms, then Kim sees again whether the page is still being read aloud
const OF = { video: ["camera", "light"], audio: ["microphone"] }; // what a track lets us test
const CHECKS = ["camera", "light", "microphone"];
const NO_PICTURE = /^(refused|blocked|dismissed|waiting|none|in-use|failed)$/;

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const call = one("[data-call]");
const video = one("video");
const aids = one("[data-aids]");
const here = environment.judge(environment.observe(device));
const { results, show, finish } = board(here, aids, true, () => test(...CHECKS));

let screen = "name";
let paused = "hello"; // where stop was pressed
let open = true; // the visit goes on: what is allowed is kept
let tracks = []; // what the family allowed
let copies = []; // what the check looks at and listens to
let tests = Promise.resolve(); // the background: one run after the other
let testing = 0;
let asked = false; // whether the two notes were heard
let timer;
let hungUp = false;
const switched = new Set(); // kinds of track that the family switched off
const off = new Set(); // checks that were not done when they did

const live = (kind) => tracks.filter((track) => track.kind === kind && track.readyState === "live");
const stopAll = (kind) => [...tracks, ...copies].forEach((track) => (!kind || track.kind === kind) && track.stop());

const browser = Object.assign(Object.create(device), {
  video: document.createElement("video"), // the check looks at one of its own: the child's picture must not go black between
  canvas: Object.assign(document.createElement("canvas"), { width: 128, height: 96 }),
  // One question for the whole visit: a later test gets copies of what is already allowed.
  ask: async (wishes) => {
    const kinds = ["audio", "video"].filter((kind) => wishes[kind]);
    if (!open) return device.ask(wishes);
    if (wishes.audio && wishes.audio.noiseSuppression === false) {
      const plain = await device.ask(wishes); // the microphone as it is, beside what is allowed already: nobody is asked
      if (open && live("audio").length) copies.push(...plain.getTracks());
      else plain.getTracks().forEach((track) => track.stop());
      return plain;
    }
    if (!kinds.every((kind) => live(kind).length)) {
      const stream = await device.ask(wishes);
      if (!open) return stream;
      tracks = tracks.filter(({ kind }) => !kinds.includes(kind)).concat(stream.getTracks());
      stream.getTracks().forEach((track) => track.addEventListener("ended", see));
      see();
    }
    const mine = kinds.map((kind) => live(kind)[0].clone());
    copies.push(...mine);
    return new MediaStream(mine);
  },
});
Object.assign(browser.video, { muted: true, playsInline: true });
const run = createRun(browser, { camera, light, microphone }, told);
// The notes are played while the microphone is on, as in the visit: so the sound session is left as the capture made it.
const ears = createRun(Object.assign(Object.create(device), { player: one("audio"), session: undefined }), { speaker }, told);

// The child's own picture, and the three signs, as they are now.
function see() {
  const [picture] = live("video");
  const [sound] = live("audio");
  call.dataset.camera = picture ? "on" : "off";
  if (!picture) video.srcObject = null;
  else if (!video.srcObject || video.srcObject.getVideoTracks()[0] !== picture) {
    video.srcObject = new MediaStream([picture]);
    Promise.resolve(video.play()).catch(() => {});
  }
  one('[data-action="picture"]').setAttribute("aria-pressed", String(!!picture));
  one('[data-action="sound"]').setAttribute("aria-pressed", String(!!sound));
  one(".turned-off").hidden = !!picture || !switched.has("video");
  hintPicture();
}

const hint = (name, ...keys) => reveal(one(`[data-hints="${name}"]`), "hint", ...keys);

function whyNoPicture() {
  const { verdict } = results.camera || {};
  if (live("video").length) return "see";
  if (switched.has("video")) return "off";
  if (NO_PICTURE.test(verdict)) return "none";
  return verdict === "skipped" ? "without" : "ask";
}

function hintPicture() {
  hint("picture", whyNoPicture());
}

// What a run finds goes to the adult's rows, and to the child's few words about it.
function told(check, state, verdict, detail) {
  show(check, state, verdict, detail);
  const phase = detail && detail.phase;
  if (check === "camera") hintPicture();
  else if (check === "microphone") hint("sound", live("audio").length ? phase || (verdict && "done") : "");
  else if (check === "speaker") reveal(one('[data-screen="hear"]'), "hint", verdict ? "answered" : phase);
  if (verdict && verdict !== "skipped") off.delete(check);
  if (!open && verdict) report();
}

// Runs these checks in the background, after those that are running.
function test(...names) {
  testing += 1;
  const start = () => run.start(names, () => {});
  tests = testing === 1 ? start() : tests.then(start); // the first one inside the tap that asked for it
  tests = tests.then(() => {
    testing -= 1;
    if (!testing && !open) report();
  });
  return tests;
}

const unknown = (check) => !results[check] || results[check].verdict === "skipped";

// The family's own switch: off stops the tracks for good and the tests with them; on asks again, and tests what was not done.
function toggle(kind) {
  const names = OF[kind].filter(unknown);
  if (live(kind).length) {
    switched.add(kind);
    names.forEach((check) => off.add(check));
    names.forEach(run.skip);
    stopAll(kind);
    see();
    return;
  }
  switched.delete(kind);
  names.forEach((check) => off.delete(check));
  if (names.length) test(...names).then(see);
  else browser.ask({ [kind]: true }).then(see, see);
}

function arrive() {
  if (one("[data-read-pause]").hidden) go("hello");
  else timer = setTimeout(arrive, BUSY_READING);
}

function answer(section, done) {
  all("[data-unanswered]", section).forEach((part) => (part.hidden = done));
  all("[data-answered]", section).forEach((part) => (part.hidden = !done));
  call.dataset.pose = (done ? section.dataset.then : section.dataset.pose) || "";
}

function go(to, first) {
  if (to === "pause") paused = screen;
  screen = to;
  clearTimeout(timer);
  if (to === "wait") timer = setTimeout(arrive, WAITING);
  reveal(document, "screen", to);
  const section = one(`section[data-screen="${to}"]`);
  call.hidden = section.parentNode.className !== "bubbles";
  call.dataset.view = to === "look" ? "self" : to === "wait" ? "wait" : "nurse";
  answer(section, false);
  dispatchEvent(new Event("redo-screen")); // what was being read aloud is another text now
  if (to === "hear" && !asked) {
    asked = true;
    ears.start(["speaker"], () => {});
  }
  // The first test may have met a child who did not speak yet: here one is asked to.
  if (to === "say" && results.microphone && results.microphone.verdict === "no-speech" && live("audio").length) test("microphone");
  if (first) return;
  one("h2", section).focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" }); // the line that says it is practice is seen on every screen
}

function release() {
  stopAll();
  tracks = copies = [];
  see();
}

// The rows and the verdict. A question that nobody answered yet counts as passed over until somebody does.
function report() {
  const waits = testing > 0 && !hungUp;
  all(".found [data-off]").forEach((note) => (note.hidden = !off.has(note.dataset.off)));
  one("[data-quiet-child]").hidden = !results.microphone || results.microphone.verdict !== "no-speech";
  reveal(one('.panel[data-screen="end"]'), "hint", waits ? "closing" : "closed");
  if (waits) return;
  release();
  if (!results.speaker) results.speaker = { verdict: "skipped", detail: {} };
  reveal(document, "stage", "done");
  finish({ "no-speech": "skipped" }); // the child may have been silent: nobody did anything wrong
}

// `cut` is hanging up: everything ends at once. Going on to the end lets the tests finish first.
function end(cut) {
  open = false;
  hungUp = cut || !tracks.length; // a question that is still unanswered is not waited for
  if (hungUp) CHECKS.filter((check) => !results[check]).forEach(run.skip);
  if (hungUp) stopAll();
  if (!asked) ears.skip("speaker");
  go("end");
  report();
}

const again = (check) => {
  if (check === "speaker") ears.start(["speaker"], () => {});
  else if (!testing) test(...(check === "microphone" ? [check] : OF.video));
};

const actions = {
  next: () => {
    const to = ORDER[ORDER.indexOf(screen === "swap" ? "bye" : screen) + 1];
    if (to === "allow") useName();
    if (to === "end") end();
    else go(to);
  },
  start: () => {
    test(...CHECKS).then(see);
    go("look");
  },
  skip: (check) => {
    if (check) return (check === "speaker" ? ears : run).skip(check);
    CHECKS.forEach((name) => told(name, "skipped", "skipped"));
    return go("look");
  },
  connect: () => go("wait"),
  answer: () => {
    const section = one(`section[data-screen="${screen}"]`);
    answer(section, true);
    one("h2", section).focus({ preventScroll: true }); // the button that was pressed is gone
  },
  swap: () => go("swap"),
  sound: () => toggle("audio"),
  picture: () => toggle("video"),
  "hang-up": () => end(true),
  pause: () => go("pause"),
  on: () => go(paused),
  leave: () => end(true),
  restart: () => location.reload(),
  again,
  fine: () => {
    show("light", "done", "ok");
    report();
  },
};

// The made-up name lives in this page alone, and Kim says it in writing only.
function useName() {
  const name = one("#name").value.trim();
  all("[data-made-up]").forEach((place) => (place.textContent = name));
  all("[data-with-name]").forEach((place) => (place.hidden = !name));
  all("[data-without-name]").forEach((place) => (place.hidden = !!name));
}

addEventListener("click", ({ target }) => {
  const button = target.closest("[data-action]");
  if (!button) return;
  const { action } = button.dataset;
  const row = button.closest("[data-check]");
  if (actions[action]) actions[action](row && row.dataset.check);
  else ears.press(action);
});
one("#name").addEventListener("keydown", ({ key }) => key === "Enter" && actions.next());
addEventListener("pagehide", () => {
  open = false;
  release();
});
aids.addEventListener("change", () => screen === "end" && report());

one("[data-needs-script]").hidden = true;
go("name", true);
