// Can this device hold a call? Two ends in this page send each other a drawn picture. No server is named: only the
// device's own addresses are tried, and nothing leaves it. What does not connect is not tested, never a fault.
const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 30; // a second, as a visit sends
const CONNECT = 4000; // ms to find each other
const WARM_UP = 1500; // ms until the encoder has found its pace
const WINDOW = 1000; // ms, counted one after another until one is good enough
const TIME = 7000; // ms for all of it: a device that was busy for some seconds gets another chance until then
const START_RATE = 1000; // kbit/s; without it the first seconds are small and slow on any device
const FEW = 12; // frames a second: a processor six times slower than the smallest we know gave 11

// A picture with much that moves: an encoder works as it does for faces.
function draw(pen, turn) {
  for (let i = 0; i < 12; i += 1) {
    pen.fillStyle = `hsl(${(turn * 7 + i * 31) % 360} 60% 50%)`;
    pen.fillRect((turn * (i + 3) * 3) % WIDTH, (i * 41 + turn * 2) % HEIGHT, 120, 90);
  }
}

async function introduce(here, there) {
  const hand = (other) => ({ candidate }) => candidate && other.addIceCandidate(candidate).catch(() => {});
  here.onicecandidate = hand(there);
  there.onicecandidate = hand(here);
  await here.setLocalDescription(await here.createOffer());
  await there.setRemoteDescription(here.localDescription);
  const answer = await there.createAnswer();
  await there.setLocalDescription(answer);
  const sdp = answer.sdp.replace(/a=rtpmap:(\d+) VP8\/90000\r\n/, `$&a=fmtp:$1 x-google-start-bitrate=${START_RATE}\r\n`);
  await here.setRemoteDescription({ type: "answer", sdp });
}

// What has arrived so far: { frames, height, codec }.
async function arrived(end) {
  const reports = await end.getStats();
  const seen = {};
  reports.forEach((report) => {
    if (report.type === "inbound-rtp" && report.kind === "video") {
      const codec = reports.get(report.codecId);
      Object.assign(seen, { frames: report.framesDecoded, height: report.frameHeight, codec: codec && codec.mimeType });
    }
  });
  return seen;
}

export async function observe({ film, now, wait }, signal) {
  if (!window.RTCPeerConnection || !film.captureStream) return { connected: false };
  const here = new RTCPeerConnection();
  const there = new RTCPeerConnection();
  const stream = film.captureStream(FRAMES);
  const pen = film.getContext("2d");
  let turn = 0;
  const pencil = setInterval(() => draw(pen, (turn += 1)), 1000 / FRAMES);
  try {
    stream.getTracks().forEach((track) => here.addTrack(track, stream));
    here.addTransceiver("audio");
    await introduce(here, there);
    const from = now();
    while (!/connected|completed/.test(there.iceConnectionState) && now() - from < CONNECT) await wait(50, signal);
    if (!/connected|completed/.test(there.iceConnectionState)) return { connected: false };
    await wait(WARM_UP, signal);
    let last = await arrived(there);
    let since = now();
    const rates = [];
    do {
      await wait(WINDOW, signal);
      const before = last;
      const began = since;
      last = await arrived(there);
      since = now();
      rates.push((1000 * (last.frames - before.frames)) / (since - began));
    } while (!(rates[rates.length - 1] >= FEW) && since - from + WINDOW < TIME);
    return { connected: true, rates, height: last.height, codec: last.codec };
  } finally {
    clearInterval(pencil);
    stream.getTracks().forEach((track) => track.stop());
    here.close();
    there.close();
  }
}

// Only a device that never keeps pace is slow: a program that starts beside us takes a second or two from any device.
export const judge = ({ connected, rates }) => {
  const told = connected ? rates.filter((rate) => rate >= 0) : []; // a browser may count no frames
  return { verdict: !told.length ? "skipped" : Math.max(...told) < FEW ? "slow" : "ok" };
};
