// What is said where there are no results: how to search, what was looked for lately, what went wrong.

import { element } from "../lib/element.js";

const FORMS = [
  ["storage limits", "both words, in any order and form"],
  ["deci", "a word that is not finished yet"],
  ["7", "the decision of that number"],
  ["last-call-deadline", "a name from code, whole or any part"],
];

/** @param {string} text @param {() => void} act */
export function button(text, act) {
  const made = element("button", { type: "button", class: "search-button" }, text);
  made.addEventListener("click", act);
  return made;
}

/** How to search. */
export function how() {
  const forms = FORMS.map(([what, why]) => element("div", {}, element("dt", {}, what), element("dd", {}, why)));
  return element(
    "div",
    { class: "search-hint" },
    element("p", { class: "label" }, "How to search"),
    element("dl", {}, ...forms),
    element("p", {}, "A misspelt word still finds its page."),
  );
}

/** @param {string} query @param {string[]} said about its words @param {HTMLElement} [way] out of it */
export function nothing(query, said, way) {
  return element(
    "div",
    { class: "search-hint" },
    element("p", { class: "search-lead", tabindex: "-1" }, `Nothing found for “${query}”.`),
    ...said.map((text) => element("p", {}, text)),
    way ?? element("p", {}, "Try fewer words, or other ones."),
  );
}

/**
 * Says that the search can't go on, and offers to try again.
 * @param {unknown} fault
 * @param {() => void} again
 */
export function failure(fault, again) {
  const file = fault && typeof fault === "object" && "file" in fault ? String(fault.file) : undefined;
  const why = `${file ?? "A part of it"} did not come. You may be offline, or the site was just published anew.`;
  // What is missing of the program itself a browser may not ask for twice, unless the page is loaded anew.
  const retry = button("Try again", () => (file ? again() : location.reload()));
  return element(
    "div",
    { class: "search-hint" },
    element("p", { class: "search-lead" }, "The search could not be loaded."),
    element("p", {}, why),
    element("p", {}, retry),
  );
}
