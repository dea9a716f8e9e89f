// Hands the words of a search over to the page that a hit leads to, beside the address: what a reader copies stays clean.
// `mark.js` looks for the same key.

const KEY = "threadmark-marks";
/** How long a page may take to come, in milliseconds. */
const WAITS = 30_000;
/** The most pages that are waited for at once. */
const MOST = 20;

/** @typedef {{ words: string[], until: number }} Entry */

/**
 * @param {Storage} storage
 * @returns {Map<string, Entry>} what still waits, by path
 */
function waiting(storage) {
  /** @type {Map<string, Entry>} */
  const found = new Map();
  try {
    for (const [path, words, until] of JSON.parse(storage.getItem(KEY) ?? "[]")) {
      if (Array.isArray(words) && until > Date.now()) found.set(String(path), { words: words.map(String), until });
    }
  } catch {
    // Not ours, or broken: as good as nothing.
  }
  return found;
}

/** @param {Storage} storage @param {Map<string, Entry>} entries */
function keep(storage, entries) {
  if (entries.size === 0) storage.removeItem(KEY);
  else storage.setItem(KEY, JSON.stringify([...entries].slice(-MOST).map(([path, { words, until }]) => [path, words, until])));
}

/**
 * @param {URL} url where the hit leads
 * @param {string[]} words
 * @param {boolean} newTab whether the page will open in another tab, which does not share this tab's storage
 */
export function hand(url, words, newTab) {
  try {
    const storage = newTab ? localStorage : sessionStorage;
    keep(storage, waiting(storage).set(url.pathname, { words, until: Date.now() + WAITS }));
  } catch {
    // Without storage the page opens without marks.
  }
}

/** @returns {string[]} the words that were handed to this page; they are handed once */
export function take() {
  /** @type {string[]} */
  let words = [];
  for (const where of /** @type {const} */ (["localStorage", "sessionStorage"])) {
    try {
      const entries = waiting(window[where]);
      words = entries.get(location.pathname)?.words ?? words;
      entries.delete(location.pathname);
      keep(window[where], entries);
    } catch {
      // Storage may be forbidden.
    }
  }
  return words;
}

/** @param {MouseEvent} event on a link @returns {boolean} whether it is, or may be, opened in another tab */
export function newTab({ type, ctrlKey, metaKey, shiftKey }) {
  return type !== "click" || ctrlKey || metaKey || shiftKey;
}
