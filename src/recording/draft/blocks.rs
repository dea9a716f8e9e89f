//! The sentences of a chapter as what stands on the page: steps where the talk gives instructions, else paragraphs.

use super::super::Moment;
use super::speech::{Sentence, Talk};
use super::steps;
use super::words::{Word, sentence};

/// A part of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// When its first sentence is said.
    pub at: Moment,
    pub speaker: Option<String>,
    /// Its number, where it is a step.
    pub step: Option<usize>,
    /// Whole sentences.
    pub text: String,
    sentences: usize,
    end: Moment,
}

/// So many sentences that tell nothing to do may explain a step, and so far ahead may the next step be.
const MOST_EXPLAINING: usize = 3;
const AHEAD: usize = 5;

/// A pause after which nothing explains a step any more, and one that ends a paragraph, in milliseconds.
const PAUSE_IN_STEP: u64 = 3000;
const PAUSE: u64 = 2000;

/// A paragraph of so many bytes is long enough.
const ENOUGH: usize = 480;

/// `chapter` as blocks; instructions are looked for only where the talk is English.
pub(super) fn blocks(chapter: &[Sentence], talk: &Talk) -> Vec<Block> {
    let instructions = |said: &Sentence| {
        if talk.is_english { steps::instructions(&said.words, talk.is_shown(said)) } else { Vec::new() }
    };
    let steps: Vec<Vec<Vec<Word>>> = chapter.iter().map(instructions).collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut count = 0;
    for (at, said) in chapter.iter().enumerate() {
        let ahead = &steps[(at + 1).min(steps.len())..(at + 1 + AHEAD).min(steps.len())];
        let in_list = count > 0 || steps[at].len() > 1 || ahead.iter().any(|steps| !steps.is_empty());
        if in_list && !steps[at].is_empty() {
            for (nth, words) in steps[at].iter().enumerate() {
                count += 1;
                let first = if nth == 0 { None } else { words.first() };
                let start = first.map_or(said.start, |word| word.at);
                blocks.push(Block { at: start, step: Some(count), ..Block::of(said, words) });
            }
            continue;
        }
        match blocks.last_mut().filter(|last| last.takes(said)) {
            Some(last) => last.push(said),
            None => blocks.push(Block::of(said, &said.words)),
        }
    }
    blocks
}

impl Block {
    /// A paragraph of one sentence, of which `words` are left.
    fn of(said: &Sentence, words: &[Word]) -> Self {
        Self {
            at: said.start,
            speaker: said.speaker.clone(),
            step: None,
            text: sentence(words),
            sentences: 1,
            end: said.end,
        }
    }

    fn takes(&self, said: &Sentence) -> bool {
        let (room, pause) = match self.step {
            Some(_) => (self.sentences <= MOST_EXPLAINING, PAUSE_IN_STEP),
            None => (self.text.len() < ENOUGH, PAUSE),
        };
        room && self.speaker == said.speaker && said.start.since(self.end) < pause
    }

    fn push(&mut self, said: &Sentence) {
        super::super::sentences::join(&mut self.text, &sentence(&said.words));
        self.sentences += 1;
        self.end = said.end;
    }
}
