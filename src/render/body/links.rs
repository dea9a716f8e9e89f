//! Links: a resolved place made into an `href`, or text where there is no place.

use std::borrow::Cow;

use super::writer::Writer;
use crate::document::target::{Target, classify};
use crate::escape;
use crate::path::{UrlPath, encode_unsafe, relative};
use crate::site::ResolvedLink;

impl Writer<'_, '_> {
    /// Opens the next link of the page.
    pub fn start_link(&mut self, title: &str) {
        let link = self.next_link();
        let end = self.open_link(link, title);
        self.link_ends.push(end);
        self.open_links += usize::from(end == "</a>");
    }

    /// Closes the link that was opened last.
    pub fn end_link(&mut self) {
        let end = self.link_ends.pop().unwrap_or_default();
        self.open_links -= usize::from(end == "</a>");
        self.raw(end);
    }

    /// Writes a link's start tag; gives back its end tag.
    pub fn open_link(&mut self, link: &ResolvedLink, title: &str) -> &'static str {
        let Some(href) = self.href(link) else {
            let ResolvedLink::Broken(written) = link else { return "" };
            self.raw("<span class=\"broken\"");
            self.attribute("title", &format!("No such document: {written}"));
            self.raw(">");
            return "</span>";
        };
        self.raw("<a");
        self.attribute("href", &href);
        if !title.is_empty() {
            self.attribute("title", title);
        }
        if is_elsewhere(link) {
            self.raw(" rel=\"noopener\"");
        }
        self.raw(">");
        "</a>"
    }

    /// Writes `href="#id"`.
    pub fn same_page(&mut self, id: &str) {
        self.raw(" href=\"#");
        escape::attribute(&mut self.out, &fragment(id));
        self.raw("\"");
    }

    /// Where `link` leads, fit for an attribute once escaped; `None` where it leads nowhere.
    pub fn href<'l>(&self, link: &'l ResolvedLink) -> Option<Cow<'l, str>> {
        Some(match link {
            ResolvedLink::External(url) | ResolvedLink::Repository(url) => {
                // Judged before; asked again here, since nothing after this does.
                let Target::External(url) = classify(url) else { return None };
                url.into()
            }
            ResolvedLink::Page { page, anchor: Some(anchor) } if *page == self.shown_on => {
                format!("#{}", fragment(anchor)).into()
            }
            ResolvedLink::Page { page, anchor } => {
                let page = self.address(&self.site.pages.get(page.0)?.url);
                match anchor {
                    Some(anchor) => format!("{page}#{}", fragment(anchor)).into(),
                    None => page.into(),
                }
            }
            ResolvedLink::Folder(folder) => self.address(&self.site.folders.get(folder.0)?.url).into(),
            ResolvedLink::Generated { url, suffix } | ResolvedLink::Asset { url, suffix, .. } => {
                (self.address(url) + &encode_unsafe(suffix)).into()
            }
            ResolvedLink::Broken(_) | ResolvedLink::Refused => return None,
        })
    }

    /// The address of a page or file of the site, on the page that shows what is written.
    pub fn address(&self, url: &UrlPath) -> String {
        relative(&self.site.pages[self.shown_on.0].url, url)
    }
}

fn is_elsewhere(link: &ResolvedLink) -> bool {
    matches!(link, ResolvedLink::External(_) | ResolvedLink::Repository(_))
}

/// Encodes an anchor for what follows `#`: browsers decode it, so a percent sign has to be encoded as well.
pub fn fragment(anchor: &str) -> Cow<'_, str> {
    if anchor.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) {
        return anchor.into();
    }
    encode_unsafe(&anchor.replace('%', "%25")).into()
}
