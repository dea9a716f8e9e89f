// Opening the address of a second: the page goes to what was said just before it, and the player to that very second.

import { now, targets } from "./spoken.js";
import { fromAddress } from "./time.js";

/** @typedef {import("./spoken.js").Entry} Entry */

const HERE = "is-here";

/** Takes back the mark of the moment that the address names. */
export function leave() {
  for (const marked of document.querySelectorAll(`.${HERE}`)) marked.classList.remove(HERE);
}

/** Whether the browser itself brings the reader back to where they were. */
function returns() {
  const [entry] = performance.getEntriesByType("navigation");
  return entry instanceof PerformanceNavigationTiming && entry.type !== "navigate";
}

/**
 * Goes where the address leads, if that is a second of a recording.
 * @param {boolean} first whether the page was just opened
 */
export function arrive(first) {
  const named = fromAddress(location.hash);
  if (!named) return;
  leave();
  const section = sectionOf(named.prefix);
  if (!section && named.prefix !== "") return;
  const all = targets(section?.dataset.player ?? "0");
  const exact = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const own = all.find(({ element }) => exact !== null && (element === exact || element.contains(exact)));
  const place = own ?? now(all, named.at);
  place?.element.classList.add(HERE);
  const target = (place ?? all[0])?.element ?? section;
  // Where an element has that very id, the browser has gone there.
  if (target && !exact && !(first && returns())) target.scrollIntoView({ block: "start", behavior: "instant" });
}

/** @param {string} prefix @returns {HTMLElement | undefined} */
function sectionOf(prefix) {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-player]")]);
  return all.find(({ dataset }) => (dataset.prefix ?? "") === prefix);
}

/** Sets a player to the second that the address names, if that is one of its own. It doesn't start. @param {Entry} entry @returns {boolean} */
export function set(entry) {
  const named = fromAddress(location.hash);
  if (!named || named.prefix !== entry.prefix) return false;
  entry.player.seek(named.at);
  return true;
}
