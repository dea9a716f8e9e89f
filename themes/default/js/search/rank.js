// Puts pages and their sections in order: BM25F over the fields, all words before some words.

import { FIELDS as NAMES } from "./shard.js";
import { LoadError } from "./store.js";

/** All numbers that the order depends on; benches/search measures them. */
export const TUNED = {
  /** By field: title, number, headings, about, body. */
  weight: [8, 8, 6, 1.5, 1],
  /** How much the length of a field counts, 0 to 1. */
  norm: [0.5, 0, 0.5, 0.2, 0.6],
  k1: 1.2,
  /** What a word adds for standing in the section's heading or the title at all. */
  name: 1,
  /** What of a heading counts for the sections below it, of the page's title for its sections. */
  below: 0.4,
  inside: 0.6,
  /** What the whole page adds to its best section. */
  page: 0.3,
  /** What words that stand close together add. */
  near: 0.5,
  /** A page with some words only must have this part of their weight. */
  enough: 0.5,
  /** More hits of one page must be this good beside its best one. */
  another: 0.85,
  hits: 3,
};

/** Tokens in a field by its length class. */
const BODY = [10, 24, 48, 96, 192, 384, 768, 1400];
const SHORT = [1, 2, 3, 4, 5, 6, 7, 9];

/**
 * @typedef {import("./resolve.js").Word} Word
 * @typedef {import("./resolve.js").Variant} Variant
 * @typedef {{ index: import("./store.js").Index, table: import("./store.js").Table }} Site
 * @typedef {import("./shard.js").Postings} Postings
 * @typedef {{ section: number, words: number, score: number }} Place `words`: how many of the words it has, title and headings above included
 * @typedef {{ page: number, tier: number, score: number, whole: number, places: Place[] }} Ranked `whole`: what the page adds to its best place
 */

/** How much rarity makes a word worth. @param {number} all @param {number} some */
const idf = (all, some) => Math.log(1 + (all - some + 0.5) / (some + 0.5));

/** The factor by which an occurrence counts, for each length class. @param {Site} site @param {number} field */
function factors({ index }, field) {
  const mean = index.lengths[NAMES[field]] || 1;
  const norm = TUNED.norm[field];
  return (field === 4 ? BODY : SHORT).map((length) => TUNED.weight[field] / (1 - norm + (norm * length) / mean));
}

/** @param {number} bits */
function ones(bits) {
  let n = 0;
  for (; bits; bits &= bits - 1) n += 1;
  return n;
}

/** A query held against all pages. */
export class Ranking {
  /** @param {Site} site @param {Word[]} words @param {Word | null} phrase */
  constructor(site, words, phrase) {
    this.site = site;
    this.words = words.filter((word) => word.variants.length > 0);
    this.all = 2 ** this.words.length - 1;
    const pages = site.table.ids.length;
    /** Which words a page has, by bit; and which it has at least as a word that begins like that. */
    this.has = new Int32Array(pages);
    this.begins = new Int32Array(pages);
    this.weights = this.words.map((word, w) => this.touch(word, w, pages));
    /** Pages that the query names by number. */
    this.named = this.named_(phrase);
    this.found = this.pages();
  }

  /** By field. @param {Variant} variant @returns {(Postings | null)[]} */
  lists({ shard, token, file }) {
    try {
      return NAMES.map((_, field) => shard.postings(token, field, this.site.table.place));
    } catch {
      throw new LoadError(`words.${file}.bin`);
    }
  }

  /** Whether a page has a variant. @param {Variant} variant @param {number} page */
  holds(variant, page) {
    return this.lists(variant).some((list) => list?.pages.includes(page));
  }

  /** @param {Word} word @param {number} w @param {number} pages */
  touch(word, w, pages) {
    const bit = 1 << w;
    let some = 0;
    for (const variant of word.variants) {
      const soft = variant.how === "more";
      for (const list of this.lists(variant)) {
        for (const page of list?.pages ?? []) {
          if (!soft && !(this.has[page] & bit)) {
            this.has[page] |= bit;
            some += 1;
          }
          this.begins[page] |= bit;
        }
      }
    }
    return idf(pages, some);
  }

  /** @param {Word | null} phrase */
  named_(phrase) {
    /** @type {Set<number>} */
    const named = new Set();
    const words = [phrase, this.words.length === 1 ? this.words[0] : null];
    for (const word of words) {
      for (const variant of word?.variants ?? []) if (variant.how === "exact") this.lists(variant)[1]?.pages.forEach((page) => named.add(page));
    }
    return named;
  }

  /** All pages that are found, ascending. */
  pages() {
    const total = this.weights.reduce((a, b) => a + b, 0);
    /** @type {number[]} */
    const found = [];
    this.begins.forEach((bits, page) => {
      let weight = 0;
      for (let w = 0; bits >> w; w += 1) if ((bits >> w) & 1) weight += this.weights[w];
      if ((bits && (bits === this.all || weight >= total * TUNED.enough)) || this.named.has(page)) found.push(page);
    });
    return found;
  }

  /** Whether a page has all the words. */
  get complete() {
    return this.all > 0 && this.has.includes(this.all);
  }

  /**
   * The best `most` of `pages` (ascending), best first.
   * @param {number[]} pages @param {number} most @returns {Ranked[]}
   */
  best(pages, most) {
    // Pages with some of the words come after all others, and are looked at only when these are too few.
    const rest = /** @type {number[]} */ ([]);
    const first = pages.filter((page) => this.has[page] === this.all || this.named.has(page) || (rest.push(page), false));
    const ranked = this.scored(first);
    if (ranked.length < most) ranked.push(...this.scored(rest));
    return ranked.sort((a, b) => this.order(a, b)).slice(0, most);
  }

  /** @param {Ranked} a @param {Ranked} b */
  order(a, b) {
    const { status, statuses, year } = this.site.table;
    const stands = (/** @type {number} */ page) => (["superseded", "deprecated", "rejected", "withdrawn"].includes(statuses[status[page]]) ? 2 : statuses[status[page]] === "accepted" ? 0 : 1);
    return b.tier - a.tier || b.score - a.score || stands(a.page) - stands(b.page) || year[b.page] - year[a.page] || a.page - b.page;
  }

  /** @param {number[]} pages @returns {Ranked[]} */
  scored(pages) {
    // For each page, a chain of the entries that are about it: `next` leads on, `what` and `entry` say where it stands.
    const head = new Int32Array(this.has.length).fill(-1);
    const wanted = new Uint8Array(this.has.length);
    for (const page of pages) wanted[page] = 1;
    /** @type {{ list: Postings, field: number, w: number, factor: number[], soft: boolean }[]} */
    const lists = [];
    const next = /** @type {number[]} */ ([]);
    const what = /** @type {number[]} */ ([]);
    const entry = /** @type {number[]} */ ([]);
    const byField = NAMES.map((_, field) => factors(this.site, field));
    this.words.forEach((word, w) => {
      for (const variant of word.variants) {
        this.lists(variant).forEach((list, field) => {
          if (!list) return;
          lists.push({ list, field, w, factor: byField[field].map((f) => f * variant.quality), soft: variant.how === "more" });
          list.pages.forEach((page, i) => {
            if (!wanted[page]) return;
            next.push(head[page]);
            head[page] = next.length - 1;
            what.push(lists.length - 1);
            entry.push(i);
          });
        });
      }
    });
    return pages.map((page) => {
      const scorer = new Scorer(this.words.length);
      for (let at = head[page]; at >= 0; at = next[at]) scorer.take(lists[what[at]], entry[at]);
      return this.judge(page, scorer);
    });
  }

  /** @param {number} page @param {Scorer} scorer @returns {Ranked} */
  judge(page, scorer) {
    const { weights, all } = this;
    const bits = this.has[page];
    const { places, whole, exact } = scorer.places(weights);
    places.sort((a, b) => b.words - a.words || b.score - a.score || a.section - b.section);
    const top = places[0] ?? { section: 0, words: 0, score: 0 };
    if (places.length === 0) places.push(top);
    const n = this.words.length;
    let tier = ones(bits);
    if (this.begins[page] === all) tier = n;
    if (bits === all) tier = top.words === n ? n + 2 : n + 1;
    if (exact && bits === all) tier = n + 3;
    if (this.named.has(page)) tier = n + 4;
    // Who names a page wants the page, not one of its sections.
    if (tier > n + 2) places.splice(0, Infinity, { section: 0, words: n, score: top.score });
    return { page, tier, score: top.score + TUNED.page * whole, whole: TUNED.page * whole, places };
  }
}

/** Adds up one page. */
class Scorer {
  /** @param {number} words */
  constructor(words) {
    this.words = words;
    /** What counts for the whole page, by word: its title and the like. */
    this.top = new Float64Array(words);
    /** Words found exactly, by bit. */
    this.topBits = 0;
    /** By section. @type {Map<number, { own: Float64Array, bits: number, named: number, sum: Float64Array }>} */
    this.sections = new Map();
    /** @type {{ section: number, below: number, w: number, value: number, bit: number }[]} */
    this.headings = [];
    /** Words and tokens of the title, to see whether they are the same. */
    this.titleBits = 0;
    this.nameBits = 0;
    this.titleLength = 0;
    this.titleCount = 0;
  }

  /** @param {number} section */
  at(section) {
    let place = this.sections.get(section);
    if (!place) {
      place = { own: new Float64Array(this.words), sum: new Float64Array(this.words), bits: 0, named: 0 };
      this.sections.set(section, place);
    }
    return place;
  }

  /** @param {{ list: Postings, field: number, w: number, factor: number[], soft: boolean }} from @param {number} i */
  take({ list, field, w, factor, soft }, i) {
    const bit = soft ? 0 : 1 << w;
    for (let e = list.start[i]; e < list.start[i + 1]; e += 1) {
      const value = list.count[e] * factor[list.length[e]];
      if (field === 2 || field === 4) {
        const place = this.at(list.section[e]);
        place.own[w] += value;
        place.bits |= bit;
        if (field === 2) place.named |= bit;
        if (field === 2 && list.below[e] > 0) this.headings.push({ section: list.section[e], below: list.below[e], w, value, bit });
      } else {
        this.top[w] += value;
        this.topBits |= bit;
        if (field === 0) {
          this.titleBits |= bit;
          this.titleLength = list.length[e] + 1;
          this.titleCount += soft ? 0 : list.count[e];
        }
      }
    }
  }

  /** @param {number[]} weights */
  places(weights) {
    const n = this.words;
    if (this.topBits) this.at(0);
    const sections = [...this.sections].sort((a, b) => a[0] - b[0]);
    const whole = new Float64Array(n);
    for (const [section, { own, sum }] of sections) {
      for (let w = 0; w < n; w += 1) {
        whole[w] += own[w];
        sum[w] = own[w] + this.top[w] * (section === 0 ? 1 : TUNED.inside);
      }
    }
    this.inherit(sections);
    const part = (/** @type {Float64Array} */ values) => values.reduce((all, value, w) => all + (weights[w] * value) / (TUNED.k1 + value), 0);
    /** @type {Place[]} */
    const places = sections.map(([section, { sum, bits, named }]) => {
      let score = part(sum);
      for (let w = 0; w < n; w += 1) if (((named | this.titleBits) >> w) & 1) score += TUNED.name * weights[w];
      return { section, words: ones(bits | this.topBits), score };
    });
    for (let w = 0; w < n; w += 1) whole[w] += this.top[w];
    const all = 2 ** n - 1;
    return { places, whole: part(whole), exact: this.titleBits === all && this.titleCount >= this.titleLength };
  }

  /** Headings count for the sections below them. @param {[number, { bits: number, sum: Float64Array }][]} sections ascending */
  inherit(sections) {
    // Headings stand at most six deep; whatever a file says, this ends.
    let steps = 8 * (sections.length + this.headings.length);
    for (const { section, below, w, value, bit } of this.headings) {
      let low = 0;
      let high = sections.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sections[middle][0] <= section) low = middle + 1;
        else high = middle;
      }
      for (; low < sections.length && sections[low][0] <= section + below && steps > 0; low += 1, steps -= 1) {
        sections[low][1].sum[w] += value * TUNED.below;
        sections[low][1].bits |= bit;
      }
    }
  }
}
