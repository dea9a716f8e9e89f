// Builds a site, serves its files from this machine, and opens pages in a real Chromium.
//
// The server is plain on purpose: files as they lie, folders by their index.html, nothing else. What works here
// works on any static host. `threadmark serve` has tests of its own.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { appendFileSync, cpSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { chromium } from "playwright-core";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const BINARY = process.env.THREADMARK ?? join(ROOT, "target/release/threadmark");
/** The time that counts as now in every build: what the example site's asks are written for. */
export const NOW = "2026-11-22T09:00:00Z";

/** One address for each page type of the example site. */
export const PAGES = {
  home: "",
  decision: "decisions/0008-upload-by-projection/",
  "superseded decision": "decisions/0004-upload-every-15-minutes/",
  "decision log": "decisions/",
  spec: "specs/dock-verdict/",
  "spec with code": "specs/upload-frame/",
  "dated log": "specs/soak-test-4/",
  specs: "specs/",
  update: "updates/2026-11-20/",
  updates: "updates/",
  recording: "recordings/2026-11-06-reading-a-frame/",
  "hosted recording": "recordings/dock-in-joliet/",
  "recording of a terminal": "recordings/2026-11-20-decoding-by-hand/",
  recordings: "recordings/",
  guide: "guide/",
  "page of the guide": "guide/markdown/",
  page: "glossary/",
  waiting: "waiting/",
  people: "people/",
  person: "people/luiza/",
  norms: "norms/",
  tags: "tags/",
  tag: "tags/ingest/",
  search: "search/",
  "not found": "404.html",
};

/** Rules of html-validate that are set apart from its standard, each with its reason. */
export const RULES = {
  // Style, not validity: how void elements are spelt, how long a title may be, spaces at the end of a line of code.
  "void-style": "off",
  "long-title": "off",
  "no-trailing-whitespace": "off",
  // The pages' own policy forbids them.
  "no-inline-style": "error",
};

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".mp4": "video/mp4",
  ".vtt": "text/vtt",
  ".xml": "application/xml",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
};

/** @type {string[]} */
const folders = [];
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when the tests end. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "threadmark-"));
  folders.push(folder);
  return folder;
}

/** Writes `files` (path to text) below a new folder and returns the folder. */
export function siteOf(files) {
  const folder = scratch();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/**
 * Builds the site in `folder` and returns the output folder. Fails when the build does. With `THREADMARK_THEME=DIR` in the
 * environment the theme is that folder: work on `themes/default` shows without another build of the binary.
 */
export function build(folder, ...options) {
  if (process.env.THREADMARK_THEME) folder = themed(folder, resolve(process.env.THREADMARK_THEME));
  const out = join(scratch(), "site");
  execFileSync(BINARY, ["build", folder, "-o", out, "--now", NOW, "--no-cache", "-q", ...options], { stdio: "pipe" });
  return out;
}

function themed(folder, theme) {
  const copy = scratch();
  cpSync(folder, copy, { recursive: true });
  cpSync(theme, join(copy, "theme"), { recursive: true });
  appendFileSync(join(copy, "threadmark.yml"), "\ntheme: theme\n");
  return copy;
}

/** All files below `folder`, as paths with `/`, sorted. */
export function filesBelow(folder, prefix = "") {
  return readdirSync(join(folder, prefix))
    .flatMap((name) => {
      const path = prefix === "" ? name : `${prefix}/${name}`;
      return statSync(join(folder, path)).isDirectory() ? filesBelow(folder, path) : [path];
    })
    .sort();
}

/** The path below which the pages in `site` want to be served, such as `/handbook/`: home's own address says it. */
export function basePath(site) {
  const home = /<a class="site-title" href="([^"]+)"/.exec(readFileSync(join(site, "404.html"), "utf8"));
  return home[1];
}

/**
 * Serves `folder` below the path `base`; gives the origin and a way to stop. With `pieces`, a function from the text of a
 * page to its parts, pages come in these, and each part waits for `next()`. With `kept` browsers may keep files for ten
 * minutes, as most static hosts have it. `asked` has the path of each request, below `base`.
 */
export async function host(folder, base = "/", { pieces = undefined, kept = false } = {}) {
  const asked = [];
  let held = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    asked.push(path.slice(base.length));
    if (kept) response.setHeader("cache-control", "max-age=600");
    const file = path.startsWith(base) ? fileFor(folder, path.slice(base.length)) : undefined;
    if (file === undefined) {
      const missing = fileFor(folder, "404.html");
      response.writeHead(404, { "content-type": TYPES[".html"] });
      response.end(missing === undefined ? "" : readFileSync(missing));
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const bytes = readFileSync(file);
    if (pieces && extname(file) === ".html") {
      response.writeHead(200, { "content-type": type });
      const [first, ...rest] = pieces(bytes.toString("utf8"));
      response.write(first);
      held = rest.map((piece, n) => () => (n + 1 < rest.length ? response.write(piece) : response.end(piece)));
      return;
    }
    // Videos are read in parts, as by every static host.
    const part = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    const from = part ? Number(part[1]) : 0;
    const to = part?.[2] ? Math.min(Number(part[2]), bytes.length - 1) : bytes.length - 1;
    const range = part && from <= to ? { "content-range": `bytes ${from}-${to}/${bytes.length}` } : {};
    response.writeHead(part && from <= to ? 206 : 200, { "content-type": type, "accept-ranges": "bytes", ...range });
    response.end(bytes.subarray(from, to + 1));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    base: origin + base,
    asked,
    /** Sends the next piece of the page that was asked for last; false where there is none. */
    next() {
      const piece = held.shift();
      piece?.();
      return piece !== undefined;
    },
    stop: () => new Promise((done) => server.close(done)),
  };
}

function fileFor(folder, path) {
  for (const candidate of [path, `${path}index.html`]) {
    const file = join(folder, candidate);
    if (file.startsWith(folder) && statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  }
  return undefined;
}

/** Chromium, with nothing that asks the network on its own. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Opens `url` in a page of its own that notes what must not happen: console messages, errors, failed or
 * foreign requests. With `SLOW=N` in the environment its scripts run at one Nth of their pace, which shows the tests that
 * only pass where the page is faster than they are.
 */
export async function open(chromiumBrowser, url, options = {}) {
  const context = await chromiumBrowser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  if (process.env.SLOW) {
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: Number(process.env.SLOW) });
  }
  const noted = [];
  page.on("console", (message) => noted.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => noted.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    // What was still on its way when the test went to another page.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") noted.push(`failed: ${request.url()}`);
  });
  page.on("request", (request) => {
    if (url === "about:blank") return;
    if (new URL(request.url()).origin !== new URL(url).origin) noted.push(`foreign: ${request.url()}`);
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, context, noted };
}

/** The address as the page has it: `page.url()` learns of anchors and history later. */
export const address = (page) => page.evaluate(() => location.href);

/**
 * Reads until it gives what is wanted: for what the browser tells a page, or us, in a task of its own. Fails with what was
 * read last.
 */
export async function until(read, wanted) {
  let last = await read();
  for (const end = performance.now() + 10_000; !isDeepStrictEqual(last, wanted) && performance.now() < end; last = await read());
  assert.deepEqual(last, wanted);
}

/**
 * What moved while the page was loaded, as Chromium sees it, without what a reader's own input moves: a line for each
 * element, with how far. Two frames after the load all that scripts do at once has been painted; what the observer
 * holds by then is taken too.
 */
export function layoutShifts(page) {
  return page.evaluate(async () => {
    const lines = [];
    const place = ({ x, y, width, height }) => `${width} × ${height} at ${x}, ${y}`;
    const name = (node) => {
      const element = node?.closest ? node : node?.parentElement;
      if (!element) return "what is gone";
      const text = node === element ? "" : ` ${JSON.stringify(node.nodeValue)}`;
      return [element.localName, ...element.classList].join(".") + text;
    };
    const add = (entries) => {
      for (const { hadRecentInput, value, sources } of entries) {
        if (hadRecentInput) continue;
        for (const { node, previousRect, currentRect } of sources) {
          // White space moves unseen: in a line whose first word has not come yet, Chromium counts it.
          if (node?.nodeType === Node.TEXT_NODE && node.nodeValue.trim() === "") continue;
          lines.push(`${name(node)}: from ${place(previousRect)} to ${place(currentRect)}`);
        }
        if (sources.length === 0) lines.push(`something: ${value}`);
      }
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
    add(observer.takeRecords());
    return lines;
  });
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on `page`, which has to be open with `bypassCSP`: the page's own policy rightly refuses axe. */
export async function axeViolations(page) {
  await page.addScriptTag({ content: axe });
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    // Axe takes a header cell that holds a formula for an empty one: it knows no text in MathML. Screen readers do.
    const isEmpty = (node) => !document.querySelector(node.target.join(" ")).querySelector("math");
    return violations
      .map((v) => ({ id: v.id, nodes: v.nodes.filter((node) => v.id !== "empty-table-header" || isEmpty(node)) }))
      .filter((v) => v.nodes.length > 0)
      .map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
}

/** In the page: what stands out to the side, unless it lies in a frame that scrolls by itself. */
export function tooWide() {
  const root = document.documentElement;
  const found = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : [];
  for (const element of document.querySelectorAll("body *")) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width === 0 || (right <= root.clientWidth + 1 && left >= -1)) continue;
    let frame = element.parentElement;
    while (frame && !/auto|scroll/.test(getComputedStyle(frame).overflowX)) frame = frame.parentElement;
    const hidden = element.closest(".visually-hidden, .skip");
    if (!frame && !hidden) found.push(`${element.localName}.${element.className} from ${left} to ${right}`);
  }
  return found;
}
