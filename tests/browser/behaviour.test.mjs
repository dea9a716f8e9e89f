// What scripts add to a page: copying, the theme that was chosen, the place that is read, a list narrowed.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT, address, browser, build, host, open, siteOf, until } from "./harness.mjs";

const BASE = "/handbook/";
const DECISION = "decisions/0008-upload-by-projection/";
let server, many, wide, moved, chromium;

before(async () => {
  server = await host(build(join(ROOT, "example-site")), BASE);
  const record = (n) => `---\ntitle: Choice ${n}\nstatus: accepted\ndate: ${2020 + (n % 5)}-01-01\n---\n\nText ${n}.\n`;
  const files = Array.from({ length: 40 }, (_, n) => [`specs/${String(n + 1).padStart(4, "0")}-choice.md`, record(n + 1)]);
  many = await host(build(siteOf(Object.fromEntries(files))));
  const folders = Array.from({ length: 12 }, (_, n) => [`part-${n + 1}/page.md`, `# Page ${n + 1}\n\nText.\n`]);
  wide = await host(build(siteOf(Object.fromEntries(folders))));
  const filler = "Text of [some](https://example.org/far) length.\n\n".repeat(60);
  moved = await host(
    build(
      siteOf({
        "specs/queue.md": `---\ntitle: The queue\naliases: [old/place, "specs/queue#bounds"]\n---\n\n${filler}## Limits\n\n${filler}`,
      }),
    ),
  );
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
  await many?.stop();
  await wide?.stop();
  await moved?.stop();
});

/** Opens `url`, lets `look` at it, and minds that the page kept quiet, but for what is `expected`. */
async function on(url, look, options = {}, expected = []) {
  const permissions = ["clipboard-read", "clipboard-write"];
  const viewport = { width: 1440, height: 900 };
  const { page, context, noted } = await open(chromium, url, { permissions, viewport, ...options });
  try {
    await look(page);
    assert.deepEqual(
      noted.filter((note) => !expected.some((form) => form.test(note))),
      [],
    );
  } finally {
    await context.close();
  }
}

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const said = (page, text) => page.waitForFunction((wanted) => document.getElementById("tm-announce").textContent === wanted, text);

test("the link beside a heading copies its full address and says so", () =>
  on(server.base + DECISION, async (page) => {
    await page.locator("#consequences .anchor").focus();
    await page.keyboard.press("Enter");
    await said(page, "Link copied");
    assert.equal(await clipboard(page), `${server.base}${DECISION}#consequences`);
    await until(() => address(page), `${server.base}${DECISION}#consequences`);
  }));

test("code is copied as it is", () =>
  on(server.base + DECISION, async (page) => {
    const code = await page.locator("figure.code code").first().textContent();
    await page.locator(".code-copy").first().focus();
    await page.keyboard.press("Enter");
    await said(page, "Code copied");
    assert.equal(await clipboard(page), code);
  }));

test("the theme that was chosen stays; the system's is followed again when they agree", () =>
  on(server.base + DECISION, async (page) => {
    const light = await paper(page);
    await page.click("[data-theme-toggle]");
    const dark = await paper(page);
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await paper(page), dark);
    await page.click("[data-theme-toggle]");
    assert.equal(await paper(page), light);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  }));

test("the outline marks the section that is read", () =>
  on(server.base + DECISION, async (page) => {
    const marked = page.locator("[data-outline] [aria-current]");
    assert.equal(await marked.textContent(), "Context");
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.waitForFunction(() => document.querySelector("[data-outline] [aria-current]").textContent === "Consequences");
  }));

test("the first stop of the keyboard leads to the text", () =>
  on(server.base + DECISION, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await until(() => address(page), `${server.base}${DECISION}#tm-main`);
  }));

test("a list is narrowed by words", () =>
  on(`${many.base}specs/`, async (page) => {
    const rows = page.locator("[data-rows] > li:visible");
    assert.equal(await rows.count(), 40);
    await page.fill("[data-filter] input", "choice 17");
    assert.equal(await page.textContent("[data-filter-count]"), "1 of 40");
    assert.equal(await rows.count(), 1);
    assert.equal(await page.locator("section.group:visible").count(), 1);
  }));

test("a click beside a heading copies too, and shows that it did", () =>
  on(server.base + DECISION, async (page) => {
    const anchor = page.locator("#decision .anchor");
    await page.locator("#decision").hover();
    await page.waitForFunction(() => getComputedStyle(document.querySelector("#decision .anchor")).opacity === "1");
    await anchor.click();
    await page.waitForSelector("#decision .anchor[data-said]");
    const shown = await anchor.evaluate((link) => getComputedStyle(link, "::after").content);
    assert.equal(shown, '"Copied"');
    assert.equal(await clipboard(page), `${server.base}${DECISION}#decision`);
    // The word goes by itself.
    await page.waitForSelector("#decision .anchor:not([data-said])");
  }));

test("where copying is not allowed, the link still leads there and says what happened", () =>
  on(
    server.base + DECISION,
    async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
      });
      await page.locator("#decision .anchor").focus();
      await page.keyboard.press("Enter");
      await said(page, "The browser did not allow copying");
      await until(() => address(page), `${server.base}${DECISION}#decision`);
    },
    { permissions: [] },
  ));

test("the theme that was chosen is there before the first paint", () =>
  on(server.base + DECISION, async (page) => {
    await page.click("[data-theme-toggle]");
    // Runs when the body is opened: no part of the page can have been painted by then.
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        globalThis.themeAtBody = document.documentElement.dataset.theme;
        globalThis.paintsAtBody = performance.getEntriesByType("paint").length;
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.reload();
    assert.deepEqual(await page.evaluate(() => [globalThis.themeAtBody, globalThis.paintsAtBody]), ["dark", 0]);
  }));

test("the theme's button says what it does, in both states", () =>
  on(server.base + DECISION, async (page) => {
    const button = page.locator("[data-theme-toggle]");
    assert.equal(await button.getAttribute("aria-label"), "Switch to dark");
    await button.focus();
    await page.keyboard.press("Space");
    assert.equal(await button.getAttribute("aria-label"), "Switch to light");
  }));

test("what is folded opens by keyboard", () =>
  on(
    server.base + DECISION,
    async (page) => {
      const summary = page.locator("details.contents > summary");
      const link = page.locator("details.contents + .outline a", { hasText: "Consequences" });
      assert.ok(!(await link.isVisible()));
      await summary.focus();
      await page.keyboard.press("Enter");
      assert.ok(await link.isVisible());
      await link.focus();
      await page.keyboard.press("Enter");
      await until(() => address(page), `${server.base}${DECISION}#consequences`);
    },
    { viewport: { width: 700, height: 800 } },
  ));

test("what the header has no room for opens by keyboard, and covers nothing", () =>
  on(wide.base, async (page) => {
    const more = page.locator(".site-more > summary");
    await more.focus();
    await page.keyboard.press("Enter");
    const last = page.locator(".site-more a").last();
    assert.ok(await last.isVisible());
    const [menu, main] = [await last.boundingBox(), await page.locator("main").boundingBox()];
    assert.ok(menu.y + menu.height <= main.y, "the menu lies over the text");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.closest(".site-more") !== null), true);
  }));

test("whatever the keyboard reaches is seen to be reached", () =>
  on(server.base + DECISION, async (page) => {
    const unseen = [];
    for (let stop = 0; stop < 200; stop += 1) {
      await page.keyboard.press("Tab");
      const where = await page.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return null;
        const style = getComputedStyle(at);
        const box = at.getBoundingClientRect();
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        const shown = Number(style.opacity) === 1 && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
        return { name: `${at.localName}.${at.className} ${at.textContent.slice(0, 30)}`, seen: outlined && shown };
      });
      if (where === null) break;
      if (!where.seen) unseen.push(where.name);
    }
    assert.deepEqual(unseen, []);
  }));

test("nothing moves for those who ask for stillness", () =>
  on(server.base + DECISION, async (page) => {
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")]
        .filter((element) => {
          const style = getComputedStyle(element);
          const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
          return style.scrollBehavior === "smooth" || lasts(style.transitionDuration) || lasts(style.animationDuration);
        })
        .map((element) => element.localName),
    );
    assert.deepEqual(moving, []);
  }));

test("paper holds the text and where its links lead, and nothing to click", () =>
  on(
    `${moved.base}specs/queue/`,
    async (page) => {
      await page.emulateMedia({ media: "print" });
      for (const gone of [".site-header", ".site-footer", ".outline", ".siblings", ".turn", ".crumbs", ".anchor", ".code-copy"]) {
        for (const element of await page.locator(gone).all()) assert.ok(!(await element.isVisible()), `${gone} is printed`);
      }
      assert.ok(await page.locator("h1").isVisible());
      const link = page.locator('.prose a[href^="http"]').first();
      const href = await link.getAttribute("href");
      assert.ok((await link.evaluate((a) => getComputedStyle(a, "::after").content)).includes(href));
      const colours = await page.evaluate(() => [
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector(".prose p")).color,
      ]);
      assert.deepEqual(colours, ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
    },
    { colorScheme: "dark" },
  ));

test("a deep address without a page gets the whole 404 page, whose ways on work", () =>
  on(
    `${server.base}decisions/no/such/thing/`,
    async (page) => {
      assert.equal(await page.locator(".document-number").textContent(), "404");
      assert.equal(await page.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 10)), true);
      await page.click(".missing-ways a");
      await page.waitForURL(server.base);
    },
    {},
    [/404 \(Not Found\)/],
  ));

test("an anchor lands where it can be read", () =>
  on(`${server.base}${DECISION}#why-45-minutes`, async (page) => {
    const top = await page.locator("#why-45-minutes").evaluate((heading) => heading.getBoundingClientRect().top);
    assert.ok(top >= 8 && top < 120, `the heading stands at ${top}`);
    const hit = await page.evaluate(() => {
      const { left, top, height } = document.getElementById("why-45-minutes").getBoundingClientRect();
      return document.elementFromPoint(left + 4, top + height / 2).closest("h2")?.id;
    });
    assert.equal(hit, "why-45-minutes");
  }));

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`an old address leads on ${how} JavaScript`, () =>
    on(
      `${moved.base}old/place/`,
      async (page) => {
        await page.waitForURL(`${moved.base}specs/queue/`);
        assert.equal(await page.locator("h1").textContent(), "The queue");
      },
      { javaScriptEnabled },
    ));
}

test("an old address keeps the anchor it was called with", () =>
  on(`${moved.base}old/place/#limits`, async (page) => {
    await page.waitForURL(`${moved.base}specs/queue/#limits`);
  }));

test("the page of an old address says where its text went", async () => {
  const html = await (await fetch(`${moved.base}old/place/`)).text();
  assert.match(html, /<a href="\.\.\/\.\.\/specs\/queue\/">The queue<\/a>/);
  assert.match(html, /<meta http-equiv="refresh" content="0; url=\.\.\/\.\.\/specs\/queue\/">/);
});

test("an old anchor still leads to its section", () =>
  on(`${moved.base}specs/queue/#bounds`, async (page) => {
    const seen = await page.evaluate(() => {
      const target = document.querySelector(":target");
      return target && { id: target.id, top: target.getBoundingClientRect().top };
    });
    assert.equal(seen?.id, "bounds");
    assert.ok(seen.top >= -1 && seen.top < 200, `it stands at ${seen.top}`);
  }));

test("without scripts there is no control that does nothing", () =>
  on(
    server.base + DECISION,
    async (page) => {
      assert.equal(await page.locator("button:visible, input:visible").count(), 0);
    },
    { javaScriptEnabled: false },
  ));
