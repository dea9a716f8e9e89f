// Filters and sorts the decision log. The address says how: `?status=accepted&tag=storage&sort=title`.

import { announce } from "../lib/announce.js";
import { FACETS, each, read as readAddress, write } from "./address.js";
import { facet } from "./facet.js";
import { list, say } from "./list.js";
import { narrow } from "./narrow.js";
import { sorted } from "./order.js";
import { NONE, read as readTable } from "./table.js";

/** @typedef {import("./address.js").Facet} Facet */

/** How long after a letter the count is said, in milliseconds: whoever types on is not talked over. */
const PAUSE = 600;

const tools = document.getElementById("tm-log-tools");
const log = document.getElementById("tm-log");
if (tools && log) begin(tools, log);
delete document.documentElement.dataset.asked;

/** @param {HTMLElement} tools @param {HTMLElement} log */
function begin(tools, log) {
  /** @template {Element} T @param {string} selector */
  const one = (selector) => /** @type {T} */ (tools.querySelector(selector));
  const words = /** @type {HTMLInputElement} */ (one(".log-words input"));
  const more = /** @type {HTMLButtonElement} */ (one(".log-more"));
  const order = /** @type {HTMLSelectElement} */ (one(".log-sort select"));
  const found = /** @type {HTMLElement} */ (one(".log-found"));
  const count = /** @type {HTMLElement} */ (one(".log-found .count"));
  const clear = /** @type {HTMLButtonElement} */ (one(".log-clear"));
  const statuses = [.../** @type {NodeListOf<HTMLInputElement>} */ (tools.querySelectorAll("[name=status]"))];

  const table = readTable(
    log,
    statuses.map(({ value }) => value),
  );
  const rows = list(log, /** @type {HTMLElement} */ (one(".jump")), table.entries);
  const own = order.options[0].value;
  const facets = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (tools.querySelectorAll("details"))].map((details) => {
    const name = /** @type {Facet} */ (details.dataset.facet);
    return { name, view: facet(details, table.names[name], how(name), (chosen) => go({ on: { ...asked.on, [name]: chosen } })) };
  });

  /** @type {ReturnType<typeof readAddress>} */
  let asked = known(readAddress(location.search));
  /** What the list is sorted by. */
  let stands = own;
  /** Whether this entry of the history is to stay: letters typed from now on make a new one. */
  let kept = true;
  let timer = 0;

  /** What the page has: values as it writes them, and an order that it offers. @param {ReturnType<typeof readAddress>} wanted @returns {ReturnType<typeof readAddress>} */
  function known({ words, sort, on }) {
    const offered = [...order.options].some(({ value }) => value === sort);
    const spelt = (/** @type {Facet} */ facet, /** @type {string} */ value) =>
      table.names[facet].find((name) => name.toLowerCase() === value.toLowerCase()) ?? value;
    const spelled = each((facet) => on[facet].map((value) => spelt(facet, value)));
    return { words, sort: offered && sort !== own ? sort : "", on: spelled };
  }

  const active = () => FACETS.reduce((sum, facet) => sum + asked.on[facet].length, 0);

  function show() {
    const { passes, total, counts } = narrow(table, asked);
    const sort = asked.sort || own;
    if (sort !== stands) rows.arrange(sort === own ? undefined : sorted(table.entries, sort));
    stands = sort;
    rows.show(passes, total);
    for (const { name, view } of facets) view.show(counts[name], asked.on[name]);
    statuses.forEach((input, place) => {
      input.checked = asked.on.status.includes(input.value);
      const number = input.parentElement?.querySelector(".count");
      if (number) say(number, counts.status[place]);
    });
    const narrowed = active() > 0 || asked.words.trim() !== "";
    const all = `${table.entries.length} decisions`;
    count.textContent = narrowed ? `${total} of ${all}` : all;
    clear.hidden = !narrowed;
    more.textContent = active() > 0 ? `Filters (${active()})` : "Filters";
    more.classList.toggle("on", active() > 0);
    order.value = sort;
  }

  const tell = () => announce(count.textContent ?? "");

  /** A step that the reader can take back. @param {Partial<typeof asked>} change */
  function go(change) {
    asked = { ...asked, ...change };
    kept = true;
    history.pushState(null, "", write(location.pathname, asked));
    show();
    clearTimeout(timer);
    tell();
  }

  function type() {
    const anew = kept && location.search !== "";
    asked = { ...asked, words: words.value };
    history[anew ? "pushState" : "replaceState"](null, "", write(location.pathname, asked));
    kept = false;
    show();
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE);
  }

  /** What the address says. */
  function arrive() {
    asked = known(readAddress(location.search));
    kept = true;
    words.value = asked.words;
    show();
  }

  words.addEventListener("input", type);
  words.addEventListener("change", () => {
    kept = true;
  });
  order.addEventListener("change", () => go({ sort: order.value === own ? "" : order.value }));
  for (const input of statuses) {
    input.addEventListener("change", () => {
      go({ on: { ...asked.on, status: statuses.filter(({ checked }) => checked).map(({ value }) => value) } });
    });
  }
  clear.addEventListener("click", () => {
    words.value = "";
    go({ words: "", on: each(() => []) });
    // The button is gone; the reader stays where it was.
    found.tabIndex = -1;
    found.focus();
  });
  more.addEventListener("click", () => {
    const open = one(".log-filters").classList.toggle("open");
    more.setAttribute("aria-expanded", String(open));
  });
  addEventListener("popstate", arrive);
  if (location.search !== "") arrive();
}

/** How the values of a filter are put in order and said. @param {Facet} name */
function how(name) {
  const { compare } = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
  const label = (/** @type {string} */ value) => (name === "year" && value === NONE ? "Undated" : value);
  const years = (/** @type {string} */ a, /** @type {string} */ b) => Number(a === NONE) - Number(b === NONE) || Number(b) - Number(a);
  return { label, order: name === "year" ? years : compare };
}
