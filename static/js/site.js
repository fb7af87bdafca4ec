/** On every page: carry the fragment, and show the line for a language that is not on. */
import { carry } from "./fragment.js";

carry();
addEventListener("hashchange", ({ oldURL }) => {
  const kept = new URL(oldURL).hash; // a jump within the page must not lose what the address carries
  if (kept.includes("=") && !location.hash.includes("=")) history.replaceState(null, "", kept);
  carry();
});
const off = new URLSearchParams(location.search).get("l");
const line = off && document.querySelector(`[data-language-off="${CSS.escape(off)}"]`);
if (line instanceof HTMLElement) line.hidden = false;
