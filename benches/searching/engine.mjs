// Threadmark's search without a browser: the modules of the theme, run by Node, with files in place of requests.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Pages that the search page shows at first. */
const SHOWN = 10;

/** The addresses of the hits for each query below the site, in the order of the search page. */
export async function hitsOfEngine(modules, site, queries) {
  const { open } = await import(pathToFileURL(join(modules, "engine.js")).href);
  const engine = open(pathToFileURL(join(site, "search/")), async (url) => answer(fileURLToPath(url)));
  const root = pathToFileURL(join(site, "/")).pathname;
  const answers = [];
  for (const query of queries) {
    const { groups } = await engine.search(query, { filters: {}, shown: SHOWN });
    answers.push(groups.flatMap((group) => group.hits.map((hit) => `/${hit.url.slice(root.length)}`)));
  }
  return answers;
}

function answer(file) {
  return existsSync(file) ? new Response(readFileSync(file)) : new Response(null, { status: 404 });
}
