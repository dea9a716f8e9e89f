// The decision log in a browser: filters, their address, the way back, the order, the keyboard, and hostile names.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT, axeViolations, browser, build, host, layoutShifts, open, siteOf, tooWide, until } from "./harness.mjs";

const HOSTILE = "<img src=x onerror=alert(1)>";
const STATUSES = ["accepted", "accepted", "proposed", "rejected"];
const PEOPLE = ["Ana Souza", "Bo Li", "Chen", `"${HOSTILE}"`, "constructor"];
const TAGS = ["storage", "Network", "__proto__", `"${HOSTILE}"`];

/** Decision `n` of 120: all that the filters go by comes from its number. */
function record(n) {
  const front = [
    `status: ${STATUSES[n % 4]}`,
    n % 20 === 0 ? "" : `date: ${2020 + (n % 5)}-03-${String(1 + (n % 28)).padStart(2, "0")}`,
    `deciders: [${PEOPLE[n % 5]}]`,
    `consulted: [Dee]`,
    `tags: [${TAGS[n % 4]}]`,
  ];
  return `---\n${front.filter(Boolean).join("\n")}\n---\n\n# ${n % 2 === 0 ? "Even" : "Odd"} choice ${n}\n\nText.\n`;
}

let many, example, chromium;

before(async () => {
  const files = Array.from({ length: 120 }, (_, at) => [`decisions/${String(at + 1).padStart(4, "0")}-choice.md`, record(at + 1)]);
  files.push(["decisions/index.md", "# Decisions\n\n[Those that hold](?status=accepted), [elsewhere](../other.md).\n"]);
  files.push(["other.md", "# Other\n"]);
  many = await host(build(siteOf(Object.fromEntries(files))));
  example = await host(build(join(ROOT, "example-site")), "/handbook/");
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await many?.stop();
  await example?.stop();
});

/** Opens the log at `address`, lets `look` at it, and minds that the page kept quiet. */
async function on(address, look, options = {}, base = many.base) {
  const { page, context, noted } = await open(chromium, `${base}decisions/${address}`, { viewport: { width: 1280, height: 900 }, ...options });
  try {
    await look(page);
    assert.deepEqual(noted, []);
  } finally {
    await context.close();
  }
}

// As the page has it: what the browser tells of its address comes later.
const query = async (page) => decodeURIComponent((await page.evaluate(() => location.search)).replaceAll("+", " "));
const found = (page) => page.textContent(".log-found .count");
/** The numbers of the rows that are shown, in their order, once lists that are laid out later are. */
const numbers = async (page) => {
  await page.waitForFunction(() => document.querySelector("[data-later]") === null);
  return page.evaluate(() =>
    [...document.querySelectorAll(".log-rows > li")]
      .filter((row) => row.checkVisibility({ contentVisibilityAuto: false }))
      .map((row) => Number(row.querySelector(".number").textContent)),
  );
};
const status = (page, value) => page.locator(`.log-status:has([value=${value}])`).click();
const expected = (fits) => Array.from({ length: 120 }, (_, at) => at + 1).filter(fits);
const sorted = (list) => [...list].sort((a, b) => a - b);
/** Opens the filter `facet` and clicks the value called `name`. */
async function choose(page, facet, name) {
  await page.click(`[data-facet=${facet}] > summary`);
  await page.locator(`[data-facet=${facet}] label`, { hasText: name }).click();
  await page.keyboard.press("Escape");
}

test("filters go together, count what they would leave, and stand in the address", () =>
  on("", async (page) => {
    assert.equal(await found(page), "120 decisions");
    await status(page, "accepted");
    assert.deepEqual([await query(page), await found(page)], ["?status=accepted", "60 of 120 decisions"]);
    await choose(page, "person", "Bo Li");
    await choose(page, "tag", "storage");
    await choose(page, "year", "2021");
    assert.equal(await query(page), "?status=accepted&person=Bo Li&tag=storage&year=2021");
    const fits = (n) => n % 4 === 0 && n % 5 === 1 && n % 20 !== 0;
    assert.deepEqual(sorted(await numbers(page)), expected(fits));
    assert.equal(await page.textContent("[data-facet=person] > summary"), "Person: Bo Li");
    // Of one filter any value does, and its counts are those that the others leave.
    assert.equal(await page.textContent(".log-status:has([value=proposed]) .count"), "0");
    await page.click("[data-facet=tag] > summary");
    const tags = page.locator("[data-facet=tag] label");
    await tags.first().waitFor();
    assert.deepEqual(await tags.allTextContents(), ["__proto__0", `${HOSTILE}0`, "Network6", "storage6"]);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("section.group:visible").count(), 1);
    await status(page, "rejected");
    assert.equal(await query(page), "?status=accepted&status=rejected&person=Bo Li&tag=storage&year=2021");
  }));

test("whoever was consulted is found too", () =>
  on("?person=dee", async (page) => {
    assert.equal(await found(page), "120 of 120 decisions");
    assert.equal(await page.textContent("[data-facet=person] > summary"), "Person: Dee");
  }));

test("words narrow the log, also those of tags", () =>
  on("", async (page) => {
    await page.fill(".log-words input", "odd  storag");
    assert.equal(await found(page), "0 of 120 decisions");
    assert.ok(await page.locator(".log .empty").isVisible());
    await page.fill(".log-words input", "EVEN storag");
    assert.equal(await found(page), "30 of 120 decisions");
    assert.ok(!(await page.locator(".log .empty").isVisible()));
    assert.equal(await query(page), "?q=EVEN storag");
  }));

test("an address brings its filters back, and so do back and forward", () =>
  on("?q=choice&status=accepted&status=proposed&tag=network&year=none&sort=title&x=1", async (page) => {
    assert.equal(await page.inputValue(".log-words input"), "choice");
    assert.deepEqual(await page.locator("[name=status]:checked").evaluateAll((all) => all.map(({ value }) => value)), ["proposed", "accepted"]);
    assert.equal(await page.textContent("[data-facet=tag] > summary"), "Tag: Network");
    assert.equal(await found(page), "0 of 120 decisions");
    assert.equal(await page.inputValue(".log-sort select"), "title");
    await page.click(".log-clear");
    assert.deepEqual([await query(page), await found(page)], ["?sort=title", "120 decisions"]);
    await page.goBack();
    await until(() => found(page), "0 of 120 decisions");
    assert.equal(await page.inputValue(".log-words input"), "choice");
    await page.goForward();
    await until(() => found(page), "120 decisions");
    assert.equal(await page.inputValue(".log-words input"), "");
  }));

test("the text above the log links to a part of it", () =>
  on("", async (page) => {
    await page.click(".listing-text a");
    await page.waitForURL(`${many.base}decisions/?status=accepted`, { waitUntil: "load" });
    assert.equal(await found(page), "60 of 120 decisions");
  }));

test("what is typed is one step of the history", () =>
  on("", async (page) => {
    await status(page, "accepted");
    await page.locator(".log-words input").pressSequentially("odd");
    assert.equal(await query(page), "?q=odd&status=accepted");
    await page.goBack();
    await until(() => query(page), "?status=accepted");
    await page.goBack();
    await until(() => query(page), "");
    await until(() => found(page), "120 decisions");
  }));

test("the reader chooses the order, and the page's own comes back", () =>
  on("", async (page) => {
    const own = await numbers(page);
    assert.ok((await page.locator("section.group h2").count()) === 6);
    for (const [sort, first, last] of [
      ["number", [1, 2, 3], 120],
      ["-number", [120, 119, 118], 1],
      ["title", [2, 4, 6], 119],
      ["status", [94, 54, 14], 3],
      ["date", [85, 30, 115], 120],
    ]) {
      await page.selectOption(".log-sort select", sort);
      const now = await numbers(page);
      assert.equal(await query(page), `?sort=${sort}`);
      assert.equal(now.length, 120);
      if (sort !== "status" && sort !== "date") assert.deepEqual([now.slice(0, 3), now.at(-1)], [first, last], sort);
    }
    const undated = (await numbers(page)).slice(-6);
    assert.deepEqual(sorted(undated), [20, 40, 60, 80, 100, 120], "what has no date comes last");
    await page.selectOption(".log-sort select", "status");
    const order = await page.locator(".log-rows > li .status").allTextContents();
    assert.deepEqual([...new Set(order)], ["Proposed", "Accepted", "Rejected"]);
    await status(page, "rejected");
    assert.equal((await numbers(page)).length, 30);
    await page.selectOption(".log-sort select", "-date");
    assert.equal(await query(page), "?status=rejected");
    await page.click(".log-clear");
    assert.deepEqual(await numbers(page), own);
  }));

test("names that mean something to programs are names", () =>
  on(`?tag=${encodeURIComponent(HOSTILE)}`, async (page) => {
    assert.equal(await found(page), "30 of 120 decisions");
    await choose(page, "person", "constructor");
    await page.click("[data-facet=person] > summary");
    assert.ok(await page.locator("[data-facet=person] label", { hasText: HOSTILE }).isVisible());
    assert.equal(await query(page), `?person=constructor&tag=${HOSTILE}`);
    assert.deepEqual(
      sorted(await numbers(page)),
      expected((n) => n % 4 === 3 && n % 5 === 4),
    );
    assert.equal(await page.locator("img").count(), 0);
    await page.goto(`${many.base}decisions/?tag=__proto__&status=constructor&sort=toString`);
    assert.equal(await found(page), "0 of 120 decisions");
    await page.goto(`${many.base}decisions/?tag=__proto__`);
    assert.equal(await found(page), "30 of 120 decisions");
  }));

test("all can be done from the keyboard, and is said", () =>
  on("", async (page) => {
    await page.focus(".log-words input");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const values = page.locator("[data-facet=person] .log-values");
    await values.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.waitForFunction(() => document.getElementById("tm-announce").textContent === "24 of 120 decisions");
    assert.ok(await values.isVisible(), "more can be chosen");
    await page.keyboard.press("Escape");
    assert.ok(!(await values.isVisible()));
    assert.equal(await page.evaluate(() => document.activeElement.localName), "summary");
    await page.keyboard.press("Enter");
    await values.waitFor();
    for (let stop = 0; stop < 7; stop += 1) await page.keyboard.press("Tab");
    assert.ok(!(await values.isVisible()), "it closes behind the reader");
    await page.focus(".log-clear");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.getElementById("tm-announce").textContent === "120 decisions");
    assert.equal(await page.evaluate(() => document.activeElement.className), "log-found");
  }));

test("without scripts there is the whole list and nothing to click in vain", () =>
  on(
    "?status=accepted",
    async (page) => {
      assert.equal((await numbers(page)).length, 120);
      assert.equal(
        await page
          .locator(".log-rows > li")
          .first()
          .evaluate((row) => getComputedStyle(row).visibility),
        "visible",
      );
      assert.equal(await page.locator("button:visible, input:visible, select:visible, summary:visible").count(), 0);
      assert.equal(await found(page), "120 decisions");
    },
    { javaScriptEnabled: false },
  ));

for (const width of [320, 360]) {
  test(`on a screen of ${width} pixels the list begins on it, and nothing stands out`, () =>
    on(
      "",
      async (page) => {
        const first = await page.locator(".log-rows > li").first().boundingBox();
        assert.ok(first.y < 500, `the first row stands at ${first.y}`);
        assert.deepEqual(await page.evaluate(tooWide), []);
        await page.click(".log-more");
        assert.equal(await page.getAttribute(".log-more", "aria-expanded"), "true");
        for (const facet of ["person", "tag", "year"]) {
          await page.click(`[data-facet=${facet}] > summary`);
          assert.deepEqual(await page.evaluate(tooWide), [], facet);
        }
        await page.keyboard.press("Escape");
        await status(page, "proposed");
        assert.equal(await page.textContent(".log-more"), "Filters (1)");
      },
      { viewport: { width, height: 640 } },
    ));
}

test("nothing moves while a filtered log is loaded, nor when a filter opens", () =>
  on("?status=accepted&tag=storage", async (page) => {
    assert.equal(await page.locator(".log").evaluate((log) => getComputedStyle(log).visibility), "visible");
    assert.deepEqual(await layoutShifts(page), []);
    const top = () => page.locator(".log").evaluate((log) => log.getBoundingClientRect().top);
    const before = await top();
    await page.click("[data-facet=tag] > summary");
    assert.equal(await top(), before);
  }));

test("the example's log is accessible, light and dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    await on(
      "?status=accepted",
      async (page) => {
        await page.click("[data-facet=person] > summary");
        assert.deepEqual(await axeViolations(page), []);
      },
      { colorScheme, bypassCSP: true },
      example.base,
    );
  }
});
