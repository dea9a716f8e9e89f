//! Which address a document wants, which old ones lead to it, and why it can't have one: what a single document says, and nobody
//! else is asked.

use std::collections::BTreeSet;

use super::Taken;
use crate::config::RESERVED;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Document;
use crate::document::front_matter::Located;
use crate::path::UrlPath;
use crate::site::routes::{self, RouteError};

pub(super) fn document_url(
    document: &Document,
    folder: &UrlPath,
    is_index: bool,
) -> Result<UrlPath, Diagnostic> {
    let Some(slug) = &document.front.slug else {
        if is_index {
            return Ok(folder.clone());
        }
        return routes::document_url(folder, document.path.stem()).map_err(|e| no_route(document, e));
    };
    let at = Place::line(&document.path, &document.text, slug.line);
    if is_index {
        let message = format!("the folder's own page can't have the slug `{}`", slug.value);
        return Err(Diagnostic::error("bad-slug", message)
            .at(at)
            .hint("Its address is the folder's. Rename the folder, or rename the file to something other than index.md and README.md."));
    }
    if crate::path::slug(&slug.value) != slug.value.to_lowercase() {
        let good = crate::path::slug(&slug.value);
        let diagnostic =
            Diagnostic::error("bad-slug", format!("`{}` can't be the last part of an address", slug.value))
                .at(at);
        return Err(if good.is_empty() {
            diagnostic
        } else {
            diagnostic.hint(format!("Write `slug: {good}`."))
        });
    }
    routes::document_url(folder, &slug.value).map_err(|e| no_route(document, e))
}

pub(super) fn no_route(document: &Document, error: RouteError) -> Diagnostic {
    Diagnostic::error("no-address", format!("{} has no address: {error}", document.path))
        .at(Place::file(&document.path))
        .hint("Rename the file, or give it a `slug` in its front matter.")
}

pub(super) fn route_error(document: &Document, url: &UrlPath, what: &str) -> Diagnostic {
    let message = format!("{} can't have the address {url}: {what}", document.path);
    let place = match &document.front.slug {
        Some(slug) => Place::line(&document.path, &document.text, slug.line),
        None => Place::file(&document.path),
    };
    Diagnostic::error("route-taken", message).at(place)
}

pub(in crate::site) fn taken_by(taken: &Taken) -> String {
    format!("{} ({})", taken.by, taken.output)
}

/// The reserved word that `url` starts with. A folder with an index of its own at `/tags/` would hide the tags.
pub(super) fn reserved(url: &UrlPath) -> Option<&'static str> {
    let first = url.as_str()[1..].split('/').next().unwrap_or("");
    RESERVED.into_iter().find(|word| *word == first)
}

/// Anchors of the page at `url` that aliases name as its own: they are invisible targets on it, and go no further.
pub(super) fn own_old_anchors(document: &Document, url: &UrlPath) -> Vec<String> {
    let aliases = document.front.aliases.iter();
    once(aliases.filter_map(|alias| own_anchor(alias, url)))
}

/// The same with those that old addresses had.
pub(super) fn all_old_anchors(document: &Document, url: &UrlPath) -> Vec<String> {
    let aliases = || document.front.aliases.iter();
    let moved = aliases().filter(|alias| own_anchor(alias, url).is_none()).filter_map(|alias| {
        let (path, anchor) = alias.value.split_once('#')?;
        routes::alias_url(path).is_ok().then_some(anchor)
    });
    once(aliases().filter_map(|alias| own_anchor(alias, url)).chain(moved))
}

fn once<'a>(anchors: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut known = BTreeSet::new();
    anchors.filter(|anchor| known.insert(*anchor)).map(str::to_owned).collect()
}

/// The anchor that an alias of the page at `url` names on that page itself.
pub(super) fn own_anchor<'a>(alias: &'a Located<String>, url: &UrlPath) -> Option<&'a str> {
    let (path, anchor) = alias.value.split_once('#')?;
    let own = path.is_empty() || routes::alias_url(path).is_ok_and(|alias| alias == *url);
    own.then_some(anchor)
}
