//! First step of the site: each document gets its kind and its address, and the maps are made by which links
//! find their targets.

mod names;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use super::anchors::AnchorOrder;
use super::asks::{AskLocation, PeopleIndex, locations};
use super::catalogue::claims::{Claims, Taken};
use super::catalogue::{Facts, Possible};
use super::collections::{Collection, Collections, index_pages, kind_of};
use super::folders::LOG;
use super::routes::{self, RouteError};
use crate::config::{Config, Kind, RESERVED, in_words};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::front_matter::Located;
use crate::document::{Document, record};
use crate::frozen::Frozen;
use crate::path::{SourcePath, UrlPath};
use crate::source::AssetFacts;
use names::FileNames;

/// Documents with their addresses; nothing is linked yet.
#[derive(Debug)]
pub struct Placement {
    /// Published documents, sorted by path.
    pub documents: Vec<Placed>,
    /// Documents left out as drafts.
    pub(super) drafts: HashSet<SourcePath>,
    pub(super) by_source: HashMap<SourcePath, usize>,
    pub(super) by_url: HashMap<UrlPath, usize>,
    /// Folders by the address they have: what is known of each.
    pub(super) folders: BTreeMap<UrlPath, PlacedFolder>,
    /// Addresses by source folder (from the site's root, as links see it).
    pub(super) folder_urls: HashMap<String, UrlPath>,
    /// Every file that may be linked to.
    pub(super) assets: BTreeMap<SourcePath, AssetFacts>,
    pub(super) names: FileNames,
    pub(super) possible: Possible,
    /// Old addresses and the documents that they lead to.
    pub(super) redirects: BTreeMap<UrlPath, usize>,
    pub(super) claims: Claims,
    pub(super) content: String,
    pub(super) collections: Collections,
}

/// One document with its kind and address.
#[derive(Debug)]
pub struct Placed {
    /// What was read.
    pub document: Frozen<Document>,
    /// The number of a decision, as its record says, else as its file is called.
    pub(super) number: Option<String>,
    pub(super) kind: Kind,
    pub(super) url: UrlPath,
    pub(super) folder: UrlPath,
    pub(super) is_index: bool,
    pub(super) in_collection: bool,
    pub(super) old_anchors: Vec<String>,
    /// Made when a link asks for an anchor.
    pub(super) anchor_order: OnceLock<AnchorOrder>,
    /// Where its asks are shown, in their order.
    pub(super) asks: Vec<AskLocation>,
}

impl Placement {
    /// Puts another state of a document in its place, which must be tied to others as the one before was; where it stands.
    pub fn replace(&mut self, document: Frozen<Document>) -> Option<usize> {
        let index = *self.by_source.get(&document.path)?;
        let placed = &mut self.documents[index];
        placed.document = document;
        placed.anchor_order = OnceLock::new();
        Some(index)
    }
}

impl Placed {
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

/// A folder as far as paths tell.
#[derive(Clone, Debug, Default)]
pub(super) struct PlacedFolder {
    /// The folder's own name as written.
    pub name: String,
    pub kind: Option<Kind>,
    /// Configured title, at the collection's own folder.
    pub title: Option<String>,
    /// Whether this is a collection's own folder.
    pub is_collection: bool,
}

/// Gives every document its kind and address. Errors name both sides where two meet on one route.
pub fn place(
    config: &Config,
    documents: Vec<Frozen<Document>>,
    assets: &BTreeMap<SourcePath, AssetFacts>,
    drafts: bool,
) -> (Placement, Vec<Diagnostic>) {
    let (published, left_out): (Vec<_>, Vec<_>) =
        documents.into_iter().partition(|d| drafts || !d.front.draft);
    let indexes: BTreeMap<String, SourcePath> = index_pages(published.iter().map(|document| &**document))
        .into_iter()
        .map(|(folder, d)| (folder, d.path.clone()))
        .collect();
    let mut work = Work {
        known: PeopleIndex::new(config),
        diagnostics: Vec::new(),
        placement: Placement {
            documents: Vec::with_capacity(published.len()),
            drafts: left_out.iter().map(|d| d.path.clone()).collect(),
            by_source: HashMap::new(),
            by_url: HashMap::new(),
            folders: BTreeMap::new(),
            folder_urls: HashMap::new(),
            assets: assets.clone(),
            names: FileNames::default(),
            possible: Possible::default(),
            redirects: BTreeMap::new(),
            claims: Claims::new(),
            content: config.content.clone(),
            collections: Collections::of(config),
        },
    };
    work.folder("");
    for document in published {
        let is_index = indexes.get(document.path.parent()) == Some(&document.path);
        work.document(document, is_index);
    }
    work.redirects();
    work.placement.possible = work.placement.possible(config);
    (work.placement, work.diagnostics)
}

impl Placement {
    /// What links may lead to beside documents and files.
    fn possible(&self, config: &Config) -> Possible {
        let placed = self.documents.iter();
        let documents: Vec<Facts<'_>> = placed
            .map(|placed| Facts { document: &placed.document, kind: placed.kind, is_index: placed.is_index })
            .collect();
        let is_log = |folder: &PlacedFolder| folder.is_collection && folder.kind == Some(Kind::Decision);
        let logs = self.folders.iter().filter(|(_, folder)| is_log(folder)).map(|(url, _)| url.clone());
        // Records that lie in no collection may get a log of their own.
        let own = UrlPath::new(LOG).ok();
        Possible::of(config, &documents, logs.chain(own).collect())
    }
}

struct Work<'a> {
    known: PeopleIndex<'a>,
    placement: Placement,
    diagnostics: Vec<Diagnostic>,
}

impl Work<'_> {
    fn document(&mut self, document: Frozen<Document>, owns_folder: bool) {
        let below = document.path.below(&self.placement.content).unwrap_or(document.path.as_str());
        let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let Some(folder_url) = self.folder(&folder) else {
            let mut diagnostic = no_route(&document, RouteError::NothingLeft);
            diagnostic.hints = vec!["Rename the folder.".into()];
            return self.diagnostics.push(diagnostic);
        };
        let collection = self.placement.collections.holding(&folder);
        let kind = kind_of(&document, collection);
        // A record in a folder of its own (`rfd/0042/README.md`) is one document among those of the folder above.
        let is_record = owns_folder && document.record.is_some() && kind != Kind::Page && !folder.is_empty();
        let is_index = owns_folder && !is_record;
        // A record of a known form has read it already; of any other decision the name is enough.
        let unread = document.record.is_none() && document.front.decision.number.is_none();
        let number = if kind == Kind::Decision && !is_index && unread {
            record::number_of(&document.path)
        } else {
            document.front.decision.number.clone()
        };
        let in_collection = collection.is_some();
        let list_url = if is_record { self.folder(parent_of(&folder)) } else { None };
        let url = match document_url(&document, &folder_url, owns_folder) {
            Ok(url) => url,
            Err(diagnostic) => return self.diagnostics.push(diagnostic),
        };
        if let Some(diagnostic) = self.taken(&document, &url) {
            return self.diagnostics.push(diagnostic);
        }
        let index = self.placement.documents.len();
        self.placement.by_source.insert(document.path.clone(), index);
        self.placement.by_url.insert(url.clone(), index);
        let old_anchors = own_old_anchors(&document, &url);
        let asks = locations(&document, &old_anchors, &self.known);
        self.placement.names.add(&document.path);
        self.placement.documents.push(Placed {
            document,
            number,
            kind,
            url,
            folder: list_url.unwrap_or(folder_url),
            is_index,
            in_collection,
            old_anchors,
            anchor_order: OnceLock::new(),
            asks,
        });
    }

    /// Registers `folder` (below the content root) and those above it; its address.
    fn folder(&mut self, folder: &str) -> Option<UrlPath> {
        let content = self.placement.content.clone();
        let source = [content.as_str(), folder]
            .iter()
            .filter(|p| !p.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("/");
        if let Some(url) = self.placement.folder_urls.get(&source) {
            return Some(url.clone());
        }
        let url = routes::folder_url(&self.placement.collections.route(folder)).ok()?;
        let holding = self.placement.collections.holding(folder);
        let at_top = holding.is_some_and(|c| c.path.eq_ignore_ascii_case(folder));
        let entry = PlacedFolder {
            name: folder.rsplit('/').next().unwrap_or(folder).to_owned(),
            kind: holding.map(|c| c.kind),
            title: holding.filter(|_| at_top).and_then(title),
            is_collection: at_top,
        };
        self.placement.folders.entry(url.clone()).or_insert(entry);
        self.placement.folder_urls.insert(source, url.clone());
        // The folders above in the address are those above in the path, but for a configured collection,
        // which stands at the top.
        if (!at_top || holding.is_none_or(|c| !c.configured))
            && let Some((parent, _)) = folder.rsplit_once('/')
        {
            self.folder(parent);
        }
        Some(url)
    }

    fn taken(&mut self, document: &Document, url: &UrlPath) -> Option<Diagnostic> {
        if let Some(word) = reserved(url) {
            let below = document.path.below(&self.placement.content).unwrap_or(document.path.as_str());
            let hint = if below.contains('/') {
                format!("Rename the folder `{word}`.")
            } else {
                "Rename the file, or give it another `slug` in its front matter.".into()
            };
            return Some(
                route_error(document, url, &format!("`/{word}/` is kept for Threadmark's own pages"))
                    .hint(hint),
            );
        }
        let taken = self.placement.claims.claim(url, document.path.as_str()).err()?;
        Some(
            route_error(document, url, &format!("{} has it already", taken_by(&taken)))
                .hint("Rename one of the two, or give one of them a `slug` in its front matter."),
        )
    }

    fn redirects(&mut self) {
        for index in 0..self.placement.documents.len() {
            let placed = &self.placement.documents[index];
            let own = placed.url.clone();
            let document = placed.document.clone();
            for alias in document.front.aliases.iter().filter(|alias| own_anchor(alias, &own).is_none()) {
                self.redirect(index, &own, alias);
            }
        }
    }

    fn redirect(&mut self, index: usize, own: &UrlPath, alias: &Located<String>) {
        let (path, anchor) =
            alias.value.split_once('#').map_or((alias.value.as_str(), None), |(p, a)| (p, Some(a)));
        let url = match routes::alias_url(path) {
            Ok(url) => url,
            Err(error) => {
                let diagnostic = self.alias_error(index, alias, &format!("is not an address: {error}"));
                return self
                    .diagnostics
                    .push(diagnostic.hint("Write it as `old/path`, below the site's root."));
            }
        };
        if let Some(anchor) = anchor {
            let old = &mut self.placement.documents[index].old_anchors;
            if !old.iter().any(|known| known == anchor) {
                old.push(anchor.to_owned());
            }
        }
        if url == *own || self.placement.redirects.get(&url) == Some(&index) {
            return;
        }
        let by = self.placement.documents[index].document.path.to_string();
        match self.placement.claims.claim(&url, &by) {
            Ok(()) => {
                self.placement.redirects.insert(url, index);
            }
            Err(taken) => {
                let diagnostic =
                    self.alias_error(index, alias, &format!("is the address of {}", taken_by(&taken)));
                self.diagnostics.push(diagnostic.hint("An old address can lead to one document only."));
            }
        }
    }

    fn alias_error(&self, index: usize, alias: &Located<String>, what: &str) -> Diagnostic {
        let document = &self.placement.documents[index].document;
        Diagnostic::error("alias", format!("the alias `{}` {what}", alias.value)).at(Place::line(
            &document.path,
            &document.text,
            alias.line,
        ))
    }
}

fn parent_of(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn title(collection: &Collection) -> Option<String> {
    collection.title.clone().or_else(|| collection.configured.then(|| in_words(&collection.route)))
}

fn document_url(document: &Document, folder: &UrlPath, is_index: bool) -> Result<UrlPath, Diagnostic> {
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

fn no_route(document: &Document, error: RouteError) -> Diagnostic {
    Diagnostic::error("no-address", format!("{} has no address: {error}", document.path))
        .at(Place::file(&document.path))
        .hint("Rename the file, or give it a `slug` in its front matter.")
}

fn route_error(document: &Document, url: &UrlPath, what: &str) -> Diagnostic {
    let message = format!("{} can't have the address {url}: {what}", document.path);
    let place = match &document.front.slug {
        Some(slug) => Place::line(&document.path, &document.text, slug.line),
        None => Place::file(&document.path),
    };
    Diagnostic::error("route-taken", message).at(place)
}

pub(super) fn taken_by(taken: &Taken) -> String {
    format!("{} ({})", taken.by, taken.output)
}

/// The reserved word that `url` starts with. A folder with an index of its own at `/tags/` would hide the tags.
fn reserved(url: &UrlPath) -> Option<&'static str> {
    let first = url.as_str()[1..].split('/').next().unwrap_or("");
    RESERVED.into_iter().find(|word| *word == first)
}

/// Aliases of the page's own address that name an old anchor are invisible targets on it; they go no further.
fn own_old_anchors(document: &Document, url: &UrlPath) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for anchor in document.front.aliases.iter().filter_map(|alias| own_anchor(alias, url)) {
        if !anchors.iter().any(|known| known == anchor) {
            anchors.push(anchor.to_owned());
        }
    }
    anchors
}

/// The anchor that an alias of the page at `url` names on that page itself.
fn own_anchor<'a>(alias: &'a Located<String>, url: &UrlPath) -> Option<&'a str> {
    let (path, anchor) = alias.value.split_once('#')?;
    let own = path.is_empty() || routes::alias_url(path).is_ok_and(|alias| alias == *url);
    own.then_some(anchor)
}
