//! Counts the tokens of pages, each thread for itself.

use std::ops::Range;

use super::cache::{Cache, Tokens};
use super::interner::{Interner, Meant, NOTHING};
use super::tally::Tally;
use crate::search::words::{Chunks, is_simple, numbers, words_of_chunk};
use crate::search::{FIELDS, Field, PageInput, SectionInput};

/// One search document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The headings below its own.
    pub below: u32,
    /// The length class of each field, three bits each from the lowest.
    pub classes: u16,
    /// How many entries of the stream each field has.
    pub entries: [u32; FIELDS],
}

/// One page.
#[derive(Clone, Debug)]
pub struct CountedPage {
    pub id: u32,
    /// Which of the counter's search documents are its own.
    pub documents: Range<usize>,
    /// The tokens of all fields of its documents in order, see [`super::tally::COUNTED`]. A token may come again in
    /// one field.
    pub stream: Box<[u32]>,
    /// All of its forms, ascending, where somebody wants them.
    pub forms: Box<[u32]>,
    /// Of each field: the tokens, and the search documents in which it has any.
    pub totals: Totals,
}

/// Of each field: the tokens, and the search documents in which it has any.
pub type Totals = [(u64, u64); FIELDS];

/// What one thread has counted.
pub struct Counter {
    cache: Cache,
    /// Forms that a chunk gives, before they are remembered.
    given: Vec<u32>,
    /// The token of each form that this thread has met.
    tokens: Vec<u32>,
    tally: Tally,
    /// The forms of the page that is read, where somebody wants them.
    forms: Option<Vec<u32>>,
    /// The stream of the page that is read.
    stream: Vec<u32>,
    pub documents: Vec<Counted>,
    pub pages: Vec<CountedPage>,
    /// Of the page that is read.
    totals: Totals,
}

impl Counter {
    pub fn new() -> Self {
        Self {
            cache: Cache::new(),
            given: Vec::new(),
            tokens: vec![NOTHING],
            forms: None,
            tally: Tally::default(),
            stream: Vec::new(),
            documents: Vec::new(),
            pages: Vec::new(),
            totals: Default::default(),
        }
    }

    /// One that tells the forms of each page.
    pub fn with_forms() -> Self {
        Self { forms: Some(Vec::new()), ..Self::new() }
    }

    pub fn page(&mut self, page: &PageInput<'_>, interner: &Interner) {
        let start = self.documents.len();
        self.stream.clear();
        self.totals = Totals::default();
        let below = headings_below(&page.sections);
        for (ordinal, section) in page.sections.iter().enumerate() {
            let mut counted = Counted { below: below[ordinal], ..Counted::default() };
            if ordinal == 0 {
                self.text(&mut counted, Field::Title, page.title, interner);
                self.number(&mut counted, page.number, interner);
                self.text(&mut counted, Field::About, page.about, interner);
            } else {
                self.text(&mut counted, Field::Headings, section.heading, interner);
            }
            self.text(&mut counted, Field::Body, section.text, interner);
            self.documents.push(counted);
        }
        let documents = start..self.documents.len();
        let mut forms = self.forms.as_mut().map(std::mem::take).unwrap_or_default();
        forms.sort_unstable();
        forms.dedup();
        let stream = self.stream.as_slice().into();
        self.pages.push(CountedPage {
            id: page.id,
            documents,
            stream,
            forms: forms.into(),
            totals: self.totals,
        });
    }

    /// Gives away the page that was read last, with its search documents.
    pub fn give(&mut self) -> Option<(CountedPage, Vec<Counted>)> {
        let page = self.pages.pop()?;
        let documents = self.documents.split_off(page.documents.start);
        Some((page, documents))
    }

    fn text(&mut self, counted: &mut Counted, field: Field, text: &str, interner: &Interner) {
        let mut chunks = Chunks::new(text);
        while let Some(Range { start, end }) = chunks.next_range() {
            let known = self.cache.get(&text.as_bytes()[start..], end - start);
            match known.and_then(Tokens::one) {
                Some(form) => self.tally.add(form),
                None => self.chunk(known, &text[start..end], interner),
            }
        }
        self.close(counted, field);
    }

    fn number(&mut self, counted: &mut Counted, number: &str, interner: &Interner) {
        numbers(number, |form| self.tally.add(learn(interner.meant(form), &mut self.tokens)));
        self.close(counted, Field::Number);
    }

    /// Counts the forms of a chunk, of which something may be known.
    fn chunk(&mut self, known: Option<Tokens>, chunk: &str, interner: &Interner) {
        let Self { given, cache, tally, tokens, .. } = self;
        if let Some(known) = known {
            for form in cache.several(known) {
                tally.add(*form);
            }
            return;
        }
        given.clear();
        words_of_chunk(chunk, |word| {
            let part = word.len() < chunk.len() && is_simple(word);
            let known = if part { cache.get(word.as_bytes(), word.len()) } else { None };
            given.push(known.and_then(Tokens::one).unwrap_or_else(|| {
                let form = learn(interner.meant(word), tokens);
                if part {
                    cache.put(word, &[form]);
                }
                form
            }));
        });
        cache.put(chunk, given);
        for form in given {
            tally.add(*form);
        }
    }

    /// Writes down what one field has, and is ready for the next.
    fn close(&mut self, counted: &mut Counted, field: Field) {
        if let Some(forms) = &mut self.forms {
            forms.extend_from_slice(self.tally.forms());
        }
        let (entries, tokens) = self.tally.close(&self.tokens, &mut self.stream);
        if tokens == 0 {
            return;
        }
        counted.entries[field as usize] = small(entries);
        counted.classes |= u16::from(field.length_class(tokens)) << (3 * field as u16);
        let total = &mut self.totals[field as usize];
        *total = (total.0 + tokens as u64, total.1 + 1);
    }
}

/// Remembers what a form means.
fn learn(Meant { form, token }: Meant, tokens: &mut Vec<u32>) -> u32 {
    let at = form as usize;
    if at >= tokens.len() {
        tokens.resize((at + 1).next_power_of_two(), NOTHING);
    }
    tokens[at] = token;
    form
}

/// For each section, how many sections of a deeper level follow it before one that isn't deeper. Nothing is below
/// the first, which is the page.
fn headings_below(sections: &[SectionInput<'_>]) -> Vec<u32> {
    let mut below = vec![0; sections.len()];
    let mut open: Vec<usize> = Vec::new();
    let close = |open: &mut Vec<usize>, below: &mut Vec<u32>, level: u8, at: usize| {
        while let Some(last) = open.pop_if(|last| sections[*last].level >= level) {
            below[last] = small(at - last - 1);
        }
    };
    for (at, section) in sections.iter().enumerate().skip(1) {
        close(&mut open, &mut below, section.level, at);
        open.push(at);
    }
    close(&mut open, &mut below, 0, sections.len());
    below
}

/// A number of things of one document, which is never near the limit.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeper_headings_that_follow_are_below() {
        let section = |level| SectionInput { level, heading: "", text: "" };
        let levels = [1, 2, 3, 4, 3, 2, 4, 1, 3];
        let sections: Vec<_> = levels.into_iter().map(section).collect();
        assert_eq!(headings_below(&sections), [0, 3, 1, 0, 0, 1, 0, 1, 0]);
    }
}
