// The filters beside the results: what there is of each kind, status, tag, person and year, with counts.

import { element } from "../lib/element.js";
import { FACETS, each } from "./address.js";

/** @typedef {import("./address.js").Facet} Facet */
/** @typedef {{ value: string, label: string, count: number }} Value */

const TITLES = { kind: "Kind", status: "Status", tag: "Tag", person: "Person", year: "Year" };
/** How many values are shown before the rest is asked for. */
const FEW = 6;
/** From here on the filters stand beside the results and are open. */
const WIDE = matchMedia("(min-width: 62rem)");

/**
 * @param {HTMLElement} place
 * @param {(filters: Record<Facet, string[]>) => void} changed
 */
export function facets(place, changed) {
  const summary = element("summary", {}, "Filters");
  const sets = element("div", { class: "facets" });
  const details = /** @type {HTMLDetailsElement} */ (element("details", { hidden: true }, summary, sets));
  place.append(details);
  /** @type {Set<Facet>} those of which the reader wants to see all */
  const whole = new Set();

  const unfold = () => {
    details.open = WIDE.matches;
  };
  WIDE.addEventListener("change", unfold);
  unfold();

  /** @param {Facet} facet @returns {string[]} */
  const checked = (facet) =>
    [...sets.querySelectorAll(`input[name=${facet}]:checked`)].map((input) => /** @type {HTMLInputElement} */ (input).value);
  sets.addEventListener("change", () => changed(each(checked)));

  /**
   * @param {Record<Facet, Value[]>} counts
   * @param {Record<Facet, string[]>} on
   */
  function show(counts, on) {
    const focus = document.activeElement;
    const groups = FACETS.map((facet) => group(facet, withChosen(counts[facet], on[facet]), on[facet]));
    sets.replaceChildren(...groups.filter((group) => group !== undefined));
    const active = FACETS.reduce((sum, facet) => sum + on[facet].length, 0);
    summary.textContent = active > 0 ? `Filters (${active} on)` : "Filters";
    details.hidden = sets.childElementCount === 0;
    if (focus instanceof HTMLInputElement && focus.type === "checkbox") refocus(focus);
  }

  /** What had the focus was made anew. @param {HTMLInputElement} old */
  function refocus({ name, value }) {
    const same = [...sets.querySelectorAll("input")].find((input) => input.name === name && input.value === value);
    (same ?? summary).focus();
  }

  /** @param {Facet} facet @param {Value[]} values @param {string[]} on */
  function group(facet, values, on) {
    if (values.length === 0) return undefined;
    const labels = values.map((value) => choice(facet, value, on.includes(value.value)));
    const rest = whole.has(facet) ? [] : labels.filter((label, at) => at >= FEW && !label.querySelector(":checked"));
    // One alone behind a button would take as much room as the button.
    const hidden = rest.length > 1 ? rest : [];
    for (const label of hidden) label.hidden = true;
    const more = hidden.length > 0 ? element("button", { type: "button", class: "search-button" }, `${hidden.length} more`) : undefined;
    more?.addEventListener("click", () => {
      whole.add(facet);
      for (const label of hidden) label.hidden = false;
      more.remove();
      hidden[0].querySelector("input")?.focus();
    });
    return element("fieldset", {}, element("legend", { class: "label" }, TITLES[facet]), ...labels, more);
  }

  /** @param {Facet} facet @param {Value} value @param {boolean} on */
  function choice(facet, { value, label, count }, on) {
    const input = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", name: facet, value }));
    input.checked = on;
    const word = element("span", { class: facet === "status" ? `status status-${value}` : undefined }, label);
    return element("label", { class: "facet" }, input, word, element("span", { class: "count" }, String(count)));
  }

  return { show };
}

/** What is chosen can be taken back, also where nothing has it. @param {Value[]} values @param {string[]} on */
function withChosen(values, on) {
  const missing = on.filter((chosen) => !values.some(({ value }) => value === chosen));
  return [...values, ...missing.map((value) => ({ value, label: value, count: 0 }))];
}
