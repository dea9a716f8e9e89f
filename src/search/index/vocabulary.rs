//! The words of a site in order: what occurs, what it stands for, and spellings of it without accents.

use rayon::prelude::*;

use super::interner::{Form, Shelf, Word};
use crate::search::language::folded;
use crate::search::shards::shared;

/// No word.
pub const NONE: u32 = u32::MAX;

/// Words in the order of their bytes, as one text.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    ends: Vec<usize>,
}

impl Words {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
    }
}

impl std::ops::Index<usize> for Words {
    type Output = str;

    fn index(&self, rank: usize) -> &str {
        let start = rank.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[rank]]
    }
}

/// All words, sorted. A word is known by its place, its rank.
#[derive(Debug, Default)]
pub struct Vocabulary {
    pub words: Words,
    /// The rank of the token that each word stands for where it occurs, or [`NONE`] for one that doesn't occur itself.
    pub tokens: Vec<u32>,
    /// How many bytes each word has in common with the one before, whole characters only.
    pub shared: Vec<usize>,
    /// Words, and tokens that they stand for because they are the plain spelling of another form; sorted.
    aliases: Vec<(u32, u32)>,
    /// Whether each word is such a spelling.
    aliased: Vec<bool>,
    /// The numbers that words had while pages were read, or [`NONE`] for one that came only now.
    pub numbers: Vec<u32>,
    /// Stop words that occur, sorted.
    pub stop: Vec<String>,
}

/// A word before it has a rank.
struct Raw<'a> {
    /// Its first bytes, which nearly always tell the order.
    beginning: u128,
    word: &'a str,
    is: Is,
}

#[derive(Clone, Copy)]
enum Is {
    Known {
        number: u32,
        form: Form,
    },
    /// The spelling of a form that stands for this token.
    Alias(u32),
}

impl<'a> Raw<'a> {
    fn new(word: &'a str, is: Is) -> Self {
        let mut beginning = [0; 16];
        let length = word.len().min(16);
        beginning[..length].copy_from_slice(&word.as_bytes()[..length]);
        Self { beginning: u128::from_be_bytes(beginning), word, is }
    }
}

impl Vocabulary {
    /// Of all words, whose numbers are below `numbers`.
    pub fn new(shelves: &[Shelf], numbers: u32) -> Self {
        let aliases: Vec<(String, u32)> =
            shelves.par_iter().flat_map_iter(|shelf| shelf.words().filter_map(alias)).collect();
        let mut raw: Vec<Raw<'_>> =
            shelves.par_iter().flat_map_iter(|shelf| shelf.words().filter_map(kept)).collect();
        raw.extend(aliases.iter().map(|(spelling, token)| Raw::new(spelling, Is::Alias(*token))));
        raw.par_sort_unstable_by(|a, b| a.beginning.cmp(&b.beginning).then_with(|| a.word.cmp(b.word)));
        let mut vocabulary = Self { stop: stop_words(shelves), ..Self::default() };
        let mut ranks = vec![NONE; numbers as usize];
        vocabulary.tokens.reserve(raw.len());
        vocabulary.shared.reserve(raw.len());
        vocabulary.numbers.reserve(raw.len());
        vocabulary.words.text.reserve(raw.iter().map(|raw| raw.word.len()).sum());
        vocabulary.words.ends.reserve(raw.len());
        // What is left for one thread is to write down what all of them found.
        let shared: Vec<Option<usize>> =
            (0..raw.len()).into_par_iter().map(|at| shared_with_last(&raw, at)).collect();
        for (Raw { word, is, .. }, shared) in raw.iter().zip(shared) {
            vocabulary.take(word, shared, *is, &mut ranks);
        }
        vocabulary.number(&ranks);
        vocabulary
    }

    /// Of words that are in order already, with the rank of what each stands for, the spellings of others among them with
    /// the ranks of what these stand for, the numbers of all, and stop words.
    pub fn sorted<'a>(
        words: impl Iterator<Item = &'a str>,
        tokens: Vec<u32>,
        aliases: Vec<(u32, u32)>,
        numbers: Vec<u32>,
        stop: Vec<String>,
    ) -> Self {
        let mut vocabulary = Self { tokens, aliases, numbers, stop, ..Self::default() };
        words.for_each(|word| vocabulary.words.push(word));
        let words = &vocabulary.words;
        let alike = |at: usize| at.checked_sub(1).map_or(0, |before| shared(&words[before], &words[at]));
        vocabulary.shared = (0..words.len()).into_par_iter().map(alike).collect();
        vocabulary.mark_aliased();
        vocabulary
    }

    /// Takes the next word with what it has in common with the last, or more of the last one.
    fn take(&mut self, word: &str, shared: Option<usize>, is: Is, ranks: &mut [u32]) {
        if let Some(shared) = shared {
            self.words.push(word);
            self.shared.push(shared);
            self.tokens.push(NONE);
            self.numbers.push(NONE);
        }
        let at = self.tokens.len() - 1;
        let rank = u32::try_from(at).unwrap_or(NONE);
        match is {
            Is::Alias(token) => self.aliases.push((rank, token)),
            Is::Known { number, form } => {
                ranks[number as usize] = rank;
                self.numbers[at] = number;
                if let Form::Token(token) = form {
                    self.tokens[at] = token;
                }
            }
        }
    }

    /// Puts ranks in the place of numbers.
    fn number(&mut self, ranks: &[u32]) {
        let occurring = self.tokens.iter_mut().filter(|token| **token != NONE);
        occurring.for_each(|token| *token = ranks[*token as usize]);
        self.aliases.iter_mut().for_each(|(_, token)| *token = ranks[*token as usize]);
        self.mark_aliased();
    }

    fn mark_aliased(&mut self) {
        self.aliases.sort_unstable();
        self.aliases.dedup();
        self.aliased = vec![false; self.tokens.len()];
        for (word, _) in &self.aliases {
            self.aliased[*word as usize] = true;
        }
    }

    /// The ranks of all tokens that the word at `rank` stands for: its own first, then those of other spellings.
    pub fn stands_for(&self, rank: usize) -> impl Iterator<Item = u32> {
        let own = self.tokens[rank];
        let key = u32::try_from(rank).unwrap_or(NONE);
        let aliases = if self.aliased[rank] { self.aliases.as_slice() } else { &[] };
        let from = aliases.partition_point(|(word, _)| *word < key);
        let others =
            aliases[from..].iter().take_while(move |(word, _)| *word == key).map(|(_, token)| *token);
        Some(own).filter(|own| *own != NONE).into_iter().chain(others.filter(move |token| *token != own))
    }
}

/// What a word has in common with the one before it, or `None` if it is the same.
fn shared_with_last(raw: &[Raw<'_>], at: usize) -> Option<usize> {
    let word = raw[at].word;
    let Some(before) = at.checked_sub(1).map(|before| raw[before].word) else { return Some(0) };
    (before != word).then(|| shared(before, word))
}

fn kept<'a>((word, known): (&'a str, &Word)) -> Option<Raw<'a>> {
    let Word { number, form, token, .. } = *known;
    (token || matches!(form, Form::Token(_))).then(|| Raw::new(word, Is::Known { number, form }))
}

fn alias((word, known): (&str, &Word)) -> Option<(String, u32)> {
    let Form::Token(token) = known.form else { return None };
    Some((folded(word)?, token))
}

fn stop_words(shelves: &[Shelf]) -> Vec<String> {
    let all = shelves.iter().flat_map(Shelf::words);
    let stop = all.filter(|(_, known)| known.form == Form::Stop);
    let mut stop: Vec<String> = stop.map(|(word, _)| word.to_owned()).collect();
    stop.sort_unstable();
    stop
}
