//! What making a view needs beside the page itself, looked up once for the whole site.

use std::collections::BTreeMap;

use super::urls::Urls;
use crate::config::Kind;
use crate::path::UrlPath;
use crate::site::{FolderId, Page, PageId, Site};

/// A site with what views ask of it again and again, so that no page pays for a search.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its addresses.
    pub urls: Urls,
    /// Tags by their name in lower case: place in [`Site::tags`].
    tags: BTreeMap<String, usize>,
    /// Each page's place among its folder's members.
    positions: Vec<Option<usize>>,
    /// Pages by source path without extension and by address, and decisions by `FOLDER#NUMBER` of both.
    names: BTreeMap<String, PageId>,
}

impl<'a> Scope<'a> {
    /// Looks everything up once.
    pub fn new(site: &'a Site) -> Self {
        let mut positions = vec![None; site.pages.len()];
        for folder in &site.folders {
            for (place, id) in folder.members.iter().enumerate() {
                positions[id.0] = Some(place);
            }
        }
        let tags = site.tags.iter().enumerate().map(|(at, tag)| (tag.name.to_lowercase(), at)).collect();
        Self { site, urls: Urls::new(&site.config.base), tags, positions, names: names(site) }
    }

    /// The page.
    pub fn page(&self, id: PageId) -> &'a Page {
        &self.site.pages[id.0]
    }

    /// The `href` of a page.
    pub fn href(&self, id: PageId) -> String {
        self.urls.href(&self.page(id).url)
    }

    /// The `href` of an ask by its anchor on a page.
    pub fn ask_href(&self, id: PageId, anchor: &str) -> String {
        format!("{}#{}", self.href(id), crate::path::encode_path(anchor))
    }

    /// Whether any document asks something.
    pub fn has_asks(&self) -> bool {
        self.site.pages.iter().any(|page| !page.asks.is_empty())
    }

    /// The address of a tag by its name, in any case.
    pub fn tag(&self, name: &str) -> Option<&'a UrlPath> {
        self.tags.get(&name.to_lowercase()).map(|at| &self.site.tags[*at].url)
    }

    /// The page's place among its folder's members.
    pub fn position(&self, id: PageId) -> Option<usize> {
        self.positions[id.0]
    }

    /// The page that a document means when it names another: by path or address (`decisions/0005-upload`, with or
    /// without extension, from the root or from its own folder), or a decision of its own folder by number (`5`, `ADR-0005`).
    pub fn named(&self, from: PageId, written: &str) -> Option<PageId> {
        let from = self.page(from);
        let target = written.split('#').next().unwrap_or("").trim().trim_matches('/');
        let stem = target.strip_suffix(".md").unwrap_or(target).to_lowercase();
        let folder = from.document.path.parent().to_lowercase();
        let beside = if folder.is_empty() { stem.clone() } else { format!("{folder}/{stem}") };
        let digits = stem.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or("").trim_start_matches('0');
        let base = stem.rsplit_once('/').map_or(folder.as_str(), |(base, _)| base);
        let found = self.names.get(&stem).or_else(|| self.names.get(&beside));
        found.or_else(|| self.names.get(&format!("{base}#{digits}"))).copied()
    }

    /// The collection that a folder belongs to, itself included; else its topmost folder below the root.
    pub fn section(&self, folder: FolderId) -> Option<FolderId> {
        let mut at = folder;
        loop {
            let this = &self.site.folders[at.0];
            if this.is_collection {
                return Some(at);
            }
            let parent = this.parent?;
            if self.site.folders[parent.0].parent.is_none() && !self.site.folders[parent.0].is_collection {
                return Some(at);
            }
            at = parent;
        }
    }
}

fn names(site: &Site) -> BTreeMap<String, PageId> {
    let mut names = BTreeMap::new();
    for (at, page) in site.pages.iter().enumerate() {
        let path = &page.document.path;
        let stem = path.as_str().rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem).to_lowercase();
        let address = page.url.as_str().trim_matches('/').to_owned();
        let number = page.document.front.decision.number.as_deref();
        if let (Kind::Decision, Some(number)) = (page.kind, number) {
            let number = number.trim_start_matches('0');
            let above = address.rsplit_once('/').map_or("", |(above, _)| above);
            for folder in [path.parent().to_lowercase().as_str(), above] {
                names.entry(format!("{folder}#{number}")).or_insert(PageId(at));
            }
        }
        names.entry(stem).or_insert(PageId(at));
        names.entry(address).or_insert(PageId(at));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;
    use crate::site::fixture;

    #[test]
    fn a_document_is_named_by_its_path_or_by_its_address() {
        let mut site = fixture::site(1);
        let mut page = fixture::page(Kind::Decision, 0, "docs/adr/0007-queue.md", "Queue");
        page.url = UrlPath::new("/decisions/0007-queue/").unwrap();
        page.document.front.decision.number = Some("0007".into());
        site.pages.push(page);
        let queue = PageId(site.pages.len() - 1);
        site.pages.push(fixture::page(Kind::Page, 0, "notes.md", "Notes"));
        let notes = PageId(site.pages.len() - 1);
        assert_eq!(site.pages[notes.0].document.path, SourcePath::new("notes.md").unwrap());
        let scope = Scope::new(&site);
        for name in [
            "docs/adr/0007-queue.md",
            "decisions/0007-queue",
            "decisions/0007",
            "decisions/7#ask-x",
            "/decisions/0007-queue/",
        ] {
            assert_eq!(scope.named(notes, name), Some(queue), "{name}");
        }
        assert_eq!(scope.named(notes, "decisions/70"), None);
    }
}
