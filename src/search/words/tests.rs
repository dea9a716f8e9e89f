//! The rules by example, and as properties.

use proptest::prelude::*;

use super::*;
use crate::search::tests::pages::text;

fn of(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    words(text, |word| all.push(word.to_owned()));
    all
}

fn by_chunks(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for chunk in Chunks::new(text) {
        words_of_chunk(chunk, |word| all.push(word.to_owned()));
    }
    all
}

#[test]
fn words_are_given_by_the_rules() {
    for (text, expected) in [
        ("Hello, World! 42", "hello world 42"),
        ("-a- _b_ .c. 'd'", "a b c d"),
        ("a--b c-.d", "a b c d"),
        // Segments at apostrophes; common endings are dropped, also with capitals.
        ("it's We’LL rock'n'roll O'Brien", "it we rock n roll o brien"),
        ("s't", "s"),
        // The whole segment, then its pieces but for single ASCII letters.
        ("last-call-deadline", "last-call-deadline last call deadline"),
        ("ENABLE_GFM x-ray é-a", "enable_gfm enable gfm x-ray ray é-a é"),
        ("v1.2.3", "v1.2.3 v1 2 3"),
        ("e.g.", "e.g"),
        ("non\u{2010}breaking hy\u{2011}phen", "non-breaking non breaking hy-phen hy phen"),
        // Parts by case.
        ("maxFeePerGas", "maxfeepergas max fee per gas"),
        ("HTTPServer EIPs IDs aB", "httpserver http server eips ids ab"),
        ("JSOnDisk", "jsondisk js on disk"),
        ("EIPs2 getURLs Utf8 0xDeadBeef", "eips2 geturls get urls utf8 0xdeadbeef"),
        // Digits end a part, which is then given without them as well.
        ("sha256Sum getURL2", "sha256sum sha256 sha 256 sum geturl2 get url2 url"),
        (
            "MyURL2Parser iPhone15Pro",
            "myurl2parser my url2 url parser iphone15pro iphone phone15 phone 15 pro",
        ),
        ("onERC721Received", "onerc721received on erc721 erc 721 received"),
        ("a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q", "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q"),
        // What nobody sees is in no word.
        ("do\u{ad}nau\u{200b}dampf می\u{200c}خواهم e\u{ad}\u{301}", "donaudampf میخواهم é"),
        ("useMemo3-xAxis", "usememo3-xaxis usememo3 use memo3 memo xaxis axis"),
        ("ÉtéÀÖßa", "étéàößa été à ößa"),
        // Scripts without spaces: pairs; one alone; others beside them.
        ("中文字 中", "中文 文字 中"),
        ("EIP中文-foo中", "eip 中文 foo 中"),
        ("中-文", "中 文"),
        ("かﾞ가각", "が가 가각"),
        ("ที่นี่", "ที่นี่"),
        // Marks stay on what they mark, and begin nothing.
        ("e\u{301}a \u{301}b", "éa b"),
        ("q\u{303}x", "q\u{303}x"),
        ("\u{e31}a\u{e31}", "a\u{e31}"),
        // Compatibility forms are what they mean.
        ("ﬁn Ⅷ １２ Ａ．Ｂ ½", "fin viii 12 a.b 1 2"),
        ("İ ΟΔΟΣ STRASSE", "i\u{307} οδος strasse"),
    ] {
        assert_eq!(of(text).join(" "), expected, "{text}");
        assert_eq!(by_chunks(text).join(" "), expected, "{text}, by chunks");
    }
}

#[test]
fn chunks_are_the_same_wherever_a_text_is_looked_at() {
    let text = "snake_case.x- it's  b--c _d é-a.b naïve’s, x.é \u{301}. e.";
    let expected: Vec<&str> = Chunks::new(text).collect();
    assert_eq!(expected, ["snake_case.x", "it's", "b", "c", "d", "é-a.b", "naïve’s", "x.é", "\u{301}.", "e"]);
    let long = "x".repeat(150);
    for before in 0..140 {
        let spaced = format!("{}{text} {}é {}", " ".repeat(before), &long[..before], &long[before..]);
        let mut chunks = expected.clone();
        let (mixed, end) = (format!("{}é", &long[..before]), &long[before..]);
        chunks.extend([mixed.as_str(), end]);
        assert_eq!(Chunks::new(&spaced).collect::<Vec<_>>(), chunks, "after {before}");
    }
}

#[test]
fn words_of_eighty_characters_are_the_longest() {
    for letter in ["x", "é", "\u{10428}"] {
        assert_eq!(of(&letter.repeat(80)).len(), 1);
        assert_eq!(of(&letter.repeat(81)).len(), 0);
    }
    assert_eq!(of(&format!("{}-short", "x".repeat(80))), [&"x".repeat(80), "short"]);
    assert_eq!(of(&"İ".repeat(41)), [""; 0], "counted in lower case");
}

#[test]
fn numbers_are_left_whole() {
    let mut all = Vec::new();
    numbers(" 1559  EIP-1559 ０７\n", |form| all.push(form.to_owned()));
    assert_eq!(all, ["1559", "eip-1559", "07"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn chunks_give_the_words_of_the_whole(text in text()) {
        prop_assert_eq!(of(&text), by_chunks(&text));
    }

    #[test]
    fn words_are_short_and_in_lower_case(text in text()) {
        for word in of(&text) {
            prop_assert!(!word.is_empty() && word.chars().count() <= MAX_WORD);
            prop_assert_eq!(&word.to_lowercase(), &word);
        }
    }
}
