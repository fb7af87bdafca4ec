// What the browser answered when asked for camera or microphone, as one of our verdicts.
const ANSWERS = { NotFoundError: "none", NotReadableError: "in-use", SecurityError: "blocked" };

export const verdictOf = ({ name, message }) =>
  name !== "NotAllowedError" ? ANSWERS[name] || "failed"
    : /system/i.test(message) ? "blocked" // Chrome on computers: the switch of the system itself
    : /dismiss/i.test(message) ? "dismissed" // Chrome: the question was closed without an answer
    : "refused";
