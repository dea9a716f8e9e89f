// A terminal's screen on the page: a line of text for each row, with a span for each run of one look. Text can be selected.

import { element } from "../../lib/element.js";
import { PLAIN } from "./pen.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./screen.js").Screen} Screen */

const WEIGHTS = /** @type {const} */ (["bold", "faint", "italic", "underline", "hidden", "strike"]);

/** @param {HTMLElement} span @param {"fg" | "bg"} side @param {import("./pen.js").Colour | undefined} colour @param {string} usual */
function colour(span, side, colour, usual) {
  if (typeof colour === "string") span.style[side === "fg" ? "color" : "backgroundColor"] = colour;
  else if (colour !== undefined) span.classList.add(`${side}-${colour}`);
  else if (usual !== "") span.classList.add(usual);
}

/** @param {string} text @param {Pen} pen @param {boolean} cursor */
function run(text, pen, cursor) {
  if (pen === PLAIN && !cursor) return text;
  const span = element("span", {}, text);
  const inverse = (pen.inverse ?? false) !== cursor;
  // Bold text in one of the first eight colours is bright, as terminals have it.
  const fg = typeof pen.fg === "number" && pen.fg < 8 && pen.bold ? pen.fg + 8 : pen.fg;
  colour(span, "fg", inverse ? pen.bg : fg, inverse ? "fg-paper" : "");
  colour(span, "bg", inverse ? fg : pen.bg, inverse ? "bg-ink" : "");
  for (const weight of WEIGHTS) if (pen[weight]) span.classList.add(`is-${weight}`);
  return span;
}

/** @param {Screen} screen @param {number} row @returns {(HTMLElement | string)[]} */
function line(screen, row) {
  const { grid } = screen;
  const cursor = screen.cursor && screen.row === row ? screen.column : -1;
  const last = Math.max(grid.lines[row]?.length ?? 0, cursor + 1);
  const runs = [];
  let text = "";
  let pen = PLAIN;
  const end = () => {
    if (text !== "") runs.push(run(text, pen, false));
    text = "";
  };
  for (let column = 0; column < last; column += 1) {
    const cell = grid.at(row, column);
    if (column === cursor) {
      end();
      runs.push(run(cell.text === "" ? " " : cell.text, cell.pen, true));
    } else {
      if (cell.pen !== pen) end();
      pen = cell.pen;
      text += cell.text;
    }
  }
  end();
  return runs;
}

export class Painter {
  /** @param {HTMLElement} into @param {number} rows */
  constructor(into, rows) {
    this.rows = Array.from({ length: rows }, () => element("div", { class: "terminal-row" }));
    into.replaceChildren(...this.rows);
    /** @type {Screen["grid"] | undefined} */
    this.grid = undefined;
    this.cursor = -1;
  }

  /** Draws what has changed. @param {Screen} screen */
  paint(screen) {
    const { grid } = screen;
    if (this.grid !== grid) grid.touchAll();
    // Where the cursor was, and where it is.
    for (const row of [this.cursor, screen.row]) if (this.rows[row]) grid.changed.add(row);
    for (const row of grid.changed) this.rows[row]?.replaceChildren(...line(screen, row), "\n");
    grid.changed.clear();
    this.grid = grid;
    this.cursor = screen.row;
  }
}
