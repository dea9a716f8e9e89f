//! `search/index.json`: where everything else of the index is.

use serde::Serialize;

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
    words: Files<'a>,
    spelling: Files<'a>,
    table: &'a str,
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
    /// For the site of `pages` pages in `language` with `index` and the table whose hash begins with `table`.
    pub fn new(pages: usize, space: u32, language: &'a str, index: &'a Index, table: &'a str) -> Self {
        let rounded = |length: f64| serde_json::Value::from((length * 100.0).round() / 100.0);
        let lengths = Field::ALL
            .iter()
            .zip(index.lengths)
            .map(|(field, length)| (field.word().to_owned(), rounded(length)));
        Self {
            version: 4,
            pages,
            sections: index.sections,
            space,
            lengths: lengths.collect(),
            language,
            stop: index.stop.join(" "),
            words: Files::from(&index.words),
            spelling: Files::from(&index.spelling),
            table,
        }
    }
}
