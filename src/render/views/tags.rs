//! All tags, and the pages of one.

use serde::Serialize;

use super::Link;
use super::frame::Head;
use super::rows::{Dated, Row};
use super::scope::Scope;
use crate::path::UrlPath;
use crate::site::Tag;

/// The page of all tags.
#[derive(Clone, Debug, Serialize)]
pub struct TagsView {
    /// For `<head>`.
    pub head: Head,
    /// The way here.
    pub crumbs: Vec<Link>,
    /// By name.
    pub tags: Vec<TagItem>,
}

/// A tag in the list.
#[derive(Clone, Debug, Serialize)]
pub struct TagItem {
    /// Its address.
    pub url: String,
    /// As first written.
    pub name: String,
    /// Its pages.
    pub count: usize,
}

/// The page of one tag.
#[derive(Clone, Debug, Serialize)]
pub struct TagView {
    /// For `<head>`.
    pub head: Head,
    /// The way here.
    pub crumbs: Vec<Link>,
    /// Its name.
    pub name: String,
    /// Its pages, newest first.
    pub rows: Vec<Row>,
}

/// With more rows than these there is no room for a sentence each.
const ROOM_FOR_NOTES: usize = 60;

impl TagsView {
    /// Of the whole site.
    pub fn new(scope: &Scope<'_>) -> Self {
        let mut tags: Vec<&Tag> = scope.site.tags.iter().collect();
        tags.sort_by_cached_key(|tag| (tag.name.to_lowercase(), tag.slug.clone()));
        let tags = tags.into_iter().map(|tag| TagItem {
            url: scope.urls.href(&tag.url),
            name: tag.name.clone(),
            count: tag.pages.len(),
        });
        let head = head(scope, "Tags", UrlPath::new("/tags/").ok().as_ref());
        Self { head, crumbs: home(scope), tags: tags.collect() }
    }
}

impl TagView {
    /// Of one tag.
    pub fn new(scope: &Scope<'_>, tag: &Tag) -> Self {
        let note = tag.pages.len() <= ROOM_FOR_NOTES;
        let mut crumbs = home(scope);
        if let Ok(url) = UrlPath::new("/tags/") {
            crumbs.push(Link::new(scope.urls.href(&url), "Tags"));
        }
        Self {
            head: head(scope, &tag.name, Some(&tag.url)),
            crumbs,
            name: tag.name.clone(),
            rows: tag.pages.iter().map(|id| Row::new(scope, *id, Dated::Made, note)).collect(),
        }
    }
}

fn head(scope: &Scope<'_>, title: &str, url: Option<&UrlPath>) -> Head {
    let current = UrlPath::new("/tags/").ok().map(|url| scope.urls.href(&url));
    Head { current, ..Head::plain(scope, title, url) }
}

fn home(scope: &Scope<'_>) -> Vec<Link> {
    let url = scope.urls.href(&UrlPath::root());
    vec![Link::new(url, &scope.site.config.title)]
}
