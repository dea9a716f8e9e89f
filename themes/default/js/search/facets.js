// Filters and their counts, from the table of pages.

/**
 * @typedef {import("./store.js").Table} Table
 * @typedef {{ kind?: string[], status?: string[], tag?: string[], person?: string[], year?: string[] }} Filters
 * @typedef {{ value: string, label: string, count: number }} Value
 * @typedef {{ kind: Value[], status: Value[], tag: Value[], person: Value[], year: Value[] }} Facets
 */

/** @type {(keyof Filters)[]} */
const NAMES = ["kind", "status", "tag", "person", "year"];

/** The names of a facet's values, and which of them each page has, by index; a year is its own index. @param {Table} table */
const columns = (table) => [
  { names: table.kinds, of: table.kind },
  { names: table.statuses, of: table.status },
  { names: table.tagNames, of: table.tags },
  { names: table.peopleNames, of: table.people },
  { names: null, of: table.year.map((year) => year || -1) },
];

/** @param {number} facet @param {string} value */
const label = (facet, value) => (facet < 2 ? value.charAt(0).toUpperCase() + value.slice(1) : value);

/**
 * The pages that pass all filters, and how many each value of a facet would leave, the other facets' filters given.
 * @param {Table} table @param {number[]} pages @param {Filters} filters @returns {{ pages: number[], facets: Facets }}
 */
export function narrow(table, pages, filters) {
  const facets = columns(table).map(({ names, of }, f) => {
    const wanted = [...new Set(filters[NAMES[f]] ?? [])].map((value) => ({ value, index: names ? names.indexOf(value) : Number(value) }));
    return { names, of, wanted, any: new Set(wanted.map(({ index }) => index)), counts: /** @type {Map<number, number>} */ (new Map()) };
  });
  /** @param {typeof facets[0]} facet @param {number} page */
  const passes = ({ of, any }, page) => {
    const has = of[page];
    return any.size === 0 || (typeof has === "number" ? any.has(has) : has.some((index) => any.has(index)));
  };
  const left = pages.filter((page) => {
    let failed = null;
    let failures = 0;
    for (const facet of facets) {
      if (passes(facet, page)) continue;
      failed = facet;
      failures += 1;
    }
    if (failures > 1) return false;
    for (const facet of failed ? [failed] : facets) {
      const { of, counts } = facet;
      const has = of[page];
      if (typeof has !== "number") for (const index of has) counts.set(index, (counts.get(index) ?? 0) + 1);
      else if (has >= 0) counts.set(has, (counts.get(has) ?? 0) + 1);
    }
    return failures === 0;
  });
  const lists = facets.map(({ names, wanted, counts }, f) => {
    const list = [...counts].map(([index, count]) => ({ value: names ? names[index] : String(index), count }));
    for (const { value, index } of wanted) if (!counts.has(index)) list.push({ value, count: 0 });
    list.sort((a, b) => (names ? b.count - a.count : Number(b.value) - Number(a.value)) || (a.value < b.value ? -1 : 1));
    return list.map(({ value, count }) => ({ value, label: label(f, value), count }));
  });
  return { pages: left, facets: /** @type {Facets} */ (Object.fromEntries(NAMES.map((name, f) => [name, lists[f]]))) };
}
