// Where there is room beside the text, a player that is in use and scrolled away stays in view, small, in the margin.

import { element } from "../lib/element.js";

/** @typedef {import("./spoken.js").Entry} Entry */

const roomy = matchMedia("(min-width: 62rem)");

/** @param {Entry} entry @returns {() => void} to be called when something about the player has changed */
export function dock({ section, player }) {
  const place = section.querySelector(".player-place");
  const stage = section.querySelector(".player-stage");
  if (!(place instanceof HTMLElement) || !(stage instanceof HTMLElement)) return () => {};
  let away = false;
  let wanted = false;

  const close = element("button", { class: "player-undock", type: "button", "aria-label": "Put the player back" });
  close.addEventListener("click", () => {
    wanted = false;
    player.pause();
    update();
  });

  const update = () => {
    if (player.playing()) wanted = true;
    const docked = away && wanted && roomy.matches;
    if (docked === stage.hasAttribute("data-docked")) return;
    // The text stays where it is.
    place.style.blockSize = docked ? `${place.offsetHeight}px` : "";
    stage.toggleAttribute("data-docked", docked);
    if (docked) stage.append(close);
    else close.remove();
  };

  new IntersectionObserver((seen) => {
    away = !(seen.at(-1)?.isIntersecting ?? true);
    if (!away) wanted = false;
    update();
  }).observe(place);
  roomy.addEventListener("change", update);
  return update;
}
