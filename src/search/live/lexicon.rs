//! The words of a site that changes: which occur, on how many pages, and their order.

use std::collections::BTreeMap;

use crate::search::index::interner::{Interner, NOTHING};
use crate::search::index::vocabulary::{NONE, Vocabulary, Words};
use crate::search::language::{Meaning, folded, meaning};

/// All words that were ever met, by their numbers, which are never given anew.
pub struct Lexicon {
    pub interner: Interner,
    words: Words,
    /// The token of each form that occurs, or [`NOTHING`].
    tokens: Vec<u32>,
    /// How many pages have each form.
    used: Vec<u32>,
    /// For how many reasons each word is in the index: it occurs, forms stand for it, it is the plain spelling of one.
    held: Vec<u32>,
    /// Plain spellings with the tokens of those that they are of, and how many these are.
    aliases: BTreeMap<(u32, u32), u32>,
    /// The words of the index, sorted.
    order: Vec<u32>,
    placed: Vec<bool>,
    /// Words that came, went, or mean something else since the order was made.
    touched: Vec<u32>,
}

impl Lexicon {
    /// Of no words, in a language.
    pub fn new(language: &str) -> Self {
        let mut lexicon = Self {
            interner: Interner::telling(language),
            words: Words::default(),
            tokens: Vec::new(),
            used: Vec::new(),
            held: Vec::new(),
            aliases: BTreeMap::new(),
            order: Vec::new(),
            placed: Vec::new(),
            touched: Vec::new(),
        };
        lexicon.push("");
        lexicon
    }

    fn push(&mut self, word: &str) {
        self.words.push(word);
        self.tokens.push(NOTHING);
        self.used.push(0);
        self.held.push(0);
        self.placed.push(false);
    }

    /// Takes in what the interner has learnt meanwhile.
    pub fn learn(&mut self) {
        for (_, word) in self.interner.fresh() {
            self.push(&word);
        }
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn word(&self, number: u32) -> &str {
        &self.words[number as usize]
    }

    /// The token that a form stands for on the pages that have it, or [`NOTHING`].
    pub fn token(&self, form: u32) -> u32 {
        self.tokens[form as usize]
    }

    /// Whether a form occurs and stands for a token.
    pub fn stands(&self, form: u32) -> bool {
        self.used[form as usize] > 0 && self.token(form) != NOTHING
    }

    /// One page more has this form.
    pub fn add(&mut self, form: u32) {
        let at = form as usize;
        self.used[at] += 1;
        if self.used[at] > 1 {
            return;
        }
        let token = self.interner.meant(&self.words[at]).token;
        self.tokens[at] = token;
        self.touched.push(form);
        if token == NOTHING {
            return;
        }
        self.hold(form);
        self.hold(token);
        if let Some(plain) = folded(&self.words[at]) {
            let plain = self.interner.number(&plain);
            self.learn();
            *self.aliases.entry((plain, token)).or_default() += 1;
            self.hold(plain);
        }
    }

    /// One page less has it.
    pub fn remove(&mut self, form: u32) {
        let at = form as usize;
        self.used[at] = self.used[at].saturating_sub(1);
        if self.used[at] > 0 {
            return;
        }
        let token = self.tokens[at];
        self.touched.push(form);
        if token == NOTHING {
            return;
        }
        self.release(form);
        self.release(token);
        if let Some(plain) = folded(&self.words[at]) {
            let plain = self.interner.number(&plain);
            if let Some(forms) = self.aliases.get_mut(&(plain, token)) {
                *forms -= 1;
                if *forms == 0 {
                    self.aliases.remove(&(plain, token));
                }
            }
            self.release(plain);
        }
    }

    fn hold(&mut self, number: u32) {
        self.held[number as usize] += 1;
        self.touched.push(number);
    }

    fn release(&mut self, number: u32) {
        let held = &mut self.held[number as usize];
        *held = held.saturating_sub(1);
        self.touched.push(number);
    }

    /// Puts the words in order. Gives those that came, went, or mean something else since this was done last, ascending by
    /// number.
    pub fn settle(&mut self) -> Vec<u32> {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        let is_new = |number: &&u32| self.held[**number as usize] > 0 && !self.placed[**number as usize];
        let mut new: Vec<u32> = touched.iter().filter(is_new).copied().collect();
        new.sort_unstable_by(|a, b| self.word(*a).cmp(self.word(*b)));
        let mut order = Vec::with_capacity(self.order.len() + new.len());
        let mut from = 0;
        for number in new {
            let rest = &self.order[from..];
            let end = from + rest.partition_point(|known| self.word(*known) < self.word(number));
            order.extend(self.order[from..end].iter().filter(|known| self.held[**known as usize] > 0));
            order.push(number);
            from = end;
        }
        order.extend(self.order[from..].iter().filter(|known| self.held[**known as usize] > 0));
        for number in &touched {
            self.placed[*number as usize] = self.held[*number as usize] > 0;
        }
        self.order = order;
        touched
    }

    /// The words of the index, as they are in order.
    pub fn vocabulary(&self) -> Vocabulary {
        let mut ranks = vec![NONE; self.len()];
        for (rank, number) in (0..).zip(&self.order) {
            ranks[*number as usize] = rank;
        }
        let token = |form: &u32| if self.stands(*form) { ranks[self.token(*form) as usize] } else { NONE };
        let aliases = self.aliases.keys();
        let aliases = aliases.map(|(word, token)| (ranks[*word as usize], ranks[*token as usize]));
        Vocabulary::sorted(
            self.order.iter().map(|number| self.word(*number)),
            self.order.iter().map(token).collect(),
            aliases.collect(),
            self.order.clone(),
            self.stop(),
        )
    }

    /// The stop words that occur, sorted.
    fn stop(&self) -> Vec<String> {
        let numbers = 0..u32::try_from(self.len()).unwrap_or(u32::MAX);
        let nothing = numbers.filter(|form| self.used[*form as usize] > 0 && self.token(*form) == NOTHING);
        let words = nothing.map(|form| self.word(form));
        let is_stop = |word: &&str| meaning(&self.interner.language, word) == Meaning::Stop;
        let mut stop: Vec<String> = words.filter(is_stop).map(str::to_owned).collect();
        stop.sort_unstable();
        stop
    }
}
