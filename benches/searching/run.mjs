// node run.mjs JOB ANSWER: asks one search all queries of the job, and measures some of them. Both files are JSON.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hitsOfEngine } from "./engine.mjs";
import * as mdbook from "./mdbook.mjs";
import * as pagefind from "./pagefind.mjs";
import { serve } from "./server.mjs";
import * as threadmark from "./threadmark.mjs";
import { firstBytes, inTurns, launch, work } from "./visit.mjs";

const SEARCHES = { threadmark, pagefind, mdbook };

/**
 * What is to be done: `site` is served, every one of `queries` asked, the bytes of each of `first` measured in a browser
 * that has nothing, and the work of each of `chains`: a first query and those after it. With `modules`, the folder of
 * Threadmark's own modules, there is no browser, and nothing is measured but the hits.
 * @typedef {object} Job
 * @property {"threadmark" | "pagefind" | "mdbook"} tool
 * @property {string} site
 * @property {string[]} queries
 * @property {string[]} first
 * @property {string[][]} chains
 * @property {string | null} modules
 */

/**
 * Addresses of the hits for each query, below the site; bytes; milliseconds; the seconds for all queries.
 * @typedef {{ hits: string[][], bytes: number[], first: number[], later: number[], seconds: number }} Answer
 */

/** @param {Job} job @returns {Promise<Answer>} */
async function answer(job) {
  const started = performance.now();
  const taken = () => (performance.now() - started) / 1000;
  if (job.modules !== null) {
    const found = await hitsOfEngine(job.modules, job.site, job.queries);
    return { hits: found, bytes: [], first: [], later: [], seconds: taken() };
  }
  const { asked, hits } = SEARCHES[job.tool];
  if (job.tool === "pagefind") writePage(job.site);
  const server = await serve(job.site);
  const below = (lists) => lists.map((list) => list.map((address) => address.slice(server.base.length - 1)));
  const browser = await launch();
  try {
    const found = below(await inTurns(browser, job.queries, (page, query) => hits(page, server, query)));
    const seconds = taken();
    const bytes = [];
    for (const query of job.first) bytes.push(await firstBytes(browser, server, asked, query));
    const times = [];
    for (const chain of job.chains) times.push(await work(browser, server, asked, chain));
    return { hits: found, bytes, first: times.map(([first]) => first), later: times.flatMap(([, ...later]) => later), seconds };
  } finally {
    await browser.close();
    server.stop();
  }
}

function writePage(site) {
  mkdirSync(join(site, "find"), { recursive: true });
  writeFileSync(join(site, "find", "index.html"), pagefind.PAGE);
}

const [job, out] = process.argv.slice(2);
writeFileSync(out, JSON.stringify(await answer(JSON.parse(readFileSync(job, "utf8")))));
process.exit(0);
