// Marks the words of a search on the page that a hit led to, until they are dismissed. The page's address is not touched.

import { announce } from "../lib/announce.js";
import { element } from "../lib/element.js";
import { take } from "./handover.js";
import { spotted } from "./teaser.js";
import { normal } from "./words.js";

/** The most letters that are looked through, and the most places that are marked. */
const LETTERS = 400_000;
const PLACES = 1_000;
/** How many words the bar has room for. */
const NAMED = 4;
/** Where marks would be in the way, or could break what is drawn. */
const SKIP = "script, style, nav, button, svg, math, dialog, .anchor, .visually-hidden, .facts, .contents, .document-foot, .marked-bar";

/** Takes back what is marked now. */
let dismiss = () => {};

/** What a search handed to this page. */
export function arrive() {
  mark(take());
}

/** @param {string[]} words in lower case */
export function mark(words) {
  dismiss();
  const root = document.getElementById("tm-main");
  if (!root || words.length === 0) return;
  const places = find(root, new Map(words.map((word) => [word, 0])));
  if (places.length === 0) return;
  const named = [...new Set(places.map((place) => place.toString().toLowerCase()))];
  const unmark = paint(places);
  const bar = makeBar(named.slice(0, NAMED).join(", ") + (named.length > NAMED ? " …" : ""));
  root.prepend(bar);
  announce(`${bar.firstChild?.textContent}. Escape removes the marks.`);
  dismiss = () => {
    dismiss = () => {};
    document.removeEventListener("keydown", onEscape);
    bar.remove();
    unmark();
  };
  document.addEventListener("keydown", onEscape);
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) dismiss();
}

/** @param {string} text */
function makeBar(text) {
  const close = element("button", { type: "button", "aria-label": "Remove the marks" });
  close.addEventListener("click", () => dismiss());
  return element("div", { class: "marked-bar" }, element("span", {}, `Marked: ${text}`), close);
}

/** @param {HTMLElement} root @param {Map<string, number>} forms @returns {Range[]} from the section that is read downwards, then from the top */
function find(root, forms) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(SKIP) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const target = document.querySelector(":target");
  const start = target && root.contains(target) ? target : root;
  /** @type {Range[]} */
  const places = [];
  let letters = 0;
  /** @param {Node | null} end */
  const walk = (end) => {
    for (let node = walker.nextNode(); node && node !== end; node = walker.nextNode()) {
      if (letters > LETTERS || places.length >= PLACES) return;
      if (!(node instanceof Text)) continue;
      letters += node.data.length;
      places.push(...inText(node, forms).slice(0, PLACES - places.length));
    }
  };
  walker.currentNode = start;
  walk(null);
  walker.currentNode = root;
  if (start !== root) walk(start);
  return places;
}

/** @param {Text} node @param {Map<string, number>} forms @returns {Range[]} */
function inText(node, forms) {
  const { text, spots } = spotted(node.data, forms);
  const at = text === node.data ? undefined : origins(node.data);
  return spots
    .filter(({ word }) => word >= 0)
    .map(({ start, end }) => {
      const range = new Range();
      range.setStart(node, at ? at[start] : start);
      range.setEnd(node, at ? (at[end] ?? node.length) : end);
      return range;
    });
}

/** For each letter of `text` in NFKC, and its end, where it comes from in `text`. @param {string} text */
function origins(text) {
  /** @type {number[]} */
  const at = [];
  for (const { 0: cluster, index } of text.matchAll(/\P{M}?[\p{M}\xAD\u200B-\u200D\u2060\uFEFF]*/gsu)) {
    for (let left = normal(cluster).length; left > 0; left -= 1) at.push(index);
  }
  return [...at, text.length];
}

/** @param {Range[]} places @returns {() => void} takes the marks back */
function paint(places) {
  if ("highlights" in CSS) {
    CSS.highlights.set("found", new Highlight(...places));
    return () => CSS.highlights.delete("found");
  }
  // From the end, since wrapping a place moves those after it in the same text.
  const wraps = places.reverse().map((place) => {
    const wrap = element("mark", { class: "found-word" });
    place.surroundContents(wrap);
    return wrap;
  });
  return () => {
    for (const wrap of wraps) {
      const parent = wrap.parentNode;
      wrap.replaceWith(...wrap.childNodes);
      parent?.normalize();
    }
  };
}
