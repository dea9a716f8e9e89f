//! Who has which token how often, in a form that takes changes: for each token a record of each page that has it.
//!
//! A record is a varint, how many numbers of pages are left out before it; a byte, the fields in which the page has the
//! token, as bits; and for each of these a varint, how many bits its list says of the page, and these bits from a whole
//! byte on.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::search::Field;
use crate::search::index::counter::{Counted, CountedPage};
use crate::search::postings::bits::Bits;
use crate::search::postings::{Entry, Item, List, entries, number, said};
use crate::search::varint;

/// The records of all tokens, by their numbers.
#[derive(Debug, Default)]
pub struct Records {
    of: Vec<Box<[u8]>>,
    stats: Vec<Stat>,
}

/// What there is to know of a token's records without reading them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// The fields in which it stands, as bits.
    pub fields: u8,
    /// How many pages have it.
    pub used: u32,
    /// About how many bytes its lists take in a file.
    pub size: usize,
}

/// What a page has of a token.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The page's number.
    pub id: u32,
    /// The fields, and what each says.
    content: &'a [u8],
}

impl<'a> Record<'a> {
    /// What the list of each of its fields says of the page: as many bits of these bytes.
    pub fn fields(self) -> impl Iterator<Item = (usize, usize, &'a [u8])> {
        let (mask, mut at) = (self.content[0], 1);
        (0..8).filter(move |field| mask & (1 << field) != 0).map(move |field| {
            let bits = varint::read(self.content, &mut at);
            let from = at;
            at += bits.div_ceil(8);
            (field, bits, &self.content[from..at])
        })
    }
}

/// Reads records one after the other.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    next: u32,
}

impl<'a> Iterator for Reader<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.at == self.bytes.len() {
            return None;
        }
        let id = self.next + number(varint::read(self.bytes, &mut self.at));
        self.next = id + 1;
        let start = self.at;
        let fields = self.bytes[start].count_ones();
        self.at += 1;
        for _ in 0..fields {
            let bits = varint::read(self.bytes, &mut self.at);
            self.at += bits.div_ceil(8);
        }
        Some(Record { id, content: &self.bytes[start..self.at] })
    }
}

/// Writes records one after the other.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    next: u32,
}

impl Writer {
    fn put(&mut self, id: u32, content: &[u8]) {
        varint::write((id - self.next) as usize, &mut self.bytes);
        self.bytes.extend_from_slice(content);
        self.next = id + 1;
    }
}

/// What a page has of its tokens now, or no longer: the token, the page, and where the content of the record is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    pub token: u32,
    pub id: u32,
    pub content: Option<(usize, usize)>,
}

impl Records {
    /// The records of a token, by page.
    pub fn of(&self, token: u32) -> impl Iterator<Item = Record<'_>> {
        Reader { bytes: self.of.get(token as usize).map_or(&[], |bytes| bytes), at: 0, next: 0 }
    }

    /// What there is to know of a token.
    pub fn stat(&self, token: u32) -> Stat {
        self.stats.get(token as usize).copied().unwrap_or_default()
    }

    /// Makes changes, sorted and each of another record, whose contents are in `bytes`. Gives the tokens that are not as they were.
    pub fn change(&mut self, changes: &[Change], bytes: &[u8]) -> Vec<u32> {
        let of_tokens = changes.chunk_by(|a, b| a.token == b.token);
        of_tokens.filter_map(|changes| self.change_one(changes, bytes)).collect()
    }

    fn change_one(&mut self, changes: &[Change], bytes: &[u8]) -> Option<u32> {
        let token = changes.first()?.token;
        let mut writer = Writer::default();
        let mut rest = changes.iter().peekable();
        let put = |writer: &mut Writer, change: &Change| {
            if let Some((start, end)) = change.content {
                writer.put(change.id, &bytes[start..end]);
            }
        };
        for record in self.of(token) {
            while let Some(change) = rest.next_if(|change| change.id < record.id) {
                put(&mut writer, change);
            }
            match rest.next_if(|change| change.id == record.id) {
                Some(change) => put(&mut writer, change),
                None => writer.put(record.id, record.content),
            }
        }
        rest.for_each(|change| put(&mut writer, change));
        self.set(token, writer.bytes).then_some(token)
    }

    /// Gives the pages of a token other numbers: each that `moved` has.
    pub fn renumber(&mut self, token: u32, moved: &BTreeMap<u32, u32>) -> bool {
        let mut all: Vec<Record<'_>> = self.of(token).collect();
        for record in &mut all {
            record.id = moved.get(&record.id).copied().unwrap_or(record.id);
        }
        all.sort_unstable_by_key(|record| record.id);
        let mut writer = Writer::default();
        for record in &all {
            writer.put(record.id, record.content);
        }
        self.set(token, writer.bytes)
    }

    /// Says whether anything is new.
    fn set(&mut self, token: u32, bytes: Vec<u8>) -> bool {
        let at = token as usize;
        if at >= self.of.len() {
            self.of.resize_with(at + 1, Box::default);
            self.stats.resize(at + 1, Stat::default());
        }
        if *self.of[at] == *bytes {
            return false;
        }
        self.of[at] = bytes.into();
        self.stats[at] = self.counted(token);
        true
    }

    fn counted(&self, token: u32) -> Stat {
        let mut stat = Stat::default();
        let mut lists = [List { pages: 0, bits: 0 }; 8];
        for record in self.of(token) {
            stat.used += 1;
            for (field, bits, _) in record.fields() {
                stat.fields |= 1 << field;
                lists[field].pages += 1;
                lists[field].bits += number(bits);
            }
        }
        stat.size = lists.iter().filter(|list| list.pages > 0).map(|list| list.size()).sum();
        stat
    }
}

/// The contents of a page's records: of each token, ascending, where it stands in `bytes`.
pub fn contents(page: &CountedPage, documents: &[Counted], bytes: &mut Vec<u8>) -> Vec<(u32, Range<usize>)> {
    let mut all: Vec<(u32, Entry)> = Vec::with_capacity(page.stream.len());
    entries(&page.stream, documents, 0, &mut |token, entry| all.push((token, entry)));
    all.sort_unstable_by_key(|(token, entry)| (*token, entry.field(), entry.document));
    let mut room = Vec::new();
    let of_tokens = all.chunk_by(|a, b| a.0 == b.0);
    let mut write = |of_token: &[(u32, Entry)]| {
        let start = bytes.len();
        let (token, _) = of_token[0];
        bytes.push(of_token.iter().fold(0, |mask, (_, entry)| mask | 1 << entry.field()));
        for of_field in of_token.chunk_by(|a, b| a.1.field() == b.1.field()) {
            room.clear();
            let field = Field::ALL[of_field[0].1.field()];
            let mut bits = Bits::new(&mut room);
            said(field, &items(field, of_field, documents), &mut bits);
            let written = bits.since(0);
            bits.finish();
            varint::write(written, bytes);
            bytes.extend_from_slice(&room);
        }
        (token, start..bytes.len())
    };
    of_tokens.map(&mut write).collect()
}

/// What one field has of one token, by section.
fn items(field: Field, entries: &[(u32, Entry)], documents: &[Counted]) -> Vec<Item> {
    let (mut items, mut next): (Vec<Item>, u32) = (Vec::new(), 0);
    for of_document in entries.chunk_by(|a, b| a.1.document == b.1.document) {
        let ordinal = of_document[0].1.document;
        let Counted { below, classes, .. } = documents[ordinal as usize];
        items.push(Item {
            step: ordinal + 1 - next,
            count: of_document.iter().map(|(_, entry)| entry.count()).sum(),
            class: u32::from(classes >> (3 * field as u16)) & 7,
            below,
        });
        next = ordinal + 1;
    }
    items
}
