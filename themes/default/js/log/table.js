// The rows of the log as a table, read once from what stands on the page and from what rows don't show (`finding.rs`). A
// log may have thousands of them: elements are walked, not queried, and values are told apart by number.

import { each } from "./address.js";

/** @typedef {import("./address.js").Facet} Facet */
/**
 * @typedef {{ at: number, row: HTMLElement, home: HTMLElement, text: string, title: string, number: number, date: string,
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

/** What `finding.rs` wrote for a row: places of people, then of tags. @param {string} row */
const places = (row) => row.split(",").map((list) => (list === "" ? [] : list.split(" ").map(Number)));

/** @param {string | undefined} json @returns {string[]} */
const parsed = (json) => JSON.parse(json || "[]");

/**
 * @param {HTMLElement} log
 * @param {string[]} statuses in their order
 * @returns {Table}
 */
export function read(log, statuses) {
  const all = each(list);
  for (const status of statuses) all.status.place(status);
  // The names of the page come first, so that their places are those in its rows.
  const unseen = { people: parsed(log.dataset.people), tags: parsed(log.dataset.tags), rows: (log.dataset.rows ?? "").split(";") };
  const person = unseen.people.map((name) => all.person.place(name));
  const tag = unseen.tags.map((name) => all.tag.place(name));
  /** @type {Entry[]} */
  const entries = [];
  for (const home of log.querySelectorAll("ul")) {
    for (let row = home.firstElementChild; row; row = row.nextElementSibling) {
      const made = entry(entries.length, /** @type {HTMLElement} */ (row), home, all);
      const [people = [], tags = []] = places(unseen.rows[entries.length] ?? "");
      for (const place of people) made.of.person.push(person[place]);
      for (const place of tags) made.of.tag.push(tag[place]);
      made.text += ` ${[...people.map((place) => unseen.people[place]), ...tags.map((place) => unseen.tags[place])].join(" ")}`.toLowerCase();
      entries.push(made);
    }
  }
  return { entries, names: each((facet) => all[facet].names) };
}

/** @param {number} at @param {HTMLElement} row @param {HTMLElement} home @param {Record<Facet, ReturnType<typeof list>>} all @returns {Entry} */
function entry(at, row, home, all) {
  let [title, number, date, status, names] = ["", "", "", NONE, ""];
  for (let part = row.firstElementChild; part; part = part.nextElementSibling) {
    const said = part.textContent ?? "";
    const name = part.className;
    if (part.localName === "a") [number, title] = part.firstElementChild ? [part.firstElementChild.textContent ?? "", said] : ["", said];
    else if (part.localName === "time") date = part.getAttribute("datetime") ?? said;
    else if (name.startsWith("status ")) status = name.slice("status status-".length);
    else if (name === "log-decided" || name === "log-written") names = said;
  }
  const year = date === "" ? NONE : date.slice(0, date.indexOf("-", 1));
  // A comma in a name is followed by a space that doesn't break.
  const people = names === "" ? [] : names.split(", ").map((name) => all.person.place(name.replaceAll(",\u00a0", ", ")));
  return {
    at,
    row,
    home,
    text: (row.textContent ?? "").toLowerCase(),
    title: title.slice(number.length),
    date,
    number: number === "" ? Number.NaN : Number(number),
    of: { status: [all.status.place(status)], person: people, tag: [], year: [all.year.place(year)] },
  };
}
