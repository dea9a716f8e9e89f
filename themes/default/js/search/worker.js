// The engine in a thread of its own. It is told `{ id, base, given, query, how }` and tells `{ id, results }` or `{ id, fault }`.
// Where a browser has no such thread, the page imports this file for the engine that is in it.

import { open } from "./engine.js";
import { handed } from "./store.js";

export { open };
export { handed };

/** @typedef {{ name: string, message: string, file?: string }} Fault */

/** @type {ReturnType<typeof open> | undefined} */
let engine;

/** @param {MessageEvent} event */
async function answer({ data: { id, base, given, query, how } }) {
  engine ??= open(base, handed(given));
  try {
    // Nothing is asked yet: the first question shall find all that it needs.
    postMessage({ id, results: query === undefined ? await engine.warm() : await engine.search(query, how) });
  } catch (error) {
    // An error would come without what it says beside its message.
    const { name = "", message = "", file } = /** @type {Partial<Fault>} */ (error);
    postMessage({ id, fault: { name, message, file } });
  }
}

if (!("document" in globalThis)) addEventListener("message", answer);
