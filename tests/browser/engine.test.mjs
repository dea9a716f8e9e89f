// The search engine of the browser, alone, on indexes of small sites that the tests encode themselves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadError, open } from "../../themes/default/js/search/engine.js";
import { filesOf } from "../../themes/default/js/search/store.js";
import { read } from "../../themes/default/js/search/shard.js";
import { keys, near, spelt } from "../../themes/default/js/search/spelling.js";
import { encode, served, spellings } from "./search/encoder.mjs";

const BASE = "https://example.org/handbook/search/";

/** A page of `[level, heading, text]`; the first text is the page's own. */
function page(url, title, text, sections = [], more = {}) {
  const anchor = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const below = sections.map(([level, heading, body]) => ({ level, heading, text: body, anchor: anchor(heading) }));
  return { url, title, kind: "page", crumbs: [], ...more, sections: [{ level: 1, text, anchor: "", heading: "" }, ...below] };
}

const decision = (n, title, status, date, sections, more = {}) =>
  page(`/decisions/${n}/`, title, "", sections, {
    kind: "decision",
    status,
    date,
    number: `ADR-${n}`,
    numbers: `${n} ${String(n).padStart(4, "0")} adr-${n} adr-${String(n).padStart(4, "0")}`,
    ...more,
  });

const SITE = [
  page(
    "/specs/queue/",
    "Queue store",
    "How jobs are queued.",
    [
      [2, "Limits", "A worker takes at most ten jobs. The lease of a job lapses after a minute."],
      [3, "Retries", "A job that lapses is retried with exponential backoff, five times. Poisoned jobs go to the morgue."],
      [2, "Tables", "Postgres holds the jobs in one table, `max_leaseSeconds` and last-call-deadline among its columns."],
    ],
    { kind: "spec", tags: ["storage"], people: ["Ana Souza"], date: "2026-03-01", crumbs: ["Specs"] },
  ),
  decision(
    7,
    "Use Postgres for the queue",
    "accepted",
    "2026-02-01",
    [[2, "Rationale", "We run Postgres already. Withdrawals of one system less."]],
    { tags: ["storage"], people: ["Ana Souza", "Bo Lee"] },
  ),
  decision(8, "Use Redis for the queue", "superseded", "2025-02-01", [[2, "Rationale", "Redis is quick. Deposits are quicker."]], {
    tags: ["storage"],
    people: ["Bo Lee"],
  }),
  page("/cafe/", "Café", "Le café est fermé. Naive readers order cafe au lait.", [[2, "Öffnungszeiten", "Straße der Räuber, täglich."]]),
  page("/zh/", "分布式队列", "任务保存在数据库中。", [[2, "限制", "每个工作者最多处理十个任务。"]]),
  page("/words/", "Odd words", "The constructor of __proto__ has no toString.", [
    [2, "Markup", "<img src=x onerror=alert(1)> and <script>alert(2)</script> are text."],
  ]),
  page("/spread/", "Spread", "Exponential growth.", [
    [2, "One", "The backoff of the other."],
    [2, "Two", "A morgue."],
  ]),
  page("/some/", "Some", "Exponential decay, exponential decay, exponential decay."),
];

function engineOf(pages = SITE, options = {}) {
  const files = encode(pages, options);
  const log = [];
  return { files, log, engine: open(BASE, served(files, log)) };
}

const urls = ({ groups }) => groups.map((group) => group.url.replace("/handbook", ""));
const hits = ({ groups }) => groups.flatMap((group) => group.hits.map((hit) => hit.url.replace("/handbook", "")));
const shownText = (hit) => hit.teaser.map(({ text, mark }) => (mark ? `[${text}]` : text)).join("");
const ask = async (query, how, pages, options) => engineOf(pages, options).engine.search(query, how);

test("a hit opens its section and says where it is", async () => {
  const results = await ask("exponential backoff morgue");
  const [group] = results.groups;
  assert.equal(group.url, "/handbook/specs/queue/");
  assert.deepEqual(
    [group.title, group.kind, group.date, group.people, group.crumbs],
    ["Queue store", "spec", "2026-03-01", ["Ana Souza"], ["Specs"]],
  );
  assert.equal(group.hits[0].url, "/handbook/specs/queue/#retries");
  assert.deepEqual(group.hits[0].heading, ["Limits", "Retries"]);
  assert.equal(shownText(group.hits[0]), "A job that lapses is retried with [exponential] [backoff], five times. Poisoned jobs go to the [morgue].");
});

test("all words in one section come before all on one page, and these before some", async () => {
  assert.deepEqual(urls(await ask("exponential backoff morgue")), ["/specs/queue/", "/spread/"]);
  assert.deepEqual(urls(await ask("exponential backoff")), ["/specs/queue/", "/spread/"]);
});

test("the title of a page and the headings above count for a section", async () => {
  assert.deepEqual(hits(await ask("queue limits poisoned"))[0], "/specs/queue/#retries");
});

test("numbers and titles that are named stand first, as pages", async () => {
  const pages = [
    ...SITE,
    page("/seven/", "Seven", "7 7 7 adr 7 adr 7 0007 ADR-7 ADR-7 ADR-0007. Use Postgres for the queue. Use Postgres for the queue."),
  ];
  for (const query of ["7", "0007", "ADR-7", "adr 7", "adr 0007", "ADR-0007", "Use Postgres for the queue"]) {
    assert.equal(hits(await ask(query, {}, pages))[0], "/decisions/7/", query);
  }
});

test("what stands comes before what was superseded, then what is newer", async () => {
  const same = (n, status, date) => decision(n, "Same words", status, date, [[2, "Why", "Equal in every way."]]);
  const pages = [
    same(1, "superseded", "2026-01-01"),
    same(2, "proposed", "2024-01-01"),
    same(3, "accepted", "2023-01-01"),
    same(4, "accepted", "2025-01-01"),
  ];
  assert.deepEqual(urls(await ask("equal way", {}, pages)), ["/decisions/4/", "/decisions/3/", "/decisions/2/", "/decisions/1/"]);
});

test("words close together come before words far apart", async () => {
  const filler = "Nothing of note stands here in these many lines. ".repeat(4);
  const pages = [page("/far/", "A", `Violet ${filler} harbour.`), page("/close/", "B", `${filler} violet harbour.`), page("/other/", "C", filler)];
  assert.deepEqual(urls(await ask("violet harbour", {}, pages)), ["/close/", "/far/"]);
});

test("a misspelt word finds what was meant, and it is said", async () => {
  const cases = {
    "exponentail backoff": ["exponentail", "exponential"],
    "expnential backoff": ["expnential", "exponential"],
    "exponenntial backoff": ["exponenntial", "exponential"],
    "exponentiel backoff": ["exponentiel", "exponential"],
    "xxponential backoff": ["xxponential", "exponential"],
    "exponential fackoff": ["fackoff", "backoff"],
    "xeponential backoff": ["xeponential", "exponential"],
    "ponential backoff": ["ponential", "exponential"],
    "wihdrawals postgres": ["wihdrawals", "withdrawals"],
  };
  for (const [query, [missing, showing]] of Object.entries(cases)) {
    const results = await ask(query);
    assert.deepEqual(results.notes, [{ missing, showing }], query);
    assert.equal(urls(results)[0], showing === "withdrawals" ? "/decisions/7/" : "/specs/queue/", query);
  }
});

test("of the words that a misspelt one may mean, that one is shown which stands with the others", async () => {
  const pages = [
    page("/a/", "A", "The format of dates. Format, format."),
    page("/b/", "B", "The formal garden."),
    page("/c/", "C", "Format. Format."),
  ];
  const results = await ask("formaz garden", {}, pages);
  assert.deepEqual([urls(results)[0], results.notes], ["/b/", [{ missing: "formaz", showing: "formal" }]]);
  assert.deepEqual((await ask("formaz dates", {}, pages)).notes, [{ missing: "formaz", showing: "format" }]);
});

test("a word that nothing is near to is said to be missing, and the others are found", async () => {
  const results = await ask("qqqqqqqqqq backoff ");
  assert.deepEqual(results.notes, [{ missing: "qqqqqqqqqq", showing: null }]);
  assert.deepEqual(urls(results).sort(), ["/specs/queue/", "/spread/"]);
  const nothing = await ask("qqqqqqqqqq");
  assert.deepEqual([nothing.total, nothing.groups, nothing.more, nothing.marks], [0, [], false, []]);
});

test("the nearest word is meant before any that only begins alike, wherever the edits are", async () => {
  const pages = [
    page("/a/", "A", "Empower listing everyone with mempool, distinct reverted errors in parallel. Rerouted."),
    page("/b/", "B", "Error. Error, nested, keccak256 and keccak512."),
  ];
  const cases = {
    empool: "mempool",
    listinct: "distinct",
    everted: "reverted",
    reror: "error",
    banrallel: "parallel", // two edits at both ends
    rpaallel: "parallel",
    nesec: "nested",
    kecak256: "keccak256",
    kecak512: "keccak512",
  };
  for (const [missing, showing] of Object.entries(cases)) {
    for (const query of [missing, `${missing} `]) assert.deepEqual((await ask(query, {}, pages)).notes, [{ missing, showing }], query);
  }
  // Two edits of a short word only behind its first letter; digits are nobody's misspelling.
  for (const missing of ["mesec", "keccak255", "erc7211"])
    assert.deepEqual((await ask(`${missing} `, {}, pages)).notes, [{ missing, showing: null }]);
});

test("of the words that are as near, the most used is shown", async () => {
  const pages = [page("/a/", "A", "A band."), page("/b/", "B", "Some bond."), page("/c/", "C", "More bond."), page("/d/", "D", "Other.")];
  assert.deepEqual((await ask("bind ", {}, pages)).notes, [{ missing: "bind", showing: "bond" }]);
});

test("another form of a word than those of the site finds them, and is no misspelling", async () => {
  const pages = [...SITE, page("/policy/", "Rules", "Our policies.")];
  const cases = { withdrawing: "/decisions/7/", limited: "/specs/queue/", runs: "/decisions/7/", policy: "/policy/" };
  for (const [form, url] of Object.entries(cases)) {
    for (const query of [form, `${form} `]) {
      const results = await ask(query, {}, pages);
      assert.deepEqual([urls(results)[0], results.notes], [url, []], query);
    }
  }
});

test("the last word is taken as a beginning while it is typed", async () => {
  assert.equal(urls(await ask("expo"))[0], urls(await ask("exponential"))[0]);
  assert.deepEqual((await ask("expo")).notes, []);
  assert.equal((await ask("expo ")).total, 0);
  assert.equal((await ask("expo backoff")).notes[0].missing, "expo");
});

test("a word of the site comes before words that begin with it", async () => {
  const pages = [
    page("/long/", "L", "Transporters transport. Transporters. Transporters."),
    page("/trans/", "T", "A trans word among many others that fill the text."),
    page("/x/", "Transit", "Other."),
  ];
  assert.deepEqual(urls(await ask("trans", {}, pages)), ["/trans/", "/x/", "/long/"]);
});

test("compounds are found whole and by their parts", async () => {
  for (const query of ["max_leaseSeconds", "lease seconds", "leaseseconds", "last-call-deadline", "call deadline", "last-call"]) {
    assert.equal(hits(await ask(query))[0], "/specs/queue/#tables", query);
  }
});

test("accents may be left out, or put in", async () => {
  for (const query of ["cafe", "café", "CAFÉ", "cafe\u0301"]) assert.equal(urls(await ask(query))[0], "/cafe/", query);
  for (const query of ["strasse", "straße", "rauber", "offnungszeiten"])
    assert.equal(hits(await ask(query))[0], "/cafe/#öffnungszeiten".replace("ö", "%C3%B6"), query);
  assert.equal(urls(await ask("exponéntial"))[0], "/some/");
});

test("Chinese is found by words, parts and single characters", async () => {
  for (const query of ["队列", "分布式", "分"]) assert.equal(urls(await ask(query))[0], "/zh/", query);
  const results = await ask("最多处理");
  assert.equal(hits(results)[0], encodeURI("/zh/#限制"));
  assert.equal(shownText(results.groups[0].hits[0]), "每个工作者[最多处理]十个任务。");
});

const common = (...words) => words.map((missing) => ({ missing, showing: null, why: "common" }));

test("stop words are dropped, which is said, and alone find nothing", async () => {
  const beside = await ask("the backoff of ");
  assert.deepEqual([beside.words.map(({ word }) => word), beside.notes], [["backoff"], common("the", "of")]);
  const results = await ask("the of ");
  assert.deepEqual([results.total, results.notes], [0, common("the", "of")]);
});

test("a stop word that isn't finished yet is the beginning of a word", async () => {
  const pages = [
    page("/a/", "A", "Withdrawals of forks."),
    page("/b/", "B", "Hard limits."),
    page("/c/", "C", "Hard forks. Foreign."),
    page("/d/", "Hard", "Nothing else."),
  ];
  assert.deepEqual([urls(await ask("with", {}, pages)), (await ask("with", {}, pages)).notes], [["/a/"], []]);
  assert.deepEqual([urls(await ask("with ", {}, pages)), (await ask("with ", {}, pages)).notes], [[], common("with")]);
  // It adds to the others, and no page must have it: it may be whole after all.
  assert.deepEqual(urls(await ask("hard for", {}, pages)), ["/d/", "/c/", "/b/"]);
  assert.deepEqual(
    (await ask("hard for", {}, pages)).marks.filter((word) => word !== "hard"),
    ["for", "forks", "foreign"].filter((word) => word !== "for"),
  );
  assert.deepEqual((await ask("hard for ", {}, pages)).notes, common("for"));
  assert.deepEqual([(await ask("qqqqqqqqqq for", {}, pages)).total, urls(await ask("hard into", {}, pages))[0]], [0, "/d/"]);
  assert.deepEqual((await ask("hard into", {}, pages)).notes, common("into"));
});

test("a title of stop words alone finds its page", async () => {
  const pages = [...SITE, page("/with/", "With these", "A text."), page("/into/", "Into", "Another."), page("/their/", "With their own", "A third.")];
  for (const query of ["with these", "With these ", "With these?"]) {
    const results = await ask(query, {}, pages);
    assert.deepEqual([hits(results)[0], results.notes, results.marks], ["/with/", [], []], query);
  }
  assert.deepEqual(urls(await ask("into ", {}, pages)), ["/into/"]);
  assert.deepEqual((await ask("these ", {}, pages)).notes, common("these"));
});

test("what is no word, and words beyond the limit, are said", async () => {
  for (const query of ["  ?! ", "🎉"]) assert.deepEqual((await ask(query)).notes, [{ missing: query.trim(), showing: null, why: "empty" }]);
  assert.deepEqual((await ask("  ")).notes, []);
  const sixteen = Array.from({ length: 16 }, (_, i) => `postgres${"x".repeat(i)}`).join(" ");
  assert.deepEqual(
    (await ask(`${sixteen} `)).notes.filter(({ why }) => why),
    [],
  );
  for (const query of [`${sixteen} morgue`, `${sixteen} the morgue jobs`, `${"postgres ".repeat(50)}morgue postgres`]) {
    const results = await ask(query);
    assert.deepEqual(
      [results.notes.filter(({ why }) => why === "limit"), results.marks.includes("morgue")],
      [[{ missing: "morgue", showing: null, why: "limit" }], false],
      query,
    );
  }
});

test("the title that is typed stands first, as a page, whatever it holds", async () => {
  const titles = [
    "Last-call deadline",
    "The last-call deadline of the year, last-call deadline",
    "IS_STATIC opcode",
    "ChainID opcode",
    "Stratum/2.0.0",
    "Log in",
  ];
  const sections = titles.map((title) => [2, title, `${title}. `.repeat(5)]);
  const pages = titles.map((title, i) => page(`/${i}/`, title, `Where ${title} is told.`, sections));
  for (const [i, title] of titles.entries()) {
    for (const query of [title, title.toLowerCase(), `${title} `]) assert.equal(hits(await ask(query, {}, pages))[0], `/${i}/`, query);
  }
});

test("names of letters and digits are found with a hyphen too", async () => {
  const pages = [
    page("/numbered/", "Fees", "Nothing of note.", [], { kind: "decision", number: "EIP-1559", numbers: "eip-1559 1559" }),
    page("/other/", "EIP1559 EIP1559", "EIP1559 EIP1559, told of eip1559."),
    page("/hash/", "Hash", "A SHA-256 sum."),
    page("/run/", "Run", "Say --dry-run first."),
    page("/keccak/", "K", "The keccak 256 sum."),
  ];
  assert.deepEqual(urls(await ask("EIP1559", {}, pages)), ["/numbered/", "/other/"]);
  assert.deepEqual(urls(await ask("eip1559 fees ", {}, pages))[0], "/numbered/");
  const results = await ask("sha256", {}, pages);
  assert.deepEqual([hits(results), results.notes, shownText(results.groups[0].hits[0])], [["/hash/"], [], "A [SHA-256] sum."]);
  assert.deepEqual([urls(await ask("dryrun ", {}, pages)), (await ask("dryrun ", {}, pages)).notes], [["/run/"], []]);
  assert.deepEqual(urls(await ask("keccak256 ", {}, pages))[0], "/keccak/");
  for (const query of ["0xdeadbeef12 ", "xef0100 "]) assert.equal((await ask(query, {}, pages)).total, 0);
});

test("a run of a name's parts leads to the name", async () => {
  const loud = (i) =>
    page(`/loud${i}/`, "Call deadline, last", "The last of a call. ".repeat(9), [[2, "Last call", "A call that was last. The deadline of a call."]]);
  const pages = [
    ...Array.from({ length: 9 }, (_, i) => loud(i)),
    page("/one/", "One", "Other words.", [[2, "Keys", "There is last-call-deadline among them, and many more words."]]),
  ];
  assert.equal(hits(await ask("last-call", {}, pages))[0], "/one/#keys");
  const two = [
    page("/loose/", "Loose", "A call deadline. Some call, some deadline."),
    page("/one/", "One", "There is last-call-deadline among them."),
  ];
  assert.deepEqual(urls(await ask("call-deadline", {}, two)), ["/one/", "/loose/"]);
  assert.deepEqual(urls(await ask("call deadline", {}, two)), ["/loose/", "/one/"]);
});

test("words that mean something to JavaScript are words", async () => {
  for (const query of ["__proto__", "constructor", "proto constructor", "tostring"]) assert.equal(urls(await ask(query))[0], "/words/", query);
  for (const query of ["hasownproperty", "valueof", "__defineGetter__"]) assert.equal((await ask(`${query} `)).total, 0, query);
});

test("markup of documents is text in a teaser", async () => {
  const [group] = (await ask("onerror")).groups;
  assert.equal(shownText(group.hits[0]), "<img src=x [onerror]=alert(1)> and <script>alert(2)</script> are text.");
});

test("facets count what each would leave under the other filters", async () => {
  const open = await ask("queue");
  const counts = (facet) => Object.fromEntries(facet.map(({ value, count }) => [value, count]));
  assert.deepEqual(counts(open.facets.kind), { decision: 2, spec: 1 });
  assert.deepEqual(counts(open.facets.status), { accepted: 1, superseded: 1 });
  assert.deepEqual(
    open.facets.year.map(({ value, count }) => [value, count]),
    [
      ["2026", 2],
      ["2025", 1],
    ],
  );
  assert.equal(open.facets.status[0].label, "Accepted");

  const narrowed = await ask("queue", { filters: { kind: ["decision"], person: ["Ana Souza"] } });
  assert.deepEqual([urls(narrowed), narrowed.total], [["/decisions/7/"], 1]);
  assert.deepEqual(counts(narrowed.facets.kind), { decision: 1, spec: 1 });
  assert.deepEqual(counts(narrowed.facets.person), { "Ana Souza": 1, "Bo Lee": 2 });

  const either = await ask("queue", { filters: { year: ["2025", "2026"], status: ["accepted", "superseded"], tag: ["storage"] } });
  assert.equal(either.total, 2);
  const none = await ask("queue", { filters: { tag: ["nothing"] } });
  assert.deepEqual([none.total, counts(none.facets.tag)], [0, { storage: 3, nothing: 0 }]);
});

const many = (n) =>
  Array.from({ length: n }, (_, i) =>
    page(`/p${i}/`, `Page ${i}`, `Zebra ${"x".repeat(1 + (i % 5))} stripes ${"zebra ".repeat(i % 7)}`, [[2, "More", "Zebra stripes."]]),
  );

test("showing more moves nothing that is shown", async () => {
  const { engine } = engineOf(many(30));
  const all = urls(await engine.search("zebra stripes", { shown: 30 }));
  assert.equal(new Set(all).size, 30);
  for (const shown of [1, 5, 8, 12, 16, 29]) {
    const results = await engine.search("zebra stripes", { shown });
    assert.deepEqual([urls(results), results.total, results.more], [all.slice(0, shown), 30, true]);
  }
  assert.equal((await engine.search("zebra stripes", { shown: 30 })).more, false);
});

test("one page shows at most three of its sections", async () => {
  const sections = Array.from({ length: 9 }, (_, i) => [2, `Part ${i}`, "Walrus tusk."]);
  const results = await ask("walrus tusk", {}, [page("/w/", "W", "", sections), page("/v/", "V", "Nothing.")]);
  assert.deepEqual(hits(results), ["/w/#part-0", "/w/#part-1", "/w/#part-2"]);
});

test("tags and people of a large site are fetched only for those who want them", async () => {
  const large = () => engineOf(SITE, { namesBytes: 60_000 });
  const names = (log) => log.filter((file) => file.startsWith("names.")).length;
  const { engine, log } = large();
  await engine.warm();
  const without = await engine.search("queue");
  assert.deepEqual([without.facets.tag, without.facets.person, names(log)], [null, null, 0]);
  assert.ok(without.facets.kind.length > 0 && without.facets.year.length > 0);
  const whole = await engine.search("queue", { names: true });
  assert.deepEqual([whole.facets.person.map(({ value }) => value), names(log)], [["Ana Souza", "Bo Lee"], 1]);
  // Who filters by them wants them; the pages are the same.
  for (const filters of [{ tag: ["storage"] }, { person: ["Bo Lee"] }]) {
    const found = await large().engine.search("queue", { filters });
    assert.deepEqual([urls(found), found.facets.tag !== null], [urls(await ask("queue", { filters })), true]);
  }
  // Those of a small site come unasked, but not to where they aren't shown.
  const small = engineOf();
  assert.equal((await small.engine.search("queue", { names: false })).facets.tag, null);
  assert.equal(names(small.log), 0);
  assert.equal((await small.engine.search("queue")).facets.tag[0].value, "storage");
});

test("a query fetches only what it needs, and nothing twice", async () => {
  const { engine, log, files } = engineOf(many(200), { shardSize: 300, textSize: 500 });
  await engine.search("stripes");
  assert.equal(log[0], "index.json (no-cache)");
  const kinds = (list) => list.map((file) => file.split(".")[0]);
  assert.ok(kinds(log).filter((kind) => kind === "text").length <= 8, log.join());
  assert.ok(!kinds(log).includes("spelling"));
  assert.ok(log.length < files.size / 2);
  const before = log.length;
  await engine.search("stripes");
  assert.equal(log.length, before);
  assert.equal(new Set(log).size, before);
});

test("nothing is fetched before the first query", () => {
  const { log } = engineOf();
  assert.deepEqual(log, []);
});

const first = (files, kind) => [...files.keys()].find((name) => name.startsWith(kind));

test("a file that can't be had is named, and had again when it is there", async () => {
  for (const kind of ["index", "names", "words", "text"]) {
    for (const fault of [500, new Error("offline"), "<!doctype html>", ""]) {
      const { files, engine } = engineOf();
      const name = first(files, kind);
      const content = files.get(name);
      files.set(name, fault);
      await assert.rejects(engine.search("cafe"), (error) => error instanceof LoadError && error.file === name);
      files.set(name, content);
      assert.equal((await engine.search("cafe")).total, 1);
    }
  }
  const { files, engine } = engineOf();
  const name = first(files, "spelling");
  const content = files.get(name);
  for (const fault of [
    503,
    "<!doctype html>\n<title>Not found</title>\n",
    "",
    content.slice(0, -9),
    content.slice(0, content.lastIndexOf("\n", content.length - 2) + 1),
  ]) {
    files.set(name, fault);
    await assert.rejects(engine.search("caef lait"), (error) => error instanceof LoadError && error.file === name, String(fault));
  }
  files.set(name, content);
  assert.deepEqual((await engine.search("caef lait")).notes, [{ missing: "caef", showing: "cafe" }]);
});

test("a site that was published anew meanwhile is read anew", async () => {
  const { files, engine, log } = engineOf();
  await engine.search("morgue");
  const anew = encode([...SITE, page("/new/", "New", "Exponential news of the morgue.")], { salt: "b", shardSize: 200, textSize: 200 });
  files.clear();
  for (const [name, content] of anew) files.set(name, content);
  log.length = 0;
  const results = await engine.search("exponential news öffnungszeiten");
  assert.ok(urls(results).includes("/new/"));
  assert.equal(log.filter((file) => file.startsWith("index.json")).length, 1);

  for (const name of files.keys()) if (name !== "index.json") files.delete(name);
  await assert.rejects(open(BASE, served(files)).search("morgue"), LoadError);
});

test("a newer query wins", async () => {
  const { engine } = engineOf();
  const old = engine.search("backoff");
  const young = engine.search("cafe");
  await assert.rejects(old, { name: "AbortError" });
  assert.equal((await young).total, 1);
});

/** A small generator of numbers, the same on every machine. */
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("broken bytes end in an answer or in a LoadError", async () => {
  const whole = encode(SITE);
  const roll = dice(7);
  let refused = 0;
  for (let round = 0; round < 600; round += 1) {
    const files = new Map([...whole].map(([name, content]) => [name, Buffer.from(content)]));
    const names = [...files.keys()];
    const name = names[roll(names.length)];
    const content = files.get(name);
    if (round % 3 === 0) files.set(name, content.subarray(0, roll(content.length)));
    else for (let i = 0; i < 1 + roll(4); i += 1) content[roll(content.length)] = roll(256);
    try {
      await open(BASE, served(files)).search(["exponential backoff", "cafe", "wihdrawals", "队"][round % 4]);
    } catch (error) {
      assert.ok(error instanceof LoadError, `${name}: ${error.stack}`);
      refused += 1;
    }
  }
  assert.ok(refused > 50);
});

test("posting lists are read as they were written", async () => {
  const roll = dice(3);
  const pages = Array.from({ length: 150 }, (_, i) =>
    page(
      `/${i}/`,
      `T${i}`,
      "",
      Array.from({ length: roll(6) }, (_, k) => [
        2 + roll(3),
        `H${k} ${"alpha ".repeat(roll(3))}`,
        "alpha ".repeat(roll(40)) + "beta ".repeat(roll(300)),
      ]),
    ),
  );
  const files = encode(pages, { stemmer: (word) => word });
  const bytes = new Uint8Array(files.get(first(files, "words")));
  const index = JSON.parse(files.get("index.json"));
  assert.equal(index.words.file.length, 1);
  const place = new Map(Array.from({ length: index.space }, (_, id) => [id, id]));
  const shard = await read(bytes);
  const ids = pages.map((_, i) => i + Math.floor(i / 3));
  const rows = (list) =>
    [...list.pages].flatMap((id, i) =>
      Array.from({ length: list.start[i + 1] - list.start[i] }, (_, e) => e + list.start[i]).map((e) => [
        id,
        list.section[e],
        list.count[e],
        list.length[e],
        list.below[e] ?? 0,
      ]),
    );
  const classes = [16, 32, 64, 128, 256, 512, 1024];
  const body = [];
  const headings = [];
  pages.forEach(({ sections }, i) =>
    sections.forEach(({ text, heading, level }, k) => {
      const count = (s) => s.split(" ").filter((word) => word === "alpha").length;
      const size = text.split(" ").filter(Boolean).length;
      let below = 0;
      while (sections[k + below + 1]?.level > level) below += 1;
      if (count(text) > 0) body.push([ids[i], k, count(text), classes.filter((c) => c <= size).length, 0]);
      if (count(heading) > 0) headings.push([ids[i], k, count(heading), heading.trim().split(" ").length - 1, below]);
    }),
  );
  assert.deepEqual(rows(shard.postings("alpha", 4, place)), body);
  assert.deepEqual(rows(shard.postings("alpha", 2, place)), headings);
  assert.equal(shard.postings("alpha", 0, place), null);
  assert.equal(shard.postings("nothing", 4, place), null);
});

test("large lists come from files of their own, for the words that were typed and within bounds for others", async () => {
  const pages = Array.from({ length: 40 }, (_, i) => page(`/${i}/`, `T${i}`, i === 7 ? "alpha gamma" : "alpha alphabet"));
  const log = [];
  const files = encode(pages, { largeList: 20 });
  const lists = () => log.filter((name) => name.startsWith("list."));
  const engine = open(BASE, served(files, log));
  const same = async (query) => {
    const found = await engine.search(query);
    assert.deepEqual(found.groups, (await open(BASE, served(encode(pages))).search(query)).groups);
    return found;
  };
  assert.equal((await same("gamma ")).total, 1);
  assert.deepEqual(lists(), []);
  assert.equal((await same("alpha gamma ")).total, 1);
  assert.equal(lists().length, 1);
  assert.equal((await same("alphab")).total, 39);
  assert.equal(lists().length, 2);
  files.set(lists()[0], Buffer.from([1]));
  await assert.rejects(open(BASE, served(files)).search("alpha "), (error) => error instanceof LoadError && error.file === lists()[0]);
});

/** Optimal string alignment, as it is defined. */
function distance(a, b) {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)));
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}

/** The forms of the files that a word's keys lead to. */
function looked({ from, file }, files, word, further) {
  const wanted = [...keys(word, false), ...(further ? keys(word, true) : [])];
  const hashes = new Set(wanted.flatMap((key) => filesOf({ from, file }, key, 99)));
  return [...hashes].flatMap((hash) => spelt(files[hash]));
}

test("the files that are looked into hold all words of one edit, and nearly all of two", () => {
  const roll = dice(11);
  const word = () => Array.from({ length: 3 + roll(8) }, () => "abcdefghiklmnoprstuvé"[roll(4 + roll(18))]).join("");
  const forms = [...new Set(Array.from({ length: 4000 }, word))].sort();
  const files = [];
  const cut = spellings(
    forms.map((form) => [form, 1 + roll(40)]),
    600,
    (content) => files.push(content) - 1,
  );
  assert.ok(files.length > 60);
  assert.deepEqual([...new Set(files.flatMap((file) => spelt(file).map(({ form }) => form)))].sort(), forms);
  let [there, had] = [0, 0];
  for (let round = 0; round < 400; round += 1) {
    const right = [...forms[roll(forms.length)]];
    for (let i = 0; i < 2; i += 1) right.splice(roll(right.length + 1), roll(2), ..."abe".slice(0, roll(2)));
    const wanted = right.join("");
    if (right.length < 4) continue;
    for (const most of [1, 2]) {
      const expected = forms.filter((form) => form !== wanted && distance(form, wanted) <= most).map((form) => `${form} ${distance(form, wanted)}`);
      const found = near(looked(cut, files, wanted, most > 1), wanted, most)
        .map(({ form, edits }) => `${form} ${edits}`)
        .sort();
      if (most === 1) assert.deepEqual(found, expected, wanted);
      assert.deepEqual(
        found.filter((one) => !expected.includes(one)),
        [],
        wanted,
      );
      if (most === 2 && right.length > 6) [there, had] = [there + expected.length, had + found.length];
    }
  }
  assert.ok(there > 150 && had / there > 0.95, `${had} of ${there}`);
});

test("a file that hangs is one that can't be had", async () => {
  const never = (_url, { signal }) => new Promise((_, refuse) => signal.addEventListener("abort", () => refuse(signal.reason)));
  await assert.rejects(open(BASE, never, 1).search("alpha"), (error) => error instanceof LoadError && error.file === "index.json");
});
