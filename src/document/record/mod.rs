//! Records that teams already have, told by their form and read as they are: EIP, KEP, RFD, Rust RFC, Swift Evolution,
//! MADR 2 to 4, Nygard's (adr-tools), log4brains, Backstage.
//!
//! Only structure counts as evidence: a page that merely talks about decisions stays a page. Whatever a document
//! says in its front matter wins over what its body says; what it says nowhere stays absent.

use super::front_matter::{FrontMatter, Located};
use super::{RecordForm, inline};
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::source::SourceFile;
use crate::time::{When, lenient_date};

mod adr;
mod kep;
mod number;
mod outline;
mod proposals;
mod relation;

#[cfg(test)]
mod tests;

pub use number::{number_in_name, number_of, owns_its_folder};

use super::front_matter::people_of_line;
use outline::{Fact, Line, Outline};
use relation::Relation;

/// Finds the form of a record, and adds to `front` what the form says elsewhere: number, status, date, people,
/// what it supersedes. `text` is the whole file and `body_start` where its Markdown starts; `beside` is the file with
/// its facts, where the form keeps them in one of their own (`kep.yaml`), and what is wrong with it comes back.
pub fn detect(
    front: &mut FrontMatter,
    path: &SourcePath,
    (text, body_start): (&str, usize),
    beside: Option<&SourceFile>,
) -> (Option<RecordForm>, Vec<Diagnostic>) {
    let (kep, found) = kep::detect(front, path, beside);
    let form = if kep { Some(RecordForm::Kep) } else { by_front_or_body(front, path, text, body_start) };
    // Also in our own form, `status: superseded by ADR-7` says both.
    if let Some(status) = front.status.clone() {
        relate(front, &Line { number: status.line, text: &status.value });
    }
    tidy_relations(front);
    if matches!(form, Some(RecordForm::RustRfc | RecordForm::Swift)) {
        proposals::without_unassigned(front);
    }
    (form, found)
}

fn by_front_or_body(
    front: &mut FrontMatter,
    path: &SourcePath,
    text: &str,
    body_start: usize,
) -> Option<RecordForm> {
    if let Some(number) = eip_number(front) {
        front.decision.number.get_or_insert(number);
        requires_as_list(front);
        return Some(RecordForm::Eip);
    }
    let outline = Outline::read(text, body_start);
    let form = proposals::form(front, path, &outline).or_else(|| adr::form(front, path, &outline))?;
    facts_from_outline(front, &outline);
    proposals::facts(form, front, path, &outline);
    if let (RecordForm::Rfd, Some(status)) = (form, &mut front.status) {
        let stated = text[..body_start].lines().position(|line| line.trim_start().starts_with("state:"));
        status.line = stated.map_or(status.line, |at| at + 1);
    }
    if front.decision.number.is_none() {
        let of_title = || outline.title.and_then(number::number_of_title).map(str::to_owned);
        front.decision.number = number_of(path).or_else(of_title);
    }
    Some(form)
}

/// The number in `eip: 7`, where more than that says that it is one.
fn eip_number(front: &FrontMatter) -> Option<String> {
    let number = match front.extra.get("eip")? {
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::String(text) => text.clone(),
        _ => return None,
    };
    let digits = (1..=12).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (digits && front.status.is_some()).then_some(number)
}

/// `requires: 1474, 1559` as a list of texts.
fn requires_as_list(front: &mut FrontMatter) {
    let Some(requires) = front.extra.get_mut("requires") else { return };
    let line = match requires {
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::String(text) => text.clone(),
        _ => return,
    };
    *requires = line.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
}

/// The template itself is no decision: its name says so, or its title or status is a blank to fill in.
fn is_template(path: &SourcePath, outline: &Outline<'_>) -> bool {
    let blank = |title: &str| {
        let lower = title.to_lowercase();
        let bracketed = title.starts_with('{') || (title.starts_with('[') && title.ends_with(']'));
        bracketed
            || title == "NUMBER. TITLE"
            || ["[title", "{title", "<title"].iter().any(|b| lower.contains(b))
    };
    // `Proposed | Accepted`, `[Proposed, Accepted]`: all that it may become, so nothing yet.
    let choice = |line: Line<'_>| {
        let listed = line.text.starts_with('[') && !line.text.contains("](");
        line.text.contains('|') || listed || line.text.matches(" / ").count() > 1
    };
    has_word(path.stem(), "template")
        || outline.title.is_some_and(blank)
        || outline.stated_status().is_some_and(choice)
}

/// Whether `text` has this word, in any case.
fn has_word(text: &str, word: &str) -> bool {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == word)
}

fn facts_from_outline(front: &mut FrontMatter, outline: &Outline<'_>) {
    for line in &outline.status {
        relate(front, line);
    }
    for (key, relation) in relation::KEYS {
        if let Some(fact) = outline.fact(key) {
            add(front, relation, relation::of_value(fact.value), fact.line);
        }
    }
    if front.status.is_none() {
        front.status =
            outline.stated_status().map(|line| Located { value: line.text.into(), line: line.number });
    }
    if front.date.is_none() {
        front.date = outline.fact("date").and_then(|fact| date(fact.value));
    }
    let people = |keys: &[&str]| -> Vec<String> {
        let fact: Option<Fact<'_>> = keys.iter().find_map(|key| outline.fact(key));
        fact.map(|fact| people_of_line(fact.value)).unwrap_or_default()
    };
    let decision = &mut front.decision;
    for (list, keys) in [
        (&mut front.authors, &["authors", "author"][..]),
        (&mut decision.deciders, &["deciders", "decision-makers"][..]),
        (&mut decision.consulted, &["consulted"][..]),
        (&mut decision.informed, &["informed"][..]),
    ] {
        if list.is_empty() {
            *list = people(keys);
        }
    }
    if front.tags.is_empty() {
        front.tags = outline.fact("tags").map(|fact| words(fact.value)).unwrap_or_default();
    }
}

/// A date as a record has it.
fn date(value: &str) -> Option<When> {
    lenient_date(&inline::plain(value)).map(When::Date)
}

/// Words between commas.
fn words(line: &str) -> Vec<String> {
    let plain = inline::plain(line);
    plain.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// Adds what a line of status says about other records, unless the front matter says it already.
fn relate(front: &mut FrontMatter, line: &Line<'_>) {
    for (relation, targets) in relation::read(line.text) {
        add(front, relation, targets, line.number);
    }
}

fn add(front: &mut FrontMatter, relation: Relation, targets: Vec<String>, line: usize) {
    let decision = &mut front.decision;
    let list = match relation {
        Relation::Supersedes => &mut decision.supersedes,
        Relation::SupersededBy => &mut decision.superseded_by,
        Relation::Amends => &mut decision.amends,
        Relation::AmendedBy => &mut decision.amended_by,
    };
    for value in targets {
        if !list.iter().any(|known| known.value == value) {
            list.push(Located { value, line });
        }
    }
}

/// What front matter lists as relations: links reduced to their targets, and `n/a` and `none` left out.
fn tidy_relations(front: &mut FrontMatter) {
    let decision = &mut front.decision;
    for list in [
        &mut decision.supersedes,
        &mut decision.superseded_by,
        &mut decision.amends,
        &mut decision.amended_by,
    ] {
        list.retain(|item| !relation::is_nothing(&item.value));
        for item in list.iter_mut() {
            if let Some(link) = inline::links(&item.value).first() {
                item.value = link.target.to_owned();
            }
        }
    }
}
