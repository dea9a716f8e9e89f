//! Where a sorted list of words is cut into files.

use std::ops::Range;

/// The size of files, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// A file may end from here on.
    pub least: usize,
    /// No file is larger, unless a single word is.
    pub most: usize,
}

impl Sizes {
    /// Files of about this size.
    pub const fn about(size: usize) -> Self {
        Self { least: size * 3 / 4, most: size * 8 / 5 }
    }
}

/// Cuts `words` into ranges. `size` is what the word at a place takes, `shared` what it has in common with the word
/// before, in bytes.
///
/// Within reach of a cut, the place is taken where neighbours share least: where a branch of the tree of prefixes
/// ends. So a word more or less, or a longer list, moves a cut or two, and after that they fall where they fell before.
pub fn cut(
    count: usize,
    sizes: Sizes,
    size: impl Fn(usize) -> usize,
    shared: impl Fn(usize) -> usize,
) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    while start < count {
        let end = end(start, count, sizes, &size, &shared);
        ranges.push(start..end);
        start = end;
    }
    ranges
}

fn end(
    start: usize,
    count: usize,
    sizes: Sizes,
    size: impl Fn(usize) -> usize,
    shared: impl Fn(usize) -> usize,
) -> usize {
    let mut filled = size(start);
    let mut best: Option<(usize, usize)> = None;
    for at in start + 1..count {
        if filled >= sizes.least {
            let shared = shared(at);
            if best.is_none_or(|(least, _)| shared < least) {
                best = Some((shared, at));
            }
        }
        filled += size(at);
        if filled > sizes.most {
            return best.map_or(at, |(_, at)| at);
        }
    }
    count
}
