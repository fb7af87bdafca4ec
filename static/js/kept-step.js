/** Where the guardian was, kept on the device only when asked to. */

export const KEY = "redo.step";

/** Storage is refused in some private windows; then nothing is offered. @returns {Storage | null} */
export function storage() {
  try {
    localStorage.getItem(KEY);
    return localStorage;
  } catch (refused) {
    return null;
  }
}
