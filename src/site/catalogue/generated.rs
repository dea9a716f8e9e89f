//! The pages that no document gives the text of, as far as links may lead to them: the search, what waits, the norms, the
//! calendar, the tags and each tag, the people and each of them.

use std::collections::HashSet;

use crate::config::Config;
use crate::document::Document;
use crate::frozen::Frozen;
use crate::path::{UrlPath, slug};
use crate::site::People;

/// Which of these pages the site has.
#[derive(Debug, Default)]
pub(in crate::site) struct Generated {
    /// Slugs of tags.
    tags: HashSet<String>,
    /// Who has a page.
    pub people: Frozen<People>,
    /// Whether anybody asks something.
    asks: bool,
    /// Whether a document says until when it is due.
    dues: bool,
    /// Whether there are norms.
    norms: bool,
}

impl Generated {
    /// Those of a site with the published `documents`.
    pub fn of(config: &Config, documents: &[Frozen<Document>]) -> Self {
        let names: HashSet<&str> =
            documents.iter().flat_map(|document| &document.front.tags).map(String::as_str).collect();
        Self {
            tags: names.into_iter().map(slug).filter(|slug| !slug.is_empty()).collect(),
            people: Frozen::new(People::of(config, documents.iter().map(|document| &**document))),
            asks: documents.iter().any(|document| !document.front.asks.is_empty()),
            dues: documents.iter().any(|document| document.front.due.is_some()),
            norms: !config.norms.is_empty(),
        }
    }

    /// The address of the page at `path`, which is below the site's own root, with or without slashes at its ends.
    pub fn at(&self, path: &str) -> Option<UrlPath> {
        let path = path.trim_matches('/');
        let there = match path.split_once('/') {
            None => match path {
                "search" => true,
                "tags" => !self.tags.is_empty(),
                "people" => !self.people.is_empty(),
                "waiting" => self.asks || self.dues,
                "norms" => self.norms,
                _ => false,
            },
            Some(("people", slug)) => return self.people.at(slug).map(|person| person.url.clone()),
            Some((folder, tag)) => folder == "tags" && self.tags.contains(tag),
        };
        if there { UrlPath::new(&format!("/{path}/")).ok() } else { None }
    }
}
