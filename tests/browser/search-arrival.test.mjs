// What a hit leads to: the section, with the words marked until they are dismissed, and nothing left behind.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, axeViolations, layoutShifts, tooWide } from "./harness.mjs";
import { ask, handbook, marked, state, told } from "./search/handbook.mjs";

let book;

before(async () => {
  book = await handbook();
});

after(() => book?.stop());

/** Follows the first hit for `query` on the search page. */
const follow = (query, look, options) =>
  book.on(
    `search/?q=${encodeURIComponent(query)}`,
    async (page, context) => {
      await state(page, "done");
      const hit = page.locator("a[data-hit]").first();
      const href = await hit.getAttribute("href");
      await hit.click();
      await page.waitForSelector(".marked-bar");
      await look(page, href, context);
    },
    options,
  );
const kept = (page) => page.evaluate(() => sessionStorage.length + (localStorage.getItem("threadmark-marks") === null ? 0 : 1));
const bars = (page) => page.locator(".marked-bar").count();

test("the words are marked in all their forms, at the section, and said", () =>
  follow("withdrawal counted", async (page, href) => {
    const words = (await marked(page)).map((word) => word.toLowerCase());
    for (const form of ["withdrawal", "withdrawals", "counted", "counts"]) assert.ok(words.includes(form), `${form}: ${words}`);
    assert.ok(!words.includes("the"));
    assert.match(await page.locator(".marked-bar span").textContent(), /^Marked: /);
    await told(page, /^Marked: .*Escape removes the marks/);
    const top = await page.evaluate(() => document.querySelector(":target").getBoundingClientRect().top);
    assert.ok(top >= 0 && top < 200, `the section stands at ${top}`);
    assert.ok((await address(page)).endsWith(href));
  }));

test("the address stays clean, nothing is kept, and the page loaded anew has no marks", () =>
  follow("withdrawals", async (page, href) => {
    assert.equal(await address(page), new URL(href, book.base).href);
    assert.equal(await kept(page), 0);
    await page.reload();
    assert.deepEqual([await marked(page), await bars(page)], [[], 0]);
  }));

test("Escape removes the marks and their bar, and nothing else", () =>
  follow("withdrawals", async (page, href) => {
    await page.keyboard.press("Escape");
    assert.deepEqual([await marked(page), await bars(page)], [[], 0]);
    assert.equal(await address(page), new URL(href, book.base).href);
  }));

test("the bar's button removes them too, and the keyboard goes on from the top of the text", () =>
  follow("withdrawals", async (page) => {
    await page.getByRole("button", { name: "Remove the marks" }).focus();
    await page.keyboard.press("Enter");
    assert.deepEqual([await marked(page), await bars(page)], [[], 0]);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.closest("main") !== null), true);
  }));

test("Escape in the dialog closes the dialog and leaves the marks", () =>
  follow("withdrawals", async (page) => {
    await page.keyboard.press("/");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog[open]", { state: "detached" });
    assert.equal(await bars(page), 1);
    await page.keyboard.press("Escape");
    await page.waitForSelector(".marked-bar", { state: "detached" });
  }));

test("a hit on the page that is open marks it without loading it anew", () =>
  book.on("specs/limits/", async (page) => {
    await page.evaluate(() => {
      globalThis.same = true;
    });
    await ask(page, "courier");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".marked-bar");
    assert.ok((await marked(page)).includes("courier"));
    assert.equal(await address(page), `${book.base}specs/limits/#how-withdrawals-are-counted`);
    assert.equal(await page.evaluate(() => globalThis.same && document.querySelector("dialog[open]") === null), true);
    await ask(page, "refuses");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".marked-bar")?.textContent === "Marked: refuses");
    assert.equal(await bars(page), 1);
  }));

test("a hit opened in a new tab is marked there", () =>
  book.on("search/?q=courier", async (page, context) => {
    await state(page, "done");
    const [other] = await Promise.all([
      context.waitForEvent("page"),
      page
        .locator("a[data-hit]")
        .first()
        .click({ modifiers: ["Control"] }),
    ]);
    await other.waitForSelector(".marked-bar");
    assert.ok((await marked(other)).includes("courier"));
    assert.equal(await kept(other), 0);
  }));

test("words wait for their own page only", () =>
  book.on("search/?q=courier", async (page) => {
    await state(page, "done");
    await page.evaluate(() => {
      document.addEventListener("click", (event) => event.preventDefault());
    });
    await page.locator("a[data-hit]").first().click();
    const asked = page.waitForResponse("**/assets/arrive.*");
    await page.goto(`${book.base}places/`);
    await (await asked).finished();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    assert.equal(await bars(page), 0);
  }));

test("where nothing is handed over, nothing is loaded", () =>
  book.on("specs/limits/#withdrawals", async (page) => {
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    assert.deepEqual(
      loaded.filter((name) => /arrive|teaser|words\./.test(name)),
      [],
    );
  }));

test("what storage holds that is not ours does no harm", () =>
  book.on("specs/limits/", async (page) => {
    for (const value of [
      "{",
      "null",
      "[[]]",
      '[["/handbook/specs/limits/","x",9e15]]',
      '[["/handbook/specs/limits/",[{},"(",""],9e15]]',
      '{"__proto__":1}',
    ]) {
      await page.evaluate((text) => sessionStorage.setItem("threadmark-marks", text), value);
      const asked = page.waitForResponse("**/assets/site.*.js");
      await page.reload();
      await (await asked).finished();
      assert.equal(await bars(page), 0, value);
    }
  }));

test("letters that are written in other ways, parts of names and Chinese are marked where they stand", () =>
  follow("cafe naive", async (page) => {
    assert.deepEqual((await marked(page)).map((word) => word.normalize("NFC")).sort(), ["Café", "café", "naïve"].sort());
    await ask(page, "队列存储");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".marked-bar")?.textContent === "Marked: 队列存储");
    await ask(page, "deadline");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/decisions/0007-broker/#decision");
    await page.waitForSelector(".marked-bar");
    assert.ok((await marked(page)).some((word) => /deadline/i.test(word)));
  }));

test("a page with the word three thousand times has a thousand marks", () =>
  follow("carton", async (page) => {
    assert.equal((await marked(page)).length, 1000);
    assert.equal(await page.locator(".marked-bar span").textContent(), "Marked: carton");
  }));

test("text of documents is text in the bar", () =>
  follow("trapdoor onerror", async (page) => {
    await told(page, /^Marked: /);
    assert.equal(await page.locator(".marked-bar img, .marked-bar script").count(), 0);
  }));

test("a browser that can't paint marks wraps them, and takes the wrapping back without a trace", () =>
  book.on("search/?q=withdrawals", async (page) => {
    await page.addInitScript(() => {
      delete globalThis.CSS.highlights;
      Object.defineProperty(globalThis, "CSS", { value: {} });
    });
    await page.goto(`${book.base}specs/limits/`);
    const before = await page.locator(".prose").innerHTML();
    await page.goto(`${book.base}search/?q=withdrawals`);
    await state(page, "done");
    await page.locator("a[data-hit]").first().click();
    await page.waitForSelector(".marked-bar");
    const wrapped = await page.locator("mark.found-word").allTextContents();
    assert.ok(wrapped.length > 3 && wrapped.every((word) => /^withdraw/i.test(word)), wrapped.join());
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".prose").innerHTML(), before);
  }));

test("the marks aren't printed", () =>
  follow("withdrawals", async (page) => {
    const painted = () => page.evaluate(() => getComputedStyle(document.querySelector("main"), "::highlight(found)").backgroundColor);
    assert.notEqual(await painted(), "rgba(0, 0, 0, 0)");
    await page.emulateMedia({ media: "print" });
    assert.equal(await painted(), "rgba(0, 0, 0, 0)");
    assert.equal(await page.locator(".marked-bar").isVisible(), false);
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`accessible and steady in ${colorScheme}, on a phone too`, () =>
    follow(
      "withdrawals counted",
      async (page) => {
        assert.deepEqual(await layoutShifts(page), []);
        assert.deepEqual(await axeViolations(page), []);
        await page.setViewportSize({ width: 320, height: 640 });
        assert.deepEqual(await page.evaluate(tooWide), []);
        assert.deepEqual(await axeViolations(page), []);
      },
      { colorScheme, bypassCSP: true },
    ));
}
