// What a first visit asks for: few files, of little weight, and those of a search in a short chain. Counted by the server, so
// that a file that is asked for twice counts twice. What comes when somebody asks for it, such as a video, doesn't count.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { browser, build, host, open, PAGES, ROOT } from "./harness.mjs";
import { answered, state } from "./search/handbook.mjs";

const BASE = "/handbook/";
/** Of a page with its styles, scripts and icon. */
const REQUESTS = 8;
const BYTES = 22_000;
/** Not there yet: what these pages show besides is weighed so that it doesn't grow. */
const HEAVIER = {
  "decision log": 28_500,
  decision: 34_000,
  spec: 34_000,
  recording: 34_000,
  "hosted recording": 34_000,
  "spec with code": 41_000,
  "recording of a terminal": 41_000,
};
/** Of a search, beyond the page: how many files, and how many of them name the next. */
const SEARCHED = 20;

let site, server, chromium;

before(async () => {
  site = build(join(ROOT, "example-site"));
  server = await host(site, BASE, { kept: true });
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

/** All that opening `path` asks for until `ready`, in order; the icon, which a browser without a window leaves, too. */
async function visit(path, ready = async () => {}) {
  server.asked.length = 0;
  const { page, context, noted } = await open(chromium, server.base + path, { viewport: { width: 360, height: 740 } });
  await ready(page);
  await page.waitForLoadState("networkidle");
  const icon = await page.evaluate(() => document.querySelector("link[rel=icon]")?.href);
  await context.close();
  assert.deepEqual(noted, []);
  const asked = [...server.asked].filter((file) => file !== "favicon.ico");
  const name = icon?.slice(server.base.length);
  return name && !asked.includes(name) ? [...asked, name] : asked;
}

const file = (path) => readFileSync(join(site, path === "" || path.endsWith("/") ? `${path}index.html` : path));
const weight = (path) => gzipSync(file(path)).length;

for (const [name, path] of Object.entries(PAGES)) {
  // Searching is what the search page loads a program for.
  if (name === "search") continue;
  test(`${name}: a page of few files and little weight`, async () => {
    const asked = (await visit(path)).filter((file) => file === path || /^assets\/.*\.(css|js|svg)$/.test(file));
    const bytes = asked.reduce((sum, path) => sum + weight(path), 0);
    if (process.env.SHOW) console.log(`${name}: ${asked.length} files, ${bytes} bytes: ${asked.map((path) => `${path} ${weight(path)}`).join(", ")}`);
    assert.ok(asked.length <= REQUESTS, asked.join("\n"));
    assert.ok(bytes <= (HEAVIER[name] ?? BYTES), `${bytes} bytes: ${asked.map((path) => `${path} ${weight(path)}`).join(", ")}`);
    assert.equal(new Set(asked).size, asked.length, `twice: ${asked}`);
  });
}

/** How many answers must be there before a file can be asked for: its name stands in the page, the index, or what the index leads to. */
function depth(asked, page) {
  if (page.includes(asked) || asked.endsWith("index.json")) return 1;
  if (/\/(words|names)\./.test(asked)) return 2;
  return /\/(text|list)\./.test(asked) ? 3 : Infinity;
}

test("a first search: few files, in a chain of three", async () => {
  const asked = (await visit("search/?q=dock+verdict", (page) => state(page, "done"))).filter((file) => file !== "search/");
  const page = file("search/").toString();
  if (process.env.SHOW) console.log(asked.map((path) => `${path} ${weight(path)}`).join("\n"));
  assert.ok(asked.length <= SEARCHED, asked.join("\n"));
  assert.deepEqual(
    asked.filter((path) => depth(path, page) > 3),
    [],
  );
  assert.equal(new Set(asked).size, asked.length, `twice: ${asked}`);
  assert.match(page, /<meta name="threadmark-index" content="[^"]*search\/index\.json">/);
  assert.ok(asked.some((path) => /text\./.test(path)));
});

test("the dialog asks for few files, none of them twice", async () => {
  const asked = await visit("glossary/", async (page) => {
    await page.keyboard.press("/");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.type("dock");
    await answered(page);
  });
  assert.equal(new Set(asked).size, asked.length, `twice: ${asked}`);
  assert.ok(asked.length <= REQUESTS + SEARCHED, asked.join("\n"));
});
