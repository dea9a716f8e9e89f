//! Which folder a new document goes into: a configured collection, a well-known folder that is there, the folder that
//! records lie in, or the folder by which the kind goes.

use std::collections::BTreeMap;

use crate::config::{Cadence, Config, Kind, WELL_KNOWN};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, record};
use crate::frozen::Frozen;

/// The folder for a document, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// What its documents are.
    pub kind: Kind,
    /// Below the content root; `""` is the root.
    pub path: String,
    /// The configured collection.
    pub collection: Option<String>,
    /// How often an update is expected.
    pub cadence: Option<Cadence>,
    /// Whether lying there makes a document one of that kind; where not, it has to say so itself.
    pub tells: bool,
}

impl Home {
    /// The names of templates that fit, the best first.
    pub fn templates(&self) -> Vec<&str> {
        self.collection.as_deref().into_iter().chain([self.kind.word()]).collect()
    }
}

/// The folder for what `word` names: a kind, or a configured collection. `within` names a collection, by its name or
/// its folder.
///
/// # Errors
/// Where there is no such kind, no such collection, or the collection has documents of another kind.
pub fn choose(
    config: &Config,
    documents: &[Frozen<Document>],
    word: &str,
    within: Option<&str>,
) -> Result<Home, Diagnostic> {
    let kind = Kind::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
    let named = config.collections.iter().position(|collection| collection.name == word);
    let kind = match (kind, named) {
        (Some(kind), _) => kind,
        (None, Some(place)) if within.is_none() => return Ok(configured(config, place)),
        (None, Some(place)) => config.collections[place].kind,
        (None, None) => return Err(unknown_kind(config, word)),
    };
    if let Some(within) = within {
        return collection(config, documents, kind, within);
    }
    if config.collections_configured {
        let place = config.collections.iter().position(|collection| collection.kind == kind);
        return Ok(place.map_or_else(|| by_convention(config, kind), |place| configured(config, place)));
    }
    let found = folders(config, documents, kind).into_iter().next();
    let found = found.or_else(|| if kind == Kind::Decision { of_records(config, documents) } else { None });
    Ok(found.map_or_else(
        || by_convention(config, kind),
        |path| Home { kind, path, collection: None, cadence: None, tells: true },
    ))
}

fn unknown_kind(config: &Config, word: &str) -> Diagnostic {
    let known: Vec<&str> = Kind::WORDS
        .iter()
        .map(|(word, _)| *word)
        .chain(config.collections.iter().map(|collection| collection.name.as_str()))
        .collect();
    let list = known.join(", ");
    Diagnostic::error("unknown-kind", format!("`{word}` is no kind of document, and no collection"))
        .suggest(word, known)
        .hint(format!("Known: {list}."))
}

fn configured(config: &Config, place: usize) -> Home {
    let collection = &config.collections[place];
    Home {
        kind: collection.kind,
        path: collection.path.clone(),
        collection: Some(collection.name.clone()),
        cadence: collection.cadence,
        tells: true,
    }
}

/// The collection that `--in` names.
fn collection(
    config: &Config,
    documents: &[Frozen<Document>],
    kind: Kind,
    within: &str,
) -> Result<Home, Diagnostic> {
    let folder = within.trim_start_matches("./").trim_end_matches('/');
    if config.collections_configured {
        let is_it = |c: &&crate::config::CollectionConfig| c.name == folder || c.path == folder;
        let Some(found) = config.collections.iter().find(is_it) else {
            let names = config.collections.iter().map(|collection| collection.name.as_str());
            return Err(unknown_collection(within, names.collect()));
        };
        if found.kind != kind {
            let (name, its) = (&found.name, found.kind.word());
            let message =
                format!("the collection `{name}` has documents of the kind {its}, not {}", kind.word());
            return Err(Diagnostic::error("unknown-collection", message)
                .hint(format!("Say `threadmark new {its}`, or name another collection.")));
        }
        let place = config.collections.iter().position(|collection| collection == found).unwrap_or(0);
        return Ok(configured(config, place));
    }
    let mut all = folders(config, documents, kind);
    all.extend(of_records(config, documents).filter(|_| kind == Kind::Decision));
    match all.iter().find(|path| path.eq_ignore_ascii_case(folder)) {
        Some(path) => Ok(Home { kind, path: path.clone(), collection: None, cadence: None, tells: true }),
        None => Err(unknown_collection(within, all.iter().map(String::as_str).collect())),
    }
}

fn unknown_collection(within: &str, known: Vec<&str>) -> Diagnostic {
    let message = format!("there is no collection `{within}` for it");
    let list = known.join(", ");
    let found = Diagnostic::error("unknown-collection", message).suggest(within.trim_end_matches('/'), known);
    if list.is_empty() { found } else { found.hint(format!("There are: {list}.")) }
}

/// The folder by which a kind goes where there is none yet.
fn by_convention(config: &Config, kind: Kind) -> Home {
    let known = WELL_KNOWN.iter().find(|(_, of)| *of == kind).map_or("", |(path, _)| *path);
    let tells = kind == Kind::Page || !config.collections_configured;
    Home { kind, path: known.to_owned(), collection: None, cadence: None, tells }
}

/// The well-known folders of `kind` that have documents, as they are written, in the order of the list.
fn folders(config: &Config, documents: &[Frozen<Document>], kind: Kind) -> Vec<String> {
    let known: Vec<String> = ["", "docs/", "doc/"]
        .iter()
        .flat_map(|prefix| {
            WELL_KNOWN.iter().filter(|(_, of)| *of == kind).map(move |(p, _)| format!("{prefix}{p}"))
        })
        .collect();
    let mut found: BTreeMap<usize, String> = BTreeMap::new();
    for document in documents {
        let Some(below) = document.path.below(&config.content) else { continue };
        for (place, folder) in known.iter().enumerate() {
            let head = below.get(..folder.len()).filter(|_| below[folder.len()..].starts_with('/'));
            if let Some(head) = head.filter(|head| head.eq_ignore_ascii_case(folder)) {
                found.entry(place).or_insert_with(|| head.to_owned());
            }
        }
    }
    found.into_values().collect()
}

/// The folder that most records lie in, wherever it is (`EIPS/`, `text/`).
fn of_records(config: &Config, documents: &[Frozen<Document>]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents.iter().filter(|d| d.record.is_some() && d.front.kind.is_none()) {
        let below = document.path.below(&config.content)?;
        let folder = parent(below);
        let folder = if record::owns_its_folder(&document.path) { parent(folder) } else { folder };
        *counts.entry(folder).or_default() += 1;
    }
    // Of equals the first by name.
    let most = counts.iter().rev().max_by_key(|(_, count)| **count)?;
    Some((*most.0).to_owned())
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
