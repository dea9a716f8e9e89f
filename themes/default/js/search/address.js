// The search page's address: what is looked for and which filters are on, so that it can be kept and passed on.

/** The filters, in the order in which they stand on the page and in the address. */
export const FACETS = /** @type {const} */ (["kind", "status", "tag", "person", "year"]);
/** The longest query, in characters, and the most values of one filter. */
const LONGEST = 400;
const MOST = 50;

/** @typedef {typeof FACETS[number]} Facet */
/** @typedef {{ query: string, filters: Record<Facet, string[]> }} Asked */

/** @template T @param {(facet: Facet) => T[]} values @returns {Record<Facet, T[]>} */
export const each = (values) => ({
  kind: values("kind"),
  status: values("status"),
  tag: values("tag"),
  person: values("person"),
  year: values("year"),
});

/** @param {string} search `?q=...` @returns {Asked} */
export function read(search) {
  const params = new URLSearchParams(search);
  return {
    query: (params.get("q") ?? "").slice(0, LONGEST),
    filters: each((facet) => [...new Set(params.getAll(facet))].slice(0, MOST)),
  };
}

/** @param {URL} base the search page @param {Asked} asked */
export function write(base, { query, filters }) {
  const params = new URLSearchParams();
  if (query !== "") params.append("q", query);
  for (const facet of FACETS) for (const value of filters[facet]) params.append(facet, value);
  const text = params.toString();
  return base.pathname + (text === "" ? "" : `?${text}`);
}
