// The headings of a page as a tree, as far as the files of texts that are here tell.

/**
 * @typedef {import("./store.js").PageText} PageText
 * @typedef {{ ordinal: number, level: number, anchor: string, heading: string }} Heading
 */

/** The headings that lead to a section, its own last. @param {PageText | undefined} page @param {number} section @returns {Heading[]} */
export function path(page, section) {
  const found = (page?.above ?? []).map(([level, heading, ordinal, anchor]) => ({ ordinal, level, anchor, heading }));
  if (section === 0) return [];
  for (const [ordinal, level, anchor, heading] of page?.sections ?? []) {
    if (ordinal > section) break;
    if (ordinal === 0) continue;
    while (found.length > 0 && found[found.length - 1].level >= level) found.pop();
    found.push({ ordinal, level, anchor, heading });
  }
  return found;
}

/**
 * The nearest heading above a section that has all the words together with what stands below it.
 * @param {PageText | undefined} page a text of the page that has `section`
 * @param {number} section
 * @param {{ section: number, bits: number }[]} places where which words stand
 * @param {number} all the words, by bit
 */
export function over(page, section, places, all) {
  return path(page, section)
    .reverse()
    .find(({ ordinal, level }) => {
      // It ends before the next heading of its level or a higher one; where the file ends first, there.
      let end = section;
      for (const [next, depth] of page?.sections ?? []) {
        if (next <= section) continue;
        if (next !== end + 1 || depth <= level) break;
        end = next;
      }
      const bits = places.reduce((sum, place) => (place.section >= ordinal && place.section <= end ? sum | place.bits : sum), 0);
      return bits === all;
    });
}
