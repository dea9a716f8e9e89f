// The list on the page: rows are hidden and moved, never made anew.

import { element } from "../lib/element.js";

/** @typedef {import("./table.js").Entry} Entry */

/**
 * @param {HTMLElement} log
 * @param {Entry[]} entries as they stand
 */
export function list(log, entries) {
  const groups = [...log.querySelectorAll("section")].map((section) => ({
    section,
    rows: /** @type {HTMLElement} */ (section.querySelector("ul")),
    count: section.querySelector("h2 .count"),
    link: section.querySelector("h2") ? document.querySelector(`.log-tools .jump a[href="#${section.querySelector("h2")?.id}"]`) : null,
  }));
  const homes = new Map(groups.map((group) => [group.rows, group]));
  const jump = document.querySelector(".log-tools .jump");
  const none = element("p", { class: "empty", hidden: true }, "No decision fits. Fewer words or filters will show more.");
  log.append(none);
  const shown = entries.map(() => true);
  /** @type {HTMLElement | undefined} where all rows are when they stand in another order than the page's */
  let flat;

  /** @param {Entry[] | undefined} order */
  function arrange(order) {
    if (order) {
      flat ??= element("ul", { class: groups[0].rows.className });
      flat.append(...order.map(({ row }) => row));
      log.prepend(flat);
    } else if (flat?.isConnected) {
      for (const { rows } of groups) rows.append(...entries.filter(({ home }) => home === rows).map(({ row }) => row));
      flat.remove();
    }
    jump?.toggleAttribute("data-off", order !== undefined);
  }

  /** @param {boolean[]} passes by entry @param {number} total how many pass */
  function show(passes, total) {
    const left = new Map(groups.map(({ rows }) => [rows, 0]));
    passes.forEach((passed, at) => {
      const { row, home } = entries[at];
      if (passed) left.set(home, (left.get(home) ?? 0) + 1);
      if (passed !== shown[at]) row.hidden = !passed;
      shown[at] = passed;
    });
    for (const [rows, count] of left) {
      const group = homes.get(rows);
      if (!group) continue;
      group.section.hidden = count === 0 || flat?.isConnected === true;
      if (group.count) group.count.textContent = String(count);
      if (group.link instanceof HTMLElement) group.link.hidden = count === 0;
    }
    none.hidden = total > 0;
  }

  return { arrange, show };
}
