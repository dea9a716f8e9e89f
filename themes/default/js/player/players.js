// The players of the page, whatever plays in them.

import { hosted } from "./hosted.js";
import { media } from "./media.js";

/** @typedef {import("./spoken.js").Player} Player */
/** @typedef {import("./spoken.js").Entry} Entry */

/**
 * Makes the players of the page. Those that have to read a file first come when they have.
 * @param {(entry: Entry) => void} changed
 * @param {(entry: Entry) => void} add
 */
export function players(changed, add) {
  for (const section of document.querySelectorAll("[data-player]")) {
    if (section instanceof HTMLElement) make(section, changed, add);
  }
}

/** @param {HTMLElement} section @param {(entry: Entry) => void} changed @param {(entry: Entry) => void} add */
function make(section, changed, add) {
  const { player: of = "0", plays = "", prefix = "" } = section.dataset;
  /** @type {Entry | undefined} */
  let entry;
  const told = () => entry && changed(entry);
  /** @param {Player | undefined} player */
  const made = (player) => {
    if (!player) return;
    entry = { section, of, prefix, player, used: false };
    add(entry);
  };
  const file = section.querySelector("video, audio");
  const facade = section.querySelector("a[data-embed]");
  const stage = section.querySelector("[data-terminal]");
  if (file instanceof HTMLMediaElement) made(media(file, told));
  else if (facade instanceof HTMLAnchorElement) made(hosted(facade, plays, section.getAttribute("aria-label") ?? "", told));
  else if (stage instanceof HTMLElement) {
    void import("./terminal/player.js").then(({ terminal }) => terminal(stage, told)).then(made, () => {});
  }
}
