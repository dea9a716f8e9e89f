//! Reads the files of the index as a client does, from the description of the format.

use std::collections::{BTreeMap, BTreeSet};

use crate::search::{Directory, Index};

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
pub fn words(index: &Index) -> Vec<Word> {
    let directory = &index.words;
    let large: BTreeMap<&str, &[u8]> =
        index.lists.iter().map(|(name, file)| (name.as_str(), file.as_slice())).collect();
    assert_eq!(large.len(), index.lists.len(), "two files of one name");
    let mut unused: BTreeSet<&str> = large.keys().copied().collect();
    assert_eq!(directory.from.len(), directory.files.len());
    let mut all = Vec::new();
    for (at, (_, file)) in directory.files.iter().enumerate() {
        for word in shard(file, &large, &mut unused) {
            assert!(word.text >= directory.from[at]);
            assert!(directory.from.get(at + 1).is_none_or(|next| word.text < *next));
            all.push(word);
        }
    }
    assert!(all.is_sorted_by(|a, b| a.text < b.text));
    assert!(unused.is_empty(), "every large list is of a word");
    all
}

fn shard(whole: &[u8], large: &BTreeMap<&str, &[u8]>, unused: &mut BTreeSet<&str>) -> Vec<Word> {
    let mut lists = 0;
    let packed = varint(whole, &mut lists);
    let dictionary = miniz_oxide::inflate::decompress_to_vec(&whole[lists..lists + packed]).unwrap();
    lists += packed;
    let (ids, start) = pages(&whole[lists..]);
    lists += start;
    let (file, mut at) = (dictionary.as_slice(), 0);
    let count = varint(file, &mut at);
    let mut words = Vec::new();
    let mut before = String::new();
    for _ in 0..count {
        let word = spelled(file, &mut at, &before);
        let flags = file[at];
        at += 1;
        let others = (0..flags >> 6).map(|_| spelled(file, &mut at, &word)).collect();
        let mut sizes = BTreeMap::new();
        let own;
        let (mut content, mut of) = (&whole[lists..], &ids);
        let away = flags & 31 != 0 && file[at] == 0;
        if away {
            let name = file[at + 1..at + 5].iter().fold(0_u32, |name, byte| name << 8 | u32::from(*byte));
            let name = format!("{name:08x}");
            let start;
            (own, start) = pages(large[name.as_str()]);
            (content, of) = (&large[name.as_str()][start..], &own);
            unused.remove(name.as_str());
            at += 5;
        }
        for field in (0..5).filter(|field| flags & (1 << field) != 0) {
            sizes.insert(field, varint(file, &mut at));
        }
        let mut from = 0;
        let mut read = |(field, size): (usize, usize)| {
            from += size;
            (field, list(field, &content[from - size..from], of))
        };
        let read = sizes.into_iter().map(&mut read).collect();
        if away {
            assert_eq!(from, content.len());
        } else {
            lists += from;
        }
        before.clone_from(&word);
        words.push(Word { text: word, itself: flags & 32 != 0, others, lists: read });
    }
    assert_eq!((at, lists), (file.len(), whole.len()));
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

    fn ascending(&mut self, count: u32) -> Vec<u32> {
        let k = self.bits(5);
        let mut next = 0;
        let mut each = || {
            next += self.rice(k) + 1;
            next - 1
        };
        (0..count).map(|_| each()).collect()
    }
}

/// The ids of the pages of a file, and where its lists begin.
fn pages(bytes: &[u8]) -> (Vec<u32>, usize) {
    let mut reader = Reader { bytes, bit: 0 };
    let count = reader.gamma() - 1;
    let ids = reader.ascending(count);
    (ids, reader.bit.div_ceil(8))
}

fn list(field: usize, bytes: &[u8], ids: &[u32]) -> Vec<Posting> {
    let mut reader = Reader { bytes, bit: 0 };
    let count = reader.gamma();
    let mut postings = Vec::new();
    for place in reader.ascending(count) {
        let page = ids[place as usize];
        let of_sections = field == 2 || field == 4;
        let sections = if of_sections { reader.gamma() } else { 1 };
        let mut ordinal = -1_i64;
        for _ in 0..sections {
            ordinal += if of_sections { i64::from(reader.gamma()) } else { 1 };
            let count = reader.gamma();
            let class = u8::try_from(reader.bits(3)).unwrap();
            let below = if field == 2 { reader.gamma() - 1 } else { 0 };
            let ordinal = u32::try_from(ordinal).unwrap();
            postings.push(Posting { page, ordinal, count, class, below });
        }
    }
    assert_eq!(reader.bit.div_ceil(8), bytes.len(), "a list ends in its last byte");
    postings
}

/// The forms of all files of spellings, each with its keys in order and how often it is used.
pub fn forms(directory: &Directory) -> BTreeMap<String, (Vec<String>, u32)> {
    let mut forms: BTreeMap<String, (Vec<String>, u32)> = BTreeMap::new();
    let mut last = String::new();
    for (at, (_, file)) in directory.files.iter().enumerate() {
        let mut before: Vec<char> = Vec::new();
        let (count, lines) = std::str::from_utf8(file).unwrap().split_once('\n').unwrap();
        assert!(lines.is_empty() || lines.ends_with('\n'));
        assert_eq!(lines.lines().count(), count.parse::<usize>().unwrap());
        for line in lines.lines() {
            let mut letters = line.chars();
            let shared = letters.next().unwrap().to_digit(36).unwrap() as usize;
            let often = letters.next().unwrap().to_digit(10).unwrap();
            before.truncate(shared);
            before.extend(letters);
            let key: String = before.iter().collect();
            assert!(key >= directory.from[at] && key > last);
            assert!(directory.from.get(at + 1).is_none_or(|next| key < *next));
            let form: String = match &key[..1] {
                "b" => key[1..].to_owned(),
                "e" => key[1..].chars().rev().collect(),
                _ => key[1..].split_once('.').map(|(last, first)| format!("{first}{last}")).unwrap(),
            };
            let (keys, _) = forms.entry(form).or_insert_with(|| (Vec::new(), often));
            keys.push(key.clone());
            last = key;
        }
    }
    forms
}
