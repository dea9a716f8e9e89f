//! Links by path to what the site has nothing of: files of the repository, what lies outside, and what is nowhere, with a hint at
//! what may have been meant.

use super::{Found, MOST_SIBLINGS, Reading, normal_folder, suffix, warn};
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::target::Parts;
use crate::document::{Document, RawLink};
use crate::path::SourcePath;

impl Reading<'_> {
    /// Where a link leads that leads to nothing of the site by its path.
    pub(super) fn missing(
        &self,
        base: &str,
        wanted: &Parts,
        document: &Document,
        link: &RawLink,
        out: &mut Vec<Diagnostic>,
    ) -> Found {
        let normal = normal_folder(base, &wanted.path);
        let Some(source) = normal.as_deref().and_then(|p| SourcePath::new(p).ok()) else {
            return self.outside(base, wanted, document, link, out);
        };
        if let Some(repository) = self.repository
            && !self.ground.is_draft(&source)
            && self.ground.exists(&source)
        {
            return Found::Repository(repository.blob(&source, &suffix(wanted)));
        }
        if let Some(found) = self.served_beside(&source, wanted) {
            return found;
        }
        let what = if self.ground.is_draft(&source) {
            format!("{source} is a draft and is not published")
        } else if self.ground.exists(&source) {
            format!("{source} is not published")
        } else {
            format!("there is no {source}")
        };
        let diagnostic = warn("broken-link", what, document, link);
        out.push(match self.near(&source) {
            Some(near) => diagnostic.hint(format!("Did you mean `{near}`?")),
            None => diagnostic,
        });
        Found::Broken(link.target.clone())
    }

    /// A link that climbs above the site's root: the repository may go on there.
    fn outside(
        &self,
        base: &str,
        wanted: &Parts,
        document: &Document,
        link: &RawLink,
        out: &mut Vec<Diagnostic>,
    ) -> Found {
        if let Some(url) = self.repository.and_then(|r| r.climb(base, &wanted.path)) {
            return Found::Repository(format!("{url}{}", suffix(wanted)));
        }
        let message = format!("`{}` leads outside the site", &wanted.path);
        out.push(
            warn("broken-link", message, document, link)
                .hint("Link to files below the site's folder, or to a full URL."),
        );
        Found::Broken(link.target.clone())
    }

    /// One with a similar name in the same folder, else a document of the same name elsewhere.
    fn near(&self, wanted: &SourcePath) -> Option<String> {
        let siblings = self.ground.siblings(wanted.parent());
        if siblings.len() <= MOST_SIBLINGS
            && let Some(name) = nearest(wanted.file_name(), siblings.iter().map(String::as_str))
        {
            let folder = wanted.parent();
            return Some(if folder.is_empty() { name.into() } else { format!("{folder}/{name}") });
        }
        self.ground.named(wanted.file_name()).map(ToString::to_string)
    }
}
