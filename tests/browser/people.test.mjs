// The page of a person, by readers' clocks and zones, without scripts, and for those who can't see it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, browser, build, host, layoutShifts, open, siteOf, tooWide } from "./harness.mjs";

const CONFIG = `title: Acme
base_url: https://acme.example/handbook/
timezone: Europe/Berlin
people:
  ana: { name: Ana Souza, timezone: America/Sao_Paulo }
  wei: { name: Tan Wei Ling, timezone: Asia/Singapore }
norms:
  - { channel: Document comment, within: 24h }
  - { channel: Email, within: 2bd }
`;

const SPEC = `---
title: Queue
authors: [wei]
asks:
  - id: store
    question: Which store backs the queue?
    of: [ana]
    opened: 2026-11-20T10:00
    due: 2026-11-25T17:00
  - id: name
    question: What is it called?
    of: [ana]
    opened: 2026-11-24T16:00
    channel: Document comment
---
# Queue
`;

const DUE = "---\nowner: ana\nstatus: draft\ndue: 2026-11-25\n---\n# Late\n";
const DECISION = "---\nstatus: accepted\ndate: 2026-11-19\ndeciders: [ana]\ndecides: [specs/queue#ask-store]\n---\n# One file\n\nBecause.\n";

const base = "/handbook/";
const PAGES = ["", "waiting/", "people/", "people/ana/", "people/wei/", "norms/", "specs/queue/", "decisions/0007-one-file/"];
let server, chromium;

before(async () => {
  const files = { "threadmark.yml": CONFIG, "index.md": "# Home\n\n@ana\n", "specs/queue.md": SPEC, "specs/late.md": DUE };
  server = await host(build(siteOf({ ...files, "decisions/0007-one-file.md": DECISION })), base);
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

/** Opens `path` at `now` for a reader in `zone`. */
async function at(path, now, zone, options = {}) {
  const opened = await open(chromium, server.base + "404.html", { timezoneId: zone, ...options });
  await opened.page.clock.setFixedTime(new Date(now));
  await opened.page.goto(server.base + path);
  return opened;
}

/** What `path` says of each thing that waits: its title, its state, the reader's own time. */
function waiting(page) {
  return page
    .locator(".waiting-row")
    .evaluateAll((rows) =>
      rows.map((row) => [
        row.querySelector(".row-title")?.textContent,
        row.getAttribute("data-ask"),
        row.querySelector("[data-due-local]")?.textContent,
      ]),
    );
}

for (const [zone, moment, day] of [
  ["Asia/Singapore", "Thu 26 Nov 00:00", "Thu 26 Nov 06:59"],
  ["Europe/Berlin", "Wed 25 Nov 17:00", "Wed 25 Nov 23:59"],
  ["America/Chicago", "Wed 25 Nov 10:00", "Wed 25 Nov 16:59"],
]) {
  test(`${zone}: what waits for somebody stands in the reader's time and by the reader's clock`, async () => {
    const { page, context, noted } = await at("people/ana/", "2026-11-25T16:30:00Z", zone);
    const rows = await waiting(page);
    await context.close();
    assert.deepEqual(noted, []);
    assert.deepEqual(
      rows.map(([title, state]) => [title, state]),
      [
        ["What is it called?", "overdue"],
        ["Which store backs the queue?", "overdue"],
        ["Late", "due-soon"],
      ],
    );
    assert.equal(rows[1][2], `30 minutes ago: ${moment} your time (${zone})`);
    assert.equal(rows[2][2], `in 7 hours: ${day} your time (${zone})`);
  });

  test(`${zone}: somebody's own time is that of their zone`, async () => {
    const { page, context } = await at("people/ana/", "2026-11-25T16:30:00Z", zone);
    const said = await page.locator(".zone").textContent();
    await page.goto(`${server.base}people/`);
    const all = await page.locator(".zone").allTextContents();
    await context.close();
    assert.equal(said, "America/Sao_Paulo, Wed 13:30 now");
    assert.deepEqual(all.sort(), ["America/Sao_Paulo, Wed 13:30 now", "Asia/Singapore, Thu 00:30 now"]);
  });
}

test("without scripts a zone is its name and a deadline that of its author", async () => {
  const { page, context } = await open(chromium, `${server.base}people/ana/`, { javaScriptEnabled: false });
  assert.equal(await page.locator(".zone").textContent(), "America/Sao_Paulo");
  const due = await page.locator(".due-at").first().textContent();
  await context.close();
  assert.equal(due, "due Wed 25 Nov 2026, 16:00 Europe/Berlin");
});

test("a calendar is offered to subscribe to, and found by programs", async () => {
  const { page, context } = await open(chromium, `${server.base}people/ana/`);
  const hrefs = await page.locator(".calendar a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const alternate = await page.locator('link[type="text/calendar"]').getAttribute("href");
  const answer = await page.request.get(new URL(alternate, `${server.base}people/ana/`).href);
  const events = (await answer.text()).match(/BEGIN:VEVENT/g);
  await context.close();
  assert.deepEqual(hrefs, ["webcal://acme.example/handbook/people/ana/deadlines.ics", "../../people/ana/deadlines.ics"]);
  assert.equal(events?.length, 3);
});

test("names lead to people by keyboard alone", async () => {
  const { page, context } = await open(chromium, `${server.base}specs/queue/`);
  await page.locator(".ask .who").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/people/ana/");
  await context.close();
});

test("a record leads to where it was asked", async () => {
  const { page, context } = await open(chromium, `${server.base}decisions/0007-one-file/`);
  await page.locator(".ask-record .ask-question a").click();
  await page.waitForURL("**/specs/queue/#ask-store");
  const shown = await page.locator("#ask-store").isVisible();
  await context.close();
  assert.ok(shown);
});

for (const path of PAGES) {
  test(`/${path} fits, stays in its place, and can be read by everybody`, async () => {
    for (const [width, colorScheme] of [
      [320, "light"],
      [1280, "dark"],
    ]) {
      const { page, context, noted } = await at(path, "2026-11-25T16:30:00Z", "America/Argentina/Buenos_Aires", {
        viewport: { width, height: 900 },
        colorScheme,
        bypassCSP: true,
      });
      const [shifts, wide, faults] = [await layoutShifts(page), await page.evaluate(tooWide), await axeViolations(page)];
      await context.close();
      assert.deepEqual([noted, wide, faults, shifts], [[], [], [], []], `${width} pixels`);
    }
  });
}
