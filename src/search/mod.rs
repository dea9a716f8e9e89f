//! The search index: words of sections, counted, cut into files small enough to be fetched while somebody types.

mod collect;
pub mod elastic;
mod entry;
mod fields;
mod ids;
mod index;
mod language;
mod manifest;
mod postings;
mod shards;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod texts;
pub mod words;

pub use collect::Collector;
pub use fields::{FIELDS, Field};
pub use index::{Index, Indexer};
pub use shards::Directory;

/// One page as the index takes it.
#[derive(Clone, Debug)]
pub struct PageInput<'a> {
    /// Its own number in the space of page ids; no two pages share one.
    pub id: u32,
    /// What it is called.
    pub title: &'a str,
    /// The forms of a decision's number, between white space.
    pub number: &'a str,
    /// People, tags and status.
    pub about: &'a str,
    /// Its search documents: the first is the page itself, then one for each heading.
    pub sections: Vec<SectionInput<'a>>,
}

/// One search document of a page.
#[derive(Clone, Copy, Debug)]
pub struct SectionInput<'a> {
    /// 1 for the page itself, else the heading's.
    pub level: u8,
    /// Empty for the page itself.
    pub heading: &'a str,
    /// What stands between this heading and the next; for the page itself, its description before that.
    pub text: &'a str,
}
