//! The files that hold what hits show. A file has pages whose numbers follow each other, and goes out as soon as its
//! last page is there, so that memory never holds the text of the whole site. Where one begins follows from the page
//! there alone, so another page changes the file that it comes into and hardly any other.
//!
//! A file is named by what its pages are, not by its bytes: so that its name is known without the text of all of them.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::pack;

/// About how many bytes a file of a small site should hold, before it is compressed: a hit needs one, and a search
/// loads several.
const WANTED: usize = 8 << 10;
/// From so many bytes of text on, files grow with the root of the whole.
const SMALL_SITE: usize = 16 << 20;
/// Digits of the hash in a file's name: it only tells versions of one file apart.
pub const DIGITS: usize = 6;
/// A word longer than this, such as bytes in hexadecimal, is shown by its beginning.
const LONGEST_WORD: usize = 120;

/// What a hit shows of its page.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// The page's number. It is written beside the rest, since another page may change it.
    #[serde(skip)]
    pub id: u32,
    /// Its address without the base path, encoded.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The number of a decision as it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The kind's word.
    pub kind: &'static str,
    /// The status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<HeadStatus>,
    /// ISO date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// Titles of the folders above it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub crumbs: Vec<String>,
}

/// A status by its normalised word and as written.
#[derive(Clone, Debug, Serialize)]
pub struct HeadStatus {
    /// `accepted` and so on; `unknown` where no vocabulary has it.
    pub word: &'static str,
    /// As written.
    pub raw: String,
}

/// One search document of a page.
#[derive(Clone, Copy, Debug)]
pub struct Section<'a> {
    /// 1 for the page itself.
    pub level: u8,
    /// Its anchor; empty for the page itself.
    pub anchor: &'a str,
    /// Its heading; empty for the page itself.
    pub heading: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// A file of texts, with where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// The number of its first page.
    pub id: u32,
    /// The first section of that page that it has.
    pub section: usize,
    /// The first digits of its hash.
    pub hash: String,
}

impl TextFile {
    /// Its name below the folder of the search.
    pub fn name(&self) -> String {
        format!("text.{:x}-{:x}-{}.bin", self.id, self.section, self.hash)
    }
}

/// What has to be known of a page to say which files there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Tells versions of the page apart.
    hash: [u8; 16],
    /// How many bytes its head and each of its sections take.
    head: u32,
    sections: Box<[u32]>,
}

/// A page, written.
#[derive(Debug)]
pub struct Written {
    id: u32,
    /// Its head as JSON, without its number and the braces.
    head: String,
    /// Per section: level; as JSON, what later files say of it that begin below it; and the whole as JSON.
    sections: Vec<(u8, String, String)>,
}

impl Written {
    pub fn new(head: &Head, sections: &[Section<'_>]) -> Self {
        let json = json(head);
        let json =
            json.strip_prefix('{').and_then(|json| json.strip_suffix('}')).unwrap_or_default().to_owned();
        let sections = sections.iter().enumerate().map(|(ordinal, section)| {
            let text = shortened(section.text);
            let whole = (ordinal, section.level, section.anchor, section.heading, text.as_ref());
            let above = self::json(&(section.level, section.heading, ordinal, section.anchor));
            (section.level, above, self::json(&whole))
        });
        Self { id: head.id, head: json, sections: sections.collect() }
    }

    pub fn outline(&self) -> Outline {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.head.as_bytes());
        let mut sections = Vec::with_capacity(self.sections.len());
        for (_, _, whole) in &self.sections {
            hasher.update(whole.as_bytes());
            sections.push(small(whole.len()));
        }
        let mut hash = [0; 16];
        hasher.finalize_xof().fill(&mut hash);
        Outline { hash, head: small(self.head.len()), sections: sections.into() }
    }
}

/// Where files may begin, and how large they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    wanted: usize,
}

impl Plan {
    /// For pages whose sources have so many bytes together.
    pub fn new(bytes: usize) -> Self {
        let (mut wanted, mut rest) = (WANTED, bytes);
        while rest > SMALL_SITE {
            wanted = wanted * 5 / 4;
            rest /= 2;
        }
        Self { wanted }
    }

    /// Whether a file begins with a page of so many bytes of source: the more of it there is the likelier, so that
    /// files have what is wanted.
    pub fn begins(self, id: u32, bytes: usize) -> bool {
        let drawn = id.wrapping_mul(0x9e37_79b1) >> 12;
        drawn as usize * self.wanted < bytes << 20
    }

    /// The files of pages that follow each other, each with the pages that it has something of.
    pub fn files(self, pages: &[(u32, &Outline)]) -> Vec<(TextFile, Range<usize>)> {
        let most = 2 * self.wanted;
        let (mut files, mut start, mut filled) = (Vec::new(), (0, 0), 0);
        for (at, (_, outline)) in pages.iter().enumerate() {
            filled += outline.head as usize;
            for (section, bytes) in outline.sections.iter().enumerate() {
                if (at, section) != start && filled + *bytes as usize > most {
                    files.push(file(pages, start, (at, section)));
                    (start, filled) = ((at, section), outline.head as usize);
                }
                filled += *bytes as usize;
            }
        }
        if start.0 < pages.len() {
            files.push(file(pages, start, (pages.len(), 0)));
        }
        files
    }
}

/// The file from one place, a page and a section of it, to before another.
fn file(pages: &[(u32, &Outline)], start: (usize, usize), end: (usize, usize)) -> (TextFile, Range<usize>) {
    let range = start.0..end.0 + usize::from(end.1 > 0);
    let mut hasher = blake3::Hasher::new();
    for (id, outline) in &pages[range.clone()] {
        hasher.update(&id.to_le_bytes()).update(&outline.hash);
    }
    // A long page may be cut elsewhere when the one before it changes.
    hasher.update(&(end.1 as u64).to_le_bytes());
    let hash = hasher.finalize().to_hex()[..DIGITS].to_owned();
    (TextFile { id: pages[start.0].0, section: start.1, hash }, range)
}

/// All files, in the making.
#[derive(Debug)]
pub struct Texts {
    plan: Plan,
    /// The numbers of the pages with which buckets begin.
    starts: Vec<u32>,
    buckets: Vec<Mutex<Bucket>>,
    files: Mutex<Vec<TextFile>>,
}

/// Pages between two starts.
#[derive(Debug, Default)]
struct Bucket {
    missing: usize,
    pages: Vec<Written>,
}

impl Texts {
    /// For pages with their numbers, ascending, and the bytes of their sources.
    pub fn new(pages: &[(u32, usize)]) -> Self {
        let plan = Plan::new(pages.iter().map(|(_, bytes)| bytes).sum());
        let (mut starts, mut buckets): (Vec<u32>, Vec<Bucket>) = (Vec::new(), Vec::new());
        for (id, bytes) in pages {
            if starts.is_empty() || plan.begins(*id, *bytes) {
                starts.push(*id);
                buckets.push(Bucket::default());
            }
            buckets.iter_mut().rev().take(1).for_each(|bucket| bucket.missing += 1);
        }
        let buckets = buckets.into_iter().map(Mutex::new).collect();
        Self { plan, starts, buckets, files: Mutex::default() }
    }

    /// Takes a page. Gives the files that are complete with it.
    pub fn add(&self, head: &Head, sections: &[Section<'_>]) -> Vec<(TextFile, Vec<u8>)> {
        let written = Written::new(head, sections);
        let after = self.starts.partition_point(|start| *start <= head.id);
        let Some(bucket) = self.buckets.get(after.wrapping_sub(1)) else { return Vec::new() };
        let mut bucket = lock(bucket);
        bucket.pages.push(written);
        bucket.missing = bucket.missing.saturating_sub(1);
        if bucket.missing > 0 {
            return Vec::new();
        }
        let mut pages = std::mem::take(&mut bucket.pages);
        drop(bucket);
        pages.sort_unstable_by_key(|page| page.id);
        let outlines: Vec<Outline> = pages.iter().map(Written::outline).collect();
        let by_id: Vec<(u32, &Outline)> = pages.iter().map(|page| page.id).zip(&outlines).collect();
        let files = self.plan.files(&by_id);
        lock(&self.files).extend(files.iter().map(|(file, _)| file.clone()));
        let ends = files.iter().skip(1).map(|(next, _)| (next.id, next.section));
        let ends = ends.chain([END]).collect::<Vec<_>>();
        let written = files.into_iter().zip(ends);
        written.map(|((file, range), end)| (file.clone(), content(&file, end, &pages[range]))).collect()
    }

    /// All files by where they begin.
    pub fn finish(self) -> Vec<TextFile> {
        let mut files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.sort_unstable_by_key(|file| (file.id, file.section));
        files
    }
}

/// After all pages.
pub const END: (u32, usize) = (u32::MAX, 0);

/// A thread that panics ends the build anyway; nothing here is left half done.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sizes of what is in memory.
fn small(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Strings, numbers and lists of them can always be written.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// `text` with the rest of overlong words left out.
fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    let long = |word: &&str| word.len() > LONGEST_WORD;
    if !has_long_word(text.as_bytes()) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive([' ', '\n', '\t']) {
        let word = piece.trim_end_matches([' ', '\n', '\t']);
        if long(&word) {
            out.extend(word.chars().take(LONGEST_WORD / 3));
            out.push('…');
            out.push_str(&piece[word.len()..]);
        } else {
            out.push_str(piece);
        }
    }
    out.into()
}

/// Whether there are more than [`LONGEST_WORD`] bytes without white space. Looks at few of them: the last white space
/// among the next ones tells that there is no such word before it.
fn has_long_word(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(next) = rest.get(..=LONGEST_WORD) {
        let Some(space) = next.iter().rposition(u8::is_ascii_whitespace) else { return true };
        rest = &rest[space + 1..];
    }
    false
}

/// What `file` has of `pages`, up to before the page and section at `end`.
pub fn content(file: &TextFile, end: (u32, usize), pages: &[Written]) -> Vec<u8> {
    let mut text = String::from("[");
    for page in pages {
        let mut begun = false;
        // The headings that the next section may stand below; headings have few levels.
        let mut above: Vec<(u8, &str)> = Vec::new();
        for (ordinal, (level, as_above, section)) in page.sections.iter().enumerate() {
            above.truncate(above.partition_point(|(over, _)| over < level));
            let here = (page.id, ordinal);
            if here >= (file.id, file.section) && here < end {
                if begun {
                    text.push(',');
                } else {
                    text.push_str(if text.len() > 1 { "," } else { "" });
                    begin(&mut text, page, &above);
                    begun = true;
                }
                text.push_str(section);
            }
            if ordinal > 0 {
                above.push((*level, as_above));
            }
        }
        if begun {
            text.push_str("]}");
        }
    }
    text.push(']');
    pack::texts(text.as_bytes())
}

/// The head of a page, with the headings `above` the first section that follows: of each its level, itself, its ordinal and
/// its anchor.
fn begin(text: &mut String, page: &Written, above: &[(u8, &str)]) {
    text.push_str("{\"id\":");
    text.push_str(&page.id.to_string());
    text.push(',');
    text.push_str(&page.head);
    if !above.is_empty() {
        let headings: Vec<&str> = above.iter().map(|(_, as_above)| *as_above).collect();
        text.push_str(",\"above\":[");
        text.push_str(&headings.join(","));
        text.push(']');
    }
    text.push_str(",\"sections\":[");
}

#[cfg(test)]
mod tests;
