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
 * @param {() => void} load asks again, with those filters that wait until they are wanted
 */
export function facets(place, changed, load) {
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
  const checked = (facet) => [...sets.querySelectorAll(`input[name=${facet}]:checked`)].map((input) => /** @type {HTMLInputElement} */ (input).value);
  sets.addEventListener("change", () => changed(each(checked)));

  const loads = element("button", { type: "button", class: "search-button facets-more" }, "Tags and people");
  loads.addEventListener("click", load);

  /**
   * @param {Record<Facet, Value[] | null>} counts null for what waits until it is wanted
   * @param {Record<Facet, string[]>} on
   */
  function show(counts, on) {
    const focus = document.activeElement;
    const waits = FACETS.filter((facet) => counts[facet] === null);
    const groups = FACETS.map((facet) => group(facet, withChosen(counts[facet] ?? [], on[facet]), on[facet]));
    sets.replaceChildren(...groups.filter((group) => group !== undefined), ...(waits.length > 0 ? [loads] : []));
    const active = FACETS.reduce((sum, facet) => sum + on[facet].length, 0);
    summary.textContent = active > 0 ? `Filters (${active} on)` : "Filters";
    details.hidden = sets.childElementCount === 0;
    if (focus instanceof HTMLInputElement && focus.type === "checkbox") refocus(focus);
    if (focus === loads && waits.length === 0) /** @type {HTMLElement} */ (sets.querySelector("[name=tag], [name=person]") ?? summary).focus();
  }

  /** What had the focus was made anew. @param {HTMLInputElement} old */
  function refocus({ name, value }) {
    const same = [...sets.querySelectorAll("input")].find((input) => input.name === name && input.value === value);
    (same ?? summary).focus();
  }

  /** @param {Facet} facet @param {Value[]} values @param {string[]} on */
  function group(facet, values, on) {
    if (values.length === 0) return undefined;
    const rest = whole.has(facet) ? [] : values.filter(({ value }, at) => at >= FEW && !on.includes(value));
    // One alone behind a button would take as much room as the button. There may be hundreds: they are made when wanted.
    const hidden = new Set(rest.length > 1 ? rest : []);
    const labels = values.map((value) => (hidden.has(value) ? undefined : choice(facet, value, on.includes(value.value))));
    const legend = element("legend", { class: "label" }, TITLES[facet]);
    const set = element("fieldset", {}, legend, ...labels);
    if (hidden.size === 0) return set;
    const more = element("button", { type: "button", class: "search-button" }, `${hidden.size} more`);
    more.addEventListener("click", () => {
      whole.add(facet);
      const others = labels.map((label, at) => label ?? choice(facet, values[at], false));
      set.replaceChildren(legend, ...others);
      others
        .find((label, at) => labels[at] !== label)
        ?.querySelector("input")
        ?.focus();
    });
    set.append(more);
    return set;
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
