// Reads a support code, version 1: the twin of support_code.decode. Pure; what is reserved the page knows by its own readings.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LAYOUT = [
  [["version", 3], ["speaker", 2]], [["os", 3], ["age", 2]], [["browser", 5]], [["camera", 5]], [["microphone", 5]],
  [["down", 3], ["net", 2]], [["up", 3], ["udp", 2]], [["rtt", 3], ["jitter", 2]],
];
const LENGTH = 9;

// What a typed code says symbol by symbol: { symbols, values }, or { fault }, the first hurdle first: symbol, length, check.
export function checked(text, lengths) {
  const typed = text.replace(/[ \-\u00a0\u2009\u202f\u2010-\u2013\u2212\t\r\n]/g, "");
  if (/[^\x00-\x7f]/.test(typed)) return { fault: "symbol" };
  const symbols = typed.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  const values = [...symbols].map((symbol) => ALPHABET.indexOf(symbol));
  if (values.includes(-1)) return { fault: "symbol" };
  if (!lengths.includes(values.length)) return { fault: "length" };
  let check = 0;
  for (const value of values.slice(0, -1)) {
    check = (check ^ value) << 1;
    if (check > 31) check ^= 37;
  }
  return check === values[values.length - 1] ? { symbols, values } : { fault: "check" };
}

// Gives { fault } or { fields }, the first hurdle first: symbol, length, check, version.
export function readCode(text) {
  const { fault, values } = checked(text, [LENGTH]);
  if (fault) return { fault };
  const fields = {};
  LAYOUT.forEach((row, place) => {
    let left = values[place];
    for (const [field, bits] of [...row].reverse()) {
      fields[field] = left & ((1 << bits) - 1);
      left >>= bits;
    }
  });
  // Three bits of which the first is always 0.
  if ((fields.version & 3) !== 1) return { fault: "version" };
  return fields.version === 1 ? { fields } : { fault: "reserved" };
}

// A condition as the page writes it, "camera=9,10;os=1|microphone=9,10;os=1"; the empty one always holds.
export const holds = (condition, fields) =>
  condition.split("|").some((one) =>
    one.split(";").filter(Boolean).every((part) => {
      const [field, numbers] = part.split("=");
      return numbers.split(",").includes(String(fields[field]));
    }));

// The advice that fits, the first first; of a group only one, and `last` only when there is no other.
export function choose(rules, fields) {
  const groups = new Set();
  return rules.filter(({ condition, group, last }) => {
    if (groups.has(group) || (last && groups.size) || !holds(condition, fields)) return false;
    groups.add(group);
    return true;
  });
}
