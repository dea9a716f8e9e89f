//! All that links are looked up in. Whatever is asked is noted with the links of the document, so that somebody who knows which
//! questions have another answer now knows whose links may lead elsewhere (see [`super::again`]).
//!
//! Nothing of other documents, of files or of the disk may be asked but here.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::path::{SourcePath, UrlPath};
use crate::site::anchors::AnchorOrder;
use crate::site::collections::Collections;
use crate::site::placement::{Placed, Placement};
use crate::source::AssetReader;

/// A question that the rest of the site answers.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) enum Question<'a> {
    /// What is at a source path: a document, a draft, a file, nothing.
    Source(&'a str),
    /// Whose page is at an address, or was.
    Address(&'a str),
    /// Which address a folder has.
    Folder(&'a str),
    /// Which sections a document has, and whether it is a log's own page.
    Sections(&'a str),
    /// Which documents a folder has.
    Siblings(&'a str),
    /// Where a document of a name is.
    Named(&'a str),
    /// What there may be that no document gives the text of.
    Generated,
    /// Whether the disk has a file that is no source.
    Disk,
}

impl Question<'_> {
    /// What is noted of it. Two that are noted alike cost a look too many, and nothing else.
    pub fn note(self) -> u32 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        let [a, b, c, d, ..] = hasher.finish().to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }
}

/// A placement and a disk, as one document asks them.
pub(super) struct Ground<'a> {
    placement: &'a Placement,
    reader: &'a dyn AssetReader,
    asked: Option<RefCell<Vec<u32>>>,
}

impl<'a> Ground<'a> {
    /// `notes` is whether anybody will want to know what was asked.
    pub fn new(placement: &'a Placement, reader: &'a dyn AssetReader, notes: bool) -> Self {
        Self { placement, reader, asked: notes.then(RefCell::default) }
    }

    /// What was asked, sorted, each question once.
    pub fn asked(self) -> Box<[u32]> {
        let mut asked = self.asked.map(RefCell::into_inner).unwrap_or_default();
        asked.sort_unstable();
        asked.dedup();
        asked.into()
    }

    fn ask(&self, question: Question<'_>) {
        if let Some(asked) = &self.asked {
            asked.borrow_mut().push(question.note());
        }
    }

    /// The document at `source`.
    pub fn document(&self, source: &SourcePath) -> Option<usize> {
        self.ask(Question::Source(source.as_str()));
        self.placement.by_source.get(source).copied()
    }

    /// Whether there is a file at `source` that may be linked to.
    pub fn is_file(&self, source: &SourcePath) -> bool {
        self.ask(Question::Source(source.as_str()));
        self.placement.assets.contains_key(source)
    }

    /// Whether `source` is a document that is left out.
    pub fn is_draft(&self, source: &SourcePath) -> bool {
        self.ask(Question::Source(source.as_str()));
        self.placement.drafts.contains(source)
    }

    /// Whether the disk has anything at `source`.
    pub fn exists(&self, source: &SourcePath) -> bool {
        self.ask(Question::Disk);
        self.reader.exists(source)
    }

    /// The address of a folder, by its path from the site's root.
    pub fn folder(&self, path: &str) -> Option<&'a UrlPath> {
        self.ask(Question::Folder(path));
        self.placement.folder_urls.get(path)
    }

    /// The document whose page is at `url`.
    pub fn page_at(&self, url: &UrlPath) -> Option<usize> {
        self.ask(Question::Address(url.as_str()));
        self.placement.by_url.get(url).copied()
    }

    /// The document whose page was at `url`.
    pub fn page_once_at(&self, url: &UrlPath) -> Option<usize> {
        self.ask(Question::Address(url.as_str()));
        self.placement.redirects.get(url).copied()
    }

    /// The document at `page`, for somebody who looks for a part of it.
    pub fn parts(&self, page: usize) -> (&'a Placed, &'a AnchorOrder) {
        let placed: &Placed = &self.placement.documents[page];
        self.ask(Question::Sections(placed.document.path.as_str()));
        let order = placed.anchor_order.get_or_init(|| AnchorOrder::of(&placed.document, &placed.asks));
        (placed, order)
    }

    /// The address of what no document gives the text of, by its path below the site's root.
    pub fn generated(&self, path: &str) -> Option<UrlPath> {
        self.ask(Question::Generated);
        self.placement.possible.at(path)
    }

    /// The names of documents in a folder.
    pub fn siblings(&self, folder: &str) -> &'a [String] {
        self.ask(Question::Siblings(folder));
        self.placement.names().siblings(folder)
    }

    /// A document of this name, wherever it is.
    pub fn named(&self, name: &str) -> Option<&'a SourcePath> {
        self.ask(Question::Named(name));
        self.placement.names().elsewhere(name)
    }

    /// The collections, which follow from the configuration alone.
    pub fn collections(&self) -> &'a Collections {
        &self.placement.collections
    }
}
