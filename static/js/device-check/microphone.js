// Is there a voice in the sound, and does it reach the other side? Nothing is recorded and nothing is played.
import { colour, decibel, measure } from "./hearing.js";

const BLOCK = 2048; // samples, 43 ms
const EVERY = 40; // ms
const COLD = 1500; // ms an engine may stay silent when it has just started
const ENGINE = 2000; // ms to start
const SECOND = 1500; // ms for a second capture: it is allowed already, so nobody is asked
const QUIET = 1500;
const TALK = 8000;
const ENOUGH = 2000; // ms of speech, then we stop early
const TOO_LITTLE = 600;
const SILENT_PEAK = 1 / 32767; // one step of 16-bit sound, testrtc
const SILENT_LEVEL = -85; // dB: a muted Safari may show tiny constant values
const SILENT_FOR = 3000; // ms, then once more with a new connection
const PAUSED_AFTER = 2000;
const RAW = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

// Raw levels, in dB
const WEAKEST = -70; // of a voice, before any gain
const ABOVE_NOISE = 3; // a moment in which somebody may speak: as loud again as the noise
const NOISE_SPREAD = 12; // between a noise's quietest and its loud moments: babble and music swing so much
const FEW = 5; // blocks of noise, too few to know it
const NOISE = -52; // a quiet room is below
const SOFT = -66; // what a microphone makes by itself
const LOW = -45; // as the other side hears it: quieter than the automatic gain of any phone leaves a voice

// How much of the words stands out. Tuned on the laboratory's seeds 0 and 1, where an ESTOI of .60 to .65 (three fifths of
// the words survive) gave .65 to .69.
const CLEAR = 0.67;
const CLEAR_LIFTED = 0.96; // where only the browser's own sound is to be had: it has quieted the pauses already
const LOUD = -40; // dB, the noise that is left even so
const CHANGES = 2.6; // dB that a band swings against the others: breath keeps to 1.9, the flattest voice had 3.2

const FLAT = 8; // samples in a row (0.17 ms): cut voices had 10 and more, a browser's gain makes 3 or 4
const TOP = 0.9; // of the loudest moment: what is cut is cut at one height, but for the ripple
const CUT = 2; // blocks: one blow on the table is none
const CUT_PEAK = 0.1; // no converter is full below
const HOLES = 2; // blocks: a single one may be our own hiccup

const silent = ({ level, peak }) => peak <= SILENT_PEAK || level < SILENT_LEVEL;

// The same microphone once more, as it is before the browser quiets its noise and lifts its level: only so is heard
// what the other side cannot be spared. Where an engine has no such thing, the first capture has to do for both.
async function second({ ask, now, wait, twice }, signal, track) {
  if (!twice) return undefined;
  const { deviceId } = track.getSettings();
  const start = now();
  let found;
  let over = false;
  ask({ audio: Object.assign({ deviceId }, RAW) }).then(
    (stream) => {
      const [other] = stream.getAudioTracks();
      if (over || signal.aborted || other.getSettings().noiseSuppression) other.stop();
      else found = other;
      over = true;
    },
    () => (over = true),
  );
  while (!over && now() - start < SECOND) await wait(50, signal);
  over = true;
  return found;
}

export async function observe(browser, signal, stream, tell) {
  const { context, now, wait } = browser;
  const track = stream.getAudioTracks()[0];
  const start = now();
  while (context.state !== "running" && now() - start < ENGINE) await wait(50, signal);
  if (context.state !== "running") return { engine: false };

  const other = await second(browser, signal, track);
  const ear = (kind) => {
    const analyser = context.createAnalyser();
    analyser.fftSize = BLOCK;
    analyser.smoothingTimeConstant = 0;
    let source;
    const connect = () => {
      if (source) source.disconnect();
      source = context.createMediaStreamSource(new MediaStream([kind]));
      source.connect(analyser);
    };
    connect();
    return { analyser, connect, close: () => source.disconnect() };
  };
  const heard = ear(track);
  const raw = other && ear(other);
  if (other) stream.addTrack(other); // whoever lets the microphone go lets both go

  const samples = new Float32Array(BLOCK);
  const spectrum = new Float32Array(BLOCK / 2);
  const live = () => track.readyState === "live";
  let last = now();
  let muted = 0;
  const listen = async (phase) => {
    await wait(EVERY, signal);
    heard.analyser.getFloatTimeDomainData(samples);
    const block = measure(samples);
    const { analyser } = raw || heard;
    if (raw) analyser.getFloatTimeDomainData(samples);
    analyser.getFloatFrequencyData(spectrum);
    block.raw = raw ? measure(samples) : Object.assign({}, block);
    block.bands = colour(spectrum, context.sampleRate / BLOCK);
    block.time = Math.min(100, now() - last); // a late timer has not heard more
    last = now();
    if (track.muted) muted += block.time;
    tell({ phase, level: Math.min(1, Math.max(0, (block.level + 60) / 50)) });
    return block;
  };

  const cold = now();
  while (live() && now() - cold < COLD && silent(await listen("quiet")));
  const from = now();
  const quiet = [];
  const talk = [];
  let again = false;
  while (live() && now() - from < QUIET) quiet.push(await listen("quiet"));
  while (live() && now() - from < QUIET + TALK && speech(quiet, talk).time < ENOUGH) {
    talk.push(await listen("talk"));
    if (now() - from > SILENT_FOR && quiet.concat(talk).every(silent)) {
      if (now() - from > 2 * SILENT_FOR) break;
      if (!again) heard.connect();
      again = true;
    }
  }
  [heard, raw].forEach((one) => one && one.close());
  const lifted = !raw && track.getSettings().autoGainControl !== false;
  return { engine: true, live: live(), muted, lifted, quiet, talk };
}

const power = (level) => Math.pow(10, level / 10);
const mean = (list) => list.reduce((sum, one) => sum + one, 0) / (list.length || 1);
const percentile = (blocks, share) =>
  blocks.length ? blocks.map(({ raw }) => raw.level).sort((a, b) => a - b)[Math.floor((blocks.length - 1) * share)] : 0;

// The quiet phase gives the noise. Someone who talks through all of it still pauses later: so the lower of the two. A
// word that came too early is no noise: what is much louder than the quietest is left out.
function speech(quiet, talk) {
  const floor = Math.min(percentile(quiet, 0.2), percentile(talk, 0.1));
  const near = (blocks) => blocks.filter(({ raw }) => raw.level <= floor + NOISE_SPREAD);
  const noise = near(quiet).length < FEW ? near(quiet.concat(talk)) : near(quiet);
  const loudness = decibel(mean(noise.map(({ raw }) => power(raw.level))));
  const blocks = talk.filter(({ raw }) => raw.level > Math.max(loudness + ABOVE_NOISE, WEAKEST));
  return { floor, noise, loudness, blocks, time: blocks.reduce((sum, { time }) => sum + time, 0) };
}

const BANDS = Array.from({ length: 15 }, (_, band) => band);

// How much of the words stands out of the noise, 0 to 1: band for band, 15 dB under it is nothing and 15 dB over it is
// all (the speech intelligibility index, all bands alike as in STOI).
const intelligible = (talk, noise) =>
  mean(
    BANDS.map((band) => {
      const loudness = (blocks) => mean(blocks.map(({ bands }) => bands[band]));
      return Math.min(1, Math.max(0, 0.5 + decibel(Math.max(0, loudness(talk) / loudness(noise) - 1)) / 30));
    }),
  );

// How much the colour of the sound changes, in dB: words change it all the time; breath, fan and hum keep theirs.
function changes(blocks) {
  const shapes = blocks.map(({ bands }) => {
    const all = decibel(mean(bands));
    return BANDS.slice(4).map((band) => decibel(bands[band]) - all);
  });
  return mean(
    BANDS.slice(4).map((_, i) => {
      const list = shapes.map((shape) => shape[i]);
      const middle = mean(list);
      return Math.sqrt(mean(list.map((one) => (one - middle) * (one - middle))));
    }),
  );
}

export function weigh({ quiet, talk }) {
  const { noise, loudness, blocks, time } = speech(quiet, talk);
  const peak = Math.max(...talk.map(({ raw }) => raw.peak));
  return {
    time,
    noise: loudness,
    level: decibel(mean(blocks.map((block) => power(block.level)))),
    clear: intelligible(talk, noise),
    changes: changes(blocks),
    peak,
    cut: blocks.filter(({ raw }) => raw.flat >= FLAT && raw.peak >= TOP * peak).length,
    holes: talk.filter(({ raw }) => raw.hole).length,
  };
}

export function judge(seen) {
  const { engine, live, muted, lifted, quiet, talk } = seen;
  if (!engine) return { verdict: "engine" };
  if (!live || muted > PAUSED_AFTER) return { verdict: "paused" };
  if (quiet.concat(talk).every(silent)) return { verdict: "silent" };
  const found = weigh(seen);
  const voice = found.time >= TOO_LITTLE && found.changes >= CHANGES;
  return Object.assign(found, {
    verdict: !lifted && found.cut >= CUT && found.peak > CUT_PEAK ? "clipping" // a browser's gain cuts tops as well
      : found.holes >= HOLES ? "choppy"
      : !voice ? (found.noise > NOISE ? "noisy" : "no-speech")
      : found.clear < (lifted ? CLEAR_LIFTED : CLEAR) && found.noise > (lifted ? LOUD : SOFT) ? "noisy"
      : found.level < LOW ? "low"
      : "ok",
  });
}
