//! Words made into tokens: the stop words and the stemmer that elasticlunr-rs has for a language.

use std::cell::RefCell;

use elasticlunr::Pipeline;
use elasticlunr::lang;
use elasticlunr::pipeline::PipelineFn;
use unicode_normalization::UnicodeNormalization;

use super::words::is_accent;
use crate::document::markdown::guard;

/// What a word is to the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It stands for this token, often itself.
    Token(String),
    /// It is a stop word of the language.
    Stop,
    /// The stemmer leaves nothing of it.
    Nothing,
}

/// What `word`, in lower case, is to the index in the language of `tag`.
pub fn meaning(tag: &str, word: &str) -> Meaning {
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(of, _)| of != tag) {
            *last = Some((tag.to_owned(), Language::new(tag)));
        }
        last.as_ref().map_or(Meaning::Nothing, |(_, language)| language.meaning(word))
    })
}

thread_local! {
    /// The language that was asked for last, with its tag: the crate's steps can't be given to another thread, and
    /// take a while to make.
    static LAST: RefCell<Option<(String, Language)>> = const { RefCell::new(None) };
}

/// The steps of one language.
struct Language {
    stop: Vec<Box<dyn PipelineFn>>,
    stem: Vec<Box<dyn PipelineFn>>,
}

impl Language {
    /// The language of a tag such as `en` or `pt-BR`; one that the crate doesn't have changes and drops nothing.
    fn new(tag: &str) -> Self {
        let steps = steps(tag);
        let (stop, stem) = steps.into_iter().partition(|step| step.name().starts_with("stopWordFilter"));
        Self { stop, stem }
    }

    fn meaning(&self, word: &str) -> Meaning {
        let mut stemmed = word.to_owned();
        for step in &self.stop {
            let Some(same) = step.filter(stemmed) else { return Meaning::Stop };
            stemmed = same;
        }
        for step in &self.stem {
            let Some(next) = apply(step.as_ref(), stemmed) else { return Meaning::Nothing };
            stemmed = next;
        }
        Meaning::Token(stemmed)
    }
}

/// The crate's pipeline for the language of `tag` without its trimmer, which would cut what our words have right:
/// it takes `café` for `caf`.
pub fn steps(tag: &str) -> Vec<Box<dyn PipelineFn>> {
    let language = code(tag).and_then(|code| lang::from_code(&code));
    let mut steps = language.map_or_else(Vec::new, |language| language.make_pipeline().queue);
    steps.retain(|step| !step.name().starts_with("trimmer"));
    if code(tag).as_deref() == Some("ar") {
        steps.insert(0, Box::new(Article));
    }
    steps
}

/// As [`steps`], for the crate's own index.
pub fn pipeline(tag: &str) -> Pipeline {
    let guarded = |step| Box::new(Guarded(step)) as Box<dyn PipelineFn>;
    Pipeline { queue: steps(tag).into_iter().map(guarded).collect() }
}

/// The language's name in English if the crate has it, else its tag.
pub fn name(tag: &str) -> String {
    code(tag)
        .and_then(|code| lang::from_code(&code))
        .map_or_else(|| tag.to_owned(), |language| language.name())
}

/// The crate's name for a language: the first part of the tag, with Dutch under a name of its own. It segments
/// Chinese, Japanese and Korean with dictionaries of many megabytes; those are left out of our build.
pub fn code(tag: &str) -> Option<String> {
    let first = tag.split('-').next()?.to_ascii_lowercase();
    Some(match first.as_str() {
        "nl" => "du".to_owned(),
        "nb" => "no".to_owned(),
        "du" => return None,
        _ => first,
    })
}

/// Takes the Arabic article off, where three letters or more stay: the crate's stemmer leaves it on.
struct Article;

impl PipelineFn for Article {
    fn name(&self) -> String {
        "article-ar".into()
    }

    fn filter(&self, word: String) -> Option<String> {
        let rest = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2);
        Some(rest.map_or(word.clone(), str::to_owned))
    }
}

/// A step whose panic is the same as the step left out.
struct Guarded(Box<dyn PipelineFn>);

impl PipelineFn for Guarded {
    fn name(&self) -> String {
        self.0.name()
    }

    fn filter(&self, word: String) -> Option<String> {
        apply(self.0.as_ref(), word)
    }
}

/// One step. The stemmers cut strings at counted bytes, and words come from anybody: a panic, although none is known,
/// would end the build.
fn apply(step: &dyn PipelineFn, word: String) -> Option<String> {
    let kept = word.clone();
    guard::quietly(|| step.filter(word)).unwrap_or(Some(kept))
}

/// A spelling of `word` that differs, if there is one: without accents, with the usual letters for those that have no
/// parts, and with an anusvara for the Devanagari letters that it stands for.
pub fn folded(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let mut folded = String::with_capacity(word.len());
    let mut letters = word.nfd().peekable();
    while let Some(c) = letters.next() {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            // Letters of their own: й, ў and ї.
            '\u{306}' if folded.ends_with(['и', 'у']) => folded.push(c),
            '\u{308}' if folded.ends_with('і') => folded.push(c),
            '\u{94d}' if letters.peek().is_some_and(|next| takes_nasal(&folded, *next)) => {
                folded.pop();
                folded.push('\u{902}');
            }
            _ if is_accent(c) => {}
            _ => folded.push(c),
        }
    }
    let folded: String = folded.nfc().collect();
    (!folded.is_empty() && folded != word).then_some(folded)
}

/// Whether what was written ends in the nasal of the row that the Devanagari letter `next` is of.
fn takes_nasal(written: &str, next: char) -> bool {
    match next {
        '\u{915}'..='\u{918}' => written.ends_with('\u{919}'),
        '\u{91a}'..='\u{91d}' => written.ends_with('\u{91e}'),
        '\u{91f}'..='\u{922}' => written.ends_with('\u{923}'),
        '\u{924}'..='\u{927}' => written.ends_with('\u{928}'),
        '\u{92a}'..='\u{92d}' => written.ends_with('\u{92e}'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that are offered, and what the crate calls their steps.
    const OFFERED: [(&str, &str); 16] = [
        ("en", "stopWordFilter stemmer"),
        ("ar", "article-ar stemmer-ar"),
        ("da", "stopWordFilter-da stemmer-da"),
        ("de", "stopWordFilter-de stemmer-de"),
        ("nl", "stopWordFilter-du stemmer-du"),
        ("es", "stopWordFilter-es stemmer-es"),
        ("fi", "stopWordFilter-fi stemmer-fi"),
        ("fr", "stopWordFilter-fr stemmer-fr"),
        ("hu", "stopWordFilter-hu stemmer-hu"),
        ("it", "stopWordFilter-it stemmer-it"),
        ("no", "stopWordFilter-no stemmer-no"),
        ("pt-BR", "stopWordFilter-pt stemmer-pt"),
        ("ro", "stopWordFilter-ro stemmer-ro"),
        ("ru", "stopWordFilter-ru stemmer-ru"),
        ("sv", "stopWordFilter-sv stemmer-sv"),
        ("tr", "stopWordFilter-tr stemmer-tr"),
    ];

    #[test]
    fn each_language_has_its_steps_but_no_trimmer() {
        for (tag, expected) in OFFERED {
            let names: Vec<String> = steps(tag).iter().map(|step| step.name()).collect();
            assert_eq!(names.join(" "), expected, "{tag}");
        }
        for tag in ["zh", "ja", "ko", "du", "x-y", "", "eo"] {
            assert!(steps(tag).is_empty(), "{tag}");
        }
    }

    #[test]
    fn words_have_meanings() {
        let token = |token: &str| Meaning::Token(token.into());
        assert_eq!(meaning("en-GB", "withdrawals"), token("withdraw"));
        assert_eq!(meaning("en-GB", "the"), Meaning::Stop);
        assert_eq!(meaning("en-GB", "café"), token("café"));
        assert_eq!(meaning("ar", "\u{640}"), Meaning::Nothing);
        assert_eq!(meaning("ar", "الكتاب"), meaning("ar", "كتاب"));
        assert_eq!(meaning("ar", "الم"), token("الم"));
        assert_eq!(meaning("de", "häuser"), token("haus"));
        assert_eq!(meaning("zh", "the"), token("the"));
    }

    #[test]
    fn a_step_that_panics_is_left_out() {
        struct Panics;
        impl PipelineFn for Panics {
            fn name(&self) -> String {
                "stemmer".into()
            }
            fn filter(&self, _: String) -> Option<String> {
                panic!("cut inside of a letter")
            }
        }
        let language = Language { stop: Vec::new(), stem: vec![Box::new(Panics)] };
        assert_eq!(language.meaning("word"), Meaning::Token("word".into()));
        assert_eq!(Guarded(Box::new(Panics)).filter("word".into()), Some("word".into()));
    }

    /// Endings, letters of all scripts, digits and joints in any order, up to the length of the longest word.
    #[test]
    fn no_word_makes_a_stemmer_panic() {
        let languages: Vec<_> = OFFERED.iter().map(|(tag, _)| (tag, steps(tag))).collect();
        let pieces: Vec<&str> = PIECES.split(' ').collect();
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % below
        };
        for _ in 0..4_000 {
            let most = [80, 8, 8, 8][random(4)];
            let count = 1 + random(most);
            let word: String = (0..count).map(|_| pieces[random(pieces.len())]).collect();
            let word: String = word.to_lowercase().chars().take(80).collect();
            for (tag, steps) in &languages {
                let run = || steps.iter().try_fold(word.clone(), |word, step| step.filter(word));
                assert!(guard::quietly(run).is_ok(), "{tag}: {word}");
            }
        }
    }

    const PIECES: &str = "a e i o u y s t n r l d g m b k f p v w z c h qu ch sh ß æ ø å ä ö ü é è ê à ç ñ ő ű ı ğ ş ă â î ț \
        ed ing ies sses eed ational ization fulness ement ion ly ung heit isch lich keit amente logía ción ándose iría \
        eaux issement euse ité ització zione abile heid elijk ene erne ssa llä ksi mme nsä ban nek ája ességet lar lik \
        daki mış ının ами ого ние ость ешь вшись \u{441} \u{44f} ё ال ون ات \u{640} \u{64b} \u{649} 1 22 ٣ - . _ \
        \u{301} \u{308} \u{924} \u{e01} 中 あ 가 \u{10428} \u{1e9e} \u{345} i\u{307}";

    #[test]
    fn marks_are_folded_away_where_they_make_no_other_word() {
        for (word, plain) in [
            ("café", "cafe"),
            ("straße", "strasse"),
            ("łódź-ı", "lodz-i"),
            ("œæøđðþ", "oeaeoddth"),
            ("ἄνθρωπός", "ανθρωπος"),
            ("ещё", "еще"),
            ("كِتَابٌ", "كتاب"),
            ("שָׁלוֹם", "שלום"),
            ("हिन्दी", "हिंदी"),
            ("सम्बन्ध", "संबंध"),
            ("फ़ारसी", "फारसी"),
        ] {
            assert_eq!(folded(word).as_deref(), Some(plain), "{word}");
        }
        for word in ["cafe", "дом", "мой", "їжа", "\u{301}", "हिंदी", "जन्म", "ที่นี่", "が", "한국", "كتاب"]
        {
            assert_eq!(folded(word), None, "{word}");
        }
    }
}
