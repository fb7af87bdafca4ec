/** One thing that one may do to a picture: the page shows the button, and pressing it changes the drawing. */

const scene = document.querySelector("[data-touch]");
const place = document.querySelector(".touch");
if (scene instanceof HTMLElement && place instanceof HTMLElement) {
  const button = place.querySelector("button");
  place.hidden = false;
  scene.dataset.done = "no";
  button.addEventListener("click", () => {
    const done = scene.dataset.done !== "yes";
    scene.dataset.done = done ? "yes" : "no";
    button.setAttribute("aria-pressed", String(done));
  });
}
