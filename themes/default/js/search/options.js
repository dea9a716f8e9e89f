// The list under the dialog's field: hits or recent queries, one of them marked. The focus stays in the field; screen
// readers follow `aria-activedescendant`, which is set once the arrow keys are used and not before, so that whoever types
// is not talked over.

import { element } from "../lib/element.js";
import { BEGINNING, facts, name, teaser, trail, way } from "./results.js";

/** @typedef {import("./results.js").Results} Results */

/** How many hits of one page are offered; the search page has all. */
const OF_ONE_PAGE = 3;

/** @param {Results} results */
export function hits({ groups }) {
  return groups.flatMap((group) =>
    group.hits.slice(0, OF_ONE_PAGE).map((hit, at) => {
      const head = at === 0 ? element("span", { class: "option-head" }, name(group), facts(group, true)) : undefined;
      const path = trail(hit.heading.length > 0 || at === 0 ? way(hit) : [BEGINNING], "found-path");
      return element("a", { class: at === 0 ? "option" : "option option-more", href: hit.url }, head, path, teaser(hit));
    }),
  );
}

/** @param {string[]} queries */
export const queries = (queries) => queries.map((query) => element("div", { class: "option option-query" }, query));

/**
 * @param {HTMLInputElement} field
 * @param {HTMLElement} list
 */
export function options(field, list) {
  /** @type {HTMLElement[]} */
  let all = [];
  let marked = -1;

  /** @param {number} at @param {boolean} told whether screen readers are told */
  function mark(at, told) {
    all[marked]?.setAttribute("aria-selected", "false");
    marked = at;
    const option = all[at];
    option?.setAttribute("aria-selected", "true");
    if (option && told) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  list.addEventListener("pointermove", ({ target }) => {
    const at = target instanceof Element ? all.findIndex((option) => option.contains(target)) : -1;
    if (at >= 0 && at !== marked) mark(at, false);
  });

  return {
    /** @param {HTMLElement[]} elements @param {number} first which one is marked from the beginning; -1 is none */
    show(elements, first) {
      all = elements;
      elements.forEach((option, at) => {
        option.id = `tm-search-option-${at}`;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
      });
      list.replaceChildren(...elements);
      list.hidden = elements.length === 0;
      list.scrollTop = 0;
      field.setAttribute("aria-expanded", String(elements.length > 0));
      mark(elements.length > first ? first : -1, false);
    },

    /** The option that is marked. */
    now: () => all[marked],

    /**
     * @param {string} key
     * @returns {boolean} whether the key moved the mark. Home and End belong to the field until the arrows were used.
     */
    move(key) {
      const chosen = field.hasAttribute("aria-activedescendant");
      const last = all.length - 1;
      if (last < 0) return false;
      if (key === "ArrowDown") mark(chosen || marked < 0 ? (marked + 1) % all.length : marked + (all.length > 1 ? 1 : 0), true);
      else if (key === "ArrowUp") mark(marked > 0 ? marked - 1 : last, true);
      else if (chosen && key === "Home") mark(0, true);
      else if (chosen && key === "End") mark(last, true);
      else return false;
      return true;
    },
  };
}
