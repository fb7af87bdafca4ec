/** "Already added" is told to the plan in the fragment. The server does that too, but its fragment would take the place of the
 * visit's time: a redirect without one keeps the form's own. So with a script the answer travels there, and is not sent. */
import { read, write } from "./fragment.js";

const form = document.querySelector("form.questions");
form.addEventListener("submit", () => {
  const added = form.querySelector("[name=added][value=yes]:checked");
  const child = form.querySelector("[name=age][value='0-12']:checked");
  const guardian = form.querySelector("[name=who][value=guardian]:checked");
  if (!added || !child || !guardian) return;
  const values = read(location.hash);
  values.set("done", "add-child");
  form.setAttribute("action", location.pathname + write(values));
  for (const answer of form.querySelectorAll("[name=added]")) answer.setAttribute("disabled", "");
});
