// The list on the page: rows are hidden and moved, never made anew. They stand in lists of some fifty, and a list that is out
// of sight is not laid out: it only has to know how many rows it shows.

import { element } from "../lib/element.js";

/** @typedef {import("./table.js").Entry} Entry */
/** @typedef {{ list: HTMLElement, entries: Entry[] }} Part */
/** @typedef {{ section: HTMLElement, parts: Part[], count: Element | null, link: HTMLElement | null }} Group */

/** How many rows a list has when they are put in another order. */
const PART = 50;
/** About how high a row and a heading are, in pixels. */
const ROW = 70;
const HEADING = 70;
/** Up to how many rows all are laid out, so that the page has its true length. */
const FEW = 40;

/** Writes a number, unless it stands there. @param {Element} place @param {number} number */
export function say(place, number) {
  const text = String(number);
  if (place.textContent !== text) place.textContent = text;
}

/**
 * @param {HTMLElement} log
 * @param {HTMLElement | null} jump the way to its groups
 * @param {Entry[]} entries as they stand
 */
export function list(log, jump, entries) {
  /** @type {Map<HTMLElement, Entry[]>} */
  const homes = new Map();
  for (const entry of entries) {
    const known = homes.get(entry.home);
    if (known) known.push(entry);
    else homes.set(entry.home, [entry]);
  }
  /** @type {Group[]} */
  const own = [...log.querySelectorAll("section")].map((section) => {
    const heading = section.querySelector("h2");
    const parts = [...section.querySelectorAll("ul")].map((list) => ({ list, entries: homes.get(list) ?? [] }));
    const link = heading && jump?.querySelector(`[href="#${CSS.escape(heading.id)}"]`);
    return { section, parts, count: heading?.querySelector(".count") ?? null, link: link instanceof HTMLElement ? link : null };
  });
  const flat = element("section", { class: "group" });
  const none = element("p", { class: "empty", hidden: true }, "No decision fits. With fewer words or filters there will be more.");
  log.append(none);
  let groups = own;
  const shown = entries.map(() => true);

  /** @param {Entry[] | undefined} order another than the page's */
  function arrange(order) {
    if (order) {
      /** @type {Part[]} */
      const parts = [];
      for (let at = 0; at < order.length; at += PART) {
        const some = order.slice(at, at + PART);
        parts.push({ list: element("ul", { class: own[0].parts[0].list.className }, ...some.map(({ row }) => row)), entries: some });
      }
      flat.replaceChildren(...parts.map(({ list }) => list));
      groups = [{ section: flat, parts, count: null, link: null }];
      for (const { section } of own) section.remove();
      log.prepend(flat);
    } else {
      for (const { parts } of own) for (const { list, entries } of parts) list.append(...entries.map(({ row }) => row));
      flat.remove();
      groups = own;
      log.prepend(...own.map(({ section }) => section));
    }
    jump?.toggleAttribute("data-off", order !== undefined);
  }

  /** @param {Part} part @param {boolean[]} passes @returns {{ left: number, come: number }} how many rows it shows, and of these anew */
  function fill({ list, entries }, passes) {
    let [left, come, gone] = [0, 0, 0];
    for (const { row, at } of entries) {
      const passed = passes[at];
      if (passed) left += 1;
      if (passed === shown[at]) continue;
      row.hidden = !passed;
      shown[at] = passed;
      if (passed) come += 1;
      else gone += 1;
    }
    if (come + gone > 0) {
      list.hidden = left === 0;
      // Not by a custom property: that would be handed down to all rows.
      list.style.setProperty("contain-intrinsic-block-size", `${left * ROW}px`);
    }
    return { left, come };
  }

  /** @param {boolean[]} passes by entry @param {number} total how many pass */
  function show(passes, total) {
    const { top } = log.getBoundingClientRect();
    const [first, last] = [-top - innerHeight, -top + 2 * innerHeight];
    let end = 0;
    log.toggleAttribute("data-few", total <= FEW);
    for (const { section, parts, count, link } of groups) {
      let left = 0;
      end += section === flat ? 0 : HEADING;
      for (const part of parts) {
        const rows = fill(part, passes);
        const start = end;
        end += rows.left * ROW;
        left += rows.left;
        if (rows.come > 0 && (end < first || start > last)) part.list.setAttribute("data-later", "");
      }
      section.hidden = left === 0;
      if (count) say(count, left);
      if (link) link.hidden = left === 0;
    }
    none.hidden = total > 0;
    // Lists that were in sight would be laid out at once with all that came into them, though it pushes them out of it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        for (const list of log.querySelectorAll("[data-later]")) list.removeAttribute("data-later");
      }),
    );
  }

  return { arrange, show };
}
