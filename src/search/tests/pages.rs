//! Pages to index: owned, made up, or the example site's.

use std::path::Path;

use proptest::prelude::*;

use crate::search::{Index, Indexer, PageInput, SectionInput};

/// A page that owns its text.
#[derive(Clone, Debug)]
pub struct Page {
    pub id: u32,
    pub title: String,
    pub number: String,
    pub about: String,
    /// Level, heading and text.
    pub sections: Vec<(u8, String, String)>,
}

impl Page {
    pub fn new(id: u32, title: &str, sections: &[(u8, &str, &str)]) -> Self {
        let sections =
            sections.iter().map(|(level, a, b)| (*level, (*a).to_owned(), (*b).to_owned())).collect();
        Self { id, title: title.to_owned(), number: String::new(), about: String::new(), sections }
    }

    pub fn input(&self) -> PageInput<'_> {
        let sections =
            self.sections.iter().map(|(level, heading, text)| SectionInput { level: *level, heading, text });
        PageInput {
            id: self.id,
            title: &self.title,
            number: &self.number,
            about: &self.about,
            sections: sections.collect(),
        }
    }

    /// The references of its search documents, as the tests write them.
    pub fn references(&self) -> Vec<String> {
        (0..self.sections.len()).map(|ordinal| format!("{}#{ordinal}", self.id)).collect()
    }
}

/// The ids of pages are below this in the tests.
pub const SPACE: u32 = 1 << 16;

pub fn index(language: &str, pages: &[Page]) -> Index {
    let indexer = Indexer::new(language, SPACE);
    for page in pages {
        indexer.add(&page.input());
    }
    indexer.finish()
}

/// The pages of the example site, cut at their headings as far as the tests need it.
pub fn example() -> Vec<Page> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(files.len() > 20);
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    (0..).zip(texts).map(|(at, text)| cut(at * 7 % SPACE, &text)).collect()
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
}

fn cut(id: u32, text: &str) -> Page {
    let mut page = Page::new(id, text.lines().nth(1).unwrap_or(""), &[(1, "", "")]);
    page.number = format!("{id} no-{id}");
    page.about = text.lines().nth(2).unwrap_or("").to_owned();
    for line in text.lines() {
        let level = line.len() - line.trim_start_matches('#').len();
        if level > 0 && line[level..].starts_with(' ') {
            page.sections.push((u8::try_from(level).unwrap(), line[level..].to_owned(), String::new()));
        } else if let Some((_, _, text)) = page.sections.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    page
}

/// Text with everything in it that the rules for words speak of.
pub fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-z]{1,9}",
        3 => "[A-Za-z0-9]{1,12}",
        2 => "[ \n]",
        3 => "[-_.'\u{2010}\u{2019}]",
        1 => "[,;:()/\\\\<>\"=*…“”–]",
        2 => "[a-zàéîõüßøłÉÀÎİıſ]{1,8}",
        1 => "[а-яА-ЯёЁ]{1,8}",
        1 => "[ἀ-ῼΑ-Ωα-ως]{1,6}",
        1 => "[一-丏あ-んア-ンﾊﾟｱ]{1,6}",
        1 => "[ก-ฮ\u{e30}-\u{e39}เ-๙\u{ac00}-\u{ac1b}\u{1100}-\u{1112}\u{1161}-\u{1175}]{1,5}",
        1 => "[\u{300}-\u{304}\u{338}\u{903}\u{3099}]{1,2}",
        1 => "[ﬁⅧⅷ①²½㎏Ａ－ｚ．＿＇‑․\u{ad}\u{200d}\u{fdfa}]",
        1 => prop::sample::select(vec!["it's", "We’LL", "HTTPServer", "EIPs", "maxFeePerGas2", "ENABLE_GFM", "the"])
            .prop_map(str::to_owned),
        1 => (0..200_usize).prop_map(|length| "x".repeat(length)),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

pub fn pages() -> impl Strategy<Value = Vec<Page>> {
    let section = (1..5_u8, text(), text());
    let page = (text(), "[0-9]{0,4} ?[a-zA-Z-]{0,9}", text(), prop::collection::vec(section, 1..5));
    let id = 0..SPACE;
    prop::collection::btree_map(id, page, 0..6).prop_map(|pages| {
        let made = pages.into_iter().map(|(id, (title, number, about, mut sections))| {
            sections[0] = (1, String::new(), sections[0].2.clone());
            Page { id, title, number, about, sections }
        });
        made.collect()
    })
}
