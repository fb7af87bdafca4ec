// The plain page of the device check, and the only module that names document. It holds no words: the server rendered
// every sentence, and this shows the one that fits.
import { put } from "../fragment-put.js";
import { carry, read } from "../fragment.js";
import { browser as device } from "./browser.js";
import { chooser } from "./choose.js";
import * as environment from "./environment.js";
import { createRun, overall, PICTURE } from "./run.js";
import { encode, fieldsOf } from "./support-code.js";

const PATIENCE = 8000; // ms to answer whether this is mobile data
const LEVELS = [["nothing", 0.05], ["little", 0.4], ["good", 0.95], ["much", 2]];
const RESULT = /^(good|fair|poor|unreachable|skipped)-([0-7])([0-7])([0-3])([0-7])([0-3])$/;
const OURS = /^(guide|help)(\/[a-z0-9-]{1,40}){1,2}$/; // where one may go on; anything else is left alone
const ASKING = ["camera", "light", "microphone"];
const NO_LEAVE = /^(refused|blocked|dismissed)$/; // the browser's own button may undo it
const CLASSES = ["down", "up", "net", "rtt", "jitter"];

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const fits = (list, ...keys) => list.split(" ").some((key) => keys.includes(key));

// Shows the elements whose attribute names one of the keys, and hides the others that have it.
export const reveal = (root, name, ...keys) =>
  all(`[data-${name}]`, root).forEach((element) => (element.hidden = !fits(element.getAttribute(`data-${name}`), ...keys)));
const stage = (name) => reveal(document, "stage", name);

// Only a voice of this device reads: any other would send the text away.
const speech = window.speechSynthesis;
const speaks = ({ localService, lang }) => localService && lang.split(/[-_]/)[0] === document.documentElement.lang;
const voice = () => speech && speech.getVoices().find(speaks);
const say = (text, rate) => speech.speak(Object.assign(new SpeechSynthesisUtterance(text), { voice: voice(), rate }));

// The rows, the verdict, the advice and the code: what was found, shown. The rehearsal for children ends in the same board.
// `afresh`: the browser's own button gave camera and microphone, and the checks may run with them.
export function board(here, aids, carried, afresh) {
  const whole = one("[data-overall]");
  const results = {};
  const rows = {};
  all("[data-check] > [data-severity]").forEach(({ dataset, parentNode }) => {
    const { verdict, severity, rank, number, recipe } = dataset;
    rows[`${parentNode.dataset.check}:${verdict}`] = { severity, rank: Number(rank), number: Number(number), recipe };
  });
  const wayBack = one("[data-way-back]");

  function show(check, state, verdict = "", detail = {}) {
    const row = one(`[data-check="${check}"]`);
    Object.assign(row.dataset, { state, verdict });
    if (state === "waiting") delete results[check];
    if (verdict) results[check] = { verdict, detail };
    row.className = `is-${verdict ? rows[`${check}:${verdict}`].severity : state}`;
    if (detail.level >= 0) {
      one("[data-meter]", row).style.setProperty("--v", `${Math.round(100 * detail.level)}%`);
      reveal(row, "level", LEVELS.find(([, most]) => detail.level < most)[0]);
    }
    reveal(row, "when", state, verdict, detail.phase, detail.busy && "busy", detail.sparing && "sparing");
    reveal(row, "verdict", detail.busy ? "" : verdict);
  }

  // The one thing to do first, for this very device.
  function advise(check, found) {
    const verdict = found === "dismissed" && !device.mayAsk() ? "refused" : found;
    const { recipe } = rows[`${check}:${verdict}`] || {};
    all("[data-fix]").forEach((fix) => {
      fix.hidden = !recipe || !fits(fix.dataset.fix, recipe) || !fits(fix.dataset.for || here.platform, here.platform);
    });
    if (wayBack) wayBack.hidden = !device.ownButton || !NO_LEAVE.test(verdict);
    one("[data-first]").hidden = !one("[data-fix]:not([hidden])");
  }

  // What failed or was skipped goes along in the fragment: «Ni är redo» tells it.
  function leave(verdicts) {
    const left = verdicts
      .map(([check, verdict]) => [check, rows[`${check}:${verdict}`].severity])
      .filter(([check, severity]) => severity !== "ok" && !(aids.checked && fits("microphone speaker", check)));
    put("r", left.map((one) => one.join("-")).join(",") || null);
  }

  // `countedAs` says which verdicts weigh as others in the whole: in the rehearsal a child may be silent.
  function finish(countedAs = {}) {
    const verdicts = {};
    for (const [check, { verdict, detail }] of Object.entries(results)) {
      if (!detail.because) verdicts[check] = countedAs[verdict] || verdict;
    }
    leave(Object.entries(verdicts));
    const found = overall(verdicts, rows, aids.checked);
    whole.dataset.overall = found.overall;
    whole.hidden = false;
    reveal(whole, "verdict", found.overall);
    advise(found.check, found.verdict);
    one('[data-action="speak"]').hidden = !voice();
    const code = encode(fieldsOf(Object.assign({}, results, { environment: here }), rows));
    one("[data-support-code]").textContent = code;
    const lines = all("[data-spelling] span");
    code.split("-").forEach((group, i) => {
      lines[i].textContent = [...group].map((symbol) => one(`[data-symbol="${symbol}"]`).textContent).join(" ");
    });
  }

  one('[data-action="speak"]').onclick = () => say(one("[data-spelling]").innerText, 0.7);

  if (wayBack && device.ownButton) {
    const own = wayBack.querySelector("usermedia");
    own.setConstraints({ audio: {}, video: PICTURE }); // a set of wishes for each: it takes no `true`
    own.addEventListener("stream", () => {
      device.give(own.stream);
      afresh();
    });
  }

  const [, verdict, ...classes] = (carried && RESULT.exec(read(location.hash).get("n"))) || [];
  if (verdict) {
    const detail = {};
    classes.forEach((number, i) => (detail[CLASSES[i]] = Number(number)));
    show("connection", verdict === "skipped" ? verdict : "done", verdict, detail);
    one("[data-not-tested]").hidden = verdict !== "skipped";
  }
  show("environment", "done", here.verdict);
  return { whole, results, show, advise, finish, leave };
}

export function page(checks, reach) {
  const names = Object.keys(checks);
  const aids = one("[data-aids]") || {};
  const here = environment.judge(environment.observe(device));
  const { whole, results, show, advise, finish: report, leave } = board(here, aids, !reach, () => begin(names));
  let running = false;
  let pressed = () => {};

  // Which camera and which microphone: what is to be said of them stands beside the verdict.
  const note = (name, seen) => all(`[data-note="${name}"]`).forEach((element) => (element.hidden = !seen));
  const lists = {};
  all("[data-choose]").forEach((field) => (lists[field.dataset.choose] = one("select", field)));
  const choose = chooser(device, lists, (kind) => begin(kind === "videoinput" ? ["camera", "light"] : ["microphone"]));
  const refill = async () => (await choose.fill()) && note("changed", true);

  const browser = Object.assign(Object.create(device), reach, {
    video: one("video"),
    player: one("audio"),
    canvas: Object.assign(document.createElement("canvas"), { width: 128, height: 96 }),
    ask: async (wishes) => {
      const stream = await device.ask(choose.wish(wishes));
      stream.getTracks().forEach((track) => {
        const found = choose.note(track);
        note(track.kind === "video" ? "infrared" : "telephone", found);
      });
      choose.fill();
      return stream;
    },
    film: Object.assign(document.createElement("canvas"), { width: 640, height: 480 }),
    urls: one('[data-check="connection"]').dataset,
    mobile: (signal) => {
      show("connection", "running", "", { phase: "mobile" });
      const answer = new Promise((resolve) => (pressed = (what) => resolve(what === "mobile")));
      return Promise.race([answer, device.wait(PATIENCE, signal)]);
    },
  });
  // What runs stands first under the picture (check.css), so the window moves once a run; the focus goes along.
  const bringUp = () => (one("[data-picture]:not([hidden])") || one(".checks")).scrollIntoView({ block: "start", behavior: "instant" });
  const run = createRun(browser, checks, (check, state, ...more) => {
    const row = one(`[data-check="${check}"]`);
    const begins = state === "running" && !one('[data-state="running"]'); // what starts beside another moves nothing
    if (begins && check === "speaker") stage("listening"); // the camera is let go: no empty frame
    show(check, state, ...more);
    if (!begins) return;
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    bringUp();
  });

  function finish(focus) {
    report();
    if (reach && results.connection) {
      const { verdict, detail } = results.connection;
      put("n", `${verdict}-${CLASSES.map((name) => detail[name] || 0).join("")}`);
    }
    stage("done");
    // No button of ours puts a third question; the browser's own stays, for the browser guards that itself.
    all('[data-action="again"]').forEach((button) => {
      const row = button.closest("[data-check]");
      if (!device.mayAsk() && (!row || ASKING.includes(row.dataset.check))) button.hidden = true;
    });
    if (focus) one("[tabindex]:not([hidden])", whole).focus();
  }

  async function begin(which) {
    if (running) return;
    running = true;
    if (speech) speech.cancel(); // or the microphone would hear it
    const awake = device.stayAwake();
    ["changed", "away"].forEach((name) => note(name, false));
    whole.hidden = true;
    advise();
    which.forEach((check) => show(check, "waiting"));
    if (aids.checked) ["microphone", "speaker"].forEach(run.skip);
    stage(which.includes("camera") ? "running" : "listening");
    await run.start(which, () => begin(which));
    running = false;
    awake.then((lock) => lock && lock.release());
    refill();
    finish(true);
  }

  const actions = {
    start: () => begin(names),
    again: (check) => begin(!check ? names : check === "camera" || check === "light" ? ["camera", "light"] : [check]),
    skip: run.skip,
    // For those who do not read: what will be asked, and what one may say.
    listen: () => say([".lead", '[data-check="microphone"] [data-when="talk"]'].map((part) => one(part).textContent).join(" "), 0.9),
    fine: () => {
      show("light", "done", "ok");
      finish();
    },
    // Advice beside the verdict: only who presses is told.
    open: () => {
      const { verdict } = reach.popup.judge(reach.popup.observe(browser));
      show("window", "done", verdict, { because: "pressed" });
      if (verdict !== "ok") advise("window", verdict);
    },
    copy: () => {
      one("[data-address]").select();
      document.execCommand("copy");
    },
  };
  addEventListener("click", ({ target }) => {
    const button = target.closest("[data-action]");
    if (!button) return;
    const { action } = button.dataset;
    const row = button.closest("[data-check]");
    if (actions[action]) actions[action](row && row.dataset.check);
    else [run.press, pressed].forEach((tell) => tell(action));
  });
  addEventListener("change", () => whole.hidden || finish());
  addEventListener("pagehide", () => {
    run.release();
    choose.clear();
  });
  document.addEventListener("visibilitychange", () => running && document.hidden && note("away", true));
  device.changed(refill);

  const on = read(location.hash).get("on");
  if (OURS.test(on)) all("[data-onward]").forEach((link) => link.setAttribute("href", link.dataset.onward + on));
  carry();
  all('[data-onward][data-stage="ready"]').forEach((link) => (link.onclick = () => leave(names.map((check) => [check, "skipped"]))));
  if (reach) show("window", "waiting");
  const listen = one('[data-action="listen"]');
  const offer = () => listen && (listen.hidden = !voice());
  if (speech && speech.addEventListener) speech.addEventListener("voiceschanged", offer); // some browsers find theirs late
  offer();
  one("[data-needs-script]").hidden = true;
  one("[data-lockdown]").hidden = !here.lockdown;
  all("[data-old-for-log-in]").forEach((hint) => (hint.hidden = !here.oldForLogIn));
  const { href } = location;
  one("[data-address]").value = href;
  const escape = one("[data-escape]");
  escape.hidden = !/^https/.test(href) || !here.app;
  escape.href = here.os === "ios" ? `x-safari-${href}` : `${href.replace(/^https/, "intent").split("#")[0]}#Intent;scheme=https;end`;
  stage("ready");
  if (/insecure|missing/.test(here.verdict)) finish();
  else if (here.verdict !== "ok") advise("environment", here.verdict);
}
