// Which browser this is, and whether it can show a picture at all. The feature test decides; the agent only words
// the advice. Order and ages: docs/device-check.md.
import { inApp } from "./in-app.js";

const SYSTEMS = [
  ["ios", /\biP(hone|ad|od)/],
  ["android", /Android/],
  ["windows", /Windows/],
  ["chromeos", /CrOS/],
  ["mac", /Macintosh/],
  ["linux", /Linux|X11/],
];
const BROWSERS = [
  ["samsung", /SamsungBrowser\/(\d+)/, 27, 8],
  ["firefox", /Firefox\/(\d+)|FxiOS/, 132, 60],
  ["edge", /Edg(e|A|iOS)?\//],
  ["opera", /OPR\/|OPT\/|OPiOS|Opera/],
  ["other", /DuckDuckGo\//],
  ["other-chromium", /YaBrowser|Vivaldi|MiuiBrowser|HuaweiBrowser|UCBrowser/],
  ["chrome", /Chrome|CriOS/],
  ["safari", /Version\/.*Safari\//],
];
// Two years old, and too old to have the camera at all; looked up 2026-11-22.
const CHROMIUM = [131, 60];
const LOG_IN = { ios: 16, android: 9 }; // what e-ID apps were to need from 2026; looked up 2026-11-24
const APPLE = [14.3, 11]; // before 14.3 only Safari itself has the camera

const find = (list, agent) => list.find(([, sign]) => sign.test(agent)) || ["other"];

export const observe = (browser) => browser; // its signs stand there already; nothing is to be waited for

export function judge({ agent, touch, standalone, telegram, secure, media, sound }) {
  let [os] = find(SYSTEMS, agent);
  const pad = /\biPad/.test(agent) || (os === "mac" && touch > 1);
  if (pad) os = "ios";
  let app = inApp({ agent, standalone, telegram });
  if (app === "view") app = os === "ios" ? "ios-view" : "android-view";
  const [name, sign, old, tooOld] = find(BROWSERS, agent);
  const number = (pattern) => parseFloat(((agent.match(pattern) || [])[1] || "").replace("_", "."));
  const apple = os === "ios" || name === "safari";
  const version = apple ? number(/Version\/(\d+(?:\.\d+)?)/) || number(/OS (\d+(?:_\d+)?)/)
    : old ? number(sign) : number(/Chrome\/(\d+)/);
  const [from, tooOldFrom] = apple ? APPLE : old ? [old, tooOld] : CHROMIUM;
  const system = number(/(?:iPhone |CPU )OS (\d+)/) || number(/Android (\d+)/);
  const age = !version ? "unknown" : version < tooOldFrom ? "too-old" : version < from ? "old" : "current";
  return {
    verdict: !secure ? "insecure" : !media ? "missing" : app ? "in-app" : /old/.test(age) ? "old" : "ok",
    app,
    os,
    browser: app ? "in-" + app : standalone ? "home-screen" : name,
    age,
    platform: app ? (os === "ios" ? "in-app-ios" : "in-app-android")
      : pad ? "ipad"
      : os === "ios" ? (name === "safari" ? "iphone-safari" : "iphone-other")
      : os === "android" ? "android-" + (/^(chrome|samsung|firefox)$/.test(name) ? name : "other")
      : /windows|mac/.test(os) ? os
      : "other",
    oldForLogIn: system < LOG_IN[os],
    lockdown: os === "ios" && !sound, // Lockdown Mode takes Web Audio away
  };
}
