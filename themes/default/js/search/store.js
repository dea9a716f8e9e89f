// Fetches the files of the index, each once, and reads them.

import { Shard } from "./shard.js";
import { placeOf } from "./words.js";

/** A file that can't be had, or isn't what it should be. */
export class LoadError extends Error {
  /** @param {string} file @param {boolean} [gone] the server has no such file: the site may have been published anew @param {unknown} [cause] */
  constructor(file, gone = false, cause) {
    super(`${file} could not be loaded`, { cause });
    this.name = "LoadError";
    this.file = file;
    this.gone = gone;
  }
}

/**
 * @typedef {{ from: string[], file: string[] }} Cut
 * @typedef {{ version: number, pages: number, sections: number, space: number, lengths: Record<string, number>, language: string,
 *   stop: string, words: Cut, spelling: Cut, table: string }} Index
 * @typedef {{ ids: number[], kind: number[], status: number[], year: number[], tags: number[][], people: number[][], kinds: string[],
 *   statuses: string[], tagNames: string[], peopleNames: string[], texts: { page: number[], section: number[], file: string } }} RawTable
 * @typedef {RawTable & { place: Int32Array, byPlace: number[], starts: number[] }} Table `place` by id, and ids by place
 * @typedef {{ id: number, url: string, title: string, number?: string, kind: string, status?: { word: string, raw: string }, date?: string,
 *   people?: string[], crumbs?: string[], above?: [number, string][], sections: [number, number, string, string, string][] }} PageText
 */

/** Sums up gaps. @param {number[]} gaps @param {number} from */
function summed(gaps, from) {
  let sum = from;
  return gaps.map((gap) => (sum += gap));
}

/** @param {boolean} holds */
function must(holds) {
  if (!holds) throw new RangeError("not of this form");
}

/** @param {any} raw @returns {Index} */
function index(raw) {
  must(raw.version === 1 && Number.isInteger(raw.space) && raw.space >= 0 && raw.space <= 2 ** 26);
  for (const cut of [raw.words, raw.spelling]) must(Array.isArray(cut.from) && cut.from.length === cut.file.length);
  return raw;
}

/** @param {any} raw @param {number} space @returns {Table} */
function table(raw, space) {
  const place = new Int32Array(space).fill(-1);
  const byPlace = summed(raw.ids, -1);
  byPlace.forEach((id, i) => {
    must(id >= 0 && id < space);
    place[id] = i;
  });
  for (const list of [raw.kind, raw.status, raw.year, raw.tags, raw.people]) must(list.length === raw.ids.length);
  return { ...raw, place, byPlace, starts: summed(raw.texts.page, 0) };
}

export class Store {
  /** @param {URL} base the folder of index.json @param {typeof fetch} [get] */
  constructor(base, get = (...what) => fetch(...what)) {
    this.base = base;
    this.get = get;
    /** @type {Map<string, Promise<any>>} */
    this.kept = new Map();
    /** What is here already, by file. @type {Map<string, any>} */
    this.here = new Map();
  }

  /**
   * @template T
   * @param {string} file
   * @param {(response: Response) => Promise<T>} read
   * @param {RequestInit} [how]
   * @returns {Promise<T>}
   */
  load(file, read, how) {
    const kept = this.kept.get(file);
    if (kept) return kept;
    const loading = (async () => {
      const response = await this.get(new URL(file, this.base), how).catch(() => null);
      if (!response?.ok) throw new LoadError(file, response?.status === 404 || response?.status === 410);
      try {
        const value = await read(response);
        this.here.set(file, value);
        return value;
      } catch (cause) {
        throw new LoadError(file, false, cause);
      }
    })();
    this.kept.set(file, loading);
    // What failed is tried again by the next query.
    loading.catch(() => this.kept.delete(file));
    return loading;
  }

  /** @returns {Promise<Index>} */
  index() {
    return this.load("index.json", async (response) => index(await response.json()), { cache: "no-cache" });
  }

  /** Forgets index.json, to be fetched again. */
  renew() {
    this.kept.delete("index.json");
  }

  /** @param {Index} index @returns {Promise<Table>} */
  table({ table: hash, space }) {
    return this.load(`pages.${hash}.json`, async (response) => table(await response.json(), space));
  }

  /** @param {string} hash @returns {Promise<Shard>} */
  shard(hash) {
    return this.load(`words.${hash}.bin`, async (response) => new Shard(new Uint8Array(await response.arrayBuffer())));
  }

  /** The shard, if it was loaded before. @param {string} hash @returns {Shard | undefined} */
  shardHere(hash) {
    return this.here.get(`words.${hash}.bin`);
  }

  /** @param {string} hash @returns {Promise<string>} */
  spelling(hash) {
    return this.load(`spelling.${hash}.txt`, (response) => response.text());
  }

  /** The name of the file with a section's text. @param {Table} table @param {number} page @param {number} section */
  textFile({ starts, texts, byPlace }, page, section) {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] < page || (starts[middle] === page && texts.section[middle] <= section)) low = middle + 1;
      else high = middle;
    }
    const at = low - 1;
    return `text.${byPlace[starts[at]]?.toString(16)}-${texts.section[at]?.toString(16)}-${texts.file.slice(6 * at, 6 * low)}.json`;
  }

  /** @param {string} file @returns {Promise<Map<number, PageText>>} by id */
  texts(file) {
    return this.load(file, async (response) => {
      /** @type {PageText[]} */
      const pages = await response.json();
      for (const page of pages) {
        must([page.url, page.title].every((s) => typeof s === "string"));
        for (const [ordinal, , ...rest] of page.sections) must(Number.isInteger(ordinal) && rest.every((s) => typeof s === "string"));
      }
      return new Map(pages.map((page) => [page.id, page]));
    });
  }
}

/** The files of a cut that may hold words beginning with `prefix`, at most `most`. @param {Cut} cut @param {string} prefix @param {number} most */
export function filesOf({ from, file }, prefix, most) {
  const first = Math.max(0, placeOf(from, prefix));
  let end = first + 1;
  while (end < from.length && end < first + most && from[end].startsWith(prefix)) end += 1;
  return file.slice(first, end);
}

/** The file of a cut that holds `word`, if any does. @param {Cut} cut @param {string} word */
export const fileOf = ({ from, file }, word) => file[Math.max(0, placeOf(from, word))] ?? null;
