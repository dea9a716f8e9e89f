// Which rows pass, and how many each value of a filter would leave.

import { FACETS, each } from "./address.js";

/** @typedef {import("./address.js").Asked} Asked */
/** @typedef {import("./address.js").Facet} Facet */
/** @typedef {import("./table.js").Table} Table */

/** @param {string} text */
const folded = (text) => text.toLowerCase();

/**
 * Rows pass that have all the words and, of each filter that is on, one of its values. A value's count is of those that
 * the words and the other filters leave.
 * @param {Table} table
 * @param {Asked} asked
 * @returns {{ passes: boolean[], total: number, counts: Record<Facet, Int32Array> }}
 */
export function narrow({ entries, names }, { words, on }) {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  const counts = each((facet) => new Int32Array(names[facet].length));
  const active = FACETS.filter((facet) => on[facet].length > 0).map((facet) => {
    const values = new Set(on[facet].map(folded));
    return { facet, any: names[facet].map((name) => values.has(folded(name))) };
  });
  let total = 0;
  const passes = entries.map(({ text, of }) => {
    if (!wanted.every((word) => text.includes(word))) return false;
    /** @type {Facet | undefined} */
    let failed;
    for (const { facet, any } of active) {
      if (of[facet].some((place) => any[place])) continue;
      if (failed) return false;
      failed = facet;
    }
    for (const facet of failed ? [failed] : FACETS) for (const place of of[facet]) counts[facet][place] += 1;
    if (!failed) total += 1;
    return !failed;
  });
  return { passes, total, counts };
}
