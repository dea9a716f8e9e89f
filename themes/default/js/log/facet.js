// A filter behind a button: the values there are, with how many rows each would leave. They are made when they are first
// asked for: there may be hundreds.

import { element } from "../lib/element.js";
import { say } from "./list.js";

/** From how many values on there is a field to find one. */
const MANY = 12;

/** @typedef {{ row: HTMLElement, input: HTMLInputElement, count: HTMLElement, name: string, place: number }} Value */

/**
 * @param {HTMLDetailsElement} details
 * @param {string[]} names
 * @param {{ order: (a: string, b: string) => number, label: (name: string) => string }} how
 * @param {(chosen: string[]) => void} changed
 */
export function facet(details, names, { order, label }, changed) {
  const summary = /** @type {HTMLElement} */ (details.querySelector("summary"));
  const word = summary.textContent ?? "";
  /** @type {Value[]} */
  let values = [];
  /** @type {{ counts: Int32Array, on: string[] }} */
  let state = { counts: new Int32Array(names.length), on: [] };

  /** @param {string} name @param {number} place @returns {Value} */
  function value(name, place) {
    const input = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", name: details.dataset.facet, value: name }));
    const count = element("span", { class: "count" });
    const row = element("label", { class: "log-value" }, input, element("span", {}, label(name)), count);
    return { row, input, count, name, place };
  }

  function make() {
    values = names.map(value).sort((a, b) => order(a.name, b.name));
    const box = element("div", { class: "log-values", role: "group", "aria-label": word }, ...values.map(({ row }) => row));
    if (values.length > MANY) box.prepend(finder());
    box.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === "checkbox") {
        changed(values.filter(({ input }) => input.checked).map(({ name }) => name));
      }
    });
    details.append(box);
  }

  /** A field that leaves only values with what is typed. */
  function finder() {
    const field = /** @type {HTMLInputElement} */ (
      element("input", {
        class: "log-find",
        type: "search",
        autocomplete: "off",
        spellcheck: "false",
        "aria-label": `Find a ${word.toLowerCase()}`,
      })
    );
    field.placeholder = "Find";
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      for (const { row, name } of values) row.hidden = !label(name).toLowerCase().includes(wanted);
    });
    return field;
  }

  function fill() {
    const on = new Set(state.on.map((name) => name.toLowerCase()));
    for (const { input, count, name, place } of values) {
      input.checked = on.has(name.toLowerCase());
      say(count, state.counts[place]);
    }
  }

  details.addEventListener("toggle", () => {
    if (!details.open) return;
    if (values.length === 0) make();
    fill();
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    summary.focus();
    event.stopPropagation();
  });
  details.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !details.contains(relatedTarget)) details.open = false;
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (details.open && target instanceof Node && !details.contains(target)) details.open = false;
  });

  return {
    /** @param {Int32Array} counts by the place of a value @param {string[]} on */
    show(counts, on) {
      state = { counts, on };
      const said = on.length === 1 ? label(on[0]) : `${on.length} chosen`;
      summary.textContent = on.length > 0 ? `${word}: ${said}` : word;
      summary.classList.toggle("on", on.length > 0);
      if (details.open) fill();
    },
  };
}
