//! Addresses, links and ties of one round, kept for the next: where no document looks different to the others, nothing of it
//! is made again but the pages of those that changed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::frozen::Frozen;
use crate::path::SourcePath;
use crate::pipeline::remembered::Steady;
use crate::pipeline::{Options, Project, today};
use crate::site::attachments::Attachment;
use crate::site::links::{Links, Resolver};
use crate::site::placement::Placement;
use crate::site::recordings::Transcripts;
use crate::site::{Assembled, PageId, RepositoryLinks, Surroundings};
use crate::source::{AssetReader, SourceTree};

/// Addresses, links and ties, and what they were made by.
pub(super) struct Kept {
    pub(super) config: Frozen<Config>,
    pub(super) drafts: bool,
    pub(super) day: Date,
    pub(super) steady: Steady,
    pub(super) documents: Vec<Frozen<Document>>,
    pub(super) placement: Placement,
    pub(super) of_placement: Vec<Diagnostic>,
    pub(super) links: Vec<Links>,
    pub(super) repository: Option<RepositoryLinks>,
    pub(super) attachments: BTreeMap<SourcePath, Attachment>,
    pub(super) transcripts: Transcripts,
    pub(super) of_transcripts: Vec<Diagnostic>,
    pub(super) assembled: Assembled,
}

impl Kept {
    pub(super) fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        let links = self.links.iter().flat_map(|links| &links.diagnostics);
        let pages = self.assembled.of_pages.iter().flatten();
        self.of_placement
            .iter()
            .chain(&self.of_transcripts)
            .chain(links)
            .chain(pages)
            .chain(&self.assembled.of_ties)
    }

    /// The same with other texts, where no document looks different to the others and none leads elsewhere than it did:
    /// then only its own page is another.
    pub(super) fn renewed(
        mut self,
        documents: &[Frozen<Document>],
        project: &Project,
        options: &Options,
        reader: &dyn AssetReader,
    ) -> Option<Self> {
        let (config, tree) = (&project.config, &project.sources.tree);
        let now = options.clock.now;
        let same = self.config.is(config)
            && self.drafts == options.drafts
            && self.day == today(options, config)
            && self.steady.holds(now)
            && self.documents.len() == documents.len();
        if !same {
            return None;
        }
        let pairs = self.documents.iter().zip(documents);
        let changed: Vec<_> = pairs.filter(|(before, now)| !before.is(now)).collect();
        // What was said of a document beside its own links names places in it, which may be others now.
        let said = self.of_placement.iter().chain(&self.assembled.of_ties);
        let told: BTreeSet<&SourcePath> = said.filter_map(|one| Some(&one.place.as_ref()?.path)).collect();
        let is_tied = |(before, now): &(&Frozen<Document>, &Frozen<Document>)| {
            !told.contains(&now.path)
                && now.is_tied_as(before)
                && now.front.recording.video.is_none()
                && now.front.recording.transcript.is_none()
        };
        if !changed.iter().all(is_tied) {
            return None;
        }
        let changed: Vec<Frozen<Document>> = changed.into_iter().map(|(_, now)| now.clone()).collect();
        self.assembled.site.clock = options.clock;
        for document in changed {
            self.renew(document, config, tree, reader)?;
        }
        self.documents = documents.to_vec();
        Some(self)
    }

    fn renew(
        &mut self,
        document: Frozen<Document>,
        config: &Frozen<Config>,
        tree: &SourceTree,
        reader: &dyn AssetReader,
    ) -> Option<()> {
        // A draft has no page, and no address that others could ask for.
        let Some(index) = self.placement.replace(document) else { return Some(()) };
        let resolver =
            Resolver { placement: &self.placement, config, repository: self.repository.as_ref(), reader };
        let links = resolver.resolve(index);
        if !links.lead_as(&self.links[index]) {
            return None;
        }
        self.links[index] = links;
        let around = Surroundings {
            config: config.clone(),
            clock: self.assembled.site.clock,
            git: &tree.git,
            repository: self.repository.clone(),
            attachments: &self.attachments,
            transcripts: &self.transcripts,
            files: &tree.assets,
        };
        self.assembled.renew(&self.placement, PageId(index), &around);
        Some(())
    }
}
