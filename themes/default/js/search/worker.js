// The engine in a thread of its own. It is told `{ id, base, query, how }` and tells `{ id, results }` or `{ id, fault }`.

import { open } from "./engine.js";
// What the engine imports, and what that imports: named here, all of it is asked for at once.
import "./columns.js";
import "./facets.js";
import "./rank.js";
import "./resolve.js";
import "./shard.js";
import "./spelling.js";
import "./store.js";
import "./teaser.js";
import "./tree.js";
import "./words.js";

/** @typedef {{ name: string, message: string, file?: string }} Fault */

/** @type {ReturnType<typeof open> | undefined} */
let engine;

addEventListener("message", async ({ data: { id, base, query, how } }) => {
  engine ??= open(base);
  try {
    // Nothing is asked yet: the first question shall find all that it needs.
    postMessage({ id, results: query === undefined ? await engine.warm() : await engine.search(query, how) });
  } catch (error) {
    // An error would come without what it says beside its message.
    const { name = "", message = "", file } = /** @type {Partial<Fault>} */ (error);
    postMessage({ id, fault: { name, message, file } });
  }
});
