// Reads one file of words: its dictionary at once, posting lists when they are asked for.

import { compare } from "./words.js";

/** The fields, in the order of their bits. */
export const FIELDS = ["title", "number", "headings", "about", "body"];
const HEADINGS = 2;
const BODY = 4;

/**
 * The places of a token in one field. Entry `i` of `pages` (indexes of the table, ascending) has the entries
 * `start[i]` to `start[i + 1]` of the others: one for each section, or one for the page.
 * @typedef {{ pages: number[], start: number[], section: number[], count: number[], length: number[], below: number[] }} Postings
 */

/** @param {string} [what] @returns {never} */
function broken(what = "broken") {
  throw new RangeError(what);
}

/** Bits, most significant first. */
class Bits {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.end = bytes.length * 8;
    this.at = 0;
  }

  /** The next 25 bits or more at the top of 32. */
  peek() {
    const { bytes, at } = this;
    const i = at >> 3;
    return ((bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3]) << (at & 7);
  }

  /** @param {number} n at most 24 */
  take(n) {
    const value = n === 0 ? 0 : this.peek() >>> (32 - n);
    this.at += n;
    if (this.at > this.end) broken();
    return value;
  }

  gamma() {
    const zeros = Math.clz32(this.peek());
    if (zeros > 23) broken();
    this.at += zeros;
    return this.take(zeros + 1);
  }

  /** @param {number} k */
  rice(k) {
    let high = 0;
    while (this.take(1) === 1) high += 1;
    return high * 2 ** k + (k > 24 ? broken() : this.take(k));
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {number} field
 * @param {Int32Array} place the table's index of a page by its id, -1 for none
 * @returns {Postings}
 */
function decode(bytes, field, place) {
  const bits = new Bits(bytes);
  const sections = field === HEADINGS || field === BODY;
  /** @type {Postings} */
  const out = { pages: [], start: [0], section: [], count: [], length: [], below: [] };
  const { section, count, length, below } = out;
  const pages = bits.gamma();
  const k = bits.take(5);
  let id = -1;
  for (let i = 0; i < pages; i += 1) {
    id += bits.rice(k) + 1;
    const page = place[id] ?? -1;
    if (page < 0) broken();
    out.pages.push(page);
    let ordinal = -1;
    for (let left = sections ? bits.gamma() : 1; left > 0; left -= 1) {
      ordinal += sections ? bits.gamma() : 1;
      section.push(ordinal);
      count.push(bits.gamma());
      length.push(bits.take(3));
      below.push(field === HEADINGS ? bits.gamma() - 1 : 0);
    }
    out.start.push(section.length);
  }
  return out;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

export class Shard {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    /** In the order of code points. @type {string[]} */
    this.words = [];
    /** @type {Map<string, number>} */
    this.places = new Map();
    /** @type {number[]} */
    this.flags = [];
    /** By place: the tokens that a form stands for beside itself. @type {Map<number, string[]>} */
    this.others = new Map();
    /** By place: where its first posting list starts, and all lengths. @type {number[]} */
    this.starts = [];
    /** @type {number[][]} */
    this.lengths = [];
    /** @type {Map<number, Postings>} */
    this.decoded = new Map();
    /** By token; made when first asked for. @type {Map<string, string[]> | null} */
    this.forms = null;
    /** Where the posting lists begin. */
    this.base = this.read();
  }

  read() {
    const { bytes, words } = this;
    let at = 0;
    const number = () => {
      let value = 0;
      for (let shift = 1; ; shift *= 128) {
        const byte = at < bytes.length ? bytes[at] : broken();
        at += 1;
        value += (byte & 127) * shift;
        if (byte < 128) return value;
        if (shift > 2 ** 28) broken();
      }
    };
    /** @type {{ text: string, raw: Uint8Array | null }} the raw bytes where they aren't ASCII */
    let before = { text: "", raw: null };
    const text = () => {
      const shared = number();
      const length = number();
      const end = at + length;
      if (end > bytes.length || shared > (before.raw ?? before.text).length) broken();
      let plain = before.raw === null;
      let rest = "";
      for (let i = at; plain && i < end; i += 1) {
        if (bytes[i] > 127) plain = false;
        else rest += String.fromCharCode(bytes[i]);
      }
      if (plain) {
        at = end;
        return { text: before.text.slice(0, shared) + rest, raw: null };
      }
      const raw = new Uint8Array(shared + length);
      const old = before.raw ?? Uint8Array.from(before.text, (c) => c.charCodeAt(0));
      raw.set(old.subarray(0, shared));
      raw.set(bytes.subarray(at, end), shared);
      at = end;
      const whole = UTF8.decode(raw);
      return { text: whole, raw: whole.length === raw.length ? null : raw };
    };
    const many = number();
    if (many > bytes.length) broken();
    let postings = 0;
    for (let i = 0; i < many; i += 1) {
      before = text();
      words.push(before.text);
      this.places.set(before.text, i);
      const flags = at < bytes.length ? bytes[at] : broken();
      at += 1;
      this.flags.push(flags);
      if (flags > 63) this.others.set(i, Array.from({ length: flags >> 6 }, () => text().text));
      const lengths = [];
      for (let field = 0; field < FIELDS.length; field += 1) lengths.push((flags >> field) & 1 ? number() : 0);
      this.lengths.push(lengths);
      this.starts.push(postings);
      for (const length of lengths) postings += length;
    }
    return at + postings > bytes.length ? broken() : at;
  }

  /** The tokens that the form at `place` stands for. @param {number} place @returns {string[]} */
  tokens(place) {
    const others = this.others.get(place) ?? [];
    return (this.flags[place] >> 5) & 1 ? [this.words[place], ...others] : others;
  }

  /** @param {string} token @param {number} field @param {Int32Array} place @returns {Postings | null} */
  postings(token, field, place) {
    const at = this.places.get(token);
    if (at === undefined || !((this.flags[at] >> field) & 1)) return null;
    const key = at * FIELDS.length + field;
    let list = this.decoded.get(key);
    if (!list) {
      let start = this.base + this.starts[at];
      for (let f = 0; f < field; f += 1) start += this.lengths[at][f];
      list = decode(this.bytes.subarray(start, start + this.lengths[at][field]), field, place);
      this.decoded.set(key, list);
    }
    return list;
  }

  /** Whether a word is a token with places. @param {string} token */
  has(token) {
    return ((this.flags[this.places.get(token) ?? -1] ?? 0) & 31) > 0;
  }

  /** The forms in this file that stand for a token. @param {string} token @returns {string[]} */
  formsOf(token) {
    this.forms ??= this.reversed();
    return this.forms.get(token) ?? [];
  }

  reversed() {
    /** @type {Map<string, string[]>} */
    const all = new Map();
    for (let i = 0; i < this.words.length; i += 1) {
      for (const token of this.tokens(i)) {
        const forms = all.get(token);
        if (forms) forms.push(this.words[i]);
        else all.set(token, [this.words[i]]);
      }
    }
    return all;
  }

  /** How much is written about a token: a cheap measure of how often it is used. @param {number} place */
  weight(place) {
    return this.lengths[place].reduce((sum, length) => sum + length, 0);
  }

  /** The places of the words that begin with `prefix`: from the first to before the second. @param {string} prefix */
  range(prefix) {
    const { words } = this;
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(words[middle], prefix) < 0) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < words.length && words[end].startsWith(prefix)) end += 1;
    return [low, end];
  }
}
