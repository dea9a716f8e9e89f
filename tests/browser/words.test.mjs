// Words in the browser: the same as those of the index, by the rules that both follow.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, compare, folded, isDense, placeOf, words } from "../../themes/default/js/search/words.js";

const long = (letter, n) => letter.repeat(n);

/** What is given, and all its words in order. */
const TABLE = [
  ["one sentence", "The queue, stored. (Twice!)", ["the", "queue", "stored", "twice"]],
  ["a compound", "last-call-deadline", ["last-call-deadline", "last", "call", "deadline"]],
  ["camel case", "maxFeePerGas", ["maxfeepergas", "max", "fee", "per", "gas"]],
  ["upper case with connectors", "ENABLE_GFM", ["enable_gfm", "enable", "gfm"]],
  ["both", "max_feePerGas", ["max_feepergas", "max", "feepergas", "fee", "per", "gas"]],
  ["an acronym before a word", "HTTPServer", ["httpserver", "http", "server"]],
  ["a short word between two others", "JSOnDisk", ["jsondisk", "js", "on", "disk"]],
  ["a plural of an acronym", "EIPs", ["eips"]],
  ["a plural of an acronym with digits", "EIPs2", ["eips2"]],
  ["digits at the end stay with the last part", "getURL2", ["geturl2", "get", "url2", "url"]],
  ["digits within", "sha256Sum", ["sha256sum", "sha256", "sha", "256", "sum"]],
  [
    "parts beside digits",
    "MyURL2Parser onERC721Received",
    ["myurl2parser", "my", "url2", "url", "parser", "onerc721received", "on", "erc721", "erc", "721", "received"],
  ],
  ["one letter before a part with digits", "iPhone15Pro", ["iphone15pro", "iphone", "phone15", "phone", "15", "pro"]],
  ["numbers and keys", "0xdeadbeef 0xDeadBeef a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q", ["0xdeadbeef", "0xdeadbeef", "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q"]],
  ["what nobody sees", "do\u00adnau\u200bdampf می\u200cخواهم e\u00ad\u0301", ["donaudampf", "میخواهم", "é"]],
  ["pieces of one letter", "e.g. x-ray i-o", ["e.g", "x-ray", "ray", "i-o"]],
  ["one letter alone", "x 7", ["x", "7"]],
  ["connectors at the ends", "-a_b- .hidden __proto__ constructor", ["a_b", "hidden", "proto", "constructor"]],
  ["two connectors in a row", "foo--bar a..b", ["foo", "bar", "a", "b"]],
  ["numbers", "1.0 0x02 EIP-1559", ["1.0", "1", "0", "0x02", "eip-1559", "eip", "1559"]],
  ["typographic hyphens", "non\u2011breaking\u2010hyphen", ["non-breaking-hyphen", "non", "breaking", "hyphen"]],
  ["endings after an apostrophe", "don't user's we'll I've they\u2019re she'd", ["don", "user", "we", "i", "they", "she"]],
  ["other apostrophes", "l'eau rock'n'roll", ["l", "eau", "rock", "n", "roll"]],
  ["accents, composed and not", "café cafe\u0301 Ünïcode", ["café", "café", "ünïcode"]],
  ["a mark at the beginning", "\u0301abc", ["abc"]],
  ["compatibility forms", "ﬁne Ｆｕｌｌ ①", ["fine", "full", "1"]],
  ["final sigma and dotted i", "ΟΔΟΣ İ", ["οδος", "i̇"]],
  ["Cyrillic, Greek, Arabic", "Привет κόσμε عالم", ["привет", "κόσμε", "عالم"]],
  ["Chinese", "分布式队列", ["分布", "布式", "式队", "队列"]],
  ["one character", "库", ["库"]],
  ["Japanese with Latin", "東京tokyo-駅", ["東京", "tokyo", "駅"]],
  ["Korean", "한국어", ["한국", "국어"]],
  ["halfwidth kana", "ｶﾞｲﾄﾞ", ["ガイ", "イド"]],
  ["Thai, marks with their letters", "ที่นี่", ["ที่นี่"]],
  ["an ideograph beyond 16 bits", "𠮷野家", ["𠮷野", "野家"]],
  ["markup", "<img src=x onerror=alert(1)>", ["img", "src", "x", "onerror", "alert", "1"]],
  ["a mark after a connector", "a-\u0e31b x\u0e31", ["a", "\u0e31", "b", "x\u0e31"]],
  ["nothing", " -_. '’ \u0301 !", []],
  ["80 letters and 81", `${long("a", 80)} ${long("b", 81)}`, [long("a", 80)]],
  ["80 letters beyond 16 bits", long("𝒳", 80).normalize("NFKC"), [long("x", 80)]],
  ["too long as a whole only", `${long("a", 50)}-${long("b", 50)}`, [long("a", 50), long("b", 50)]],
];

for (const [name, text, expected] of TABLE) {
  test(`words: ${name}`, () => assert.deepEqual(words(text), expected));
}

test("a query keeps the parts of a word below it", () => {
  const leaf = (word) => ({ word, parts: [] });
  assert.deepEqual(asked("max_feePerGas 7"), [
    { word: "max_feepergas", parts: [leaf("max"), { word: "feepergas", parts: [leaf("fee"), leaf("per"), leaf("gas")] }] },
    leaf("7"),
  ]);
});

test("accents are taken off, and letters that are none spelt out", () => {
  assert.deepEqual(["café", "straße", "ærø", "łódź", "ırmak", "plain"].map(folded), ["cafe", "strasse", "aero", "lodz", "irmak", "plain"]);
  const others = { ἄνθρωπός: "ανθρωπος", ещё: "еще", كِتَابٌ: "كتاب", שָׁלוֹם: "שלום", हिन्दी: "हिंदी", सम्बन्ध: "संबंध" };
  assert.deepEqual(Object.keys(others).map(folded), Object.values(others));
  for (const word of ["дом", "мой", "їжа", "हिंदी", "जन्म", "ที่นี่", "が", "한국", "كتاب"]) assert.equal(folded(word), word);
});

test("words are in the order of code points", () => {
  const list = ["", "a", "aa", "b", "é", "\ud7ff", "\ue000", "\uffdc", "𠮷", "\u{3FFFF}"];
  assert.deepEqual([...list].reverse().sort(compare), list);
  assert.deepEqual(
    ["", "a", "ab", "ü", "\uffff", "𠮷x"].map((word) => placeOf(list, word)),
    [0, 1, 2, 4, 7, 8],
  );
  assert.equal(placeOf(["b"], "a"), -1);
});

test("knows scripts without spaces", () => {
  assert.deepEqual(["库", "한국", "ที", "word", "слово"].map(isDense), [true, true, true, false, false]);
});

test("no text takes long", () => {
  for (const piece of ["a", "A", "a-", "aA", "a1", "\u2180", "字", "\u0301", "'s", "a.", "𝒳", "ก็"]) {
    const count = 100_000;
    assert.ok(words(piece.repeat(count)).length <= 2 * count);
    words(`${piece.repeat(count)}a1a`);
  }
});
