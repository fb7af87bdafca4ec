// How fast and how steady the way to our own server is, at a bounded cost: at most 928 KiB down and 416 KiB up of
// meaningless data. Loss cannot be seen over HTTP, so none is shown.
const WARM_UPS = 2;
const PINGS = 10;
const PING_EVERY = 80; // ms
const PING_TIME = 4000; // ms for all of them, at least three
const DOWN = [32, 128, 256, 512]; // KiB
const UP = [32, 128, 256];
const DIRECTION = 5000; // ms at most
const FAST = 5; // Mbit/s: more is not needed
const LONG = 800; // ms, or eight round trips: then slow start no longer hides the rate
const ROUND_TRIPS = 8;
const HICCUP = 1500; // ms: a first piece that took about a second may have met a busy moment, and goes once more
const SPARING = 256; // KiB, the largest piece where data costs
const CLASSES = [0, 0.15, 0.35, 0.7, 1.1, 2, 5]; // Mbit/s
const DELAYS = [0, 50, 100, 150, 300, 600]; // ms
const SPREADS = [0, 30, 100]; // ms
const NETS = ["", "wifi", "cellular", "ethernet"];

const median = (numbers) => numbers.slice().sort((a, b) => a - b)[numbers.length >> 1];
const classOf = (limits, number) => limits.filter((limit) => number >= limit).length;
const rateOf = (bytes, time) => bytes / 125 / Math.max(time, 1);

async function ping({ now, timing }, get, url) {
  const start = now();
  await (await get(url)).arrayBuffer();
  const around = now() - start;
  const { requestStart, responseStart, serverTiming } = timing(url);
  if (!requestStart || !responseStart) return around;
  return Math.max(0, responseStart - requestStart - (serverTiming && serverTiming[0] ? serverTiming[0].duration : 0));
}

// The first quarter of the bytes is slow start and does not count.
async function fetchDown({ now }, get, url, size) {
  const start = now();
  const reader = (await get(url)).body.getReader();
  let bytes = 0;
  let early;
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true })); // the time was up: what came, came
    if (done) break;
    bytes += value.length;
    if (!early && bytes >= size / 4) early = { bytes, at: now() };
  }
  const time = now() - start;
  if (early) {
    const late = { bytes: bytes - early.bytes, time: now() - early.at };
    if (late.bytes > bytes / 2 && late.time > 4) return { time, rate: rateOf(late.bytes, late.time) };
  }
  return { time, rate: rateOf(bytes, time) };
}

async function sendUp({ now, noise }, get, url, size, delay, limit) {
  const start = now();
  await get(url, { method: "POST", body: noise(size) }).catch((error) => {
    if (!limit.aborted) throw error;
  });
  const time = now() - start;
  return { time, rate: rateOf(size, time - delay) };
}

async function climb(sizes, delay, limit, step) {
  let best = 0;
  const long = Math.max(LONG, ROUND_TRIPS * delay);
  let twice = false;
  for (const size of sizes) {
    if (twice && size === sizes[sizes.length - 1]) break; // within the cost all the same
    let found = await step(size);
    if (size === sizes[0] && found.time >= long && found.time < HICCUP) {
      twice = true;
      const again = await step(size);
      if (again.rate > found.rate) found = again;
    }
    const { time, rate } = found;
    best = Math.max(best, rate);
    if (rate >= FAST || time >= long || limit.aborted) break;
  }
  return best;
}

// `browser.mobile` asks the person whether data costs: true, false, or undefined without an answer.
export async function observe(browser, signal) {
  const { network, now, wait, urls, touch, mobile } = browser;
  const seen = { rtts: [], lost: 0, down: 0, up: 0, net: network ? Math.max(0, NETS.indexOf(network.type)) : 0 };
  seen.sparing = !!network && (network.saveData || seen.net === 2);
  // Every request through here ends with the time of its direction, or when the person skips.
  const within = (time) => {
    const stop = new AbortController();
    wait(time, signal).then(() => stop.abort(), () => stop.abort());
    const get = async (url, options) => {
      const response = await browser.fetch(url, Object.assign({ cache: "no-store", credentials: "omit", signal: stop.signal }, options));
      if (response.status === 503) seen.busy = true;
      if (!response.ok) throw response;
      return response;
    };
    return [get, stop.signal];
  };
  const once = () => ping(browser, within(DIRECTION)[0], urls.ping);
  try {
    for (let i = 0; i < WARM_UPS; i += 1) await once();
    const start = now();
    while (seen.rtts.length + seen.lost < PINGS && (now() - start < PING_TIME || seen.rtts.length < 3) && seen.lost < 3) {
      await once().then((time) => seen.rtts.push(time), () => (seen.lost += 1));
      await wait(PING_EVERY, signal);
    }
    const delay = median(seen.rtts);
    let [get, limit] = within(DIRECTION);
    seen.down = await climb(DOWN, delay, limit, async (size) => {
      if (size > SPARING && !seen.sparing && !network && touch) {
        const answer = await mobile(signal);
        seen.sparing = answer !== false;
        if (answer !== undefined) seen.net = answer ? 2 : 1;
        [get, limit] = within(DIRECTION);
      }
      if (size > SPARING && seen.sparing) return { time: Infinity, rate: 0 };
      return fetchDown(browser, get, urls.down + size, size * 1024);
    });
    [get, limit] = within(DIRECTION);
    seen.up = await climb(UP, delay, limit, (size) => sendUp(browser, get, urls.up, size * 1024, delay, limit));
    seen.reached = seen.rtts.length > 0;
  } catch (error) {
    // A busy server may also hang up on an upload: one that still answers is not unreachable.
    seen.busy = seen.busy || (await once().then(() => true, () => false));
  }
  return seen;
}

export function judge({ reached, busy, rtts, lost, down, up, net, sparing }) {
  if (busy) return { verdict: "skipped", busy, net };
  if (!reached) return { verdict: "unreachable", net, rtt: 7 };
  const delay = median(rtts);
  const steps = rtts.slice(1).map((rtt, i) => Math.abs(rtt - rtts[i]));
  const spread = lost ? Infinity : steps.reduce((sum, step) => sum + step, 0) / (steps.length || 1);
  const poor = down < 0.35 || up < 0.35 || delay >= 600;
  const good = down >= 1.1 && up >= 0.7 && delay < 150 && spread < 30;
  return {
    verdict: poor ? "poor" : good ? "good" : "fair",
    down: classOf(CLASSES, down),
    up: classOf(CLASSES, up),
    net,
    rtt: classOf(DELAYS, delay),
    jitter: classOf(SPREADS, spread),
    sparing,
  };
}
