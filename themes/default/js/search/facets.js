// Filters and their counts, from the table of pages and the names in a file beside it.

/**
 * @typedef {import("./store.js").Table} Table
 * @typedef {import("./store.js").Names} Names
 * @typedef {{ kind?: string[], status?: string[], tag?: string[], person?: string[], year?: string[] }} Filters
 * @typedef {{ value: string, label: string, count: number }} Value
 * @typedef {{ kind: Value[], status: Value[], tag: Value[] | null, person: Value[] | null, year: Value[] }} Facets null where names were not loaded
 */

/** @type {(keyof Filters)[]} */
const NAMES = ["kind", "status", "tag", "person", "year"];
const YEAR = 4;

const NONE = { names: /** @type {string[]} */ ([]), start: null, of: new Int32Array(0) };

/** The names of a facet's values, and which of them each page has, by place: of rows from `start` on. @param {Table} table @param {Names | null} called */
const columns = ({ kinds, kind, statuses, status, years, year }, called) => [
  { names: kinds, start: null, of: kind },
  { names: statuses, start: null, of: status },
  called ? { names: called.tagNames, ...called.tags } : NONE,
  called ? { names: called.peopleNames, ...called.people } : NONE,
  { names: years.map(String), start: null, of: year },
];

/** @param {number} facet @param {string} value */
const label = (facet, value) => (facet < 2 ? value.charAt(0).toUpperCase() + value.slice(1) : value);

/** Whether a page has one of the values that are wanted. @param {{ start: Int32Array | null, of: Int32Array, any: Set<number> }} facet @param {number} page */
function passes({ start, of, any }, page) {
  if (!start) return any.has(of[page]);
  for (let at = start[page]; at < start[page + 1]; at += 1) if (any.has(of[at])) return true;
  return false;
}

/** @param {{ start: Int32Array | null, of: Int32Array, counts: Int32Array }} facet @param {number} page */
function count({ start, of, counts }, page) {
  if (start) for (let at = start[page]; at < start[page + 1]; at += 1) counts[of[at]] += 1;
  else if (of[page] >= 0) counts[of[page]] += 1;
}

/**
 * The pages that pass all filters, and how many each value of a facet would leave, the other facets' filters given.
 * @param {Table} table @param {Names | null} called needed where tags or people are filtered @param {number[]} pages @param {Filters} filters
 * @returns {{ pages: number[], facets: Facets }}
 */
export function narrow(table, called, pages, filters) {
  const facets = columns(table, called).map(({ names, start, of }, f) => {
    const wanted = [...new Set(filters[NAMES[f]] ?? [])];
    const any = new Set(wanted.map((value) => names.indexOf(value)).filter((index) => index >= 0));
    return { names, start, of, wanted, any, counts: new Int32Array(names.length) };
  });
  const active = facets.filter(({ wanted }) => wanted.length > 0);
  const left = pages.filter((page) => {
    let failed = null;
    let failures = 0;
    for (const facet of active) {
      if (passes(facet, page)) continue;
      failed = facet;
      failures += 1;
    }
    if (failures > 1) return false;
    if (failed) count(failed, page);
    else for (const facet of facets) count(facet, page);
    return failures === 0;
  });
  const lists = facets.map(({ names, wanted, counts, of }, f) => {
    if (of === NONE.of) return null;
    /** @type {{ value: string, count: number }[]} */
    const list = [];
    counts.forEach((count, index) => {
      // Without a date there is no year.
      if (count > 0 && (f < YEAR || names[index] !== "0")) list.push({ value: names[index], count });
    });
    for (const value of wanted) if (!list.some((had) => had.value === value)) list.push({ value, count: 0 });
    list.sort((a, b) => (f < YEAR ? b.count - a.count : Number(b.value) - Number(a.value)) || (a.value < b.value ? -1 : 1));
    return list.map(({ value, count }) => ({ value, label: label(f, value), count }));
  });
  return { pages: left, facets: /** @type {Facets} */ (/** @type {unknown} */ (Object.fromEntries(NAMES.map((name, f) => [name, lists[f]])))) };
}
