// What the browser answered when asked for camera or microphone, as one of our verdicts.
const VERDICTS = { NotFoundError: "none", NotReadableError: "in-use", SecurityError: "blocked" };

export const verdictOf = ({ name, message }) =>
  name !== "NotAllowedError" ? VERDICTS[name] || "failed"
    : /system/i.test(message) ? "blocked" // Chrome on computers: the switch of the system itself
    : /dismiss/i.test(message) ? "dismissed" // Chrome: the question was closed without an answer
    : "refused";

// Asking once more, for one thing at a time, would only put the same question again.
export const askingAgainIsRude = (verdict) => verdict === "dismissed" || verdict === "waiting";
