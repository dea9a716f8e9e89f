// The search page: `search/?q=...`. Its address says what is looked for; `#search-results` says how far it is.

import { announce } from "../lib/announce.js";
import { element } from "../lib/element.js";
import { FACETS, each, read, write } from "./address.js";
import { asking } from "./asking.js";
import { facets } from "./facets-view.js";
import { article } from "./groups.js";
import { hand, newTab } from "./handover.js";
import { button, failure, how, nothing } from "./hints.js";
import { forget, recent, remember } from "./recent.js";
import { counted, notes } from "./results.js";

/** @typedef {import("./results.js").Results} Results */

/** How many pages are shown, and how many more each time: as many as the engine puts in order at once. */
const SHOWN = 6;
/** How long after the last letter the address says what was typed, in milliseconds. */
const SETTLED = 500;
/** After how many milliseconds without an answer it is said that there will be one. */
const SLOW = 1000;

const field = /** @type {HTMLInputElement} */ (document.getElementById("tm-search-field"));
const results = /** @type {HTMLElement} */ (document.getElementById("search-results"));
const ways = /** @type {HTMLElement} */ (document.getElementById("tm-search-ways"));
const base = new URL(document.getElementById("tm-search-form")?.dataset.base ?? "", location.href);
const title = document.title;

let asked = read(location.search);
let shown = SHOWN;
/** Whether tags and people were asked for, where they are too many to come unasked. */
let names = false;
/** @type {string[]} the words to mark on the page that is opened */
let marks = [];
/** Whether this entry of the history is to stay: letters typed from now on make a new one. */
let kept = true;
/** What was typed and is not in the address yet: a new address costs a browser as much as the answer, for each letter. */
let unsaid = 0;
let slow = 0;
/** Pages all of whose sections are shown. @type {string[]} */
let whole = [];
/** Where the focus goes with the next results, because what had it is gone: to the line above them, or the first new one. */
let focus = -1;
/** Which of the links of that page takes it. */
let link = 0;

const filters = facets(
  /** @type {HTMLElement} */ (document.getElementById("tm-search-facets")),
  (chosen) => {
    go({ ...asked, filters: chosen });
  },
  () => {
    names = true;
    ask();
  },
);
const search = asking(base, { begins: () => state("loading"), found, failed });

/** @param {"idle" | "loading" | "done" | "failed"} now */
function state(now) {
  results.dataset.state = now;
  clearTimeout(slow);
  if (now === "loading") slow = setTimeout(wait, SLOW);
}

/** Says that it takes a while, where nothing else is shown. */
function wait() {
  announce("Searching…");
  if (results.querySelector("article")) return;
  results.replaceChildren(element("p", { class: "search-count", tabindex: "-1" }, "Searching…"), ways);
}

const unfiltered = () => each(() => []);
const active = () => FACETS.reduce((sum, facet) => sum + asked.filters[facet].length, 0);

/** @param {Results} answer */
function found(answer) {
  const said = notes(answer);
  const count = answer.total > 0 ? counted(answer.total, "page") : "Nothing found";
  const articles = answer.groups.map((group, at) =>
    article(group, () => {
      say();
      whole = [...whole, group.url];
      [focus, link] = [at, group.hits.length];
      history.replaceState({ ...history.state, shown, whole }, "");
      ask();
    }),
  );
  const notice = said.map((text) => element("p", { class: "search-note" }, text));
  const without = active() > 0 ? filtered() : undefined;
  marks = answer.marks;
  if (articles.length === 0) {
    results.replaceChildren(nothing(asked.query.trim(), said, without), ways);
  } else {
    const above = element("p", { class: "search-count", tabindex: "-1" }, `${count}. `, without);
    results.replaceChildren(above, ...notice, ...articles, ...(answer.more ? [moreButton(articles.length)] : []));
  }
  filters.show(answer.facets, asked.filters);
  state("done");
  announce([...said, focus > 0 && link === 0 ? `${articles.length} of ${count} shown.` : `${count}.`].join(" "));
  settle(articles);
}

/** How many filters are on, and the way to be without them. */
function filtered() {
  const on = active() > 1 ? `${active()} filters are on. ` : "1 filter is on. ";
  return element(
    "span",
    {},
    on,
    button("Search without filters", () => {
      focus = 0;
      go({ ...asked, filters: unfiltered() });
    }),
  );
}

/** Puts the focus and the scroll where they belong. @param {HTMLElement[]} articles */
function settle(articles) {
  if (focus === 0 && link === 0) /** @type {HTMLElement | null} */ (results.querySelector("[tabindex]"))?.focus();
  else if (focus >= 0 && articles[focus]) (hits(articles[focus])[link] ?? articles[focus].querySelector("a"))?.focus();
  [focus, link] = [-1, 0];
  const { top, ...rest } = history.state ?? {};
  if (typeof top !== "number") return;
  // The reader comes back from a hit.
  history.replaceState(rest, "");
  scrollTo({ top, behavior: "instant" });
}

/** The links to hits, in their order. @param {Element} within @returns {HTMLElement[]} */
const hits = (within) => [...within.querySelectorAll("a[data-hit]")].flatMap((link) => (link instanceof HTMLElement ? [link] : []));

/** Up and down go from hit to hit, and from the field to the first one and back. @param {KeyboardEvent} event */
function walk(event) {
  const { key, target, altKey, ctrlKey, metaKey, shiftKey } = event;
  const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (step === 0 || event.isComposing || altKey || ctrlKey || metaKey || shiftKey) return;
  const all = hits(results);
  const at = all.findIndex((hit) => hit === target);
  if (target !== field && at < 0) return;
  const next = at + step < 0 ? field : all[at + step];
  if (!next || (target === field && step < 0)) return;
  event.preventDefault();
  next.focus();
}

/** @param {unknown} fault */
function failed(fault) {
  results.replaceChildren(
    failure(fault, () => {
      focus = 0;
      ask();
    }),
    ways,
  );
  state("failed");
  announce("The search could not be loaded.");
}

/** @param {number} before how many are shown */
function moreButton(before) {
  const more = element("button", { type: "button", class: "search-more" }, "Show more");
  more.addEventListener("click", () => {
    say();
    shown = before + SHOWN;
    focus = before;
    history.replaceState({ ...history.state, shown, whole }, "");
    ask();
  });
  return more;
}

/** Nothing is looked for: how to, and what was looked for lately. */
function idle() {
  search.drop();
  const waiting = active() > 0 ? element("p", { class: "search-count" }, filtered()) : "";
  results.replaceChildren(waiting, ...lately(), how(), ways);
  filters.show(
    each(() => []),
    unfiltered(),
  );
  state("idle");
}

function lately() {
  const queries = recent(base);
  if (queries.length === 0) return [];
  const clear = button("Clear", () => {
    forget(base);
    field.focus();
    idle();
  });
  const items = queries.map((query) => {
    const href = write(base, { query, filters: unfiltered() });
    return element("li", {}, element("a", { href }, query));
  });
  const head = element("h2", { class: "label" }, "Recent searches");
  return [element("div", { class: "search-recent" }, head, element("ul", {}, ...items), clear)];
}

function ask(typing = false) {
  const query = asked.query.trim();
  if (!typing) name();
  if (query === "") idle();
  else (typing ? search.soon : search.now)(query, { filters: asked.filters, shown, whole, names: names || undefined });
}

/** Names the page after what is looked for. */
function name() {
  const query = asked.query.trim();
  document.title = query === "" ? title : `${query} · ${title}`;
}

/** A step that the reader can take back. @param {typeof asked} next */
function go(next) {
  say();
  asked = next;
  [shown, whole] = [SHOWN, []];
  kept = true;
  history.pushState(null, "", write(base, asked));
  ask();
}

/** What the address says. */
function arrive() {
  clearTimeout(unsaid);
  unsaid = 0;
  asked = read(location.search);
  ({ shown = SHOWN, whole = [] } = history.state ?? {});
  kept = true;
  field.value = asked.query;
  ask();
}

function type() {
  asked = { ...asked, query: field.value };
  [shown, whole] = [SHOWN, []];
  clearTimeout(unsaid);
  unsaid = setTimeout(say, SETTLED);
  ask(true);
}

/** Has the address say what was typed. */
function say() {
  if (unsaid === 0) return;
  clearTimeout(unsaid);
  unsaid = 0;
  const anew = kept && location.search !== "";
  history[anew ? "pushState" : "replaceState"](null, "", write(base, asked));
  kept = false;
  name();
}

/** @param {KeyboardEvent} event */
function enter(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  remember(base, asked.query);
  say();
  kept = true;
  ask();
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = event.target instanceof Element ? event.target.closest("article a") : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  remember(base, asked.query);
  say();
  history.replaceState({ shown, whole, top: scrollY }, "");
  hand(new URL(link.href), marks, newTab(event));
}

field.addEventListener("input", type);
field.addEventListener("keydown", enter);
field.addEventListener("blur", say);
document.addEventListener("keydown", walk);
addEventListener("pagehide", say);
addEventListener("popstate", arrive);
for (const name of /** @type {const} */ (["click", "auxclick", "contextmenu"])) results.addEventListener(name, follow);
arrive();
if (asked.query === "") {
  field.focus({ preventScroll: true });
  // The engine is as much as the rest of the page: it comes when the reader is about to ask.
  for (const sign of ["pointermove", "touchstart", "keydown"]) addEventListener(sign, () => void search.warm(), { once: true, passive: true });
}
