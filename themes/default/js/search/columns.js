// Reads columns of numbers, which are written as text (src/search/columns.rs).

/** @typedef {{ start: Int32Array, of: Int32Array }} Rows row `i` has the numbers from `start[i]` to before `start[i + 1]` */

/** Digits below this end a number. */
const LAST = 40;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const WORTH = new Int8Array(128).fill(-1);
for (let i = 0; i < DIGITS.length; i += 1) WORTH[DIGITS.charCodeAt(i)] = i;

/** @param {string} text @returns {Int32Array} */
export function numbers(text) {
  const found = new Int32Array(text.length);
  let many = 0;
  let number = 0;
  let worth = 1;
  for (let i = 0; i < text.length; i += 1) {
    const digit = WORTH[text.charCodeAt(i)] ?? -1;
    number += digit * worth;
    if (digit < 0 || number >= 2 ** 31) throw new RangeError("not a number");
    if (digit >= LAST) {
      worth *= DIGITS.length - LAST;
      continue;
    }
    found[many] = number;
    many += 1;
    number = 0;
    worth = 1;
  }
  return found.slice(0, many);
}

/** @param {string} text @param {number} many rows @returns {Rows} */
export function rows(text, many) {
  const all = numbers(text);
  const start = new Int32Array(many + 1);
  for (let i = 0; i < many; i += 1) start[i + 1] = start[i] + all[i];
  const of = all.slice(many);
  if (of.length !== start[many]) throw new RangeError("rows of another length");
  for (let i = 0; i < many; i += 1) for (let at = start[i] + 1; at < start[i + 1]; at += 1) of[at] += of[at - 1] + 1;
  return { start, of };
}
