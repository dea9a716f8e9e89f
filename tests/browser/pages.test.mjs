// What every page type promises: valid HTML, no accessibility violation in light and dark, silence in the
// console, nothing from another origin, no layout shift, no sideways scrolling, and a small weight.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { PAGES, ROOT, RULES, axeViolations, browser, build, filesBelow, host, layoutShift, open } from "./harness.mjs";

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
  const shift = await layoutShift(page);
  await context.close();
  assert.ok(shift > 0);
});

for (const [name, path] of Object.entries(PAGES)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${name}, ${colorScheme}: accessible, quiet, steady`, async () => {
      const { page, context, noted } = await open(chromium, server.base + path, {
        colorScheme,
        bypassCSP: true, // for axe, which the page's own policy rightly refuses
        viewport: { width: 1280, height: 900 },
      });
      const shift = await layoutShift(page);
      const violations = await axeViolations(page);
      await context.close();
      assert.deepEqual(violations, []);
      assert.deepEqual(noted, []);
      assert.equal(shift, 0);
    });
  }

  test(`${name}: fits 320 pixels, accessible there too, and weighs little`, async () => {
    const { page, context, noted } = await open(chromium, server.base + path, {
      bypassCSP: true,
      viewport: { width: 320, height: 640 },
    });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const assets = await page.evaluate(() =>
      performance.getEntriesByType("resource").map((e) => e.name).filter((n) => /\.(css|js)$/.test(n)));
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
