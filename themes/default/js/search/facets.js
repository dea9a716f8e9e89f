// Filters and their counts, from the table of pages.

/**
 * @typedef {import("./store.js").Table} Table
 * @typedef {{ kind?: string[], status?: string[], tag?: string[], person?: string[], year?: string[] }} Filters
 * @typedef {{ value: string, label: string, count: number }} Value
 * @typedef {{ kind: Value[], status: Value[], tag: Value[], person: Value[], year: Value[] }} Facets
 */

/** @type {(keyof Filters)[]} */
const NAMES = ["kind", "status", "tag", "person", "year"];

/** What a page has of a facet. @param {Table} table @param {keyof Filters} facet @param {number} page @returns {string[]} */
function values(table, facet, page) {
  if (facet === "tag") return table.tags[page].map((i) => table.tagNames[i]);
  if (facet === "person") return table.people[page].map((i) => table.peopleNames[i]);
  if (facet === "year") return table.year[page] > 0 ? [String(table.year[page])] : [];
  const value = facet === "kind" ? table.kinds[table.kind[page]] : table.statuses[table.status[page]];
  return value === undefined ? [] : [value];
}

/** @param {keyof Filters} facet @param {string} value */
const label = (facet, value) => (facet === "kind" || facet === "status" ? value.charAt(0).toUpperCase() + value.slice(1) : value);

/**
 * The pages that pass all filters, and how many each value of a facet would leave, the other facets' filters given.
 * @param {Table} table @param {number[]} pages @param {Filters} filters @returns {{ pages: number[], facets: Facets }}
 */
export function narrow(table, pages, filters) {
  const wanted = NAMES.map((facet) => new Set(filters[facet] ?? []));
  const counts = NAMES.map((_, f) => new Map([...wanted[f]].map((value) => [value, 0])));
  const left = pages.filter((page) => {
    const has = NAMES.map((facet) => values(table, facet, page));
    const failed = NAMES.map((_, f) => f).filter((f) => wanted[f].size > 0 && !has[f].some((value) => wanted[f].has(value)));
    has.forEach((list, f) => {
      if (failed.every((other) => other === f)) for (const value of new Set(list)) counts[f].set(value, (counts[f].get(value) ?? 0) + 1);
    });
    return failed.length === 0;
  });
  const lists = counts.map((count, f) => {
    const list = [...count].map(([value, n]) => ({ value, label: label(NAMES[f], value), count: n }));
    return list.sort((a, b) => (NAMES[f] === "year" ? Number(b.value) - Number(a.value) : b.count - a.count) || (a.value < b.value ? -1 : 1));
  });
  return { pages: left, facets: /** @type {Facets} */ (Object.fromEntries(NAMES.map((facet, f) => [facet, lists[f]]))) };
}
