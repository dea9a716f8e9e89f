//! The theme of a site, loaded again when one of its files changed.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::frozen::Frozen;
use crate::render::theme::Theme;
use crate::source::ThemeFile;

/// A theme, and what it was made of.
pub(super) struct KeptTheme {
    pub(super) files: Vec<ThemeFile>,
    pub(super) theme: Frozen<Theme>,
    pub(super) faults: Vec<Diagnostic>,
}

impl KeptTheme {
    pub(super) fn of(kept: Option<Self>, files: &[ThemeFile]) -> Self {
        let is_same = |kept: &Self| {
            let pairs = || kept.files.iter().zip(files);
            kept.files.len() == files.len()
                && pairs()
                    .all(|(a, b)| a.path == b.path && (Arc::ptr_eq(&a.bytes, &b.bytes) || a.bytes == b.bytes))
        };
        kept.filter(is_same).unwrap_or_else(|| {
            let (theme, faults) = Theme::load(files);
            Self { files: files.to_vec(), theme: Frozen::new(theme), faults }
        })
    }
}
