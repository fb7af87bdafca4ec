// The rehearsal: the moves of the real visit, then a drawn nurse. One camera and one microphone are kept open through it, the
// device check's own run judges them on the way, and its own board tells the adult afterwards. Every request has a button that
// goes on without it. No words here, and nothing that can send. JavaScript of 2018, as in the device check.
import { browser as device } from "../device-check/browser.js";
import * as camera from "../device-check/camera.js";
import * as environment from "../device-check/environment.js";
import * as light from "../device-check/light.js";
import * as microphone from "../device-check/microphone.js";
import { board, reveal } from "../device-check/page.js";
import { createRun } from "../device-check/run.js";
import * as speaker from "../device-check/speaker.js";
import { hello, wave } from "./movement.js";

const CHECKS = { camera, light, microphone, speaker };
const ORDER = ["name", "allow", "look", "wait", "hello", "wave", "say", "toy", "near", "end"];
const WITH_NURSE = /^(hello|wave|say|toy|near|pause)$/;

const one = (selector) => document.querySelector(selector);
const stage = one("[data-call]");
const video = one("video");
const aids = one("[data-aids]");
const here = environment.judge(environment.observe(device));
const { results, show, advise, finish } = board(here, aids, true);
const kept = []; // the tracks the child allowed, open until the end
let engine;
let screen = "name";
let paused = "hello";
let stop = new AbortController();

const browser = Object.assign(Object.create(device), {
  video: document.createElement("video"), // the check looks at one of its own: the child's picture must not go black between
  player: one("audio"),
  canvas: Object.assign(document.createElement("canvas"), { width: 128, height: 96 }),
  ask: async (wishes) => {
    const stream = await device.ask(wishes);
    kept.push(...stream.getTracks());
    see();
    return stream.clone();
  },
});
Object.assign(browser.video, { muted: true, playsInline: true });
const run = createRun(browser, CHECKS, told);

function see() {
  const picture = kept.some(({ kind, readyState }) => kind === "video" && readyState === "live");
  stage.dataset.camera = picture ? "on" : "off";
  if (!picture || video.srcObject) return;
  video.srcObject = new MediaStream(kept);
  Promise.resolve(video.play()).catch(() => {});
}

// What the run finds goes to the adult's rows, and to the child's few words about it.
function told(check, state, verdict, detail) {
  show(check, state, verdict, detail);
  const phase = (detail && detail.phase) || state;
  reveal(one("[data-hints]"), "hint", `${check}:${phase}`, verdict && `${check}:${verdict}`);
  see();
}

function noticed(what) {
  reveal(document, "noticed", what);
}

async function listen(what) {
  stop.abort();
  stop = new AbortController();
  const { signal } = stop;
  noticed("");
  const sounds = kept.filter(({ kind }) => kind === "audio");
  const tools = { video, canvas: document.createElement("canvas"), wait: device.wait, engine };
  try {
    if (what === "wave" && stage.dataset.camera === "on") await wave(tools, signal);
    else if (what === "say" && engine && sounds.length) await hello(Object.assign(tools, { stream: new MediaStream(sounds) }), signal);
    else return;
    if (!signal.aborted) noticed(what);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function go(to, first) {
  if (to === "pause") paused = screen;
  screen = to;
  reveal(document, "screen", to);
  stage.hidden = !(to === "look" || to === "wait" || WITH_NURSE.test(to));
  stage.dataset.view = to === "look" ? "self" : to === "wait" ? "wait" : "nurse";
  listen(to);
  if (to === "end") end();
  if (!first) {
    one(`[data-screen="${to}"] h2`).focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: "instant" }); // the line that says it is practice is seen on every screen
  }
}

function release() {
  stop.abort();
  run.release();
  kept.forEach((track) => track.stop());
  video.srcObject = null;
  if (engine && engine.state !== "closed") engine.close();
}

function skipRest() {
  Object.keys(CHECKS).forEach((check) => {
    if (!results[check]) run.skip(check);
  });
}

function end() {
  skipRest();
  release();
  reveal(document, "stage", "done");
  finish();
}

const actions = {
  next: () => go(ORDER[ORDER.indexOf(screen) + 1]),
  start: async () => {
    if (device.sound) {
      engine = device.engine();
      engine.resume();
    }
    go("look");
    await run.start(Object.keys(CHECKS), () => {});
  },
  skip: () => {
    skipRest();
    go("look");
  },
  connect: () => {
    skipRest();
    go("wait");
  },
  pause: () => go("pause"),
  on: () => go(paused),
  leave: () => go("end"),
  fine: () => {
    show("light", "done", "ok");
    finish();
  },
};
addEventListener("click", ({ target }) => {
  const button = target.closest("[data-action]");
  if (!button) return;
  const { action } = button.dataset;
  if (actions[action]) actions[action]();
  else run.press(action);
});
addEventListener("pagehide", release);
aids.addEventListener("change", () => screen === "end" && finish());

one("[data-needs-script]").hidden = true;
stage.dataset.camera = "off";
go("name", true);
