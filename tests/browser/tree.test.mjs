// Which heading a hit leads to where the words stand in several sections below it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "../../themes/default/js/search/engine.js";
import { over, path } from "../../themes/default/js/search/tree.js";
import { encode, served } from "./search/encoder.mjs";

const section = (ordinal, level, heading) => [ordinal, level, heading.toLowerCase(), heading, ""];
const PAGE = {
  sections: [
    section(0, 1, ""),
    section(1, 2, "Two"),
    section(2, 3, "Three"),
    section(3, 4, "Four"),
    section(4, 3, "Again"),
    section(5, 2, "Next"),
    section(6, 3, "Last"),
  ],
};
const headings = (found) => found.map(({ heading }) => heading);

test("the path to a section has the headings above it, also those of an earlier file", () => {
  assert.deepEqual(headings(path(PAGE, 3)), ["Two", "Three", "Four"]);
  assert.deepEqual(headings(path(PAGE, 4)), ["Two", "Again"]);
  assert.deepEqual(headings(path(PAGE, 0)), []);
  const later = {
    above: [
      [2, "Two", 1, "two"],
      [3, "Three", 2, "three"],
    ],
    sections: PAGE.sections.slice(3),
  };
  assert.deepEqual(headings(path(later, 3)), ["Two", "Three", "Four"]);
  assert.deepEqual(headings(path(later, 6)), ["Next", "Last"]);
});

test("the nearest heading is found that has all the words below it", () => {
  const places = [
    { section: 3, bits: 1 },
    { section: 2, bits: 2 },
    { section: 4, bits: 4 },
    { section: 6, bits: 8 },
  ];
  assert.equal(over(PAGE, 3, places, 1 | 2)?.heading, "Three");
  assert.equal(over(PAGE, 3, places, 1 | 2 | 4)?.heading, "Two");
  assert.equal(over(PAGE, 3, places, 1 | 8), undefined, "no heading is above both");
  assert.equal(over(PAGE, 6, places, 8)?.heading, "Last");
});

test("where the file ends, what is below a heading is taken to end", () => {
  const places = [
    { section: 3, bits: 1 },
    { section: 4, bits: 2 },
  ];
  const first = { sections: PAGE.sections.slice(0, 4) };
  assert.equal(over(first, 3, places, 1 | 2), undefined);
  const gap = { sections: PAGE.sections.filter(([ordinal]) => ordinal !== 4) };
  assert.equal(over(gap, 3, [...places, { section: 5, bits: 4 }], 1 | 4), undefined);
});

test("a hit leads to the heading over all the words, whatever files the page is cut into", async () => {
  const below = [
    [2, "Costs", "What it takes."],
    [3, "Money", "Kestrels are dear."],
    [3, "Time", "Lapwings are slow."],
    [2, "Gains", "Curlews."],
  ].map(([level, heading, text]) => ({ level, heading, text, anchor: heading.toLowerCase() }));
  const page = {
    url: "/birds/",
    title: "Birds",
    kind: "page",
    crumbs: [],
    sections: [{ level: 1, text: "Of birds.", anchor: "", heading: "" }, ...below],
  };
  const filler = { ...page, url: "/other/", title: "Other", sections: [{ level: 1, text: "Nothing.", anchor: "", heading: "" }] };
  const hits = async (query) => {
    const { groups } = await open("https://example.org/search/", served(encode([page, filler]), [])).search(query);
    return groups.map((group) => group.hits.map(({ url, heading }) => `${url} ${heading.join(" / ")}`));
  };
  assert.deepEqual((await hits("kestrels lapwings"))[0][0], "/birds/#costs Costs");
  assert.deepEqual((await hits("kestrels dear"))[0], ["/birds/#money Costs / Money"]);
  const [apart] = await hits("kestrels curlews");
  assert.deepEqual(
    apart.filter((hit) => hit.startsWith("/birds/#costs")),
    [],
    "no heading is above both",
  );
});
