// What was found, as elements: everything from documents goes in as text.

import { element } from "../lib/element.js";

/** @typedef {import("./engine.js").Results} Results */
/** @typedef {Results["groups"][number]} Group */
/** @typedef {Group["hits"][number]} Hit */

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
/** How many people a line has room for. */
const PEOPLE = 3;

/** What stands before a page's first heading, where a better section of the page comes first. */
export const BEGINNING = "Beginning of the page";

/** @param {number} count @param {string} one */
export const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** @param {string} word */
export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** @param {string} iso `2026-11-13` @returns {string} `13 Nov 2026`, as everywhere on the site */
function short(iso) {
  const [year, month, day] = iso.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** @param {Group["status"]} status */
function badge(status) {
  if (!status) return undefined;
  const own = capital(status.raw);
  // As the filter calls it, where the record has another word.
  const other = status.word !== "unknown" && status.raw.toLowerCase() !== status.word ? ` (${status.word})` : "";
  return element("span", { class: `status status-${status.word}` }, own + other);
}

/** @param {Group} group @param {boolean} [brief] whether there is no room for people */
export function facts({ status, kind, date, people }, brief = false) {
  const names = people.slice(0, PEOPLE).join(", ") + (people.length > PEOPLE ? " …" : "");
  const texts = [capital(kind), date && short(date), !brief && names].filter((text) => text);
  const spans = texts.map((text) => element("span", {}, String(text)));
  return element("span", { class: "found-facts" }, badge(status), ...spans);
}

/** @param {Group} group */
export function name(group) {
  const number = group.number ? element("span", { class: "number" }, `${group.number} `) : undefined;
  return element("span", { class: "found-title" }, number, group.title);
}

/** @param {string[]} parts @param {string} kind */
export function trail(parts, kind) {
  if (parts.length === 0) return undefined;
  return element("span", { class: kind }, ...parts.map((part) => element("span", {}, part)));
}

/**
 * The headings that lead to a hit. A moment of a recording says when, and who speaks: `2:15 · Ray`; a chapter, which has
 * no text of its own: `2:15 Scanning`.
 * @param {Hit} hit @returns {string[]}
 */
export function way({ url, heading, teaser }) {
  const time = /#t-(?:(\d+)h)?(\d+)m(\d\d)s(?:-\d+)?$/
    .exec(url)
    ?.slice(1)
    .filter((part) => part)
    .join(":");
  if (!time) return heading;
  const own = heading.at(-1) ?? "";
  const words = own === "" ? time : `${time} ${teaser.length > 0 ? "· " : ""}${own}`;
  return [...heading.slice(0, -1), words];
}

/** @param {Hit} hit */
export function teaser(hit) {
  const pieces = hit.teaser.map(({ text, mark }) => (mark ? element("mark", {}, text) : text));
  return element("span", { class: "found-teaser" }, ...pieces);
}

/** @param {Results} results @returns {string[]} what was done about words that no page has, or that are left out */
export function notes({ notes, words }) {
  const common = words.length > 0 ? notes.filter(({ why }) => why === "common").map(({ missing }) => `“${missing}”`) : [];
  const said = notes
    .filter(({ why }) => why !== "common" || common.length === 0)
    .map(({ missing, showing, why }) => {
      if (why === "common") return `“${missing}” is too common a word to be looked for alone.`;
      if (why === "limit") return `“${missing}” and what follows it is left out: a search takes 16 words.`;
      if (why === "empty") return `“${missing}” holds no word to look for.`;
      return showing ? `No page has “${missing}”. Showing “${showing}”.` : `No page has “${missing}”.`;
    });
  return common.length > 0 ? [...said, `Left out as too common: ${common.join(", ")}.`] : said;
}
