// The twin of support/reading.py: the letter's code, or a link of ours, as staff type or paste it. Pure.
import { checked } from "./read-code.js";

// Gives { clinic, language } or null; `language` is the number in the code, 0 when it says none.
export function readLink(text) {
  const bare = text.trim().split(/[?#]/)[0].replace(/\/+$/, "");
  const page = /\/[a-z]{2}\/m\/([0-9A-HJKMNP-TV-Z]{4})\//.exec(`${bare}/`);
  if (page) return { clinic: page[1], language: 0 };
  const { fault, symbols, values } = checked(bare.slice(bare.lastIndexOf("/") + 1), [5, 8]);
  if (fault) return null;
  const clinic = symbols.slice(0, 4);
  if (symbols.length === 5) return { clinic, language: 0 };
  const packed = (values[4] << 10) | (values[5] << 5) | values[6];
  return { clinic, language: packed >> 13 ? 0 : packed & 31 };
}
