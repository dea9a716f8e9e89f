//! Links by address: to pages, to their old addresses, and to what no document gives the text of.

use super::{Found, Reading, suffix};
use crate::diagnostic::Diagnostic;
use crate::document::target::Parts;
use crate::document::{Document, RawLink};
use crate::path::{SourcePath, UrlPath};
use crate::site::recordings::CAPTIONS;

impl Reading<'_> {
    /// A path from the root, as GitHub reads it; else an address of the site.
    pub(super) fn rooted(
        &self,
        wanted: &Parts,
        document: &Document,
        link: &RawLink,
        out: &mut Vec<Diagnostic>,
    ) -> Found {
        let bases = ["", self.config.content.as_str()];
        for base in bases {
            if let Some(found) = self.existing(base, wanted, document, link, out) {
                return found;
            }
        }
        let below_base = format!("/{}", &wanted.path);
        let path = below_base.strip_prefix(&self.config.base.path).unwrap_or(&wanted.path);
        match self.address(path) {
            Some(page) => self.page(page, wanted.fragment.clone(), document, link, out),
            None => {
                self.generated(path, wanted).unwrap_or_else(|| self.missing("", wanted, document, link, out))
            }
        }
    }

    /// The document whose page is at `path`, or was.
    fn address(&self, path: &str) -> Option<usize> {
        let trimmed = path.trim_matches('/');
        let url = UrlPath::new(&if trimmed.is_empty() { "/".into() } else { format!("/{trimmed}/") }).ok()?;
        // An old address may be that of a file (`/old/page.html`).
        let file = || self.ground.page_once_at(&UrlPath::new(&format!("/{trimmed}")).ok()?);
        self.ground.page_at(&url).or_else(|| self.ground.page_once_at(&url)).or_else(file)
    }

    /// What no document gives the text of, by its address.
    fn generated(&self, path: &str, wanted: &Parts) -> Option<Found> {
        let url = self.ground.generated(path).or_else(|| self.captions(path))?;
        Some(Found::Generated { url, suffix: suffix(wanted) })
    }

    /// The captions that may be made for the recording whose page they lie below.
    fn captions(&self, path: &str) -> Option<UrlPath> {
        let page =
            UrlPath::new(&format!("/{}", path.trim_start_matches('/').strip_suffix(CAPTIONS)?)).ok()?;
        self.ground.page_at(&page)?;
        UrlPath::new(&format!("{page}{CAPTIONS}")).ok()
    }

    /// What no document gives the text of, where a file at `source` would be served.
    pub(super) fn served_beside(&self, source: &SourcePath, wanted: &Parts) -> Option<Found> {
        let slash = if wanted.path.ends_with('/') { "/" } else { "" };
        let routed = self.ground.folder(source.parent());
        let routed = routed.map(|folder| format!("{folder}{}{slash}", source.file_name()));
        let below = || source.below(&self.config.content).map(|path| format!("{path}{slash}"));
        routed.and_then(|path| self.generated(&path, wanted)).or_else(|| self.generated(&below()?, wanted))
    }
}
