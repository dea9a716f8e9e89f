// Finds the words that a misspelt word may have meant, by walking a sorted list as the trie that it is.

/** @typedef {{ form: string, edits: number, use: number }} Near */

/** How many edits are allowed. @param {number} length in letters */
export const edits = (length) => (length < 3 ? 0 : length < 6 ? 1 : 2);

/**
 * All words of one file within `most` edits: insertion, deletion, substitution, two neighbours swapped.
 * @param {string} lines @param {string} wanted @param {number} most @returns {Near[]}
 */
export function near(lines, wanted, most) {
  const word = [...wanted];
  const width = word.length + 1;
  /** Edits between the first letters of the line and those of the word, by number of letters. @type {number[][]} */
  const rows = [Array.from({ length: width }, (_, i) => i)];
  /** @type {string[]} */
  const letters = [];
  /** @type {Near[]} */
  const found = [];
  // The depth from which on nothing below can be near enough.
  let dead = Infinity;
  for (const line of lines.split("\n")) {
    const shared = parseInt(line[0], 36);
    if (!(shared <= letters.length) || shared >= dead) continue;
    dead = Infinity;
    letters.length = shared;
    for (const letter of line.slice(2)) {
      letters.push(letter);
      if (step(rows, letters, word) > most) {
        dead = letters.length;
        break;
      }
    }
    const depth = letters.length;
    const distance = rows[depth][width - 1];
    if (dead > depth && distance > 0 && distance <= most) found.push({ form: letters.join(""), edits: distance, use: Number(line[1]) });
  }
  return found;
}

/** Makes the row of the last letter; gives the least of it and of the row before, from which a swap may still come. */
/** @param {number[][]} rows @param {string[]} letters @param {string[]} word */
function step(rows, letters, word) {
  const depth = letters.length;
  const letter = letters[depth - 1];
  const above = rows[depth - 1];
  const row = (rows[depth] ??= []);
  row[0] = depth;
  let least = depth;
  for (let i = 1; i <= word.length; i += 1) {
    let cost = Math.min(above[i] + 1, row[i - 1] + 1, above[i - 1] + (word[i - 1] === letter ? 0 : 1));
    if (depth > 1 && i > 1 && word[i - 1] === letters[depth - 2] && word[i - 2] === letter) cost = Math.min(cost, rows[depth - 2][i - 2] + 1);
    row[i] = cost;
    if (cost < least) least = cost;
  }
  // A swap with the next letter starts from the row above.
  return Math.min(least, Math.min(...above) + 1);
}
