//! The site as it would be with one more document: asked before that document is written.

use std::path::Path;

use super::{Configured, Project};
use crate::config::{self, Kind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{Failure, Sources};
use crate::document::{self, Document};
use crate::frozen::Frozen;
use crate::site::placement;
use crate::source::SourceFile;

impl Configured {
    /// What was read of the configuration.
    pub fn config(&self) -> &config::Config {
        &self.config
    }

    /// Whether there is a `threadmark.yml`.
    pub fn is_written(&self) -> bool {
        self.file.is_some()
    }

    /// What is wrong with it.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }
}

/// Reads the sources of the site at `root`, and asks git for nothing.
///
/// # Errors
/// Where the folder can't be read at all.
pub fn sources(root: &Path, configured: Configured) -> Result<Project, Failure> {
    let plan = super::read_plan(&configured);
    let Configured { file, config, faults: config_faults, output, .. } = configured;
    let mut sources = Sources::read(root, &plan)?;
    sources.tree.config = file;
    Ok(Project { config, sources, output, config_faults })
}

/// All documents that can be read.
pub fn documents(project: &Project) -> Vec<Frozen<Document>> {
    super::session::documents(&project.config, &project.sources.tree)
}

/// The kinds of which there are documents, drafts included.
pub fn kinds(project: &Project, documents: Vec<Frozen<Document>>) -> Vec<Kind> {
    let (placement, _) =
        placement::place(&project.config, documents, &project.sources.tree.assets, true, None);
    Kind::ALL.into_iter().filter(|kind| placement.documents.iter().any(|d| d.kind() == *kind)).collect()
}

/// The errors that `file` would bring to a site of `documents`: its own, and those of an address that is taken. And
/// what it would be there, where it has an address.
pub fn with(
    project: &Project,
    documents: Vec<Frozen<Document>>,
    file: &SourceFile,
) -> (Vec<Diagnostic>, Option<Kind>) {
    let (config, tree) = (&project.config, &project.sources.tree);
    let (document, mut found) = document::parse(file, &config.people, config.html);
    let mut kind = None;
    if let Some(document) = document {
        let mut all = documents;
        all.insert(all.partition_point(|other| other.path < document.path), Frozen::new(document));
        // With drafts as well: they will want their addresses too.
        let (placement, mut after) = placement::place(config, all, &tree.assets, true, None);
        kind = placement.documents.iter().find(|d| d.document.path == file.path).map(|placed| placed.kind());
        if !after.is_empty() {
            let (_, before) = placement::place(config, self::documents(project), &tree.assets, true, None);
            after.retain(|diagnostic| !before.contains(diagnostic));
        }
        found.extend(after);
    }
    found.retain(|diagnostic| diagnostic.severity == Severity::Error);
    (found, kind)
}
