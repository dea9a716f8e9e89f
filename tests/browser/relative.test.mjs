// The same bytes work wherever they are served: at the root of a host, below a path, in the folder of a preview, and, but for
// the search, from a disk. Here one build is opened at all of these.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { PAGES, ROOT, browser, build, host, open } from "./harness.mjs";

const BASES = ["/", "/handbook/", "/pr-88/handbook/", "/my hand/"];
/** Pages of each form and depth; the one for any address knows its own place alone. */
const OPENED = [
  "home",
  "decision",
  "decision log",
  "spec with code",
  "dated log",
  "recording",
  "recording of a terminal",
  "page of the guide",
  "waiting",
  "person",
  "tag",
];

let chromium;
let site;
/** @type {Record<string, Awaited<ReturnType<typeof host>>>} */
const servers = {};
before(async () => {
  // A base of its own, to see that nothing hangs on it.
  site = build(join(ROOT, "example-site"), "--base-url", "https://elsewhere.example/docs/");
  for (const base of BASES) servers[base] = await host(site, base);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  for (const server of Object.values(servers)) await server.stop();
});

for (const base of BASES) {
  test(`below ${base} every page loads all that it wants, from there`, async () => {
    for (const name of OPENED) {
      const { context, noted } = await open(chromium, servers[base].origin + encodeURI(base) + PAGES[name]);
      assert.deepEqual(noted, [], name);
      await context.close();
    }
  });

  test(`below ${base} one comes from home to a decision, to what it names, and back`, async () => {
    const home = servers[base].origin + encodeURI(base);
    const { page, context, noted } = await open(chromium, home);
    await page.locator(".site-header a", { hasText: "Decisions" }).first().click();
    await page.waitForURL(`${home}decisions/`);
    await page.locator("main a[href$='0008-upload-by-projection/']").first().click();
    await page.waitForURL(`${home}${PAGES.decision}`);
    await page.locator("a.site-title").click();
    await page.waitForURL(home);
    assert.deepEqual(noted, []);
    await context.close();
  });

  test(`below ${base} the search finds, from its page and from the dialog of a deep page`, async () => {
    const home = servers[base].origin + encodeURI(base);
    const found = /** @type {string[]} */ ([]);
    const { page, context, noted } = await open(chromium, `${home}search/?q=projection`);
    await page.locator("#search-results a").first().waitFor();
    found.push(
      await page
        .locator("#search-results a")
        .first()
        .evaluate((link) => link.href),
    );
    await page.goto(home + PAGES.decision);
    await page.keyboard.press("/");
    await page.locator("dialog input").fill("projection");
    await page.locator("dialog a[href*='#'], dialog a[href*='decisions']").first().waitFor();
    found.push(
      await page
        .locator("dialog [href]")
        .first()
        .evaluate((link) => link.href),
    );
    for (const address of found) assert.ok(address.startsWith(home), address);
    assert.equal((await page.request.get(found[0])).status(), 200);
    assert.deepEqual(noted, []);
    await context.close();
  });
}

/** A page that is opened from the disk; what its console says. */
async function fromDisk(name) {
  const context = await chromium.newContext();
  const page = await context.newPage();
  const noted = [];
  page.on("console", (message) => noted.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => noted.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    // Of a video no more than its first part is wanted.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") noted.push(`failed: ${request.url()}`);
  });
  await page.goto(pathToFileURL(join(site, PAGES[name], "index.html")).href, { waitUntil: "load" });
  return { page, context, noted };
}

for (const name of OPENED) {
  test(`from a disk: ${name} is styled, and nothing is missed`, async () => {
    const { page, context, noted } = await fromDisk(name);
    const font = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
    assert.match(font, /sans-serif|serif/);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).margin), "8px", "the sheet is not there");
    assert.deepEqual(noted, []);
    await context.close();
  });
}

test("from a disk one comes from home to a decision and to a section", async () => {
  const { page, context, noted } = await fromDisk("home");
  await page.locator(".site-header a", { hasText: "Decisions" }).first().click();
  await page.waitForURL(/decisions\/index\.html$/);
  await page.locator("main a[href*='0008-upload-by-projection/']").first().click();
  await page.waitForURL(/0008-upload-by-projection\/index\.html$/);
  await page.locator("main h2 a.anchor, main h2 a").first().click();
  await page.waitForURL(/index\.html#.+/);
  assert.deepEqual(noted, []);
  await context.close();
});

test("from a disk the search says that it is not there, and leads on", async () => {
  const { page, context, noted } = await fromDisk("search");
  assert.ok(await page.locator(".search-without").isVisible());
  await page.locator("main a", { hasText: "Specs" }).first().click();
  await page.waitForURL(/specs\/index\.html$/);
  assert.deepEqual(noted, []);
  await context.close();
});
