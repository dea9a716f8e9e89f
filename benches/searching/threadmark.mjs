// Threadmark's search page, by its contract: `search/?q=...`, `#search-results` with its state, hits as `a[data-hit]`.

const DONE = '#search-results:is([data-state="done"], [data-state="failed"])';

/** @type {import("./visit.mjs").Asked} */
export const asked = {
  address: (query) => (query === "" ? "search/" : `search/?q=${encodeURIComponent(query)}`),
  async type(page, query) {
    // The state of the query before must not pass for the answer to this one.
    await page.$eval("#search-results", (results) => results.setAttribute("data-state", "before"));
    await page.fill("main input[type=search]", query);
  },
  async shown(page, query) {
    await page.waitForSelector(DONE, { state: "attached", timeout: 30_000 });
    const state = await page.getAttribute("#search-results", "data-state");
    if (state !== "done") throw new Error(`the search page says "${state}" for "${query}"`);
  },
};

/** The addresses of the hits on the search page, in their order. */
export async function hits(page, server, query) {
  await page.goto(server.base + asked.address(query));
  await asked.shown(page, query);
  return page.$$eval("a[data-hit]", (links) => links.map((link) => link.href));
}
