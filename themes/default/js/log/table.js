// The rows of the log as a table, read once from what stands on the page. A log may have thousands of them: elements are
// walked, not queried, and values are told apart by number.

import { each } from "./address.js";

/** @typedef {import("./address.js").Facet} Facet */
/**
 * @typedef {{ row: HTMLElement, home: HTMLElement, text: string, title: string, number: number, date: string,
 *   of: Record<Facet, number[]> }} Entry `number` is NaN, `date` empty where there is none; `of` are places in `names`
 * @typedef {{ entries: Entry[], names: Record<Facet, string[]> }} Table
 */

/** What stands for a status or a year that is not there. */
export const NONE = "none";

/** Values in the order in which they come, found again in any case. */
function list() {
  /** @type {string[]} */
  const names = [];
  /** @type {Map<string, number>} */
  const places = new Map();
  /** @param {string} name */
  const place = (name) => {
    const key = name.toLowerCase();
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, names.length);
    return names.push(name) - 1;
  };
  return { names, place };
}

/** @param {Iterable<HTMLElement>} lists @param {string[]} statuses in their order @returns {Table} */
export function read(lists, statuses) {
  const all = each(list);
  for (const status of statuses) all.status.place(status);
  /** @type {Entry[]} */
  const entries = [];
  for (const home of lists) {
    for (let row = home.firstElementChild; row; row = row.nextElementSibling) {
      entries.push(entry(/** @type {HTMLElement} */ (row), home, all));
    }
  }
  return { entries, names: each((facet) => all[facet].names) };
}

/** @param {HTMLElement} row @param {HTMLElement} home @param {Record<Facet, ReturnType<typeof list>>} all @returns {Entry} */
function entry(row, home, all) {
  const text = row.textContent ?? "";
  let [title, number, date, status] = ["", Number.NaN, "", NONE];
  /** @type {Element | undefined} */
  let about;
  for (let part = row.firstElementChild; part; part = part.nextElementSibling) {
    const name = part.className;
    if (part.localName === "a") title = part.textContent ?? "";
    else if (part.localName === "time") date = part.getAttribute("datetime") ?? "";
    else if (name === "number") number = Number(part.textContent);
    else if (name.startsWith("status ")) status = name.slice("status status-".length);
    else if (name === "log-about" || name === "log-decided" || name === "log-written") about = part;
  }
  const year = date === "" ? NONE : date.slice(0, date.indexOf("-", 1));
  const of = { status: [all.status.place(status)], person: [], tag: [], year: [all.year.place(year)] };
  /** @type {Record<"person" | "tag", number[]>} */
  const named = of;
  for (let part = about?.firstElementChild; part; part = part.nextElementSibling) {
    const facet = part.className === "tag" ? "tag" : "person";
    named[facet].push(all[facet].place((part.textContent ?? "").trim()));
  }
  return { row, home, text: text.toLowerCase(), title, number, date, of };
}
