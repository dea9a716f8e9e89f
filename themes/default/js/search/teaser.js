// What a hit shows of its text: the densest place, with the words marked.

import { each, normal } from "./words.js";

const WORDS = 30;
const LETTERS = 360;
/** Longer sections are looked at up to here. */
const LONGEST = 50000;

/**
 * A word in a text: its span, and which of the query's words it is, -1 for none.
 * @typedef {{ start: number, end: number, word: number, form: string }} Spot
 */

/**
 * All words of `text` that stand in it as a whole, with those of the query known.
 * @param {string} text @param {Map<string, number>} forms @returns {{ text: string, spots: Spot[] }}
 */
export function spotted(text, forms) {
  // Other forms of letters are shown as the ones that they stand for, so that spans fit.
  const plain = normal(text.slice(0, LONGEST));
  /** @type {Spot[]} */
  const spots = [];
  each(plain, (form, start, end, depth) => {
    const word = forms.get(form) ?? -1;
    const last = spots[spots.length - 1];
    // A part of what is marked already, or two letters of Chinese that overlap.
    if (last && last.word >= 0 && start < last.end) {
      if (word >= 0) last.end = Math.max(last.end, end);
    } else if (depth === 0 || word >= 0) {
      if (last && last.word < 0 && last.end > start) last.end = start;
      spots.push({ start, end, word, form });
    }
  });
  return { text: plain, spots };
}

/** How close the query's words stand in a text: 1 side by side, 0 when at most one is there. @param {Spot[]} spots @param {number} words */
export function nearness(spots, words) {
  const marked = spots.flatMap(({ word }, at) => (word < 0 ? [] : [{ word, at }]));
  const kinds = new Set(marked.map(({ word }) => word)).size;
  if (kinds < 2) return 0;
  const seen = new Array(words).fill(0);
  let distinct = 0;
  let best = Infinity;
  let first = 0;
  for (const { word, at } of marked) {
    if (seen[word]++ === 0) distinct += 1;
    while (distinct === kinds) {
      best = Math.min(best, at - marked[first].at);
      if (--seen[marked[first].word] === 0) distinct -= 1;
      first += 1;
    }
  }
  return ((kinds - 1) / (words - 1)) * ((kinds - 1) / Math.max(best, kinds - 1)) ** 0.5;
}

/** How much of the query's weight stands in a text as it was typed, 0 to 1. @param {Spot[]} spots @param {Set<string>} typed @param {number[]} weights */
export function asTyped(spots, typed, weights) {
  const seen = new Set();
  for (const { word, form } of spots) if (word >= 0 && typed.has(form)) seen.add(word);
  return weights.reduce((sum, weight, word) => sum + (seen.has(word) ? weight : 0), 0) / (weights.reduce((a, b) => a + b, 0) || 1);
}

/** Which part of some pairs of words stands in a text side by side, as in a compound. @param {string} text @param {Spot[]} spots @param {(readonly [number, number])[]} pairs */
export function adjacent(text, spots, pairs) {
  const stands = (/** @type {readonly [number, number]} */ [a, b]) =>
    spots.some(({ word, start }, i) => {
      const before = spots[i - 1];
      return word === b && before?.word === a && start - before.end < 2 && !/\s/.test(text.slice(before.end, start));
    });
  return pairs.length === 0 ? 0 : pairs.filter(stands).length / pairs.length;
}

/** Where the window of `WORDS` words with the most of the query begins and ends. @param {Spot[]} spots @param {number[]} weights */
function densest(spots, weights) {
  const seen = new Array(weights.length).fill(0);
  let value = 0;
  let best = { value: 0, from: 0 };
  let from = 0;
  spots.forEach(({ word }, at) => {
    for (; from <= at - WORDS; from += 1) {
      const gone = spots[from].word;
      if (gone >= 0) value -= --seen[gone] === 0 ? weights[gone] : weights[gone] / 20;
    }
    if (word < 0) return;
    value += seen[word]++ === 0 ? weights[word] : weights[word] / 20;
    if (value > best.value + 1e-9) {
      let lead = from;
      while (spots[lead].word < 0) lead += 1;
      best = { value, from: lead };
    }
  });
  return best.from;
}

/**
 * About thirty words around the densest place.
 * @param {{ text: string, spots: Spot[] }} from @param {number[]} weights of the query's words
 * @returns {{ text: string, mark: boolean }[]}
 */
export function teaser({ text, spots }, weights) {
  if (spots.length === 0) return text === "" ? [] : [{ text: text.trim().slice(0, 200), mark: false }];
  const first = densest(spots, weights);
  let from = Math.max(0, Math.min(first - 6, spots.length - WORDS));
  // Begin with a sentence where one begins shortly before.
  for (let at = first; at >= Math.max(0, first - 12); at -= 1) {
    const gap = at === 0 ? "\n" : text.slice(spots[at - 1].end, spots[at].start);
    if (/[.!?:;]\s|\n|[。！？]/.test(gap)) {
      from = at;
      break;
    }
  }
  if (spots[first].start - spots[from].start > LETTERS / 2) from = first;
  let to = Math.min(from + WORDS, spots.length) - 1;
  while (to > first && spots[to].end - spots[from].start > LETTERS) to -= 1;
  const start = from === 0 ? 0 : spots[from].start;
  const end = to === spots.length - 1 ? text.length : spots[to].end;
  /** @type {{ text: string, mark: boolean }[]} */
  const out = [];
  const give = (/** @type {string} */ piece, mark = false) => piece && out.push({ text: piece.replace(/\s+/g, " "), mark });
  if (start > 0) give("… ");
  // What stands between two words may be long where it isn't words.
  const between = (/** @type {string} */ piece) => (piece.length > 300 ? `${piece.slice(0, 150)} … ${piece.slice(-150)}` : piece);
  let done = start;
  for (let at = from; at <= to; at += 1) {
    if (spots[at].word < 0) continue;
    give(between(text.slice(done, spots[at].start)));
    give(text.slice(spots[at].start, spots[at].end), true);
    done = spots[at].end;
  }
  give(between(text.slice(done, end)).trimEnd());
  if (end < text.length) give(" …");
  return out;
}
