// Asks by the reader's clock and in the reader's zone, whenever the page was built.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT, browser, build, host, layoutShifts, open } from "./harness.mjs";

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

/**
 * What the card of `ask` says at `now` in `zone`.
 *
 * @param {string} path
 * @param {string} ask the id of its heading
 */
async function card(path, ask, now, zone) {
  const { page, context, noted } = await open(chromium, server.base + "404.html", { timezoneId: zone });
  await page.clock.setFixedTime(new Date(now));
  await page.goto(server.base + path);
  const said = await page.locator(`#${ask} + .ask`).evaluate((card) => ({
    state: card.getAttribute("data-ask"),
    word: card.querySelector(".status")?.textContent,
    shape: card.querySelector(".status")?.className,
    author: card.querySelector(".due-at")?.textContent,
    reader: card.querySelector("[data-due-local]")?.textContent,
  }));
  await context.close();
  assert.deepEqual(noted, []);
  return said;
}

// Due on 2026-11-25 at 17:00 in Berlin.
const WHERE = ["specs/dock-verdict/", "ask-where"];

for (const [zone, local] of [
  ["Asia/Singapore", "Thu 26 Nov 00:00"],
  ["Europe/Berlin", "Wed 25 Nov 17:00"],
  ["America/Chicago", "Wed 25 Nov 10:00"],
]) {
  test(`${zone}: a deadline stands in the reader's zone beside the author's`, async () => {
    const said = await card(...WHERE, "2026-11-22T16:00:00Z", zone);
    assert.equal(said.author, "due Wed 25 Nov 2026, 17:00 Europe/Berlin");
    assert.equal(said.reader, `in 3 days: ${local} your time (${zone})`);
  });

  test(`${zone}: the state is that of the reader's clock`, async () => {
    for (const [now, state, word] of [
      ["2026-11-24T15:59:59Z", "open", "Open"],
      ["2026-11-24T16:00:00Z", "due-soon", "Due soon"],
      ["2026-11-25T16:00:00Z", "due-soon", "Due soon"],
      ["2026-11-25T16:00:01Z", "overdue", "Overdue"],
    ]) {
      const said = await card(...WHERE, now, zone);
      assert.deepEqual([said.state, said.word, said.shape], [state, word, `status status-${state}`], now);
    }
  });
}

test("what is answered or decided does not wait for a clock", async () => {
  for (const [path, ask, state] of [
    ["specs/upload-frame/", "ask-time-base", "answered"],
    ["specs/upload-frame/", "ask-tag", "decided"],
  ]) {
    const said = await card(path, ask, "2036-01-01T00:00:00Z", "Asia/Singapore");
    assert.equal(said.state, state);
    assert.equal(said.reader, undefined);
  }
});

test("a state that changes moves nothing", async () => {
  for (const width of [320, 1280]) {
    const { page, context } = await open(chromium, server.base + "404.html", {
      timezoneId: "America/Argentina/Buenos_Aires",
      viewport: { width, height: 900 },
    });
    await page.clock.setFixedTime(new Date("2026-12-24T12:00:00Z"));
    await page.goto(`${server.base}waiting/`);
    const shifts = await layoutShifts(page);
    assert.ok((await page.locator('[data-ask="overdue"]').count()) > 1);
    await context.close();
    assert.deepEqual(shifts, [], `${width} pixels`);
  }
});

test("a response is found by its link", async () => {
  const { page, context } = await open(chromium, `${server.base}specs/dock-verdict/#ask-where-by-luiza`, {});
  const text = await page.locator("tr:target").textContent();
  await context.close();
  assert.match(text ?? "", /Luiza Prado.*Needs more info/s);
});
