//! Which collection a document belongs to, what its kind is, and under which address its folder stands.

use std::collections::BTreeMap;

use crate::config::{CollectionConfig, Config, Kind, WELL_KNOWN};
use crate::document::Document;

/// A folder that gives its documents a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Collection {
    /// Below the content root.
    pub path: String,
    /// What stands for `path` in addresses.
    pub route: String,
    pub kind: Kind,
    pub title: Option<String>,
    /// A configured collection's kind counts more than the form of a record.
    pub configured: bool,
}

/// The collections of a site, those with the longest paths first.
#[derive(Debug)]
pub(super) struct Collections(Vec<Collection>);

impl Collections {
    /// The configured ones, else the well-known folders (those that no document uses do no harm).
    pub fn of(config: &Config) -> Self {
        let mut all: Vec<Collection> = if config.collections_configured {
            config.collections.iter().map(configured).collect()
        } else {
            ["", "docs/", "doc/"]
                .iter()
                .flat_map(|prefix| WELL_KNOWN.map(|known| well_known(prefix, known)))
                .collect()
        };
        all.sort_by(|a, b| b.path.len().cmp(&a.path.len()).then_with(|| a.path.cmp(&b.path)));
        Self(all)
    }

    /// The collection that holds `folder` (a path below the content root).
    pub fn holding(&self, folder: &str) -> Option<&Collection> {
        self.0.iter().find(|c| {
            let inside =
                if c.configured { strip(folder, &c.path) } else { strip_ignoring_case(folder, &c.path) };
            inside.is_some()
        })
    }

    /// The path under which `folder` (below the content root) appears in addresses.
    pub fn route(&self, folder: &str) -> String {
        match self.holding(folder) {
            Some(c) if c.configured => {
                let rest = strip(folder, &c.path).unwrap_or("");
                [c.route.as_str(), rest]
                    .iter()
                    .filter(|p| !p.is_empty())
                    .copied()
                    .collect::<Vec<_>>()
                    .join("/")
            }
            _ => folder.to_owned(),
        }
    }
}

fn configured(c: &CollectionConfig) -> Collection {
    Collection {
        path: c.path.clone(),
        route: c.name.clone(),
        kind: c.kind,
        title: c.title.clone(),
        configured: true,
    }
}

fn well_known(prefix: &str, (path, kind): (&str, Kind)) -> Collection {
    let path = format!("{prefix}{path}");
    Collection { route: path.clone(), path, kind, title: None, configured: false }
}

fn strip<'a>(folder: &'a str, path: &str) -> Option<&'a str> {
    if path.is_empty() {
        return Some(folder);
    }
    let rest = folder.strip_prefix(path)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

fn strip_ignoring_case<'a>(folder: &'a str, path: &str) -> Option<&'a str> {
    let head = folder.get(..path.len())?;
    if !head.eq_ignore_ascii_case(path) {
        return None;
    }
    strip(&folder[path.len()..], "").filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The kind of a document: its own word, else its configured collection's, else its record form's, else its
/// well-known folder's.
pub(super) fn kind_of(document: &Document, collection: Option<&Collection>) -> Kind {
    if let Some(kind) = document.front.kind {
        return kind;
    }
    match collection {
        Some(c) if c.configured => c.kind,
        _ if document.record.is_some() => Kind::Decision,
        Some(c) => c.kind,
        None => Kind::Page,
    }
}

/// Which documents are the texts of their folders: `index.md`, else `README.md`, by folder.
pub(super) fn index_pages<'a>(
    documents: impl Iterator<Item = &'a Document>,
) -> BTreeMap<String, &'a Document> {
    let mut found: BTreeMap<String, &Document> = BTreeMap::new();
    for document in documents {
        let stem = document.path.stem();
        let is_index = stem.eq_ignore_ascii_case("index");
        if !is_index && !stem.eq_ignore_ascii_case("readme") {
            continue;
        }
        let slot = found.entry(document.path.parent().to_owned()).or_insert(document);
        if is_index && !slot.path.stem().eq_ignore_ascii_case("index") {
            *slot = document;
        }
    }
    found
}
