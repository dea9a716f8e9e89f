// The log's address: which filters are on and what it is sorted by, so that it can be kept and passed on.

/** The filters, in the order in which they stand in the address. */
export const FACETS = /** @type {const} */ (["status", "person", "tag", "year"]);
/** The longest text, in characters, and the most values of one filter. */
const LONGEST = 400;
const MOST = 50;

/** @typedef {typeof FACETS[number]} Facet */
/** @typedef {{ words: string, sort: string, on: Record<Facet, string[]> }} Asked */

/** @template T @param {(facet: Facet) => T} value @returns {Record<Facet, T>} */
export const each = (value) => ({ status: value("status"), person: value("person"), tag: value("tag"), year: value("year") });

/** @param {string} search `?status=...` @returns {Asked} */
export function read(search) {
  const params = new URLSearchParams(search);
  return {
    words: (params.get("q") ?? "").slice(0, LONGEST),
    sort: params.get("sort") ?? "",
    on: each((facet) => [...new Set(params.getAll(facet))].slice(0, MOST)),
  };
}

/** @param {string} path the log's @param {Asked} asked */
export function write(path, { words, sort, on }) {
  const params = new URLSearchParams();
  if (words !== "") params.append("q", words);
  for (const facet of FACETS) for (const value of on[facet]) params.append(facet, value);
  if (sort !== "") params.append("sort", sort);
  const text = params.toString();
  return path + (text === "" ? "" : `?${text}`);
}
