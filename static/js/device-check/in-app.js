// Which other app's window shows the page, by what the app says of itself: the first that fits (docs/device-check.md).
// A module of its own, for the guide's first pages need no more than this.
const APPS = [
  ["messenger", /(FBAN|FB_IAB|FBAV|FBIOS).*(messenger|orca)/i],
  ["instagram", /Instagram|Barcelona/],
  ["whatsapp", /WAiOS\/|WA4A\/|WhatsApp/], // before Facebook, whose signs it carries on iPhone
  ["facebook", /FBAN|FB_IAB|FBAV|FBIOS|IABMV\/|MetaIAB/],
  ["snapchat", /Snapchat/],
  ["tiktok", /musical_ly|Bytedance|trill/],
  ["linkedin", /LinkedInApp/],
  ["x", /Twitter/],
  ["google", /GSA\//],
  ["line-wechat-telegram", /\bLine\/|MicroMessenger\//],
  ["view", /Reddit\/|NAVER\(inapp|baiduboxapp|KAKAOTALK|Pinterest\/|BingSapphire|AliApp|QQ\/\d/],
];
// Browsers of their own whose agent looks like the window of an app.
const BROWSERS = /browser\/|Quark\/|SznProhlizec|OPR\/|OPT\/|OPiOS|CriOS|FxiOS|EdgiOS|EdgA|Focus\/|Klar\/|DuckDuckGo|Ddg\//i;
// Android's window says so, or keeps the first browser's version beside Chrome's; an iPhone's leaves Safari's name out.
const VIEW = /; wv\)|Android.*Version\/4\.0 Chrome\//;
const APPLE = /\biP(hone|ad|od)/;

/** "" in a browser or on the home screen; "view" in the window of an app that does not say its name. */
export function inApp({ agent, standalone, telegram }) {
  const app = APPS.find(([, sign]) => sign.test(agent));
  const view = !BROWSERS.test(agent) && (VIEW.test(agent) || (APPLE.test(agent) && !/Safari\//.test(agent) && !standalone));
  return app ? app[0] : telegram ? "line-wechat-telegram" : view ? "view" : "";
}
