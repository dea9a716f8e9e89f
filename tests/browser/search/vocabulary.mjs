// Words of a language by the thousand, drawn with a seed: not those of a dictionary, but letters, endings and joints as
// that language has them, and all that words of any language meet in documents.

/** Letters to draw from, endings, and little words. Where there are no endings, words are runs of these letters. */
const LANGUAGES = {
  en: ["aeiou bcdfghjklmnprstvwyz", "s ed ing er ers ly ness ational ization ies y ment ful able", "the and of with is"],
  de: ["aeiouäöü bcdfghklmnprstßwz", "e en er es ung ungen heit keit lich isch te test igkeit", "der die und mit ist für über"],
  fr: ["aeiouéèêàçâîôû bcdfghlmnprstv", "e es ement ements eaux euse er ait erions ité ation issement", "le les et des avec été"],
  es: ["aeiouáéíóúñ bcdfglmnprstv", "o as ar ando iendo aríamos ción ciones mente logía ándose", "el los y que con también"],
  it: ["aeiouàèéìòù bcdfglmnprstvz", "o a i e are ando zione zioni mente abile ivamente erebbe", "il lo e che con perché"],
  pt: ["aeiouáâãàçéêíóôõú bcdfglmnprstv", "o a os ar ando ção ções mente idade ivamente íamos", "o os e que com não"],
  nl: ["aeiouëïé bdfghjklmnprstvwz", "en e heid heden elijk ing ingen tje st de ten", "de het een van met"],
  da: ["aeiouyæøå bdfghjklmnprstv", "en et er erne ene ede hed heder lig løst ende", "og i at det på"],
  sv: ["aeiouyåäö bdfghjklmnprstv", "en et ar arna or orna ade het heter lig fullt", "och det att som på"],
  no: ["aeiouyæøå bdfghjklmnprstv", "en et er ene ede het heten lig løs ende", "og det at som på"],
  fi: ["aeiouyäö hjklmnprstv", "n ssa ssä lla llä sta stä ksi mme nsä isesti minen tta", "ja on ei se että"],
  hu: ["aeiouáéíóöőúüű bcdfghjklmnprstvz", "k ban ben nak nek ája ékkel ságot ességet ok kal jaim", "a az és nem hogy"],
  ro: ["aeiouăâî bcdfghlmnprsștțvz", "ul ului ele ilor ție ții are ează ește abilă", "de la este în"],
  ru: ["аеиоуыэюяё бвгджзклмнпрстфхцчшщ", "а ы ами ого ому ние ния ость ости ешь ивший вшись ейший", "и в не на что"],
  tr: ["aeıioöuü bcçdfgğhjklmnprsştvyz", "lar ler da de dan nın ların mış ımız daki lık siniz", "ve bir bu için de"],
  ar: ["اويى بتثجحخدذرزسشصضطظعغفقكلمنهءآأإؤئة", "ون ات ان ة ه ها ية وا تم نا", ""],
  zh: [
    "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从",
    "",
    "",
  ],
  ja: [
    "あいうえおかがきぎくぐけげこさしすせそただちつてでとどなにのはばぱひふほまみむもやゆよらりるれろわをんアイウエオカガキクケコサシスタチツテトナニノハヒフヘホマミムメモヤユヨラリルレロワンー日本語東京駅検索書類決定会議々〆",
    "",
    "",
  ],
  ko: ["가각간갈감갑값강개객거건검게격견결경계고곡곤공과관광교구국군권귀규그극근글금급기길나난날남내너네노논농누능다단달담당대도독동두", "", ""],
  pl: ["aeiouąęóy bcćdfghjklłmnńprsśtwzżź", "a y ami ego emu anie ania ość ości ował owałby", ""],
};

export const TAGS = Object.keys(LANGUAGES);

/** Pieces that turn up in the documents of every language. */
const FOREIGN = (
  "ΟΔΟΣ ΣΑΣ.ΣΑ Σίσυφος ὈΔΥΣΣΕΎΣ Ελλάς İstanbul IĞDIR ıŞIK İİİ ǅungla Straẞe GROẞ ŉa ﬁne ﬂowﬃ Ｆｕｌｌ＿Ｗｉｄｔｈ ①② x² ㎏ ™ ℌilbert Ⅷ ½ " +
  "עברית שָׁלוֹם हिन्दी क्षेत्र தமிழ் ภาษาไทย ที่นี่ ລາວ မြန်မာ ខ្មែរ 分布式队列 東京tokyo-駅 データベース ｶﾞｲﾄﾞ 한국어 𠮷野家 𝒳𝒴𝓏 𐐔𐐇𐐝 𐐔𐐯𐑅 𝟘𝟙 🙂x٣٤ ۱۲۳ १२ ٣-٤ " +
  "e\u0301a\u0323\u0307 a\u0307\u0323 \u0301abc x\u0e31 a-\u0e31b o\u0338 ǰ ΐ ff\u200dx so\u00adft نص\u0640نص \u0640 عَرَبِي HTTPServer EIPs2 getURL2 sha256Sum " +
  "x-ray e.g i-o _lead -dash v1.2.3 0x1F EIP-1559 don't users' rock'n'roll we’ll l’été O’Neill d'Ivoire toString constructor hasOwnProperty __proto__"
).split(" ");

/** Numbers from 0 to `below`, the same for the same seed. */
function numbers(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

/** `count` words of `tag` as they may stand in a document; none has white space in it. */
export function vocabulary(tag, count) {
  const [letters, endings, little] = LANGUAGES[tag];
  const random = numbers([...tag].reduce((seed, c) => seed * 31 + c.charCodeAt(0), 7));
  const of = (list) => list[random(list.length)];
  const [vowels, consonants] = letters.includes(" ") ? letters.split(" ").map((half) => [...half]) : [[...letters], [...letters]];
  const ends = endings.split(" ");
  const dense = endings === "";
  const root = () => Array.from({ length: (dense ? 1 : 2) + random(5) }, (_, i) => of((i & 1) === 0 ? consonants : vowels)).join("");
  const known = Array.from({ length: count / 6 }, root);
  const word = () => of(known) + (dense ? "" : of(ends));
  const capital = (text) => text.replace(/^./u, (c) => (tag === "tr" && random(2) ? c.toLocaleUpperCase("tr") : c.toUpperCase()));
  const shapes = [
    () => capital(word()),
    () => (tag === "tr" ? word().toLocaleUpperCase("tr") : word().toUpperCase()),
    () => word().normalize("NFD"),
    () => Array.from({ length: 2 + random(3) }, word).join(of(["-", "_", ".", "\u2010"])),
    () => `${word()}${of(["-", "_", ".", "--", "\u2010", "'"])}${capital(word())}${of(["-", "_", "."])}${of(["x", "7", word()])}`,
    () => word() + Array.from({ length: 1 + random(3) }, () => capital(word())).join(""),
    () =>
      of([`${word()}${random(500)}`, `${random(90)}${word()}`, `${word()}${random(9)}${word()}`, String(random(5000)), `${random(9)}.${random(99)}`]),
    () => word() + of(["'", "\u2019"]) + of(["s", "t", "d", "m", "ll", "re", "ve", "S", "LL", word()]),
    () => of(["l", "d", "qu", word()]) + of(["'", "\u2019"]) + word(),
    () => word() + of(["\u0301", "\u0323\u0307", "\u0307\u0323", "\u0e31", "\u093f", "\u20dd"]) + of(["", word()]),
    () => of(["ﬁ", "Ｗ", "²", "①", "ǆ", "ŉ", "İ", "ẞ", "𝒳"]) + word() + of(["", "ﬂ", "ª", "İ", "Σ"]),
    () => `${word()}${of(["-", "", "."])}${of(FOREIGN)}`,
    () => of(FOREIGN) + capital(word()),
    () => [...Array.from({ length: 90 }, word).join(of(["", "", "-"]))].slice(0, 77 + random(7)).join(""),
    () => [...("İ".repeat(random(4)) + Array.from({ length: 90 }, root).join(""))].slice(0, 76 + random(7)).join(""),
  ];
  const drawn = Array.from({ length: count - FOREIGN.length }, () => (random(5) < 3 ? word() : of(shapes)()));
  return [...little.split(" ").filter(Boolean), ...FOREIGN, ...drawn];
}

export const littleWords = (tag) => LANGUAGES[tag][2].split(" ").filter(Boolean);
