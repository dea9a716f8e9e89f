//! First step of the site: each document gets its kind and its address, and the maps are made by which links
//! find their targets.

mod addresses;
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
use crate::config::{Config, Kind, in_words};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::front_matter::Located;
use crate::document::{Document, record};
use crate::frozen::Frozen;
use crate::path::{SourcePath, UrlPath};
use crate::source::AssetFacts;
pub(super) use addresses::taken_by;
use addresses::{
    all_old_anchors, document_url, no_route, own_anchor, own_old_anchors, reserved, route_error,
};
use names::FileNames;

/// Documents with their addresses; nothing is linked yet.
#[derive(Debug)]
pub struct Placement {
    /// Published documents, sorted by path.
    pub documents: Vec<Frozen<Placed>>,
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
    /// Made when a link leads nowhere.
    names: OnceLock<FileNames>,
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
    /// Whether it is the first of its folder by its name, which makes it the folder's own page, or a record's.
    owns_folder: bool,
    pub(super) in_collection: bool,
    pub(super) old_anchors: Vec<String>,
    /// Made when a link asks for an anchor.
    pub(super) anchor_order: OnceLock<AnchorOrder>,
    /// Where its asks are shown, in their order.
    pub(super) asks: Vec<AskLocation>,
}

impl Placement {
    /// Puts another state of a document in its place, which must be tied to others as the one before was; where it stands, and
    /// what stood there.
    pub fn replace(&mut self, document: Frozen<Document>) -> Option<(usize, Frozen<Placed>)> {
        let index = *self.by_source.get(&document.path)?;
        let placed = Frozen::new(self.documents[index].with(document));
        Some((index, std::mem::replace(&mut self.documents[index], placed)))
    }

    /// Which names documents have.
    pub(super) fn names(&self) -> &FileNames {
        self.names.get_or_init(|| FileNames::of(self.documents.iter().map(|placed| &placed.document.path)))
    }
}

impl Placed {
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The same of another state of its document, which must be tied to others as this one is.
    fn with(&self, document: Frozen<Document>) -> Self {
        Self {
            document,
            number: self.number.clone(),
            url: self.url.clone(),
            folder: self.folder.clone(),
            old_anchors: self.old_anchors.clone(),
            anchor_order: OnceLock::new(),
            asks: self.asks.clone(),
            ..*self
        }
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

/// Gives every document its kind and address. Errors name both sides where two meet on one route. `documents` are sorted by
/// path. What was placed `before`, by the same configuration, stays the value it was where nothing of it is another.
pub fn place(
    config: &Config,
    documents: Vec<Frozen<Document>>,
    assets: &BTreeMap<SourcePath, AssetFacts>,
    drafts: bool,
    before: Option<&Placement>,
) -> (Placement, Vec<Diagnostic>) {
    let (published, left_out): (Vec<_>, Vec<_>) =
        documents.into_iter().partition(|d| drafts || !d.front.draft);
    let indexes: HashMap<String, SourcePath> = index_pages(published.iter().map(|document| &**document))
        .into_iter()
        .map(|(folder, d)| (folder, d.path.clone()))
        .collect();
    let mut work = Work {
        known: PeopleIndex::new(config),
        diagnostics: Vec::new(),
        last: None,
        placement: Placement {
            documents: Vec::with_capacity(published.len()),
            drafts: left_out.iter().map(|d| d.path.clone()).collect(),
            by_source: HashMap::with_capacity(published.len()),
            by_url: HashMap::with_capacity(published.len()),
            folders: BTreeMap::new(),
            folder_urls: HashMap::new(),
            assets: assets.clone(),
            names: OnceLock::new(),
            possible: Possible::default(),
            redirects: BTreeMap::new(),
            claims: Claims::new(),
            content: config.content.clone(),
            collections: Collections::of(config),
        },
    };
    work.folder("");
    let mut known = before.map_or(&[][..], |before| &before.documents).iter().peekable();
    for document in published {
        let owns_folder = indexes.get(document.path.parent()) == Some(&document.path);
        while known.next_if(|placed| placed.document.path < document.path).is_some() {}
        let same =
            |placed: &&Frozen<Placed>| placed.document.is(&document) && placed.owns_folder == owns_folder;
        let placed = known.next_if(same).cloned();
        work.document(&document, owns_folder, placed);
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
    /// The folder that was asked for last, since documents come folder by folder.
    last: Option<(String, UrlPath)>,
    diagnostics: Vec<Diagnostic>,
}

impl Work<'_> {
    fn document(&mut self, document: &Frozen<Document>, owns_folder: bool, known: Option<Frozen<Placed>>) {
        let below = document.path.below(&self.placement.content).unwrap_or(document.path.as_str());
        let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(url) = self.folder(folder) else {
            let mut diagnostic = no_route(document, RouteError::NothingLeft);
            diagnostic.hints = vec!["Rename the folder.".into()];
            return self.diagnostics.push(diagnostic);
        };
        let placed = match known {
            Some(placed) => {
                if owns_folder && !placed.is_index {
                    self.folder(parent_of(folder));
                }
                placed
            }
            None => match self.placed(document, owns_folder, folder, url) {
                Ok(placed) => Frozen::new(placed),
                Err(diagnostic) => return self.diagnostics.push(diagnostic),
            },
        };
        if let Some(diagnostic) = self.taken(document, &placed.url) {
            return self.diagnostics.push(diagnostic);
        }
        let index = self.placement.documents.len();
        self.placement.by_source.insert(document.path.clone(), index);
        self.placement.by_url.insert(placed.url.clone(), index);
        self.placement.documents.push(placed);
    }

    /// Where a document of `folder`, which is served at `folder_url`, stands.
    fn placed(
        &mut self,
        document: &Frozen<Document>,
        owns_folder: bool,
        folder: &str,
        folder_url: UrlPath,
    ) -> Result<Placed, Diagnostic> {
        let collection = self.placement.collections.holding(folder);
        let kind = kind_of(document, collection);
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
        let list_url = if is_record { self.folder(parent_of(folder)) } else { None };
        let url = document_url(document, &folder_url, owns_folder)?;
        let own_anchors = own_old_anchors(document, &url);
        Ok(Placed {
            asks: locations(document, &own_anchors, &self.known),
            old_anchors: all_old_anchors(document, &url),
            document: document.clone(),
            number,
            kind,
            url,
            folder: list_url.unwrap_or(folder_url),
            is_index,
            owns_folder,
            in_collection,
            anchor_order: OnceLock::new(),
        })
    }

    /// Registers `folder` (below the content root) and those above it; its address.
    fn folder(&mut self, folder: &str) -> Option<UrlPath> {
        if let Some((known, url)) = &self.last
            && known == folder
        {
            return Some(url.clone());
        }
        let url = self.new_folder(folder)?;
        self.last = Some((folder.to_owned(), url.clone()));
        Some(url)
    }

    fn new_folder(&mut self, folder: &str) -> Option<UrlPath> {
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
        let taken = self.placement.claims.claim(url, &document.path).err()?;
        Some(
            route_error(document, url, &format!("{} has it already", taken_by(&taken)))
                .hint("Rename one of the two, or give one of them a `slug` in its front matter."),
        )
    }

    fn redirects(&mut self) {
        for index in 0..self.placement.documents.len() {
            let placed = self.placement.documents[index].clone();
            let own = &placed.url;
            let aliases = placed.document.front.aliases.iter();
            for alias in aliases.filter(|alias| own_anchor(alias, own).is_none()) {
                self.redirect(index, own, alias);
            }
        }
    }

    fn redirect(&mut self, index: usize, own: &UrlPath, alias: &Located<String>) {
        let path = alias.value.split('#').next().unwrap_or_default();
        let url = match routes::alias_url(path) {
            Ok(url) => url,
            Err(error) => {
                let diagnostic = self.alias_error(index, alias, &format!("is not an address: {error}"));
                return self
                    .diagnostics
                    .push(diagnostic.hint("Write it as `old/path`, below the site's root."));
            }
        };
        if url == *own || self.placement.redirects.get(&url) == Some(&index) {
            return;
        }
        let by = &self.placement.documents[index].document.path;
        match self.placement.claims.claim(&url, by) {
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
