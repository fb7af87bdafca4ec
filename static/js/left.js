/** After «Lämna sidan», Back never shows a page of ours: the tab remembers that somebody left, and a page that Back brings up
 * goes forward again at once. It names no address, so that it may stand on the camera's pages too. */

export const LEFT = "redo.left"; // in sessionStorage: only this tab, gone when it is closed

/** The tab's own store, or null where the browser refuses. @returns {Storage | null} */
export function tab() {
  try {
    return window.sessionStorage;
  } catch (refused) {
    return null;
  }
}

/** @param {boolean} back whether Back or Forward brought this page up, not somebody who came here */
function arrived(back) {
  const store = tab();
  if (!store || !store.getItem(LEFT)) return;
  if (!back) return void store.removeItem(LEFT);
  document.documentElement.hidden = true;
  history.forward();
}

const [entry] = performance.getEntriesByType("navigation");
arrived(Boolean(entry) && entry.type === "back_forward");
addEventListener("pageshow", ({ persisted }) => persisted && arrived(true));
