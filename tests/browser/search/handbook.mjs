// A small handbook to be searched: a few pages of each kind, other scripts, hostile text, and many pages of one word.

import { browser, build, host, open, siteOf } from "../harness.mjs";

const BASE = "/handbook/";
export const EVIL = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";
/** How many pages have the word "pallet", whose list is too long to be shown at once. */
export const PALLETS = 24;

const FILES = {
  "threadmark.yml": `title: Handbook\nbase_url: https://acme.example${BASE}\npeople:\n  ana: { name: Ana Souza }\n  bo: { name: Bo Lind }\n`,
  "index.md": "# Handbook\n\nWelcome.\n",
  "decisions/0001-store.md": `---
title: Keep messages in Postgres
status: superseded
superseded_by: [7]
date: 2024-03-01
deciders: [ana]
tags: [storage, database]
---

## Context

The broker forgets messages. Postgres keeps them, and the team knows how to mend it.

## Consequences

One table, one index, and a nightly vacuum of the archive.
`,
  "decisions/0007-broker.md": `---
title: Move messages to a broker
status: accepted
date: 2026-05-02
deciders: [ana, bo]
supersedes: [1]
tags: [storage]
---

## Context

Postgres was slow with two million messages a day.

## Decision

A broker with quorum queues. The deadline of a message is its \`lastCallDeadline\`.
`,
  "specs/limits.md": `---
title: Limits of the queue
status: proposed
date: 2026-06-11
authors: [bo]
tags: [storage, limits]
---

What the queue refuses, and when.

## Withdrawals

${"Long before it matters, nothing is said. ".repeat(60)}

### How withdrawals are counted

A withdrawal counts when the courier takes the parcel; withdrawals of a withdrawn courier don't.

## Afterwards

${"Nothing comes after that. ".repeat(200)}
`,
  "updates/2026-06-12.md": "---\ntitle: Week 24\ndate: 2026-06-12\nteam: Platform\n---\n\nThe broker runs in two regions.\n",
  "places.md": "# Places\n\n## Café\n\nThe cafe\u0301 by the river … open late, naïve prices.\n\n## 北京\n\n异步团队的决策记录：队列存储在哪里。\n",
  "hostile.md": `# Hostile \`${EVIL}\`\n\n## Traps \`${EVIL}\`\n\nWe once wrote \`${EVIL}\` and \`__proto__\` and \`constructor\` into a trapdoor.\n`,
  "many.md": `# Many\n\n## Repeated\n\n${"carton ".repeat(3000)}\n`,
};

/** The site in a browser, with `more` files: what it is served from, and how to look at it. */
export async function handbook(more = {}) {
  const files = { ...FILES, ...more };
  for (let n = 1; n <= PALLETS; n += 1) files[`pallets/p${n}.md`] = `# Pallet ${n}\n\nA pallet of ${n} boxes.\n`;
  const site = build(siteOf(files));
  const server = await host(site, BASE);
  const chromium = await browser();
  return {
    site,
    base: server.base,
    search: `${server.base}search/`,
    /**
     * Opens `path`, lets `look` at it, and minds that the page kept quiet, but for what is `expected`.
     * @param {string} path
     */
    async on(path, look, { expected = [], ...options } = {}) {
      const { page, context, noted } = await open(chromium, server.base + path, { viewport: { width: 1280, height: 900 }, ...options });
      page.on("dialog", (dialog) => {
        noted.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      try {
        await look(page, context);
        const unexpected = noted.filter((note) => !expected.some((form) => form.test(note)));
        if (unexpected.length > 0) throw new Error(unexpected.join("\n"));
      } finally {
        await context.close();
      }
    },
    async stop() {
      await chromium.close();
      await server.stop();
    },
  };
}

/** What the browser says when a file is kept from it. */
export const REFUSED = [/^failed: /, /^console error: Failed to load resource/];

/** Keeps files of the index whose names match from the page, or holds them back, until the function given is called. */
export async function without(page, names, how = "abort") {
  let release = () => {};
  const released = new Promise((done) => {
    release = done;
  });
  await page.route(names, async (route) => {
    if (how === "abort") return route.abort();
    await released;
    return route.continue();
  });
  return async () => {
    release();
    if (how === "abort") await page.unroute(names);
  };
}

/** Waits until the search page is in `state`. */
export const state = (page, wanted) => page.waitForSelector(`#search-results[data-state="${wanted}"]`, { state: "attached" });

/** The hits of the search page in order: addresses without the site's. */
export const hits = (page) => page.locator("#search-results a[data-hit]").evaluateAll((links) => links.map((link) => link.getAttribute("href")));

/** Opens the dialog and types. */
export async function ask(page, query) {
  await page.keyboard.press("/");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.type(query);
  await answered(page);
}

/** Waits until the dialog shows what was asked for last. */
export const answered = (page) => page.waitForSelector('.search-pane[data-state="done"]');

/** The words that are marked on the page, as they stand there. */
export const marked = (page) => page.evaluate(() => [...(CSS.highlights?.get("found") ?? [])].map((range) => range.toString()));

/** Waits until screen readers were told something that matches. */
export const told = (page, form) =>
  page.waitForFunction((source) => new RegExp(source).test(document.getElementById("tm-announce").textContent), form.source);
