// Asks for the index before the engine is there to do so.

/** How old what the browser keeps of index.json may be, in milliseconds: a static host lets a page be as old. */
const FRESH = 600_000;

/**
 * The text of index.json, asked for by the page itself and at once: it can take what its head has loaded ahead, which a worker
 * can't. `undefined` where it can't be had or is old; the store then asks as ever.
 * @param {URL} base @param {number} [patience]
 * @returns {Promise<string | undefined>}
 */
export async function ahead(base, patience = 30_000) {
  try {
    const response = await fetch(new URL("index.json", base), { signal: AbortSignal.timeout(patience) });
    const age = Date.now() - Date.parse(response.headers.get("date") ?? "");
    return response.ok && Math.abs(age) < FRESH ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
