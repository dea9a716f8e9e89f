// What every page type promises: valid HTML, no accessibility violation in light and dark, silence in the
// console, nothing from another origin, no layout shift, no sideways scrolling, and a small weight.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { PAGES, ROOT, RULES, axeViolations, browser, build, filesBelow, host, layoutShifts, open } from "./harness.mjs";

const base = "/handbook/";
let site, server, chromium;

before(async () => {
  site = build(join(ROOT, "example-site"));
  server = await host(site, base);
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

test("every page of the example site is valid HTML", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: RULES });
  const pages = filesBelow(site).filter((path) => path.endsWith(".html"));
  assert.ok(pages.length > 40, `only ${pages.length} pages`);
  const problems = [];
  for (const path of pages) {
    const report = await validator.validateFile(join(site, path));
    for (const { messages } of report.results) {
      for (const m of messages) problems.push(`${path}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
    }
  }
  assert.deepEqual(problems, []);
});

test("a shift of the layout would be seen", async () => {
  const { page, context } = await open(chromium, server.base, { viewport: { width: 1280, height: 900 } });
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(done));
    document.body.prepend(Object.assign(document.createElement("pre"), { textContent: "\n".repeat(20) }));
  });
  const shifts = await layoutShifts(page);
  await context.close();
  assert.ok(shifts.length > 0);
});

for (const [name, path] of Object.entries(PAGES)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${name}, ${colorScheme}: accessible, quiet, steady`, async () => {
      const { page, context, noted } = await open(chromium, server.base + path, {
        colorScheme,
        bypassCSP: true, // for axe, which the page's own policy rightly refuses
        viewport: { width: 1280, height: 900 },
      });
      const shifts = await layoutShifts(page);
      const violations = await axeViolations(page);
      await context.close();
      assert.deepEqual(violations, []);
      assert.deepEqual(noted, []);
      assert.deepEqual(shifts, []);
    });
  }

  test(`${name}: fits 320 pixels, accessible there too, and weighs little`, async () => {
    const { page, context, noted } = await open(chromium, server.base + path, {
      bypassCSP: true,
      viewport: { width: 320, height: 640 },
    });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const assets = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map((e) => e.name)
        .filter((n) => /\.(css|js)$/.test(n)),
    );
    const violations = await axeViolations(page);
    await context.close();
    assert.equal(overflow, 0);
    assert.deepEqual(violations, []);
    assert.deepEqual(noted, []);
    const weight = assets
      .map((url) => readFileSync(join(site, new URL(url).pathname.slice(base.length))))
      .reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
    assert.ok(assets.length > 0, "the page loads no style");
    assert.ok(weight < 40_000, `CSS and JavaScript weigh ${weight} bytes compressed`);
  });

  test(`${name}: can be read without JavaScript`, async () => {
    const { page, context, noted } = await open(chromium, server.base + path, { javaScriptEnabled: false });
    const text = await page.locator("main").innerText();
    await context.close();
    assert.ok(text.length > 40, `main says only ${JSON.stringify(text)}`);
    assert.deepEqual(noted, []);
  });
}

// Pieces end before one of these: where a line of text breaks off, the rest may make it higher.
const STARTS =
  /<(?:header|nav|div|section|aside|article|h\d|p|ul|ol|li|dl|dt|dd|table|tr|th|td|pre|figure|details|summary|button|label|input|select|option|svg|kbd|video|footer)\b/g;

/** A page's text in pieces: all of the header one by one, and of the rest as many as there is time for. */
function pieces(html) {
  const body = html.indexOf("<body");
  const main = html.indexOf("<main");
  const starts = [...html.matchAll(STARTS)].map(({ index }) => index).filter((index) => index > body);
  const step = Math.ceil(starts.filter((index) => index > main).length / 60);
  const cuts = starts.filter((index, n) => index < main || n % step === 0);
  return [0, ...cuts].map((from, n) => html.slice(from, cuts[n]));
}

for (const name of ["home", "decision log", "spec", "recording", "recording of a terminal", "search", "norms", "waiting"]) {
  for (const width of [320, 1280]) {
    test(`${name}, ${width} pixels: what is painted of a page doesn't move when the rest comes`, async () => {
      const slow = await host(site, base, { pieces });
      const context = await chromium.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.goto(slow.base + PAGES[name] + (name === "search" ? "?q=dock" : ""), { waitUntil: "commit" });
      const painted = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      let count = 0;
      do {
        await painted();
        count += 1;
      } while (slow.next());
      await page.waitForLoadState("load");
      const shifts = await layoutShifts(page);
      await context.close();
      await slow.stop();
      assert.ok(count > 5, `${count} pieces`);
      assert.deepEqual(shifts, []);
    });
  }
}
