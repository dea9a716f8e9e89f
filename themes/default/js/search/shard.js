// Reads one file of words: its dictionary at once, posting lists when they are asked for. Large lists come from files of their own.

import { compare } from "./words.js";

/** The fields, in the order of their bits. */
export const FIELDS = ["title", "number", "headings", "about", "body"];
const HEADINGS = 2;
const BODY = 4;

/**
 * The places of a token in one field. Entry `i` of `pages` (indexes of the table, ascending) has the entries
 * `start[i]` to `start[i + 1]` of the others: one for each section, or one for the page.
 * @typedef {{ pages: Int32Array, start: Int32Array, section: Int32Array, count: Int32Array, length: Uint8Array, below: Int32Array }} Postings `below` in headings alone
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

/** Numbers that ascend. @param {Bits} bits @param {number} many */
function ascending(bits, many) {
  const k = bits.take(5);
  // None takes less than a bit.
  const found = new Int32Array(many <= bits.end ? many : broken());
  let last = -1;
  for (let i = 0; i < many; i += 1) {
    last += bits.rice(k) + 1;
    found[i] = last;
  }
  return found;
}

/** Lists, and the ids of the pages that they speak of. @typedef {{ ids: Int32Array, lists: Uint8Array }} Lists */

/** @param {Uint8Array} bytes @returns {Lists} */
function listsOf(bytes) {
  const bits = new Bits(bytes);
  const ids = ascending(bits, bits.gamma() - 1);
  return { ids, lists: bytes.subarray((bits.at + 7) >> 3) };
}

/**
 * @param {Uint8Array} bytes
 * @param {number} field
 * @param {Int32Array} ids
 * @param {Map<number, number>} place the table's index of a page by its id
 * @returns {Postings}
 */
function decode(bytes, field, ids, place) {
  const bits = new Bits(bytes);
  const sections = field === HEADINGS || field === BODY;
  const many = bits.gamma();
  // No entry takes fewer bits than five, and no page fewer than one more.
  const most = Math.floor(bits.end / 5);
  if (many > most) broken();
  const pages = ascending(bits, many).map((at) => place.get(ids[at]) ?? broken());
  const start = new Int32Array(many + 1);
  const section = new Int32Array(most);
  const count = new Int32Array(most);
  const length = new Uint8Array(most);
  const below = new Int32Array(field === HEADINGS ? most : 0);
  let at = 0;
  for (let i = 0; i < many; i += 1) {
    let ordinal = sections ? -1 : 0;
    for (let left = sections ? bits.gamma() : 1; left > 0; left -= 1) {
      if (sections) ordinal += bits.gamma();
      section[at] = ordinal;
      count[at] = bits.gamma();
      length[at] = bits.take(3);
      if (field === HEADINGS) below[at] = bits.gamma() - 1;
      at += 1;
    }
    start[i + 1] = at;
  }
  return { pages, start, section, count, length, below };
}

/** @param {Uint8Array} bytes @param {number} at @returns {[number, number]} a varint, and where it ends */
function varint(bytes, at) {
  let value = 0;
  for (let worth = 1; ; worth *= 128) {
    const byte = at < bytes.length ? bytes[at] : broken();
    at += 1;
    value += (byte & 127) * worth;
    if (byte < 128) return [value, at];
    if (worth > 2 ** 28) broken();
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function inflated(bytes) {
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/** Reads a file of words. @param {Uint8Array<ArrayBuffer>} file */
export async function read(file) {
  const [packed, at] = varint(file, 0);
  const lists = at + packed;
  if (lists > file.length) broken();
  return new Shard(await inflated(file.subarray(at, lists)), listsOf(file.subarray(lists)));
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Of one byte each: it is for ASCII alone. */
const BYTES = new TextDecoder("latin1");

export class Shard {
  /** @param {Uint8Array} dictionary @param {Lists} own */
  constructor(dictionary, own) {
    this.dictionary = dictionary;
    this.own = own;
    /** In the order of code points. @type {string[]} */
    this.words = [];
    /** @type {Map<string, number>} */
    this.places = new Map();
    /** @type {number[]} */
    this.flags = [];
    /** By place: the tokens that a form stands for beside itself. @type {Map<number, string[]>} */
    this.others = new Map();
    /** By place: where in the dictionary the lengths of its lists are, where its first list starts, and how long all are. @type {number[]} */
    this.lengths = [];
    /** @type {number[]} */
    this.starts = [];
    /** @type {number[]} */
    this.weights = [];
    /** By place: the file that its lists are in, where that isn't this one; and what it holds. @type {Map<number, string>} */
    this.files = new Map();
    /** @type {Map<number, Lists>} */
    this.brought = new Map();
    /** @type {Map<number, Postings>} */
    this.decoded = new Map();
    this.read();
  }

  read() {
    const { dictionary: bytes, words } = this;
    const ascii = BYTES.decode(bytes);
    let at = 0;
    const number = () => {
      // Most are of one byte.
      if (bytes[at] < 128) return bytes[at++];
      const [value, end] = varint(bytes, at);
      at = end;
      return value;
    };
    /** @type {string} the word before, and its bytes where they aren't ASCII */
    let before = "";
    /** @type {Uint8Array | null} */
    let raw = null;
    /** Reads a word after `text`. @param {string} text @param {Uint8Array | null} old @returns {Uint8Array | null} */
    const spelled = (text, old) => {
      const shared = number();
      const length = number();
      const from = at;
      at += length;
      if (at > bytes.length || shared > (old ?? text).length) broken();
      let plain = old === null;
      for (let i = from; plain && i < at; i += 1) plain = bytes[i] < 128;
      if (plain) {
        before = text.slice(0, shared) + ascii.slice(from, at);
        return null;
      }
      const whole = new Uint8Array(shared + length);
      whole.set((old ?? Uint8Array.from(text, (c) => c.charCodeAt(0))).subarray(0, shared));
      whole.set(bytes.subarray(from, at), shared);
      before = UTF8.decode(whole);
      return before.length === whole.length ? null : whole;
    };
    const many = number();
    if (!(many <= bytes.length)) broken();
    let postings = 0;
    for (let i = 0; i < many; i += 1) {
      raw = spelled(before, raw);
      const word = before;
      words.push(word);
      this.places.set(word, i);
      const flags = at < bytes.length ? bytes[at] : broken();
      at += 1;
      this.flags.push(flags);
      if (flags > 63) {
        this.others.set(
          i,
          Array.from({ length: flags >> 6 }, () => {
            spelled(word, raw);
            return before;
          }),
        );
        before = word;
      }
      const away = (flags & 31) > 0 && bytes[at] === 0;
      if (away) {
        if (at + 5 > bytes.length) broken();
        this.files.set(i, Array.from(bytes.subarray(at + 1, at + 5), (byte) => byte.toString(16).padStart(2, "0")).join(""));
        at += 5;
      }
      this.lengths.push(at);
      this.starts.push(away ? 0 : postings);
      let weight = 0;
      for (let rest = flags & 31; rest > 0; rest &= rest - 1) weight += number();
      this.weights.push(weight);
      if (!away) postings += weight;
    }
    if (at > bytes.length || postings > this.own.lists.length) broken();
  }

  /** The file that a token's lists are in, where it isn't this one and wasn't brought. @param {string} token */
  missing(token) {
    const at = this.places.get(token) ?? -1;
    return this.brought.has(at) ? undefined : this.files.get(at);
  }

  /** Takes the lists of a token from a file of their own. @param {string} token @param {Uint8Array} file */
  bring(token, file) {
    const at = this.places.get(token) ?? -1;
    const lists = listsOf(file);
    if (lists.lists.length !== this.weights[at]) broken();
    this.brought.set(at, lists);
  }

  /** The tokens that the form at `place` stands for. @param {number} place @returns {string[]} */
  tokens(place) {
    const others = this.others.get(place) ?? [];
    return (this.flags[place] >> 5) & 1 ? [this.words[place], ...others] : others;
  }

  /** @param {string} token @param {number} field @param {Map<number, number>} place @returns {Postings | null} */
  postings(token, field, place) {
    const at = this.places.get(token);
    if (at === undefined || !((this.flags[at] >> field) & 1)) return null;
    const key = at * FIELDS.length + field;
    let list = this.decoded.get(key);
    if (!list) {
      const { ids, lists } = this.files.has(at) ? (this.brought.get(at) ?? broken()) : this.own;
      let start = this.starts[at];
      let length = 0;
      let next = this.lengths[at];
      for (let f = 0; f <= field; f += 1) {
        if (!((this.flags[at] >> f) & 1)) continue;
        start += length;
        [length, next] = varint(this.dictionary, next);
      }
      list = decode(lists.subarray(start, start + length), field, ids, place);
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
    const own = this.places.get(token) ?? -1;
    const found = ((this.flags[own] ?? 0) >> 5) & 1 ? [own] : [];
    for (const [place, others] of this.others) if (others.includes(token)) found.push(place);
    return found.sort((a, b) => a - b).map((place) => this.words[place]);
  }

  /** How much is written about a token: a cheap measure of how often it is used. @param {number} place */
  weight(place) {
    return this.weights[place];
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
