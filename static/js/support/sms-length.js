// The twin of sharing.sms_length: how many sms a text becomes. Pure.
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION = "^{}\\[~]|€\f";
const GSM = { alphabet: "GSM-7", one: 160, part: 153 };
const UCS2 = { alphabet: "UCS-2", one: 70, part: 67 };

export function smsLength(text) {
  const characters = [...text];
  const gsm = characters.every((c) => BASIC.includes(c) || EXTENSION.includes(c));
  const { alphabet, one, part } = gsm ? GSM : UCS2;
  const sizes = characters.map((c) => (gsm ? (EXTENSION.includes(c) ? 2 : 1) : c.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  if (units <= one) return { alphabet, units, limit: one, parts: 1 };
  let parts = 1;
  let room = part;
  for (const size of sizes) {
    if (size > room) {
      parts += 1;
      room = part;
    }
    room -= size;
  }
  return { alphabet, units, limit: one, parts };
}
