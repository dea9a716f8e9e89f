// The search where files come late, broken or not at all; and the ways through what it shows that take another step.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { until } from "./harness.mjs";
import { REFUSED, answered, handbook, hits, state, told, without } from "./search/handbook.mjs";

const KEPT = ["one", "two", "three", "four", "five"].map((name) => `## Pelicans ${name}\n\nA pelican is counted.\n`).join("\n");
const FINAL = "---\ntitle: Plovers\nstatus: Final\neip: 12\n---\n\n## Abstract\n\nPlovers are final.\n";

let book;

before(async () => {
  book = await handbook({ "birds.md": `# Birds\n\n${KEPT}`, "eips/eip-12.md": FINAL });
});

after(() => book?.stop());

/** Holds back what `pattern` asks for, until the function that it gives is called. */
async function held(page, pattern) {
  let go;
  const wait = new Promise((done) => (go = done));
  await page.route(pattern, async (route) => {
    await wait;
    await route.continue().catch(() => {});
  });
  return go;
}

const inField = (page) => page.evaluate(() => document.querySelector("dialog[open] .search-input")?.value);
const titles = (page) => page.locator("#search-results .found-title").allTextContents();

for (const [how, keys] of Object.entries({ "/": "/", "Ctrl-K": "Control+k" })) {
  test(`what is typed after ${how} is in the field, however late the dialog comes`, () =>
    book.on("", async (page) => {
      const go = await held(page, "**/dialog.*.js");
      await page.keyboard.press(keys);
      await page.keyboard.type("couriex");
      await page.keyboard.press("Backspace");
      await page.keyboard.type("r parcel/");
      assert.equal(await page.evaluate(() => scrollY), 0);
      go();
      await until(() => inField(page), "courier parcel/");
      assert.equal(await page.evaluate(() => document.activeElement.className), "search-input");
      await answered(page);
      assert.equal(await page.locator(".search-list .found-title").first().textContent(), "Limits of the queue");
      assert.equal(await page.locator(".search-early").count(), 0);
    }));
}

test("Enter before the dialog is there opens the first hit, and Escape takes it back", () =>
  book.on("", async (page) => {
    const go = await held(page, "**/dialog.*.js");
    await page.focus(".search-open");
    await page.keyboard.press("/");
    await page.keyboard.type("cou");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".search-early").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.className), "search-open");
    await page.keyboard.press("/");
    await page.keyboard.type("courier");
    await page.keyboard.press("Enter");
    go();
    await page.waitForURL("**/specs/limits/#how-withdrawals-are-counted");
  }));

test("where the dialog doesn't come, the search page has what was typed", () =>
  book.on(
    "",
    async (page) => {
      let refuse;
      const wait = new Promise((done) => (refuse = done));
      await page.route("**/dialog.*.js", async (route) => {
        await wait;
        await route.abort();
      });
      await page.keyboard.press("/");
      await page.keyboard.type("courier");
      refuse();
      await page.waitForURL(`${book.search}?q=courier`);
      await state(page, "done");
    },
    { expected: REFUSED },
  ));

test("without its script the button leads to the search page, and so it does in another tab", () =>
  book.on(
    "",
    async (page, context) => {
      const [other] = await Promise.all([context.waitForEvent("page"), page.click(".search-open", { modifiers: ["Control"] })]);
      await other.waitForURL(book.search);
      await page.route("**/site.*.js", (route) => route.abort());
      await page.reload();
      await page.click(".search-open");
      await page.waitForURL(book.search);
    },
    { expected: REFUSED },
  ));

for (const part of ["page"]) {
  test(`when ${part}.js of the search page doesn't come, it is said, and can be tried again`, () =>
    book.on(
      "",
      async (page) => {
        const back = await without(page, `**/${part}.*.js`);
        await page.goto(`${book.search}?q=courier`);
        await state(page, "failed");
        assert.ok(await page.locator(".search-broken").isVisible());
        await back();
        await page.click(".search-broken a");
        await state(page, "done");
        assert.equal(await page.locator(".search-broken").count(), 0);
        assert.equal((await titles(page))[0], "Limits of the queue");
      },
      { expected: REFUSED },
    ));
}

test("a file that comes with something else in it is fetched again", () =>
  book.on(
    "",
    async (page) => {
      for (const kind of ["index", "words", "text"]) {
        const pattern = `**/search/${kind}.*`;
        const serve = (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>Not here</title>" });
        await page.route(pattern, serve);
        await page.goto(`${book.search}?q=courier`);
        await state(page, "failed");
        await page.unroute(pattern, serve);
        await page.click("text=Try again");
        await state(page, "done");
        assert.equal((await titles(page))[0], "Limits of the queue", kind);
      }
    },
    { expected: REFUSED },
  ));

test("an answer that takes long is announced, and nothing moves for it", () =>
  book.on("", async (page) => {
    const go = await held(page, "**/search/index.json");
    await page.goto(`${book.search}?q=courier`);
    await told(page, /^Searching…$/);
    assert.equal(await page.locator("#search-results").getAttribute("data-state"), "loading");
    assert.match(await page.locator("#search-results").textContent(), /^Searching…/);
    go();
    await state(page, "done");
    assert.equal((await titles(page))[0], "Limits of the queue");
  }));

test("all sections of a page can be reached, and stay when the reader comes back", () =>
  book.on("search/?q=pelican", async (page) => {
    await state(page, "done");
    const first = await hits(page);
    assert.equal(first.length, 3);
    await page.click("text=2 more sections");
    await page.waitForFunction(() => document.querySelectorAll("a[data-hit]").length === 5);
    const all = await hits(page);
    assert.deepEqual(all.slice(0, 3), first);
    assert.deepEqual(new Set(all), new Set(["one", "two", "three", "four", "five"].map((name) => `/handbook/birds/#pelicans-${name}`)));
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), all[3]);
    assert.equal(await page.locator("text=more section").count(), 0);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/birds/#**");
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll("a[data-hit]").length === 5);
    await page.fill("#tm-search-field", "pelicans");
    await page.waitForSelector("text=2 more sections");
  }));

test("the arrow keys go from the field to the hits and back", () =>
  book.on("search/?q=pelican+courier", async (page) => {
    await state(page, "done");
    const found = await hits(page);
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("href"));
    await page.focus("#tm-search-field");
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(), "tm-search-field");
    for (const wanted of found) {
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), wanted);
    }
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), found.at(-1), "the end");
    for (const wanted of [...found.slice(0, -1).reverse(), "tm-search-field"]) {
      await page.keyboard.press("ArrowUp");
      assert.equal(await focused(), wanted);
    }
  }));

test("filters without words are said, and can be taken off", () =>
  book.on("search/?kind=decision", async (page) => {
    await page.waitForSelector("text=1 filter is on.");
    await page.click("text=Search without filters");
    await until(() => page.evaluate(() => location.search), "");
    assert.equal(await page.locator("text=filter is on").count(), 0);
  }));

test("a status of a record's own says which one of the filter's it is", () =>
  book.on("search/?q=plovers", async (page) => {
    await state(page, "done");
    assert.equal(await page.locator("article.found .status").first().textContent(), "Final (accepted)");
    await page.goto(`${book.search}?q=broker`);
    await state(page, "done");
    assert.ok((await page.locator("article.found .status").allTextContents()).includes("Accepted"));
  }));

test("Tab goes from the field of the dialog to what can be used", () =>
  book.on("", async (page) => {
    await page.keyboard.press("/");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.type("pallet");
    await answered(page);
    const stops = [];
    for (let n = 0; n < 3; n += 1) {
      stops.push(await page.evaluate(() => document.activeElement.getAttribute("role") ?? document.activeElement.localName));
      await page.keyboard.press("Tab");
    }
    assert.deepEqual(stops, ["combobox", "button", "a"]);
  }));
