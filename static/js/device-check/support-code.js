// The support code, version 1: the twin of support_code.py. Eight symbols, each with one meaning, and a check symbol.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LAYOUT = "version2speaker2 os3age2 browser5 camera5 microphone5 down3net2 up3udp2 rtt3jitter2";
const words = (text) => text.split(" ");
const DEVICE = " waiting refused blocked none in-use paused constraint failed missing skipped dismissed";
const TABLES = {
  os: words("other ios android windows mac chromeos linux"),
  age: words("unknown current old too-old"),
  browser: words(
    "other safari chrome edge firefox samsung opera other-chromium home-screen        in-facebook in-messenger in-instagram in-snapchat in-tiktok in-linkedin in-x in-whatsapp in-google in-line-wechat-telegram in-mail    in-android-view in-ios-view",
  ),
  camera: words("skip ok dark backlit low-resolution covered frozen glare" + DEVICE),
  microphone: words("skip ok low clipping noisy silent no-speech engine" + DEVICE),
  speaker: words("skipped heard not-heard cannot-play"),
};
const OUR_ERROR = 31;

export function encode(fields) {
  let check = 0;
  const symbols = LAYOUT.split(" ").map((row) => {
    let number = 0;
    row.replace(/(\D+)(\d)/g, (all, field, bits) => (number = (number << bits) | (fields[field] || 0)));
    check = (check ^ number) << 1;
    if (check > 31) check ^= 37;
    return ALPHABET[number];
  });
  return (symbols.join("") + ALPHABET[check]).replace(/...(?!$)/g, "$&-");
}

// `results`: check -> { verdict, detail } as a page keeps them; the environment is its own judgement.
export function fieldsOf({ environment, camera, light, microphone, speaker, connection }) {
  const find = (field, word) => Math.max(0, TABLES[field].indexOf(word));
  const device = (field, { verdict, detail } = {}) =>
    /insecure|missing/.test(environment.verdict) ? 16
      : detail && detail.ours ? OUR_ERROR
      : find(field, detail && detail.constraint ? "constraint" : verdict === "no-frames" ? "frozen" : verdict);
  const dim = camera && camera.verdict === "ok" && light && light.verdict !== "skipped" ? light : camera;
  return Object.assign({}, connection && connection.detail, {
    version: 1,
    os: find("os", environment.os),
    age: find("age", environment.age),
    browser: find("browser", environment.browser),
    camera: device("camera", dim),
    microphone: device("microphone", microphone),
    speaker: find("speaker", speaker && speaker.verdict),
  });
}
