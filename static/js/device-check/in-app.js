// Which other app's window shows the page, by what the app says of itself: the first that fits (docs/device-check.md).
// A module of its own, for the guide's first pages need no more than this.
const APPS = [
  ["messenger", /(FBAN|FB_IAB|FBAV|FBIOS).*(messenger|orca)/i],
  ["instagram", /Instagram|Barcelona/],
  ["facebook", /FBAN|FB_IAB|FBAV|FBIOS|IABMV\//],
  ["snapchat", /Snapchat/],
  ["tiktok", /musical_ly|Bytedance|trill/],
  ["linkedin", /LinkedInApp/],
  ["x", /Twitter/],
  ["whatsapp", /WAiOS\/|WA4A\//],
  ["google", /GSA\//],
  ["line-wechat-telegram", /\bLine\/|MicroMessenger\//],
];

/** "" in a browser or on the home screen; "view" in the window of an app that does not say its name. */
export function inApp({ agent, standalone, telegram }) {
  const app = APPS.find(([, sign]) => sign.test(agent));
  const view = /; wv\)|Reddit\//.test(agent) || (/iP(hone|ad|od)/.test(agent) && !/Safari\//.test(agent) && !standalone);
  return app ? app[0] : telegram ? "line-wechat-telegram" : view ? "view" : "";
}
