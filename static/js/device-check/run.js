// Runs the checks in their order and keeps what they found. It knows no page: `show` is told of every change, so a
// plain page and a friendly rehearsal can use the same run.

import { verdictOf } from "./media-errors.js";

const PROMPT = 30000; // ms, then we say where to look for the question; it may never be answered
const SLOW_LINE = 4500; // ms: the round trips are counted, what takes longer is a slow line; the call starts beside it
export const PICTURE = { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } }; // only wishes: never refused
const SEVERITIES = ["ok", "skipped", "fix", "stop"];

// The whole, and what to mend first. `verdicts`: check -> verdict; `rows`: "check:verdict" -> { severity, rank }, from
// verdicts.py by way of the page; `aids`: sign language or aids, then speech and sound do not count.
export function overall(verdicts, rows, aids) {
  const counted = Object.entries(verdicts)
    .filter(([check]) => !(aids && /microphone|speaker/.test(check)))
    .map(([check, verdict]) => Object.assign({ check, verdict }, rows[`${check}:${verdict}`]));
  const weight = ({ severity }) => SEVERITIES.indexOf(severity);
  const worst = Math.max(0, ...counted.map(weight));
  const { check, verdict } = counted.filter((one) => weight(one) > 1).sort((a, b) => a.rank - b.rank)[0] || {};
  return { overall: SEVERITIES[worst], check, verdict };
}

// Asking once more, for one thing at a time, would only put the same question again.
const askingAgainIsRude = (verdict) => verdict === "dismissed" || verdict === "waiting";

export function createRun(browser, checks, show) {
  const stops = {};
  const skips = new Set();
  let streams = [];
  let pressed;
  let apart; // camera and microphone are asked for one at a time
  let both; // what asking for both gave
  let late;

  const end = (stream) => stream.getTracks().forEach((track) => track.stop());
  function release() {
    streams.forEach(end);
    streams = [];
    if (browser.video) browser.video.srcObject = null;
  }

  async function ask(wishes, signal) {
    let over = false;
    const answer = browser.ask(wishes).then((stream) => {
      if (!over && !signal.aborted) return { stream: streams[streams.push(stream) - 1] };
      end(stream);
      if (over) late();
    }, (error) => ({ error, verdict: verdictOf(error) }));
    const found = await Promise.race([answer, browser.wait(PROMPT, signal)]);
    over = !found;
    return found || { verdict: "waiting" };
  }

  async function get(kind, needs, signal) {
    if (both && !apart) return both;
    const wanted = apart ? { [kind]: true } : needs;
    let found = await ask(Object.assign({}, wanted, wanted.video && { video: PICTURE }), signal);
    const strict = () => found.error && found.error.name === "OverconstrainedError";
    if (strict()) found = await ask(wanted, signal);
    found.constraint = strict();
    if (apart) return found;
    if (found.verdict && needs.video && needs.audio && !askingAgainIsRude(found.verdict)) {
      apart = true; // both at once failed: one at a time tells which of them it is
      return get(kind, needs, signal);
    }
    both = found;
    return found;
  }

  async function one(check, work) {
    const { signal } = (stops[check] = new AbortController());
    let found = { verdict: "skipped" };
    if (!skips.has(check)) {
      show(check, "running");
      try {
        found = await work(signal);
      } catch (error) {
        found = { verdict: /camera|microphone/.test(check) ? "failed" : "skipped", ours: true };
      }
      if (signal.aborted) found = { verdict: "skipped" };
    }
    show(check, found.verdict === "skipped" ? "skipped" : "done", found.verdict, found);
    return found.verdict;
  }

  const judged = async (check, ...rest) => checks[check].judge(await checks[check].observe(browser, ...rest));
  const tell = (check) => (detail) => show(check, "running", "", detail);
  const device = (check, kind, needs, before) =>
    one(check, async (signal) => {
      const found = await get(kind, needs, signal);
      if (!found.stream) return found;
      if (before) before(found.stream);
      return judged(check, signal, found.stream, tell(check));
    });

  return {
    release,
    // Called inside the tap: sound engine and player are unlocked before anything is awaited.
    async start(which, onLate) {
      const has = (check) => which.includes(check);
      const wants = (check) => has(check) && !skips.has(check);
      const needs = { video: wants("camera"), audio: wants("microphone") };
      late = onLate;
      both = apart = undefined;
      if (needs.audio && browser.sound) {
        browser.context = browser.engine();
        browser.context.resume();
      }
      if (wants("speaker")) checks.speaker.unlock(browser);
      if (has("camera")) {
        const verdict = await device("camera", "video", needs, (stream) => {
          browser.video.srcObject = stream;
          browser.video.play().catch(() => {});
        });
        if (/^(ok|low-resolution)$/.test(verdict)) await one("light", (signal) => judged("light", signal));
        else show("light", "skipped", "skipped", { because: verdict });
      }
      if (apart) release();
      if (has("microphone")) await device("microphone", "audio", needs);
      release();
      if (browser.context) browser.context.close();
      browser.context = undefined;
      if (has("speaker")) {
        await one("speaker", (signal) => {
          const next = () =>
            new Promise((resolve, reject) => {
              pressed = resolve;
              signal.addEventListener("abort", reject);
            });
          return judged("speaker", signal, next, tell("speaker"));
        });
      }
      const line = has("connection") && one("connection", (signal) => judged("connection", signal));
      if (line) await Promise.race([line, new Promise((resolve) => setTimeout(resolve, SLOW_LINE))]);
      if (has("call")) await one("call", (signal) => judged("call", signal));
      await line;
      skips.clear();
    },
    skip(check) {
      skips.add(check);
      if (stops[check]) stops[check].abort();
      show(check, "skipped", "skipped");
    },
    press: (what) => pressed && pressed(what),
  };
}
