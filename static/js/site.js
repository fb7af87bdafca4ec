/** On every page: go on at once where somebody left, carry the fragment, and show the line for a language that is not on. */
import "./left.js";
import { carry, read, write } from "./fragment.js";

/** A link to a place on another page brings what the address carries behind the place, #code&t=…: go there, and keep the rest. */
function arrive() {
  const values = read(location.hash);
  const [place] = location.hash.slice(1).split("&");
  if (!values.size || place.includes("=")) return;
  history.replaceState(null, "", location.pathname + location.search + write(values));
  const there = document.getElementById(place);
  if (there) there.scrollIntoView();
}

arrive();
carry();
addEventListener("hashchange", ({ oldURL }) => {
  const kept = new URL(oldURL).hash; // a jump within the page must not lose what the address carries
  if (kept.includes("=") && !location.hash.includes("=")) history.replaceState(null, "", kept);
  arrive();
  carry();
});
const off = new URLSearchParams(location.search).get("l");
const line = off && document.querySelector(`[data-language-off="${CSS.escape(off)}"]`);
if (line) line.removeAttribute("hidden");
