// Links and sms of the fixes, in the language of the family. All texts stand in the page; this only puts the address in.
import { smsLength } from "./sms-length.js";

export function speakTo(code) {
  const language = document.querySelector(`[data-language="${code}"]`);
  if (!language) return;
  for (const send of document.querySelectorAll("[data-send]")) {
    const filled = (text) => text.split("{fix}").join(send.dataset.fix);
    const shown = send.querySelector("[data-link]");
    const link = filled(language.dataset.link);
    shown.dataset.now = shown.firstElementChild.href = link;
    shown.firstElementChild.textContent = link.replace(/^https?:\/\//, "");
    const sms = send.querySelector("[data-text]");
    if (!sms) continue;
    sms.dataset.now = sms.textContent = filled(language.dataset.sms);
    sms.lang = code;
    sms.dir = language.dataset.dir;
    send.querySelector("[data-sms-app]").href = `sms:?&body=${encodeURIComponent(sms.dataset.now)}`;
    send.querySelector("[data-meaning]").hidden = code === document.documentElement.lang;
    const { parts } = smsLength(sms.dataset.now);
    send.querySelector("[data-parts]").textContent = parts;
    send.querySelector("[data-long]").hidden = parts === 1;
  }
}
