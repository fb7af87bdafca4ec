// Runs in the page: gives samples and pictures to the very observe and judge that a camera and a microphone are given
// to. Sound goes through Chromium's own analyser, only faster than it sounds.
window.bench = async (folder) => {
  const [microphone, camera, light] = await Promise.all(
    ["microphone", "camera", "light"].map((name) => import(`${folder}/${name}.js`)),
  );
  const calm = new AbortController().signal;
  window.MediaStream = function ([track]) {
    this.track = track; // the drawn engine below knows its tracks by name
  };
  const samplesOf = async (address) => {
    const context = new OfflineAudioContext(1, 1, 48000);
    return context.decodeAudioData(await (await fetch(address)).arrayBuffer());
  };

  // A sound engine that renders as fast as it can and stops whenever somebody waits.
  function engine(buffers, length) {
    const offline = new OfflineAudioContext(1, length, 48000);
    let time = 0;
    let started = false;
    const wait = async (ms) => {
      time = Math.ceil(((time + ms / 1000) * 48000) / 128) * (128 / 48000);
      const reached = offline.suspend(time);
      if (started) offline.resume();
      else offline.startRendering();
      started = true;
      await reached;
    };
    const context = {
      state: "running",
      sampleRate: 48000,
      createAnalyser: () => offline.createAnalyser(),
      createMediaStreamSource: ({ track }) => {
        const source = offline.createBufferSource();
        source.buffer = buffers[track.name];
        source.loop = true;
        source.start(time, time % source.buffer.duration);
        return source;
      },
    };
    return { context, wait, now: () => time * 1000 };
  }

  const track = (name) => ({ name, readyState: "live", muted: false, getSettings: () => ({}) });

  return {
    async hear(address, twice) {
      const buffers = { heard: await samplesOf(`${address}?heard`), raw: await samplesOf(address) };
      const { context, wait, now } = engine(buffers, 48000 * 14);
      const browser = { context, wait, now, twice, ask: async () => ({ getAudioTracks: () => [track("raw")] }) };
      const stream = { getAudioTracks: () => [track("heard")], addTrack: () => {} };
      const judged = microphone.judge(await microphone.observe(browser, calm, stream, () => {}));
      return Object.assign(judged, { seconds: now() / 1000 });
    },

    // The same sound, as the browser hands it to a page, by the rules of others.
    async others(address) {
      const found = {};
      for (const name of ["twilio", "testrtc", "livekit"]) {
        const made = engine({ heard: await samplesOf(`${address}?heard`) }, 48000 * 14);
        found[name] = await peers[name](made, { track: track("heard") });
      }
      return found;
    },

    async see(addresses) {
      const pictures = await Promise.all(addresses.map(async (one) => createImageBitmap(await (await fetch(one)).blob())));
      const canvas = Object.assign(document.createElement("canvas"), { width: 128, height: 96 });
      const video = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
      let frame = 0;
      let time = 0;
      const step = () => {
        video.getContext("2d").drawImage(pictures[(frame += 1) % pictures.length], 0, 0);
        video.currentTime = time / 1000;
      };
      Object.assign(video, { videoWidth: 640, videoHeight: 480 });
      step();
      const wait = async (ms) => {
        time += ms;
        step();
      };
      const browser = { video, canvas, wait, now: () => time };
      const filmed = { readyState: "live", muted: false };
      const seen = await camera.observe(browser, calm, { getVideoTracks: () => [filmed] });
      const found = { verdict: camera.judge(seen).verdict };
      if (found.verdict === "ok") {
        const lit = await light.observe(browser, calm);
        Object.assign(found, light.judge(lit), lit.frames[0]);
      }
      const { data } = canvas.getContext("2d").getImageData(0, 0, 128, 96);
      const luma = Array.from({ length: 128 * 96 }, (_, i) => 0.21 * data[4 * i] + 0.72 * data[4 * i + 1] + 0.07 * data[4 * i + 2]);
      found.others = {};
      Object.entries(peers.pictures).forEach(([name, rule]) => (found.others[name] = rule(luma)));
      return found;
    },
  };
};
