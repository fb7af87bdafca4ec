/** Turning pages: among the child's pages each takes the place of the one before in the history, so that Back leads out of them at once.
 * Arrow keys turn, and the new heading has the focus. */

const CHILDS = /^\/[a-z]{2}\/(m\/\w{4}\/)?(child|youth|card|practice|after)(\/|$)/;

/** Whether a path is one of the child's own pages. @param {string} path as in location.pathname */
export const isChilds = (path) => CHILDS.test(path);

addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a tab of one's own: the browser's
  if (link.origin !== location.origin || link.pathname === location.pathname || !isChilds(link.pathname)) return;
  event.preventDefault();
  location.replace(link.href);
});

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select, summary, dialog")) return;
  const onwards = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const way = { [onwards]: "next", [onwards === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: "prev" }[event.key];
  const link = way && document.querySelector(`a[rel=${way}]`);
  if (link instanceof HTMLAnchorElement) link.click();
});

const heading = document.querySelector("h1[tabindex]");
if (heading instanceof HTMLElement && !location.hash.includes("#main")) heading.focus({ preventScroll: true });
