//! Where a talk turns: pauses, words that announce something else, and change of vocabulary, added up.

use std::collections::BTreeSet;

use super::super::Moment;
use super::english::{self, is_in};
use super::speech::{Sentence, Talk};
use super::steps;
use super::tiles;
use super::words::{Word, phrase};

/// What a turn has to score to become a chapter: more than a pause or a word alone.
const ENOUGH: f64 = 3.0;
const CERTAIN: f64 = 4.0;

/// Where no words that announce are known, a pause has to be enough.
const ENOUGH_UNTOLD: f64 = 2.0;

/// Chapters are at least so long, in milliseconds, and more in long talks, so that there are not more than a reader
/// takes in; in a stretch longer than the most the best turn is taken, whatever it scores.
const SHORTEST: u64 = 25_000;
const MOST_CHAPTERS: u64 = 24;
const LONGEST: u64 = 300_000;

/// The numbers of the sentences that chapters start with, the first always among them.
pub(super) fn cuts(talk: &Talk) -> Vec<usize> {
    let sentences = &talk.sentences;
    let Some((first, last)) = sentences.first().zip(sentences.last()) else { return Vec::new() };
    let shortest = SHORTEST.max(last.end.since(first.start) / MOST_CHAPTERS);
    let scores = scores(talk);
    let enough = if talk.is_english { ENOUGH } else { ENOUGH_UNTOLD };
    let mut ranked: Vec<usize> = (1..sentences.len()).collect();
    ranked.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    let mut chosen = Chosen { sentences, scores: &scores, shortest, cuts: BTreeSet::from([0]) };
    for at in ranked.iter().copied().take_while(|at| scores[*at] >= enough) {
        chosen.take(at);
    }
    for at in ranked {
        if chosen.stretch(at) > LONGEST && scores[at] > 0.5 {
            chosen.take(at);
        }
    }
    chosen.cuts.into_iter().collect()
}

/// The sentences that start the chapters which somebody else has set.
pub(super) fn at(sentences: &[Sentence], moments: &[Moment]) -> Vec<usize> {
    moments
        .iter()
        .map(|moment| sentences.partition_point(|s| s.start.whole_seconds() < moment.whole_seconds()))
        .collect()
}

struct Chosen<'a> {
    sentences: &'a [Sentence],
    scores: &'a [f64],
    shortest: u64,
    cuts: BTreeSet<usize>,
}

impl Chosen<'_> {
    /// Cuts before sentence `at`, if both parts are long enough.
    fn take(&mut self, at: usize) {
        let start = self.sentences[at].start;
        let before =
            self.cuts.range(..=at).next_back().map_or(0, |cut| start.since(self.sentences[*cut].start));
        let after = self.end_after(at).since(start);
        // What is announced after a pause is a chapter of its own, however short the one before.
        let shortest = if self.scores[at] >= CERTAIN { self.shortest / 2 } else { self.shortest };
        if before >= shortest && after >= self.shortest / 2 {
            self.cuts.insert(at);
        }
    }

    fn end_after(&self, at: usize) -> Moment {
        match self.cuts.range(at + 1..).next() {
            Some(next) => self.sentences[*next].start,
            None => self.sentences.last().map_or(Moment::default(), |last| last.end),
        }
    }

    /// How long the chapter is that sentence `at` stands in.
    fn stretch(&self, at: usize) -> u64 {
        let start =
            self.cuts.range(..=at).next_back().map_or(Moment::default(), |cut| self.sentences[*cut].start);
        self.end_after(at).since(start)
    }
}

/// For each sentence how much speaks for a turn before it.
fn scores(talk: &Talk) -> Vec<f64> {
    let depths = tiles::depths(&talk.sentences);
    let usual = usual_pause(&talk.sentences);
    let score = |(at, sentence): (usize, &Sentence)| {
        let marker = if talk.is_english { sentence.announces } else { 0.0 };
        pause(sentence.pause, usual) + marker + depths[at].min(2.5) * 0.8
    };
    talk.sentences.iter().enumerate().map(score).collect()
}

/// The pause that half of the sentences do not reach: slow speakers pause longer.
fn usual_pause(sentences: &[Sentence]) -> u64 {
    let mut pauses: Vec<u64> = sentences.iter().map(|sentence| sentence.pause).collect();
    pauses.sort_unstable();
    pauses.get(pauses.len() / 2).copied().unwrap_or(0)
}

fn pause(millis: u64, usual: u64) -> f64 {
    let beyond = millis.saturating_sub(usual.max(300)).min(5000);
    f64::from(u32::try_from(beyond).unwrap_or(0)) / 1000.0 * 1.2
}

/// How strongly a sentence of these words announces something else.
pub(super) fn marker(words: &[Word]) -> f64 {
    let openers = words.iter().take_while(|word| {
        is_in(english::OPENERS, &word.key)
            || is_in(english::ENGLISH_SOUNDS, &word.key)
            || matches!(word.key.as_str(), "all" | "then")
    });
    let words = &words[openers.count()..];
    let start = phrase(&words[..words.len().min(8)]);
    let announces =
        |turn: &str| start.strip_prefix(turn).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let is_step = steps::instruction(words, true).is_some();
    if english::TURNS.iter().any(|turn| announces(turn)) {
        if is_step { 1.5 } else { 3.0 }
    } else {
        let weight = match words.first().map_or("", |word| word.key.as_str()) {
            "next" => 1.5,
            "now" => 1.0,
            "first" | "second" | "third" | "firstly" | "secondly" => 0.5,
            _ => 0.0,
        };
        if is_step { weight / 3.0 } else { weight }
    }
}
