//! `duplicate-number`: two decisions of one folder that have one number, as when two branches took the next one.

use std::collections::BTreeMap;

use crate::config::Kind;
use crate::diagnostic::{Diagnostic, Place};
use crate::site::decisions::number;
use crate::site::{FolderId, PageId, Site};

/// One finding at each decision whose number an earlier one of its folder and form has; an earlier one by path.
pub fn duplicate(site: &Site) -> Vec<Diagnostic> {
    let mut first: BTreeMap<(FolderId, String, String), PageId> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, page) in site.pages.iter().enumerate() {
        let Some(digits) = number(page).filter(|_| page.kind == Kind::Decision) else { continue };
        // The log lists records of several series; `KEP-1` and `RFC-1` are no double.
        let series = format!(
            "{:?} {}",
            page.document.record,
            series_folder(page.document.path.parent(), page.is_index)
        );
        let earlier = *first.entry((page.folder, series, digits.clone())).or_insert(PageId(at));
        if earlier.0 != at {
            let other = &site.pages[earlier.0].document.path;
            let message = format!("the number {digits} is taken by {other}");
            let next =
                "Give one of the two the next free number, and the old address as one of its `aliases`.";
            found.push(
                Diagnostic::warning("duplicate-number", message)
                    .at(Place::file(&page.document.path))
                    .hint(next),
            );
        }
    }
    found
}

/// Where a series of numbers lies. A record in a folder of its own (`0007-x/README.md`) counts with those beside it.
fn series_folder(folder: &str, is_index: bool) -> &str {
    let last = folder.rsplit('/').next().unwrap_or(folder);
    let own = !is_index && last.starts_with(|c: char| c.is_ascii_digit());
    if own { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture;

    #[test]
    fn the_later_of_two_with_one_number_is_told_of_the_earlier() {
        let mut site = fixture::site(4);
        assert_eq!(duplicate(&site), []);
        site.pages[2].document.front.decision.number = Some("2".into());
        let found = duplicate(&site);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "the number 2 is taken by decisions/0002-choice.md");
        assert_eq!(found[0].place.as_ref().unwrap().path.as_str(), "decisions/0003-choice.md");
        site.pages[2].document.path = crate::path::SourcePath::new("rfcs/0002-x.md").unwrap();
        assert_eq!(duplicate(&site), [], "another series");
    }
}
