//! Records that teams already have, told by their form and read as they are: EIP, MADR 2 to 4, Nygard's
//! (adr-tools), log4brains, Backstage.
//!
//! Only structure counts as evidence: a page that merely talks about decisions stays a page. Whatever a document
//! says in its front matter wins over what its body says.

use super::front_matter::{FrontMatter, Located};
use super::{RecordForm, inline};
use crate::path::SourcePath;
use crate::time::{When, lenient_date};

mod number;
mod outline;
mod relation;

#[cfg(test)]
mod tests;

pub use number::number_of;

use super::front_matter::people_of_line;
use outline::{Fact, Line, Outline};
use relation::Relation;

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

/// Finds the form of a record, and adds to `front` what the form says elsewhere: number, status, date, people,
/// what it supersedes. `text` is the whole file and `body_start` where its Markdown starts.
pub fn detect(
    front: &mut FrontMatter,
    path: &SourcePath,
    text: &str,
    body_start: usize,
) -> Option<RecordForm> {
    let form = if let Some(number) = eip_number(front) {
        front.decision.number.get_or_insert(number);
        requires_as_list(front);
        RecordForm::Eip
    } else {
        let outline = Outline::read(text, body_start);
        let form = form_by_outline(front, path, &outline)?;
        facts_from_outline(front, &outline);
        if front.decision.number.is_none() {
            let of_title = || outline.title.and_then(number::number_of_title).map(str::to_owned);
            front.decision.number = number_of(path).or_else(of_title);
        }
        form
    };
    if let Some(status) = front.status.clone() {
        relate(front, &Line { number: status.line, text: &status.value });
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

fn form_by_outline(front: &FrontMatter, path: &SourcePath, outline: &Outline<'_>) -> Option<RecordForm> {
    if is_template(path, outline) || talks_about_records(path) {
        return None;
    }
    let has = |headings: &[&str]| headings.iter().filter(|heading| outline.has_section(heading)).count();
    let (madr, nygard) = (has(&MADR), has(&NYGARD));
    let stated = front.status.is_some() || outline.fact("status").is_some();
    let decided = !front.decision.deciders.is_empty() || outline.fact("deciders").is_some();
    if madr >= 2
        || (madr == 1 && stated && (decided || front.date.is_some() || outline.fact("date").is_some()))
    {
        return Some(RecordForm::Madr);
    }
    let numbered = outline.title.and_then(number::number_of_title).is_some();
    if !outline.status.is_empty() && (nygard >= 2 || (numbered && nygard >= 1)) {
        return Some(RecordForm::Nygard);
    }
    let numbered = numbered || number_of(path).is_some();
    let by_sections = if stated { nygard == 3 || (nygard == 2 && numbered) } else { nygard == 3 && numbered };
    (by_sections || (number::names_a_decision(path) && madr + nygard >= 1)).then_some(RecordForm::Other)
}

/// The template itself is no decision: its name says so, or its title or status is a blank to fill in.
fn is_template(path: &SourcePath, outline: &Outline<'_>) -> bool {
    let has_word =
        |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == "template");
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
    has_word(path.stem()) || outline.title.is_some_and(blank) || outline.stated_status().is_some_and(choice)
}

/// A folder's own page may show the form that its records have; only a numbered folder's page is one.
fn talks_about_records(path: &SourcePath) -> bool {
    let own_page = matches!(path.stem().to_lowercase().as_str(), "readme" | "index");
    own_page && number_of(path).is_none()
}

fn facts_from_outline(front: &mut FrontMatter, outline: &Outline<'_>) {
    for line in &outline.status {
        relate(front, line);
    }
    if front.status.is_none() {
        front.status =
            outline.stated_status().map(|line| Located { value: line.text.into(), line: line.number });
    }
    if front.date.is_none() {
        front.date =
            outline.fact("date").and_then(|fact| lenient_date(&inline::plain(fact.value))).map(When::Date);
    }
    let people = |keys: &[&str]| -> Vec<String> {
        let fact: Option<Fact<'_>> = keys.iter().find_map(|key| outline.fact(key));
        fact.map(|fact| people_of_line(fact.value)).unwrap_or_default()
    };
    let decision = &mut front.decision;
    for (list, keys) in [
        (&mut decision.deciders, &["deciders", "decision-makers"][..]),
        (&mut decision.consulted, &["consulted"][..]),
        (&mut decision.informed, &["informed"][..]),
    ] {
        if list.is_empty() {
            *list = people(keys);
        }
    }
    if front.tags.is_empty() {
        let tags = outline.fact("tags").map(|fact| inline::plain(fact.value)).unwrap_or_default();
        front.tags = tags.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
    }
}

/// Adds what a line of status says about other records, unless the front matter says it already.
fn relate(front: &mut FrontMatter, line: &Line<'_>) {
    let Some((relation, targets)) = relation::read(line.text) else { return };
    let decision = &mut front.decision;
    let list = match relation {
        Relation::Supersedes => &mut decision.supersedes,
        Relation::SupersededBy => &mut decision.superseded_by,
        Relation::Amends => &mut decision.amends,
        Relation::AmendedBy => &mut decision.amended_by,
    };
    for value in targets {
        if !list.iter().any(|known| known.value == value) {
            list.push(Located { value, line: line.number });
        }
    }
}
