// The search page: its address says what is looked for, and leads back to it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { RULES, axeViolations, layoutShifts, tooWide } from "./harness.mjs";
import { EVIL, PALLETS, REFUSED, handbook, hits, state, told, without } from "./search/handbook.mjs";

let book;

before(async () => {
  book = await handbook();
});

after(() => book?.stop());

const PHONE = { viewport: { width: 320, height: 640 } };
const query = (page) => new URL(page.url()).search;
const count = (page) => page.locator(".search-count").textContent();
const box = (page, facet, value) => page.locator(`.search-facets input[name="${facet}"][value="${value}"]`);
const titles = (page) => page.locator("#search-results .found-title").allTextContents();
/** Opens the page with `search` as the end of its address, and looks at it once it has an answer. */
const on = (search, look, options) =>
  book.on(
    `search/${search}`,
    async (page, context) => {
      await state(page, "done");
      await look(page, context);
    },
    options,
  );

test("an address with a query shows what it finds, in order, each hit at its section", () =>
  on("?q=withdrawals+courier", async (page) => {
    const found = await hits(page);
    assert.equal(found[0], "/handbook/specs/limits/#how-withdrawals-are-counted");
    assert.equal(await page.inputValue("#tm-search-field"), "withdrawals courier");
    assert.equal(await page.title(), "withdrawals courier · Search · Handbook");
    await page.locator("a[data-hit]").first().click();
    await page.waitForURL("**/specs/limits/#how-withdrawals-are-counted");
    assert.equal(await page.evaluate(() => document.querySelector(":target").id), "how-withdrawals-are-counted");
  }));

test("what is left out of a query is said", () =>
  on("?q=the+courier+of+withdrawals", async (page) => {
    const said = async (asked) => {
      await page.fill("#tm-search-field", asked);
      await state(page, "done");
      return page.locator(".search-note, .search-hint p").allTextContents();
    };
    assert.deepEqual(await page.locator(".search-note").allTextContents(), ["Left out as too common: “the”, “of”."]);
    assert.ok((await said("the ")).includes("“the” is too common a word to be looked for alone."));
    assert.ok((await said("🎉")).includes("“🎉” holds no word to look for."));
    const many = `courier ${Array.from({ length: 15 }, (_, i) => `courier${i + 10}`).join(" ")} `;
    assert.ok((await said(`${many}quorum`)).includes("“quorum” and what follows it is left out: a search takes 16 words."));
    assert.ok(!(await said(many)).join().includes("left out"));
  }));

test("a page is shown with its number, status, kind, date, people and folders", () =>
  on("?q=quorum", async (page) => {
    const group = page.locator("article.found").first();
    assert.equal(await group.locator("h2").textContent(), "7 Move messages to a broker");
    assert.deepEqual(await group.locator(".found-facts > span").allTextContents(), ["Accepted", "Decision", "2 May 2026", "Ana Souza, Bo Lind"]);
    assert.deepEqual(await group.locator(".found-crumbs > span").allTextContents(), ["Decisions"]);
    assert.equal(await group.locator(".found-facts .status-accepted").count(), 1);
    assert.deepEqual(await group.locator("mark").allTextContents(), ["quorum"]);
  }));

test("a number, a part of a name in code, a word without its accent, and Chinese are found", () =>
  on("?q=7", async (page) => {
    for (const [asked, title] of [
      ["7", "7 Move messages to a broker"],
      ["deadline", "7 Move messages to a broker"],
      ["lastCallDeadline", "7 Move messages to a broker"],
      ["cafe", "Places"],
      ["café", "Places"],
      ["队列", "Places"],
      ["存储在", "Places"],
    ]) {
      await page.fill("#tm-search-field", asked);
      await state(page, "done");
      assert.equal((await titles(page))[0], title, asked);
    }
    assert.ok((await hits(page))[0].endsWith("/places/#%E5%8C%97%E4%BA%AC"), (await hits(page))[0]);
  }));

test("filters count, narrow, stand in the address, and are taken back by going back", () =>
  on("?q=storage", async (page) => {
    const all = await titles(page);
    assert.equal(await count(page), "3 pages. ");
    assert.equal(await page.locator(".facet:has([value=decision]) .count").textContent(), "2");
    await box(page, "kind", "decision").check();
    await page.waitForURL("**/search/?q=storage&kind=decision");
    await state(page, "done");
    assert.equal((await titles(page)).length, 2);
    assert.equal(await count(page), "2 pages. 1 filter is on. Search without filters");
    await box(page, "status", "accepted").check();
    await page.waitForURL("**/search/?q=storage&kind=decision&status=accepted");
    await state(page, "done");
    assert.deepEqual(await titles(page), ["7 Move messages to a broker"]);
    assert.equal(await page.evaluate(() => document.activeElement.value), "accepted");
    await page.goBack();
    await page.waitForFunction(() => !document.querySelector("[value=accepted]").checked);
    assert.equal(query(page), "?q=storage&kind=decision");
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll("article.found").length === 3);
    assert.deepEqual(await titles(page), all);
    await page.goForward();
    await page.waitForFunction(() => document.querySelectorAll("article.found").length === 2);
    assert.ok(await box(page, "kind", "decision").isChecked());
  }));

test("an address holds several values of a filter, of every filter", () =>
  on("?q=storage&kind=decision&kind=spec&tag=storage&person=Ana+Souza&year=2024&year=2026", async (page) => {
    assert.deepEqual(await page.locator(".facet :checked").evaluateAll((all) => all.map(({ value }) => value).sort()), [
      "2024",
      "2026",
      "Ana Souza",
      "decision",
      "spec",
      "storage",
    ]);
    assert.deepEqual((await titles(page)).sort(), ["1 Keep messages in Postgres", "7 Move messages to a broker"]);
    await box(page, "year", "2024").uncheck();
    await page.waitForURL("**/search/?q=storage&kind=decision&kind=spec&tag=storage&person=Ana+Souza&year=2026");
    await state(page, "done");
    assert.deepEqual(await titles(page), ["7 Move messages to a broker"]);
  }));

test("typing replaces the address; Enter makes a step that going back takes back", () =>
  book.on("", async (page) => {
    await page.goto(book.search);
    await page.keyboard.type("courier");
    await page.waitForURL("**/search/?q=courier");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("regions");
    await page.waitForSelector("text=Week 24");
    await page.waitForURL("**/search/?q=regions");
    assert.equal(await page.title(), "regions · Search · Handbook");
    await page.goBack();
    await page.waitForSelector("text=Limits of the queue");
    assert.deepEqual([query(page), await page.inputValue("#tm-search-field")], ["?q=courier", "courier"]);
    await page.goBack();
    await page.waitForURL(book.base);
  }));

test("what was typed is in the address once, and at once when the reader goes on", () =>
  book.on("", async (page) => {
    await page.goto(book.search);
    await page.evaluate(() => {
      const replace = history.replaceState.bind(history);
      window.changes = [];
      history.replaceState = (state, unused, url) => {
        window.changes.push(url);
        replace(state, unused, url);
      };
    });
    await page.keyboard.type("cour");
    await page.keyboard.press("Enter");
    assert.equal(query(page), "?q=cour", "Enter");
    await page.keyboard.type("ier");
    await page.evaluate(() => document.activeElement.blur());
    assert.equal(query(page), "?q=courier", "another place on the page");
    assert.equal((await page.evaluate(() => window.changes)).length, 1, "no change for a letter; the second is a new step");
    await page.focus("#tm-search-field");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("regions");
    await page.waitForSelector("text=Week 24");
    await page.click("article.found a");
    await page.waitForURL((url) => !url.pathname.includes("search"));
    await page.goBack();
    await page.waitForSelector("text=Week 24");
    assert.equal(query(page), "?q=regions", "a hit");
  }));

test("“Show more” adds to the list, and the focus goes to what is new", () =>
  on("?q=pallet", async (page) => {
    assert.equal(await count(page), `${PALLETS} pages. `);
    const first = await titles(page);
    assert.equal(first.length, 6);
    await page.click(".search-more");
    await page.waitForFunction(() => document.querySelectorAll("article.found").length === 12);
    assert.deepEqual((await titles(page)).slice(0, 6), first);
    assert.equal(await page.evaluate(() => [...document.querySelectorAll("article.found")].indexOf(document.activeElement.closest("article"))), 6);
    await told(page, new RegExp(`^12 of ${PALLETS} pages shown`));
    await page.click(".search-more");
    await page.waitForFunction(() => document.querySelectorAll("article.found").length === 18);
    await page.click(".search-more");
    await page.waitForFunction((all) => document.querySelectorAll("article.found").length === all, PALLETS);
    assert.equal(await page.locator(".search-more").count(), 0);
  }));

test("who comes back from a hit finds the list as it was left", () =>
  on("?q=pallet", async (page) => {
    await page.click(".search-more");
    await page.waitForFunction(() => document.querySelectorAll("article.found").length === 12);
    await page.locator("article.found h2 a").nth(10).click();
    await page.waitForURL("**/pallets/**");
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll("article.found").length === 12);
    assert.ok(
      await page
        .locator("article.found h2 a")
        .nth(10)
        .evaluate((link) => {
          const { top, bottom } = link.getBoundingClientRect();
          return top > 0 && bottom < innerHeight;
        }),
    );
  }));

test("where nothing is found, the filters can be taken off, and there are other ways on", () =>
  on("?q=courier&kind=update&kind=norm", async (page) => {
    assert.match(await page.locator("#search-results").textContent(), /Nothing found for “courier”.*2 filters are on/);
    assert.ok(await page.locator("#search-results .search-ways a").first().isVisible());
    await told(page, /Nothing found/);
    await page.click("text=Search without filters");
    await page.waitForSelector("article.found");
    assert.equal(query(page), "?q=courier");
    assert.equal(await page.evaluate(() => document.activeElement.className), "search-count");
    await page.fill("#tm-search-field", "qqqqzzzz");
    await page.waitForSelector("text=No page has “qqqqzzzz”");
  }));

test("with nothing typed it says how to search, and what was looked for lately", () =>
  book.on("search/", async (page) => {
    await page.waitForSelector("#search-results .search-hint");
    assert.equal(await page.locator("#search-results").getAttribute("data-state"), "idle");
    assert.equal(await page.evaluate(() => document.activeElement.id), "tm-search-field");
    for (let n = 1; n <= 10; n += 1) {
      await page.fill("#tm-search-field", `pallet ${n}`);
      await page.keyboard.press("Enter");
    }
    await state(page, "done");
    await page.fill("#tm-search-field", "");
    const recent = page.locator(".search-recent li");
    assert.deepEqual(
      await recent.allTextContents(),
      [10, 9, 8, 7, 6, 5, 4, 3].map((n) => `pallet ${n}`),
    );
    await recent.first().locator("a").click();
    await state(page, "done");
    assert.equal(query(page), "?q=pallet+10");
    await page.fill("#tm-search-field", "");
    await page.click(".search-recent button");
    assert.equal(await recent.count(), 0);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  }));

test("what can't be loaded is said, and trying again works", () =>
  book.on(
    "",
    async (page) => {
      const back = await without(page, "**/search/words.*");
      await page.goto(`${book.search}?q=courier`);
      await state(page, "failed");
      assert.match(await page.locator("#search-results").textContent(), /could not be loaded.*words\.\w+\.bin did not come/);
      await told(page, /could not be loaded/);
      await back();
      await page.click("text=Try again");
      await state(page, "done");
      assert.equal((await hits(page)).length, 1);
      assert.equal(await page.evaluate(() => document.activeElement.className), "search-count");
    },
    { expected: REFUSED },
  ));

test("whichever file is missing when the next thing is typed, it is said, and trying again works", () =>
  book.on(
    "",
    async (page) => {
      for (const [kind, asked, title] of [
        ["index", "courier", "Limits of the queue"],
        ["words", "courier", "Limits of the queue"],
        ["text", "courier", "Limits of the queue"],
        ["spelling", "withdrawls", "Limits of the queue"],
      ]) {
        await page.goto(`${book.search}?q=${kind === "spelling" ? "courier" : ""}`);
        if (kind === "spelling") await state(page, "done");
        const back = await without(page, `**/search/${kind}.*`);
        await page.fill("#tm-search-field", asked);
        await state(page, "failed");
        assert.match(await page.locator("#search-results").textContent(), new RegExp(`could not be loaded.*${kind}\\..*did not come`), kind);
        await back();
        await page.click("text=Try again");
        await state(page, "done");
        assert.equal((await titles(page))[0], title, kind);
      }
    },
    { expected: REFUSED },
  ));

test("the keyboard alone gets from the field to the filters and the hits", () =>
  on("?q=storage", async (page) => {
    const focused = () =>
      page.evaluate(() => document.activeElement.id || document.activeElement.value || document.activeElement.getAttribute("href"));
    const tabTo = async (wanted) => {
      for (let stop = 0; stop < 40 && (await focused()) !== wanted; stop += 1) await page.keyboard.press("Tab");
      assert.equal(await focused(), wanted);
      // What has the focus shows it.
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
    };
    await page.keyboard.press("/");
    assert.equal(await focused(), "tm-search-field");
    await tabTo("decision");
    await page.keyboard.press("Space");
    await page.waitForURL("**/search/?q=storage&kind=decision");
    await state(page, "done");
    await tabTo((await hits(page))[1]);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.endsWith("/search/"));
  }));

test("paper has the words, how many pages, and the hits, and nothing to click", () =>
  on(
    "?q=pallet",
    async (page) => {
      await page.emulateMedia({ media: "print" });
      for (const gone of [".search-form", ".search-facets", ".search-more", ".site-header", ".search-ways"]) {
        for (const element of await page.locator(gone).all()) assert.ok(!(await element.isVisible()), `${gone} is printed`);
      }
      assert.ok(await page.locator("h1").isVisible());
      assert.ok(await page.locator(".search-count").isVisible());
      assert.ok(await page.locator("article.found").last().isVisible());
    },
    { colorScheme: "dark" },
  ));

test("a missing part of the program is said too", () =>
  book.on(
    "",
    async (page) => {
      const back = await without(page, "**/assets/worker.*");
      await page.goto(`${book.search}?q=courier`);
      await state(page, "failed");
      await back();
      await page.click("text=Try again");
      await state(page, "done");
    },
    { expected: REFUSED },
  ));

test("the search works in a thread of its own, and without one where there is none", () =>
  book.on(
    "",
    async (page) => {
      await page.goto(`${book.search}?q=courier`);
      await state(page, "done");
      assert.deepEqual(
        page.workers().map((worker) => worker.url().match(/\/assets\/(\w+)\./)?.[1]),
        ["worker"],
      );
      const found = await hits(page);
      // One that breaks while it starts.
      await page.addInitScript(() => {
        window.Worker = class extends EventTarget {
          constructor() {
            super();
            setTimeout(() => this.dispatchEvent(new ErrorEvent("error", { cancelable: true })));
          }
          postMessage() {}
          terminate() {}
        };
      });
      await page.goto(`${book.search}?q=courier`);
      await state(page, "done");
      assert.deepEqual([await hits(page), page.workers().length], [found, 0]);
      await page.fill("#tm-search-field", "cafe");
      await page.waitForSelector("article:has-text('Places')");
      await page.addInitScript(() => delete window.Worker);
      await page.goto(`${book.search}?q=courier`);
      await state(page, "done");
      assert.deepEqual(await hits(page), found);
    },
    { expected: REFUSED },
  ));

test("tags and people of a large site come when they are wanted", () =>
  book.on("", async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.route("**/search/index.json", async (route) => {
      const response = await route.fetch();
      const index = await response.json();
      index.table.names.bytes = 1_000_000;
      return route.fulfill({ response, json: index });
    });
    await page.goto(`${book.search}?q=storage`);
    await state(page, "done");
    const names = () => asked.filter((url) => url.includes("/search/names.")).length;
    const set = (facet) => page.locator(`.search-facets input[name=${facet}]`);
    assert.deepEqual([(await set("kind").count()) > 0, await set("tag").count(), await set("person").count(), names()], [true, 0, 0, 0]);
    const found = await hits(page);
    await page.focus("text=Tags and people");
    await page.keyboard.press("Enter");
    await set("person").first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.name), "tag");
    assert.deepEqual([await hits(page), await page.locator("text=Tags and people").count()], [found, 0]);
    await box(page, "tag", "storage").check();
    await page.waitForURL("**/search/?q=storage&tag=storage");
    // From now on they come with every answer.
    await page.fill("#tm-search-field", "courier");
    await page.waitForSelector("text=Limits of the queue");
    assert.ok((await set("tag").count()) > 0);
    // A link to a filter needs nobody to ask.
    await page.goto(`${book.search}?q=storage&person=Ana+Souza`);
    await state(page, "done");
    assert.ok(await box(page, "person", "Ana Souza").isChecked());
    assert.ok((await set("tag").count()) > 0);
  }));

test("the header's button and the slash lead to the page's own field", () =>
  on("?q=courier", async (page) => {
    for (const press of [() => page.keyboard.press("/"), () => page.click(".search-open")]) {
      await page.evaluate(() => document.activeElement.blur());
      await press();
      assert.equal(await page.evaluate(() => document.activeElement.id), "tm-search-field");
    }
    assert.equal(await page.locator("dialog").count(), 0);
  }));

test("hostile queries and documents are text", () =>
  on(`?q=${encodeURIComponent("trapdoor")}`, async (page) => {
    assert.ok((await titles(page))[0].includes(EVIL));
    for (const asked of [EVIL, "__proto__", "constructor toString", "\\", "(((", "a".repeat(5000), "%00%ff", "‮evil", "𝕋𝕣𝕒𝕡"]) {
      await page.goto(`${book.search}?q=${encodeURIComponent(asked)}&kind=__proto__&tag=${encodeURIComponent(EVIL)}`);
      await state(page, "done");
      assert.ok((await page.title()).startsWith(asked.slice(0, 5)));
    }
    await page.goto(`${book.search}?q=__proto__`);
    await state(page, "done");
    assert.ok((await titles(page))[0].includes(EVIL));
    assert.equal(await page.locator("#search-results img, #search-results script, .search-facets img").count(), 0);
  }));

test("the filters are folded on a phone, and all fits 320 pixels", () =>
  on(
    "?q=storage+postgres+trapdoor",
    async (page) => {
      assert.deepEqual(await page.evaluate(tooWide), []);
      assert.equal(await page.locator(".facet").first().isVisible(), false);
      await page.click("text=Filters");
      assert.deepEqual(await page.evaluate(tooWide), []);
      await box(page, "tag", "storage").check();
      await page.waitForURL("**tag=storage");
      await state(page, "done");
      assert.equal(await page.locator(".search-facets summary").textContent(), "Filters (1 on)");
      assert.ok(await box(page, "tag", "storage").isVisible());
    },
    PHONE,
  ));

test("nothing moves when the results come", () => on("?q=storage", async (page) => assert.deepEqual(await layoutShifts(page), [])));

test("without JavaScript it says what to do instead, and the ways are links", () =>
  book.on(
    "search/?q=courier",
    async (page) => {
      assert.match(await page.locator("main").innerText(), /needs JavaScript.*collection.*tags/s);
      assert.equal(await page.locator("input:visible, button:visible").count(), 0);
      assert.ok((await page.locator(".search-ways a:visible").count()) > 3);
      await page.click(".search-ways >> text=Decisions");
      await page.waitForURL("**/decisions/");
    },
    { javaScriptEnabled: false },
  ));

test("crawlers are sent elsewhere", () => {
  assert.match(readFileSync(join(book.site, "search/index.html"), "utf8"), /<meta name="robots" content="noindex">/);
  assert.ok(!readFileSync(join(book.site, "sitemap.xml"), "utf8").includes("/search/"));
});

test("its HTML is valid, also with results", () =>
  on("?q=storage&kind=decision", async (page) => {
    const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: RULES });
    const report = await validator.validateString(`<!DOCTYPE html>\n${await page.evaluate(() => document.documentElement.outerHTML)}`);
    assert.deepEqual(
      report.results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
      [],
    );
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`accessible in ${colorScheme}: with hits, with none, with a fault`, () =>
    on(
      "?q=storage&status=accepted",
      async (page) => {
        const found = await axeViolations(page);
        await page.goto(`${book.search}?q=qqqqzzzz`);
        await state(page, "done");
        found.push(...(await axeViolations(page)));
        await page.route("**/search/*.json", (route) => route.abort());
        await page.goto(`${book.search}?q=storage`);
        await state(page, "failed");
        found.push(...(await axeViolations(page)));
        assert.deepEqual(found, []);
      },
      { colorScheme, bypassCSP: true, expected: REFUSED },
    ));
}
