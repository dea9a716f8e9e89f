//! What lasts from one build of a site to the next: the one recipe of `build`, `check` and `serve`.
//!
//! A build is a session of one round, a preview one of many. A round reads what changed ([`Session::read`]) and makes a site
//! of it ([`Session::understand`]), and each step keeps what it made as long as what it was made from is the same:
//!
//! - texts by file; documents by the text, the record beside it and the configuration;
//! - the theme by its files;
//! - what is known of linked files and of transcripts by their size and time;
//! - addresses, links and ties as long as no document looks different to others than it did ([`Document::is_tied_as`]);
//!   else where each document stands, links as long as what they asked of others has the same answer, and the pages of which
//!   all that is the same. Tables of ties are made anew.
//!
//! Whatever is kept is what a whole build would have made: a test compares the two after each of some hundred changes.
//! Nothing is rendered here; a page is made when somebody wants it.

mod kept;
mod parsed;
mod theme;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::remembered::Steady;
use super::{Configured, Options, Project};
use crate::config::{Config, HtmlPolicy};
use crate::diagnostic::Diagnostic;
use crate::disk::{Changes, Failure, Refreshed};
use crate::document::Document;
use crate::frozen::Frozen;
use crate::path::SourcePath;
use crate::recording::Moment;
use crate::render::theme::Theme;
use crate::site::attachments::{self, Attachment};
use crate::site::links::{Links, Resolver};
use crate::site::placement::{self, Placement};
use crate::site::recordings::{self, Said, Transcripts};
use crate::site::{self, Site, Surroundings};
use crate::source::{AssetFacts, AssetReader, GitHistory, SourceTree};

use kept::Kept;
pub(super) use parsed::documents;
use parsed::{Parsed, parsed};
use theme::KeptTheme;

/// A site's folder, and all that is known of it.
pub struct Session {
    root: PathBuf,
    /// Whether the nodes of documents are kept for the one who makes their bodies. Worth their room where all bodies are made
    /// at once.
    keeps_nodes: bool,
    /// Whether there is one round only, so that nothing is noted for the next.
    once: bool,
    project: Option<Project>,
    /// What the configuration was read from.
    configured_by: Option<Configured>,
    /// What may have changed since [`Session::understand`].
    changed: Refreshed,
    /// Whether git knows something else since then.
    committed: bool,
    parsed: Vec<Parsed>,
    parsed_by: Option<Frozen<Config>>,
    theme: Option<KeptTheme>,
    attachments: BTreeMap<SourcePath, KeptAttachment>,
    transcripts: BTreeMap<SourcePath, KeptTranscript>,
    kept: Option<Kept>,
}

/// A site as it was understood.
#[derive(Debug)]
pub struct Round {
    /// The site. Where something is wrong with a document, that of the rest.
    pub site: Frozen<Site>,
    /// Its theme.
    pub theme: Frozen<Theme>,
    /// Everything found, with the severities of those who found it.
    pub found: Vec<Diagnostic>,
}

/// What a linked file is, by the policy that it was looked at with.
#[derive(Clone)]
struct KeptAttachment {
    facts: AssetFacts,
    html: HtmlPolicy,
    attachment: Attachment,
}

struct KeptTranscript {
    facts: AssetFacts,
    cuts: Vec<Moment>,
    said: Said,
    faults: Vec<Diagnostic>,
}

impl Session {
    /// For the site at `root`, of which nothing is known.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            keeps_nodes: false,
            once: false,
            committed: false,
            project: None,
            configured_by: None,
            changed: Refreshed::Anything,
            parsed: Vec::new(),
            parsed_by: None,
            theme: None,
            attachments: BTreeMap::new(),
            transcripts: BTreeMap::new(),
            kept: None,
        }
    }

    /// The same for a single round, which needs less room.
    #[must_use]
    pub fn once(self) -> Self {
        Self { once: true, ..self }
    }

    /// The same for somebody who makes every body right after.
    #[must_use]
    pub fn keeping_nodes(self) -> Self {
        Self { keeps_nodes: true, ..self }
    }

    /// Reads the configuration, and of the sources what `changes` names. `history` is asked what git knows, while they are
    /// read, where it was not asked before.
    ///
    /// # Errors
    /// Where the folder can't be read at all.
    pub fn read(
        &mut self,
        options: &Options,
        changes: &Changes,
        history: impl FnOnce() -> GitHistory + Send,
    ) -> Result<&Project, Failure> {
        let configured = super::configure(&self.root, options)?;
        self.take(configured, changes, history)
    }

    /// The same with a configuration that was read already.
    ///
    /// # Errors
    /// Where the folder can't be read at all.
    pub fn take(
        &mut self,
        configured: Configured,
        changes: &Changes,
        history: impl FnOnce() -> GitHistory + Send,
    ) -> Result<&Project, Failure> {
        let known = self.configured_by.as_ref().is_some_and(|known| known.is_of(&configured));
        if !known {
            self.changed = Refreshed::Anything;
        }
        match &mut self.project {
            None => self.project = Some(super::read_beside(&self.root, configured.clone(), history)?),
            Some(project) => {
                let refreshed = project.sources.refresh(&super::read_plan(&configured), changes)?;
                self.changed = self.changed.max(refreshed);
                if !known {
                    project.config = configured.config.clone();
                    project.output.clone_from(&configured.output);
                    project.config_faults.clone_from(&configured.faults);
                }
                project.sources.tree.config.clone_from(&configured.file);
            }
        }
        self.configured_by = Some(configured);
        self.project.as_ref().ok_or_else(|| Failure::Machine(Diagnostic::error("disk", "nothing was read")))
    }

    /// Takes note of what git knows now, for the next round.
    pub fn learn(&mut self, history: GitHistory) {
        if let Some(project) = &mut self.project
            && project.sources.tree.git != history
        {
            project.sources.tree.git = history;
            self.changed = Refreshed::Anything;
            self.committed = true;
        }
    }

    /// What was read.
    pub fn project(&self) -> Option<&Project> {
        self.project.as_ref()
    }

    /// Makes a site of what was read; `None` before anything was.
    pub fn understand(&mut self, options: &Options, reader: &dyn AssetReader) -> Option<Round> {
        let project = self.project.take()?;
        let loaded = self.theme.take();
        let (theme, ()) = rayon::join(
            || KeptTheme::of(loaded, &project.sources.tree.theme),
            || self.tie(&project, options, reader),
        );
        let mut found = project.config_faults.clone();
        found.extend(project.sources.faults());
        let left_out = &project.sources.tree.git.left_out;
        found.extend(left_out.iter().map(|why| Diagnostic::note("git-dates", why)));
        found.extend(self.parsed.iter().flat_map(|parsed| parsed.faults.iter().cloned()));
        let site = self.kept.as_ref().map(|kept| {
            found.extend(kept.found().cloned());
            Frozen::new(kept.assembled.site.clone())
        });
        found.extend(theme.faults.iter().cloned());
        let round = site.map(|site| Round { site, theme: theme.theme.clone(), found });
        self.theme = Some(theme);
        self.project = Some(project);
        self.changed = Refreshed::Texts;
        self.committed = false;
        round
    }

    fn tie(&mut self, project: &Project, options: &Options, reader: &dyn AssetReader) {
        self.parse(project);
        let documents: Vec<Frozen<Document>> =
            self.parsed.iter().filter_map(|parsed| parsed.document.clone()).collect();
        let mut kept = self.kept.take();
        let known = kept.as_mut().filter(|_| self.changed == Refreshed::Texts);
        if known.is_some_and(|known| known.renew(&documents, project, options, reader)) {
            self.kept = kept;
            return;
        }
        self.kept = Some(self.anew(documents, project, options, reader, kept.filter(|_| !self.once)));
    }

    /// Parses what was not, as it is under this configuration.
    fn parse(&mut self, project: &Project) {
        let config = &project.config;
        let same = self.parsed_by.as_ref().is_some_and(|by| by.is(config));
        let known = if same { std::mem::take(&mut self.parsed) } else { Vec::new() };
        self.parsed = parsed(config, &project.sources.tree, known, self.keeps_nodes);
        self.parsed_by = Some(config.clone());
    }

    /// Everything from the documents on. Of what was made `before`, by the same configuration, stays what nothing of is another.
    fn anew(
        &mut self,
        documents: Vec<Frozen<Document>>,
        project: &Project,
        options: &Options,
        reader: &dyn AssetReader,
        before: Option<Kept>,
    ) -> Kept {
        let (config, tree) = (&project.config, &project.sources.tree);
        let before = before.filter(|kept| kept.config.is(config) && kept.drafts == options.drafts);
        let placed = before.as_ref().map(|kept| &kept.placement);
        let (mut placement, of_placement) =
            placement::place(config, documents.clone(), &tree.assets, options.drafts, placed);
        let repository = site::repository_links(config, &tree.git);
        let before = before.filter(|kept| kept.repository == repository);
        let notes = !self.once;
        let resolver =
            Resolver { placement: &placement, config, repository: repository.as_ref(), reader, notes };
        let (links, since) = match before {
            None => (resolver.all(), None),
            Some(before) => before.led(&resolver, self.changed == Refreshed::Anything),
        };
        let attachments = self.inspected(&links, project, reader);
        let (transcripts, of_transcripts) = self.heard(&placement, &links, tree, reader);
        let around = Surroundings {
            config: config.clone(),
            clock: options.clock,
            git: &tree.git,
            repository: repository.clone(),
            attachments: &attachments,
            transcripts: &transcripts,
            files: &tree.assets,
        };
        // Dates of pages come from git.
        let since = since.filter(|_| !self.committed);
        let assembled = site::assemble(&mut placement, &links, &around, since);
        let steady = Steady::of(&assembled.site);
        Kept {
            config: config.clone(),
            drafts: options.drafts,
            day: super::today(options, config),
            steady,
            documents,
            placement,
            of_placement,
            links,
            repository,
            attachments,
            transcripts,
            of_transcripts,
            assembled,
        }
    }

    /// What is known of each linked file.
    fn inspected(
        &mut self,
        links: &[Links],
        project: &Project,
        reader: &dyn AssetReader,
    ) -> BTreeMap<SourcePath, Attachment> {
        let assets = &project.sources.tree.assets;
        let (known, html) = (&self.attachments, project.config.html);
        let wanted: Vec<SourcePath> = attachments::wanted(links).into_iter().collect();
        let looked: BTreeMap<SourcePath, KeptAttachment> = wanted
            .into_par_iter()
            .map(|path| {
                let facts = assets.get(&path).copied().unwrap_or_default();
                let before = known.get(&path).filter(|of| of.html == html && facts.tells(&of.facts));
                let attachment = before.map(|before| before.attachment.clone());
                let attachment = attachment.unwrap_or_else(|| attachments::inspect(reader, &path, html));
                (path, KeptAttachment { facts, html, attachment })
            })
            .collect();
        let all = looked.iter().map(|(path, one)| (path.clone(), one.attachment.clone())).collect();
        self.attachments = looked;
        all
    }

    /// What is said in each transcript that a document names.
    fn heard(
        &mut self,
        placement: &Placement,
        links: &[Links],
        tree: &SourceTree,
        reader: &dyn AssetReader,
    ) -> (Transcripts, Vec<Diagnostic>) {
        let known = &self.transcripts;
        let wanted: Vec<_> = recordings::wanted(placement, links).into_iter().collect();
        let heard: BTreeMap<SourcePath, KeptTranscript> = wanted
            .into_par_iter()
            .map(|(path, cuts)| {
                let facts = tree.assets.get(&path).copied().unwrap_or_default();
                let cut: Vec<Moment> = cuts.iter().copied().collect();
                let before =
                    known.get(&path).filter(|before| facts.tells(&before.facts) && before.cuts == cut);
                let (said, faults) = match before {
                    Some(before) => (before.said.clone(), before.faults.clone()),
                    None => recordings::said(reader, &path, &cuts),
                };
                (path, KeptTranscript { facts, cuts: cut, said, faults })
            })
            .collect();
        let faults = heard.values().flat_map(|one| one.faults.iter().cloned()).collect();
        let said = heard.iter().map(|(path, one)| (path.clone(), one.said.clone())).collect();
        self.transcripts = heard;
        (said, faults)
    }
}
