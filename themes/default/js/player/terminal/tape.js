// The screen of a terminal recording at any second. Going back starts from a copy that was kept on the way; going anywhere
// is done in steps, so that a recording of any size never holds up the page.

import { Screen } from "./screen.js";

/** @typedef {import("./cast.js").Cast} Cast */

/** After how many characters a copy is kept, and how many copies at most. */
const EVERY = 200_000;
const COPIES = 40;

export class Tape {
  /** @param {Cast} cast */
  constructor(cast) {
    this.cast = cast;
    this.screen = new Screen(cast.columns, cast.rows);
    /** The next event, how much of its text is written, and how many characters were before. */
    this.next = 0;
    this.within = 0;
    this.written = 0;
    this.copies = [{ next: 0, within: 0, written: 0, at: 0, screen: this.screen.copy() }];
  }

  /** The time up to which the screen may show something already. */
  get shown() {
    const { output } = this.cast;
    return this.within > 0 ? output[this.next].at : (output[this.next - 1]?.at ?? 0);
  }

  /** To where nothing later than `at` is shown, as close before it as a copy was kept. @param {number} at */
  wind(at) {
    const copy = this.copies.findLast((kept) => kept.at <= at) ?? this.copies[0];
    if (this.shown <= at && copy.written <= this.written) return;
    this.next = copy.next;
    this.within = copy.within;
    this.written = copy.written;
    this.screen = copy.screen.copy();
  }

  /** @param {number} at @param {number} most characters @returns {boolean} whether all up to `at` is shown */
  advance(at, most) {
    const { output } = this.cast;
    for (let left = most; left > 0 && this.next < output.length && output[this.next].at <= at; ) {
      const { text } = output[this.next];
      const before = this.within;
      this.within = this.screen.write(text, before, left);
      left -= Math.max(1, this.within - before);
      this.written += this.within - before;
      if (this.within >= text.length) {
        this.next += 1;
        this.within = 0;
        this.keep();
      }
    }
    return this.next >= output.length || output[this.next].at > at;
  }

  keep() {
    const last = this.copies[this.copies.length - 1];
    if (this.written - last.written < EVERY || this.copies.length >= COPIES) return;
    const { next, within, written, screen } = this;
    this.copies.push({ next, within, written, at: this.shown, screen: screen.copy() });
  }

  /** When the next thing happens after `at`; the end of the recording where nothing does. */
  get upcoming() {
    return this.cast.output[this.next]?.at ?? this.cast.length;
  }
}
