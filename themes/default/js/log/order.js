// The orders of the log. What lacks what it is sorted by comes last; what is equal stays as on the page.

/** @typedef {import("./table.js").Entry} Entry */

/** @param {Entry} a @param {Entry} b */
const byNumber = (a, b) => lacking(Number.isNaN(a.number), Number.isNaN(b.number)) || a.number - b.number || 0;
/** @param {Entry} a @param {Entry} b */
const byDate = (a, b) => lacking(a.date === "", b.date === "") || compare(a.date, b.date);
/** @param {boolean} a @param {boolean} b */
const lacking = (a, b) => Number(a) - Number(b);
/** @param {string} a @param {string} b */
const compare = (a, b) => Number(a > b) - Number(a < b);

/** The same from the other end, but what lacks it stays last. @param {(a: Entry, b: Entry) => number} by @param {(entry: Entry) => boolean} lacks */
const reversed = (by, lacks) => (/** @type {Entry} */ a, /** @type {Entry} */ b) => lacking(lacks(a), lacks(b)) || by(b, a);

/**
 * @param {Entry[]} entries as on the page
 * @param {string} sort as in the address
 * @returns {Entry[]}
 */
export function sorted(entries, sort) {
  const { compare: titles } = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
  /** @type {Map<string, (a: Entry, b: Entry) => number>} */
  const orders = new Map([
    ["date", (a, b) => byDate(a, b) || byNumber(a, b)],
    [
      "-date",
      reversed(
        (a, b) => byDate(a, b) || byNumber(a, b),
        (entry) => entry.date === "",
      ),
    ],
    ["number", byNumber],
    ["-number", reversed(byNumber, (entry) => Number.isNaN(entry.number))],
    ["title", (a, b) => titles(a.title, b.title)],
    ["status", (a, b) => a.of.status[0] - b.of.status[0]],
  ]);
  const by = orders.get(sort);
  return by ? [...entries].sort(by) : entries;
}
