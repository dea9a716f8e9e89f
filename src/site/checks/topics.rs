//! `duplicate-topic`: two documents under discussion that are about the same, so that half of the discussion is missed
//! by everybody.

use std::collections::HashMap;

use super::places;
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::site::due::is_settled;
use crate::site::{Page, Site, display};

/// At each open decision or spec whose `topic`, or title, an earlier one by path has. Two topics that differ tell two
/// documents with one title apart.
pub(super) fn duplicate(site: &Site) -> Vec<Diagnostic> {
    let (mut topics, mut titles) = (HashMap::new(), HashMap::new());
    let mut found = Vec::new();
    for page in site.pages.iter().filter(|page| is_open(page)) {
        let topic = page.document.front.topic.as_deref().map(plain).filter(|topic| !topic.is_empty());
        let title = plain(&display::title(page));
        let by_topic = topic.as_ref().and_then(|topic| topics.get(topic).copied());
        let told_apart = |other: &&Page| topic.is_some() && other.document.front.topic.is_some();
        let by_title = || titles.get(&title).copied().filter(|other| !title.is_empty() && !told_apart(other));
        match (by_topic, by_title()) {
            (Some(other), _) => found.push(finding(page, other, "topic")),
            (None, Some(other)) => found.push(finding(page, other, "title")),
            (None, None) => {}
        }
        if let Some(topic) = topic {
            topics.entry(topic).or_insert(page);
        }
        titles.entry(title).or_insert(page);
    }
    found
}

/// Whether people still talk about it. A decision has to say so; a spec without a status is one.
fn is_open(page: &Page) -> bool {
    let known = page.status.as_ref().is_some_and(|status| status.normal.is_some());
    match page.kind {
        Kind::Decision => known && !is_settled(page),
        Kind::Spec => !page.is_index && !is_settled(page),
        Kind::Update | Kind::Recording | Kind::Page => false,
    }
}

fn finding(page: &Page, other: &Page, what: &str) -> Diagnostic {
    let message = format!("{} is open too and has the same {what}", other.document.path);
    let place = match what {
        "topic" => places::of_key(&page.document, &["topic"]),
        _ => places::of_title(&page.document),
    };
    let hint = "Discuss it in one of the two, and close the other with a link to it, as `withdrawn` or `superseded_by`.";
    Diagnostic::warning("duplicate-topic", message)
        .at(place)
        .hint(hint)
        .hint("If they are about different things, give them titles, or a `topic:` each, that say so.")
}

/// Case, signs and spaces make no other title.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
