// mdBook's own search bar.

/** @type {import("./visit.mjs").Asked} */
export const asked = {
  address: (query) => (query === "" ? "index.html" : `index.html?search=${encodeURIComponent(query)}`),
  async type(page, query) {
    if (!(await page.isVisible("#mdbook-searchbar"))) await page.click("#mdbook-search-toggle");
    await page.fill("#mdbook-searchbar", query);
    await page.dispatchEvent("#mdbook-searchbar", "keyup");
  },
  shown: (page, query) =>
    page.waitForFunction((wanted) => document.getElementById("mdbook-searchresults-header")?.textContent?.includes(`'${wanted}'`), query, {
      timeout: 60_000,
    }),
};

/** The addresses of the hits in their order. The index is so large that the page is loaded once only. */
export async function hits(page, server, query) {
  if (page.url().startsWith(server.base)) await asked.type(page, query);
  else await page.goto(server.base + asked.address(query));
  await asked.shown(page, query);
  return page.$$eval("#mdbook-searchresults a", (links) => links.map((link) => link.href));
}
