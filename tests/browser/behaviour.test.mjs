// What scripts add to a page: copying, the theme that was chosen, the place that is read, a list narrowed.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT, browser, build, host, open, siteOf } from "./harness.mjs";

const BASE = "/handbook/";
const DECISION = "decisions/0008-upload-by-projection/";
let server, many, chromium;

before(async () => {
  server = await host(build(join(ROOT, "example-site")), BASE);
  const record = (n) => `---\ntitle: Choice ${n}\nstatus: accepted\ndate: ${2020 + (n % 5)}-01-01\n---\n\nText ${n}.\n`;
  const files = Array.from({ length: 40 }, (_, n) => [`decisions/${String(n + 1).padStart(4, "0")}-choice.md`, record(n + 1)]);
  many = await host(build(siteOf(Object.fromEntries(files))));
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
  await many?.stop();
});

/** Opens `url`, lets `look` at it, and minds that the page kept quiet. */
async function on(url, look, options = {}) {
  const permissions = ["clipboard-read", "clipboard-write"];
  const viewport = { width: 1440, height: 900 };
  const { page, context, noted } = await open(chromium, url, { permissions, viewport, ...options });
  try {
    await look(page);
    assert.deepEqual(noted, []);
  } finally {
    await context.close();
  }
}

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const said = (page, text) =>
  page.waitForFunction((wanted) => document.getElementById("tm-announce").textContent === wanted, text);

test("the link beside a heading copies its full address and says so", () =>
  on(server.base + DECISION, async (page) => {
    await page.locator("#consequences .anchor").focus();
    await page.keyboard.press("Enter");
    await said(page, "Link copied");
    assert.equal(await clipboard(page), `${server.base}${DECISION}#consequences`);
    assert.equal(page.url(), `${server.base}${DECISION}#consequences`);
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
    await page.waitForFunction(
      () => document.querySelector("[data-outline] [aria-current]").textContent === "Consequences",
    );
  }));

test("the first stop of the keyboard leads to the text", () =>
  on(server.base + DECISION, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(page.url(), `${server.base}${DECISION}#tm-main`);
  }));

test("a list is narrowed by words", () =>
  on(`${many.base}decisions/`, async (page) => {
    const rows = page.locator("[data-rows] > li:visible");
    assert.equal(await rows.count(), 40);
    await page.fill("[data-filter] input", "choice 17");
    assert.equal(await page.textContent("[data-filter-count]"), "1 of 40");
    assert.equal(await rows.count(), 1);
    assert.equal(await page.locator("section.group:visible").count(), 1);
  }));

test("without scripts there is no control that does nothing", () =>
  on(
    server.base + DECISION,
    async (page) => {
      assert.equal(await page.locator("button:visible, input:visible").count(), 0);
    },
    { javaScriptEnabled: false },
  ));
