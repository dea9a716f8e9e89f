// Cuts text into words, exactly as the index was made (src/search/words).

/** Scripts that are written without spaces: their words are bigrams. */
const DENSE =
  "\\u0E00-\\u0EFF\\u1000-\\u109F\\u1100-\\u11FF\\u1780-\\u17FF\\u3005-\\u3007\\u3031-\\u3035\\u3040-\\u318F\\u31A0-\\u31BF\\u31F0-\\u31FF\\u3400-\\u4DBF" +
  "\\u4E00-\\u9FFF\\uA960-\\uA97F\\uAC00-\\uD7FF\\uF900-\\uFAFF\\uFF66-\\uFFDC\\u{1B000}-\\u{1B16F}\\u{20000}-\\u{3FFFF}";

const RUN = /(?!\p{M})[\p{Alphabetic}\p{N}\p{M}]+(?:[-\u2010_.'\u2019][\p{Alphabetic}\p{N}\p{M}]+)*/gu;
const UNSPACED = new RegExp(`[${DENSE}]`, "u");
const MARK = /\p{M}/u;
const JOINT = /[-\u2010_.]/;
const ENDINGS = new Set(["s", "t", "d", "m", "ll", "re", "ve"]);
const LONGEST = 80;

/**
 * @callback Give
 * @param {string} word lower case; empty where a span gives no word
 * @param {number} start of the span
 * @param {number} end
 * @param {number} depth 0 for a whole, 1 for a part of it, 2 for a part of that
 */

/** @param {string} span */
function lower(span) {
  const word = /[^\0-\x7f]/.test(span) ? span.replace(/\u2010/g, "-").toLowerCase() : span.toLowerCase();
  return word.length <= LONGEST || (word.length <= 2 * LONGEST && [...word].length <= LONGEST) ? word : "";
}

/** @param {string} span */
const part = (span) => (/^[a-z]$/i.test(span) ? "" : lower(span));

/** The parts of `maxFeePerGas`; names with digits before letters are keys and the like where they are long. @param {string} piece */
function cases(piece) {
  if (!/.(?:[A-Z]|[^\0-\x7f])/u.test(piece) || !/^[\p{Alphabetic}\p{M}]/u.test(piece)) return [piece];
  if (/[^\p{Alphabetic}\p{M}].*[\p{Alphabetic}\p{M}]/u.test(piece) && [...piece].length > 32) return [piece];
  // In this order: a cut after the lowercase letter would hide from the other that letters follow it.
  return piece
    .replace(/\p{Uppercase}(?=\p{Uppercase}\p{Lowercase}[\p{Alphabetic}\p{M}])/gu, "$&\0")
    .replace(/(?:\p{Lowercase}|[^\p{Alphabetic}\p{M}\0])(?=\p{Uppercase})/gu, "$&\0")
    .split("\0");
}

/** A part of a piece; its letters and its digits, where digits end it. @param {string} one @param {string} before @param {number} at @param {number} depth @param {Give} give */
function counted(one, before, at, depth, give) {
  const end = at + one.length;
  const [, letters, digits] = /^([\p{Alphabetic}\p{M}]+)([^\p{Alphabetic}\p{M}]+)$/u.exec(one) ?? [];
  // `iPhone15`: one letter belongs to what follows.
  if (digits && /^[a-z]$/i.test(before)) give(lower(before + letters), at - 1, end - digits.length, depth);
  give(part(one), at, end, depth);
  if (!digits) return;
  give(part(letters), at, end - digits.length, depth + 1);
  if ([...digits].length > 1) give(lower(digits), end - digits.length, end, depth + 1);
}

/** @param {string} segment @param {number} start @param {Give} give */
function spaced(segment, start, give) {
  if (segment === "") return;
  give(lower(segment), start, start + segment.length, 0);
  const pieces = JOINT.test(segment) ? segment.split(JOINT) : [segment];
  const depth = pieces.length > 1 ? 1 : 0;
  for (const piece of pieces) {
    if (depth > 0) give(part(piece), start, start + piece.length, 1);
    const parts = cases(piece);
    let at = 0;
    for (const one of parts) {
      if (parts.length > 1) counted(one, piece.slice(0, at), start + at, depth + 1, give);
      at += one.length;
    }
    start += piece.length + 1;
  }
}

/** @param {string} stretch @param {number} start @param {Give} give */
function unspaced(stretch, start, give) {
  /** @type {string[]} */
  const clusters = [];
  for (const c of stretch) {
    if (clusters.length > 0 && MARK.test(c)) clusters[clusters.length - 1] += c;
    else clusters.push(c);
  }
  if (clusters.length === 1) give(lower(stretch), start, start + stretch.length, 0);
  for (let i = 1; i < clusters.length; i += 1) {
    const both = clusters[i - 1] + clusters[i];
    give(lower(both), start, start + both.length, 0);
    start += clusters[i - 1].length;
  }
}

/** Parts what is written without spaces from what is not. @param {string} segment @param {number} start @param {Give} give */
function parted(segment, start, give) {
  let at = 0;
  let from = 0;
  let dense = false;
  let before = "-";
  const flush = () => {
    const stretch = segment.slice(from, at);
    if (dense) return unspaced(stretch, start + from, give);
    spaced(stretch.replace(/^[-\u2010_.]|[-\u2010_.]$/g, ""), start + from + (JOINT.test(stretch[0] ?? "") ? 1 : 0), give);
  };
  for (const c of segment) {
    /** @type {boolean} */
    const now = !MARK.test(c) || JOINT.test(before) ? UNSPACED.test(c) : dense;
    if (now !== dense) {
      flush();
      from = at;
    }
    dense = now;
    before = c;
    at += c.length;
  }
  flush();
}

/** In NFKC, without what nobody sees in a word: places to break it, and how its letters join. @param {string} text */
export const normal = (text) => text.replace(/[\xAD\u200B-\u200D\u2060\uFEFF]/g, "").normalize("NFKC");

/** Gives the words of `text`, which must be `normal`. @param {string} text @param {Give} give */
export function each(text, give) {
  for (const run of text.matchAll(RUN)) {
    let start = run.index ?? 0;
    let first = true;
    for (const segment of run[0].split(/['\u2019]/)) {
      if (first || !ENDINGS.has(segment.toLowerCase())) {
        (UNSPACED.test(segment) ? parted : spaced)(segment, start, give);
      }
      first = false;
      start += segment.length + 1;
    }
  }
}

/** @param {string} text @returns {string[]} */
export function words(text) {
  /** @type {string[]} */
  const found = [];
  each(normal(text), (word) => word && found.push(word));
  return found;
}

/** A title as its words alone: two that differ in nothing else are the same. @param {string} title */
export function titleOf(title) {
  /** @type {string[]} */
  const found = [];
  each(title.normalize("NFKC"), (word, _start, _end, depth) => depth === 0 && word && found.push(word));
  return found.join(" ");
}

/** A word of a query with its parts: `last-call` is itself, or else `last` and `call`. @typedef {{ word: string, parts: Asked[] }} Asked */

/** @param {string} query @returns {Asked[]} */
export function asked(query) {
  /** @type {Asked} */
  const root = { word: "", parts: [] };
  each(normal(query), (word, _start, _end, depth) => {
    let into = root;
    for (let d = 0; d < depth; d += 1) into = into.parts[into.parts.length - 1];
    into.parts.push({ word, parts: [] });
  });
  return root.parts;
}

/** Whether a word is of a script without spaces. @param {string} word */
export const isDense = (word) => UNSPACED.test([...word][0] ?? "");

/** @type {Record<string, string>} */
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" };

/** Marks that people leave out and still mean the same word; й, ў and ї are letters of their own. */
const ACCENT =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: text is taken apart before, so that each mark stands for itself
  /(?<![иу][\u0300-\u0305\u0307-\u036F]*(?=\u0306)|і[\u0300-\u0307\u0309-\u036F]*(?=\u0308))(?=\p{M})[\u0300-\u036F\u0483-\u0487\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0711\u0730-\u074A\u08CA-\u08FF\u093C\u09BC\u0A3C\u0ABC\u0B3C\u0CBC\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]/gu;
/** The Devanagari nasals that an anusvara stands for. */
const NASAL =
  /\u0919\u094D(?=[\u0915-\u0918])|\u091E\u094D(?=[\u091A-\u091D])|\u0923\u094D(?=[\u091F-\u0922])|\u0928\u094D(?=[\u0924-\u0927])|\u092E\u094D(?=[\u092A-\u092D])/g;

/** A word without its accents. @param {string} word */
export function folded(word) {
  return word
    .normalize("NFD")
    .replace(ACCENT, "")
    .replace(NASAL, "\u0902")
    .replace(/[ßæœøđðþłı]/g, (letter) => PLAIN[letter])
    .normalize("NFC");
}

/** The order of code points, which is that of the files; JavaScript's own is that of UTF-16. @param {string} a @param {string} b */
export function compare(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x = (x + 0x2000) & 0xffff;
      y = (y + 0x2000) & 0xffff;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** Where `word` belongs: the last place in the sorted `list` that is not after it, or -1. @param {string[]} list @param {string} word */
export function placeOf(list, word) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(list[middle], word) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
