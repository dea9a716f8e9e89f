// A terminal's screen: a part of what xterm does, enough for what shells, editors and pagers write. It knows no page and no
// clock, and what it does for one character is bounded by the screen's size.

import { Grid } from "./grid.js";
import { Parser } from "./parser.js";
import { PLAIN, dipped } from "./pen.js";
import { width } from "./width.js";

/** @typedef {import("./pen.js").Pen} Pen */

/** The letters that the drawing set has lines for. */
const LINES = Object.freeze({
  "\u0060": "◆",
  a: "▒",
  f: "°",
  g: "±",
  j: "┘",
  k: "┐",
  l: "┌",
  m: "└",
  n: "┼",
  o: "⎺",
  p: "⎻",
  q: "─",
  r: "⎼",
  s: "⎽",
  t: "├",
  u: "┤",
  v: "┴",
  w: "┬",
  x: "│",
  y: "≤",
  z: "≥",
  "{": "π",
  "|": "≠",
  "}": "£",
  "~": "·",
});
const TAB = 8;
/** How many characters may join one: more is no writing of any language. */
const JOINED = 16;

export class Screen {
  /** @param {number} columns @param {number} rows */
  constructor(columns, rows) {
    this.columns = columns;
    this.rows = rows;
    this.parser = new Parser();
    this.grid = new Grid(columns, rows);
    /** The main screen while the other is shown. @type {Grid | undefined} */
    this.main = undefined;
    this.row = 0;
    this.column = 0;
    /** Whether the last column was written, so that the next character goes to the next line. */
    this.full = false;
    /** @type {Pen} */
    this.pen = PLAIN;
    this.top = 0;
    this.bottom = this.rows;
    this.cursor = true;
    this.wraps = true;
    this.inserts = false;
    this.origin = false;
    /** Which set G0 and G1 are, and which of them is in use. */
    this.draws = [false, false];
    this.set = 0;
    this.last = " ";
    this.saved = { row: 0, column: 0, pen: this.pen, draws: false };
  }

  /** As it was at first, but for which of the two screens is shown. */
  reset() {
    const { main, parser, grid } = this;
    grid.clearRows(0, this.rows, PLAIN);
    Object.assign(this, new Screen(this.columns, this.rows), { main, parser, grid });
  }

  /** To go on from. */
  copy() {
    const copy = Object.assign(new Screen(this.columns, this.rows), this);
    copy.parser = this.parser.copy();
    copy.grid = this.grid.copy();
    copy.main = this.main?.copy();
    copy.draws = [...this.draws];
    return copy;
  }

  /** @param {string} text @param {number} [from] @param {number} [most] how many characters @returns {number} up to where it was written */
  write(text, from = 0, most = Infinity) {
    let at = from;
    for (let count = 0; at < text.length && count < most; count += 1) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      this.parser.take(character, this);
      at += character.length;
    }
    return at;
  }

  /** What it shows, as text. */
  text() {
    return Array.from({ length: this.rows }, (_, row) => this.grid.text(row))
      .join("\n")
      .trimEnd();
  }

  /** @param {string} character */
  print(character) {
    const shown = this.draws[this.set] ? (Object.hasOwn(LINES, character) ? LINES[/** @type {keyof LINES} */ (character)] : character) : character;
    const cells = Math.min(width(shown), this.columns);
    if (cells === 0) return this.join(shown);
    if (this.wraps && (this.full || this.column + cells > this.columns)) {
      this.column = 0;
      this.feed();
    }
    this.full = false;
    this.column = Math.min(this.column, this.columns - cells);
    if (this.inserts) this.grid.shift(this.row, this.column, cells);
    this.grid.put(this.row, this.column, { text: shown, pen: this.pen });
    if (cells === 2) this.grid.put(this.row, this.column + 1, { text: "", pen: this.pen });
    this.last = shown;
    this.column += cells;
    if (this.column < this.columns) return undefined;
    this.column = this.columns - 1;
    this.full = this.wraps;
    return undefined;
  }

  /** @param {string} character */
  join(character) {
    let column = this.full ? this.column : this.column - 1;
    if (this.grid.at(this.row, column).text === "") column -= 1;
    const cell = this.grid.at(this.row, column);
    if (column < 0 || cell.text.length >= JOINED) return;
    const line = this.grid.lines[this.row];
    line[column] = { text: cell.text + character, pen: cell.pen };
    this.grid.changed.add(this.row);
  }

  /** @param {number} code */
  control(code) {
    if (code === 0x08) this.move(this.row, this.column - 1);
    else if (code === 0x09) this.move(this.row, (Math.floor(this.column / TAB) + 1) * TAB);
    else if (code >= 0x0a && code <= 0x0c) this.feed();
    else if (code === 0x0d) this.move(this.row, 0);
    else if (code === 0x0e || code === 0x0f) this.set = 0x0f - code;
  }

  /** To the next line, which at the end of the region makes room. */
  feed() {
    this.full = false;
    if (this.row === this.bottom - 1) this.grid.scroll(this.top, this.bottom, 1, this.pen);
    else this.row = Math.min(this.row + 1, this.rows - 1);
  }

  /** @param {number} row @param {number} column */
  move(row, column) {
    this.row = Math.min(Math.max(row, 0), this.rows - 1);
    this.column = Math.min(Math.max(column, 0), this.columns - 1);
    this.full = false;
  }

  /** Within the region, where the cursor is in it. @param {number} by */
  vertical(by) {
    const inside = this.row >= this.top && this.row < this.bottom;
    const [first, last] = inside ? [this.top, this.bottom - 1] : [0, this.rows - 1];
    this.move(Math.min(Math.max(this.row + by, first), last), this.column);
  }

  save() {
    this.saved = { row: this.row, column: this.column, pen: this.pen, draws: this.draws[0] };
  }

  restore() {
    this.move(this.saved.row, this.saved.column);
    this.pen = this.saved.pen;
    this.draws[0] = this.saved.draws;
  }

  /** @param {string} kind @param {string} final */
  escape(kind, final) {
    if (kind === "(" || kind === ")") this.draws[kind === "(" ? 0 : 1] = final === "0";
    else if (kind !== "") return;
    else if (final === "7") this.save();
    else if (final === "8") this.restore();
    else if (final === "c") {
      this.alternate(false);
      this.reset();
    } else if (final === "D" || final === "E") {
      if (final === "E") this.column = 0;
      this.feed();
    } else if (final === "M") {
      if (this.row === this.top) this.grid.scroll(this.top, this.bottom, -1, this.pen);
      else this.vertical(-1);
    }
  }

  /** @param {string} mark @param {number[]} numbers @param {string} final */
  sequence(mark, numbers, final) {
    if (mark === "?" && (final === "h" || final === "l")) numbers.forEach((mode) => this.mode(mode, final === "h"));
    else if (mark === "!" && final === "p") this.reset();
    else if (mark === "") this.plain(numbers, final);
  }

  /** @param {number[]} numbers @param {string} final */
  plain(numbers, final) {
    const first = numbers[0] ?? 0;
    const count = Math.max(1, first);
    const { row, column } = this;
    switch (final) {
      case "A":
        return this.vertical(-count);
      case "B":
      case "e":
        return this.vertical(count);
      case "C":
      case "a":
        return this.move(row, column + count);
      case "D":
        return this.move(row, column - count);
      case "E":
        this.column = 0;
        return this.vertical(count);
      case "F":
        this.column = 0;
        return this.vertical(-count);
      case "G":
      case "\u0060":
        return this.move(row, count - 1);
      case "H":
      case "f":
        return this.move((this.origin ? this.top : 0) + count - 1, Math.max(1, numbers[1] ?? 1) - 1);
      case "d":
        return this.move((this.origin ? this.top : 0) + count - 1, column);
      case "I":
        return this.move(row, (Math.floor(column / TAB) + count) * TAB);
      case "Z":
        return this.move(row, (Math.ceil(column / TAB) - count) * TAB);
      case "h":
      case "l":
        if (first === 4) this.inserts = final === "h";
        return undefined;
      case "m":
        this.pen = dipped(this.pen, numbers);
        return undefined;
      case "r":
        return this.region(count, numbers[1] ?? 0);
      case "s":
        return this.save();
      case "u":
        return this.restore();
      case "b":
        for (let n = Math.min(count, this.columns); n > 0; n -= 1) this.print(this.last);
        return undefined;
      default:
        return this.edit(first, count, final);
    }
  }

  /** What changes cells. @param {number} kind @param {number} count @param {string} final */
  edit(kind, count, final) {
    const { grid, row, column, columns, pen } = this;
    const inside = row >= this.top && row < this.bottom;
    this.full = false;
    if (final === "J") this.erase(kind);
    else if (final === "K") grid.clear(row, kind === 0 ? column : 0, kind === 1 ? column + 1 : columns, pen);
    else if (final === "X") grid.clear(row, column, Math.min(columns, column + count), pen);
    else if (final === "@") grid.shift(row, column, count);
    else if (final === "P") grid.shift(row, column, -count);
    else if (final === "S") grid.scroll(this.top, this.bottom, count, pen);
    else if (final === "T") grid.scroll(this.top, this.bottom, -count, pen);
    else if (final === "L" && inside) grid.scroll(row, this.bottom, -count, pen);
    else if (final === "M" && inside) grid.scroll(row, this.bottom, count, pen);
  }

  /** @param {number} kind of what part of the screen */
  erase(kind) {
    const { grid, row, column, columns, pen } = this;
    if (kind === 0) {
      grid.clear(row, column, columns, pen);
      grid.clearRows(row + 1, this.rows, pen);
    } else if (kind === 1) {
      grid.clearRows(0, row, pen);
      grid.clear(row, 0, column + 1, pen);
    } else if (kind === 2 || kind === 3) grid.clearRows(0, this.rows, pen);
  }

  /** Rows are counted from 1. @param {number} first @param {number} last 0 is the last of the screen */
  region(first, last) {
    const bottom = Math.min(last === 0 ? this.rows : last, this.rows);
    if (first >= bottom) return;
    this.top = first - 1;
    this.bottom = bottom;
    this.move(this.origin ? this.top : 0, 0);
  }

  /** @param {number} mode @param {boolean} on */
  mode(mode, on) {
    if (mode === 6) {
      this.origin = on;
      this.move(on ? this.top : 0, 0);
    } else if (mode === 7) this.wraps = on;
    else if (mode === 25) this.cursor = on;
    else if (mode === 47 || mode === 1047) this.alternate(on);
    else if (mode === 1049) {
      if (on) this.save();
      this.alternate(on);
      if (!on) this.restore();
    }
  }

  /** @param {boolean} on */
  alternate(on) {
    if (on === (this.main !== undefined)) return;
    const { main } = this;
    this.main = on ? this.grid : undefined;
    this.grid = main && !on ? main : new Grid(this.columns, this.rows);
    this.grid.touchAll();
  }
}
