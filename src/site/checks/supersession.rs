//! `one-sided-supersession`: the old record still says that it holds, or the new one doesn't say what it replaces.
//! `supersession-cycle`: decisions that replace each other in a circle, so that none holds.

use crate::diagnostic::{Diagnostic, Place};
use crate::document::RecordForm;
use crate::site::decisions::End;
use crate::site::{NormalStatus, Page, PageId, Site, display};

/// At the document that says too little: one finding for each decision that others say they supersede, or that
/// others say it superseded, without a word of its own. The first is an error, since its readers take it to hold; the
/// second only leaves something out.
pub fn one_sided(site: &Site) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, relations) in site.decisions.all() {
        let page = &site.pages[id.0];
        let unsaid = |end: &&End| end.line.is_none() && end.in_force;
        for other in relations.superseded_by.iter().filter(unsaid).filter_map(|end| end.page) {
            found.extend(Some(still_holds(site, page, other)).filter(|_| holds(page)));
        }
        for other in relations.supersedes.iter().filter(unsaid).filter_map(|end| end.page) {
            found.extend(Some(says_nothing(site, page, other)).filter(|_| has_room(page)));
        }
    }
    found
}

/// Whether a reader would take it to be in force, or on its way there. One that says it is superseded, without saying by
/// what, or that it was given up, misleads nobody.
fn holds(page: &Page) -> bool {
    use NormalStatus::{Deprecated, Rejected, Superseded, Withdrawn};
    let status = page.status.as_ref().and_then(|status| status.normal);
    !matches!(status, Some(Deprecated | Rejected | Superseded | Withdrawn))
}

/// Whether the form of the new decision has a place to say what it replaces; in most only the old one says it.
fn has_room(page: &Page) -> bool {
    match page.document.record {
        None | Some(RecordForm::Nygard | RecordForm::Kep) => true,
        // With front matter it is much like our own form.
        Some(RecordForm::Other) => page.document.body_start > 0,
        Some(_) => false,
    }
}

fn still_holds(site: &Site, page: &Page, by: PageId) -> Diagnostic {
    let state = page
        .status
        .as_ref()
        .map_or_else(|| "doesn't say so".to_owned(), |s| format!("still says `{}`", s.raw));
    let message = format!("{} supersedes this decision, which {state}", named(&site.pages[by.0]));
    let line = page.document.front.status.as_ref().map(|status| status.line);
    Diagnostic::error("one-sided-supersession", message)
        .at(line.map_or_else(|| Place::file(&page.document.path), |line| page.document.place_of_fact(line)))
        .hint(add(site, page, by, ["superseded_by", "superseded-by", "Superseded by"]))
}

fn says_nothing(site: &Site, page: &Page, old: PageId) -> Diagnostic {
    let message = format!(
        "{} says that this decision supersedes it, which this one doesn't",
        named(&site.pages[old.0])
    );
    Diagnostic::warning("one-sided-supersession", message).at(Place::file(&page.document.path)).hint(add(
        site,
        page,
        old,
        ["supersedes", "replaces", "Supersedes"],
    ))
}

/// The line to add, in the form that the record has; `words` are those of front matter, of `kep.yaml` and of Nygard's.
fn add(site: &Site, page: &Page, other: PageId, words: [&str; 3]) -> String {
    let (document, target) = (&page.document, &site.pages[other.0]);
    let path = &document.path;
    match (document.record, &document.beside) {
        (Some(RecordForm::Kep), Some(file)) => {
            format!("Add `{}: [/{}]` to {}.", words[1], reference(target), file.path)
        }
        (Some(RecordForm::Nygard), _) if document.front.date.is_none() || document.body_start == 0 => {
            let beside = target.document.path.parent() == path.parent();
            let file = target.document.path.as_str();
            let link = if beside { file.rsplit('/').next().unwrap_or(file) } else { file };
            format!("Add `{} [{}]({link})` below `## Status` in {path}.", words[2], named(target))
        }
        _ => {
            let by_number = display::number(target)
                .filter(|number| site.decisions.names.find(page, number) == Some(other));
            let name = by_number.unwrap_or_else(|| reference(target).to_owned());
            format!("Add `{}: {name}` to the front matter of {path}.", words[0])
        }
    }
}

/// One finding for each circle, at its first member by path.
pub fn cycles(site: &Site) -> Vec<Diagnostic> {
    site.decisions.cycles.iter().filter_map(|members| cycle(site, members)).collect()
}

/// How many members of a circle a message names.
const NAMED: usize = 5;

fn cycle(site: &Site, members: &[PageId]) -> Option<Diagnostic> {
    let first = &site.pages[members.first()?.0];
    let relations = site.decisions.relations(*members.first()?);
    let line =
        relations.and_then(|all| all.superseded_by.iter().chain(&all.supersedes).find_map(|end| end.line));
    let paths: Vec<&str> =
        members.iter().take(NAMED).map(|id| site.pages[id.0].document.path.as_str()).collect();
    let more =
        if members.len() > NAMED { format!(" and {} more", members.len() - NAMED) } else { String::new() };
    let message = match members {
        [_] => "this decision supersedes itself".to_owned(),
        _ => format!("these decisions supersede each other in a circle: {}{more}", paths.join(", ")),
    };
    Some(
        Diagnostic::error("supersession-cycle", message)
            .at(line
                .map_or_else(|| Place::file(&first.document.path), |line| first.document.place_of_fact(line)))
            .hint("Take out the relation that is wrong: of what is superseded, the newest must hold."),
    )
}

fn named(page: &Page) -> String {
    match display::number(page) {
        Some(number) => format!("{number}. {}", display::title(page)),
        None => display::title(page),
    }
}

/// The path by which front matter names a document.
fn reference(page: &Page) -> &str {
    let path = page.document.path.as_str();
    path.strip_suffix(".md").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::Located;
    use crate::site::{Status, fixture};

    fn name(value: &str) -> Vec<Located<String>> {
        vec![Located { value: value.to_owned(), line: 3 }]
    }

    #[test]
    fn the_side_that_says_nothing_is_told() {
        let mut site = fixture::site(5);
        site.pages[3].document.front.decision.supersedes = name("2");
        site.pages[2].document.front.decision.superseded_by = name("5");
        fixture::relate(&mut site);
        let found = one_sided(&site);
        let told: Vec<_> =
            found.iter().map(|d| (d.place.as_ref().unwrap().path.as_str(), d.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (
                    "decisions/0002-choice.md",
                    "4. Choice 4 supersedes this decision, which still says `accepted`"
                ),
                (
                    "decisions/0005-choice.md",
                    "3. Choice 3 says that this decision supersedes it, which this one doesn't"
                ),
            ]
        );
        site.pages[1].document.front.decision.superseded_by = name("0004-choice.md");
        site.pages[4].document.front.decision.supersedes = name("3");
        fixture::relate(&mut site);
        assert_eq!(one_sided(&site), []);
    }

    #[test]
    fn what_a_draft_would_supersede_is_no_finding() {
        let mut site = fixture::site(3);
        site.pages[2].document.front.decision.supersedes = name("2");
        site.pages[2].status = Some(Status::read("Proposed"));
        fixture::relate(&mut site);
        assert_eq!(one_sided(&site), []);
    }

    #[test]
    fn each_circle_is_told_once() {
        let mut site = fixture::site(5);
        for (from, to) in [(0, "2"), (1, "3"), (2, "1"), (4, "5")] {
            site.pages[from].document.front.decision.superseded_by = name(to);
        }
        fixture::relate(&mut site);
        let found = cycles(&site);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].message.ends_with("0001-choice.md, decisions/0002-choice.md, decisions/0003-choice.md")
        );
        assert_eq!(found[0].place.as_ref().unwrap().path.as_str(), "decisions/0001-choice.md");
        assert_eq!(found[1].message, "this decision supersedes itself");
    }
}
