// Keeps what is said now in view, until the reader scrolls; then a button takes them back.

import { element } from "../lib/element.js";

/** Keys that move the page or the reader on it. */
const MOVES = ["PageUp", "PageDown", "ArrowUp", "ArrowDown", "Home", "End", "Tab"];

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Follower {
  constructor() {
    this.follows = false;
    /** @type {HTMLElement | undefined} */
    this.current = undefined;
    this.button = element("button", { class: "follow", type: "button", hidden: true }, "Back to what is said now");
    this.button.addEventListener("click", () => {
      this.start();
      this.show(true);
    });
    document.body.append(this.button);
    const left = () => this.leave();
    for (const event of ["wheel", "touchmove"]) addEventListener(event, left, { passive: true });
    addEventListener("keydown", ({ key }) => MOVES.includes(key) && this.leave());
    addEventListener("pointerdown", ({ target, clientX }) => {
      // On the bar at the side, which belongs to no element of the page.
      if (target === document.documentElement && clientX >= document.documentElement.clientWidth) this.leave();
    });
  }

  /** Follows from now on. */
  start() {
    this.follows = true;
    this.button.hidden = true;
  }

  /** The reader went elsewhere. */
  leave() {
    this.follows = false;
  }

  /** Follows if the reader is where it is said. @param {HTMLElement | undefined} current */
  begin(current) {
    if (current && isSeen(current)) this.start();
  }

  /** @param {HTMLElement | undefined} current what is said now @param {boolean} playing */
  update(current, playing) {
    const moved = current !== this.current;
    this.current = current;
    if (moved && playing && this.follows) this.show(false);
    this.button.hidden = !playing || this.follows || !current;
  }

  /** @param {boolean} anyway */
  show(anyway) {
    const { current } = this;
    if (!current || (!anyway && isComfortable(current))) return;
    current.scrollIntoView({ block: "center", behavior: calm.matches ? "instant" : "smooth" });
  }
}

/** @param {HTMLElement} shown */
function isSeen(shown) {
  const { top, bottom } = shown.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Whether it stands where one reads: whole, and not at the very end of the window. @param {HTMLElement} shown */
function isComfortable(shown) {
  const { top, bottom } = shown.getBoundingClientRect();
  return top >= innerHeight / 12 && bottom <= innerHeight * 0.8;
}
