//! The pages that no document gives the text of, as far as links may lead to them: the search, the tags and each tag.

use std::collections::HashSet;

use crate::document::Document;
use crate::path::{UrlPath, slug};

/// Which of these pages the site has.
#[derive(Debug, Default)]
pub(super) struct Generated {
    /// Slugs of tags.
    tags: HashSet<String>,
}

impl Generated {
    /// Those of a site that has the tags of `documents`.
    pub fn of<'a>(documents: impl Iterator<Item = &'a Document>) -> Self {
        let names: HashSet<&str> =
            documents.flat_map(|document| &document.front.tags).map(String::as_str).collect();
        Self { tags: names.into_iter().map(slug).filter(|slug| !slug.is_empty()).collect() }
    }

    /// The address of the page at `path`, which is below the site's own root, with or without slashes at its ends.
    pub fn at(&self, path: &str) -> Option<UrlPath> {
        let path = path.trim_matches('/');
        let there = match path.split_once('/') {
            None => path == "search" || (path == "tags" && !self.tags.is_empty()),
            Some((folder, tag)) => folder == "tags" && self.tags.contains(tag),
        };
        if there { UrlPath::new(&format!("/{path}/")).ok() } else { None }
    }
}
