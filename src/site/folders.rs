//! The folders of the site: collections and plain folders, parents before children, each with its pages in order.

use std::collections::{BTreeMap, BTreeSet};

use super::placement::{Placed, PlacedFolder};
use super::{Folder, FolderId, Page, PageId, order};
use crate::config::{Config, Kind, in_words};
use crate::frozen::Frozen;
use crate::path::UrlPath;

/// The address of the decision log.
pub(super) const LOG: &str = "/decisions/";

/// Which folders there are, and which of them lists a document: known before any page is made.
#[derive(Debug, PartialEq)]
pub(super) struct Numbers {
    /// In the order of addresses, parents before children.
    by_url: BTreeMap<UrlPath, FolderId>,
    /// The decision log that lists records which lie in no collection, where there are some.
    log: Option<UrlPath>,
}

impl Numbers {
    /// Of all folders that have some of `documents` below them.
    pub fn new(placed: &BTreeMap<UrlPath, PlacedFolder>, documents: &[Frozen<Placed>]) -> Self {
        // Few folders have many documents.
        let direct: BTreeSet<&UrlPath> = documents.iter().map(|document| &document.folder).collect();
        let log = log_for_loose_records(placed, documents, &direct);
        let mut used: BTreeSet<UrlPath> = BTreeSet::from([UrlPath::root()]);
        for url in direct.into_iter().chain(log.as_ref()) {
            used.extend(with_ancestors(url));
        }
        let by_url = used.into_iter().enumerate().map(|(at, url)| (url, FolderId(at))).collect();
        Self { by_url, log }
    }

    /// The folder that lists a document, or whose own page it is.
    pub fn of(&self, document: &Placed) -> FolderId {
        let log = self.log.as_ref().filter(|_| is_loose(document));
        // All folders of documents are there; the root is above them all.
        self.at(log.unwrap_or(&document.folder)).unwrap_or(FolderId(0))
    }

    /// The folder at `url`.
    pub fn at(&self, url: &UrlPath) -> Option<FolderId> {
        self.by_url.get(url).copied()
    }
}

/// Builds the folders that have pages below them, each with its pages in order.
pub(super) fn build(
    config: &Config,
    placed: &BTreeMap<UrlPath, PlacedFolder>,
    numbers: &Numbers,
    pages: &[Frozen<Page>],
) -> Vec<Folder> {
    let unknown = PlacedFolder::default();
    let new = |url: &UrlPath| folder(config, url, placed.get(url).unwrap_or(&unknown), numbers);
    let mut folders: Vec<Folder> = numbers.by_url.keys().map(new).collect();
    seat(&mut folders, pages);
    give_records_their_folders(&mut folders, numbers, pages);
    name(&mut folders, pages);
    link_children(&mut folders);
    for folder in &mut folders {
        order::sort(&mut folder.members, pages, folder.kind, folder.index);
    }
    folders
}

/// Records that lie in no collection are listed in the decision log: the only collection of decisions that
/// there is, else one of their own.
fn log_for_loose_records(
    placed: &BTreeMap<UrlPath, PlacedFolder>,
    documents: &[Frozen<Placed>],
    direct: &BTreeSet<&UrlPath>,
) -> Option<UrlPath> {
    if !documents.iter().any(|placed| is_loose(placed)) {
        return None;
    }
    let own = UrlPath::new(LOG).ok()?;
    let mut logs = placed.iter().filter(|(url, f)| {
        f.is_collection
            && f.kind == Some(Kind::Decision)
            && direct.iter().any(|folder| folder.as_str().starts_with(url.as_str()))
    });
    Some(logs.next().map_or(own, |(url, _)| url.clone()))
}

fn is_loose(document: &Placed) -> bool {
    document.kind == Kind::Decision && !document.in_collection && !document.is_index
}

fn with_ancestors(url: &UrlPath) -> Vec<UrlPath> {
    let text = url.as_str();
    text.match_indices('/').filter_map(|(at, _)| UrlPath::new(&text[..=at]).ok()).collect()
}

fn folder(config: &Config, url: &UrlPath, placed: &PlacedFolder, numbers: &Numbers) -> Folder {
    let is_log = numbers.log.as_ref() == Some(url);
    let is_root = url.as_str() == "/";
    let last = url.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let name = if placed.name.is_empty() { last } else { placed.name.as_str() };
    let title =
        if is_root { config.title.clone() } else { placed.title.clone().unwrap_or_else(|| in_words(name)) };
    Folder {
        url: url.clone(),
        title,
        kind: placed.kind.unwrap_or(if is_log { Kind::Decision } else { Kind::Page }),
        is_collection: placed.is_collection || is_log,
        parent: with_ancestors(url).iter().rev().nth(1).and_then(|above| numbers.at(above)),
        children: Vec::new(),
        index: None,
        members: Vec::new(),
    }
}

fn seat(folders: &mut [Folder], pages: &[Frozen<Page>]) {
    for (index, page) in pages.iter().enumerate() {
        let folder = &mut folders[page.folder.0];
        if page.is_index {
            folder.index = Some(PageId(index));
        } else {
            folder.members.push(PageId(index));
        }
    }
}

/// A folder below a record's own page (`rfd/0042/README.md`, with `rfd/0042/notes.md`) has that page, not a list.
fn give_records_their_folders(folders: &mut [Folder], numbers: &Numbers, pages: &[Frozen<Page>]) {
    for (index, page) in pages.iter().enumerate() {
        if let Some(folder) = numbers.at(&page.url) {
            folders[folder.0].index.get_or_insert(PageId(index));
        }
    }
}

/// A folder's own page names it, unless the configuration does.
fn name(folders: &mut [Folder], pages: &[Frozen<Page>]) {
    for folder in folders.iter_mut().skip(1).filter(|f| !f.is_collection) {
        if let Some(index) = folder.index {
            folder.title.clone_from(&pages[index.0].document.title);
        }
    }
}

fn link_children(folders: &mut [Folder]) {
    let parents: Vec<(FolderId, FolderId)> =
        folders.iter().enumerate().filter_map(|(i, f)| Some((f.parent?, FolderId(i)))).collect();
    for (parent, child) in parents {
        folders[parent.0].children.push(child);
    }
    let titles: Vec<String> = folders.iter().map(|f| f.title.clone()).collect();
    for folder in folders.iter_mut() {
        folder.children.sort_by(|a, b| order::natural(&titles[a.0], &titles[b.0]).then(a.cmp(b)));
    }
}
