//! `missing-context`: a spec that leaves its readers without background, ask, deadline or constraints. In another time
//! zone nobody can ask back before tomorrow.

use super::{labels, places};
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::site::due::is_settled;
use crate::site::{Page, Site};

/// A part that a spec needs, the words by which a section says that it is this part, and how to add it.
struct Part {
    name: &'static str,
    words: &'static [&'static str],
    add: &'static str,
}

const PARTS: [Part; 4] = [
    Part {
        name: "background",
        words: &[
            "abstract",
            "background",
            "context",
            "current",
            "history",
            "intro",
            "introduction",
            "motivation",
            "overview",
            "problem",
            "problems",
            "purpose",
            "quo",
            "rationale",
            "situation",
            "summary",
            "tldr",
            "today",
            "why",
        ],
        add: "a section `## Background`: why this, why now",
    },
    Part {
        name: "ask",
        words: &[
            "?",
            "approval",
            "ask",
            "asks",
            "comments",
            "decide",
            "decision",
            "decisions",
            "feedback",
            "input",
            "needed",
            "question",
            "questions",
            "request",
            "requests",
            "unresolved",
            "vote",
            "wanted",
        ],
        add: "`asks:` in the front matter, or a section `## Questions`: what readers should do",
    },
    Part {
        name: "deadline",
        words: &[
            "date",
            "dates",
            "deadline",
            "deadlines",
            "due",
            "milestone",
            "milestones",
            "schedule",
            "timeline",
            "timing",
            "until",
            "when",
            "window",
        ],
        add: "`due:` in the front matter or in its asks: until when",
    },
    Part {
        name: "constraints",
        words: &[
            "assumptions",
            "boundaries",
            "budget",
            "constraint",
            "constraints",
            "criteria",
            "drivers",
            "goals",
            "guarantees",
            "invariants",
            "limit",
            "limitations",
            "limits",
            "must",
            "musts",
            "non",
            "nongoals",
            "principles",
            "requirement",
            "requirements",
            "rules",
            "scope",
            "tradeoffs",
        ],
        add: "a section `## Constraints`: what any answer has to respect",
    },
];

/// At the title of each spec that is not settled yet and leaves some of it out.
pub(super) fn missing(site: &Site) -> Vec<Diagnostic> {
    let specs =
        site.pages.iter().filter(|page| page.kind == Kind::Spec && !is_list(site, page) && !is_settled(page));
    specs.filter_map(|page| finding(site, page)).collect()
}

/// The text above a list of specs is no spec.
fn is_list(site: &Site, page: &Page) -> bool {
    let folder = &site.folders[page.folder.0];
    page.is_index && (folder.is_collection || !folder.members.is_empty() || !folder.children.is_empty())
}

fn finding(site: &Site, page: &Page) -> Option<Diagnostic> {
    let front = &page.document.front;
    let names = labels::of(&page.document);
    let elsewhere = [
        front.asks.iter().any(|ask| ask.context.is_some()),
        !front.asks.is_empty(),
        crate::site::due::due(page, &site.config).is_some()
            || page.asks.iter().any(|ask| ask.due.is_some())
            || (!front.asks.is_empty() && front.asks.iter().all(|ask| ask.outcome.is_some())),
        false,
    ];
    let missing: Vec<&Part> = PARTS
        .iter()
        .zip(elsewhere)
        .filter(|(part, there)| !there && !labels::has(&names, part.words))
        .map(|(part, _)| part)
        .collect();
    let said = listed(&missing.iter().map(|part| format!("no {}", part.name)).collect::<Vec<_>>())?;
    let found = Diagnostic::warning("missing-context", format!("this spec has {said}"));
    let add = missing.iter().map(|part| format!("Add {}.", part.add));
    Some(add.fold(found.at(places::of_title(&page.document)), Diagnostic::hint))
}

/// `no ask, no deadline and no constraints`.
fn listed(parts: &[String]) -> Option<String> {
    let (last, first) = parts.split_last()?;
    Some(if first.is_empty() { last.clone() } else { format!("{} and {last}", first.join(", ")) })
}
