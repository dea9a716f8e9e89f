// Answers queries from the index of a site. `open` gives an engine; nothing is fetched before it is asked.

import { narrow } from "./facets.js";
import { Ranking, TUNED } from "./rank.js";
import { correct, resolve } from "./resolve.js";
import { LoadError, Store } from "./store.js";
import { adjacent, asTyped, nearness, spotted, teaser } from "./teaser.js";
import { over, path } from "./tree.js";
import { titleOf } from "./words.js";

export { LoadError };

/** Hits are put in their last order in blocks, so that showing more moves none. */
const BLOCK = 6;
/** Places of a page that are looked at in its text. */
const PLACES = 6;
/** Sections of one page that can be shown. */
const SECTIONS = 60;
/** Steps of looking further for a word that is missing. */
const STEPS = 3;
const MARKS = 200;
/** Tags and people are loaded unasked where their file has no more bytes than this, before compression. */
const NAMES = 32_000;

/**
 * @typedef {import("./store.js").PageText} PageText
 * @typedef {import("./facets.js").Filters} Filters
 * @typedef {{ filters?: Filters, shown?: number, names?: boolean, whole?: string[] }} How `shown`: the most groups wanted; `names`: whether
 *   tags and people are to be counted, without it where they are quickly loaded; `whole`: addresses of pages all of whose hits are wanted
 * @typedef {{ url: string, heading: string[], teaser: { text: string, mark: boolean }[] }} Hit
 * @typedef {{ title: string, number?: string, kind: string, status?: { word: string, raw: string }, date?: string, people: string[],
 *   crumbs: string[], url: string, hits: Hit[], rest: number }} Group `rest`: how many more sections have as many of the words
 * @typedef {{ query: string, words: { word: string, how: string }[], notes: { missing: string, showing: string | null, why?: "common" | "limit" | "empty" }[], total: number,
 *   facets: import("./facets.js").Facets, groups: Group[], more: boolean, marks: string[] }} Results
 * @typedef {import("./rank.js").Ranked & { texts: Map<number, PageText>, all: import("./rank.js").Place[], over?: import("./tree.js").Heading }} Candidate
 *   `texts` by section; `all`: its places as they were ranked; `over`: the heading whose section has all the words, where none below it has
 */

/** @typedef {typeof open} Open */

/** @param {string | URL} base the folder of index.json, ending in `/` @param {typeof fetch} [get] @param {number} [patience] how long a file may take, in milliseconds */
export function open(base, get, patience) {
  return new Engine(new URL(base, globalThis.location?.href), get, patience);
}

class Engine {
  /** @param {URL} base @param {typeof fetch} [get] @param {number} [patience] */
  constructor(base, get, patience) {
    this.store = new Store(base, get, patience);
    /** The path of the site, without the slash at its end. */
    this.root = new URL("..", base).pathname.replace(/\/$/, "");
    this.turn = 0;
  }

  /** Loads what every query needs. */
  async warm() {
    await this.names((await this.store.index()).table);
  }

  /** Tags and people, where they are needed or quickly loaded. @param {import("./store.js").Table} table @param {How} [how] */
  async names(table, { names = table.names.bytes <= NAMES, filters: { tag = [], person = [] } = {} } = {}) {
    return names || tag.length > 0 || person.length > 0 ? this.store.names(table) : null;
  }

  /**
   * Rejects with LoadError, and with a DOMException `AbortError` when another search has begun meanwhile.
   * @param {string} query
   * @param {How} [how]
   * @returns {Promise<Results>}
   */
  async search(query, how = {}) {
    this.turn += 1;
    const turn = this.turn;
    const still = () => {
      if (turn !== this.turn) throw new DOMException("another search has begun", "AbortError");
    };
    for (let again = false; ; again = true) {
      try {
        return await this.answer(query, how, still);
      } catch (error) {
        still();
        // What can't be worked with came broken: to the reader it is the same.
        if (!(error instanceof LoadError)) {
          this.store.forget("index.json");
          throw new LoadError("index.json", false, error);
        }
        if (again || !error.gone) {
          // The next try is to fetch what is broken.
          this.store.forget(error.file);
          throw error;
        }
        // A file is gone: the site was published anew since index.json was fetched.
        this.store.forget("index.json");
      }
    }
  }

  /** @param {string} query @param {How} how @param {() => void} still @returns {Promise<Results>} */
  async answer(query, how, still) {
    const { store } = this;
    const { filters = {}, shown = BLOCK } = how;
    const index = await store.index();
    still();
    const { table } = index;
    const [called, read] = await Promise.all([this.names(table, how), resolve({ store, index }, query)]);
    still();
    const { words } = read;
    let ranking = new Ranking({ index, table }, read);
    const amiss = words.filter(({ how, stop }) => !stop && (how === "missing" || how === "prefix" || how === "stem"));
    for (let step = 0; step < STEPS && amiss.length > 0 && !(ranking.complete && words.every((word) => word.variants.length > 0)); step += 1) {
      const more = await Promise.all(amiss.map((word) => correct({ store, index }, word, step)));
      still();
      if (more.includes(true)) ranking = new Ranking({ index, table }, read);
    }
    const { pages, facets } = narrow(table, called, ranking.found, filters);
    const ranked = ranking.best(pages, Math.ceil(shown / BLOCK) * BLOCK);
    const forms = formsOf(ranking.words);
    /** @type {Candidate[]} */
    const candidates = [];
    for (let at = 0; at < ranked.length; at += BLOCK)
      candidates.push(...(await this.settle(ranking, ranked.slice(at, at + BLOCK), forms, read.bound, titleOf(query))));
    still();
    const best = candidates.slice(0, shown);
    const groups = await Promise.all(best.map((candidate) => this.group(ranking, candidate, forms, how.whole ?? [])));
    still();
    return {
      query,
      words: words.map(({ word, how }) => ({ word, how })),
      notes: [...notes(ranking, words, best), ...leftOut(read, query)],
      total: pages.length,
      facets,
      groups,
      more: pages.length > best.length,
      marks: [...forms.keys()].slice(0, MARKS),
    };
  }

  /**
   * Puts a block in its last order, now that its texts are read.
   * @param {Ranking} ranking @param {import("./rank.js").Ranked[]} block @param {Map<string, number>} forms
   * @param {[string, string][]} bound @param {string} title that the query would be
   */
  async settle(ranking, block, forms, bound, title) {
    const { store } = this;
    const { table } = ranking.site;
    const n = ranking.words.length;
    const at = (/** @type {string} */ text) => ranking.words.findIndex(({ word }) => word === text);
    const pairs = bound.map(([a, b]) => /** @type {const} */ ([at(a), at(b)]));
    const typed = new Set(ranking.words.flatMap(({ word, variants }) => [word, ...variants.map(({ form }) => form)]));
    const settled = await Promise.all(
      block.map(async (ranked) => {
        const places = ranked.places
          .filter(({ words, score }) => words === ranked.places[0].words && score >= ranked.places[0].score / 2)
          .slice(0, PLACES);
        const files = places.map(({ section }) => store.textFile(table, ranked.page, section));
        const wanted = new Set(files.filter((_, i) => i < TUNED.hits && places[i].score >= TUNED.another * places[0].score));
        /** @type {Candidate["texts"]} */
        const texts = new Map();
        await Promise.all(
          places.map(async ({ section }, i) => {
            if (wanted.has(files[i])) texts.set(section, await this.text(ranking, ranked.page, section, files[i]));
          }),
        );
        const read = places
          .filter(({ section }) => texts.has(section))
          .map((place) => {
            const [, , , heading, text] = sectionOf(texts, place.section);
            const { spots, text: whole } = spotted(`${heading}\n${text}`, forms);
            const page = texts.get(place.section);
            const above = spotted([page?.title, ...headings(page, place.section)].join("\n"), forms).spots;
            const close = (n > 1 ? TUNED.near * nearness(spots, n) : 0) + TUNED.bound * adjacent(whole, spots, pairs);
            const more = close + TUNED.typed * asTyped([...above, ...spots], typed, ranking.weights);
            return { ...place, score: place.score * (1 + more) };
          });
        read.sort((a, b) => b.score - a.score || a.section - b.section);
        const [page] = texts.values();
        if (ranked.tier < ranking.need + 4 && titleOf(page.title) === title) {
          // Who types a title wants the page, not one of its sections.
          const places = [{ ...read[0], section: 0 }];
          texts.set(0, await this.text(ranking, ranked.page, 0));
          return { ...ranked, tier: ranking.need + 3.5, places, all: places, texts, score: read[0].score + ranked.whole };
        }
        const [{ section, words, score }] = read;
        const spread = words < ranking.need && ranking.has[ranked.page] === ranking.all;
        const above = spread ? over(texts.get(section), section, ranked.places, ranking.all) : undefined;
        return { ...ranked, places: read, all: ranked.places, texts, over: above, score: score + ranked.whole };
      }),
    );
    return settled.sort((a, b) => ranking.order(a, b));
  }

  /** @param {Ranking} ranking @param {Candidate} candidate @param {Map<string, number>} forms @param {string[]} wanted pages all of whose hits are wanted @returns {Promise<Group>} */
  async group(ranking, { page: place, places, all, texts, over: whole }, forms, wanted) {
    const [first] = places;
    const page = /** @type {PageText} */ (texts.get(first.section));
    const url = this.root + page.url;
    const shown = places.filter(({ score }) => score >= TUNED.another * first.score).slice(0, TUNED.hits - (whole ? 1 : 0));
    const others = all.filter(({ section, words }) => words === first.words && !shown.some((one) => one.section === section)).slice(0, SECTIONS);
    const hit = (/** @type {string} */ anchor, /** @type {string[]} */ heading, /** @type {number} */ section) => ({
      url: anchor === "" ? url : `${url}#${encodeURI(anchor)}`,
      heading,
      teaser: teaser(spotted(sectionOf(texts, section)[4], forms), ranking.weights),
    });
    const more = wanted.includes(url) ? others : [];
    await Promise.all(more.map(async ({ section }) => texts.set(section, await this.text(ranking, place, section))));
    const hits = [...shown, ...more].map(({ section }) => hit(sectionOf(texts, section)[2], headings(texts.get(section), section), section));
    if (whole) hits.unshift(hit(whole.anchor, headings(page, whole.ordinal, first.section), first.section));
    const { title, number, kind, status, date, people = [], crumbs = [] } = page;
    return { title, number, kind, status, date, people, crumbs, url, hits, rest: others.length - more.length };
  }

  /** The text that has a section. @param {Ranking} ranking @param {number} page @param {number} section @param {string} [file] */
  async text({ site: { table } }, page, section, file) {
    const name = file ?? this.store.textFile(table, page, section);
    const text = (await this.store.texts(name)).get(table.byPlace[page]);
    if (!text?.sections.some(([ordinal]) => ordinal === section)) throw new LoadError(name);
    return text;
  }
}

/** @param {Candidate["texts"]} texts @param {number} section */
function sectionOf(texts, section) {
  const found = texts.get(section)?.sections.find(([ordinal]) => ordinal === section);
  return found ?? /** @type {PageText["sections"][0]} */ ([section, 1, "", "", ""]);
}

/** The headings that lead to a section, its own last, or to the one `above` it. @param {PageText | undefined} page @param {number} above @param {number} [section] */
function headings(page, above, section = above) {
  return path(page, section)
    .filter(({ ordinal }) => ordinal <= above)
    .map(({ heading }) => heading);
}

/** The forms in which the words stand in texts, with the word of the query. @param {import("./resolve.js").Word[]} words */
function formsOf(words) {
  /** @type {Map<string, number>} */
  const forms = new Map();
  words.forEach(({ variants }, w) => {
    for (const { shard, token, form } of variants) {
      for (const one of [form, ...shard.formsOf(token)]) if (!forms.has(one)) forms.set(one, w);
    }
  });
  return forms;
}

/** What to say about words that the site doesn't have. @param {Ranking} ranking @param {import("./resolve.js").Word[]} words @param {Candidate[]} best */
function notes(ranking, words, best) {
  const said = [];
  for (const { word, how, variants } of words) {
    if (how === "missing") said.push({ missing: word, showing: null });
    if (how !== "spelling") continue;
    const sorted = [...variants].sort((a, b) => b.quality - a.quality);
    const page = best.find((candidate) => sorted.some((one) => ranking.holds(one, candidate.page)))?.page;
    const shown = page === undefined ? undefined : sorted.find((one) => ranking.holds(one, page));
    if (shown?.how === "spelling") said.push({ missing: word, showing: shown.form });
    else if (shown === undefined) said.push({ missing: word, showing: null });
  }
  return said;
}

/** What to say about words that were left out. @param {import("./resolve.js").Query} read @param {string} query @returns {Results["notes"]} */
function leftOut({ words, dropped, left, titles }, query) {
  const text = query.trim();
  const none = words.length === 0 && dropped.length === 0 && text !== "";
  return [
    ...(titles.length > 0 ? [] : dropped).map((missing) => ({ missing, showing: null, why: /** @type {const} */ ("common") })),
    ...(left === null ? [] : [{ missing: left, showing: null, why: /** @type {const} */ ("limit") }]),
    ...(none ? [{ missing: text, showing: null, why: /** @type {const} */ ("empty") }] : []),
  ];
}
