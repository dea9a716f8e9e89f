// What belongs to which second of a recording: its player, paragraphs of its transcript, chapters, moments in the text.

/**
 * What all players can do. `seek` goes to a second and leaves what is paused paused.
 * @typedef {object} Player
 * @property {() => number} time seconds from the start
 * @property {() => boolean} playing
 * @property {(at: number) => void} seek
 * @property {() => void} play
 * @property {() => void} pause
 *
 * @typedef {object} Entry
 * @property {HTMLElement} section
 * @property {string} of which of the page's recordings
 * @property {string} prefix what the anchors of its moments begin with
 * @property {Player} player
 * @property {boolean} used whether a reader has asked for a second of it, or played it
 */

/**
 * @typedef {object} Place
 * @property {number} at seconds
 * @property {HTMLElement} element what is marked while that second is heard
 */

/** @param {Element} link @returns {HTMLElement} the block that a moment in the text stands at the start of */
const block = (link) => /** @type {HTMLElement} */ (link.closest("li, p, h1, h2, h3, h4, h5, h6, dd, td") ?? link);

/** @param {string} selector @param {(element: Element) => HTMLElement} [shown] @returns {Place[]} in the order of time */
function places(selector, shown = (element) => /** @type {HTMLElement} */ (element)) {
  const found = [...document.querySelectorAll(selector)];
  const all = found.map((element) => ({ at: Number(element.getAttribute("data-at")), element: shown(element) }));
  return all.filter(({ at }) => Number.isFinite(at)).sort((one, other) => one.at - other.at);
}

/** @param {string} of */
const moments = (of) => (of === "0" ? ".prose a.moment[id]:not([data-of])" : `.prose a.moment[id][data-of="${CSS.escape(of)}"]`);

/** What is marked while a recording plays: what is said, or, where that isn't known, what the text says of it. @param {string} of */
export function said(of) {
  const transcript = of === "0" ? places("[data-transcript] .said") : [];
  return transcript.length > 0 ? transcript : places(moments(of), block);
}

/** Its chapters by the links in its player. @param {string} of */
export const chapters = (of) => places(`[data-player="${CSS.escape(of)}"] .chapters a[data-at]`, (link) => /** @type {HTMLElement} */ (link));

/** All that an address of one of its seconds can lead to. @param {string} of */
export function targets(of) {
  const transcript = of === "0" ? places("[data-transcript] [data-at]:is(.chapter, .said)") : [];
  const list = transcript.length === 0 ? places(`[data-player="${CSS.escape(of)}"] .chapters a[data-at]`, block) : [];
  return [...places(moments(of), block), ...list, ...transcript].sort((one, other) => one.at - other.at);
}

/** The last place that has begun at `time`. @param {Place[]} all in order @param {number} time @returns {Place | undefined} */
export function now(all, time) {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].at <= time) low = middle + 1;
    else high = middle;
  }
  return all[low - 1];
}
