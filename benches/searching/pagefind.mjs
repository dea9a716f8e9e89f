// Pagefind: a page with its default UI for bytes and work, its JavaScript API for the order of the hits.

/** The page that asks Pagefind's default UI, sections shown, for the `q` of its address. */
export const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Search</title>
<link href="/pagefind/pagefind-ui.css" rel="stylesheet">
<script src="/pagefind/pagefind-ui.js"></script>
<main><div id="search"></div></main>
<script>
const ui = new PagefindUI({ element: "#search", showSubResults: true, showImages: false });
const query = new URLSearchParams(location.search).get("q");
if (query) ui.triggerSearch(query);
</script>
</html>
`;

/** Pages that the default UI shows at first. */
const PAGES = 5;

/** @type {import("./visit.mjs").Asked} */
export const asked = {
  address: (query) => (query === "" ? "find/" : `find/?q=${encodeURIComponent(query)}`),
  type: (page, query) => page.fill(".pagefind-ui__search-input", query),
  shown: (page, query) =>
    page.waitForFunction(
      (wanted) => {
        const said = document.querySelector(".pagefind-ui__message")?.textContent ?? "";
        const results = document.querySelectorAll(".pagefind-ui__result-link").length;
        const waiting = document.querySelectorAll(".pagefind-ui__loading").length;
        return said.includes(wanted) && (said.startsWith("No results") || (results > 0 && waiting === 0));
      },
      query,
      { timeout: 30_000 },
    ),
};

/**
 * The addresses of the hits in the order in which the default UI shows them: for each page the link to the page, then at
 * most three of its sections, those with the most matches, in the order of the page.
 */
export async function hits(page, server, query) {
  if (!page.url().startsWith(server.base)) await page.goto(`${server.base}find/`);
  const paths = await page.evaluate(
    async ([text, most]) => {
      const pagefind = await import("/pagefind/pagefind.js");
      const { results } = await pagefind.search(text);
      const shown = await Promise.all(results.slice(0, most).map((result) => result.data()));
      return shown.flatMap(({ url, sub_results: all }) => {
        const sections = all[0]?.url === url ? all.slice(1) : all;
        const best = [...sections].sort((a, b) => b.locations.length - a.locations.length).slice(0, 3);
        return [url, ...sections.filter((section) => best.includes(section)).map((section) => section.url)];
      });
    },
    [query, PAGES],
  );
  return paths.map((path) => new URL(path, server.base).href);
}
