// What was found on the search page: under each page its sections, best first.

import { element } from "../lib/element.js";
import { button } from "./hints.js";
import { BEGINNING, counted, facts, name, teaser, trail, way } from "./results.js";

/** @typedef {import("./results.js").Group} Group */
/** @typedef {import("./results.js").Hit} Hit */

/** @param {Group} group @param {() => void} open shows the rest of its hits */
export function article(group, open) {
  const [first, ...others] = group.hits;
  // Where the page as a whole is the best hit, its title is that hit; else the title only leads there.
  const whole = first !== undefined && first.heading.length === 0;
  const link = element("a", { href: whole ? first.url : group.url, "data-hit": whole }, name(group));
  const hits = whole ? others : group.hits;
  return element(
    "article",
    { class: "found" },
    trail(group.crumbs, "found-crumbs"),
    element("h2", {}, link),
    facts(group),
    whole ? element("p", {}, teaser(first)) : undefined,
    hits.length > 0 ? element("ul", { class: "found-hits" }, ...hits.map(item)) : undefined,
    group.rest > 0 ? element("p", { class: "found-rest" }, button(counted(group.rest, "more section"), open)) : undefined,
  );
}

/** @param {Hit} hit */
function item(hit) {
  const path = trail(hit.heading.length > 0 ? way(hit) : [BEGINNING], "found-path");
  return element("li", {}, element("a", { href: hit.url, "data-hit": true }, path), element("p", {}, teaser(hit)));
}
