//! A talk as sentences: by its signs where it has them, else by pauses and by the words with which people go on.

use std::collections::BTreeMap;

use super::super::pieces::{Piece, pieces};
use super::super::{Cue, Moment};
use super::english::{self, is_in};
use super::words::{Word, phrase};

/// One sentence as it was said.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub words: Vec<Word>,
    pub start: Moment,
    pub end: Moment,
    pub speaker: Option<String>,
    /// How long nobody spoke before it, in milliseconds.
    pub pause: u64,
    /// How strongly its words announce that something else comes.
    pub announces: f64,
}

/// A whole talk.
pub(super) struct Talk {
    pub sentences: Vec<Sentence>,
    /// Whether it is held in English, whose fillers and markers are known.
    pub is_english: bool,
    /// Who shows something, if one person says nearly all.
    pub guide: Option<Guide>,
}

/// Whoever shows something; nobody knows the name of some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guide(Option<String>);

impl Talk {
    /// Whether what is done in `said` is shown: by whoever says nearly all.
    pub fn is_shown(&self, said: &Sentence) -> bool {
        self.guide.as_ref().is_some_and(|guide| guide.0 == said.speaker)
    }
}

/// Who says so much of a hundred words shows something; others ask.
const GUIDE_PERCENT: usize = 80;

fn guide(sentences: &[Sentence]) -> Option<Guide> {
    let mut counts: BTreeMap<&Option<String>, usize> = BTreeMap::new();
    for sentence in sentences {
        *counts.entry(&sentence.speaker).or_default() += sentence.words.len();
    }
    let all: usize = counts.values().sum();
    let (speaker, most) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (most * 100 >= all * GUIDE_PERCENT).then(|| Guide(speaker.clone()))
}

/// Of this many words one ends a sentence, in a transcript with punctuation.
const WORDS_PER_SIGN: usize = 50;

/// One word in so many is among the commonest, in English.
const WORDS_PER_COMMON: usize = 7;

impl Talk {
    pub fn of(cues: &[Cue]) -> Self {
        let pieces = pieces(cues);
        let words: usize = pieces.iter().map(|piece| piece.text.split(' ').count()).sum();
        let ends = pieces.iter().filter(|piece| piece.is_end).count();
        let mut listener = Listener { has_signs: ends * WORDS_PER_SIGN >= words, ..Listener::default() };
        for piece in &pieces {
            listener.hear(piece);
        }
        listener.close();
        let all = listener.sentences.iter().flat_map(|sentence| &sentence.words);
        let common = all.filter(|word| is_in(english::COMMON, &word.key)).count();
        let guide = guide(&listener.sentences);
        let is_english = common * WORDS_PER_COMMON >= words;
        Self { guide, is_english, sentences: listener.sentences }
    }
}

/// A pause that ends a sentence without signs, in milliseconds, and one that ends any.
const PAUSE: u64 = 700;
const LONG_PAUSE: u64 = 4000;

/// A question of more words has its answer in it.
const MOST_ASKED: usize = 12;

#[derive(Default)]
struct Listener {
    has_signs: bool,
    sentences: Vec<Sentence>,
    open: Option<Sentence>,
    /// When the last word was over.
    quiet_since: Moment,
}

impl Listener {
    fn hear(&mut self, piece: &Piece<'_>) {
        let pause = piece.start.since(self.quiet_since);
        let parts = self.open.as_ref().is_some_and(|open| {
            open.speaker.as_deref() != piece.speaker
                || pause >= LONG_PAUSE
                || (!self.has_signs && pause >= PAUSE && open.words.len() >= 3)
        });
        if parts {
            self.close();
        }
        let texts: Vec<&str> = piece.text.split(' ').filter(|text| !text.is_empty()).collect();
        let length = piece.end.since(piece.start);
        for (at, text) in texts.iter().enumerate() {
            let share = u128::from(length) * at as u128 / texts.len() as u128;
            let moment =
                Moment::from_millis(piece.start.millis().saturating_add(u64::try_from(share).unwrap_or(0)));
            if !self.has_signs && self.open.as_ref().is_some_and(|open| goes_on(&open.words, &texts[at..])) {
                self.close();
                self.quiet_since = moment;
            }
            let pause = moment.since(self.quiet_since);
            let open = self.open.get_or_insert_with(|| Sentence {
                words: Vec::new(),
                start: moment,
                end: moment,
                speaker: piece.speaker.map(str::to_owned),
                pause,
                announces: 0.0,
            });
            open.words.push(Word::new(text, moment));
        }
        if let Some(open) = &mut self.open {
            open.end = piece.end;
        }
        self.quiet_since = self.quiet_since.max(piece.end);
        if piece.is_end {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(mut said) = self.open.take() else { return };
        let key = |at: usize| {
            said.words.iter().map(|word| word.key.as_str()).filter(|key| *key != "so").nth(at).unwrap_or("")
        };
        let asks = !self.has_signs
            && said.words.len() <= MOST_ASKED
            && is_in(english::ASKING, key(0))
            && is_in(english::ASKED, key(1));
        if let Some(last) = said.words.last_mut().filter(|_| asks) {
            last.text.push('?');
        }
        self.sentences.push(said);
    }
}

/// Whether, without signs, another sentence starts with `next` after what this one has `said`.
fn goes_on(said: &[Word], next: &[&str]) -> bool {
    let length = said.len();
    let before = said.last().map_or("", |word| word.key.as_str());
    let words: Vec<Word> = next.iter().take(3).map(|text| Word::new(text, Moment::default())).collect();
    let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
    let (first, second) = (keys.first().copied().unwrap_or(""), keys.get(1).copied().unwrap_or(""));
    let subject = [
        "i", "i'm", "it", "it's", "that's", "then", "there", "they", "this", "we", "we're", "you", "you're",
        "let's", "so", "now",
    ];
    let starts = match first {
        "so" => !is_in(english::AFTER_SO, second) && !is_in(english::BEFORE_SO, before),
        "now" | "okay" | "alright" => true,
        "and" | "but" => subject.contains(&second),
        "first" | "second" | "third" | "next" | "finally" => {
            ["i", "we", "you", "let's", "of"].contains(&second)
        }
        "then" => ["i", "we", "you"].contains(&second),
        first => {
            is_in(english::ASKING, first)
                && is_in(english::ASKED, second)
                && !is_in(english::BEFORE_ASKING, before)
        }
    };
    (length >= 5 && starts)
        || (length >= 6 && english::TURNS.contains(&phrase(&words).as_str()))
        || (length >= 22 && is_in(english::CUTS, first))
        || length >= 40
}
