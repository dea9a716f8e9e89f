// The graph of a decision log in a browser: found and followed with a mouse and with the keyboard, on every width, in
// both colour schemes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, basePath, browser, build, host, open, siteOf, tooWide } from "./harness.mjs";

const LONG = "Keep the readings of every logger in one table for ten years and a day, whatever it costs";

/** A log of decisions by number: what each says of others. */
function log(decisions) {
  const files = {};
  for (const [number, front] of Object.entries(decisions)) {
    files[`decisions/${number.padStart(4, "0")}-x.md`] = `---\n${front}\n---\n# ${LONG}\n\nYes.\n`;
  }
  return siteOf(files);
}

let chromium;
/** @type {Record<string, Awaited<ReturnType<typeof host>>>} */
const sites = {};

async function serve(name, folder) {
  const site = build(folder);
  sites[name] = await host(site, basePath(site));
}

before(async () => {
  chromium = await browser();
  await serve(
    "small",
    log({
      1: "status: superseded",
      2: "status: accepted",
      3: "status: accepted\nsupersedes: [1]\namends: [2]",
      4: "status: draft\nsupersedes: [3]",
      5: "status: accepted",
      6: "status: accepted",
      7: "status: accepted",
      8: "status: accepted\nsupersedes: [5, 6, 7]",
      9: "status: accepted",
    }),
  );
  const many = {};
  for (let at = 1; at <= 70; at += 1) many[at] = at % 5 === 1 ? "status: accepted" : `supersedes: [${at - 1}]`;
  await serve("large", log(many));
});

after(async () => {
  await chromium.close();
  for (const site of Object.values(sites)) await site.stop();
});

const PLACES = [
  ["small", "decisions/"],
  ["large", "decisions/"],
  ["large", "decisions/graph/"],
];

for (const [name, path] of PLACES) {
  for (const width of [320, 360, 768, 1440]) {
    test(`${name} ${path} at ${width}: no page is wider than the screen`, async () => {
      const { page, context, noted } = await open(chromium, sites[name].base + path, { viewport: { width, height: 800 } });
      const found = await page.evaluate(tooWide);
      await context.close();
      assert.deepEqual(found, []);
      assert.deepEqual(noted, []);
    });
  }

  for (const colorScheme of ["light", "dark"]) {
    test(`${name} ${path} in ${colorScheme}: axe finds nothing, with the list open and shut`, async () => {
      const options = { colorScheme, bypassCSP: true, viewport: { width: 360, height: 800 } };
      const { page, context } = await open(chromium, sites[name].base + path, options);
      const shut = await axeViolations(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      const opened = await axeViolations(page);
      await context.close();
      assert.deepEqual([shut, opened], [[], []]);
    });
  }
}

test("text stays within its box", async () => {
  const { page, context } = await open(chromium, sites.small.base + "decisions/");
  const out = await page.evaluate(() => {
    const found = [];
    for (const node of document.querySelectorAll(".graph-node")) {
      const box = node.querySelector(".graph-box").getBoundingClientRect();
      for (const text of node.querySelectorAll("text")) {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        if (left < box.left || right > box.right || top < box.top || bottom > box.bottom) found.push(text.textContent);
      }
    }
    return found;
  });
  await context.close();
  assert.deepEqual(out, []);
});

test("a click on a box opens its decision", async () => {
  const { page, context } = await open(chromium, sites.small.base + "decisions/");
  await page.locator(".graph-drawing a", { hasText: "Superseded" }).last().click();
  await page.waitForURL(/decisions\/000\d-x\/$/);
  await context.close();
});

/** Where the keyboard stops in the graph, from its heading on; `visit` is called at each stop. */
async function stops(page) {
  const found = [];
  await page.bringToFront();
  await page.evaluate(() => document.querySelector("section.graph").setAttribute("tabindex", "-1"));
  await page.locator("section.graph").focus();
  // A page that has shown nothing yet has nothing that a key could come to.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.ok(await page.evaluate(() => document.activeElement?.matches("section.graph")));
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at?.closest("section.graph")) return null;
      return at.closest("svg") ? "drawing" : `${at.localName} ${at.getAttribute("href") ?? at.className}`.trim();
    });
    if (stop === null) return found;
    found.push(stop);
  }
}

test("the keyboard comes to the list, and in it to each decision of a relation once", async () => {
  const { page, context } = await open(chromium, sites.small.base + "decisions/", { viewport: { width: 1280, height: 800 } });
  assert.deepEqual(await stops(page), ["summary"]);
  await page.locator(".graph-list > summary").focus();
  await page.keyboard.press("Enter");
  const links = (numbers) => numbers.map((number) => `a ../decisions/000${number}-x/`);
  assert.deepEqual(await stops(page), ["summary", ...links([4, 3, 3, 1, 2, 8, 5, 6, 7])]);
  await page.locator(".graph-list a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/decisions\/0004-x\/$/);
  await context.close();
});

test("a drawing that is wider than the screen is scrolled by the keyboard in a frame of its own", async () => {
  const { page, context } = await open(chromium, sites.small.base + "decisions/", { viewport: { width: 360, height: 800 } });
  assert.deepEqual(await stops(page), ["div graph-family", "summary"]);
  const wide = page.locator(".graph-family[tabindex]");
  await wide.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
  assert.equal(await page.evaluate(() => document.scrollingElement.scrollLeft), 0);
  await context.close();
});

test("what is said in words is drawn, and is there without JavaScript", async () => {
  const { page, context } = await open(chromium, sites.small.base + "decisions/", { javaScriptEnabled: false });
  const names = await page.locator(".graph-drawing a").count();
  assert.equal(names, 8);
  await page.locator(".graph-list > summary").click();
  const said = await page.locator(".graph-list li").allInnerTexts();
  assert.equal(said.length, 3);
  assert.match(said[1], /^3\s*Keep .* supersedes 1\s*Keep .*; amends 2\s*Keep/);
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`in ${colorScheme} what holds stands out from what does not`, async () => {
    const { page, context } = await open(chromium, sites.small.base + "decisions/", { colorScheme });
    const [holds, over] = await page.evaluate(() =>
      ["holds", "over"].map((stand) => {
        const box = getComputedStyle(document.querySelector(`.graph-node.graph-${stand} .graph-box`));
        const title = getComputedStyle(document.querySelector(`.graph-node.graph-${stand} .graph-title`));
        return [box.stroke, box.strokeWidth, box.fill, title.fill, title.fontWeight];
      }),
    );
    await context.close();
    holds.forEach((value, at) => assert.notEqual(value, over[at]));
  });
}
