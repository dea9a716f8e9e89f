//! What making a view needs beside the page itself, looked up once for the whole site.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::urls::Urls;
use super::{Link, Shared};
use crate::path::{Root, UrlPath};
use crate::site::{FolderId, Page, PageId, Site, display};

/// A site with what views ask of it again and again, so that no page pays for a search. Its addresses are for pages of one
/// depth; [`Scope::at`] gives one for another. What goes over all pages is made when it is wanted first.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its addresses.
    pub urls: Urls<'a>,
    /// The same for pages of every depth.
    places: Arc<Places>,
    /// The link to each page, made when it is wanted first.
    links: OnceLock<Vec<OnceLock<Shared<Link>>>>,
}

/// Where things are in the site.
#[derive(Debug, Default)]
struct Places {
    /// Tags by their name in lower case: place in [`Site::tags`].
    tags: OnceLock<BTreeMap<String, usize>>,
    /// Each page's place among its folder's members.
    positions: OnceLock<Vec<Option<usize>>>,
}

impl<'a> Scope<'a> {
    /// For what lies at the site's root.
    pub fn new(site: &'a Site) -> Self {
        Self::with(site, Urls::at_root(&site.config.base), Arc::default())
    }

    /// For pages from which `root` leads to the site's root.
    #[must_use]
    pub fn at(&self, root: Root) -> Self {
        Self::with(self.site, Urls::new(&self.site.config.base, root), Arc::clone(&self.places))
    }

    /// For a page that is shown at any address.
    #[must_use]
    pub fn anywhere(&self) -> Self {
        Self::with(self.site, Urls::anywhere(&self.site.config.base), Arc::clone(&self.places))
    }

    fn with(site: &'a Site, urls: Urls<'a>, places: Arc<Places>) -> Self {
        Self { site, urls, places, links: OnceLock::new() }
    }

    /// The page.
    pub fn page(&self, id: PageId) -> &'a Page {
        &self.site.pages[id.0]
    }

    /// The `href` of a page.
    pub fn href(&self, id: PageId) -> String {
        self.urls.href(&self.page(id).url)
    }

    /// The link to a page, which many pages show.
    pub fn link(&self, id: PageId) -> Shared<Link> {
        let none = || std::iter::repeat_with(OnceLock::new).take(self.site.pages.len()).collect();
        self.links.get_or_init(none)[id.0].get_or_init(|| Shared::new(self.new_link(id))).clone()
    }

    /// The link to a page by its title, with its number where it has one.
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
        self.tags().get(&name.to_lowercase()).map(|at| &self.site.tags[*at].url)
    }

    /// A tag as first written, by its name in any case.
    pub fn tag_name(&self, name: &str) -> Option<&'a str> {
        self.tags().get(&name.to_lowercase()).map(|at| self.site.tags[*at].name.as_str())
    }

    /// The page's place among its folder's members.
    pub fn position(&self, id: PageId) -> Option<usize> {
        let all = || {
            let mut positions = vec![None; self.site.pages.len()];
            for folder in self.site.folders.iter() {
                for (place, id) in folder.members.iter().enumerate() {
                    positions[id.0] = Some(place);
                }
            }
            positions
        };
        self.places.positions.get_or_init(all)[id.0]
    }

    fn tags(&self) -> &BTreeMap<String, usize> {
        let all = || {
            let tags = self.site.tags.iter().enumerate();
            tags.map(|(at, tag)| (tag.name.to_lowercase(), at)).collect()
        };
        self.places.tags.get_or_init(all)
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
