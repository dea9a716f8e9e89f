// Fetches the files of the index, each once, and reads them.

import { numbers, rows } from "./columns.js";
import { inflated, read } from "./shard.js";
import { spelt } from "./spelling.js";
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
 *   stop: string, endings: Record<string, string>, titles?: [string, number][], words: Cut, spelling: Cut, table: Table }} Index `titles`: those of
 *   stop words alone, with the page's id
 * What is known of all pages, by place; a number is a place in the list of names, -1 for none. `place` by id, and ids by place.
 * @typedef {{ place: Map<number, number>, byPlace: Int32Array, kind: Int32Array, status: Int32Array, year: Int32Array, kinds: string[], statuses: string[],
 *   years: number[], names: { file: string, bytes: number }, texts: Texts }} Table
 * @typedef {{ tags: import("./columns.js").Rows, people: import("./columns.js").Rows, tagNames: string[], peopleNames: string[] }} Names by place too
 * @typedef {{ ids: number[], section: Int32Array, file: string }} Texts which files of texts begin where
 * @typedef {{ id: number, url: string, title: string, number?: string, kind: string, status?: { word: string, raw: string }, date?: string,
 *   people?: string[], crumbs?: string[], above?: [number, string, number, string][], sections: [number, number, string, string, string][] }} PageText
 */

/** Digits of the hash in the names of texts. */
const DIGITS = 6;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** @param {boolean} holds */
function must(holds) {
  if (!holds) throw new RangeError("not of this form");
}

/** @param {any} raw @returns {Index} */
function index(raw) {
  must(raw.version === 5 && Number.isInteger(raw.space) && raw.space >= 0 && raw.space <= 2 ** 26);
  for (const cut of [raw.words, raw.spelling]) must(Array.isArray(cut.from) && cut.from.length === cut.file.length);
  return { ...raw, table: table(raw.table, raw.space) };
}

/** @param {any} raw @param {number} space @returns {Table} */
function table(raw, space) {
  const place = new Map();
  const byPlace = numbers(raw.ids);
  const many = byPlace.length;
  let id = -1;
  for (let i = 0; i < many; i += 1) {
    id += byPlace[i] + 1;
    must(id < space);
    byPlace[i] = id;
    place.set(id, i);
  }
  const kind = numbers(raw.kind);
  const status = numbers(raw.status).map((at) => at - 1);
  const year = numbers(raw.year);
  for (const list of [kind, status, year]) must(list.length === many);
  const { kinds, statuses, years, names } = raw;
  must(names.bytes >= 0);
  return { place, byPlace, kind, status, year, kinds, statuses, years, names, texts: texts(raw.texts) };
}

/** @param {any} raw @param {number} many pages @returns {Names} */
function called({ tags, people, tagNames, peopleNames }, many) {
  must(Array.isArray(tagNames) && Array.isArray(peopleNames));
  return { tags: rows(tags, many), people: rows(people, many), tagNames, peopleNames };
}

/** @param {any} raw @returns {Texts} */
function texts(raw) {
  let id = 0;
  const ids = Array.from(numbers(raw.page), (gap) => (id += gap));
  const section = numbers(raw.section);
  must(section.length === ids.length && raw.file.length === DIGITS * ids.length);
  return { ids, section, file: raw.file };
}

/** Fetches, but for the first index.json, which is this text. @param {string} [text] @returns {typeof fetch} */
export function handed(text) {
  return async (what, how) => {
    if (text === undefined || !String(what).endsWith("/index.json")) return fetch(what, how);
    const response = new Response(text);
    text = undefined;
    return response;
  };
}

export class Store {
  /** @param {URL} base the folder of index.json @param {typeof fetch} [get] @param {number} [patience] how long a file may take, in milliseconds */
  constructor(base, get = (...what) => fetch(...what), patience = 30_000) {
    this.base = base;
    this.patience = patience;
    this.get = get;
    /** @type {Map<string, Promise<any>>} */
    this.kept = new Map();
    /** What is here already, by file. @type {Map<string, any>} */
    this.here = new Map();
    /** What came broken. @type {Set<string>} */
    this.anew = new Set();
  }

  /**
   * @template T
   * @param {string} file
   * @param {(response: Response) => Promise<T>} read
   * @param {RequestInit} [how]
   * @returns {Promise<T>}
   */
  load(file, read, how = this.anew.has(file) ? { cache: "reload" } : {}) {
    const kept = this.kept.get(file);
    if (kept) return kept;
    const loading = (async () => {
      // A file that doesn't come in this time is one that can't be had.
      const signal = AbortSignal.timeout(this.patience);
      const response = await this.get(new URL(file, this.base), { ...how, signal }).catch(() => null);
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

  /** Forgets a file, to be fetched again, and not from what the browser keeps of it. @param {string} file */
  forget(file) {
    this.kept.delete(file);
    this.here.delete(file);
    this.anew.add(file);
  }

  /** Tags and people of all pages. @param {Table} table @returns {Promise<Names>} */
  names({ names: { file }, byPlace }) {
    return this.load(`names.${file}.json`, async (response) => called(await response.json(), byPlace.length));
  }

  /** @param {string} hash @returns {Promise<import("./shard.js").Shard>} */
  shard(hash) {
    return this.load(`words.${hash}.bin`, async (response) => read(new Uint8Array(await response.arrayBuffer())));
  }

  /** Large posting lists. @param {string} hash @returns {Promise<Uint8Array>} */
  list(hash) {
    return this.load(`list.${hash}.bin`, async (response) => new Uint8Array(await response.arrayBuffer()));
  }

  /** The shard, if it was loaded before. @param {string} hash @returns {import("./shard.js").Shard | undefined} */
  shardHere(hash) {
    return this.here.get(`words.${hash}.bin`);
  }

  /** @param {string} hash @returns {Promise<import("./spelling.js").Spelt[]>} */
  spelling(hash) {
    return this.load(`spelling.${hash}.txt`, async (response) => spelt(await response.text()));
  }

  /** The name of the file with a section's text. @param {Table} table @param {number} page @param {number} section */
  textFile({ texts: { ids, section: sections, file }, byPlace }, page, section) {
    const id = byPlace[page];
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ids[middle] < id || (ids[middle] === id && sections[middle] <= section)) low = middle + 1;
      else high = middle;
    }
    if (low === 0) throw new LoadError("index.json");
    return `text.${ids[low - 1].toString(16)}-${sections[low - 1].toString(16)}-${file.slice(DIGITS * (low - 1), DIGITS * low)}.bin`;
  }

  /** @param {string} file @returns {Promise<Map<number, PageText>>} by id */
  texts(file) {
    return this.load(file, async (response) => {
      /** @type {PageText[]} */
      const pages = JSON.parse(UTF8.decode(await inflated(new Uint8Array(await response.arrayBuffer()))));
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
