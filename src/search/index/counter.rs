//! Counts the tokens of pages, each thread for itself.

use super::cache::Cache;
use super::interner::Interner;
use crate::search::words::{Chunks, is_simple, numbers, words_of_chunk};
use crate::search::{FIELDS, Field, PageInput, SectionInput};

/// Marks an entry of [`Counter::stream`] after which its count stands; other tokens occur once.
pub const COUNTED: u32 = 1 << 31;

/// One search document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The headings below its own.
    pub below: u32,
    /// The length class of each field, three bits each from the lowest.
    pub classes: u16,
    /// How many different tokens each field has.
    pub distinct: [u32; FIELDS],
}

/// One page: which of the counter's search documents and which part of its stream are its own.
#[derive(Clone, Debug)]
pub struct CountedPage {
    pub id: u32,
    pub documents: std::ops::Range<usize>,
    pub stream: std::ops::Range<usize>,
}

/// What one thread has counted.
pub struct Counter {
    cache: Cache,
    /// Tokens that a chunk gives, before they are remembered.
    given: Vec<u32>,
    /// How often each token stands in the field that is read; all 0 between fields.
    counts: Vec<u32>,
    /// Its tokens in the order in which they first come.
    seen: Vec<u32>,
    /// The tokens of all fields of all documents in order, see [`COUNTED`].
    pub stream: Vec<u32>,
    pub documents: Vec<Counted>,
    pub pages: Vec<CountedPage>,
    /// Of each field: the tokens, and the search documents in which it has any.
    pub totals: [(u64, u64); FIELDS],
}

impl Counter {
    pub fn new() -> Self {
        Self {
            cache: Cache::new(),
            given: Vec::new(),
            counts: Vec::new(),
            seen: Vec::new(),
            stream: Vec::new(),
            documents: Vec::new(),
            pages: Vec::new(),
            totals: Default::default(),
        }
    }

    pub fn page(&mut self, page: &PageInput<'_>, interner: &Interner) {
        let (documents, stream) = (self.documents.len(), self.stream.len());
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
        let (documents, stream) = (documents..self.documents.len(), stream..self.stream.len());
        self.pages.push(CountedPage { id: page.id, documents, stream });
    }

    fn text(&mut self, counted: &mut Counted, field: Field, text: &str, interner: &Interner) {
        let mut tokens = 0;
        for chunk in Chunks::new(text) {
            tokens += self.chunk(chunk, interner);
        }
        self.close(counted, field, tokens);
    }

    fn number(&mut self, counted: &mut Counted, number: &str, interner: &Interner) {
        let mut given = std::mem::take(&mut self.given);
        given.clear();
        numbers(number, |form| given.extend(interner.token(form)));
        for token in &given {
            count(*token, &mut self.counts, &mut self.seen);
        }
        self.close(counted, Field::Number, given.len());
        self.given = given;
    }

    /// Counts the tokens of one chunk and says how many there are.
    fn chunk(&mut self, chunk: &str, interner: &Interner) -> usize {
        if let Some(tokens) = self.cache.get(chunk) {
            for token in tokens {
                count(*token, &mut self.counts, &mut self.seen);
            }
            return tokens.len();
        }
        let (given, cache) = (&mut self.given, &mut self.cache);
        given.clear();
        words_of_chunk(chunk, |word| {
            let part = word.len() < chunk.len() && is_simple(word);
            if let Some(tokens) = cache.get(word).filter(|_| part) {
                return given.extend_from_slice(tokens);
            }
            let token = interner.token(word);
            given.extend(token);
            if part {
                cache.put(word, token.as_slice());
            }
        });
        cache.put(chunk, given);
        for token in given {
            count(*token, &mut self.counts, &mut self.seen);
        }
        self.given.len()
    }

    /// Writes down what one field has, and is ready for the next.
    fn close(&mut self, counted: &mut Counted, field: Field, tokens: usize) {
        if tokens == 0 {
            return;
        }
        counted.distinct[field as usize] = small(self.seen.len());
        counted.classes |= u16::from(field.length_class(tokens)) << (3 * field as u16);
        let total = &mut self.totals[field as usize];
        *total = (total.0 + tokens as u64, total.1 + 1);
        for token in self.seen.drain(..) {
            match std::mem::take(&mut self.counts[token as usize]) {
                1 => self.stream.push(token),
                count => self.stream.extend([token | COUNTED, count]),
            }
        }
    }
}

fn count(token: u32, counts: &mut Vec<u32>, seen: &mut Vec<u32>) {
    let at = token as usize;
    if at >= counts.len() {
        counts.resize((at + 1).next_power_of_two(), 0);
    }
    if counts[at] == 0 {
        seen.push(token);
    }
    counts[at] += 1;
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
