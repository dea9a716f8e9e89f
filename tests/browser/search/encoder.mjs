// Writes search indexes of small sites in the form that src/search writes, for tests of the engine alone.
//
// What matters is the form, not where files are cut: cuts here are by size only, and names are counted up, not hashed.

import { deflateRawSync } from "node:zlib";
import { compare, folded, words } from "../../../themes/default/js/search/words.js";

const FIELDS = ["title", "number", "headings", "about", "body"];

/** A stemmer that is just good enough to make forms and tokens differ. */
export function stem(word) {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  return word
    .replace(/(ies|ied)$/, "i")
    .replace(/(?<=[a-z]{3})(ings?|ed|als?|s|e|ions?)$/, "")
    .replace(/y$/, "i");
}

export const STOP = "a an and are as at be by for if in into is it no not of on or such that the their then there these they this to was will with";

class Bits {
  bits = [];
  put(value, n) {
    for (let i = n - 1; i >= 0; i -= 1) this.bits.push((value >> i) & 1);
  }
  gamma(x) {
    const n = 32 - Math.clz32(x);
    this.put(0, n - 1);
    this.put(x, n);
  }
  rice(k, x) {
    for (let i = x >> k; i > 0; i -= 1) this.bits.push(1);
    this.bits.push(0);
    this.put(x & ((1 << k) - 1), k);
  }
  bytes() {
    const out = new Uint8Array(Math.ceil(this.bits.length / 8));
    this.bits.forEach((bit, i) => (out[i >> 3] |= bit << (7 - (i & 7))));
    return out;
  }
}

const lengthClass = (field, tokens) =>
  field === "body" ? [16, 32, 64, 128, 256, 512, 1024].filter((i) => i <= tokens).length : Math.min(8, tokens) - 1;

/** Numbers that ascend. */
function ascending(bits, numbers, k = 2) {
  bits.put(k, 5);
  numbers.forEach((number, i) => bits.rice(k, number - (i > 0 ? numbers[i - 1] + 1 : 0)));
}

/** `places`: [{ page (id), entries: [{ section, count, length, below }] }], ascending; `ids`: those of the pages of the file. */
function list(field, places, ids) {
  const bits = new Bits();
  const bySection = field === "headings" || field === "body";
  bits.gamma(places.length);
  ascending(
    bits,
    places.map(({ page }) => ids.indexOf(page)),
  );
  for (const { entries } of places) {
    if (bySection) bits.gamma(entries.length);
    let ordinal = -1;
    for (const { section, count, length, below } of entries) {
      if (bySection) bits.gamma(section - ordinal);
      ordinal = section;
      bits.gamma(count);
      bits.put(lengthClass(field, length), 3);
      if (field === "headings") bits.gamma(below + 1);
    }
  }
  return bits.bytes();
}

/** The lists of some words, each a map from fields to places, after which pages they speak of; and the lengths of those of each. */
function listed(words) {
  const ids = [...new Set(words.flatMap((lists) => [...lists.values()].flat().map(({ page }) => page)))].sort((a, b) => a - b);
  const bits = new Bits();
  bits.gamma(ids.length + 1);
  ascending(bits, ids, 3);
  const made = words.map((lists) => FIELDS.flatMap((field) => (lists.has(field) ? [list(field, lists.get(field), ids)] : [])));
  return { bytes: Buffer.concat([bits.bytes(), ...made.flat()]), lengths: made.map((lists) => lists.map((one) => one.length)) };
}

/** About how long the lists of a word are. */
const sizeOf = (lists) =>
  [...lists].reduce(
    (sum, [field, places]) =>
      sum +
      list(
        field,
        places,
        places.map(({ page }) => page),
      ).length,
    0,
  );

const utf8 = new TextEncoder();

function varint(out, n) {
  for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) + 128);
  out.push(n);
}

function coded(out, before, word) {
  const bytes = utf8.encode(word);
  let shared = 0;
  while (shared < before.length && shared < bytes.length && before[shared] === bytes[shared]) shared += 1;
  varint(out, shared);
  varint(out, bytes.length - shared);
  out.push(...bytes.slice(shared));
  return bytes;
}

/** `entries`: [{ word, self, others, lists: Map field -> places }], sorted. `keep` names a file of lists that are longer than `large`. */
export function shard(entries, large = Infinity, keep = undefined) {
  const out = [];
  const isLarge = ({ lists }) => sizeOf(lists) > large;
  const here = listed(entries.filter((entry) => !isLarge(entry)).map(({ lists }) => lists));
  varint(out, entries.length);
  let before = new Uint8Array();
  for (const entry of entries) {
    const { word, self, others, lists } = entry;
    before = coded(out, before, word);
    out.push(FIELDS.reduce((flags, field, f) => flags | (lists.has(field) ? 1 << f : 0), (self ? 32 : 0) | (others.length << 6)));
    for (const other of others) coded(out, before, other);
    const own = isLarge(entry) && listed([lists]);
    if (own) out.push(0, ...Buffer.from(keep(own.bytes), "hex"));
    for (const length of own ? own.lengths[0] : here.lengths.shift()) varint(out, length);
  }
  const packed = deflateRawSync(Uint8Array.from(out));
  const length = [];
  varint(length, packed.length);
  return Buffer.concat([Uint8Array.from(length), packed, here.bytes]);
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Numbers as a column. */
export function column(numbers) {
  let out = "";
  for (let number of numbers) {
    for (; number >= 40; number = Math.floor((number - 40) / 24)) out += DIGITS[40 + ((number - 40) % 24)];
    out += DIGITS[number];
  }
  return out;
}

/** Rows of numbers as a column. */
const rows = (all) => {
  const sorted = all.map((row) => [...row].sort((a, b) => a - b));
  return column([...all.map((row) => row.length), ...sorted.flatMap((row) => row.map((number, i) => number - (i > 0 ? row[i - 1] + 1 : 0)))]);
};

/** The keys under which a form is found: by its beginning, its end, and its middle. */
const keysOf = (form) => {
  const letters = [...form];
  const half = letters.length >> 1;
  const middle = `m${letters.slice(half - 1).join("")}.${letters.slice(0, half - 1).join("")}`;
  return [`b${form}`, `e${[...letters].reverse().join("")}`, ...(letters.length > 5 ? [middle] : [])];
};

/** A file of `[key, pages]`, sorted. */
export function spellingFile(entries) {
  let before = [];
  const lines = entries.map(([key, pages]) => {
    const letters = [...key];
    let shared = 0;
    while (shared < before.length && before[shared] === letters[shared]) shared += 1;
    before = letters;
    return shared.toString(36) + Math.min(9, Math.floor(Math.log2(pages))) + letters.slice(shared).join("");
  });
  return [entries.length, ...lines, ""].join("\n");
}

/** `[form, pages]` in files of about this size. */
export function spellings(forms, size, keep) {
  const entries = forms.flatMap(([form, pages]) => keysOf(form).map((key) => [key, pages]));
  entries.sort((a, b) => compare(a[0], b[0]));
  return cut(
    entries,
    ([key]) => key.length * 0.7 + 3,
    size,
    (batch) => keep(spellingFile(batch)),
  );
}

/** Cuts a sorted list into files of about this size. */
function cut(items, sizeOf, size, make) {
  const out = { from: [], file: [] };
  let batch = [];
  let sum = 0;
  const flush = () => {
    out.from.push(out.from.length === 0 ? "" : (batch[0].word ?? batch[0][0]));
    out.file.push(make(batch));
    batch = [];
    sum = 0;
  };
  for (const item of items) {
    if (sum > size) flush();
    batch.push(item);
    sum += sizeOf(item);
  }
  if (batch.length > 0 || out.from.length === 0) flush();
  return out;
}

const gaps = (list, from) => list.map((value, i) => value - (i > 0 ? list[i - 1] : from));

/**
 * @param pages [{ url, title, number, numbers, kind, status, raw, date, people, tags, about, description,
 *   sections: [{ level, anchor, heading, text }] }], the first section being the page itself
 * @returns {Map<string, Buffer | string>} by file name
 */
export function encode(
  pages,
  { shardSize = 10000, textSize = 12000, largeList = 2048, spellingSize = 3000, stop = STOP, stemmer = stem, salt = "a", namesBytes } = {},
) {
  const files = new Map();
  const keep = (kind, content, extension) => {
    const hash = salt + files.size.toString(16).padStart(7, "0");
    files.set(`${kind}.${hash}.${extension}`, content);
    return hash;
  };
  let space = 16;
  while (space < 2 * pages.length) space *= 2;
  const stops = new Set(stop.split(" "));
  const forms = new Map(); // form -> Set of tokens
  const tokens = new Map(); // token -> Map field -> Map page -> Map section -> entry
  const usedBy = new Map(); // token -> Set of pages
  const totals = Object.fromEntries(FIELDS.map((f) => [f, [0, 0]]));
  // Ids are spread a little, to have gaps.
  const ids = pages.map((_, i) => i + Math.floor(i / 3));
  const give = (field, page, section, text, below, raw = false) => {
    const found = [];
    for (const form of raw ? text.toLowerCase().split(/\s+/).filter(Boolean) : words(text)) {
      if (stops.has(form)) continue;
      const token = stemmer(form);
      found.push(token);
      for (const alias of new Set([form, folded(form) || form])) {
        if (!forms.has(alias)) forms.set(alias, new Set());
        forms.get(alias).add(token);
      }
    }
    if (found.length > 0) {
      totals[field][0] += found.length;
      totals[field][1] += 1;
    }
    for (const token of found) {
      if (!tokens.has(token)) tokens.set(token, new Map());
      const byField = tokens.get(token);
      if (!byField.has(field)) byField.set(field, new Map());
      const byPage = byField.get(field);
      if (!byPage.has(page)) byPage.set(page, new Map());
      const bySection = byPage.get(page);
      const entry = bySection.get(section) ?? { section, count: 0, length: found.length, below };
      entry.count += 1;
      bySection.set(section, entry);
      if (!usedBy.has(token)) usedBy.set(token, new Set());
      usedBy.get(token).add(page);
    }
  };
  let sections = 0;
  pages.forEach((page, i) => {
    const id = ids[i];
    give("title", id, 0, page.title, 0);
    give("number", id, 0, page.numbers ?? "", 0, true);
    give("about", id, 0, page.about ?? [...(page.people ?? []), ...(page.tags ?? []), page.raw ?? ""].join(" "), 0);
    page.sections.forEach((section, k) => {
      sections += 1;
      let below = 0;
      while (k > 0 && page.sections[k + below + 1]?.level > section.level) below += 1;
      if (k > 0) give("headings", id, k, section.heading, below);
      give("body", id, k, (k === 0 ? `${page.description ?? ""}\n` : "") + section.text, 0);
    });
  });

  const all = [...new Set([...forms.keys(), ...tokens.keys()])].sort(compare).map((word) => {
    const of = forms.get(word) ?? new Set();
    const lists = new Map();
    for (const [field, byPage] of tokens.get(word) ?? []) {
      const places = [...byPage].sort((a, b) => a[0] - b[0]).map(([page, entries]) => ({ page, entries: [...entries.values()] }));
      lists.set(field, places);
    }
    return { word, self: of.has(word), others: [...of].filter((token) => token !== word).slice(0, 3), lists };
  });
  const bytesOf = ({ word, lists }) => word.length / 2 + 4 + sizeOf(lists);
  const wordCut = cut(all, bytesOf, shardSize, (batch) =>
    keep(
      "words",
      shard(batch, largeList, (lists) => keep("list", lists, "bin")),
      "bin",
    ),
  );
  const spelt = [...forms]
    .filter(([form]) => /^\p{Alphabetic}{3,30}\d{0,4}$/u.test(form))
    .map(([form, of]) => [form, Math.max(...[...of].map((token) => usedBy.get(token).size))]);
  const spellingCut = spellings(spelt, spellingSize, (content) => keep("spelling", content, "txt"));

  const texts = { page: [], section: [], file: "" };
  let batch = [];
  let size = 0;
  const flush = () => {
    if (batch.length > 0) {
      const hash = salt + files.size.toString(16).padStart(5, "0");
      files.set(`text.${batch[0].id.toString(16)}-${batch[0].sections[0][0].toString(16)}-${hash}.bin`, deflateRawSync(JSON.stringify(batch)));
      texts.page.push(batch[0].id);
      texts.section.push(batch[0].sections[0][0]);
      texts.file += hash;
    }
    batch = [];
    size = 0;
  };
  pages.forEach((page, i) => {
    let part = null;
    const path = [];
    page.sections.forEach((section, k) => {
      if (batch.length === 0 || size > textSize) {
        flush();
        part = null;
      }
      while (path.length > 0 && path[path.length - 1][0] >= section.level) path.pop();
      if (!part) {
        const { url, title, number, kind, status, raw, date, people, crumbs } = page;
        part = {
          id: ids[i],
          url,
          title,
          number,
          kind,
          status: status && { word: status, raw: raw ?? status },
          date,
          people,
          crumbs,
          above: [...path],
          sections: [],
        };
        batch.push(part);
      }
      part.sections.push([k, k === 0 ? 1 : section.level, section.anchor ?? "", section.heading ?? "", section.text]);
      if (k > 0) path.push([section.level, section.heading, k, section.anchor ?? ""]);
      size += section.text.length;
    });
  });
  flush();
  const names = (values) => [...new Set(values.flat().filter(Boolean))].sort();
  const yearOf = (page) => Number(page.date?.slice(0, 4) ?? 0);
  const years = [...new Set(pages.map(yearOf))];
  const kinds = names(pages.map((page) => page.kind));
  const statuses = names(pages.map((page) => page.status));
  const tagNames = names(pages.map((page) => page.tags ?? []));
  const peopleNames = names(pages.map((page) => page.people ?? []));
  const called = JSON.stringify({
    tags: rows(pages.map((page) => (page.tags ?? []).map((tag) => tagNames.indexOf(tag)))),
    people: rows(pages.map((page) => (page.people ?? []).map((person) => peopleNames.indexOf(person)))),
    tagNames,
    peopleNames,
  });
  const table = {
    ids: column(gaps(ids, -1).map((gap) => gap - 1)),
    kind: column(pages.map((page) => kinds.indexOf(page.kind))),
    status: column(pages.map((page) => statuses.indexOf(page.status) + 1)),
    year: column(pages.map((page) => years.indexOf(yearOf(page)))),
    kinds,
    statuses,
    years,
    names: { file: keep("names", called, "json"), bytes: namesBytes ?? called.length },
    texts: { page: column(gaps(texts.page, 0)), section: column(texts.section), file: texts.file },
  };
  const index = {
    version: 5,
    pages: pages.length,
    sections,
    space,
    lengths: Object.fromEntries(FIELDS.map((f) => [f, totals[f][0] / (totals[f][1] || 1)])),
    language: "en",
    stop,
    titles: pages.flatMap(({ title }, i) =>
      words(title).length > 0 && words(title).every((word) => stops.has(word)) ? [[words(title).join(" "), ids[i]]] : [],
    ),
    endings: { "": "s ed ing al als ion ions", i: "y ies ied", e: "ed ing", n: "nning" },
    words: wordCut,
    spelling: spellingCut,
    table,
  };
  files.set("index.json", JSON.stringify(index));
  return files;
}

/** A `fetch` that answers from `files` (a map by name), and tells `log` what it was asked for. */
export function served(files, log = []) {
  return async (url, how) => {
    const name = new URL(url).pathname.split("/").pop();
    log.push(how?.cache ? `${name} (${how.cache})` : name);
    const content = files.get(name);
    if (content instanceof Error) throw content;
    if (typeof content === "number") return new Response("", { status: content });
    return content === undefined ? new Response("gone", { status: 404 }) : new Response(content);
  };
}
