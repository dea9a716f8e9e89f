// Finds the words that a misspelt word may have meant. A file of them is for one end of words, or for their middle: two
// edits leave at least one of these as it was.

/** @typedef {{ form: string, use: number }} Spelt `use`: how many pages have its token, as a power of two */
/** @typedef {Spelt & { edits: number }} Near */

/** Letters that the keys of a file have in common with the word. */
const KEY = { begin: 3, end: 4, middle: 2 };

/** Words of so many letters are short, and so many are few. */
const SHORT = 5;
const FEW = 6;

/** How many edits are allowed. @param {number} length in letters */
export const edits = (length) => (length < 3 ? 0 : length < 4 ? 1 : 2);

/** Reads a file: its forms. @param {string} text @returns {Spelt[]} */
export function spelt(text) {
  const lines = text.split("\n");
  const many = lines.length - 2;
  // Whatever else a server may send in its place doesn't begin with the number of its lines.
  if (lines[0] !== String(many) || lines[many + 1] !== "") throw new RangeError("not a file of spellings");
  /** @type {string[]} */
  const key = [];
  return lines.slice(1, -1).map((line) => {
    const shared = parseInt(line[0], 36);
    if (!(shared <= key.length)) throw new RangeError("broken");
    key.length = shared;
    key.push(...line.slice(2));
    return { form: formOf(key), use: Number(line[1]) };
  });
}

/** @param {string[]} key */
function formOf([kind, ...letters]) {
  if (kind === "e") letters.reverse();
  const [last, first = ""] = letters.join("").split(".");
  return first + last;
}

/**
 * What the keys begin with of words that may be near, in files that leave out none of one edit; or further ones for two.
 * @param {string} word @param {boolean} further @returns {string[]}
 */
export function keys(word, further) {
  const letters = [...word];
  const half = letters.length >> 1;
  const of = (/** @type {string} */ kind, /** @type {string[]} */ from, /** @type {number} */ many) => kind + from.slice(0, many).join("");
  if (further) return half < 3 ? [] : [half - 2, half - 1, half].map((from) => of("m", letters.slice(from), KEY.middle));
  const [begin, end] = [Math.min(KEY.begin, half), Math.min(KEY.end, letters.length - half)];
  const found = [of("b", letters, begin), of("e", [...letters].reverse(), end)];
  // A swap of the last letter of the one with the first of the other leaves neither.
  if (begin + end === letters.length) {
    [letters[half - 1], letters[half]] = [letters[half], letters[half - 1]];
    found.push(of("b", letters, begin));
  }
  return found;
}

/**
 * The forms within `most` edits: insertion, deletion, substitution, two neighbours swapped. The digits of a word stay what they are.
 * @param {Spelt[]} forms @param {string} wanted @param {number} most @returns {Near[]}
 */
export function near(forms, wanted, most) {
  const word = [...wanted];
  const digits = wanted.replace(/\D/g, "");
  /** @type {Map<string, Near>} */
  const found = new Map();
  for (const { form, use } of forms) {
    if (Math.abs(form.length - wanted.length) > most + 2 || found.has(form) || form.replace(/\D/g, "") !== digits) continue;
    const distance = between([...form], word, most);
    if (distance > 0 && distance <= most) found.set(form, { form, use, edits: distance });
  }
  return [...found.values()];
}

/**
 * Without those of two edits of a short word, unless they begin like it and there are few: anything is near to a short word.
 * @param {Near[]} found @param {string} word
 */
export function likely(found, word) {
  const [first, ...more] = word;
  if (more.length >= SHORT) return found;
  const far = found.filter(({ form, edits }) => edits > 1 && form.startsWith(first));
  return found.filter(({ edits }) => edits < 2).concat(far.length > FEW ? [] : far);
}

/** Edits between two words, or more than `most`. @param {string[]} a @param {string[]} b @param {number} most */
function between(a, b, most) {
  /** @type {number[]} */
  let older = [];
  let above = b.map((_, i) => i);
  above.push(b.length);
  for (let j = 1; j <= a.length; j += 1) {
    const row = [j];
    let least = j;
    for (let i = 1; i <= b.length; i += 1) {
      let cost = Math.min(above[i] + 1, row[i - 1] + 1, above[i - 1] + (a[j - 1] === b[i - 1] ? 0 : 1));
      if (j > 1 && i > 1 && a[j - 1] === b[i - 2] && a[j - 2] === b[i - 1]) cost = Math.min(cost, older[i - 2] + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    // A swap with the next letter starts from the row above.
    if (least > most && Math.min(...above) >= most) return most + 1;
    older = above;
    above = row;
  }
  return above[b.length];
}
