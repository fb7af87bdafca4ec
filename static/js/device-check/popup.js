// Does the browser open a window when one presses, and does it keep what a video service may need to keep? The window is
// empty, ours, and closed at once. Looked at only when the person presses the button; nothing is written.
export function observe({ cookies }) {
  let storage;
  try {
    storage = !!window.localStorage;
  } catch (error) {
    storage = false; // refused in the settings, or a window that keeps nothing
  }
  const opened = window.open("about:blank", "_blank", "width=240,height=240");
  if (opened) opened.close();
  return { opened: !!opened, keeps: cookies && storage };
}

export const judge = ({ opened, keeps }) => ({
  verdict: !opened ? "blocked"
    : !keeps ? "no-storage"
    : "ok",
});
