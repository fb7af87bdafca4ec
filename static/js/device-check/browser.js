// The only module that names navigator: what the checks need of the browser is handed to them from here.
// All modules keep to the JavaScript of 2018, so that an old phone can still be told that it is old.
const { cookieEnabled, userAgent, maxTouchPoints, standalone, mediaDevices, connection, audioSession } = navigator;
const Engine = window.AudioContext || window.webkitAudioContext;

export const browser = {
  agent: userAgent,
  cookies: cookieEnabled,
  touch: maxTouchPoints,
  standalone: standalone || matchMedia("(display-mode: standalone)").matches,
  telegram: "TelegramWebviewProxy" in window,
  secure: isSecureContext,
  media: !!(mediaDevices && mediaDevices.getUserMedia),
  sound: !!Engine,
  network: connection,
  session: audioSession,
  twice: "userAgentData" in navigator, // Chromium: a second capture leaves the first one be; elsewhere it mutes it
  ask: (wishes) => mediaDevices.getUserMedia(wishes),
  engine: () => new Engine(),
  now: () => performance.now(),
  wait: (time, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) reject();
      setTimeout(resolve, time);
      signal.addEventListener("abort", reject);
    }),
};
