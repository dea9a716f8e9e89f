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
mod keys;
mod lines;
mod number;
mod outline;
mod proposals;
mod relation;
mod serial;

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
    if form.is_some() {
        without_nobody(front);
        if front.date.is_none() {
            front.date = date_in_front(&text[..body_start]);
        }
    }
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
    if let Some(number) = serial::number(front, path) {
        front.decision.number.get_or_insert(number);
        serial::relate(front);
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

/// What the date of a record is called, the best first.
const DATES: [&str; 7] =
    ["date", "decision-date", "date-decided", "decided", "decided-on", "created", "creation-date"];

/// What those are called who decided.
const DECIDERS: [&str; 9] = [
    "deciders",
    "decision-makers",
    "decider",
    "decision-maker",
    "decided-by",
    "decision-owner",
    "decision-owners",
    "approvers",
    "approved-by",
];

fn facts_from_outline(front: &mut FrontMatter, outline: &Outline<'_>) {
    for line in &outline.status {
        relate(front, line);
    }
    for (number, text) in &outline.stated {
        relate(front, &Line { number: *number, text });
    }
    for (key, relation) in relation::KEYS {
        if let Some(fact) = outline.fact(key) {
            add(front, relation, relation::of_value(fact.whole), fact.line);
        }
    }
    if front.status.is_none() {
        front.status =
            outline.stated_status().map(|line| Located { value: line.text.into(), line: line.number });
    }
    if front.date.is_none() {
        front.date = DATES.iter().find_map(|key| outline.fact(key).and_then(|fact| date(fact.value)));
    }
    if front.date.is_none() {
        front.date = front.status.as_ref().and_then(|status| date_of_status(&status.value));
    }
    let people = |keys: &[&str]| -> Vec<String> {
        let fact: Option<Fact<'_>> = keys.iter().find_map(|key| outline.fact(key));
        let named = fact.map(|fact| people_of_line(fact.whole)).unwrap_or_default();
        named.into_iter().filter(|person| !relation::is_nothing(person)).collect()
    };
    let decision = &mut front.decision;
    for (list, keys) in [
        (&mut front.authors, &["authors", "author"][..]),
        (&mut decision.deciders, &DECIDERS[..]),
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
    let plain = inline::plain(value);
    lenient_date(plain.trim_matches(|c: char| !c.is_alphanumeric())).map(When::Date)
}

/// The date of a front matter whose own reader refuses its form: `created: (2023-06-27)`, `date: 3 May 2020`.
fn date_in_front(front: &str) -> Option<When> {
    let value = |line: &str| {
        let (key, value) = line.split_once(':')?;
        let key = key.to_ascii_lowercase();
        ["date", "created", "creation-date"]
            .contains(&key.as_str())
            .then(|| date(value.trim_matches(['"', '\'', ' '])))?
    };
    front.lines().find_map(value)
}

/// How many words stand before the date of a status.
const BEFORE_DATE: usize = 4;

/// `Accepted on 2018-03-07`: what a status says of itself. When it was superseded is not when it was decided.
fn date_of_status(status: &str) -> Option<When> {
    if relation::leading(status).is_some() {
        return None;
    }
    let plain = inline::plain(status);
    let words: Vec<&str> = plain.split(' ').take(BEFORE_DATE + 3).collect();
    let first = words.iter().position(|word| word.contains(|c: char| c.is_ascii_digit()))?;
    // `7 July` starts with its number, `July 7` one word before.
    let starts = [Some(first), first.checked_sub(1)];
    let found = starts.into_iter().flatten().filter(|at| (1..=BEFORE_DATE).contains(at)).find_map(|at| {
        let rest = words[at..words.len().min(at + 3)].join(" ");
        lenient_date(rest.trim_matches(|c: char| !c.is_alphanumeric()))
    });
    // What ends a sentence before it says something else.
    let own = words[..first].iter().all(|word| !word.ends_with('.'));
    found.filter(|_| own).map(When::Date)
}

/// `TBD` and `n/a` name nobody.
fn without_nobody(front: &mut FrontMatter) {
    let decision = &mut front.decision;
    for list in [&mut front.authors, &mut decision.deciders, &mut decision.consulted, &mut decision.informed]
    {
        list.retain(|person| !relation::is_nothing(person));
    }
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
