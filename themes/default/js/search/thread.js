// Asks the engine in a thread of its own, so that typing and scrolling never wait for it; in this one where there is no other.

import { ahead } from "./ahead.js";

/** @typedef {import("./engine.js").Results} Results */
/** @typedef {import("./engine.js").How} How */
/** @typedef {{ query?: string, how?: How, done(results: any): void, failed(fault: unknown): void }} Question */

/** @param {URL} base the folder of the index */
export function open(base) {
  /** @type {Map<number, Question>} what waits for an answer of the worker */
  const waiting = new Map();
  let last = 0;
  /** @type {Promise<ReturnType<import("./engine.js").Open>> | undefined} */
  let here;
  /** What was asked ahead, until the engine has it. @type {Promise<string | undefined> | undefined} */
  let given = ahead(base);
  let worker = started();

  function started() {
    try {
      const made = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      made.addEventListener("message", answered);
      made.addEventListener("error", lost);
      return made;
    } catch {
      return null;
    }
  }

  /** @param {MessageEvent} event */
  function answered({ data: { id, results, fault } }) {
    const question = waiting.get(id);
    waiting.delete(id);
    if (fault) question?.failed(fault);
    else question?.done(results);
  }

  /** It did not start, or broke: what it was asked is asked here. @param {ErrorEvent} event */
  function lost(event) {
    event.preventDefault();
    worker?.terminate();
    worker = null;
    const questions = [...waiting.values()];
    waiting.clear();
    for (const question of questions) askHere(question);
  }

  /** @param {Question} question */
  async function askHere({ query, how, done, failed }) {
    try {
      here ??= import("./worker.js").then(async ({ open, handed }) => open(base, handed(await given)));
      const engine = await here;
      done(query === undefined ? await engine.warm() : await engine.search(query, how));
    } catch (fault) {
      failed(fault);
    }
  }

  /** @param {string} [query] @param {How} [how] @returns {Promise<any>} */
  function ask(query, how) {
    return new Promise((done, failed) => {
      const question = { query, how, done, failed };
      if (!worker) return void askHere(question);
      last += 1;
      waiting.set(last, question);
      void told(last);
    });
  }

  /** Tells the worker, once there is what it needs first. @param {number} id */
  async function told(id) {
    const first = await given;
    const question = waiting.get(id);
    if (!question) return;
    const { query, how } = question;
    worker?.postMessage({ id, base: base.href, given: first, query, how });
    given = undefined;
  }

  return {
    /** Makes ready for the first question, so that its answer comes at once. @returns {Promise<void>} */
    warm: () => ask(),
    /** @param {string} query @param {How} how @returns {Promise<Results>} */
    search: (query, how) => ask(query, how),
  };
}
