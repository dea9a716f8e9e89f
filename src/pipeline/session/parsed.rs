//! Files and what was made of their texts: each is parsed once, however many rounds there are.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document};
use crate::frozen::Frozen;
use crate::path::SourcePath;
use crate::source::{SourceFile, SourceTree};
use crate::starter::template;

/// A file, parsed.
#[derive(Clone)]
pub(super) struct Parsed {
    pub(super) path: SourcePath,
    pub(super) text: Arc<str>,
    pub(super) beside: Option<Arc<str>>,
    /// `None` for what is no document: a template, or a text of which nothing can be made.
    pub(super) document: Option<Frozen<Document>>,
    pub(super) faults: Vec<Diagnostic>,
}

/// All documents of `tree`, parsed.
pub(in crate::pipeline) fn documents(config: &Config, tree: &SourceTree) -> Vec<Frozen<Document>> {
    parsed(config, tree, &[], false).into_iter().filter_map(|parsed| parsed.document).collect()
}

/// All files of `tree`, parsed where they are not `known`, which are sorted by path.
pub(super) fn parsed(config: &Config, tree: &SourceTree, known: &[Parsed], keeps_nodes: bool) -> Vec<Parsed> {
    let records: BTreeMap<&str, &SourceFile> =
        tree.records.iter().map(|file| (file.path.parent(), file)).collect();
    let parse = |file: &SourceFile| {
        let beside = records.get(file.path.parent()).copied();
        let beside = beside.filter(|_| file.path.stem().eq_ignore_ascii_case("readme"));
        let before = known.binary_search_by(|parsed| parsed.path.cmp(&file.path)).ok();
        match before.map(|at| &known[at]).filter(|parsed| parsed.is_of(file, beside)) {
            Some(parsed) => parsed.clone(),
            None => Parsed::of(file, beside, config, keeps_nodes),
        }
    };
    tree.documents.par_iter().map(parse).collect()
}

impl Parsed {
    fn of(file: &SourceFile, beside: Option<&SourceFile>, config: &Config, keeps_nodes: bool) -> Self {
        let (document, faults) = if template::is_template(config, file) {
            (None, Vec::new())
        } else {
            document::parse_beside(file, beside, &config.people, config.html)
        };
        if let (Some(document), false) = (&document, keeps_nodes) {
            drop(document.nodes.take());
        }
        Self {
            path: file.path.clone(),
            text: Arc::clone(&file.text),
            beside: beside.map(|beside| Arc::clone(&beside.text)),
            document: document.map(Frozen::new),
            faults,
        }
    }

    /// Whether it is what the file says now. Texts that didn't change are the values they were.
    fn is_of(&self, file: &SourceFile, beside: Option<&SourceFile>) -> bool {
        let same = match (&self.beside, beside) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, &now.text),
            (None, None) => true,
            _ => false,
        };
        same && Arc::ptr_eq(&self.text, &file.text)
    }
}
