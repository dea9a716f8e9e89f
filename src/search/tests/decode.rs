//! Reads the files of the index as a client does, from the description of the format.

use std::collections::BTreeMap;

use crate::search::Directory;

/// A token in one field of one search document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    pub page: u32,
    pub ordinal: u32,
    pub count: u32,
    pub class: u8,
    /// In `headings` only.
    pub below: u32,
}

/// One word of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub itself: bool,
    pub others: Vec<String>,
    /// By field.
    pub lists: BTreeMap<usize, Vec<Posting>>,
}

/// All words of all shards, in order; each lies in the shard whose range it is in.
pub fn words(directory: &Directory) -> Vec<Word> {
    assert_eq!(directory.from.len(), directory.files.len());
    let mut all = Vec::new();
    for (at, (_, file)) in directory.files.iter().enumerate() {
        for word in shard(file) {
            assert!(word.text >= directory.from[at]);
            assert!(directory.from.get(at + 1).is_none_or(|next| word.text < *next));
            all.push(word);
        }
    }
    assert!(all.is_sorted_by(|a, b| a.text < b.text));
    all
}

fn shard(file: &[u8]) -> Vec<Word> {
    let mut at = 0;
    let count = varint(file, &mut at);
    let (mut words, mut sizes) = (Vec::new(), Vec::new());
    let mut before = String::new();
    for _ in 0..count {
        let word = spelled(file, &mut at, &before);
        let flags = file[at];
        at += 1;
        let others = (0..flags >> 6).map(|_| spelled(file, &mut at, &word)).collect();
        for field in (0..5).filter(|field| flags & (1 << field) != 0) {
            sizes.push((words.len(), field, varint(file, &mut at)));
        }
        before.clone_from(&word);
        words.push(Word { text: word, itself: flags & 32 != 0, others, lists: BTreeMap::new() });
    }
    for (word, field, size) in sizes {
        words[word].lists.insert(field, list(field, &file[at..at + size]));
        at += size;
    }
    assert_eq!(at, file.len());
    words
}

fn varint(file: &[u8], at: &mut usize) -> usize {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = file[*at];
        *at += 1;
        value |= usize::from(byte & 127) << shift;
        shift += 7;
        if byte < 128 {
            return value;
        }
    }
}

fn spelled(file: &[u8], at: &mut usize, before: &str) -> String {
    let shared = varint(file, at);
    let more = varint(file, at);
    let word = format!("{}{}", &before[..shared], std::str::from_utf8(&file[*at..*at + more]).unwrap());
    *at += more;
    word
}

struct Reader<'a> {
    bytes: &'a [u8],
    bit: usize,
}

impl Reader<'_> {
    fn bits(&mut self, count: u32) -> u32 {
        (0..count).fold(0, |value, _| {
            let bit = (self.bytes[self.bit / 8] >> (7 - self.bit % 8)) & 1;
            self.bit += 1;
            (value << 1) | u32::from(bit)
        })
    }

    fn gamma(&mut self) -> u32 {
        let mut more = 0;
        while self.bits(1) == 0 {
            more += 1;
        }
        (1 << more) | self.bits(more)
    }

    fn rice(&mut self, k: u32) -> u32 {
        let mut high = 0;
        while self.bits(1) == 1 {
            high += 1;
        }
        (high << k) | self.bits(k)
    }
}

fn list(field: usize, bytes: &[u8]) -> Vec<Posting> {
    let mut reader = Reader { bytes, bit: 0 };
    let pages = reader.gamma();
    let k = reader.bits(5);
    let mut postings = Vec::new();
    let mut page = -1_i64;
    for _ in 0..pages {
        page += i64::from(reader.rice(k)) + 1;
        let of_sections = field == 2 || field == 4;
        let sections = if of_sections { reader.gamma() } else { 1 };
        let mut ordinal = -1_i64;
        for _ in 0..sections {
            ordinal += if of_sections { i64::from(reader.gamma()) } else { 1 };
            let count = reader.gamma();
            let class = u8::try_from(reader.bits(3)).unwrap();
            let below = if field == 2 { reader.gamma() - 1 } else { 0 };
            let (page, ordinal) = (u32::try_from(page).unwrap(), u32::try_from(ordinal).unwrap());
            postings.push(Posting { page, ordinal, count, class, below });
        }
    }
    assert_eq!(reader.bit.div_ceil(8), bytes.len(), "a list ends in its last byte");
    postings
}

/// The forms of all files of spellings in order, each with how often it is used.
pub fn forms(directory: &Directory) -> Vec<(String, u32)> {
    let mut forms = Vec::new();
    for (at, (_, file)) in directory.files.iter().enumerate() {
        let mut before: Vec<char> = Vec::new();
        for line in std::str::from_utf8(file).unwrap().lines() {
            let mut letters = line.chars();
            let shared = letters.next().unwrap().to_digit(36).unwrap() as usize;
            let often = letters.next().unwrap().to_digit(10).unwrap();
            before.truncate(shared);
            before.extend(letters);
            let form: String = before.iter().collect();
            assert!(form >= directory.from[at]);
            assert!(directory.from.get(at + 1).is_none_or(|next| form < *next));
            forms.push((form, often));
        }
    }
    assert!(forms.is_sorted_by(|a, b| a.0 < b.0));
    forms
}
