//! The words of a site in order: what occurs, what it stands for, and spellings of it in ASCII.

use rayon::prelude::*;

use super::interner::{Form, Known};
use crate::search::language::folded;

/// No word.
pub const NONE: u32 = u32::MAX;

/// All words, sorted. A word is known by its place, its rank.
#[derive(Debug, Default)]
pub struct Vocabulary {
    pub words: Vec<Box<str>>,
    /// The rank of the token that each word stands for where it occurs, or [`NONE`] for one that doesn't occur itself.
    pub tokens: Vec<u32>,
    /// Words, and tokens that they stand for because they are the ASCII spelling of another form; sorted.
    aliases: Vec<(u32, u32)>,
    /// The ranks of tokens by the numbers that they had while pages were read.
    pub ranks: Vec<u32>,
    /// Stop words that occur, sorted.
    pub stop: Vec<String>,
}

/// A word before it has a rank.
#[derive(Clone, Copy)]
enum Raw {
    Known(Known),
    /// The spelling of a form that stands for this token.
    Alias(u32),
}

impl Vocabulary {
    pub fn new(known: Vec<(Box<str>, Known)>) -> Self {
        let stop = stop_words(&known);
        let mut ranks = vec![NONE; known.len()];
        let mut raw: Vec<(Box<str>, Raw)> = known
            .into_par_iter()
            .filter(|(_, known)| known.token || matches!(known.form, Form::Token(_)))
            .flat_map_iter(|(word, known)| {
                let alias = alias(&word, known);
                [Some((word, Raw::Known(known))), alias].into_iter().flatten()
            })
            .collect();
        raw.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut vocabulary = Self { stop, ..Self::default() };
        for (word, raw) in raw {
            vocabulary.take(word, raw, &mut ranks);
        }
        vocabulary.number(ranks);
        vocabulary
    }

    fn take(&mut self, word: Box<str>, raw: Raw, ranks: &mut [u32]) {
        if self.words.last() != Some(&word) {
            self.words.push(word);
            self.tokens.push(NONE);
        }
        let at = self.words.len() - 1;
        let rank = u32::try_from(at).unwrap_or(NONE);
        match raw {
            Raw::Alias(token) => self.aliases.push((rank, token)),
            Raw::Known(known) => {
                ranks[known.number as usize] = rank;
                if let Form::Token(token) = known.form {
                    self.tokens[at] = token;
                }
            }
        }
    }

    /// Puts ranks in the place of numbers.
    fn number(&mut self, ranks: Vec<u32>) {
        let occurring = self.tokens.iter_mut().filter(|token| **token != NONE);
        occurring.for_each(|token| *token = ranks[*token as usize]);
        self.aliases.iter_mut().for_each(|(_, token)| *token = ranks[*token as usize]);
        self.aliases.sort_unstable();
        self.aliases.dedup();
        self.ranks = ranks;
    }

    /// The ranks of all tokens that the word at `rank` stands for: its own first, then those of other spellings.
    pub fn stands_for(&self, rank: usize) -> impl Iterator<Item = u32> {
        let own = self.tokens[rank];
        let key = u32::try_from(rank).unwrap_or(NONE);
        let from =
            if self.aliases.is_empty() { 0 } else { self.aliases.partition_point(|(word, _)| *word < key) };
        let others =
            self.aliases[from..].iter().take_while(move |(word, _)| *word == key).map(|(_, token)| *token);
        Some(own).filter(|own| *own != NONE).into_iter().chain(others.filter(move |token| *token != own))
    }
}

fn alias(word: &str, known: Known) -> Option<(Box<str>, Raw)> {
    let Form::Token(token) = known.form else { return None };
    folded(word).map(|spelling| (spelling.into_boxed_str(), Raw::Alias(token)))
}

fn stop_words(known: &[(Box<str>, Known)]) -> Vec<String> {
    let stop = known.iter().filter(|(_, known)| known.form == Form::Stop);
    let mut stop: Vec<String> = stop.map(|(word, _)| word.to_string()).collect();
    stop.sort_unstable();
    stop
}
