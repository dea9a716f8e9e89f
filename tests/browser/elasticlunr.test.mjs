// `search: { elasticlunr: true }`: the file is one that elasticlunr.js itself loads and searches.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import elasticlunr from "elasticlunr";
import { build, siteOf } from "./harness.mjs";

const FILES = {
  "index.md": "# Handbook\n\nWelcome.\n",
  "decisions/0007-broker.md":
    "---\ntitle: Move messages to a broker\nstatus: accepted\n---\n\n## Decision\n\nThe `lastCallDeadline` of withdrawals, at the café.\n",
  "specs/limits.md": "# Limits\n\nWhat the queue refuses.\n\n## Überläufe\n\nA courier withdraws. The courier's parcel.\n",
};
const settings = (more) => `base_url: https://acme.example/handbook/\n${more}`;

test("elasticlunr.js loads the index and finds the sections", () => {
  const site = build(siteOf({ ...FILES, "threadmark.yml": settings("search: { elasticlunr: true }\n") }));
  const text = readFileSync(join(site, "search/elasticlunr.json"), "utf8");
  const index = elasticlunr.Index.load(JSON.parse(text));
  assert.equal(index.documentStore.length, 5);
  const found = (query, options) => index.search(query, options).map(({ ref }) => ref);
  assert.deepEqual(found("withdrawing").sort(), ["/decisions/0007-broker/#decision", "/specs/limits/#%C3%BCberl%C3%A4ufe"]);
  for (const query of ["lastCallDeadline", "deadline", "café"]) {
    assert.deepEqual(found(query), ["/decisions/0007-broker/#decision"], query);
  }
  assert.deepEqual(found("courier queue", { bool: "AND" }), []);
  assert.equal(found("7", { fields: { number: { boost: 2 } } })[0], "/decisions/0007-broker/");
  assert.equal(found("überläufe", { fields: { headings: {} } })[0], "/specs/limits/#%C3%BCberl%C3%A4ufe");
  assert.equal(found("cour", { expand: true })[0], "/specs/limits/#%C3%BCberl%C3%A4ufe");
  assert.equal(index.documentStore.getDoc("/specs/limits/").body, "What the queue refuses.");
});

test("it is written where it is asked for only", () => {
  const site = build(siteOf({ ...FILES, "threadmark.yml": settings("") }));
  assert.ok(existsSync(join(site, "search/index.json")));
  assert.ok(!existsSync(join(site, "search/elasticlunr.json")));
});
