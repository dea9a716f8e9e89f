//! Where each link of a document leads: what GitHub would open, opens.

pub mod again;
mod ground;
mod missing;
mod served;

use super::anchors::Anchors;
use super::placement::Placement;
use super::{PageId, RepositoryLinks, routes};
use crate::config::{Config, Kind};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::front_matter::Located;
use crate::document::target::{self, Parts, Target};
use crate::document::{Document, LinkRole, RawLink};
use crate::path::{SourcePath, UrlPath, encode_path, encode_unsafe};
use crate::recording::host::FileKind;
use crate::source::AssetReader;

pub use again::{Difference, Led};
use ground::Ground;

/// How many findings of one document are reported one by one.
const MOST_SAID: usize = 50;

/// In larger folders no similar name is looked for: each miss would cost the size of the folder.
const MOST_SIBLINGS: usize = 500;

/// A link that found its target, before folders are numbered and images measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    External(String),
    Page { page: PageId, anchor: Option<String> },
    Folder(UrlPath),
    Generated { url: UrlPath, suffix: String },
    Asset { url: UrlPath, source: SourcePath, suffix: String, image: bool },
    Repository(String),
    Broken(String),
    Refused,
}

/// The links of one document, in its order.
#[derive(Debug, Default)]
pub struct Links {
    pub(super) found: Vec<Found>,
    /// Where the front matter's `video` and `transcript` are.
    pub(super) video: Option<Found>,
    pub(super) transcript: Option<Found>,
    /// Where its `recordings` are that are no documents.
    pub(super) recordings: Vec<Option<Found>>,
    /// What is not as its author meant it.
    pub diagnostics: Vec<Diagnostic>,
    /// Notes of what was asked of others, where somebody wants to know.
    asked: Box<[u32]>,
}

impl Links {
    /// All of them: those of the text, then those of the front matter.
    pub(super) fn all(&self) -> impl Iterator<Item = &Found> {
        let named = self.video.iter().chain(&self.transcript).chain(self.recordings.iter().flatten());
        self.found.iter().chain(named)
    }

    /// Whether they lead where `other`, the links of an earlier state of the document, do.
    pub fn lead_as(&self, other: &Self) -> bool {
        self.found == other.found
            && self.video == other.video
            && self.transcript == other.transcript
            && self.recordings == other.recordings
    }
}

/// What links are resolved against.
pub struct Resolver<'a> {
    /// The addresses.
    pub placement: &'a Placement,
    /// The settings.
    pub config: &'a Config,
    /// For links into the repository and back from it.
    pub repository: Option<&'a RepositoryLinks>,
    /// To see whether a file exists that is not published.
    pub reader: &'a dyn AssetReader,
    /// Whether links are resolved again later, so that it is worth to note what they asked.
    pub notes: bool,
}

impl Resolver<'_> {
    /// Resolves every link of document `index`; what can't be resolved is reported.
    pub fn resolve(&self, index: usize) -> Links {
        let document = &self.placement.documents[index].document;
        let ground = Ground::new(self.placement, self.reader, self.notes);
        let reading = Reading { config: self.config, repository: self.repository, ground };
        let links = reading.all(index, document);
        Links { asked: reading.ground.asked(), ..links }
    }
}

/// The links of one document while they are resolved.
struct Reading<'a> {
    config: &'a Config,
    repository: Option<&'a RepositoryLinks>,
    ground: Ground<'a>,
}

impl Reading<'_> {
    fn all(&self, index: usize, document: &Document) -> Links {
        let mut links = Links { found: Vec::with_capacity(document.links.len()), ..Links::default() };
        let recording = &document.front.recording;
        links.video = self.named(index, document, recording.video.as_ref(), &mut links.diagnostics);
        links.transcript = self.named(index, document, recording.transcript.as_ref(), &mut links.diagnostics);
        for named in &document.front.recordings {
            let file = named.of.value.contains("://") || FileKind::of(&named.of.value).is_some();
            let of = Some(&named.of).filter(|_| file);
            links.recordings.push(self.named(index, document, of, &mut links.diagnostics));
        }
        let mut unsaid = 0;
        for link in &document.links {
            if links.diagnostics.len() < MOST_SAID {
                links.found.push(self.link(index, document, link, &mut links.diagnostics));
                continue;
            }
            // Finding a place costs the length of the document: a document full of broken links must not cost its square.
            let quiet = RawLink { span: 0..0, ..link.clone() };
            let before = links.diagnostics.len();
            links.found.push(self.link(index, document, &quiet, &mut links.diagnostics));
            unsaid += links.diagnostics.drain(before..).count();
        }
        if unsaid > 0 {
            let message = format!("{unsaid} more links of this document lead nowhere");
            links
                .diagnostics
                .push(Diagnostic::warning("broken-link", message).at(Place::file(&document.path)));
        }
        links
    }

    /// A file or URL that the front matter names.
    fn named(
        &self,
        index: usize,
        document: &Document,
        name: Option<&Located<String>>,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Found> {
        let Located { value, line } = name?;
        let start = document.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let length = document.text[start..].lines().next().map_or(0, str::len);
        let link = RawLink { role: LinkRole::Link, target: value.clone(), span: start..start + length };
        Some(self.link(index, document, &link, out))
    }

    fn link(&self, index: usize, document: &Document, link: &RawLink, out: &mut Vec<Diagnostic>) -> Found {
        match target::classify(&link.target) {
            Target::External(url) => self.external(document, link, url, out),
            Target::Refused(scheme) => {
                let message = format!("`{scheme}:` links are not allowed");
                out.push(warn("refused-link", message, document, link).hint(format!(
                    "Allowed are {}, and paths to files of the site.",
                    target::SCHEMES.join(", ")
                )));
                Found::Refused
            }
            Target::SamePage(fragment) => self.page(index, Some(fragment), document, link, out),
            Target::Relative(parts) => self.file(document.path.parent(), &parts, document, link, out),
            Target::Rooted(parts) => self.rooted(&parts, document, link, out),
        }
    }

    /// A full URL that points back into the site's own repository or at the site itself is a link like any other.
    fn external(&self, document: &Document, link: &RawLink, url: String, out: &mut Vec<Diagnostic>) -> Found {
        let own = self.repository.and_then(|r| own_path(&url, r)).map(str::to_owned);
        if let Some(path) = own
            && let Target::Relative(parts) = target::classify(&path)
        {
            let mut ignored = Vec::new();
            match self.file("", &parts, document, link, &mut ignored) {
                Found::Broken(_) | Found::Repository(_) | Found::Asset { .. } => {}
                found => {
                    out.append(&mut ignored);
                    return found;
                }
            }
        }
        Found::External(url)
    }

    fn file(
        &self,
        base: &str,
        wanted: &Parts,
        document: &Document,
        link: &RawLink,
        out: &mut Vec<Diagnostic>,
    ) -> Found {
        match self.existing(base, wanted, document, link, out) {
            Some(found) => found,
            None => self.missing(base, wanted, document, link, out),
        }
    }

    fn existing(
        &self,
        base: &str,
        wanted: &Parts,
        document: &Document,
        link: &RawLink,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Found> {
        let folder = normal_folder(base, &wanted.path)?;
        if let Ok(source) = SourcePath::new(&folder) {
            if let Some(page) = self.document(&source) {
                return Some(self.page(page, wanted.fragment.clone(), document, link, out));
            }
            if self.ground.is_file(&source) {
                return Some(self.asset(source, wanted, document, link, out));
            }
        }
        let url = self.ground.folder(&folder)?;
        let part = wanted.fragment.as_ref().is_some_and(|fragment| !fragment.is_empty());
        // What is asked of a folder's list, such as `?status=accepted`, is for the page, whoever wrote its text. A part of a
        // list that no document gives the text of is for the list.
        let page = self.ground.page_at(url);
        if wanted.query.is_some() || part && page.is_none() {
            return Some(Found::Generated { url: url.clone(), suffix: suffix(wanted) });
        }
        Some(match page {
            Some(page) => self.page(page, wanted.fragment.clone(), document, link, out),
            None => Found::Folder(url.clone()),
        })
    }

    /// The document at `source`, also where `.md` was left out.
    fn document(&self, source: &SourcePath) -> Option<usize> {
        let with_extension = || self.ground.document(&SourcePath::new(&format!("{source}.md")).ok()?);
        self.ground.document(source).or_else(with_extension)
    }

    fn page(
        &self,
        page: usize,
        fragment: Option<String>,
        from: &Document,
        link: &RawLink,
        out: &mut Vec<Diagnostic>,
    ) -> Found {
        let anchor = fragment.filter(|f| !f.is_empty());
        let Some(wanted) = anchor else { return Found::Page { page: PageId(page), anchor: None } };
        let (placed, order) = self.ground.parts(page);
        let anchors = Anchors { document: &placed.document, old: &placed.old_anchors, order };
        if let Some(known) = anchors.find(&wanted) {
            return Found::Page { page: PageId(page), anchor: Some(known) };
        }
        // A log may have its graph there; whether it has is known when all relations are, and the page is right anyhow.
        if wanted == "graph" && placed.is_index && placed.kind == Kind::Decision {
            return Found::Page { page: PageId(page), anchor: Some(wanted) };
        }
        // Every page has a top (HTML, scrolling to a fragment), whatever its ids.
        if wanted.eq_ignore_ascii_case("top") {
            return Found::Page { page: PageId(page), anchor: Some(wanted) };
        }
        let message = format!("{} has no section `#{wanted}`", placed.document.path);
        let diagnostic = warn("broken-anchor", message, from, link);
        out.push(match anchors.near(&wanted) {
            Some(near) => diagnostic.hint(format!("Did you mean `#{near}`?")),
            None => diagnostic,
        });
        Found::Page { page: PageId(page), anchor: Some(wanted) }
    }

    fn asset(
        &self,
        source: SourcePath,
        wanted: &Parts,
        document: &Document,
        link: &RawLink,
        out: &mut Vec<Diagnostic>,
    ) -> Found {
        match self.asset_url(&source) {
            Ok(url) => {
                Found::Asset { url, source, suffix: suffix(wanted), image: link.role == LinkRole::Image }
            }
            Err(error) => {
                out.push(warn("no-address", format!("{source} has no address: {error}"), document, link));
                Found::Broken(link.target.clone())
            }
        }
    }

    /// Below the content root a file stands at the same place relative to the documents; `static/` as it is.
    fn asset_url(&self, source: &SourcePath) -> Result<UrlPath, routes::RouteError> {
        let below = source.below(&self.config.content).unwrap_or(source.as_str());
        let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
        let url = if source.below("static").is_some() {
            UrlPath::new(&format!("/{}/", source.parent())).map_err(routes::RouteError::Path)?
        } else {
            routes::folder_url(&self.ground.collections().route(folder))?
        };
        routes::asset_url(&url, source.file_name())
    }
}

/// What follows the path in a URL, as it was written.
fn suffix(parts: &Parts) -> String {
    let query = parts.query.as_deref().map(|q| format!("?{}", encode_unsafe(q))).unwrap_or_default();
    let fragment = parts.fragment.as_deref().filter(|f| !f.is_empty());
    fragment.map_or(query.clone(), |f| format!("{query}#{}", encode_path(f)))
}

/// The path of `relative` from `base`, `""` for the root itself; `None` where it leads outside.
fn normal_folder(base: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|p| !p.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path below the site's root that a repository URL such as `.../blob/main/docs/x.md#y` names.
fn own_path<'a>(url: &'a str, repository: &RepositoryLinks) -> Option<&'a str> {
    let rest = url.strip_prefix(&repository.web)?.strip_prefix('/')?;
    let rest = rest.strip_prefix("blob/").or_else(|| rest.strip_prefix("tree/"))?;
    let rest = rest.strip_prefix(&repository.branch)?.strip_prefix('/')?;
    if repository.prefix.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix(&repository.prefix)?.strip_prefix('/')
    }
}

fn warn(code: &'static str, message: String, document: &Document, link: &RawLink) -> Diagnostic {
    Diagnostic::warning(code, message).at(Place::in_text(&document.path, &document.text, link.span.clone()))
}
