// The search dialog: how it opens, what it shows while one types, and where it leads.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, layoutShifts, tooWide, until } from "./harness.mjs";
import { EVIL, REFUSED, answered, ask, handbook, marked, told, without } from "./search/handbook.mjs";

let book;

before(async () => {
  book = await handbook();
});

after(() => book?.stop());

const PHONE = { viewport: { width: 320, height: 640 } };
const opened = (page) => page.waitForSelector("dialog[open]");
const focused = (page) => page.evaluate(() => document.activeElement?.className);
const options = (page) => page.locator(".search-list [role=option]");
/** The option that the arrow keys stand on, as screen readers are told. */
const current = (page) =>
  page.evaluate(() => {
    const id = document.querySelector("dialog .search-input").getAttribute("aria-activedescendant");
    return id === null ? null : document.getElementById(id).getAttribute("href");
  });
const selected = (page) => page.locator('.option[aria-selected="true"]');
const place = (page) => new URL(page.url()).pathname + new URL(page.url()).hash;

for (const [how, open] of Object.entries({
  "the button": (page) => page.click(".search-open"),
  "/": (page) => page.keyboard.press("/"),
  "Ctrl-K": (page) => page.keyboard.press("Control+k"),
  "Cmd-K": (page) => page.keyboard.press("Meta+k"),
})) {
  test(`${how} opens it on any page, with the focus in its field`, () =>
    book.on("decisions/0007-broker/", async (page) => {
      await open(page);
      await opened(page);
      assert.equal(await focused(page), "search-input");
    }));
}

test("Escape closes it, gives the focus back, and what was typed is there the next time", () =>
  book.on("", async (page) => {
    await page.locator(".search-open").focus();
    await page.keyboard.press("Enter");
    await opened(page);
    await page.keyboard.type("broker");
    await answered(page);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    assert.equal(await focused(page), "search-open");
    await page.keyboard.press("/");
    await opened(page);
    assert.equal(await page.inputValue("dialog .search-input"), "broker");
    assert.ok((await options(page).count()) > 0);
    await page.keyboard.type("courier");
    await answered(page);
    assert.equal(await page.inputValue("dialog .search-input"), "courier");
  }));

test("a click beside it or on its button closes it, one inside doesn't", () =>
  book.on("", async (page) => {
    await page.keyboard.press("/");
    await opened(page);
    await page.click(".search-pane");
    assert.equal(await page.locator("dialog[open]").count(), 1);
    await page.mouse.click(4, 400);
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await page.keyboard.press("/");
    await opened(page);
    await page.click(".search-close");
    assert.equal(await page.locator("dialog[open]").count(), 0);
  }));

test("whoever types into a field can type a slash", () =>
  book.on("pallets/", async (page) => {
    await page.evaluate(() => document.querySelector("main").prepend(document.createElement("textarea")));
    await page.locator("textarea").focus();
    await page.keyboard.type("a/b");
    assert.equal(await page.inputValue("textarea"), "a/b");
    assert.equal(await page.locator("dialog").count(), 0);
  }));

test("nothing of it is loaded before it is wanted; the pointer over the button is enough", () =>
  book.on("", async (page) => {
    const loaded = () => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\/(dialog|worker)\./.test(name)).length);
    assert.equal(await loaded(), 0);
    await page.hover(".search-open");
    await page.waitForFunction(() => performance.getEntriesByType("resource").filter(({ name }) => /\/(dialog|worker)\./.test(name)).length === 2);
    assert.equal(await page.locator("dialog").count(), 0);
  }));

test("results come while one types: the page, what is known of it, its section, and the words marked", () =>
  book.on("", async (page) => {
    await ask(page, "counted withdrawals");
    const first = options(page).first();
    assert.equal(await first.getAttribute("href"), "/handbook/specs/limits/#how-withdrawals-are-counted");
    assert.equal(await first.locator(".found-title").textContent(), "Limits of the queue");
    assert.deepEqual(await first.locator(".found-facts > span").allTextContents(), ["Proposed", "Spec", "11 Jun 2026"]);
    assert.deepEqual(await first.locator(".found-path > span").allTextContents(), ["Withdrawals", "How withdrawals are counted"]);
    const marks = await first.locator("mark").allTextContents();
    assert.ok(marks.length > 1 && marks.every((mark) => /^(withdrawals?|counts?|counted)$/i.test(mark)), marks.join());
    assert.equal(await page.locator(".search-foot .count").textContent(), "1 page");
  }));

test("the first hit is marked; arrows, Home and End go through the list and around it", () =>
  book.on("", async (page) => {
    await ask(page, "postgres");
    const all = await options(page).evaluateAll((list) => list.map((option) => option.getAttribute("href")));
    assert.ok(all.length > 2, all.join());
    assert.equal(await selected(page).getAttribute("href"), all[0]);
    assert.equal(await current(page), null);
    await page.keyboard.press("ArrowDown");
    assert.equal(await current(page), all[1]);
    await page.keyboard.press("End");
    assert.equal(await current(page), all.at(-1));
    await page.keyboard.press("ArrowDown");
    assert.equal(await current(page), all[0]);
    await page.keyboard.press("ArrowUp");
    assert.equal(await current(page), all.at(-1));
    await page.keyboard.press("Home");
    assert.equal(await current(page), all[0]);
    assert.equal(await selected(page).count(), 1);
    assert.equal(await focused(page), "search-input");
  }));

test("Home and End move in the field until the arrows were used", () =>
  book.on("", async (page) => {
    await ask(page, "postgres");
    await page.keyboard.press("Home");
    assert.equal(await page.evaluate(() => document.activeElement.selectionStart), 0);
    assert.equal(await current(page), null);
  }));

test("Enter opens the marked hit", () =>
  book.on("", async (page) => {
    await ask(page, "postgres");
    await page.keyboard.press("ArrowDown");
    const href = await current(page);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${href}`);
  }));

test("Enter before the answer opens the first hit of that answer, not of an older one", () =>
  book.on("", async (page) => {
    await ask(page, "postgres");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("courier");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/specs/limits/#how-withdrawals-are-counted");
  }));

test("Ctrl-Enter opens it in a new tab, with its words marked there", () =>
  book.on("", async (page, context) => {
    await ask(page, "courier");
    const [other] = await Promise.all([context.waitForEvent("page"), page.keyboard.press("Control+Enter")]);
    await other.waitForSelector(".marked-bar");
    assert.ok((await marked(other)).includes("courier"));
    assert.equal(place(other), "/handbook/specs/limits/#how-withdrawals-are-counted");
    assert.equal(await other.evaluate(() => localStorage.getItem("threadmark-marks")), null);
    assert.equal(place(page), "/handbook/");
  }));

test("a click on a hit opens it", () =>
  book.on("", async (page) => {
    await ask(page, "courier");
    await options(page).first().click();
    await page.waitForURL("**/specs/limits/#how-withdrawals-are-counted");
  }));

test("screen readers are told how many pages there are and what Enter opens, inside the dialog", () =>
  book.on("", async (page) => {
    await ask(page, "courier");
    await told(page, /^1 page\. Enter opens Limits of the queue\.$/);
    assert.equal(await page.evaluate(() => document.getElementById("tm-announce").closest("dialog") !== null), true);
    await page.keyboard.press("Escape");
    // The browser says in a task of its own that the dialog is closed.
    await until(() => page.evaluate(() => document.getElementById("tm-announce").parentElement.localName), "body");
  }));

test("a misspelt word is said, and what stands in for it", () =>
  book.on("", async (page) => {
    await ask(page, "wihdrawals");
    const said = "No page has “wihdrawals”. Showing “withdrawals”.";
    assert.equal(await page.locator(".search-above").textContent(), said);
    await told(page, new RegExp(`^${said}`));
    assert.equal(await options(page).first().locator(".found-title").textContent(), "Limits of the queue");
  }));

test("where nothing is found, it says what was looked for and which word no page has", () =>
  book.on("", async (page) => {
    await ask(page, "qqqqzzzz");
    assert.match(await page.locator(".search-below").textContent(), /Nothing found for “qqqqzzzz”.*No page has “qqqqzzzz”/);
    assert.equal(await options(page).count(), 0);
    await told(page, /Nothing found/);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("the");
    await page.waitForSelector("text=“the” is too common a word to be looked for alone.");
  }));

test("what was found before stays until the new is there, and an older answer never replaces a newer", () =>
  book.on("", async (page) => {
    await ask(page, "courier");
    const before = await options(page).allTextContents();
    const release = await without(page, "**/search/spelling.*", "hold");
    await page.evaluate(() => {
      globalThis.shown = [];
      const list = document.querySelector(".search-list");
      new MutationObserver(() => globalThis.shown.push(list.textContent)).observe(list, { childList: true });
    });
    const asked = page.waitForRequest("**/search/spelling.*");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("postgers");
    await asked;
    assert.deepEqual(await options(page).allTextContents(), before);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("regions");
    await answered(page);
    const late = page.waitForResponse("**/search/spelling.*");
    await release();
    await late;
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const shown = await page.evaluate(() => globalThis.shown);
    assert.equal(shown.length, 1, shown.join("\n"));
    assert.match(shown[0], /Week 24/);
  }));

test("it is as high with nothing, one hit and many, and moves nothing under it", () =>
  book.on("", async (page) => {
    await page.keyboard.press("/");
    await opened(page);
    const boxes = [await page.locator("dialog").boundingBox()];
    for (const query of ["courier", "pallet", "qqqqzzzz"]) {
      await page.keyboard.press("Control+a");
      await page.keyboard.type(query);
      await answered(page);
      boxes.push(await page.locator("dialog").boundingBox());
    }
    for (const box of boxes) assert.deepEqual(box, boxes[0]);
    assert.deepEqual(await layoutShifts(page), []);
  }));

test("“All results” leads to the search page with the same query", () =>
  book.on("", async (page) => {
    await ask(page, "pallet & boxes");
    await page.click(".search-foot a");
    await page.waitForURL(`${book.search}?q=pallet+%26+boxes`);
    assert.equal(await page.inputValue("#tm-search-field"), "pallet & boxes");
  }));

test("the keyboard alone reaches everything in it", () =>
  book.on("", async (page) => {
    await ask(page, "courier");
    const stops = [];
    for (let stop = 0; stop < 4; stop += 1) {
      stops.push(await page.evaluate(() => document.activeElement.className || document.activeElement.textContent));
      await page.keyboard.press("Tab");
    }
    assert.deepEqual(stops.slice(0, 3), ["search-input", "search-close", "All results"]);
  }));

test("recent searches are offered again, and forgotten when asked", () =>
  book.on("", async (page) => {
    await ask(page, "courier");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/specs/limits/**");
    await page.keyboard.press("/");
    await opened(page);
    assert.deepEqual(await options(page).allTextContents(), ["courier"]);
    assert.equal(await selected(page).count(), 0);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await answered(page);
    assert.equal(await page.inputValue("dialog .search-input"), "courier");
    await page.fill("dialog .search-input", "");
    await page.click("dialog .search-above button");
    assert.equal(await options(page).count(), 0);
    assert.equal(await focused(page), "search-input");
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  }));

test("what can't be loaded is said, and trying again works", () =>
  book.on(
    "",
    async (page) => {
      const back = await without(page, "**/search/words.*");
      await page.keyboard.press("/");
      await opened(page);
      await page.keyboard.type("courier");
      await page.waitForSelector('.search-pane[data-state="failed"]');
      assert.match(await page.locator(".search-below").textContent(), /could not be loaded.*words\.\w+\.bin did not come/);
      await told(page, /could not be loaded/);
      await back();
      await page.click("text=Try again");
      await answered(page);
      assert.equal(await options(page).first().locator(".found-title").textContent(), "Limits of the queue");
      assert.equal(await focused(page), "search-input");
    },
    { expected: REFUSED },
  ));

test("where the dialog itself can't be loaded, the search page is there", () =>
  book.on(
    "",
    async (page) => {
      await page.route("**/assets/dialog.*", (route) => route.abort());
      await page.keyboard.press("/");
      await page.waitForURL(book.search);
    },
    { expected: REFUSED },
  ));

test("text of documents and queries is text", () =>
  book.on("", async (page) => {
    await ask(page, "trapdoor __proto__");
    assert.equal(await options(page).first().locator(".found-title").textContent(), `Hostile ${EVIL}`);
    assert.ok((await options(page).first().textContent()).includes("<img src=x onerror=alert(1)>"));
    for (const query of ["__proto__", "constructor", "</script><img src=x onerror=alert(3)>", "\\ [ ( * ?", "'\"&<>"]) {
      await page.keyboard.press("Control+a");
      await page.keyboard.type(query);
      await answered(page);
    }
    assert.equal(await page.locator("dialog img, dialog script").count(), 0);
  }));

test("on a phone the button is a picture with a name, and the dialog is the screen", () =>
  book.on(
    "",
    async (page) => {
      assert.equal(await page.locator(".search-open-word").isVisible(), false);
      await page.getByRole("link", { name: "Search", exact: true }).click();
      await opened(page);
      await page.keyboard.type("postgres");
      await answered(page);
      assert.deepEqual(await page.evaluate(tooWide), []);
      const { width, height } = await page.locator("dialog").boundingBox();
      assert.deepEqual({ width, height }, PHONE.viewport);
      await page.getByRole("button", { name: "Close" }).click();
      assert.equal(await page.locator("dialog[open]").count(), 0);
    },
    PHONE,
  ));

for (const colorScheme of ["light", "dark"]) {
  test(`accessible in ${colorScheme}: empty, with recent searches, with hits, with none`, () =>
    book.on(
      "",
      async (page) => {
        const found = [];
        await page.keyboard.press("/");
        await opened(page);
        found.push(...(await axeViolations(page)));
        for (const query of ["postgres", "qqqqzzzz"]) {
          await page.keyboard.press("Control+a");
          await page.keyboard.type(query);
          await answered(page);
          await page.keyboard.press("ArrowDown");
          found.push(...(await axeViolations(page)));
        }
        await page.evaluate(() => localStorage.setItem("threadmark-recent /handbook/search/", '["broker", "<b>"]'));
        await page.fill("dialog .search-input", "");
        assert.equal(await options(page).count(), 2);
        found.push(...(await axeViolations(page)));
        assert.deepEqual(found, []);
      },
      { colorScheme, bypassCSP: true },
    ));
}
