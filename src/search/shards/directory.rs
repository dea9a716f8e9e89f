//! Which file holds which words.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::shared;

/// The files of a sorted list of words. File `i` holds the words `w` with `from[i] <= w < from[i + 1]`, by bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// Where each file begins; the first is empty.
    pub from: Vec<String>,
    /// Of each file eight hexadecimal digits of the BLAKE3 hash of its content, and the content.
    pub files: Vec<(String, Vec<u8>)>,
    /// The hashes in full.
    pub hashes: Vec<blake3::Hash>,
    /// The words of each file, by their places.
    pub ranges: Vec<Range<usize>>,
}

/// A file by the hash of its content, and that.
pub type Made = (blake3::Hash, Vec<u8>);

/// Makes the files of words that are cut at `ranges`, but for those that are `kept`. Without words there is one file, as
/// `content` makes it of none.
pub fn directory<'a>(
    word: impl Fn(usize) -> Cow<'a, str>,
    ranges: &[Range<usize>],
    mut kept: Vec<Option<Made>>,
    content: impl Fn(Range<usize>) -> Vec<u8> + Sync,
) -> Directory {
    kept.resize(ranges.len().max(1), None);
    let none = std::slice::from_ref(&(0..0));
    let cut = if ranges.is_empty() { none } else { ranges };
    let make = |(range, kept): (&Range<usize>, Option<Made>)| {
        kept.unwrap_or_else(|| {
            let content = content(range.clone());
            (blake3::hash(&content), content)
        })
    };
    let files: Vec<Made> = cut.par_iter().zip(kept).map(make).collect();
    let mut from = vec![String::new()];
    from.extend(ranges.iter().skip(1).map(|range| beginning(&word(range.start - 1), &word(range.start))));
    let hashes = files.iter().map(|(hash, _)| *hash).collect();
    Directory { from, files: named(files), hashes, ranges: cut.to_vec() }
}

/// The shortest beginning of `word` that comes after the word `before`.
fn beginning(before: &str, word: &str) -> String {
    let shared = shared(before, word);
    word.chars()
        .scan(0, |len, c| {
            (*len <= shared).then(|| {
                *len += c.len_utf8();
                c
            })
        })
        .collect()
}

/// The first eight digits of each hash; the next eight where another file has taken those.
pub fn named(made: Vec<(blake3::Hash, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let mut taken: BTreeMap<String, blake3::Hash> = BTreeMap::new();
    let mut files = Vec::with_capacity(made.len());
    for (hash, content) in made {
        let digits = hash.to_hex();
        let free = (0..digits.len()).step_by(8).map(|at| &digits[at..at + 8]);
        let mut free = free.filter(|name| taken.get(*name).is_none_or(|other| *other == hash));
        let name = free.next().unwrap_or(&digits[..8]).to_owned();
        taken.insert(name.clone(), hash);
        files.push((name, content));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_begin_with_as_little_as_tells_them_apart() {
        let words = ["", "acetic", "acid", "æon", "é"];
        let beginnings: Vec<_> = words.windows(2).map(|pair| beginning(pair[0], pair[1])).collect();
        assert_eq!(beginnings, ["a", "aci", "æ", "é"]);
    }

    #[test]
    fn two_files_never_share_a_name() {
        let hash = |end: &str| blake3::Hash::from_hex(format!("{:0<56}{end}", "0123456789abcdef")).unwrap();
        let made = ["00000001", "00000002", "00000002"].map(|end| (hash(end), end.as_bytes().to_vec()));
        let names: Vec<_> = named(made.into()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["01234567", "89abcdef", "89abcdef"]);
    }
}
