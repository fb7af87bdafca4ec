// One press copies. Buttons with data-copy name the element; its text goes to the clipboard, or is selected when there is none.

export const textOf = (element) => element.dataset.now || element.dataset.text || element.dataset.link || element.textContent.trim();

async function toClipboard(element, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard without https, or refused: select the words, then ask the old way; selected, Ctrl+C works anyway.
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy");
  }
}

export function showCopyButtons(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
}

// Listens on `root` for all copy buttons in it, also those that come later.
export function copyOnPress(root) {
  showCopyButtons(root);
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const element = document.getElementById(button.dataset.copy);
    for (const said of document.querySelectorAll("[data-copied]")) said.hidden = true;
    if (!(await toClipboard(element, textOf(element)))) return;
    const near = (button.closest("[data-result], [data-send]") || document).querySelector("[data-copied]");
    if (near) near.hidden = false;
    for (const other of document.querySelectorAll(".done")) other.classList.remove("done");
    button.classList.add("done");
  });
}
