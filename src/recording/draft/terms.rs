//! Terms that a talk uses without saying what they are: questions for the author.

use std::collections::{BTreeMap, HashSet};

use super::super::Moment;
use super::english::{self, is_in};
use super::speech::Sentence;
use super::words::{Word, key};

/// A term that is shown and not explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// As it was said first.
    pub name: String,
    /// Whether it is a name, which has no article.
    pub is_name: bool,
    /// When it was said first.
    pub at: Moment,
    /// How often it was said.
    pub count: usize,
}

/// More questions than this nobody answers.
const MOST: usize = 12;

/// A pair of words counts as a term once it was said so often.
const OFTEN: usize = 2;

/// The terms of a talk, in the order in which they are first said; names of its speakers are none.
pub(super) fn unexplained(sentences: &[Sentence]) -> Vec<Term> {
    let speakers: HashSet<String> = sentences
        .iter()
        .filter_map(|sentence| sentence.speaker.as_deref())
        .flat_map(|name| name.split(' ').map(key).collect::<Vec<_>>())
        .collect();
    let lower = lower_case(sentences);
    if is_shouted(sentences) {
        return Vec::new();
    }
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    let mut explained: HashSet<String> = HashSet::new();
    for sentence in sentences {
        let words = &sentence.words;
        let mut at = 0;
        while at < words.len() {
            let length = length(words, at, &lower, &speakers);
            if length == 0 {
                at += 1;
                continue;
            }
            let term = &words[at..at + length];
            let id: Vec<String> = term.iter().map(|word| super::tiles::stem(&word.key).to_owned()).collect();
            let id = id.join(" ");
            if is_explained(words, at, length) {
                explained.insert(id.clone());
            }
            let entry = terms.entry(id).or_insert_with(|| Term {
                name: name(term),
                is_name: term.iter().any(is_marked),
                at: term[0].at,
                count: 0,
            });
            entry.count += 1;
            at += length;
        }
    }
    let mut found: Vec<Term> = terms
        .into_iter()
        .filter(|(id, term)| !explained.contains(id) && (term.is_name || term.count >= OFTEN))
        .map(|(_, term)| term)
        .collect();
    found.sort_by(|a, b| b.count.cmp(&a.count).then(a.at.cmp(&b.at)));
    found.truncate(MOST);
    found.sort_by(|a, b| a.at.cmp(&b.at).then(a.name.cmp(&b.name)));
    found
}

/// Whether the captions are in capitals, which then mark nothing.
fn is_shouted(sentences: &[Sentence]) -> bool {
    let words = || sentences.iter().flat_map(|sentence| &sentence.words);
    words().filter(|word| is_odd(word)).count() * 4 > words().count()
}

/// What is also said in lower case is a word and no name.
fn lower_case(sentences: &[Sentence]) -> HashSet<&str> {
    let words = sentences.iter().flat_map(|sentence| &sentence.words);
    words
        .filter(|word| word.text.chars().next().is_some_and(char::is_lowercase))
        .map(|word| word.key.as_str())
        .collect()
}

/// How many words from `at` on are a term; 0 where none starts.
fn length(words: &[Word], at: usize, lower: &HashSet<&str>, speakers: &HashSet<String>) -> usize {
    let is_term = |at: usize| {
        let word = &words[at];
        let starts = at == 0 || super::super::sentences::is_complete(&words[at - 1].text);
        is_marked(word)
            && (!starts || is_odd(word))
            && !lower.contains(word.key.as_str())
            && !speakers.contains(word.key.trim_end_matches("'s"))
            && !is_in(english::KNOWN_NAMES, &word.key)
            && !is_in(english::KNOWN_ABBREVIATIONS, bare(word))
            && !english::is_stop_word(&word.key)
    };
    let mut length = 0;
    while length < 3 && at + length < words.len() && is_term(at + length) {
        length += 1;
        if words[at + length - 1].is_before_break() {
            break;
        }
    }
    if length == 0 && is_pair(words, at) {
        return 2;
    }
    if is_label(words, at, length) { 0 } else { length }
}

/// `the partition key`: a pair after an article, which counts where it comes back.
fn is_pair(words: &[Word], at: usize) -> bool {
    let article = at > 0 && ["the", "a", "an", "our"].contains(&words[at - 1].key.as_str());
    let plain = |word: &Word| {
        !english::is_stop_word(&word.key)
            && word.key.chars().count() > 2
            && word.key.chars().all(char::is_alphabetic)
            && !word.text.starts_with(char::is_uppercase)
            && !is_in(english::ACTIONS, &word.key)
            && !is_in(english::PLAIN_WORDS, &word.key)
            && !word.key.ends_with("ly")
    };
    article
        && at + 1 < words.len()
        && plain(&words[at])
        && plain(&words[at + 1])
        && !words[at].is_before_break()
}

/// What is clicked is seen, and needs no explanation: `click New rollout`, `the Fleet page`.
fn is_label(words: &[Word], at: usize, length: usize) -> bool {
    let clicks = ["choose", "click", "hit", "pick", "press", "select", "tap"];
    let before = &words[at.saturating_sub(3)..at];
    let clicked = before.iter().any(|word| clicks.contains(&word.key.as_str()) && !word.is_before_break());
    let things = ["button", "dialog", "field", "menu", "page", "screen", "section", "tab"];
    clicked || words.get(at + length).is_some_and(|word| things.contains(&word.key.as_str()))
}

/// `word` without the signs around it.
fn bare(word: &Word) -> &str {
    word.text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Written as a name or an abbreviation is.
fn is_marked(word: &Word) -> bool {
    word.text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)
        && word.key.chars().count() > 1
        || is_odd(word)
}

/// Has capitals, digits or signs where a word has none: `SQS`, `iPhone`, `p99`, `max_age`.
fn is_odd(word: &Word) -> bool {
    let text = word.text.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let inner = text.chars().skip(1).any(|c| c.is_uppercase() || c == '_');
    let digits =
        text.chars().any(|c| c.is_ascii_digit()) && text.chars().next().is_some_and(char::is_alphabetic);
    letters > 1 && !text.contains('\'') && !text.contains('’') && (inner || digits)
}

/// `X is a ...`, `X means ...`, `X, which is ...`, `... called X`.
fn is_explained(words: &[Word], at: usize, length: usize) -> bool {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let (next, second, third) = (key(at + length), key(at + length + 1), key(at + length + 2));
    let says = ["a", "an", "the", "what", "where", "how", "our", "one", "basically", "just"];
    let after = match next {
        "is" | "are" | "was" => says.contains(&second),
        "means" | "stands" => true,
        "which" | "that's" => ["is", "are", "means", "stands", "a", "the", "our"].contains(&second),
        "so" => second == "that's" || third == "means",
        _ => false,
    };
    let before = at > 0 && ["called", "named", "namely"].contains(&key(at - 1))
        || at > 1 && ["called", "named"].contains(&key(at - 2))
        || at > 1 && key(at - 2) == "is" && key(at - 1) == "a" && at > 3;
    // `This is Ana`: a person.
    let introduced = at > 0
        && (key(at - 1) == "i'm"
            || (at > 1 && key(at - 1) == "is" && ["this", "name"].contains(&key(at - 2))));
    after || before || introduced
}

fn name(words: &[Word]) -> String {
    let texts: Vec<&str> =
        words.iter().map(|word| word.text.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let name = texts.join(" ");
    name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(&name).to_owned()
}
