// Answers queries from the index of a site. `open` gives an engine; nothing is fetched before it is asked.

import { narrow } from "./facets.js";
import { Ranking, TUNED } from "./rank.js";
import { correct, resolve } from "./resolve.js";
import { LoadError, Store } from "./store.js";
import { asTyped, nearness, spotted, teaser } from "./teaser.js";

export { LoadError };

/** Hits are put in their last order in blocks, so that showing more moves none. */
const BLOCK = 6;
/** Places of a page that are looked at in its text. */
const PLACES = 6;
/** Steps of looking further for a word that is missing. */
const STEPS = 3;
const MARKS = 200;
/** Tags and people are loaded unasked where their file has no more bytes than this, before compression. */
const NAMES = 32_000;

/**
 * @typedef {import("./store.js").PageText} PageText
 * @typedef {import("./facets.js").Filters} Filters
 * @typedef {{ filters?: Filters, shown?: number, names?: boolean }} How `shown`: the most groups wanted; `names`: whether tags and people
 *   are to be counted, without it where they are quickly loaded
 * @typedef {{ url: string, heading: string[], teaser: { text: string, mark: boolean }[] }} Hit
 * @typedef {{ title: string, number?: string, kind: string, status?: { word: string, raw: string }, date?: string, people: string[],
 *   crumbs: string[], url: string, hits: Hit[] }} Group
 * @typedef {{ query: string, words: { word: string, how: string }[], notes: { missing: string, showing: string | null, common?: boolean }[], total: number,
 *   facets: import("./facets.js").Facets, groups: Group[], more: boolean, marks: string[] }} Results
 * @typedef {import("./rank.js").Ranked & { texts: Map<number, PageText> }} Candidate `texts` by section
 */

/** @param {string | URL} base the folder of index.json, ending in `/` @param {typeof fetch} [get] */
export function open(base, get) {
  return new Engine(new URL(base, globalThis.location?.href), get);
}

class Engine {
  /** @param {URL} base @param {typeof fetch} [get] */
  constructor(base, get) {
    this.store = new Store(base, get);
    /** The path of the site, without the slash at its end. */
    this.root = new URL("..", base).pathname.replace(/\/$/, "");
    this.turn = 0;
  }

  /** Loads what every query needs. */
  async warm() {
    await this.names(await this.store.table(await this.store.index()));
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
        if (!(error instanceof LoadError)) throw new LoadError("index.json", false, error);
        if (again || !error.gone) throw error;
        // A file is gone: the site was published anew since index.json was fetched.
        this.store.renew();
      }
    }
  }

  /** @param {string} query @param {How} how @param {() => void} still @returns {Promise<Results>} */
  async answer(query, how, still) {
    const { store } = this;
    const { filters = {}, shown = BLOCK } = how;
    const index = await store.index();
    still();
    const needed = store.table(index).then(async (table) => /** @type {const} */ ([table, await this.names(table, how)]));
    const [[table, called], { words, phrase, dropped }] = await Promise.all([needed, resolve({ store, index }, query)]);
    still();
    let ranking = new Ranking({ index, table }, words, phrase);
    const amiss = words.filter(({ how }) => how === "missing" || how === "prefix" || how === "stem");
    for (let step = 0; step < STEPS && amiss.length > 0 && !(ranking.complete && words.every((word) => word.variants.length > 0)); step += 1) {
      const more = await Promise.all(amiss.map((word) => correct({ store, index }, word, step)));
      still();
      if (more.includes(true)) ranking = new Ranking({ index, table }, words, phrase);
    }
    const { pages, facets } = narrow(table, called, ranking.found, filters);
    const ranked = ranking.best(pages, Math.ceil(shown / BLOCK) * BLOCK);
    const forms = formsOf(ranking.words);
    /** @type {Candidate[]} */
    const candidates = [];
    for (let at = 0; at < ranked.length; at += BLOCK) candidates.push(...(await this.settle(ranking, ranked.slice(at, at + BLOCK), forms)));
    still();
    const best = candidates.slice(0, shown);
    return {
      query,
      words: words.map(({ word, how }) => ({ word, how })),
      notes: [...notes(ranking, words, best), ...(words.length > 0 ? [] : dropped.map((missing) => ({ missing, showing: null, common: true })))],
      total: pages.length,
      facets,
      groups: best.map((candidate) => this.group(ranking, candidate, forms)),
      more: pages.length > best.length,
      marks: [...forms.keys()].slice(0, MARKS),
    };
  }

  /** Puts a block in its last order, now that its texts are read. @param {Ranking} ranking @param {import("./rank.js").Ranked[]} block @param {Map<string, number>} forms */
  async settle(ranking, block, forms) {
    const { store } = this;
    const { table } = ranking.site;
    const n = ranking.words.length;
    const typed = new Set(ranking.words.flatMap(({ word, variants }) => [word, ...variants.map(({ form }) => form)]));
    const settled = await Promise.all(
      block.map(async (ranked) => {
        const places = ranked.places.filter(({ words, score }) => words === ranked.places[0].words && score >= ranked.places[0].score / 2).slice(0, PLACES);
        const files = await Promise.all(places.map(({ section }) => store.textFile(table, ranked.page, section)));
        const wanted = new Set(files.filter((_, i) => i < TUNED.hits && places[i].score >= TUNED.another * places[0].score));
        /** @type {Candidate["texts"]} */
        const texts = new Map();
        await Promise.all(
          places.map(async ({ section }, i) => {
            if (!wanted.has(files[i])) return;
            const page = (await store.texts(files[i])).get(table.byPlace[ranked.page]);
            if (!page?.sections.some(([ordinal]) => ordinal === section)) throw new LoadError(files[i]);
            texts.set(section, page);
          }),
        );
        const read = places.filter(({ section }) => texts.has(section)).map((place) => {
          const [, , , heading, text] = sectionOf(texts, place.section);
          const { spots } = spotted(`${heading}\n${text}`, forms);
          const page = texts.get(place.section);
          const above = spotted([page?.title, ...headings(page, place.section)].join("\n"), forms).spots;
          const more = (n > 1 ? TUNED.near * nearness(spots, n) : 0) + TUNED.typed * asTyped([...above, ...spots], typed, ranking.weights);
          return { ...place, score: place.score * (1 + more) };
        });
        read.sort((a, b) => b.score - a.score || a.section - b.section);
        return { ...ranked, places: read, texts, score: read[0].score + ranked.whole };
      }),
    );
    return settled.sort((a, b) => ranking.order(a, b));
  }

  /** @param {Ranking} ranking @param {Candidate} candidate @param {Map<string, number>} forms @returns {Group} */
  group(ranking, { places, texts }, forms) {
    const [first] = places;
    const page = /** @type {PageText} */ (texts.get(first.section));
    const url = this.root + page.url;
    const shown = places.filter(({ score }) => score >= TUNED.another * first.score).slice(0, TUNED.hits);
    const hits = shown.map(({ section }) => {
      const [, , anchor, , text] = sectionOf(texts, section);
      return {
        url: anchor === "" ? url : `${url}#${encodeURI(anchor)}`,
        heading: headings(texts.get(section), section),
        teaser: teaser(spotted(text, forms), ranking.weights),
      };
    });
    const { title, number, kind, status, date, people = [], crumbs = [] } = page;
    return { title, number, kind, status, date, people, crumbs, url, hits };
  }
}

/** @param {Candidate["texts"]} texts @param {number} section */
function sectionOf(texts, section) {
  const found = texts.get(section)?.sections.find(([ordinal]) => ordinal === section);
  return found ?? /** @type {PageText["sections"][0]} */ ([section, 1, "", "", ""]);
}

/** The headings that lead to a section, its own last. @param {PageText | undefined} page @param {number} section */
function headings(page, section) {
  const path = [...(page?.above ?? [])];
  for (const [ordinal, level, , heading] of page?.sections ?? []) {
    if (ordinal > section) break;
    if (ordinal === 0) continue;
    while (path.length > 0 && path[path.length - 1][0] >= level) path.pop();
    path.push([level, heading]);
  }
  return section === 0 ? [] : path.map(([, heading]) => heading);
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
