//! `duplicate-number`: two decisions of one folder that have one number, as when two branches took the next one.

use std::collections::{BTreeMap, HashMap};

use crate::config::Kind;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::RecordForm;
use crate::site::decisions::number;
use crate::site::{FolderId, Page, PageId, Site};

/// A folder with the form of its records and where they lie: numbers are unique in it.
type Series = (FolderId, Option<RecordForm>, String);

/// The numbers of a series: who had each first, and the highest.
#[derive(Default)]
struct Numbers {
    first: BTreeMap<String, PageId>,
    highest: u64,
}

/// One finding at each decision whose number an earlier one of its folder and form has; an earlier one by path.
pub fn duplicate(site: &Site) -> Vec<Diagnostic> {
    let mut all: HashMap<Series, Numbers> = HashMap::new();
    let mut doubles = Vec::new();
    for (at, page) in site.pages.iter().enumerate() {
        let Some(digits) = number(page).filter(|_| page.kind == Kind::Decision) else { continue };
        let series = series(page);
        let numbers = all.entry(series.clone()).or_default();
        numbers.highest = numbers.highest.max(digits.parse().unwrap_or(0));
        let earlier = *numbers.first.entry(digits.clone()).or_insert(PageId(at));
        if earlier.0 != at {
            doubles.push((page, digits, earlier, series));
        }
    }
    let mut found = Vec::new();
    for (page, digits, earlier, series) in doubles {
        let message = format!("the number {digits} is taken by {}", site.pages[earlier.0].document.path);
        let highest = all.get(&series).map_or(0, |numbers| numbers.highest);
        let next = format!(
            "Give one of the two a free number (the highest is {highest}), and the old address as one of its `aliases`."
        );
        found.push(
            Diagnostic::error("duplicate-number", message).at(Place::file(&page.document.path)).hint(next),
        );
    }
    found
}

/// The log lists records of several series; `KEP-1` and `RFC-1` are no double.
fn series(page: &Page) -> Series {
    let folder = series_folder(page.document.path.parent(), page.is_index).to_owned();
    (page.folder, page.document.record, folder)
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
        site.pages[2].number = Some("2".into());
        let found = duplicate(&site);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "the number 2 is taken by decisions/0002-choice.md");
        assert_eq!(found[0].place.as_ref().unwrap().path.as_str(), "decisions/0003-choice.md");
        site.pages[2].document.path = crate::path::SourcePath::new("rfcs/0002-x.md").unwrap();
        assert_eq!(duplicate(&site), [], "another series");
    }
}
