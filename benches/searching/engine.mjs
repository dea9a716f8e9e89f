// Threadmark's search without a browser: the modules that the site itself serves, run by Node.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The addresses of the hits for each query, in the order of the search page. */
export async function hitsOfEngine(modules, server, queries) {
  const { open } = await import(pathToFileURL(join(modules, "engine.js")).href);
  const engine = open(new URL("search/", server.base));
  const answers = [];
  for (const query of queries) {
    const { groups } = await engine.search(query, { filters: {}, shown: 10 });
    answers.push(groups.flatMap((group) => group.hits.map((hit) => new URL(hit.url, server.base).href)));
  }
  return answers;
}
