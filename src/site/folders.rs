//! The folders of the site: collections and plain folders, parents before children, each with its pages in order.

use std::collections::{BTreeMap, BTreeSet};

use super::placement::PlacedFolder;
use super::{Folder, FolderId, Page, PageId, order};
use crate::config::{Config, Kind, in_words};
use crate::path::UrlPath;

/// The address of the decision log.
const LOG: &str = "/decisions/";

/// What pages tell the folders, by page.
pub(super) struct Seat {
    pub folder: UrlPath,
    pub in_collection: bool,
}

/// Builds the folders that have pages below them, and seats every page.
pub(super) fn build(
    config: &Config,
    placed: &BTreeMap<UrlPath, PlacedFolder>,
    seats: &[Seat],
    pages: &mut [Page],
) -> Vec<Folder> {
    let log = log_for_loose_records(placed, seats, pages);
    let mut used: BTreeSet<UrlPath> = BTreeSet::from([UrlPath::root()]);
    for url in seats.iter().map(|seat| &seat.folder).chain(log.as_ref()) {
        used.extend(with_ancestors(url));
    }
    let numbers: BTreeMap<UrlPath, FolderId> =
        used.iter().enumerate().map(|(i, url)| (url.clone(), FolderId(i))).collect();
    let unknown = PlacedFolder::default();
    let mut folders: Vec<Folder> = used
        .iter()
        .map(|url| {
            folder(config, url, placed.get(url).unwrap_or(&unknown), log.as_ref() == Some(url), &numbers)
        })
        .collect();
    seat(&mut folders, &numbers, seats, pages, log.as_ref());
    give_records_their_folders(&mut folders, &numbers, pages);
    name(&mut folders, pages);
    link_children(&mut folders);
    sort_members(&mut folders, pages);
    folders
}

/// Records that lie in no collection are listed in the decision log: the only collection of decisions that
/// there is, else one of their own.
fn log_for_loose_records(
    placed: &BTreeMap<UrlPath, PlacedFolder>,
    seats: &[Seat],
    pages: &[Page],
) -> Option<UrlPath> {
    let loose = pages.iter().zip(seats).any(|(page, seat)| is_loose(page, seat));
    if !loose {
        return None;
    }
    let own = UrlPath::new(LOG).ok()?;
    let mut logs = placed.iter().filter(|(url, f)| {
        f.is_collection
            && f.kind == Some(Kind::Decision)
            && seats.iter().any(|s| s.folder.as_str().starts_with(url.as_str()))
    });
    Some(logs.next().map_or(own, |(url, _)| url.clone()))
}

fn is_loose(page: &Page, seat: &Seat) -> bool {
    page.kind == Kind::Decision && !seat.in_collection && !page.is_index
}

fn with_ancestors(url: &UrlPath) -> Vec<UrlPath> {
    let text = url.as_str();
    text.match_indices('/').filter_map(|(at, _)| UrlPath::new(&text[..=at]).ok()).collect()
}

fn folder(
    config: &Config,
    url: &UrlPath,
    placed: &PlacedFolder,
    is_log: bool,
    numbers: &BTreeMap<UrlPath, FolderId>,
) -> Folder {
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
        parent: with_ancestors(url).iter().rev().nth(1).and_then(|above| numbers.get(above).copied()),
        children: Vec::new(),
        index: None,
        members: Vec::new(),
    }
}

fn seat(
    folders: &mut [Folder],
    numbers: &BTreeMap<UrlPath, FolderId>,
    seats: &[Seat],
    pages: &mut [Page],
    log: Option<&UrlPath>,
) {
    for (index, (page, seat)) in pages.iter_mut().zip(seats).enumerate() {
        let url = match log {
            Some(log) if is_loose(page, seat) => log,
            _ => &seat.folder,
        };
        let Some(folder) = numbers.get(url) else { continue };
        page.folder = *folder;
        if page.is_index {
            folders[folder.0].index = Some(PageId(index));
        } else {
            folders[folder.0].members.push(PageId(index));
        }
    }
}

/// A folder below a record's own page (`rfd/0042/README.md`, with `rfd/0042/notes.md`) has that page, not a list.
fn give_records_their_folders(folders: &mut [Folder], numbers: &BTreeMap<UrlPath, FolderId>, pages: &[Page]) {
    for (index, page) in pages.iter().enumerate() {
        if let Some(folder) = numbers.get(&page.url) {
            folders[folder.0].index.get_or_insert(PageId(index));
        }
    }
}

/// A folder's own page names it, unless the configuration does.
fn name(folders: &mut [Folder], pages: &[Page]) {
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

fn sort_members(folders: &mut [Folder], pages: &mut [Page]) {
    for folder in folders.iter_mut() {
        order::sort(&mut folder.members, pages, folder.kind, folder.index);
        for pair in folder.members.windows(2) {
            pages[pair[0].0].next = Some(pair[1]);
            pages[pair[1].0].previous = Some(pair[0]);
        }
    }
}
