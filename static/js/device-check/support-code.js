// The support code, version 1: the twin of support_code.py. Eight symbols, each with one meaning, and a check symbol.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
// One row a symbol: fields and their bits, the most significant first.
const LAYOUT = [
  [["version", 3], ["speaker", 2]],
  [["os", 3], ["age", 2]],
  [["browser", 5]],
  [["camera", 5]],
  [["microphone", 5]],
  [["down", 3], ["net", 2]],
  [["up", 3], ["udp", 2]],
  [["rtt", 3], ["jitter", 2]],
];
const OS = { other: 0, ios: 1, android: 2, windows: 3, mac: 4, chromeos: 5, linux: 6 };
const AGE = { unknown: 0, current: 1, old: 2, "too-old": 3 };
const BROWSER = {
  other: 0,
  safari: 1,
  chrome: 2,
  edge: 3,
  firefox: 4,
  samsung: 5,
  opera: 6,
  "other-chromium": 7,
  "home-screen": 8,
  "in-facebook": 16,
  "in-messenger": 17,
  "in-instagram": 18,
  "in-snapchat": 19,
  "in-tiktok": 20,
  "in-linkedin": 21,
  "in-x": 22,
  "in-whatsapp": 23,
  "in-google": 24,
  "in-line-wechat-telegram": 25,
  "in-mail": 26,
  "in-android-view": 30,
  "in-ios-view": 31,
};
const CONSTRAINT = 14;
const OUR_ERROR = 31;

export function encode(fields) {
  let check = 0;
  let symbols = "";
  for (const row of LAYOUT) {
    let number = 0;
    for (const [field, bits] of row) number = (number << bits) | (fields[field] || 0);
    check = (check ^ number) << 1;
    if (check > 31) check ^= 37;
    symbols += ALPHABET[number];
  }
  symbols += ALPHABET[check];
  return `${symbols.slice(0, 3)}-${symbols.slice(3, 6)}-${symbols.slice(6)}`;
}

// `results`: check -> { verdict, detail } as a page keeps them; the environment is its own judgement. `rows` has the number
// of each verdict (verdicts.py).
export function fieldsOf(results, rows) {
  const { environment, camera, light, connection } = results;
  const number = (check, verdict) => (rows[`${check}:${verdict}`] || {}).number || 0;
  const none = number("environment", environment.verdict); // a browser without camera and microphone
  const device = (check, { verdict, detail = {} } = {}) =>
    none || (detail.ours ? OUR_ERROR : detail.constraint ? CONSTRAINT : number(check, verdict));
  const dim = camera && camera.verdict === "ok" && light && number("light", light.verdict);
  return Object.assign({}, connection && connection.detail, {
    version: 1,
    os: OS[environment.os] || 0,
    age: AGE[environment.age] || 0,
    browser: BROWSER[environment.browser] || 0,
    camera: none || dim || device("camera", camera),
    microphone: device("microphone", results.microphone),
    speaker: number("speaker", (results.speaker || {}).verdict),
  });
}
