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

/// A thread takes no fewer files at a time.
const SOME: usize = 8;

/// A file, parsed.
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
    parsed(config, tree, Vec::new(), false).into_iter().filter_map(|parsed| parsed.document).collect()
}

/// All files of `tree`, parsed where they are not `known`. Both are sorted by path.
pub(super) fn parsed(
    config: &Config,
    tree: &SourceTree,
    known: Vec<Parsed>,
    keeps_nodes: bool,
) -> Vec<Parsed> {
    let records: BTreeMap<&str, &SourceFile> =
        tree.records.iter().map(|file| (file.path.parent(), file)).collect();
    let beside = |file: &SourceFile| {
        let beside = records.get(file.path.parent()).copied();
        beside.filter(|_| file.path.stem().eq_ignore_ascii_case("readme"))
    };
    let mut known = known.into_iter().peekable();
    let kept: Vec<Option<Parsed>> = tree
        .documents
        .iter()
        .map(|file| {
            while known.next_if(|parsed| parsed.path < file.path).is_some() {}
            let before = known.next_if(|parsed| parsed.path == file.path);
            before.filter(|parsed| parsed.is_of(file, beside(file)))
        })
        .collect();
    let parse = |(file, kept): (&SourceFile, Option<Parsed>)| {
        kept.unwrap_or_else(|| Parsed::of(file, beside(file), config, keeps_nodes))
    };
    // One text that changed is no work for several threads.
    tree.documents.par_iter().zip(kept).with_min_len(SOME).map(parse).collect()
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
