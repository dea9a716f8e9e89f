// How characters of a terminal look: colours and weights, as SGR sequences set them (ECMA-48, and xterm's colours).

/**
 * A colour: 0 to 15 by name, else `#rrggbb`.
 * @typedef {number | string} Colour
 *
 * @typedef {object} Pen
 * @property {Colour} [fg]
 * @property {Colour} [bg]
 * @property {boolean} [bold]
 * @property {boolean} [faint]
 * @property {boolean} [italic]
 * @property {boolean} [underline]
 * @property {boolean} [inverse]
 * @property {boolean} [hidden]
 * @property {boolean} [strike]
 */

/** @type {Pen} */
export const PLAIN = Object.freeze({});

/** @type {Record<number, Pen>} what one number sets */
const SETS = {
  1: { bold: true },
  2: { faint: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  8: { hidden: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, faint: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  28: { hidden: false },
  29: { strike: false },
  39: { fg: undefined },
  49: { bg: undefined },
};

/** @param {number} value 0 to 255 */
const hex = (value) =>
  Math.min(255, Math.max(0, value | 0))
    .toString(16)
    .padStart(2, "0");

/** One of 256 colours: 16 names, a cube of 6, and 24 greys. @param {number} index @returns {Colour | undefined} */
function indexed(index) {
  if (!(index >= 0 && index < 256)) return undefined;
  if (index < 16) return index;
  if (index >= 232) return `#${hex(8 + (index - 232) * 10).repeat(3)}`;
  const cube = index - 16;
  const level = (/** @type {number} */ at) => hex(at === 0 ? 0 : 55 + at * 40);
  return `#${level(Math.floor(cube / 36))}${level(Math.floor(cube / 6) % 6)}${level(cube % 6)}`;
}

/**
 * The colour that follows a 38 or 48.
 * @param {number[]} numbers @param {number} at where the form of it stands @returns {{ colour: Colour | undefined, used: number }}
 */
function extended(numbers, at) {
  if (numbers[at] === 5) return { colour: indexed(numbers[at + 1] ?? -1), used: 2 };
  if (numbers[at] !== 2) return { colour: undefined, used: 1 };
  const [red = 0, green = 0, blue = 0] = numbers.slice(at + 1, at + 4);
  return { colour: `#${hex(red)}${hex(green)}${hex(blue)}`, used: 4 };
}

/** @param {Pen} pen @param {number[]} numbers of the sequence; none is a reset @returns {Pen} */
export function dipped(pen, numbers) {
  /** @type {Pen} */
  let next = { ...pen };
  for (let at = 0; at < Math.max(1, numbers.length); at += 1) {
    const number = numbers[at] ?? 0;
    if (number === 0) next = {};
    else if (number === 38 || number === 48) {
      const { colour, used } = extended(numbers, at + 1);
      next[number === 38 ? "fg" : "bg"] = colour;
      at += used;
    } else if (number >= 30 && number <= 37) next.fg = number - 30;
    else if (number >= 40 && number <= 47) next.bg = number - 40;
    else if (number >= 90 && number <= 97) next.fg = number - 82;
    else if (number >= 100 && number <= 107) next.bg = number - 92;
    else Object.assign(next, SETS[number]);
  }
  return next;
}
