//! The site that a preview serves: what was understood, and each file made of it when a browser asks.
//!
//! Nothing that was made is held. What every body would have to be read for (what is wrong with formulas, diagrams and code, and
//! the index of the search) is seen to when browsers know of the site already, and follows the edit as well: only bodies
//! of pages that are not what they were are read again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use rayon::prelude::*;

use super::arguments::Common;
use super::session::STACK;
use crate::diagnostic::Diagnostic;
use crate::disk::{Changes, DiskAssets, Failure};
use crate::frozen::Frozen;
use crate::memo::MemoryMemo;
use crate::pipeline::session::{Round, Session};
use crate::pipeline::{self, Maker};
use crate::render::body;
use crate::render::pages::Pages;
use crate::render::services::Workshop;
use crate::render::theme::Theme;
use crate::search::{self, Live};
use crate::serve::{self, BuildOutcome, Builder, Made, Served};
use crate::sink::Content;
use crate::site::catalogue::{Family, Generated, Output, What};
use crate::site::{Page, PageId, Site};
use crate::source::{ThemeFile, git};

/// How many bodies are read before somebody looks whether there is something newer to show.
const TOGETHER: usize = 64;

/// How the names of the index's files end.
const INDEX_FILES: [&str; 3] = [".json", ".bin", ".txt"];

/// How many pages the index takes at once: it looks over all of them each time.
const TAKEN: usize = 1024;

/// Makes the site of a preview again after each change.
pub(super) struct Preview {
    root: PathBuf,
    common: Common,
    session: Session,
    /// Coloured code, for as long as the preview lasts.
    memo: Arc<MemoryMemo>,
    /// The site that browsers were told of last, and what was found of it.
    shown: Option<(Arc<Shown>, Vec<Diagnostic>)>,
    index: Arc<Index>,
    /// By address, each page as its body was read last.
    read: BTreeMap<String, Read>,
    /// The language of the index.
    language: Option<String>,
    /// The templates that were tried, and what was wrong with them.
    tried: Option<(Vec<ThemeFile>, Vec<Diagnostic>)>,
    /// How many sites there were.
    rounds: u64,
}

/// A page whose body was read.
struct Read {
    page: Frozen<Page>,
    /// What the search shows of it beside its text.
    looks: search::Looks,
    found: Vec<Diagnostic>,
}

/// A site that is shown.
struct Shown {
    site: Frozen<Site>,
    theme: Frozen<Theme>,
    base: String,
    version: String,
    assets: DiskAssets,
    memo: Arc<MemoryMemo>,
    index: Arc<Index>,
    round: u64,
}

/// The index of the search, and of which round it is.
#[derive(Default)]
struct Index {
    kept: Mutex<(u64, Option<Live>)>,
    made: Condvar,
}

impl Preview {
    /// Of the site at `root`, which `session` may have read before.
    pub fn new(root: &Path, common: &Common, session: Session) -> Self {
        Self {
            root: root.to_owned(),
            common: common.clone(),
            session,
            memo: Arc::default(),
            shown: None,
            index: Arc::default(),
            read: BTreeMap::new(),
            language: None,
            tried: None,
            rounds: 0,
        }
    }

    fn round(&mut self, changes: &Changes) -> Result<(Option<Arc<Shown>>, Vec<Diagnostic>), Failure> {
        let options = self.common.options(None)?;
        let (root, branch, memo) = (&self.root, options.branch.as_deref(), &*self.memo);
        self.session.read(&options, changes, || git::history(root, branch, memo))?;
        let assets = DiskAssets::new(&self.root)?;
        let Some(Round { site, theme, mut found }) = self.session.understand(&options, &assets) else {
            return Ok((None, Vec::new()));
        };
        site.config.weigh(&mut found);
        if pipeline::stops(&found) {
            return Ok((None, found));
        }
        self.rounds += 1;
        let shown = Arc::new(Shown {
            base: site.config.base.decoded_path(),
            version: format!("{:x}-{}", std::process::id(), self.rounds),
            site,
            theme,
            assets,
            memo: Arc::clone(&self.memo),
            index: Arc::clone(&self.index),
            round: self.rounds,
        });
        found.extend(self.tried(&shown));
        let good = !pipeline::stops(&found);
        Ok((good.then_some(shown), found))
    }

    /// What is wrong with the templates of a site, found by making one page of each kind. Templates that were tried are not
    /// tried again, whatever else of the theme is another.
    fn tried(&mut self, shown: &Arc<Shown>) -> Vec<Diagnostic> {
        let files = self.session.project().map(|project| project.sources.tree.theme.as_slice());
        let is_template = |file: &&ThemeFile| file.name.starts_with("templates");
        let own: Vec<ThemeFile> = files.unwrap_or_default().iter().filter(is_template).cloned().collect();
        let parts = |files: &[ThemeFile]| -> Vec<(String, Arc<[u8]>)> {
            files.iter().map(|file| (file.name.clone(), Arc::clone(&file.bytes))).collect()
        };
        if let Some((before, found)) = &self.tried
            && parts(before) == parts(&own)
        {
            return found.clone();
        }
        // The built-in templates alone have been tried by whoever made this program.
        let found = if own.is_empty() { Vec::new() } else { try_each_kind(shown) };
        self.tried = Some((own, found.clone()));
        found
    }

    /// Reads the bodies that were not read as they are; false where something newer came between.
    fn read_bodies(&mut self, shown: &Shown, newer: &(dyn Fn() -> bool + Sync)) -> bool {
        let site = &shown.site;
        let language = &site.config.language;
        let kept = lock(&self.index.kept).1.take();
        // An index is of one language.
        let kept = kept.filter(|_| self.language.as_ref() == Some(language));
        if kept.is_none() {
            self.read.clear();
        }
        let mut live = kept.unwrap_or_else(|| Live::new(language));
        self.language = Some(language.clone());
        let looks: Vec<search::Looks> =
            (0..site.pages.len()).into_par_iter().map(|at| search::looks(site, PageId(at))).collect();
        let is_new = |at: &usize| {
            let known = self.read.get(site.pages[*at].url.as_str());
            known.is_none_or(|read| !is_read(&read.page, &site.pages[*at]) || read.looks != looks[*at])
        };
        let new: Vec<usize> = (0..site.pages.len()).filter(is_new).collect();
        let (mut whole, mut changed) = (true, Vec::new());
        for some in new.chunks(TOGETHER) {
            if newer() {
                whole = false;
                break;
            }
            let read = some.par_iter().map(|at| {
                let (body, found) = body::render(site, PageId(*at), &Workshop::new(&*shown.memo));
                (*at, body.passages, found)
            });
            for (at, passages, found) in read.collect::<Vec<_>>() {
                changed.push((PageId(at), passages));
                let page = site.pages[at].clone();
                self.read.insert(page.url.to_string(), Read { page, looks: looks[at], found });
            }
            if changed.len() >= TAKEN {
                live.take(site, std::mem::take(&mut changed));
            }
        }
        // Also where no body is new: pages may be gone, or have other numbers.
        live.take(site, changed);
        if whole {
            live.make(site);
            let now: std::collections::BTreeSet<&str> =
                site.pages.iter().map(|page| page.url.as_str()).collect();
            self.read.retain(|url, _| now.contains(url.as_str()));
        }
        let mut index = lock(&self.index.kept);
        *index = (if whole { shown.round } else { index.0 }, Some(live));
        drop(index);
        self.index.made.notify_all();
        whole
    }
}

/// Whether the body of `now` was read when that of `before` was: of the same text, with links that lead to the same.
fn is_read(before: &Frozen<Page>, now: &Frozen<Page>) -> bool {
    before.is(now)
        || before.document.is(&now.document) && before.spoken == now.spoken && before.asks == now.asks
}

impl Builder for Preview {
    fn build(&mut self, changes: &Changes) -> BuildOutcome {
        // A failure of the machine is shown like any finding: the last good site stays.
        let round = self.round(changes);
        let (shown, diagnostics) = round.unwrap_or_else(|failure| (None, vec![failure.diagnostic().clone()]));
        self.common.show(&diagnostics);
        if let Some(shown) = &shown {
            self.shown = Some((Arc::clone(shown), diagnostics.clone()));
        }
        let site = shown.map(|shown| Box::new(shown) as Box<dyn Served>);
        BuildOutcome { site, diagnostics }
    }

    fn finish(&mut self, newer: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
        let (shown, said) = self.shown.clone()?;
        if lock(&self.index.kept).0 == shown.round || !self.read_bodies(&shown, newer) {
            return None;
        }
        // Somebody may have committed meanwhile: dates follow with the next edit, which must not wait for git.
        let branch = self.common.options(None).ok().and_then(|options| options.branch);
        self.session.learn(git::history(&self.root, branch.as_deref(), &*self.memo));
        let mut found: Vec<Diagnostic> =
            self.read.values().flat_map(|read| read.found.iter().cloned()).collect();
        shown.site.config.weigh(&mut found);
        found.retain(|one| !said.contains(one));
        self.common.show(&found);
        Some(found)
    }
}

impl Shown {
    fn made(&self, output: &Output) -> Made {
        let pages = Pages::new(&self.site, &self.theme);
        let services = Workshop::new(&*self.memo);
        let maker = Maker { site: &self.site, pages: &pages, theme: &self.theme, services: &services };
        let made = maker.make(output);
        match made.content {
            Some(Content::Bytes(bytes)) => Made::Bytes(bytes.into()),
            Some(Content::Copy(source)) => {
                self.assets.open(&source).map_or(Made::Missing, |(file, length)| Made::File(file, length))
            }
            None => {
                let mut found = made.found;
                self.site.config.weigh(&mut found);
                Made::Failed(found)
            }
        }
    }

    /// The text of pages for the search.
    fn passages(&self, pages: Vec<PageId>) -> Vec<Vec<String>> {
        let read = |id: PageId| body::render(&self.site, id, &Workshop::new(&*self.memo)).0.passages;
        pages.into_par_iter().map(read).collect()
    }

    /// A file of the index, which is waited for: somebody who searches wants what is there now.
    fn searched(&self, path: &str) -> Made {
        let kept = lock(&self.index.kept);
        let wait = self.index.made.wait_while(kept, |kept| kept.1.is_none() || kept.0 < self.round);
        let kept = wait.unwrap_or_else(PoisonError::into_inner);
        let Some(live) = &kept.1 else { return Made::Missing };
        let Some(name) = path.strip_prefix("search/") else { return Made::Missing };
        if self.site.config.elasticlunr && name == "elasticlunr.json" {
            let pages = (0..self.site.pages.len()).map(PageId).collect();
            return Made::Bytes(search::whole_elasticlunr(&self.site, self.passages(pages)).into());
        }
        if let Some(bytes) = live.file(name) {
            return Made::Bytes(bytes.to_vec().into());
        }
        let text = live.texts_of(name).and_then(|pages| live.text(&self.site, name, self.passages(pages)));
        text.map_or(Made::Missing, |bytes| Made::Bytes(bytes.into()))
    }
}

impl Served for Arc<Shown> {
    fn base(&self) -> &str {
        &self.base
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn has(&self, path: &str) -> bool {
        if self.site.catalogue.at(path).is_some() {
            return true;
        }
        match Family::at(path) {
            Some(Family::Theme) => self.theme.assets().any(|(known, _)| known.as_str() == path),
            // Which files these are is known when the index is made.
            Some(Family::Index) => INDEX_FILES.iter().any(|end| path.ends_with(end)),
            None => false,
        }
    }

    fn make(&self, path: &str) -> Made {
        if let Some(output) = self.site.catalogue.at(path) {
            return self.made(output);
        }
        match Family::at(path) {
            Some(Family::Theme) => {
                let file = self.theme.assets().find(|(known, _)| known.as_str() == path);
                file.map_or(Made::Missing, |(_, bytes)| Made::Bytes(bytes.to_vec().into()))
            }
            Some(Family::Index) => self.searched(path),
            None => Made::Missing,
        }
    }
}

/// Makes one page of each kind, each on a thread that is left alone when it takes too long: nothing can end a template that
/// never does.
fn try_each_kind(shown: &Arc<Shown>) -> Vec<Diagnostic> {
    let mut kinds = std::collections::BTreeSet::new();
    let all = shown.site.catalogue.all().iter();
    let is_first = |output: &&Output| template_of(output, &shown.site).is_some_and(|kind| kinds.insert(kind));
    let first: Vec<Output> = all.filter(is_first).cloned().collect();
    let mut found = Vec::new();
    for output in first {
        let (done, made) = mpsc::channel();
        let (shown, of) = (Arc::clone(shown), output.clone());
        let try_it = move || {
            // Whoever waited may have given up.
            let _ = done.send(shown.made(&of));
        };
        let started = std::thread::Builder::new().stack_size(STACK).spawn(try_it);
        match started.map(|_| made.recv_timeout(serve::LONGEST)) {
            Ok(Ok(Made::Failed(faults))) => found.extend(faults),
            Ok(Ok(_)) => {}
            Ok(Err(_)) | Err(_) => {
                found.push(serve::too_slow(output.url.as_str()));
                // Others that use the same template would only take as long.
                break;
            }
        }
    }
    found
}

/// A word for the template that makes an output, where one does.
fn template_of(output: &Output, site: &Site) -> Option<String> {
    Some(match &output.what {
        What::Document(id) => site.pages[id.0].kind.word().to_owned(),
        What::Folder(id) if site.folders[id.0].parent.is_none() => "home".to_owned(),
        What::Folder(id) => format!("folder of {}", site.folders[id.0].kind.word()),
        What::Generated(page) => match page {
            Generated::Tag(_) => "tag".to_owned(),
            Generated::Graph(_) => "graph".to_owned(),
            Generated::Person(_) => "person".to_owned(),
            Generated::Redirect(_) => "redirect".to_owned(),
            Generated::Tags
            | Generated::People
            | Generated::Waiting
            | Generated::Norms
            | Generated::Search
            | Generated::Missing => output.url.to_string(),
        },
        What::Machine(_) | What::Copy(_) => return None,
    })
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
