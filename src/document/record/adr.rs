//! The forms of architecture decision records, told by their sections: MADR, Nygard's, log4brains, Backstage.

use super::number::{is_listed, names_a_decision, number_of, number_of_title, titles_a_decision};
use super::outline::Outline;
use super::{is_template, owns_its_folder};
use crate::document::{FrontMatter, RecordForm};
use crate::path::SourcePath;

/// The second-level headings that only MADR has.
const MADR: [&str; 5] = [
    "context and problem statement",
    "decision drivers",
    "considered options",
    "decision outcome",
    "pros and cons of the options",
];

/// The second-level headings that Nygard's form has besides `Status`.
const NYGARD: [&str; 3] = ["context", "decision", "consequences"];

/// The form of a decision record, if the document has one.
pub(super) fn form(front: &FrontMatter, path: &SourcePath, outline: &Outline<'_>) -> Option<RecordForm> {
    if is_template(path, outline) || talks_about_records(path) {
        return None;
    }
    let has = |headings: &[&str]| headings.iter().filter(|heading| outline.has_section(heading)).count();
    let (madr, nygard) = (has(&MADR), has(&NYGARD));
    let stated = front.status.is_some() || outline.stated_status().is_some();
    let decided = !front.decision.deciders.is_empty() || outline.fact("deciders").is_some();
    let dated = front.date.is_some() || outline.fact("date").is_some();
    let title = front.title.as_deref().or(outline.title).unwrap_or("");
    if madr >= 2 || (madr == 1 && stated && (decided || dated)) {
        return Some(if is_log4brains(path, outline) { RecordForm::Log4brains } else { RecordForm::Madr });
    }
    let numbered = outline.title.and_then(number_of_title).is_some();
    if !outline.status.is_empty() && (nygard >= 2 || (numbered && nygard >= 1)) {
        return Some(RecordForm::Nygard);
    }
    // `adr007-x.md` is called `ADR007: X` too, or has one of the sections.
    if names_a_decision(path) && (madr + nygard >= 1 || titles_a_decision(title)) {
        return Some(RecordForm::Backstage);
    }
    let in_front = front.status.is_some() && !front.decision.deciders.is_empty();
    if in_front && (front.date.is_some() || number_of(path).is_some()) {
        return Some(RecordForm::Madr);
    }
    if stated && (titles_a_decision(title) || names_a_decision(path) || is_listed(path)) {
        return Some(RecordForm::Other);
    }
    let numbered = numbered || number_of(path).is_some();
    let by_sections = if stated { nygard == 3 || (nygard == 2 && numbered) } else { nygard == 3 && numbered };
    by_sections.then_some(RecordForm::Other)
}

/// Its sections are MADR's; its file names start with a date, and its list above them has tags.
fn is_log4brains(path: &SourcePath, outline: &Outline<'_>) -> bool {
    let digits = path.stem().bytes().take_while(u8::is_ascii_digit).count();
    let dated = digits == 8 && path.stem()[digits..].starts_with('-');
    outline.fact("status").is_some() && (dated || outline.fact("tags").is_some())
}

/// A folder's own page may show the form that its records have; only a numbered folder's page is one.
fn talks_about_records(path: &SourcePath) -> bool {
    owns_its_folder(path) && number_of(path).is_none()
}
