//! What links may lead to though no document gives its text, as far as that is known before links are: the same table says it
//! that the [`Catalogue`] is made of. What only relations tell (whether a log has a graph of its own, who has a calendar) may
//! be linked to here wherever it could be, and [`unwritten`] reports the links to what there turns out not to be.

use std::collections::HashSet;

use super::{Catalogue, Has, ONCE};
use crate::config::{Config, Kind};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Document;
use crate::frozen::Frozen;
use crate::path::{UrlPath, slug};
use crate::site::{Page, People, ResolvedLink, Status, due};

/// What a document tells of what there is.
#[derive(Clone, Copy, Debug)]
pub(in crate::site) struct Facts<'a> {
    pub document: &'a Document,
    pub kind: Kind,
    pub is_index: bool,
}

/// What a site can have beside the text of its documents.
#[derive(Debug, Default)]
pub(in crate::site) struct Possible {
    /// What it has; this much is certain.
    pub has: Has,
    /// Slugs of tags.
    tags: HashSet<String>,
    /// Who has a page.
    pub people: Frozen<People>,
    /// Addresses of decision logs.
    logs: HashSet<UrlPath>,
}

/// No more links of one document are reported one by one.
const MOST_SAID: usize = 50;

impl Possible {
    /// What a site with these published documents and these logs can have.
    pub fn of(config: &Config, documents: &[Facts<'_>], logs: HashSet<UrlPath>) -> Self {
        let (tags, people) = rayon::join(
            || tags(documents),
            || People::of(config, documents.iter().map(|facts| facts.document)),
        );
        let people = Frozen::new(people);
        let asks = documents.iter().any(|facts| !facts.document.front.asks.is_empty());
        let has = Has {
            tags: !tags.is_empty(),
            people: !people.is_empty(),
            deadlines: asks || documents.iter().any(|facts| has_end(facts.document, config)),
            norms: !config.norms.is_empty(),
            decisions: documents.iter().any(|facts| facts.kind == Kind::Decision && !facts.is_index),
            asks,
            origin: config.base.origin.is_some(),
        };
        Self { has, tags, people, logs }
    }

    /// Whether there may be the same as by `other`.
    pub fn is_as(&self, other: &Self) -> bool {
        self.has == other.has
            && self.tags == other.tags
            && self.people.has_pages_as(&other.people)
            && self.logs == other.logs
    }

    /// The address of what is at `path`, which is below the site's own root, with or without slashes at its ends.
    pub fn at(&self, path: &str) -> Option<UrlPath> {
        let (whole, path) = (path.trim_start_matches('/'), path.trim_matches('/'));
        let same =
            |address: &str| address[1..] == *whole || address.trim_matches('/') == path && whole == path;
        if let Some(once) = ONCE.into_iter().find(|once| same(once.address)) {
            return UrlPath::new(once.address).ok().filter(|_| (once.when)(self.has));
        }
        let (folder, name) = path.rsplit_once('/')?;
        let there = match (folder, name) {
            ("tags", tag) => self.tags.contains(tag),
            ("people", slug) => return self.people.at(slug).map(|person| person.url.clone()),
            (folder, "deadlines.ics") => {
                let person = self.people.at(folder.strip_prefix("people/")?)?;
                return person.calendar().filter(|_| self.has.deadlines);
            }
            (log, "graph") => UrlPath::new(&format!("/{log}/")).is_ok_and(|url| self.logs.contains(&url)),
            _ => false,
        };
        if there { UrlPath::new(&format!("/{path}/")).ok() } else { None }
    }
}

/// The slugs of the tags that documents have.
fn tags(documents: &[Facts<'_>]) -> HashSet<String> {
    let names = documents.iter().flat_map(|facts| &facts.document.front.tags).map(String::as_str);
    let names: HashSet<&str> = names.collect();
    names.into_iter().map(slug).filter(|slug| !slug.is_empty()).collect()
}

/// Whether a document is or was due, or waits for the end of a review.
fn has_end(document: &Document, config: &Config) -> bool {
    let status = || document.front.status.as_ref().map(|status| Status::read(&status.value));
    document.front.due.is_some() || due::ends(document, status().as_ref(), config).is_some()
}

/// Links to what could have been there, and isn't.
pub(in crate::site) fn unwritten(pages: &[Frozen<Page>], catalogue: &Catalogue) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for page in pages {
        let links = page.links.iter().zip(&page.document.links);
        let lost = links.filter_map(|(link, raw)| match link {
            ResolvedLink::Generated { url, .. } if catalogue.get(url).is_none() => Some((url, raw)),
            _ => None,
        });
        found.extend(lost.take(MOST_SAID).map(|(url, raw)| {
            let place = Place::in_text(&page.document.path, &page.document.text, raw.span.clone());
            Diagnostic::warning("broken-link", format!("there is no {url}")).at(place)
        }));
    }
    found
}
