//! What stands in the margin of a document: people, dates and links, one line each, made for its kind.

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::Serialize;

use super::dates::DateView;
use super::scope::Scope;
use super::urls::is_web;
use crate::config::Kind;
use crate::site::{Page, Person, display};

/// A term with its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Such as `Deciders`.
    pub term: &'static str,
    /// At least one.
    pub values: Vec<FactValue>,
}

/// One value; a template tells them apart by which field is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FactValue {
    /// What to show.
    pub text: String,
    /// The whole text, where `text` is a part of it.
    pub title: Option<String>,
    /// Where it leads.
    pub url: Option<String>,
    /// The ISO date, where this is one.
    pub datetime: Option<String>,
}

impl FactValue {
    fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn date(date: Date) -> Self {
        let view = DateView::from(date);
        Self { datetime: Some(view.iso), ..Self::text(view.long) }
    }
}

/// The facts of `page` in the order in which its kind is read.
pub fn facts(scope: &Scope<'_>, page: &Page) -> Vec<Fact> {
    let front = &page.document.front;
    let people =
        |term, list: &[String]| Fact { term, values: list.iter().map(|p| person(scope, p)).collect() };
    let changed = page.updated.filter(|updated| Some(*updated) != page.date);
    let one = |term, value: Option<FactValue>| Fact { term, values: value.into_iter().collect() };
    let date = |term, date: Option<Date>| one(term, date.map(FactValue::date));
    // What the line below the title says (see the templates) is not said again in the margin.
    let mut all = match page.kind {
        Kind::Decision => vec![
            people("Deciders", &front.decision.deciders),
            people("Consulted", &front.decision.consulted),
            people("Informed", &front.decision.informed),
        ],
        Kind::Update | Kind::Recording => Vec::new(),
        Kind::Spec if changed.is_none() => Vec::new(),
        Kind::Spec | Kind::Page => vec![date("Date", page.date)],
    };
    all.push(one("Owner", front.owner.as_ref().map(|owner| person(scope, owner))));
    all.push(people("Authors", &front.authors));
    all.push(date("Changed", changed.filter(|_| page.kind != Kind::Spec)));
    all.push(Fact { term: "Discussion", values: front.discussions.iter().map(|d| web(&d.value)).collect() });
    all.push(tags(scope, page));
    all.retain(|fact| !fact.values.is_empty());
    all
}

/// A person by name, what was written where that is more, and their page where they have one.
pub fn person(scope: &Scope<'_>, written: &str) -> FactValue {
    let (text, title) = display::person(&scope.site.config, written);
    let known = scope.site.people.find(written).and_then(|id| scope.site.people.get(id));
    FactValue { text, title, url: known.map(|person| scope.urls.href(&person.url)), datetime: None }
}

/// Somebody who has a page.
pub fn somebody(scope: &Scope<'_>, person: &Person) -> FactValue {
    let title = person.handle.as_ref().filter(|handle| **handle != person.name);
    FactValue {
        text: person.name.clone(),
        title: title.map(|handle| format!("@{handle}")),
        url: Some(scope.urls.href(&person.url)),
        datetime: None,
    }
}

fn tags(scope: &Scope<'_>, page: &Page) -> Fact {
    let values = page.document.front.tags.iter().map(|name| {
        let url = scope.tag(name).map(|url| scope.urls.href(url));
        FactValue { url, ..FactValue::text(name) }
    });
    Fact { term: "Tags", values: values.collect() }
}

/// A thread by its host and last part; text only where it is not a web address.
fn web(target: &str) -> FactValue {
    if !is_web(target) {
        return FactValue::text(target);
    }
    let host = target.split('/').nth(2).unwrap_or(target);
    FactValue { url: Some(target.to_owned()), title: Some(target.to_owned()), ..FactValue::text(host) }
}

/// `1 h 02 min`, `12 min 34 s`, `48 s`.
pub fn duration(length: SignedDuration) -> String {
    let seconds = length.as_secs().max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, rest) {
        (0, 0, s) => format!("{s} s"),
        (0, m, 0) => format!("{m} min"),
        (0, m, s) => format!("{m} min {s:02} s"),
        (h, m, _) => format!("{h} h {m:02} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_lengths_as_people_do() {
        let said = |s| duration(SignedDuration::from_secs(s));
        assert_eq!(
            [said(48), said(720), said(754), said(3720)],
            ["48 s", "12 min", "12 min 34 s", "1 h 02 min"]
        );
    }

    #[test]
    fn keeps_a_name_and_drops_its_address() {
        let site = crate::site::fixture::site(1);
        let scope = Scope::new(&site);
        assert_eq!(person(&scope, "Ann Lee (@annlee)").text, "Ann Lee");
        assert_eq!(person(&scope, "@ana").text, "Ana Souza");
        assert_eq!(person(&scope, "<x@example.org>").text, "<x@example.org>");
        assert_eq!(person(&scope, "Bo").url.as_deref(), Some("./people/bo/"));
        assert_eq!(person(&scope, "Nobody").url, None);
    }
}
