// The cells of a terminal's screen, line by line. Lines are made when something stands in them, so that clearing and
// scrolling cost next to nothing.

import { PLAIN } from "./pen.js";

/** @typedef {import("./pen.js").Pen} Pen */

/**
 * A cell; the second half of a wide character is empty text.
 * @typedef {object} Cell
 * @property {string} text
 * @property {Pen} pen
 */

/** @type {Cell} */
const BLANK = Object.freeze({ text: " ", pen: PLAIN });

/** A line; what it doesn't have is blank. @typedef {(Cell | undefined)[]} Line */

export class Grid {
  /** @param {number} columns @param {number} rows */
  constructor(columns, rows) {
    this.columns = columns;
    this.rows = rows;
    /** @type {Line[]} */
    this.lines = Array.from({ length: rows }, () => []);
    /** Lines that are not what they were when this was last emptied. @type {Set<number>} */
    this.changed = new Set();
    this.touchAll();
  }

  /** To go on from, with all of it counted as changed. */
  copy() {
    const copy = new Grid(this.columns, this.rows);
    copy.lines = this.lines.map((line) => line.slice());
    return copy;
  }

  touchAll() {
    for (let row = 0; row < this.rows; row += 1) this.changed.add(row);
  }

  /** @param {number} row @param {number} column @returns {Cell} */
  at(row, column) {
    return this.lines[row]?.[column] ?? BLANK;
  }

  /** @param {number} row @param {number} column @param {Cell | undefined} cell */
  put(row, column, cell) {
    const line = this.lines[row];
    if (!line) return;
    this.mend(line, column, cell);
    line[column] = cell;
    this.changed.add(row);
  }

  /** What is left of a wide character half of which is overwritten is blank. @param {Line} line @param {number} column @param {Cell | undefined} cell */
  mend(line, column, cell) {
    if (line[column]?.text === "" && cell?.text !== "") line[column - 1] = undefined;
    if (line[column + 1]?.text === "" && cell) line[column + 1] = undefined;
  }

  /** Blanks cells of a row in the pen's background. @param {number} row @param {number} from @param {number} to @param {Pen} pen */
  clear(row, from, to, pen) {
    const line = this.lines[row];
    if (!line) return;
    this.changed.add(row);
    const cell = pen.bg === undefined ? undefined : { text: " ", pen: { bg: pen.bg } };
    if (line[from]?.text === "") line[from - 1] = undefined;
    if (line[to]?.text === "") line[to] = undefined;
    if (cell === undefined && to >= line.length) line.length = Math.min(line.length, from);
    else for (let column = from; column < Math.min(to, this.columns); column += 1) line[column] = cell;
  }

  /** Whole rows. @param {number} from @param {number} to @param {Pen} pen */
  clearRows(from, to, pen) {
    for (let row = from; row < to; row += 1) this.clear(row, 0, this.columns, pen);
  }

  /**
   * Moves the rows between `top` and `bottom` up by `by`, or down where that is less than nothing.
   * @param {number} top @param {number} bottom after the last @param {number} by @param {Pen} pen
   */
  scroll(top, bottom, by, pen) {
    const count = Math.min(Math.abs(by), bottom - top);
    if (count <= 0) return;
    const fresh = Array.from({ length: count }, () => /** @type {Line} */ ([]));
    const moved = this.lines.slice(top, bottom);
    const kept = by > 0 ? [...moved.slice(count), ...fresh] : [...fresh, ...moved.slice(0, -count)];
    this.lines.splice(top, bottom - top, ...kept);
    for (let row = top; row < bottom; row += 1) this.changed.add(row);
    if (pen.bg === undefined) return;
    if (by > 0) this.clearRows(bottom - count, bottom, pen);
    else this.clearRows(top, top + count, pen);
  }

  /** Moves what follows in a row to the right by `by`, or to the left where that is less than nothing. @param {number} row @param {number} column @param {number} by */
  shift(row, column, by) {
    const line = this.lines[row];
    if (!line || line.length <= column) return;
    const count = Math.min(Math.abs(by), this.columns - column);
    if (by > 0) line.splice(column, 0, ...Array.from({ length: count }, () => undefined));
    else line.splice(column, count);
    line.length = Math.min(line.length, this.columns);
    this.changed.add(row);
  }

  /** @param {number} row @returns {string} its text without what is blank at its end */
  text(row) {
    let text = "";
    for (let column = 0; column < this.columns; column += 1) text += this.at(row, column).text;
    return text.trimEnd();
  }
}
