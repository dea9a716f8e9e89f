// Puts pages and their sections in order: BM25F over the fields, all words before some words.

import { FIELDS as NAMES } from "./shard.js";
import { LoadError } from "./store.js";

/** All numbers that the order depends on; benches/search measures them. */
export const TUNED = {
  /** By field: title, number, headings, about, body. */
  weight: [8, 8, 6, 1.5, 1],
  /** How much the length of a field counts, 0 to 1. */
  norm: [0.5, 0, 0.5, 0.2, 0.7],
  k1: 1.2,
  /** What a word adds for standing in the section's heading or the title at all. */
  name: 0.7,
  /** What of a heading counts for the sections below it, of the page's title for its sections. */
  below: 0.4,
  inside: 0.6,
  /** What the whole page adds to its best section. */
  page: 0.3,
  /** What words that stand close together add. */
  near: 0.4,
  /** What the parts of a compound in the query add, standing side by side in the text. */
  bound: 1.5,
  /** What a longer compound of that beginning adds, as a part of the query's weight. */
  run: 4,
  /** What words add that stand in the text as they were typed, not in another form. */
  typed: 0.8,
  /** A page with some words only must have this part of their weight. */
  enough: 0.5,
  /** More hits of one page must be this good beside its best one. */
  another: 0.85,
  hits: 3,
};

/** Tokens in a field by its length class. */
const BODY = [10, 24, 48, 96, 192, 384, 768, 1400];
const SHORT = [1, 2, 3, 4, 5, 6, 7, 9];

/** What no longer holds. */
const LAST = ["superseded", "deprecated", "rejected", "withdrawn"];

/**
 * @typedef {import("./resolve.js").Word} Word
 * @typedef {import("./resolve.js").Variant} Variant
 * @typedef {import("./resolve.js").Query} Query
 * @typedef {{ index: import("./store.js").Index, table: import("./store.js").Table }} Site
 * @typedef {import("./shard.js").Postings} Postings
 * @typedef {{ list: Postings, field: number, w: number, factor: number[], soft: boolean }} Source
 * @typedef {{ section: number, words: number, score: number, bits: number }} Place `words`: how many of the words it has, title and headings
 *   above included; `bits`: which
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
  /** @param {Site} site @param {Query} query */
  constructor(site, { words, phrase, runs, titles, tokens }) {
    this.site = site;
    this.words = words.filter((word) => word.variants.length > 0);
    this.runs = runs;
    this.tokens = tokens;
    /** How many of them a page must have: a stop word that may be unfinished, always the last, only adds to others. */
    this.need = words.length > 1 ? this.words.filter(({ stop }) => !stop).length : this.words.length;
    this.all = 2 ** this.need - 1;
    const pages = site.table.byPlace.length;
    /** By status, what goes first among equals. */
    this.standing = site.table.statuses.map((word) => (word === "accepted" ? 0 : LAST.includes(word) ? 2 : 1));
    /** Which words a page has, by bit; and which it has at least as a word that begins like that. */
    this.has = new Int32Array(pages);
    this.begins = new Int32Array(pages);
    this.weights = this.words.map((word, w) => this.touch(word, w, pages));
    /** Pages that the query names by number. */
    this.named = this.named_(phrase);
    for (const id of titles) {
      const place = site.table.place.get(id);
      if (place !== undefined) this.named.add(place);
    }
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
    const seen = w < this.need ? this.has : new Int32Array(pages);
    let some = 0;
    for (const variant of word.variants) {
      const soft = variant.how === "more";
      for (const list of this.lists(variant)) {
        for (const page of list?.pages ?? []) {
          if (!soft && !(seen[page] & bit)) {
            seen[page] |= bit;
            some += 1;
          }
          if (w < this.need) this.begins[page] |= bit;
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
    const total = this.weights.slice(0, this.need).reduce((a, b) => a + b, 0);
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
    const first = pages.filter((page) => this.has[page] === this.all || this.named.has(page) || !rest.push(page));
    const ranked = this.scored(first, most);
    if (ranked.length < most) ranked.push(...this.scored(rest, most));
    return ranked.sort((a, b) => this.order(a, b)).slice(0, most);
  }

  /** @param {Ranked} a @param {Ranked} b */
  order(a, b) {
    const { status, year, years } = this.site.table;
    const stands = (/** @type {number} */ page) => this.standing[status[page]] ?? 1;
    return b.tier - a.tier || b.score - a.score || stands(a.page) - stands(b.page) || years[year[b.page]] - years[year[a.page]] || a.page - b.page;
  }

  /** The best of `pages`, with their places. @param {number[]} pages @param {number} most @returns {Ranked[]} */
  scored(pages, most) {
    // For each page, a chain of the entries that are about it: `next` leads on, `what` and `entry` say where it stands.
    const head = new Int32Array(this.has.length).fill(-1);
    const wanted = new Uint8Array(this.has.length);
    for (const page of pages) wanted[page] = 1;
    const byField = NAMES.map((_, field) => factors(this.site, field));
    // Runs count as one word more, which none must have.
    const asked = this.runs.length > 0 ? [...this.words, { variants: this.runs }] : this.words;
    /** @type {Source[]} */
    const lists = asked.flatMap((word, w) =>
      word.variants.flatMap((variant) =>
        this.lists(variant).flatMap((list, field) =>
          list ? { list, field, w, factor: byField[field].map((f) => f * variant.quality), soft: w >= this.need || variant.how === "more" } : [],
        ),
      ),
    );
    const many = lists.reduce((sum, { list }) => sum + list.pages.length, 0);
    const next = new Int32Array(many);
    const what = new Int32Array(many);
    const entry = new Int32Array(many);
    let at = 0;
    lists.forEach(({ list: { pages: of } }, l) => {
      for (let i = 0; i < of.length; i += 1) {
        if (!wanted[of[i]]) continue;
        next[at] = head[of[i]];
        what[at] = l;
        entry[at] = i;
        head[of[i]] = at;
        at += 1;
      }
    });
    const run = this.runs.length > 0 ? [TUNED.run * this.weights.reduce((a, b) => a + b, 0)] : [];
    const scorer = new Scorer([...this.weights, ...run], this.all, this.tokens);
    const judged = (/** @type {number} */ page) => {
      scorer.clear();
      for (let at = head[page]; at >= 0; at = next[at]) scorer.take(lists[what[at]], entry[at]);
      return this.judge(page, scorer);
    };
    const best = pages
      .map(judged)
      .sort((a, b) => this.order(a, b))
      .slice(0, most);
    // Places are made for those alone that are shown.
    return best.map(({ page }) => {
      const ranked = judged(page);
      // Who names a page wants the page, not one of its sections.
      const named = ranked.tier > this.need + 2;
      return { ...ranked, places: named ? [{ section: 0, words: this.need, score: scorer.best.score, bits: this.all }] : scorer.places() };
    });
  }

  /** @param {number} page @param {Scorer} scorer @returns {Ranked} */
  judge(page, scorer) {
    const { has, all } = this;
    const n = this.need;
    const { best, whole, exact } = scorer.sum();
    let tier = ones(has[page]);
    if (this.begins[page] === all) tier = n;
    if (has[page] === all) tier = best.words === n ? n + 2 : n + 1;
    if (exact && has[page] === all) tier = n + 3;
    if (this.named.has(page)) tier = n + 4;
    return { page, tier, score: best.score + TUNED.page * whole, whole: TUNED.page * whole, places: [] };
  }
}

/** Adds up one page after the other; what stands in its arrays is that page's only. */
class Scorer {
  /** @param {number[]} weights @param {number} all the words that a title must have, by bit @param {number} tokens */
  constructor(weights, all, tokens) {
    this.weights = weights;
    this.all = all;
    this.tokens = Math.min(tokens, SHORT.length);
    const n = weights.length;
    this.n = n;
    /** What counts for the whole page, by word: its title and the like. */
    this.top = new Float64Array(n);
    this.whole = new Float64Array(n);
    /** By section found, in rows of words. */
    this.sums = new Float64Array(64 * n);
    /** Sections found; which words each has, and which in its heading, by bit. @type {number[]} */
    this.sections = [];
    /** @type {number[]} */
    this.bits = [];
    /** @type {number[]} */
    this.named = [];
    /** @type {Map<number, number>} */
    this.rows = new Map();
    /** @type {{ section: number, below: number, w: number, value: number, bit: number }[]} */
    this.headings = [];
    this.best = { words: 0, score: 0 };
    this.topBits = 0;
    /** What is in the title or the number. */
    this.called = 0;
    // Words and tokens of the title, to see whether they are the same.
    this.titleBits = 0;
    this.titleLength = 0;
    this.titleCount = 0;
  }

  clear() {
    this.top.fill(0);
    this.sums.fill(0, 0, this.sections.length * this.n);
    this.sections.length = this.bits.length = this.named.length = this.headings.length = 0;
    this.rows.clear();
    this.topBits = this.called = this.titleBits = this.titleLength = this.titleCount = 0;
  }

  /** @param {number} section */
  row(section) {
    const had = this.rows.get(section);
    if (had !== undefined) return had;
    const row = this.sections.push(section) - 1;
    this.bits.push(0);
    this.named.push(0);
    this.rows.set(section, row);
    if (this.sums.length < (row + 1) * this.n) {
      const wider = new Float64Array(2 * this.sums.length);
      wider.set(this.sums);
      this.sums = wider;
    }
    return row;
  }

  /** @param {Source} source @param {number} i */
  take({ list, field, w, factor, soft }, i) {
    const bit = soft ? 0 : 1 << w;
    for (let e = list.start[i]; e < list.start[i + 1]; e += 1) {
      const value = list.count[e] * factor[list.length[e]];
      if (field === 2 || field === 4) {
        const section = list.section[e];
        const row = this.row(section);
        this.sums[row * this.n + w] += value;
        this.bits[row] |= bit;
        if (field === 4) continue;
        this.named[row] |= bit;
        if (list.below[e] > 0) this.headings.push({ section, below: list.below[e], w, value, bit });
      } else {
        this.top[w] += value;
        this.topBits |= bit;
        if (field < 2) this.called |= bit;
        if (field > 0) continue;
        this.titleBits |= bit;
        this.titleLength = list.length[e] + 1;
        this.titleCount += soft ? 0 : list.count[e];
      }
    }
  }

  /** How many words a section has, title and headings above included. @param {number} row */
  count(row) {
    return ones(this.bits[row] | this.topBits);
  }

  /** What a section is worth. @param {number} row */
  score(row) {
    const { n, weights, sums, top } = this;
    const inside = this.sections[row] === 0 ? 1 : TUNED.inside;
    const named = this.named[row] | this.called;
    let score = 0;
    for (let w = 0; w < n; w += 1) {
      const value = sums[row * n + w] + top[w] * inside;
      score += weights[w] * (value / (TUNED.k1 + value) + ((named >> w) & 1 ? TUNED.name : 0));
    }
    return score;
  }

  /** The best section, and what the page is worth as a whole; `exact`: the query is the title. */
  sum() {
    const { n, weights, whole, best } = this;
    // Also what only begins like a word of the title has its place.
    if (this.topBits || this.sections.length === 0) this.row(0);
    whole.set(this.top);
    for (let row = 0; row < this.sections.length; row += 1) for (let w = 0; w < n; w += 1) whole[w] += this.sums[row * n + w];
    this.inherit();
    best.words = best.score = 0;
    for (let row = 0; row < this.sections.length; row += 1) {
      const words = this.count(row);
      if (words < best.words) continue;
      const score = this.score(row);
      if (words > best.words || score > best.score) best.score = score;
      best.words = words;
    }
    const exact =
      (this.titleBits & this.all) === this.all && this.titleLength > 0 && (this.titleCount >= this.titleLength || this.titleLength === this.tokens);
    return { best, whole: whole.reduce((sum, value, w) => sum + (weights[w] * value) / (TUNED.k1 + value), 0), exact };
  }

  /** All sections found, the best first. @returns {Place[]} */
  places() {
    const places = this.sections.map((section, row) => ({
      section,
      words: this.count(row),
      score: this.score(row),
      bits: this.bits[row] | this.topBits,
    }));
    return places.sort((a, b) => b.words - a.words || b.score - a.score || a.section - b.section);
  }

  /** Headings count for the sections below them. */
  inherit() {
    if (this.headings.length === 0) return;
    const order = this.sections.map((_, row) => row).sort((a, b) => this.sections[a] - this.sections[b]);
    // Headings stand at most six deep; whatever a file says, this ends.
    let steps = 8 * (order.length + this.headings.length);
    for (const { section, below, w, value, bit } of this.headings) {
      let low = 0;
      let high = order.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.sections[order[middle]] <= section) low = middle + 1;
        else high = middle;
      }
      for (; low < order.length && this.sections[order[low]] <= section + below && steps > 0; low += 1, steps -= 1) {
        this.sums[order[low] * this.n + w] += value * TUNED.below;
        this.bits[order[low]] |= bit;
      }
    }
  }
}
