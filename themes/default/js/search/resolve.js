// From the words that were typed to the tokens of the index: as they are, without accents, begun, or misspelt.

import { edits, keys, likely, near } from "./spelling.js";
import { LoadError, fileOf, filesOf } from "./store.js";
import { asked, folded, isDense, titleOf } from "./words.js";

/**
 * @typedef {"exact" | "folded" | "stem" | "prefix" | "more" | "spelling"} How
 * One way to read a word. Those of "more" (other words that begin like a word of the site) don't make a page one that has the word.
 * @typedef {{ form: string, token: string, how: How, quality: number, shard: import("./shard.js").Shard, file: string }} Variant
 * @typedef {{ word: string, how: How | "missing", variants: Variant[], stop?: boolean }} Word `stop`: a stop word that may go on
 * @typedef {{ store: import("./store.js").Store, index: import("./store.js").Index }} Site
 */

/** What a match is worth that isn't the word itself. */
const QUALITY = { folded: 0.95, cut: 0.95, prefix: 0.8, more: 0.25, stem: 0.9, begun: 0.6, edit: [1, 0.75, 0.45] };
/** Bounds of what one query looks at. */
const MOST = { words: 16, nodes: 64, runs: 20, letters: 400, expansions: 60, candidates: 12, shards: 4, meant: 3, files: 4, lists: 60_000 };

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

/** `eip1559` between letters and digits, where its parts may stand alone. @param {string} word */
function borders(word) {
  const parts = word.match(/\p{N}+|[\p{Alphabetic}\p{M}]+/gu) ?? [];
  if (/^0?x[\da-f]+$/.test(word)) return []; // Hexadecimal.
  const plain = parts.length > 1 && parts.length < 4 && parts.join("") === word;
  return plain && parts.every((part) => /^\p{N}/u.test(part) || [...part].length > 1) ? parts : [];
}

/** Forms with hyphens that `eip1559` or `dryrun` may stand for. @param {Site} site @param {string} word */
async function hyphenated(site, word) {
  const parts = borders(word);
  if (parts.length > 0) return [parts.join("-")];
  const shard = await shardOf(site, word);
  if (!shard || isDense(word) || !/^\p{Alphabetic}{5,}$/u.test(word) || shard.places.has(word)) return [];
  // Only where nothing more is to be loaded: they mostly lie beside the word.
  return Array.from({ length: word.length - 3 }, (_, at) => `${word.slice(0, at + 2)}-${word.slice(at + 2)}`).filter((form) =>
    shard.places.has(form),
  );
}

/** Whether the site has a word, or one that begins with it. @param {Site} site @param {string} word @param {boolean} open */
async function known(site, word, open) {
  if ((await tokensOf(site, word)).length > 0) return true;
  const [from, to] = (open && (await shardOf(site, word))?.range(word)) || [0, 0];
  return from < to;
}

/**
 * The words to look for: a compound as a whole where the site has it, else its parts; `eip1559` likewise.
 * @param {Site} site @param {import("./words.js").Asked} node @param {boolean} open @returns {Promise<string[]>}
 */
async function leaves(site, { word, parts }, open) {
  const cuts = parts.length > 0 ? parts : borders(word).map((part) => ({ word: part, parts: [] }));
  if (cuts.length === 0 || (word && (await known(site, word, open && parts.length === 0)))) return [word];
  for (const form of await hyphenated(site, word)) if (await known(site, form, open)) return [word];
  // What has a part that nobody wrote is rather misspelt as a whole: `kecak256`.
  const whole = parts.length === 0 && (await Promise.all(cuts.map((part) => known(site, part.word, false)))).includes(false);
  if (whole) return [word];
  const cut = (await Promise.all(cuts.map((part) => leaves(site, part, false)))).flat().filter(Boolean);
  return cut.length > 0 ? cut : [word];
}

/** Longer compounds that begin with one that the site doesn't have: `last-call-deadline` for `last-call`. @param {Site} site @param {string} word */
async function longer(site, word) {
  const shard = await shardOf(site, word);
  if (!shard) return [];
  const [from, to] = shard.range(word);
  const forms = shard.words.slice(from, Math.min(to, from + MOST.runs));
  const found = forms.flatMap((form, i) => shard.tokens(from + i).map((token) => variant(site, form, token, "more", 1)));
  return (await Promise.all(found)).flatMap((one) => one ?? []);
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
    affordable.map(({ form, token }) =>
      variant(site, form, token, soft ? "more" : "prefix", (soft ? QUALITY.more : QUALITY.prefix) * (0.5 + (0.5 * letters) / [...form].length)),
    ),
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
  const cut = await hyphenated(site, text);
  const whole = word.variants.length > 0;
  for (const form of cut) await take(form, "exact", QUALITY.cut);
  if (word.variants.length === 0 && folded(text) !== text) await take(folded(text), "folded", QUALITY.folded);
  // A single character of Chinese stands for all words that begin with it.
  const lone = isDense(text) && [...text.replace(/\p{M}/gu, "")].length === 1;
  if ((last || lone) && [...text].length > (lone ? 0 : 1)) {
    const known = word.variants.length > 0;
    for (const form of [text, ...cut]) add(word, await expanded(site, form, known && !lone));
    if (!known) word.how = "prefix";
  }
  if (word.variants.length === 0) {
    add(word, await stems(site, text, 4));
    word.how = "stem";
  }
  // Where no border tells that these letters are two words, they may also be misspelt.
  if (!whole && cut.length > 0 && borders(text).length === 0) word.how = "prefix";
  if (word.variants.length === 0) word.how = "missing";
  return word;
}

/**
 * Reads a query. `phrase` is it as one word with a hyphen: `eip 7` may be a number; `dropped` are stop words; `left` is the first word beyond the
 * limit; `bound` are words that stand side by side in a compound, `runs` what it may be the beginning of; `titles` are pages called
 * like that in stop words alone, by id; `tokens` are how many a title has that is the query.
 * @typedef {{ words: Word[], phrase: Word | null, dropped: string[], left: string | null, bound: [string, string][], runs: Variant[], titles: number[], tokens: number }} Query
 * @param {Site} site @param {string} query @returns {Promise<Query>}
 */
export async function resolve(site, query) {
  const all = asked(query.slice(0, MOST.letters));
  // The last word is cut where the letters end.
  const nodes = all.slice(0, query.length > MOST.letters ? Math.max(1, all.length - 1) : MOST.nodes).slice(0, MOST.nodes);
  // While the last word is typed, a space after it says that it is whole.
  const open = query.length <= MOST.letters && /[\p{Alphabetic}\p{N}\p{M}]$/u.test(query.normalize("NFKC"));
  const cuts = await Promise.all(nodes.map((node, i) => leaves(site, node, open && i === nodes.length - 1)));
  const cut = cuts.flat();
  const last = open ? cut[cut.length - 1] : null;
  const texts = [...new Set(cut)].filter(Boolean);
  const stop = new Set(site.index.stop.split(" "));
  const asking = texts.filter((text) => !stop.has(text) || text === last);
  const read_ = asking.slice(0, MOST.words).map((text) => read(site, text, text === last));
  const words = (await Promise.all(read_)).map((word) => (stop.has(word.word) ? { ...word, stop: true } : word));
  const joined = cut.length === 2 && /^\d+$/.test(cut[1]) ? cut.join("-") : null;
  const phrase = joined ? await read(site, joined, false) : null;
  const beyond = asked(query.slice(0, 2 * MOST.letters)).slice(nodes.length);
  const compounds = nodes.filter(({ word }, i) => word && cuts[i].length > 1);
  return {
    words: words.filter(({ stop, how }) => !stop || how !== "missing"),
    phrase,
    dropped: texts.filter((text) => stop.has(text) && !words.some(({ word, how }) => word === text && how !== "missing")),
    left: asking[MOST.words] ?? beyond.find(({ word }) => word && !stop.has(word) && !texts.includes(word))?.word ?? null,
    bound: cuts.flatMap((parts) => parts.slice(1).map((part, i) => /** @type {[string, string]} */ ([parts[i], part]))),
    runs: (await Promise.all(compounds.map(({ word }) => longer(site, word)))).flat(),
    tokens: nodes.reduce((sum, node, i) => sum + (cuts[i].length > 1 ? cuts[i].length : counted(node, stop)), 0),
    titles: titled(site.index, texts.every((text) => stop.has(text)) ? titleOf(query) : "", open),
  };
}

/** How many tokens a compound has as a whole and by parts. @param {import("./words.js").Asked} node @param {Set<string>} stop @returns {number} */
const counted = ({ word, parts }, stop) => parts.reduce((sum, part) => sum + counted(part, stop), word && !stop.has(word) ? 1 : 0);

/** Pages whose title is stop words and nothing else, or begins so. @param {import("./store.js").Index} index @param {string} wanted @param {boolean} open */
function titled({ titles = [] }, wanted, open) {
  return titles.flatMap(([title, id]) => (wanted !== "" && (title === wanted || (open && title.startsWith(wanted))) ? [id] : []));
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
