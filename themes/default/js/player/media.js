// Files that the browser plays itself.

/** @typedef {import("./spoken.js").Player} Player */

const EVENTS = ["play", "pause", "ended", "timeupdate", "seeking", "seeked", "ratechange"];

/**
 * @param {HTMLMediaElement} element
 * @param {() => void} changed
 * @returns {Player}
 */
export function media(element, changed) {
  for (const event of EVENTS) element.addEventListener(event, changed);
  return {
    time: () => element.currentTime,
    playing: () => !element.paused && !element.ended,
    // Before anything of the file is known, browsers keep this second for when they start.
    seek: (at) => {
      element.currentTime = at;
    },
    play: () => {
      // What the browser or the file refuse shows in the element's own controls.
      element.play().catch(() => {});
    },
    pause: () => element.pause(),
  };
}
