//! `search/index.json`: where everything else of the index is, so that the way to a word has one step before it.

use serde::Serialize;

use super::endings::Endings;
use super::table::Table;
use super::{Directory, Field, Index};

/// The one file of the search whose name stays.
#[derive(Debug, Serialize)]
pub struct Manifest<'a> {
    version: u8,
    pages: usize,
    sections: usize,
    space: u32,
    lengths: serde_json::Map<String, serde_json::Value>,
    language: &'a str,
    stop: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    titles: &'a [(String, u32)],
    endings: &'a Endings,
    words: Files<'a>,
    spelling: Files<'a>,
    table: &'a Table,
}

#[derive(Debug, Serialize)]
struct Files<'a> {
    from: &'a [String],
    file: Vec<&'a str>,
}

impl<'a> From<&'a Directory> for Files<'a> {
    fn from(directory: &'a Directory) -> Self {
        Self { from: &directory.from, file: directory.files.iter().map(|(hash, _)| hash.as_str()).collect() }
    }
}

impl<'a> Manifest<'a> {
    /// For the site of `pages` pages in `language` with `index` and `table`. `titles` are those of stop words alone, which no list of a word holds, with the ids of their pages.
    pub fn new(
        pages: usize,
        space: u32,
        language: &'a str,
        index: &'a Index,
        table: &'a Table,
        titles: &'a [(String, u32)],
    ) -> Self {
        let rounded = |length: f64| serde_json::Value::from((length * 100.0).round() / 100.0);
        let lengths = Field::ALL
            .iter()
            .zip(index.lengths)
            .map(|(field, length)| (field.word().to_owned(), rounded(length)));
        Self {
            version: 5,
            pages,
            sections: index.sections,
            space,
            lengths: lengths.collect(),
            language,
            stop: index.stop.join(" "),
            titles,
            endings: &index.endings,
            words: Files::from(&index.words),
            spelling: Files::from(&index.spelling),
            table,
        }
    }
}
