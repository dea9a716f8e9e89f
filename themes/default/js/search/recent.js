// The latest queries, in this browser only. Sites below one origin share its storage, so each has a key of its own.

/** How many are kept. */
const MOST = 8;

/** @param {URL} base the search page's address */
const key = (base) => `threadmark-recent ${base.pathname}`;

/**
 * @param {URL} base
 * @returns {string[]} the newest first
 */
export function recent(base) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(base)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((query) => typeof query === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** @param {URL} base @param {string} query */
export function remember(base, query) {
  const asked = query.trim();
  if (asked === "") return;
  const others = recent(base).filter((other) => other !== asked);
  try {
    localStorage.setItem(key(base), JSON.stringify([asked, ...others].slice(0, MOST)));
  } catch {
    // Storage may be full or forbidden.
  }
}

/** @param {URL} base */
export function forget(base) {
  try {
    localStorage.removeItem(key(base));
  } catch {
    // Then there was nothing.
  }
}
