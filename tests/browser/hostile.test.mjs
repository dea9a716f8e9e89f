// A site whose every slot holds markup that wants to run: nothing of it may come alive. The pages are opened without
// the policy that stands in their head, since the HTML itself has to be harmless; the policy is the second lock.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { RULES, browser, build, filesBelow, host, open, siteOf } from "./harness.mjs";

const IMG = "<img src=x onerror=alert(1)>";
const OUT = `"'></title></textarea></script><svg onload=alert(2)>${IMG}`;
/** As a YAML scalar. */
const yaml = (text) => `'${text.replaceAll("'", "''")}'`;

const FRONT = [
  ["title", OUT],
  ["description", `Described ${OUT}`],
  ["summary", `Summed up ${OUT}`],
  ["status", `accepted ${OUT}`],
  ["owner", OUT],
  ["team", OUT],
  ["period", OUT],
].map(([key, text]) => `${key}: ${yaml(text)}`);
const LISTS = ["authors", "tags", "deciders", "consulted", "informed", "discussions"].map(
  (key) => `${key}: [${yaml(OUT)}, ${yaml("javascript:alert(3)")}]`,
);

const BODY = `
# Heading ${OUT} {onclick=alert(4) .x"onload=alert(5)}

## Own id {#"><img/src=x/onerror=alert(6)>}

[link](javascript:alert(7)) [entity](&#106;avascript:alert(8)) [tab](<java	script:alert(9)>) [case](JaVaScRiPt:alert(10))
[data](data:text/html,<script>alert(11)</script>) [vb](vbscript:alert(12)) <javascript:alert(13)> [ref] [title](a.md "${OUT.replaceAll('"', '\\"')}")
![${IMG}](javascript:alert(14) "${IMG}") ![x](x.png "\\" onerror=alert(15) x=\\"") ![d](data:image/svg+xml,<svg/onload=alert(16)>)
[file](file:///etc/passwd) [blob](blob:null) [protocol](//elsewhere.example/x) [upload](https://example.org/"onmouseover=alert(17))

[ref]: javascript:alert(18) "${IMG}"

| ${IMG} | b |
| --- | --- |
| <script>alert(19)</script> | [x](javascript:alert(20)) |

\`\`\`rust title="${IMG.replaceAll('"', "")}" {1-2} onload=alert(21)
let x = "</code></pre><script>alert(22)</script>";
\`\`\`

\`\`\`"><script>alert(23)</script>
text
\`\`\`

\`\`\`mermaid
flowchart LR
  a["<img src=x onerror=alert(24)>"] --> b["</text><script>alert(25)</script>"]
  click a "javascript:alert(26)" "tip"
  click b call alert(27)
\`\`\`

\`\`\`mermaid
%%{init: {"themeCSS": "*{background:url(https://elsewhere.example/)}"}}%%
sequenceDiagram
  A->>B: <svg onload=alert(28)>
\`\`\`

$\\href{javascript:alert(29)}{x} \\text{<img src=x onerror=alert(30)>}$ and \`<b onclick=alert(31)>\`

> [!NOTE]
> ${IMG}

Note[^<img/src=x/onerror=alert(32)>] and [^a].

[^<img/src=x/onerror=alert(32)>]: ${IMG}
[^a]: <script>alert(33)</script>

<script>alert(34)</script>
<script src="https://elsewhere.example/x.js"></script>
<svg><set attributeName="onload" to="alert(35)"/><animate onbegin="alert(36)" attributeName="x" dur="1s"/></svg>
<svg><a xlink:href="javascript:alert(37)"><text>x</text></a><foreignObject><iframe srcdoc="<script>alert(38)</script>"></iframe></foreignObject></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(39)></style></mglyph></table></mtext></math>
<iframe src="https://elsewhere.example/"></iframe><object data="https://elsewhere.example/"></object><embed src="https://elsewhere.example/">
<base href="https://elsewhere.example/"><meta http-equiv="refresh" content="0; url=https://elsewhere.example/">
<link rel="stylesheet" href="https://elsewhere.example/x.css">
<form action="https://elsewhere.example/"><input name="q" autofocus onfocus="alert(40)"><button formaction="javascript:alert(41)">go</button></form>
<style>body { background: url(https://elsewhere.example/) }</style>
<p style="position:fixed;inset:0" onclick="alert(42)" id="tm-main" class="site-header">positioned</p>
<details open ontoggle="alert(43)"><summary onclick=alert(44)>s</summary>${IMG}</details>
<a href="jav&#x09;ascript:alert(45)">tabbed</a> <a href=" javascript:alert(46)">spaced</a> <a href="https://example.org" target="_blank" ping="https://elsewhere.example/">pinged</a>
<video src="javascript:alert(47)" poster="javascript:alert(48)" autoplay onplay=alert(49)></video>
<noscript><p title="</noscript><img src=x onerror=alert(50)>"></noscript>
<template><script>alert(51)</script></template>
<!--><img src=x onerror=alert(52)>-->
<![CDATA[<img src=x onerror=alert(53)>]]>
<img srcset="https://elsewhere.example/x.png 2x" src="x.png" alt="">
<input type="image" src="https://elsewhere.example/x.png">
</main></article></body></html><script>alert(54)</script>

{{ 7 * 7 }} {% include "base.html" %} {{ get_env(name="HOME") }} <%= 8 %>
`;

/** Elements that no document may bring in. */
const FORBIDDEN =
  "iframe, object, embed, base, form, frame, frameset, applet, template, noscript, style, portal, dialog, set, animate, foreignObject, body meta, body link, body script, body title:not(svg.diagram > title, svg.graph-node > title)";

let folder, server, chromium;
const pages = [];

/** The site; `html` is the key of the configuration. */
function hostile(html) {
  const kind = (extra) => `---\n${[...FRONT, ...LISTS, ...extra].join("\n")}\n---\n${BODY}`;
  return siteOf({
    "threadmark.yml": [
      `html: ${html}`,
      `title: ${yaml(`Site ${OUT}`)}`,
      `description: ${yaml(OUT)}`,
      "base_url: https://acme.example/handbook/",
      "collections:",
      `  decisions: { kind: decision, path: decisions, title: ${yaml(OUT)} }`,
      "  specs: { kind: spec, path: specs }",
      "  updates: { kind: update, path: updates }",
      "  recordings: { kind: recording, path: recordings }",
      "people:",
      `  ana: { name: ${yaml(OUT)} }`,
    ].join("\n"),
    "index.md": BODY,
    "decisions/0001-a.md": kind(["supersedes: [2]", "date: 2026-01-02"]),
    "decisions/0002-b.md": kind(["superseded_by: [1]", `aliases: ["old/place"]`]),
    [`specs/${IMG}.md`]: kind([]),
    "specs/{{ 7 * 7 }}.md": kind([]),
    "updates/2026-01-02.md": kind([`date: "2026-01-02"`]),
    "recordings/r.md": kind([`video: ${yaml(`https://elsewhere.example/${OUT}`)}`]),
    "pages/a.md": `@ana\n\n${BODY}`,
  });
}

before(async () => {
  folder = build(hostile("safe"));
  server = await host(folder, "/handbook/");
  pages.push(...filesBelow(folder).filter((path) => path.endsWith(".html")));
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

test("there is a page for each document, list, tag and old address", () => {
  assert.ok(pages.length >= 14, pages.join("\n"));
});

test("no page runs anything, asks anybody or holds what the policy forbids", async () => {
  for (const path of pages.filter((path) => path !== "old/place/index.html")) {
    const { page, context, noted } = await open(chromium, address(path), { bypassCSP: true, viewport: { width: 1280, height: 900 } });
    page.on("dialog", (dialog) => {
      noted.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const found = await page.evaluate(inspect, FORBIDDEN);
    await page.evaluate(provoke);
    assert.equal(page.url(), address(path));
    await context.close();
    assert.deepEqual(found, [], path);
    assert.deepEqual(
      noted.filter((note) => !isMissingPicture(note)),
      [],
      path,
    );
  }
});

test("the traps are live: they go off where a site lets its authors do anything", async () => {
  const raw = await host(build(hostile("raw")), "/handbook/");
  const dialogs = [];
  const { page, context } = await open(chromium, "about:blank", { bypassCSP: true });
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  // What goes off may also lead the page away; that it says something is enough.
  await page.goto(`${raw.base}pages/a/`, { waitUntil: "commit" });
  await page.waitForEvent("dialog");
  await context.close();
  await raw.stop();
  assert.ok(dialogs.length > 0);
});

test("markup in a title is text wherever the title stands", async () => {
  const { page, context } = await open(chromium, address("decisions/0001-a/index.html"));
  assert.equal(await page.locator("h1.document-title").textContent(), OUT);
  assert.ok((await page.title()).includes(OUT));
  assert.ok((await page.locator('meta[property="og:title"]').getAttribute("content")).includes(OUT));
  assert.ok((await page.locator(".facts").textContent()).includes(OUT));
  assert.ok((await page.locator(".site-nav").textContent()).includes(OUT));
  await context.close();
});

test("nothing in a document is evaluated", async () => {
  const { page, context } = await open(chromium, address("pages/a/index.html"));
  const text = await page.locator("main").textContent();
  assert.ok(text.includes('{{ 7 * 7 }} {% include "base.html" %} {{ get_env(name="HOME") }}'), text.slice(-400));
  await context.close();
});

test("what a document says can't end the page, nor take the place of its parts", async () => {
  const { page, context } = await open(chromium, address("pages/a/index.html"));
  assert.equal(await page.locator("main").count(), 1);
  assert.equal(await page.locator("body > footer").count(), 1);
  assert.equal(await page.locator("#tm-main").count(), 1);
  assert.equal(await page.evaluate(() => document.getElementById("tm-main").localName), "main");
  await context.close();
});

test("the pages are valid HTML", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: RULES });
  const problems = [];
  for (const path of pages) {
    const report = await validator.validateFile(join(folder, path));
    for (const { messages } of report.results) {
      for (const m of messages) problems.push(`${path}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
    }
  }
  assert.deepEqual(problems, []);
});

function address(path) {
  return (
    server.base +
    path
      .split("/")
      .map(encodeURIComponent)
      .join("/")
      .replace(/index\.html$/, "")
  );
}

/** A picture that isn't there is the document's own fault, and harmless: `<img src=x>` without its handler. */
function isMissingPicture(note) {
  return /^console error: Failed to load resource/.test(note);
}

/** In the page: what stands there that must not. */
function inspect(forbidden) {
  const found = [...document.querySelectorAll(forbidden)].map((element) => element.outerHTML.slice(0, 120));
  const allowed = new Set(["http:", "https:", "mailto:", "tel:", "ftp:", "xmpp:", "irc:", "ircs:"]);
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const where = `${element.localName} ${name}=${value.slice(0, 80)}`;
      if (name.startsWith("on") || ["style", "srcdoc", "formaction", "ping", "autofocus"].includes(name)) found.push(where);
      if (!["href", "xlink:href", "src", "action", "poster", "data"].includes(name)) continue;
      if (!allowed.has(new URL(value, document.baseURI).protocol)) found.push(where);
    }
  }
  return found;
}

/** In the page: what a reader's pointer and keyboard could set off. */
function provoke() {
  for (const element of document.body.querySelectorAll("*")) {
    for (const type of ["mouseover", "mouseenter", "pointerdown", "focus", "toggle", "animationstart", "beginEvent"]) {
      element.dispatchEvent(new Event(type, { bubbles: true }));
    }
    if (!element.closest("a, button, summary")) element.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}
