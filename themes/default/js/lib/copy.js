// Copies text and shows that it did, beside the control that was used.

import { announce } from "./announce.js";

/** How long the word stays, in milliseconds. */
const STAYS = 1600;

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {HTMLElement} control where to show it: gets `data-said` for as long as the word stays
 * @param {string} text what to copy
 * @param {string} said what to tell those who listen
 */
export async function copy(control, text, said) {
  const copied = await toClipboard(text);
  control.dataset.said = copied ? "Copied" : "Not copied";
  announce(copied ? said : "The browser did not allow copying");
  setTimeout(() => delete control.dataset.said, STAYS);
}
