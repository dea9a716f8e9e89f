// Scripts of the world, emoji and words without end, on a narrow phone: nothing is cut off, nothing moves sideways.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { RULES, axeViolations, browser, build, filesBelow, host, open, siteOf, tooWide } from "./harness.mjs";

const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const ENDLESS = "a".repeat(300);
const ADDRESS = `https://example.org/${"path/".repeat(30)}?q=${"0".repeat(120)}`;

/** A document that has `text` wherever text may stand. */
const everywhere = (text) => `---
title: "${text}"
status: "accepted ${text}"
date: 2026-01-02
deciders: ["${text}"]
authors: ["${text}", "${ENDLESS}"]
tags: ["${text}"]
team: "${text}"
period: "${text}"
summary: "${text}"
---

# ${text}

## ${text}

${text} *${text}* [${text}](${ADDRESS}) \`${ENDLESS}\` ${ADDRESS} **${ENDLESS}**

- ${text}
  - ${ENDLESS}
    1. - [ ] ${text} ${LONG}

> ${text}
> > > > ${ENDLESS}

> [!WARNING]
> ${text} ${ENDLESS}

| ${text} | ${LONG} | ${LONG} | ${LONG} |
| --- | ---: | --- | --- |
| ${text} | 1 | ${ENDLESS} | \`${ENDLESS}\` |

\`\`\`rust title="src/${ENDLESS}.rs" {1}
let text = "${text} ${ENDLESS}";
\`\`\`

$$x = ${"a + ".repeat(60)} 1$$

\`\`\`mermaid
flowchart LR
  a["${text}"] --> b["${LONG}"] --> c --> d --> e --> f
\`\`\`

${text}
: ${text} ${ENDLESS}

Note[^1]. <kbd>${ENDLESS}</kbd>

[^1]: ${text} ${ADDRESS}

<details><summary>${text} ${ENDLESS}</summary>

${text}

</details>
`;

const TEXTS = {
  chinese: "异步团队的决策记录：队列存储在哪里，谁来决定，什么时候之前",
  japanese: "キューをどこに保存するかについての決定とその理由、そして誰がいつまでに答えるのか",
  korean: "대기열을 어디에 저장할지에 대한 결정과 그 이유 그리고 누가 언제까지 답하는지",
  arabic: "قرار بشأن مكان تخزين قائمة الانتظار ولماذا ومن يجيب ومتى",
  hebrew: "החלטה היכן לאחסן את התור, מדוע, ומי עונה עד מתי",
  hindi: "कतार कहाँ रखी जाए, क्यों, और कौन कब तक उत्तर देगा",
  thai: "การตัดสินใจว่าจะเก็บคิวไว้ที่ไหนและทำไมและใครตอบภายในเมื่อใด",
  emoji: "👩🏽‍💻 🏳️‍🌈 👨‍👩‍👧‍👦 🇧🇷 decided ✅ ".repeat(3).trim(),
  german: `${LONG} ${LONG}`,
  endless: ENDLESS.slice(0, 200),
  combining: `Z${"\u0351\u0323".repeat(40)}algo`,
};

let site, server, chromium;

before(async () => {
  const files = { "threadmark.yml": `title: "${TEXTS.chinese} ${LONG}"\nbase_url: https://example.org/${encodeURIComponent("手册")}/\n` };
  for (const [name, text] of Object.entries(TEXTS)) {
    const own = name === "endless" ? name : [...text.normalize("NFC")].slice(0, 24).join("");
    files[`decisions/${own}.md`] = everywhere(text);
    files[`updates/${name}.md`] = everywhere(text);
    files[`${own}/${own}.md`] = everywhere(text);
  }
  files["index.md"] = everywhere(TEXTS.arabic);
  site = build(siteOf(files));
  server = await host(site, "/手册/");
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

test("every page fits 320 pixels in whatever script", async () => {
  const pages = filesBelow(site).filter((path) => path.endsWith(".html"));
  assert.ok(pages.length > 3 * Object.keys(TEXTS).length, `only ${pages.length} pages`);
  const problems = [];
  const { page, context, noted } = await open(chromium, server.base, { viewport: { width: 320, height: 640 } });
  for (const path of pages) {
    await page.goto(server.base + path.replace(/index\.html$/, ""));
    const wide = await page.evaluate(tooWide);
    problems.push(...wide.map((element) => `${path}: ${element}`));
  }
  await context.close();
  assert.deepEqual(problems, []);
  assert.deepEqual(noted, []);
});

test("every page is valid HTML in whatever script", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: RULES });
  const problems = [];
  for (const path of filesBelow(site).filter((path) => path.endsWith(".html"))) {
    const report = await validator.validateFile(join(site, path));
    for (const { messages } of report.results) problems.push(...messages.map((m) => `${path}:${m.line} ${m.ruleId}: ${m.message}`));
  }
  assert.deepEqual(problems, []);
});

test("a decision in Arabic is accessible, and reads from the right", async () => {
  const { page, context } = await open(chromium, `${server.base}updates/arabic/`, { bypassCSP: true });
  assert.deepEqual(await axeViolations(page), []);
  const side = await page.evaluate(() => {
    const paragraph = [...document.querySelectorAll(".prose > details p")].at(-1);
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    const [text, box] = [range.getBoundingClientRect(), paragraph.getBoundingClientRect()];
    return { left: text.left - box.left, right: box.right - text.right };
  });
  assert.ok(side.right < 2 && side.left > 2, `the text stands ${JSON.stringify(side)} from the edges of its box`);
  await context.close();
});

test("a site in Arabic says its direction, and its parts change sides", async () => {
  const arabic = build(siteOf({ "threadmark.yml": "language: ar\ntitle: دليل\n", "a.md": everywhere(TEXTS.arabic) }));
  const mine = await host(arabic);
  const { page, context, noted } = await open(chromium, `${mine.base}a/`, { viewport: { width: 1280, height: 800 } });
  const facts = await page.evaluate(() => ({
    dir: document.documentElement.dir,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    title: document.querySelector(".site-title").getBoundingClientRect().left > innerWidth / 2,
  }));
  await context.close();
  await mine.stop();
  assert.deepEqual(facts, { dir: "rtl", overflow: 0, title: true });
  assert.deepEqual(noted, []);
});
