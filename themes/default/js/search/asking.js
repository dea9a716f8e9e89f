// Asks the engine. Answers may come in any order; only that to the newest question counts.

import { open } from "./thread.js";

/** @typedef {import("./engine.js").Results} Results */
/** @typedef {import("./engine.js").How} How */

/** How long after a letter the search begins, in milliseconds: whoever types on wants the word, not its beginning. */
const PAUSE = 70;

/**
 * @param {URL} base the folder of the index
 * @param {{ begins(): void, found(results: Results): void, failed(fault: unknown): void }} told
 */
export function asking(base, told) {
  /** @type {ReturnType<typeof open> | undefined} */
  let engine;
  let newest = 0;
  let timer = 0;

  /** Makes ready for the first question, so that its answer comes at once. */
  async function warm() {
    try {
      engine ??= open(base);
      await engine.warm();
    } catch {
      // What can't be had now, the question will ask for again.
    }
  }

  /** @param {string} query @param {How} how */
  async function now(query, how) {
    const mine = drop();
    told.begins();
    try {
      engine ??= open(base);
      const results = await engine.search(query, how);
      if (mine === newest) told.found(results);
    } catch (fault) {
      if (mine === newest) told.failed(fault);
    }
  }

  /** Whatever was asked, its answer is not wanted any more. */
  function drop() {
    clearTimeout(timer);
    newest += 1;
    return newest;
  }

  return {
    now,
    drop,
    warm,
    /** @param {string} query @param {How} how */
    soon(query, how) {
      drop();
      told.begins();
      timer = setTimeout(() => void now(query, how), PAUSE);
    },
  };
}
