// Which camera and which microphone, where there are several. The choice is remembered nowhere; the devices' names, which
// can hold a person's, stand in the lists alone and go with them.
const KINDS = { video: "videoinput", audio: "audioinput" };
const DOUBLES = /^(default|communications)$/; // Chromium lists these beside the device they stand for
const TELEPHONE_RATE = 16000; // Hz: a headset in its telephone mode
const TELEPHONE_NAME = /hands-?free|HFP/i;
const INFRARED_NAME = /\bIR\b|infra-?red/i; // a computer's camera for logging in by face: it sees no colours

// `lists`: kind -> its select. `again`: the list's kind -> the test runs once more, with what was chosen.
export function chooser(browser, lists, again) {
  const chosen = {};
  const used = {};
  let known;
  Object.entries(lists).forEach(([kind, list]) => {
    list.addEventListener("change", () => {
      chosen[kind] = list.value;
      again(kind);
    });
  });

  return {
    // The wishes with what was chosen: never more than a wish, so that nothing is refused for it.
    wish(wishes) {
      const asked = Object.assign({}, wishes);
      Object.entries(KINDS).forEach(([media, kind]) => {
        if (!asked[media] || !chosen[kind]) return;
        const wish = { deviceId: { ideal: chosen[kind] } };
        // Nothing beside it for a picture: a camera with a better size or place would win.
        asked[media] = media === "video" ? wish : Object.assign({}, asked[media], wish);
      });
      return asked;
    },
    // Which device a track comes from, and what is to be said of it: "telephone", "infrared" or nothing.
    note(track) {
      const { deviceId, sampleRate } = track.getSettings();
      used[KINDS[track.kind]] = deviceId;
      if (track.kind === "video") return INFRARED_NAME.test(track.label) ? "infrared" : "";
      return sampleRate <= TELEPHONE_RATE || TELEPHONE_NAME.test(track.label) ? "telephone" : "";
    },
    // Fills the lists; true when other devices are there than the last time.
    async fill() {
      const devices = (await browser.devices()).filter(({ kind, label }) => lists[kind] && label);
      const ids = devices.map(({ deviceId }) => deviceId).join();
      const differs = known !== undefined && known !== ids;
      known = ids;
      Object.entries(lists).forEach(([kind, list]) => {
        const some = devices.filter((one) => one.kind === kind && !DOUBLES.test(one.deviceId));
        list.textContent = "";
        some.forEach(({ label, deviceId }) => list.appendChild(new Option(label, deviceId, false, deviceId === used[kind])));
        list.closest("[data-choose]").hidden = some.length < 2;
      });
      return differs;
    },
    clear: () => Object.values(lists).forEach((list) => (list.textContent = "")),
  };
}
