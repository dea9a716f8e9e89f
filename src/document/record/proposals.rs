//! The forms of proposals: Rust RFC and Swift Evolution, told by the list above their sections, and RFD, told by its
//! `state`.

use super::number::number_of_title;
use super::outline::Outline;
use super::relation::is_nothing;
use super::{date, has_word, is_template, number_in_name, number_of, words};
use crate::document::front_matter::{Located, people_of_line};
use crate::document::{FrontMatter, RecordForm, inline};
use crate::path::SourcePath;

/// The states of an RFD, those first that no other form has.
const STATES: [&str; 10] = [
    "predraft",
    "prediscussion",
    "ideation",
    "draft",
    "discussion",
    "publish",
    "published",
    "committed",
    "abandoned",
    "moved",
];

/// How many of [`STATES`] say of themselves that this is an RFD.
const OWN_STATES: usize = 3;

/// The form of a proposal, if the document has one.
pub(super) fn form(front: &FrontMatter, path: &SourcePath, outline: &Outline<'_>) -> Option<RecordForm> {
    let has = |key| outline.fact(key).is_some();
    // Every line of a template is a blank, so its status is no evidence either way.
    if has_word(path.stem(), "template") {
        return None;
    }
    if has("start-date") && (outline.has_key("rfc-pr") || outline.has_key("rust-issue")) {
        return Some(RecordForm::RustRfc);
    }
    if has("proposal") && has("status") && (has("authors") || has("author")) {
        return Some(RecordForm::Swift);
    }
    (is_rfd(front, path, outline) && !is_template(path, outline)).then_some(RecordForm::Rfd)
}

fn is_rfd(front: &FrontMatter, path: &SourcePath, outline: &Outline<'_>) -> bool {
    let Some(state) = state(front, outline) else { return false };
    let state = state.value.to_lowercase();
    let place = STATES.iter().position(|known| *known == state);
    let said = |key| outline.fact(key).is_some();
    let written = !front.authors.is_empty() || said("authors") || said("author");
    let discussed = !front.discussions.is_empty() || said("discussion") || front.extra.contains_key("labels");
    let named = path.as_str().to_lowercase().split(['/', '-', '.']).any(|part| part == "rfd")
        || outline.title.is_some_and(|title| has_word(title, "rfd"));
    let numbered = number_of(path).is_some();
    // What lies among RFDs under a number and has authors is one, in whatever state.
    let fits = match place {
        Some(place) => place < OWN_STATES || named || numbered,
        None => named && numbered && written,
    };
    (written || discussed) && fits
}

/// `state`, from front matter or from a line above the text.
fn state(front: &FrontMatter, outline: &Outline<'_>) -> Option<Located<String>> {
    if let Some(serde_json::Value::String(state)) = front.extra.get("state") {
        return Some(Located { value: state.trim().to_owned(), line: 1 });
    }
    outline.fact("state").map(|fact| Located { value: inline::plain(fact.value), line: fact.line })
}

/// Adds what only this form has.
pub(super) fn facts(form: RecordForm, front: &mut FrontMatter, path: &SourcePath, outline: &Outline<'_>) {
    match form {
        RecordForm::RustRfc => rust(front, path, outline),
        RecordForm::Rfd => rfd(front, outline),
        RecordForm::Swift => swift(front, path, outline),
        _ => {}
    }
}

/// The first heading of a Rust RFC is `Summary`: its title is the feature's name, else what its file is called.
fn rust(front: &mut FrontMatter, path: &SourcePath, outline: &Outline<'_>) {
    if front.date.is_none() {
        front.date = outline.fact("start-date").and_then(|fact| date(fact.value));
    }
    let section =
        outline.title.is_none_or(|title| ["summary", "motivation"].contains(&title.to_lowercase().as_str()));
    if front.title.is_none() && section {
        let name = outline.fact("feature-name").or_else(|| outline.fact("feature"));
        let name = name
            .map(|fact| inline::plain(fact.value))
            .filter(|name| !is_nothing(name) && !name.starts_with('('));
        front.title = name.or_else(|| name_in_words(path));
    }
}

/// `3143-weak-features` in words, without its number.
fn name_in_words(path: &SourcePath) -> Option<String> {
    let name = path.stem().trim_start_matches(|c: char| c.is_ascii_digit());
    let text = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}

fn rfd(front: &mut FrontMatter, outline: &Outline<'_>) {
    if front.status.is_none() {
        front.status = state(front, outline);
    }
    let labels = front.extra.get("labels").and_then(serde_json::Value::as_str).map(words);
    let labels = labels.or_else(|| outline.fact("labels").map(|fact| words(fact.value)));
    if front.tags.is_empty() {
        front.tags = labels.unwrap_or_default();
    }
    if front.authors.is_empty() {
        let authors = outline.fact("authors").or_else(|| outline.fact("author"));
        front.authors = authors.map(|fact| people_of_line(fact.whole)).unwrap_or_default();
    }
    if let (true, Some(fact)) = (front.discussions.is_empty(), outline.fact("discussion")) {
        front.discussions.push(Located { value: fact.value.to_owned(), line: fact.line });
    }
}

/// The number stands in the file's name, and once more in `Proposal: [SE-0001](0001-x.md)`.
fn swift(front: &mut FrontMatter, path: &SourcePath, outline: &Outline<'_>) {
    if front.decision.number.is_none() && number_of(path).is_none() {
        let named = outline.fact("proposal").map(|fact| inline::plain(fact.value));
        front.decision.number = named.and_then(|name| {
            number_in_name(&name.to_lowercase()).or_else(|| number_of_title(&name)).map(str::to_owned)
        });
    }
}

/// `0000` is what stands there until somebody gives out the number.
pub(super) fn without_unassigned(front: &mut FrontMatter) {
    let number = &mut front.decision.number;
    if number.as_deref().is_some_and(|digits| digits.bytes().all(|b| b == b'0')) {
        *number = None;
    }
}
