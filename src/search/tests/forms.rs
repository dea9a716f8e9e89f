//! Each form leads to the token that the crate's own steps make of it.

use std::collections::{BTreeMap, BTreeSet};

use super::decode;
use super::pages::{Page, example, index};
use crate::search::language::{folded, steps};
use crate::search::words::words;

/// Beginnings and endings of words, and letters for what stands between them, of each language that is offered.
const LANGUAGES: [(&str, &str, &str, &str); 20] = [
    ("en", "re un with deter in", "ing ed s es ational ness ly ment ies y er", "aeioubcdlmnrstpvwy"),
    ("ar", "ال و ب", "ون ات ها ين ة ً ى", "ابتثجحخدذرزسشصضطظعغفقكلمنهويآأإ\u{640}\u{64e}"),
    ("da", "be for und", "erne ende else hed lig øst et s", "aeiouyæøåbdfgklmnprstv"),
    ("de", "ge ver be auf", "ung heit keit isch lich en er est st ig", "aeiouäöüßbdfgklmnrstuwz"),
    ("nl", "ge ver be", "heid heden en ing lijk baar e s", "aeiouëïbdfgklmnrstvwz"),
    ("es", "des re", "ción ando iendo amente mente ar er ir aron é ó", "aeiouáéíóúñbcdlmnprst"),
    ("fi", "", "ssa ssä lla llä sta ista mme nsä kaan ksi en", "aeiouyäöhjklmnprstv"),
    ("fr", "re dé", "ement issement ité ation euse aux er ez é ées", "aeiouéèêàçbcdlmnprst"),
    ("hu", "meg el", "nak nek ban ben ság ség ok ek ja im", "aeiouáéíóöőúüűbdgklmnrstvz"),
    ("it", "ri dis", "zione mente are ere ire ando ità azioni", "aeiouàèéìòùbcdlmnprst"),
    ("no", "be for", "ene ende else het lig leg et s", "aeiouyæøåbdfgklmnprstv"),
    ("pt-BR", "des re", "ção mente ar er ir ando idade ões", "aeiouáâãçéêíóôõúbcdlmnprst"),
    ("ro", "ne re", "ului elor are ere ire are ește iune", "aeiouăâîșțbcdlmnprst"),
    ("ru", "по при не", "ость ами ешь ывать ого ние ся ее", "аеёиоуыэюябвгдклмнпрст"),
    ("sv", "be för", "arna erna ande heten lig löst ade s", "aeiouåäöbdfgklmnprstv"),
    ("tr", "", "lar ler da de nın dır miş mak casına", "aeıioöuübcçdgğklmnrsştyz"),
    ("zh", "", "s", "中文字符的了是在有一个人abc"),
    ("ja", "", "s", "日本語のかなカナを学ぶー々abc"),
    ("ko", "", "s", "한국어를배우는것이다가각abc"),
    ("eo", "mal re", "oj ojn ante ismo", "aeiouĉĝĥĵŝŭbdfgklmnprst"),
];

struct Seed(u64);

impl Seed {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// Words that look like the language's, some with capitals, digits, joints and marks.
fn vocabulary(at: usize, count: usize) -> Vec<String> {
    let (_, prefixes, endings, letters) = LANGUAGES[at];
    let prefixes: Vec<&str> = prefixes.split(' ').chain(["", ""]).collect();
    let endings: Vec<&str> = endings.split(' ').chain(["", ""]).collect();
    let letters: Vec<char> = letters.chars().collect();
    let mut seed = Seed(at as u64);
    let mut word = || {
        let stem: String = (0..=seed.below(7)).map(|_| letters[seed.below(letters.len())]).collect();
        let word = [seed.of(&prefixes), &stem, seed.of(&endings)].concat();
        match seed.below(12) {
            0 => word.to_uppercase(),
            1 => format!("{word}{}", seed.below(1000)),
            2 => format!("{word}-{word}"),
            3 => format!("{word}{}", word.to_uppercase()),
            _ => word,
        }
    };
    (0..count).map(|_| word()).collect()
}

/// The form's token by the crate's steps, which are run here one by one.
fn tokens(language: &str, forms: &BTreeSet<String>) -> BTreeMap<String, Option<String>> {
    let steps = steps(language);
    let token = |form: &String| steps.iter().try_fold(form.clone(), |word, step| step.filter(word));
    forms.iter().map(|form| (form.clone(), token(form))).collect()
}

fn check(language: &str, pages: &[Page]) {
    let mut forms = BTreeSet::new();
    for page in pages {
        let sections = page.sections.iter().flat_map(|(_, heading, text)| [heading, text]);
        for text in sections.chain([&page.title, &page.about]) {
            words(text, |word| _ = forms.insert(word.to_owned()));
        }
        forms.extend(page.number.split_whitespace().map(str::to_lowercase));
    }
    let index = index(language, pages);
    let shards: BTreeMap<String, decode::Word> =
        decode::words(&index).into_iter().map(|word| (word.text.clone(), word)).collect();
    let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (form, token) in tokens(language, &forms) {
        let Some(token) = token else { continue };
        let word = &shards[&form];
        assert!(if token == form { word.itself } else { word.others.contains(&token) }, "{language}: {form}");
        assert!(!shards[&token].lists.is_empty(), "{language}: {token}");
        if let Some(alias) = folded(&form) {
            expected.entry(alias).or_default().insert(token.clone());
        }
        expected.entry(form).or_default().insert(token);
    }
    for word in shards.values() {
        let mut found: BTreeSet<String> = word.others.iter().cloned().collect();
        found.extend(word.itself.then(|| word.text.clone()));
        let all = expected.remove(&word.text).unwrap_or_default();
        assert!(found == all || (found.len() >= 3 && found.is_subset(&all)), "{language}: {word:?}, {all:?}");
    }
    assert!(expected.is_empty());
}

#[test]
fn each_form_leads_to_its_token_in_each_language() {
    for (at, (language, ..)) in LANGUAGES.iter().enumerate() {
        let vocabulary = vocabulary(at, 6_000);
        let pages: Vec<Page> = (0..)
            .zip(vocabulary.chunks(400))
            .map(|(id, words)| Page::new(id, &words[0], &[(1, "", &words.join(" "))]))
            .collect();
        check(language, &pages);
    }
}

#[test]
fn each_form_of_the_example_site_leads_to_its_token() {
    check("en", &example());
}

#[test]
fn a_spelling_without_marks_leads_to_what_was_meant() {
    let index = index("en", &[Page::new(1, "Café", &[(1, "", "a naïve cafe, Straße")])]);
    let found: BTreeMap<String, decode::Word> =
        decode::words(&index).into_iter().map(|word| (word.text.clone(), word)).collect();
    assert!(found["cafe"].others.contains(&"café".to_owned()));
    assert!(found["strasse"].others[0].starts_with("straß") && !found["strasse"].itself);
    assert!(found["naive"].others[0].starts_with("naïv"));
    assert_eq!(index.stop, ["a"]);
    assert!(!found.contains_key("a"));
}

#[test]
fn forms_for_misspellings_are_plain_words_or_end_in_digits() {
    let text = "withdrawal withdrawals ab p2p last-call 中文 Café thirty-letters xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx the \
        keccak256 a256 keccak25600";
    let pages: Vec<Page> =
        (0..9).map(|id| Page::new(id, "", &[(1, "", text), (2, "", "deadline withdrawn")])).collect();
    let mut with_one = pages.clone();
    with_one.push(Page::new(20, "unique unique7", &[(1, "", "")]));
    let forms = decode::forms(&index("en", &with_one).spelling);
    let expected = [
        "café",
        "call",
        "deadline",
        "keccak256",
        "last",
        "letters",
        "thirty",
        "withdrawal",
        "withdrawals",
        "withdrawn",
    ];
    let found: Vec<(&str, u32)> = forms.iter().map(|(form, (_, often))| (form.as_str(), *often)).collect();
    let mut expected: Vec<(&str, u32)> = expected.iter().map(|form| (*form, 3)).collect();
    expected.insert(7, ("unique", 0));
    assert_eq!(found, expected);
    assert_eq!(forms["café"].0, ["bcafé", "eéfac"]);
    assert_eq!(forms["thirty"].0, ["bthirty", "eytriht", "mirty.th"]);
    assert_eq!(forms["deadline"].0, ["bdeadline", "eenildaed", "mdline.dea"]);
}

#[test]
fn endings_lead_from_other_forms_to_tokens() {
    let endings = |language: &str, text: &str| {
        let index = index(language, &[Page::new(0, "", &[(1, "", text)])]);
        let all = index
            .endings
            .iter()
            .flat_map(|(last, endings)| endings.split(' ').map(move |ending| format!("{last}+{ending}")));
        all.collect::<Vec<String>>()
    };
    let english = endings("en", "running limits walk policy notes proposals");
    for rule in ["+s", "+ed", "+ing", "i+y", "i+ies", "n+nning", "e+ing"] {
        assert!(english.contains(&rule.to_owned()), "{rule}: {english:?}");
    }
    assert!(!english.contains(&"+nning".to_owned()), "{english:?}");
    let german = endings("de", "Entscheidungen der Häuser am Tage, Grenzen");
    assert!(german.contains(&"+es".to_owned()) && german.contains(&"+en".to_owned()), "{german:?}");
    for plain in ["zh", "eo"] {
        assert!(endings(plain, "running limits").is_empty());
    }
}

/// Words like those of each language: what an ending leads to is what the stemmer makes of most of its forms.
#[test]
fn endings_are_those_of_the_stemmer() {
    for (at, (language, ..)) in LANGUAGES.iter().enumerate() {
        let pages: Vec<Page> = (0..)
            .zip(vocabulary(at, 1_500).chunks(100))
            .map(|(id, words)| Page::new(id, "", &[(1, "", &words.join(" "))]))
            .collect();
        let index = index(language, &pages);
        let steps = steps(language);
        let stemmer = steps.iter().any(|step| step.name().starts_with("stemmer"));
        let rules: usize = index.endings.values().map(|endings| endings.split(' ').count()).sum();
        // The Arabic stemmer wants real words, and most of these aren't.
        assert!(*language == "ar" || (rules > 8) == stemmer, "{language}: {:?}", index.endings);
        let (mut all, mut same) = (0, 0);
        for word in decode::words(&index).iter().filter(|word| !word.lists.is_empty()) {
            for (last, endings) in &index.endings {
                let Some(stem) = word.text.strip_suffix(last.as_str()).filter(|stem| stem.len() > 4) else {
                    continue;
                };
                for ending in endings.split(' ') {
                    let token =
                        steps.iter().try_fold(format!("{stem}{ending}"), |word, step| step.filter(word));
                    all += 1;
                    same += usize::from(token.as_ref() == Some(&word.text));
                }
            }
        }
        assert!(same * 10 >= all * 6, "{language}: {same} of {all}");
    }
}
