// Recordings in a browser: a real file plays, times are clicked, seconds are opened by their address, and nothing comes from
// elsewhere before a reader asks for it. No test waits for a time to pass: each waits for what it expects.

import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT, axeViolations, browser, build, host, layoutShifts, open, siteOf, tooWide } from "./harness.mjs";

const LOOM = "https://www.loom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486";
const FILLER = "Text of some length, for there to be something to scroll.\n\n".repeat(40);
const CUES = Array.from({ length: 16 }, (_, n) => [n * 5 + 1, n % 2 === 0 ? "Ana Souza" : "Bo Chen"]);
const clock = (seconds) => `00:${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
const TRANSCRIPT = CUES.map(
  ([at, who], n) => `${n + 1}\n${clock(at)},000 --> ${clock(at + 4)},000\n${who}: Sentence number ${n + 1} says word${n}.\n`,
).join("\n");
const CAST = [
  '{"version": 2, "width": 80, "height": 24}',
  '[0.5, "o", "$ echo hello\\r\\n\\u001b[31mhello\\u001b[0m\\r\\n"]',
  '[2.0, "o", "$ date\\r\\nlater\\r\\n"]',
  "broken",
  '[40.0, "o", "the end\\r\\n"]',
].join("\n");

/** How long something expected may take, in milliseconds. */
const LONGEST = 10_000;

let server, chromium;

before(async () => {
  const site = siteOf({
    "recordings/demo.md": `---\ntitle: The demo\ndate: 2026-11-01\nvideo: demo.mp4\ntranscript: demo.srt\nduration: 1:26\nchapters:\n  - { at: 0:00, title: One }\n  - { at: 0:30, title: Two }\n  - { at: 1:00, title: Three }\n---\n\n# The demo\n\n- [0:21] A moment of the text.\n\n${FILLER}`,
    "recordings/demo.srt": TRANSCRIPT,
    "recordings/loom.md": `---\ntitle: At Loom\nvideo: ${LOOM}\nduration: 6:40\nchapters:\n  - { at: 0:00, title: Begin }\n  - { at: 3:20, title: Later }\n---\n\n# At Loom\n\n- [2:15] The step.\n`,
    "recordings/tube.md":
      "---\ntitle: At YouTube\nvideo: https://youtu.be/dQw4w9WgXcQ\n---\n\n# At YouTube\n\n- [2:15] The step.\n- [3:00] The next.\n",
    "recordings/vimeo.md": "---\ntitle: At Vimeo\nvideo: https://vimeo.com/76979871\n---\n\n# At Vimeo\n\n- [2:15] The step.\n- [3:00] The next.\n",
    "recordings/shell.md": "---\ntitle: The shell\nvideo: shell.cast\n---\n\n# The shell\n\n- [0:02] Then the date.\n",
    "recordings/shell.cast": CAST,
    "specs/two.md":
      "---\ntitle: Two of them\nrecordings:\n  - recordings/loom\n  - { id: film, of: recordings/demo }\n---\n\n# Two of them\n\n- [2:00] Of the first.\n- [film 0:41] Of the second.\n",
    "page.md": "# A page\n\nWithout any.\n",
  });
  copyFileSync(join(ROOT, "example-site/recordings/2026-11-06-reading-a-frame.mp4"), join(site, "recordings/demo.mp4"));
  server = await host(build(site));
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

/** Opens `path`, lets `look` at it, and minds that the page kept quiet. */
async function on(path, look, options = {}) {
  const permissions = ["clipboard-read", "clipboard-write"];
  const { page, context, noted } = await open(chromium, server.base + path, { permissions, viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(LONGEST);
  try {
    await look(page, noted);
    assert.deepEqual(
      noted.filter((note) => !/ERR_ABORTED/.test(note)),
      [],
    );
  } finally {
    await context.close();
  }
}

/** Until the page's scripts have made its players work. */
const ready = (page) => page.waitForSelector(".follow", { state: "attached" });
const DEMO = "recordings/demo/";
const video = (page, field) => page.$eval("video", (element, name) => element[name], field);
const timeIs = (page, from, to) =>
  page.waitForFunction(
    ([least, most]) => {
      const { currentTime, seeking, readyState } = document.querySelector("video");
      return !seeking && readyState > 0 && currentTime >= least && currentTime <= most;
    },
    [from, to],
  );
const current = (page, id) => page.waitForSelector(`#${id}[aria-current="true"]`, { state: "attached" });
const inView = (page, id) =>
  page.waitForFunction((wanted) => {
    const { top, bottom } = document.getElementById(wanted).getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }, id);
const hash = (page) => page.evaluate(() => location.hash);

test("a time of the transcript plays from there, and says so in the address", () =>
  on(DEMO, async (page) => {
    await ready(page);
    await page.click("#t-0m26s .moment");
    await timeIs(page, 26, 40);
    assert.equal(await hash(page), "#t-0m26s");
    assert.equal(await video(page, "paused"), false);
    await current(page, "t-0m26s");
    await current(page, "t-0m31s");
    assert.equal(await page.locator(".said[aria-current]").count(), 1);
    assert.match(await page.textContent(".chapters [aria-current]"), /0:30 Two/);
  }));

test("a time in the text plays without leaving the text", () =>
  on(DEMO, async (page) => {
    await ready(page);
    await page.click(".prose .moment");
    await timeIs(page, 21, 40);
    assert.equal(await page.evaluate(() => scrollY), 0);
    assert.equal(await hash(page), "#t-0m21s");
    await page.click(".follow");
    await page.waitForFunction(() => {
      const said = document.querySelector(".said[aria-current]").getBoundingClientRect();
      return said.top >= 0 && said.bottom <= innerHeight;
    });
    assert.equal(await page.isHidden(".follow"), true);
  }));

test("a click that asks for another tab stays a link to the file at that second", () =>
  on(DEMO, async (page) => {
    await ready(page);
    assert.match(await page.getAttribute("#t-0m26s .moment", "href"), /\/recordings\/demo\.mp4#t=26$/);
    const opened = page.context().waitForEvent("page");
    await page.click("#t-0m26s .moment", { modifiers: ["Control"] });
    await (await opened).close();
    assert.equal(await video(page, "paused"), true);
    assert.equal(await hash(page), "");
  }));

test("what is said is followed until the reader scrolls, and a button takes them back", () =>
  on(DEMO, async (page) => {
    await ready(page);
    await page.click("#t-0m01s .moment");
    await current(page, "t-0m01s");
    // Sixteen times as fast, so that nobody waits for the talk.
    await page.$eval("video", (element) => (element.playbackRate = 8));
    await current(page, "t-0m41s");
    await inView(page, "t-0m41s");
    assert.equal(await page.isHidden(".follow"), true);
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, -5000);
    await page.waitForSelector(".follow:not([hidden])");
    await page.waitForFunction(() => scrollY === 0);
    await page.$eval("video", (element) => (element.playbackRate = 0.1));
    await page.click(".follow");
    await page.waitForFunction(() => {
      const said = document.querySelector(".said[aria-current]").getBoundingClientRect();
      return said.top >= 0 && said.bottom <= innerHeight;
    });
    assert.equal(await page.isHidden(".follow"), true);
  }));

for (const [address, seconds] of [
  ["#t=33", 33],
  ["#t-0m33s", 33],
  ["#t=0m33s", 33],
  ["#t=33s", 33],
  ["#t=33,40", 33],
]) {
  test(`${address} goes to what was said before and sets the player to that second`, () =>
    on(DEMO + address, async (page) => {
      await ready(page);
      await timeIs(page, seconds, seconds);
      await page.waitForSelector("#t-0m31s.is-here");
      await inView(page, "t-0m31s");
      assert.equal(await video(page, "paused"), true);
      assert.equal(await page.textContent("[data-copy]"), "Copy link to 0:33");
    }));
}

test("another second of the same page is gone to without loading it anew", () =>
  on(DEMO, async (page) => {
    await ready(page);
    await page.evaluate(() => (location.hash = "#t=58"));
    await timeIs(page, 58, 58);
    await page.waitForSelector("#t-0m56s.is-here");
    await page.evaluate(() => (location.hash = "#t-1m11s"));
    await timeIs(page, 71, 71);
    await page.waitForSelector("#t-1m11s.is-here");
    assert.equal(await page.locator(".is-here").count(), 1);
    await page.evaluate(() => (location.hash = "#transcript"));
    assert.equal(await video(page, "currentTime"), 71);
  }));

test("the address of the player's second can be copied, and says so", () =>
  on(`${DEMO}#t=33`, async (page) => {
    await ready(page);
    await timeIs(page, 33, 33);
    await page.click("[data-copy]");
    await page.waitForFunction(() => document.getElementById("tm-announce").textContent === "Link to 0:33 copied");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${server.base}${DEMO}#t-0m33s`);
    assert.equal(await hash(page), "#t-0m33s");
  }));

test("the address of a paragraph can be copied beside it", () =>
  on(DEMO, async (page) => {
    await ready(page);
    await page.locator("#t-0m46s .anchor").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.getElementById("tm-announce").textContent === "Link copied");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${server.base}${DEMO}#t-0m46s`);
  }));

test("the keyboard plays, pauses, and goes back and on", () =>
  on(DEMO, async (page) => {
    await ready(page);
    await page.click("#t-0m31s .moment");
    await timeIs(page, 31, 50);
    await page.keyboard.press(" ");
    await page.waitForFunction(() => document.querySelector("video").paused);
    const at = await video(page, "currentTime");
    const scrolled = await page.evaluate(() => scrollY);
    await page.keyboard.press("ArrowRight");
    await timeIs(page, at + 4.9, at + 5.1);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await timeIs(page, at - 5.1, at - 4.9);
    await page.keyboard.press("]");
    await timeIs(page, at < 35 ? 30 : 60, 60);
    await page.keyboard.press("]");
    await timeIs(page, 60, 60);
    await page.keyboard.press("[");
    await timeIs(page, 30, 30);
    assert.equal(await page.evaluate(() => scrollY), scrolled);
    await page.keyboard.press(" ");
    await page.waitForFunction(() => !document.querySelector("video").paused);
  }));

test("keys keep their meaning where nothing was played, in fields, and on buttons", () =>
  on(DEMO, async (page) => {
    await ready(page);
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press(" ");
    await page.waitForFunction(() => scrollY > 0);
    assert.equal(await video(page, "paused"), true);
    await page.focus("video");
    await page.keyboard.press("ArrowRight");
    await timeIs(page, 5, 5);
    await page.keyboard.press("/");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.type("a ]");
    assert.equal(await video(page, "currentTime"), 5);
  }));

test("without JavaScript there is the browser's own player, and times lead to the file", () =>
  on(
    `${DEMO}#t-0m31s`,
    async (page) => {
      assert.equal(await page.locator("video[controls]").count(), 1);
      assert.match(await page.getAttribute("#t-0m31s .moment", "href"), /demo\.mp4#t=31$/);
      assert.equal(await page.isHidden("[data-copy]"), true);
      assert.equal(await page.textContent("#t-0m31s .words"), "0:31 Sentence number 7 says word6.");
    },
    { javaScriptEnabled: false },
  ));

test("captions are there in the browser's form, whatever the transcript's was", () =>
  on(DEMO, async (page) => {
    const texts = await page.$eval("video", async (element) => {
      const [track] = element.textTracks;
      track.mode = "hidden";
      await new Promise((done) => element.querySelector("track").addEventListener("load", done));
      return [...track.cues].map((cue) => cue.text);
    });
    assert.equal(texts.length, 16);
    assert.match(texts[0], /Sentence number 1 says word0\./);
  }));

/** Answers for hosts: what was asked for, and a page that tells what it is told. */
async function stub(context) {
  const asked = [];
  await context.route(
    (url) => url.origin !== new URL(server.base).origin,
    (route) => {
      asked.push(route.request().url());
      const body = `<!doctype html><title>stub</title><script>
      const told = []; window.told = told;
      addEventListener("message", ({ data }) => told.push(JSON.parse(data)));
      window.say = (message) => parent.postMessage(JSON.stringify(message), "*");
    </script>`;
      return route.fulfill({ contentType: "text/html", body });
    },
  );
  return asked;
}

/** A page with hosts that are only played. */
async function hosted(path, look, options = {}) {
  const context = await chromium.newContext({ reducedMotion: "reduce", viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(LONGEST);
  try {
    const asked = await stub(context);
    const page = await context.newPage();
    await page.goto(server.base + path, { waitUntil: "load" });
    await look(page, asked);
  } finally {
    await context.close();
  }
}

const frameOf = async (page) => (await page.waitForSelector("iframe")).contentFrame();
const told = (frame, method) => frame.waitForFunction((wanted) => window.told?.find((one) => (one.func ?? one.method) === wanted), method);

test("nothing is asked of a host before the reader plays; then its player starts at the second that was opened", () =>
  hosted("recordings/loom/#t=140", async (page, asked) => {
    await ready(page);
    await page.waitForSelector("li.is-here");
    assert.equal(await page.getAttribute(".player-facade", "href"), `${LOOM}?t=140`);
    assert.match(await page.textContent(".player-facade"), /Play on Loom from 2:20/);
    assert.deepEqual(asked, []);
    await page.click(".player-facade");
    await page.waitForSelector("iframe");
    await frameOf(page);
    assert.equal(await page.getAttribute("iframe", "src"), "https://www.loom.com/embed/5e0c1b7a94d24f6f8a3b2d90c7e1f486?autoplay=1&t=140s");
    await page.click(".prose .moment");
    await page.waitForSelector('iframe[src$="t=135s"]');
    assert.ok(asked.length > 0 && asked.every((url) => url.startsWith("https://www.loom.com/embed/")));
  }));

test("without a transcript a second leads to its chapter", () =>
  hosted("recordings/loom/#t=210", async (page) => {
    await ready(page);
    await page.waitForSelector("#t-3m20s.is-here");
    assert.match(await page.textContent(".player-facade"), /from 3:30/);
  }));

test("without JavaScript a hosted recording and its moments are links with the time", () =>
  hosted(
    "recordings/loom/",
    async (page, asked) => {
      assert.equal(await page.getAttribute(".player-facade", "href"), LOOM);
      assert.equal(await page.getAttribute(".prose .moment", "href"), `${LOOM}?t=135`);
      assert.deepEqual(asked, []);
    },
    { javaScriptEnabled: false },
  ));

test("YouTube is asked to seek, and heard only from its own origin", () =>
  hosted("recordings/tube/", async (page, asked) => {
    await ready(page);
    assert.deepEqual(asked, []);
    await page.click(".prose li:nth-child(1) .moment");
    const frame = await frameOf(page);
    assert.match(asked[0], /^https:\/\/www\.youtube-nocookie\.com\/embed\/dQw4w9WgXcQ\?enablejsapi=1&autoplay=1&origin=.*&start=135$/);
    await frame.waitForFunction(() => window.told?.some(({ event }) => event === "listening"));
    await frame.evaluate(() => window.say({ event: "infoDelivery", info: { currentTime: 181.5, playerState: 1 } }));
    await page.waitForFunction(() => document.querySelector("[data-copy]").textContent === "Copy link to 3:01");
    await page.evaluate(() =>
      new Promise((done) => {
        addEventListener("message", done, { once: true });
        postMessage(JSON.stringify({ event: "infoDelivery", info: { currentTime: 999 } }), "*");
      }).then(() => undefined),
    );
    assert.equal(await page.textContent("[data-copy]"), "Copy link to 3:01");
    await page.waitForSelector(".prose li:nth-child(2)[aria-current]");
    await page.click(".prose li:nth-child(1) .moment");
    assert.deepEqual(await (await told(frame, "seekTo")).evaluate(({ args }) => args), [135, true]);
    await told(frame, "playVideo");
    await page.keyboard.press(" ");
    await told(frame, "pauseVideo");
  }));

test("Vimeo is asked to seek, and its time is followed", () =>
  hosted("recordings/vimeo/", async (page, asked) => {
    await ready(page);
    await page.click(".prose li:nth-child(1) .moment");
    const frame = await frameOf(page);
    assert.match(await page.getAttribute("iframe", "src"), /^https:\/\/player\.vimeo\.com\/video\/76979871\?dnt=1&autoplay=1#t=135s$/);
    assert.equal(asked.length, 1);
    await told(frame, "addEventListener");
    await frame.evaluate(() => window.say({ event: "timeupdate", data: { seconds: 181 } }));
    await page.waitForSelector(".prose li:nth-child(2)[aria-current]");
    await page.click(".prose li:nth-child(1) .moment");
    assert.equal(await (await told(frame, "setCurrentTime")).evaluate(({ value }) => value), 135);
  }));

test("on a page with two recordings each time plays its own", () =>
  hosted("specs/two/#film-t-0m44s", async (page, asked) => {
    await ready(page);
    await timeIs(page, 44, 44);
    await page.waitForSelector("li.is-here >> text=Of the second");
    await page.click("#film-t-0m41s");
    await timeIs(page, 41, 60);
    assert.equal(await hash(page), "#film-t-0m41s");
    assert.deepEqual(asked, []);
    await page.click("#t-2m00s");
    await page.waitForSelector('iframe[src$="t=120s"]');
    await page.waitForFunction(() => document.querySelector("video").paused);
  }));

test("a recording of a terminal is text that plays", () =>
  on("recordings/shell/#t=3", async (page) => {
    await ready(page);
    await page.waitForFunction(() => /^\$ echo hello\s+hello\s+\$ date\s+later/.test(document.querySelector(".terminal-screen")?.textContent));
    assert.equal(await page.textContent(".terminal-time"), "0:03 / 0:40");
    assert.equal(await page.textContent(".terminal-screen .fg-1"), "hello");
    await page.evaluate(() => (location.hash = "#t=1"));
    await page.waitForFunction(() => !document.querySelector(".terminal-screen")?.textContent.includes("later"));
    // A pause of forty seconds takes three.
    await page.selectOption(".terminal-speed", "4");
    await page.click(".terminal-play");
    await page.waitForFunction(() => document.querySelector(".terminal-screen")?.textContent.includes("the end"));
    await page.waitForSelector('.terminal-play[aria-label="Play"]');
    await page.focus(".terminal-seek");
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(() => document.querySelector(".terminal-time").textContent === "0:35 / 0:40");
  }));

for (const [name, text] of [
  ["no recording at all", "<html>"],
  ["a screen without end", '{"version":2,"width":1e12,"height":1e12}\n[0,"o","x"]'],
  [
    "events that cost much",
    `{"version":2,"width":300,"height":100}\n${'[1,"o","\\u001b[9999b\\u001b[2J\\u001b[9999L\\u001b[9999@"]\n'.repeat(50_000)}`,
  ],
]) {
  test(`a terminal's file that is ${name} leaves a page that answers`, async () => {
    const context = await chromium.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(LONGEST);
    const page = await context.newPage();
    await page.route("**/*.cast", (route) => route.fulfill({ body: text }));
    await page.goto(`${server.base}recordings/shell/#t=30`, { waitUntil: "load" });
    await ready(page);
    if (text.startsWith("{")) await page.waitForSelector(".terminal-row");
    assert.ok((await page.locator(".terminal-row").count()) <= 100);
    if (!text.startsWith("{")) assert.equal(await page.getAttribute(".terminal .player-open", "href"), "../../recordings/shell.cast");
    await page.click("[data-theme-toggle]");
    await context.close();
  });
}

test("pages without recordings load nothing of players", () =>
  on("page/", async (page) => {
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1)));
    assert.ok(
      loaded.some((name) => /^site\..*js$/.test(name)),
      loaded.join(" "),
    );
    assert.ok(!loaded.some((name) => /^(page|spoken|hosted|follow)\./.test(name)), loaded.join(" "));
  }));

test("a hit of the search says who speaks and when, and opens that second", () =>
  on("page/", async (page) => {
    await page.keyboard.press("/");
    await page.waitForSelector("dialog[open] input");
    await page.keyboard.type("word9");
    const hit = page.locator("dialog [role=option]", { hasText: "Sentence number 10" });
    await hit.waitFor();
    assert.match(await hit.textContent(), /0:46 · Bo Chen/);
    await hit.click();
    await page.waitForURL(/recordings\/demo\/#t-0m46s$/);
    await ready(page);
    await timeIs(page, 46, 46);
    await page.waitForSelector("#t-0m46s.is-here");
    await page.waitForSelector(".marked-bar");
  }));

test("a chapter that the search finds is shown by its time and title", () =>
  on("search/?q=three", async (page) => {
    const hit = page.locator(".found-path", { hasText: "Three" });
    await hit.waitFor();
    assert.equal(await hit.textContent(), "1:00 Three");
  }));

for (const path of [DEMO, "recordings/shell/", "recordings/loom/", "specs/two/"]) {
  for (const width of [320, 768, 1440]) {
    test(`${path} at ${width} pixels: nothing stands out, nothing moves, everybody can use it`, async () => {
      for (const colorScheme of ["light", "dark"]) {
        const { page, context } = await open(chromium, server.base + path, { viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
        await ready(page);
        if (path.includes("shell")) await page.waitForSelector(".terminal-row");
        assert.deepEqual(await page.evaluate(tooWide), []);
        assert.deepEqual(await layoutShifts(page), []);
        assert.deepEqual(await axeViolations(page), []);
        await context.close();
      }
    });
  }
}

test("a player that plays stays in view beside the text, and gives its place back", () =>
  on("specs/two/", async (page) => {
    await ready(page);
    await page.setViewportSize({ width: 1440, height: 300 });
    await page.click("#film-t-0m41s");
    await timeIs(page, 41, 60);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.waitForSelector(".player-stage[data-docked] video");
    const { right } = await page.$eval(".prose", (element) => element.getBoundingClientRect().toJSON());
    const { left } = await page.$eval("[data-docked]", (element) => element.getBoundingClientRect().toJSON());
    assert.ok(left >= right - 1, `${left} is over the text, which ends at ${right}`);
    await page.click(".player-undock");
    await page.waitForSelector("[data-docked]", { state: "detached" });
    assert.equal(await video(page, "paused"), true);
  }));
