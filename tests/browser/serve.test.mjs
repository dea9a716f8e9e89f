// `threadmark serve` as the person who writes sees it: an edit shows by itself, a broken one says where it is broken
// while the last good page stays, and addresses answer as on GitHub Pages.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, test } from "node:test";
import { BINARY, NOW, browser, open, siteOf } from "./harness.mjs";

const LONG = Array.from({ length: 80 }, (_, n) => `## Part ${n}\n\nText of part ${n}.\n`).join("\n");
const PAGE = (word) => `---\ntitle: A page\n---\n\nThe word is ${word}.\n\n${LONG}`;
const BROKEN = `---\ntitle: [<img src=x onerror=alert(1)>\n---\n\nThe word is lost.\n`;

let chromium;
/** Servers that a test started; none may outlive it. */
const running = new Set();

before(async () => {
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
});

afterEach(async () => {
  for (const server of running) await server.stop();
});

process.on("exit", () => {
  for (const { child } of running) child.kill("SIGKILL");
});

/** Serves `files` on a free port; resolves when the address is said. */
async function serve(files) {
  const folder = siteOf(files);
  const child = spawn(BINARY, ["serve", folder, "--port", "0", "--now", NOW], { stdio: ["ignore", "ignore", "pipe"] });
  const gone = once(child, "exit");
  const server = {
    folder,
    child,
    write: (path, text) => writeFileSync(join(folder, path), text),
    async stop() {
      running.delete(server);
      child.kill("SIGTERM");
      await gone;
    },
  };
  running.add(server);
  const said = [];
  const lines = createInterface({ input: child.stderr });
  server.url = await new Promise((done, failed) => {
    lines.on("line", (line) => {
      said.push(line);
      const address = /Serving on (http:\/\/\S+)/.exec(line);
      if (address) done(address[1]);
    });
    child.on("exit", (code) => failed(new Error(`serve ended with ${code}: ${said.join("\n")}`)));
  });
  return server;
}

const SITE = {
  "threadmark.yml": "title: Preview\nbase_url: https://acme.example/handbook/\n",
  "index.md": "# Home\n\nWelcome.\n",
  "a.md": PAGE("first"),
  "notes/index.md": "# Notes\n\nA folder.\n",
};

const text = (page, wanted) => page.waitForFunction((word) => document.querySelector(".prose")?.textContent.includes(word), wanted);

test("an edit shows by itself, and the reader stays where they were", async () => {
  const server = await serve(SITE);
  const { page, context, noted } = await open(chromium, `${server.url}a/`, { viewport: { width: 1280, height: 800 } });
  await text(page, "first");
  await page.evaluate(() => scrollTo(0, 2400));
  server.write("a.md", PAGE("second"));
  await text(page, "second");
  await page.waitForFunction(() => Math.abs(scrollY - 2400) < 2);
  assert.deepEqual(noted, []);
  await context.close();
});

test("a new page and a removed one are there and gone", async () => {
  const server = await serve(SITE);
  const { page, context } = await open(chromium, server.url);
  server.write("b.md", "# Brand new\n\nHello.\n");
  await page.waitForFunction(() => document.body.textContent.includes("Brand new"));
  assert.equal((await fetch(`${server.url}b/`)).status, 200);
  rmSync(join(server.folder, "b.md"));
  await page.waitForFunction(() => !document.body.textContent.includes("Brand new"));
  assert.equal((await fetch(`${server.url}b/`)).status, 404);
  await context.close();
});

test("a broken edit says where, as text, above the last good page; mending it takes that away", async () => {
  const server = await serve(SITE);
  const { page, context, noted } = await open(chromium, `${server.url}a/`);
  page.on("dialog", (dialog) => {
    noted.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  server.write("a.md", BROKEN);
  const overlay = page.locator("threadmark-problems");
  await overlay.waitFor({ state: "attached" });
  const box = overlay.locator(".box");
  await box.waitFor();
  assert.match(await overlay.locator(".place").first().textContent(), /^a\.md:\d+:\d+$/);
  assert.match(await box.textContent(), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await overlay.locator("img").count(), 0);
  await text(page, "first");
  const status = await fetch(`${server.url}a/`);
  assert.ok((await status.text()).includes("The word is first"));

  server.write("a.md", PAGE("mended"));
  await text(page, "mended");
  await overlay.waitFor({ state: "detached" });
  assert.deepEqual(noted, []);
  await context.close();
});

test("Escape puts the errors away until there are others", async () => {
  const server = await serve(SITE);
  const { page, context } = await open(chromium, `${server.url}a/`);
  const overlay = page.locator("threadmark-problems");
  server.write("a.md", BROKEN);
  await overlay.locator(".box").waitFor();
  await page.keyboard.press("Escape");
  await overlay.waitFor({ state: "detached" });
  server.write("a.md", BROKEN.replace("title:", "date: nonsense\ntitle:"));
  await overlay.locator(".box").waitFor();
  await context.close();
});

test("a site that is broken from the start says so, and loads when it is mended", async () => {
  const server = await serve({ ...SITE, "a.md": BROKEN });
  const { page, context } = await open(chromium, `${server.url}`.replace("/handbook/", "/"));
  await page.locator("threadmark-problems .box").waitFor();
  server.write("a.md", PAGE("whole"));
  await page.waitForFunction(() => !document.querySelector("threadmark-problems") && document.querySelector("main, h1"));
  assert.equal((await fetch(new URL("/handbook/a/", page.url()))).status, 200);
  await context.close();
});

test("addresses answer as on GitHub Pages", async () => {
  const server = await serve(SITE);
  const at = async (path) => {
    const answer = await fetch(new URL(path, server.url), { redirect: "manual" });
    const to = answer.headers.get("location");
    return [answer.status, to === null ? null : new URL(to, server.url).pathname];
  };
  assert.deepEqual(await at("/handbook/"), [200, null]);
  assert.deepEqual(await at("/handbook"), [301, "/handbook/"]);
  assert.deepEqual(await at("notes/"), [200, null]);
  assert.deepEqual(await at("notes"), [301, "/handbook/notes/"]);
  assert.deepEqual(await at("404"), [200, null]);
  assert.deepEqual(await at("sitemap.xml"), [200, null]);
  assert.deepEqual(await at("a/b/c/d"), [404, null]);
  assert.deepEqual(await at("A/"), [404, null]);
});

test("a deep address without a page shows the site's own 404, in its own style", async () => {
  const server = await serve(SITE);
  const { page, context, noted } = await open(chromium, `${server.url}notes/gone/for/good/`);
  assert.equal(await page.locator(".document-number").textContent(), "404");
  await page.locator("main a").first().click();
  await page.waitForURL(server.url);
  assert.equal(await page.locator("h1").textContent(), "Home");
  // Chromium itself says that the page was a 404.
  assert.deepEqual(
    noted.filter((note) => !note.includes("404 (Not Found)")),
    [],
  );
  await context.close();
});

test("the server ends when it is told to, and leaves no site behind", async () => {
  const server = await serve(SITE);
  await server.stop();
  assert.ok(server.child.exitCode !== null || server.child.signalCode !== null);
  await assert.rejects(fetch(server.url));
  assert.ok(!existsSync(join(server.folder, "_site")));
  assert.equal(readFileSync(join(server.folder, "a.md"), "utf8"), PAGE("first"));
});
