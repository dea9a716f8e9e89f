// From the words that were typed to the tokens of the index: as they are, without accents, begun, or misspelt.

import { edits, keys, likely, near } from "./spelling.js";
import { LoadError, fileOf, filesOf } from "./store.js";
import { asked, folded, isDense } from "./words.js";

/**
 * @typedef {"exact" | "folded" | "stem" | "prefix" | "more" | "spelling"} How
 * One way to read a word. Those of "more" (other words that begin like a word of the site) don't make a page one that has the word.
 * @typedef {{ form: string, token: string, how: How, quality: number, shard: import("./shard.js").Shard, file: string }} Variant
 * @typedef {{ word: string, how: How | "missing", variants: Variant[] }} Word
 * @typedef {{ store: import("./store.js").Store, index: import("./store.js").Index }} Site
 */

/** What a match is worth that isn't the word itself. */
const QUALITY = { folded: 0.95, prefix: 0.8, more: 0.25, stem: 0.9, begun: 0.6, edit: [1, 0.75, 0.45] };
/** Bounds of what one query looks at. */
const MOST = { words: 16, letters: 400, expansions: 60, candidates: 12, shards: 4, meant: 3, files: 4, lists: 60_000 };

/** @param {Site} site @param {string} word */
const shardOf = async ({ store, index }, word) => {
  const file = fileOf(index.words, word);
  return file === null ? null : store.shard(file);
};

/** @param {Site} site @param {string} form @returns {Promise<string[]>} no token: the site doesn't have the form */
async function tokensOf(site, form) {
  const shard = await shardOf(site, form);
  const place = shard?.places.get(form);
  return shard && place !== undefined ? shard.tokens(place) : [];
}

/** @param {Site} site @param {string} form @param {string} token @param {How} how @param {number} quality @returns {Promise<Variant | null>} */
async function variant(site, form, token, how, quality) {
  const file = fileOf(site.index.words, token);
  const shard = file === null ? null : await site.store.shard(file);
  if (!shard?.has(token)) return null;
  const away = shard.missing(token);
  if (away) {
    const lists = await site.store.list(away);
    try {
      shard.bring(token, lists);
    } catch (cause) {
      throw new LoadError(`list.${away}.bin`, false, cause);
    }
  }
  return { form, token, how, quality, shard, file: file ?? "" };
}

/** Adds what isn't there yet. @param {Word} word @param {(Variant | null)[]} variants */
function add(word, variants) {
  for (const one of variants) {
    if (one && !word.variants.some((had) => had.token === one.token)) word.variants.push(one);
  }
}

/** The words to look for: a compound as a whole where the site has it, else its parts. @param {Site} site @param {import("./words.js").Asked} node @returns {Promise<string[]>} */
async function leaves(site, { word, parts }) {
  if (parts.length === 0 || (word && (await tokensOf(site, word)).length > 0)) return [word];
  const cut = (await Promise.all(parts.map((part) => leaves(site, part)))).flat().filter(Boolean);
  return cut.length > 0 ? cut : [word];
}

/** Words that begin with the word, the most used first. @param {Site} site @param {string} word @param {boolean} soft */
async function expanded(site, word, soft) {
  const { store, index } = site;
  const files = filesOf(index.words, word, MOST.shards);
  const shards = soft ? files.map((file) => store.shardHere(file)) : await Promise.all(files.map((file) => store.shard(file)));
  /** @type {Map<string, { form: string, token: string, weight: number }>} */
  const tokens = new Map();
  for (const shard of shards) {
    if (!shard) continue;
    const [start, end] = shard.range(word);
    for (let i = start; i < end; i += 1) {
      for (const token of shard.tokens(i)) {
        const place = shard.places.get(token);
        const had = tokens.get(token);
        const weight = place === undefined ? 1 : shard.weight(place);
        if (!had || shard.words[i].length < had.form.length) tokens.set(token, { form: shard.words[i], token, weight });
      }
    }
  }
  const most = [...tokens.values()].sort((a, b) => b.weight - a.weight || (a.token < b.token ? -1 : 1)).slice(0, MOST.expansions);
  const letters = [...word].length;
  // Lists that would have to be loaded for words that nobody typed: none beside a word that is known, else not too much.
  let rest = soft ? 0 : MOST.lists;
  const affordable = most.filter(({ token, weight }) => {
    const shard = store.shardHere(fileOf(index.words, token) ?? "");
    if (!shard?.missing(token)) return shard || !soft;
    rest -= weight;
    return rest >= 0;
  });
  return Promise.all(
    affordable.map(({ form, token }) => variant(site, form, token, soft ? "more" : "prefix", (soft ? QUALITY.more : QUALITY.prefix) * (0.5 + (0.5 * letters) / [...form].length))),
  );
}

/** @param {Site} site @param {string} text @param {boolean} last @returns {Promise<Word>} */
async function read(site, text, last) {
  /** @type {Word} */
  const word = { word: text, how: "exact", variants: [] };
  const take = async (/** @type {string} */ form, /** @type {How} */ how, /** @type {number} */ quality) => {
    add(word, await Promise.all((await tokensOf(site, form)).map((token) => variant(site, form, token, how, quality))));
    word.how = how;
  };
  await take(text, "exact", 1);
  if (word.variants.length === 0 && folded(text) !== text) await take(folded(text), "folded", QUALITY.folded);
  // A single character of Chinese stands for all words that begin with it.
  const lone = isDense(text) && [...text.replace(/\p{M}/gu, "")].length === 1;
  if ((last || lone) && [...text].length > (lone ? 0 : 1)) {
    const known = word.variants.length > 0;
    add(word, await expanded(site, text, known && !lone));
    if (!known) word.how = "prefix";
  }
  if (word.variants.length === 0) {
    add(word, await stems(site, text, 4));
    word.how = "stem";
  }
  if (word.variants.length === 0) word.how = "missing";
  return word;
}

/**
 * Reads a query. @param {Site} site @param {string} query
 * @returns {Promise<{ words: Word[], phrase: Word | null, dropped: string[] }>} `phrase` is the query as one word with a hyphen: `eip 7` may be a number; `dropped` are stop words
 */
export async function resolve(site, query) {
  const nodes = asked(query.slice(0, MOST.letters)).slice(0, MOST.words);
  const cut = (await Promise.all(nodes.map((node) => leaves(site, node)))).flat();
  const texts = [...new Set(cut)].filter(Boolean).slice(0, MOST.words);
  const stop = new Set(site.index.stop.split(" "));
  const asking = texts.filter((text) => !stop.has(text));
  // While the last word is typed, a space after it says that it is whole.
  const open = /[\p{Alphabetic}\p{N}\p{M}]$/u.test(query.normalize("NFKC")) ? cut[cut.length - 1] : null;
  const words = await Promise.all(asking.map((text) => read(site, text, text === open)));
  const joined = cut.length === 2 && /^\d+$/.test(cut[1]) ? cut.join("-") : null;
  const phrase = joined ? await read(site, joined, false) : null;
  return { words, phrase, dropped: texts.filter((text) => stop.has(text)) };
}

/** Words that go on like this one for all but its last letters. @param {Site} site @param {string} word @param {number} rest letters that may be left */
async function begun(site, word, rest) {
  const shard = await shardOf(site, word);
  if (!shard) return [];
  /** @type {(Variant | null)[]} */
  const found = [];
  for (let end = word.length - 1; end >= Math.max(5, word.length - rest) && found.length === 0; end -= 1) {
    const [first, last] = shard.range(word.slice(0, end));
    for (let i = first; i < last && found.length < MOST.candidates; i += 1) {
      // No longer than this word is.
      if (shard.words[i].length > word.length + 2) continue;
      for (const token of shard.tokens(i)) found.push(await variant(site, shard.words[i], token, "spelling", QUALITY.begun));
    }
  }
  return found;
}

/**
 * The tokens that a form which the site doesn't have stands for by its ending: `limit` for `limiting`.
 * @param {Site} site @param {string} word @param {number} least letters of a token; fewer are sure to be there by chance as well
 */
async function stems(site, word, least) {
  /** @type {Set<string>} */
  const tokens = new Set([word]);
  for (const [last, endings] of Object.entries(site.index.endings)) {
    for (const ending of endings.split(" ")) if (word.endsWith(ending)) tokens.add(word.slice(0, word.length - ending.length) + last);
  }
  const long = [...tokens].filter((token) => token.length >= (least > 3 ? Math.max(least, word.length / 2) : least));
  return Promise.all(long.map((token) => variant(site, word, token, "stem", QUALITY.stem)));
}

/** The words that a misspelt one may have meant, the best first. @param {Site} site @param {string} word @param {number} most edits @param {boolean} further */
async function meant({ store, index }, word, most, further) {
  const wanted = keys(word, false).concat(further ? keys(word, true) : []);
  const files = new Set(wanted.flatMap((key) => filesOf(index.spelling, key, MOST.files)));
  const found = likely(near((await Promise.all([...files].map((file) => store.spelling(file)))).flat(), word, most), word);
  found.sort((a, b) => a.edits - b.edits || b.use - a.use || (a.form < b.form ? -1 : 1));
  // Each has its shard: so many are worth loading.
  const shards = new Set();
  return found.slice(0, MOST.candidates).filter(({ form }) => {
    const file = fileOf(index.words, form);
    return shards.has(file) || (shards.size < MOST.meant && shards.add(file));
  });
}

/**
 * Looks further for words that have no match, or none together with the others. Step 0 looks for one edit, then comes what begins alike, and two edits.
 * @param {Site} site @param {Word} word @param {number} step 0 to 2 @returns {Promise<boolean>} whether it found more
 */
export async function correct(site, word, step) {
  const before = word.variants.length;
  const most = Math.min(2, step + 1);
  if (step === 0) add(word, await stems(site, word.word, 3));
  if (/^\p{Alphabetic}+\d*$/u.test(word.word.replace(/\p{M}/gu, "")) && edits([...word.word].length) >= most) {
    const forms = await meant(site, word.word, most, step === 2);
    const variants = forms.map(async ({ form, edits, use }) =>
      Promise.all((await tokensOf(site, form)).map((token) => variant(site, form, token, "spelling", QUALITY.edit[edits] * (0.8 + 0.02 * use)))),
    );
    add(word, (await Promise.all(variants)).flat());
  }
  if (step === 1 && before === 0 && !/\d/.test(word.word)) add(word, await begun(site, word.word, 3));
  if (word.variants.length > before) word.how = "spelling";
  return word.variants.length > before;
}
