// Is there a voice in the sound? Levels are numbers of 43 ms at a time; nothing is recorded and nothing is played.
const BLOCK = 2048; // samples
const EVERY = 40; // ms
const COLD = 1500; // ms an engine may stay silent when it has just started
const ENGINE = 2000; // ms to start
const QUIET = 1500;
const TALK = 8000;
const ENOUGH = 1200; // ms of speech, then we stop early
const TOO_LITTLE = 600;
const SILENT_PEAK = 1 / 32767; // one step of 16-bit sound, testrtc
const SILENT_LEVEL = -85; // dB: a muted Safari may show tiny constant values
const SILENT_FOR = 3000; // ms, then once more with a new connection
const PAUSED_AFTER = 2000;
const FLOOR = -90; // dB: noise suppression can make it exactly nothing
const ABOVE_FLOOR = 10; // dB, speech above noise (a simple ITU-T P.56)
const WEAKEST = -60; // dB, the lowest voice of testrtc
const LOW = -45; // dB, quieter than the automatic gain of any phone leaves a voice
const FULL = 0.99;
const FULL_RUN = 3; // samples in a row: one click is not clipping
const FULL_SHARE = 0.02; // of the blocks with speech
const NOISE = -40; // dB, an office
const MARGIN = 12; // dB

const decibel = (power) => Math.max(FLOOR, 10 * Math.log10(power || 1e-12));
const percentile = (blocks, share) =>
  blocks.length ? blocks.map(({ level }) => level).sort((a, b) => a - b)[Math.floor((blocks.length - 1) * share)] : 0;
const silent = ({ level, peak }) => peak <= SILENT_PEAK || level < SILENT_LEVEL;

export function measure(samples) {
  let power = 0;
  let peak = 0;
  let run = 0;
  let longest = 0;
  for (const sample of samples) {
    const size = Math.abs(sample);
    power += sample * sample;
    peak = Math.max(peak, size);
    run = size >= FULL ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return { level: decibel(power / samples.length), peak, run: longest };
}

// The quiet phase gives the noise. Someone who talks through all of it still pauses later: so the lower of the two.
function speech(quiet, talk) {
  const floor = Math.min(percentile(quiet, 0.2), percentile(talk, 0.1));
  const blocks = talk.filter(({ level }) => level > Math.max(floor + ABOVE_FLOOR, WEAKEST));
  return { floor, blocks, time: blocks.reduce((sum, { time }) => sum + time, 0) };
}

export async function observe({ context, now, wait }, signal, stream, tell) {
  const track = stream.getAudioTracks()[0];
  const start = now();
  while (context.state !== "running" && now() - start < ENGINE) await wait(50, signal);
  if (context.state !== "running") return { engine: false };

  const analyser = context.createAnalyser();
  analyser.fftSize = BLOCK;
  const samples = new Float32Array(BLOCK);
  let source;
  const connect = () => {
    if (source) source.disconnect();
    source = context.createMediaStreamSource(stream);
    source.connect(analyser);
  };
  const live = () => track.readyState === "live";
  let last = now();
  let muted = 0;
  const listen = async (phase) => {
    await wait(EVERY, signal);
    analyser.getFloatTimeDomainData(samples);
    const block = measure(samples);
    block.time = Math.min(100, now() - last); // a late timer has not heard more
    last = now();
    if (track.muted) muted += block.time;
    tell({ phase, level: Math.min(1, Math.max(0, (block.level + 60) / 50)) });
    return block;
  };

  connect();
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
      if (!again) connect();
      again = true;
    }
  }
  source.disconnect();
  return { engine: true, live: live(), muted, quiet, talk };
}

export function judge({ engine, live, muted, quiet, talk }) {
  if (!engine) return { verdict: "engine" };
  if (!live || muted > PAUSED_AFTER) return { verdict: "paused" };
  if (quiet.concat(talk).every(silent)) return { verdict: "silent" };
  const { floor, blocks, time } = speech(quiet, talk);
  const level = decibel(blocks.reduce((sum, block) => sum + Math.pow(10, block.level / 10), 0) / blocks.length);
  return {
    verdict: time < TOO_LITTLE ? "no-speech"
      : level < LOW ? "low"
      : blocks.filter(({ run }) => run >= FULL_RUN).length > FULL_SHARE * blocks.length ? "clipping"
      : floor > NOISE || level - floor < MARGIN ? "noisy"
      : "ok",
    floor,
    level,
  };
}
