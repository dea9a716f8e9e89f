//! What making a view needs beside the page itself, looked up once for the whole site.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::urls::Urls;
use super::{Link, Shared};
use crate::path::UrlPath;
use crate::site::{FolderId, Page, PageId, Site, display};

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
    /// The link to each page, made when it is wanted first.
    links: Vec<OnceLock<Shared<Link>>>,
}

impl<'a> Scope<'a> {
    /// Looks everything up once.
    pub fn new(site: &'a Site) -> Self {
        let mut positions = vec![None; site.pages.len()];
        for folder in site.folders.iter() {
            for (place, id) in folder.members.iter().enumerate() {
                positions[id.0] = Some(place);
            }
        }
        let tags = site.tags.iter().enumerate().map(|(at, tag)| (tag.name.to_lowercase(), at)).collect();
        let links = std::iter::repeat_with(OnceLock::new).take(site.pages.len()).collect();
        Self { site, urls: Urls::new(&site.config.base), tags, positions, links }
    }

    /// The page.
    pub fn page(&self, id: PageId) -> &'a Page {
        &self.site.pages[id.0]
    }

    /// The `href` of a page.
    pub fn href(&self, id: PageId) -> String {
        self.urls.href(&self.page(id).url)
    }

    /// The link to a page.
    pub fn link(&self, id: PageId) -> Shared<Link> {
        self.links[id.0].get_or_init(|| Shared::new(self.new_link(id))).clone()
    }

    /// A page by its title, with its number where it has one.
    pub fn new_link(&self, id: PageId) -> Link {
        let page = self.page(id);
        Link { number: display::number(page), ..Link::new(self.href(id), display::title(page)) }
    }

    /// The page that the document `from` means when it names another.
    pub fn named(&self, from: PageId, written: &str) -> Option<PageId> {
        self.site.decisions.names.find(self.page(from), written)
    }

    /// The `href` of an ask by its anchor on a page.
    pub fn ask_href(&self, id: PageId, anchor: &str) -> String {
        format!("{}#{}", self.href(id), crate::path::encode_path(anchor))
    }

    /// The address of a tag by its name, in any case.
    pub fn tag(&self, name: &str) -> Option<&'a UrlPath> {
        self.tags.get(&name.to_lowercase()).map(|at| &self.site.tags[*at].url)
    }

    /// A tag as first written, by its name in any case.
    pub fn tag_name(&self, name: &str) -> Option<&'a str> {
        self.tags.get(&name.to_lowercase()).map(|at| self.site.tags[*at].name.as_str())
    }

    /// The page's place among its folder's members.
    pub fn position(&self, id: PageId) -> Option<usize> {
        self.positions[id.0]
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
