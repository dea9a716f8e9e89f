//! What a chapter may be called, in words that are said in it.

use std::collections::HashMap;

use super::english::{self, is_in};
use super::speech::Sentence;
use super::steps;
use super::tiles::stem;
use super::words::{Word, capital};

/// The most words of a title.
const MOST_WORDS: usize = 8;

/// So many sentences at the start of a chapter may say what it is about.
const ANNOUNCING: usize = 3;

/// How often each word that says something is said in the whole talk.
pub(super) struct Frequencies<'a>(HashMap<&'a str, usize>);

impl<'a> Frequencies<'a> {
    pub fn of(sentences: &'a [Sentence]) -> Self {
        let mut counts = HashMap::new();
        for word in sentences.iter().flat_map(|sentence| &sentence.words) {
            *counts.entry(stem(&word.key)).or_default() += 1;
        }
        Self(counts)
    }

    fn get(&self, key: &str) -> usize {
        self.0.get(stem(key)).copied().unwrap_or(0)
    }
}

/// A title for `chapter`: what its first sentences announce, else its first step, else what it speaks of most, else how it
/// starts.
pub(super) fn title(chapter: &[Sentence], talk: &Frequencies<'_>, is_english: bool) -> String {
    let named = || {
        announced(chapter, english::LEADS)
            .or_else(|| asked(chapter))
            .or_else(|| short(chapter))
            .or_else(|| announced(chapter, english::WEAK_LEADS))
            .or_else(|| first_step(chapter))
            .or_else(|| subject(chapter, talk))
    };
    let named = if is_english { named() } else { None };
    let start =
        || chapter.first().map(|sentence| clause(steps::after_order(&sentence.words))).unwrap_or_default();
    let words = named.unwrap_or_else(start);
    let is_question = asked(chapter).is_some_and(|question| question == words);
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let text = texts.join(" ");
    capital(
        text.trim_end_matches(|c: char| {
            matches!(c, '.' | ',' | ';' | ':' | '!' | '…' | '—' | '–' | '-') || (c == '?' && !is_question)
        })
        .trim_matches('"'),
    )
}

/// What follows `let's look at`, `the next thing is`.
fn announced(chapter: &[Sentence], leads: &[&str]) -> Option<Vec<Word>> {
    chapter.iter().take(ANNOUNCING).find_map(|sentence| {
        let words = &sentence.words;
        (0..words.len().min(24)).find_map(|at| leads.iter().find_map(|lead| after_lead(words, at, lead)))
    })
}

/// What `words` name after `lead`, if that stands at `at`.
fn after_lead(words: &[Word], at: usize, lead: &str) -> Option<Vec<Word>> {
    let length = lead.split(' ').count();
    let same =
        words.len() > at + length && lead.split(' ').zip(&words[at..]).all(|(lead, word)| lead == word.key);
    if !same || words[at + length - 1].is_before_break() {
        return None;
    }
    let rest = &words[at + length..];
    let small = rest
        .iter()
        .take_while(|word| ["are", "is", "just", "now", "only", "really"].contains(&word.key.as_str()))
        .count();
    let named = clause(&rest[small..]);
    let says = named.iter().filter(|word| !english::is_stop_word(&word.key)).count();
    (says > 0 && is_noun_like(&named)).then_some(named)
}

/// A first sentence that is no more than a name: `now the test vectors`.
fn short(chapter: &[Sentence]) -> Option<Vec<Word>> {
    let words = steps::after_order(&chapter.first()?.words);
    let verb = |word: &Word| {
        word.key.contains('\'') || is_in(english::NO_OBJECT, &word.key) || is_in(english::ASKED, &word.key)
    };
    let fits = (1..=5).contains(&words.len()) && !words.iter().any(verb) && is_noun_like(words);
    let says = words.iter().any(|word| !english::is_stop_word(&word.key) && !is_in(english::NODS, &word.key));
    let asks = words.last().is_some_and(|last| last.text.contains('?'));
    (fits && says && !asks && words[0].key != "note").then(|| words.to_vec())
}

/// The question that a chapter starts with: `so what happens then?`
fn asked(chapter: &[Sentence]) -> Option<Vec<Word>> {
    let words = &chapter.first()?.words;
    let asks = words.last()?.text.contains('?');
    let start =
        words.iter().position(|word| ["how", "what", "when", "where", "why"].contains(&word.key.as_str()))?;
    let question = &words[start..];
    (asks && (3..=MOST_WORDS).contains(&question.len())).then(|| question.to_vec())
}

/// Whether `words` say no more than that `title` comes: `the next thing is the rollout`, below that heading.
pub(super) fn is_announcement(words: &[Word], title: &str) -> bool {
    let said: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
    let title: Vec<String> = title.split(' ').map(super::words::key).collect();
    let Some(at) =
        said.windows(title.len()).position(|window| window.iter().zip(&title).all(|(a, b)| a == b))
    else {
        return false;
    };
    let idle = |key: &&str| english::is_stop_word(key) || is_in(english::ANNOUNCING, key);
    at > 0 && said[..at].iter().all(idle) && said[at + title.len()..].iter().all(idle)
}

/// Starts as something that has a name does, not as `you that it ...`.
fn is_noun_like(words: &[Word]) -> bool {
    let is_name = words.len() == 1 && words[0].text.starts_with(char::is_uppercase);
    let first = words.first().map_or("", |word| word.key.as_str());
    let articles = [
        "the", "a", "an", "how", "what", "why", "where", "when", "our", "your", "some", "two", "three",
        "this",
    ];
    !is_name && (articles.contains(&first) || !english::is_stop_word(first))
}

fn first_step(chapter: &[Sentence]) -> Option<Vec<Word>> {
    chapter
        .iter()
        .take(2)
        .find_map(|sentence| steps::instruction(&sentence.words, true))
        .map(|words| clause(&words))
}

/// The beginning of `words`, up to where it breaks, without small words at its end.
fn clause(words: &[Word]) -> Vec<Word> {
    let mut length = 0;
    for (at, word) in words.iter().enumerate().take(MOST_WORDS) {
        let turns = is_in(english::CONJUNCTIONS, &word.key)
            || ["while", "that's", "there's"].contains(&word.key.as_str());
        if at > 0 && turns {
            break;
        }
        length = at + 1;
        if word.is_before_break() {
            break;
        }
    }
    let mut clause = words[..length].to_vec();
    while clause.len() > 1 && clause.last().is_some_and(|word| english::is_stop_word(&word.key)) {
        clause.pop();
    }
    clause
}

/// The words in a row that the chapter says more often than the rest of the talk.
fn subject(chapter: &[Sentence], talk: &Frequencies<'_>) -> Option<Vec<Word>> {
    let mut phrases: HashMap<String, (usize, usize, &[Word])> = HashMap::new();
    let mut order = 0;
    for sentence in chapter {
        for (at, _) in sentence.words.iter().enumerate() {
            for length in 1..=3 {
                let Some(words) = sentence.words.get(at..at + length).filter(|words| is_phrase(words)) else {
                    break;
                };
                let stems: Vec<&str> = words.iter().map(|word| stem(&word.key)).collect();
                let entry = phrases.entry(stems.join(" ")).or_insert((0, order, words));
                entry.0 += 1;
                order += 1;
            }
        }
    }
    // Most said here, of what is said here and not everywhere; of equals the longer one, then the first.
    let weight = |(count, _, words): &(usize, usize, &[Word])| {
        let rarest = words.iter().map(|word| talk.get(&word.key)).min().unwrap_or(1).max(1);
        count * count * (2 + words.len()) * 1000 / (rarest + 2)
    };
    let mut ranked: Vec<_> = phrases
        .into_values()
        .filter(|(count, _, words)| *count > 1 && (words.len() > 1 || *count > 2))
        .collect();
    ranked.sort_by(|a, b| weight(b).cmp(&weight(a)).then(a.1.cmp(&b.1)));
    ranked.first().map(|(_, _, words)| words.to_vec())
}

/// Words that all say something, with no sign between them.
fn is_phrase(words: &[Word]) -> bool {
    words.iter().all(|word| {
        !english::is_stop_word(&word.key)
            && word.key.chars().any(char::is_alphabetic)
            && !is_in(english::NODS, &word.key)
    }) && words[..words.len() - 1].iter().all(|word| !word.is_before_break())
}
