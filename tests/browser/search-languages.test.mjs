// Both sides of the search agree in every language: the words that the browser cuts from the texts are those that the
// index was made from, and each leads to the token, the counts and the places that elasticlunr-rs itself has for it.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { open } from "../../themes/default/js/search/engine.js";
import { resolve } from "../../themes/default/js/search/resolve.js";
import { FIELDS } from "../../themes/default/js/search/shard.js";
import { asked, folded, words } from "../../themes/default/js/search/words.js";
import { build, siteOf } from "./harness.mjs";
import { served } from "./search/encoder.mjs";
import { TAGS, littleWords, vocabulary } from "./search/vocabulary.mjs";

const WORDS = 4000;
const IN_A_SECTION = 50;
const SECTIONS = 8;
/** The words of a query that are looked for. */
const MOST_ASKED = 16;

/** Languages of which the crate has no steps: each form is its own token. */
const PLAIN = new Set(["zh", "ja", "ko", "pl"]);

/** A site whose documents hold `all`, in titles, tags, headings and texts. */
function documents(tag, all) {
  const files = { "threadmark.yml": `language: ${tag}\nsearch: { elasticlunr: true }\n` };
  const escaped = (list) => list.join(" ").replace(/[_*<&]/g, "\\$&");
  for (let page = 0; page * SECTIONS * IN_A_SECTION < all.length; page += 1) {
    const own = all.slice(page * SECTIONS * IN_A_SECTION, (page + 1) * SECTIONS * IN_A_SECTION);
    const lines = [`# Page ${page} ${escaped(own.slice(-3))}\n`];
    for (let at = 0; at < own.length; at += IN_A_SECTION) {
      const some = own.slice(at, at + IN_A_SECTION);
      if (at > 0) lines.push(`## Part ${at} ${escaped(some.slice(0, 3))}\n`);
      lines.push(`Here ${escaped(some)}\n`);
    }
    files[`${page}.md`] = `---\ntags: ${JSON.stringify(own.slice(5, 7))}\n---\n${lines.join("\n")}`;
  }
  return files;
}

/** All that a built site's search folder holds, read as the browser reads it. */
async function read(site) {
  const folder = join(site, "search");
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  const engine = open("https://example.org/search/", served(files));
  const { store } = engine;
  const index = await store.index();
  const { table } = index;
  const shards = await Promise.all(index.words.file.map((hash) => store.shard(hash)));
  const whole = JSON.parse(files.get("elasticlunr.json").toString("utf8"));
  const texts = [...files].filter(([name]) => name.startsWith("text.")).flatMap(([, bytes]) => JSON.parse(inflateRawSync(bytes).toString("utf8")));
  return { engine, index, table, shards, whole, texts };
}

const TEXTS = ["title", "headings", "about", "body"];

/** Every form that the browser cuts from the texts, without stop words. */
function formsOf({ whole, index }) {
  const stop = new Set(index.stop.split(" "));
  const forms = new Set(Object.values(whole.documentStore.docs).flatMap((doc) => TEXTS.flatMap((field) => words(doc[field]))));
  return new Set([...forms].filter((form) => !stop.has(form)));
}

/** What the shards say each word stands for. */
const meanings = ({ shards }) =>
  new Map(shards.flatMap((shard) => shard.words.map((word, i) => [word, shard.tokens(i)])).filter(([, tokens]) => tokens.length > 0));

/** `token field reference count` of the texts, by the words of the browser and the tokens of the shards. */
function counted({ whole }, meaning, forms) {
  const counts = new Map();
  for (const [reference, doc] of Object.entries(whole.documentStore.docs)) {
    for (const field of TEXTS) {
      for (const form of words(doc[field])) {
        if (!forms.has(form)) continue;
        const key = `${meaning.get(form)[0]} ${field} ${reference}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return [...counts].map(([key, count]) => `${key} ${count}`).sort();
}

/** The same of the crate's own index: a trie for each field, in which a count is stored as its square root. */
function ofTheCrate({ whole }) {
  const found = [];
  for (const field of TEXTS) {
    const open = [["", whole.index[field].root]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [token, node] = next;
      for (const [reference, { tf }] of Object.entries(node.docs)) found.push(`${token} ${field} ${reference} ${Math.round(tf * tf)}`);
      for (const [key, below] of Object.entries(node)) if (key !== "docs" && key !== "df") open.push([token + key, below]);
    }
  }
  return found.sort();
}

/** The same of the shards. */
function ofTheShards({ shards, table, texts }) {
  const reference = new Map();
  for (const { id, url, sections } of texts) {
    for (const [ordinal, , anchor] of sections) reference.set(`${id} ${ordinal}`, anchor === "" ? url : `${url}#${encodeURI(anchor)}`);
  }
  const found = [];
  for (const shard of shards) {
    for (const token of shard.words) {
      for (const field of TEXTS) {
        const list = shard.postings(token, FIELDS.indexOf(field), table.place);
        for (let i = 0; i < (list?.pages.length ?? 0); i += 1) {
          for (let j = list.start[i]; j < list.start[i + 1]; j += 1) {
            found.push(`${token} ${field} ${reference.get(`${table.byPlace[list.pages[i]]} ${list.section[j]}`)} ${list.count[j]}`);
          }
        }
      }
    }
  }
  return found.sort();
}

/** At most ten that only one of two lists has, with a sign for which. */
function differences(ours, theirs) {
  const [a, b] = [new Set(ours), new Set(theirs)];
  return [...[...a].filter((one) => !b.has(one)).map((one) => `+ ${one}`), ...[...b].filter((one) => !a.has(one)).map((one) => `- ${one}`)].slice(
    0,
    10,
  );
}

for (const tag of TAGS) {
  test(`${tag}: both sides have the same words, tokens, counts and places`, async () => {
    const all = vocabulary(tag, WORDS);
    const site = await read(build(siteOf(documents(tag, all))));
    const { engine, index, whole } = site;
    const forms = formsOf(site);
    const meaning = meanings(site);

    // The vocabulary is there, in this many forms; little words are not, unless the language has none.
    assert.ok(forms.size > WORDS / 2, `${forms.size} forms`);
    const stop = new Set(index.stop.split(" "));
    if (tag !== "ar")
      assert.deepEqual(
        littleWords(tag).filter((word) => !stop.has(word)),
        [],
      );
    for (const word of stop) assert.ok(!meaning.get(word)?.includes(word), `${word} is a stop word`);

    // The forms of the texts are those of the shards, but for what is nothing but a lengthened stroke to the Arabic stemmer.
    const nothing = [...forms].filter((form) => !meaning.has(form));
    assert.deepEqual(nothing, tag === "ar" ? ["\u0640"] : []);
    for (const form of nothing) forms.delete(form);
    const plain = new Map();
    for (const form of forms) if (folded(form) !== form) plain.set(folded(form), [...(plain.get(folded(form)) ?? []), meaning.get(form)[0]]);
    for (const [word, tokens] of meaning) {
      const aliased = tokens.slice(forms.has(word) ? 1 : 0);
      for (const token of aliased) assert.ok(plain.get(word)?.includes(token), `${word} stands for ${token} and is neither a form nor an alias`);
      assert.ok(forms.has(word) || aliased.length > 0);
      if (PLAIN.has(tag) && forms.has(word)) assert.equal(tokens[0], word);
    }
    for (const [word, tokens] of plain)
      if (/^[\0-\x7f]+$/.test(word) && !stop.has(word)) assert.ok(meaning.has(word), `${word}, an alias for ${tokens}`);

    // The same tokens as often in the same places: by the browser's words, in the shards, and in the crate's own index.
    const crate = ofTheCrate(site);
    assert.deepEqual(differences(counted(site, meaning, forms), crate), []);
    assert.deepEqual(differences(ofTheShards(site), crate), []);

    // A query reads each word as the index did.
    for (const word of new Set(all)) {
      const wanted = [
        ...new Set(
          asked(word)
            .slice(0, MOST_ASKED)
            .map((node) => node.word),
        ),
      ].filter((form) => forms.has(form));
      const got = (await resolve({ store: engine.store, index }, `${word} `)).words;
      for (const form of wanted) {
        const read = got.find((one) => one.word === form);
        // One character of Chinese also stands for words that begin with it.
        const exact = read?.variants.filter(({ how }) => how === "exact").map(({ token }) => token);
        assert.deepEqual([read?.how, exact], ["exact", meaning.get(form)], `${form} of ${word}`);
      }
    }

    // And finds a section that has it, or what is written with marks and means it as well; of one character of a script
    // without spaces, a section that has it anywhere.
    const tokens = (text) =>
      words(text)
        .filter((form) => forms.has(form))
        .map((form) => meaning.get(form)[0]);
    for (let at = 0; at < all.length; at += 29) {
      const wanted = words(all[at])
        .filter((form) => forms.has(form))
        .map((form) => meaning.get(form));
      if (wanted.length === 0) continue;
      const { groups } = await engine.search(`${all[at]} `);
      const urls = groups.flatMap((group) => group.hits.map((hit) => hit.url));
      const one = [...all[at]].length === 1 && all[at];
      const has = (doc) => {
        if (one && TEXTS.some((field) => doc[field].normalize("NFKC").includes(one))) return true;
        const there = new Set(TEXTS.flatMap((field) => tokens(doc[field])));
        return wanted.every((any) => any.some((token) => there.has(token)));
      };
      assert.ok(
        urls.some((url) => has(whole.documentStore.docs[url])),
        `${all[at]} finds ${urls}`,
      );
    }
  });
}

test("a title of stop words alone is found, in the language of the site", async () => {
  for (const [tag, titles] of Object.entries({ en: ["About", "Who we are", "How to", "Our own"], fr: ["L'été"], de: ["Über uns"] })) {
    const files = Object.fromEntries(titles.map((title, i) => [`${i}.md`, `# ${title}\n\nElephants.\n`]));
    const { engine, index } = await read(build(siteOf({ "threadmark.yml": `language: ${tag}\nsearch: { elasticlunr: true }\n`, ...files })));
    for (const [i, title] of titles.entries()) {
      assert.equal((await engine.search(`${title} `)).groups[0]?.hits[0].url.endsWith(`/${i}/`), true, `${title}: ${JSON.stringify(index.titles)}`);
    }
  }
});
