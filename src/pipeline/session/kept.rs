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
use crate::site::links::{Difference, Links, Resolver};
use crate::site::placement::Placement;
use crate::site::recordings::Transcripts;
use crate::site::{Assembled, Before, PageId, RepositoryLinks, Surroundings};
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

    /// Takes other texts, where no document looks different to the others and none leads elsewhere than it did: then only its
    /// own page is another. False where that isn't so; what was taken by then is as good as what was there before.
    pub(super) fn renew(
        &mut self,
        documents: &[Frozen<Document>],
        project: &Project,
        options: &Options,
        reader: &dyn AssetReader,
    ) -> bool {
        let (config, tree) = (&project.config, &project.sources.tree);
        let now = options.clock.now;
        let same = self.config.is(config)
            && self.drafts == options.drafts
            && self.day == today(options, config)
            && self.steady.holds(now)
            && self.documents.len() == documents.len();
        if !same {
            return false;
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
            return false;
        }
        let changed: Vec<Frozen<Document>> = changed.into_iter().map(|(_, now)| now.clone()).collect();
        self.assembled.site.clock = options.clock;
        if !changed.into_iter().all(|document| self.renew_page(document, config, tree, reader)) {
            return false;
        }
        self.documents = documents.to_vec();
        true
    }

    fn renew_page(
        &mut self,
        document: Frozen<Document>,
        config: &Frozen<Config>,
        tree: &SourceTree,
        reader: &dyn AssetReader,
    ) -> bool {
        // A draft has no page, and no address that others could ask for.
        let Some((index, before)) = self.placement.replace(document) else { return true };
        let (placement, repository) = (&self.placement, self.repository.as_ref());
        let links = Resolver { placement, config, repository, reader, notes: true }.resolve(index);
        if !links.lead_as(&self.links[index]) {
            // Whoever compares must not find this state of the document with links of that one.
            self.placement.documents[index] = before;
            return false;
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
        self.assembled.renew(&self.placement, &self.links[index], PageId(index), &around);
        true
    }

    /// The links of documents as they are placed now, and what [`crate::site::assemble`] needs to know of what was before. `disk` is
    /// whether files that are no sources may have come or gone.
    pub(super) fn led(self, resolver: &Resolver<'_>, disk: bool) -> (Vec<Links>, Option<Before>) {
        let difference = Difference::between(&self.placement, resolver.placement, disk);
        let (links, led) = resolver.again(self.links, &difference).into_iter().unzip();
        let before = Before { assembled: self.assembled, difference, led, attachments: self.attachments };
        (links, Some(before))
    }
}
