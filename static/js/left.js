/** After «Lämna sidan», Back never shows a page of ours: the tab remembers that somebody left, and a page that Back brings up
 * goes on at once. */

export const LEFT = "redo.left"; // in sessionStorage: where to; only this tab, gone when it is closed

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
  const away = store && store.getItem(LEFT);
  if (!away) return;
  if (!back) return void store.removeItem(LEFT);
  document.documentElement.hidden = true;
  location.replace(away);
}

const [entry] = performance.getEntriesByType("navigation");
arrived(Boolean(entry) && entry.type === "back_forward");
addEventListener("pageshow", ({ persisted }) => persisted && arrived(true));
