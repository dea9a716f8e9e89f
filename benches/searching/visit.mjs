// Chromium: what a visit loads and how long its main thread works.

import { chromium } from "playwright-core";

/** Chromium without a network of its own. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * How a tool is asked in the browser.
 * @typedef {object} Asked
 * @property {(query: string) => string} address of the page with the answer to the query, below the base
 * @property {(page: import("playwright-core").Page, query: string) => Promise<void>} type types it into that page
 * @property {(page: import("playwright-core").Page, query: string) => Promise<void>} shown waits until the hits are shown
 */

/**
 * The bytes of a first visit: the page with the query in its address, everything that it loads, in a browser that has
 * nothing yet.
 */
export async function firstBytes(browser, server, asked, query) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  server.sent();
  await page.goto(server.base + asked.address(query));
  await asked.shown(page, query);
  await server.quiet();
  await context.close();
  return server.sent();
}

/**
 * Milliseconds of work of the main thread for each query, typed at once into the page after that has loaded: the first
 * one loads what the search needs. Time of the processor, not of the clock, so other work of the machine counts little.
 * @returns {Promise<number[]>}
 */
export async function work(browser, server, asked, queries) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(server.base + asked.address(""), { waitUntil: "load" });
  await server.quiet();
  const times = [];
  for (const query of queries) {
    const before = await taskSeconds(devtools);
    await asked.type(page, query);
    await asked.shown(page, query);
    await server.quiet();
    times.push(((await taskSeconds(devtools)) - before) * 1000);
  }
  await context.close();
  return times;
}

async function taskSeconds(devtools) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value;
}

/** Runs `ask` for every query, on some pages at once, and keeps their order. */
export async function inTurns(browser, queries, ask, pages = 3) {
  const answers = new Array(queries.length);
  let next = 0;
  const one = async () => {
    const context = await browser.newContext({ reducedMotion: "reduce" });
    const page = await context.newPage();
    while (next < queries.length) {
      const at = next++;
      answers[at] = await ask(page, queries[at]);
    }
    await context.close();
  };
  await Promise.all(Array.from({ length: pages }, one));
  return answers;
}
