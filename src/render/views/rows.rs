//! One line of a list: what every index, the home page and the tags show of a page.

use jiff::civil::Date;
use serde::Serialize;

use super::dates::DateView;
use super::facts::duration;
use super::scope::Scope;
use super::{Link, cut};
use crate::config::Kind;
use crate::site::display::status_word;
pub use crate::site::display::{number, title};
use crate::site::{Page, PageId, Status};

/// A status by word and shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusView {
    /// As the team writes it, with a capital first letter; where they write a sentence, the normalised word.
    pub word: String,
    /// What they write, where `word` is less.
    pub whole: Option<String>,
    /// The normalised word, or `unknown`: it chooses the shape, the class is `status-SHAPE`.
    pub shape: &'static str,
}

impl From<&Status> for StatusView {
    fn from(status: &Status) -> Self {
        let short = status_word(status);
        let raw = short.map_or_else(|| cut(&status.raw, 60), str::to_owned);
        let mut letters = raw.chars();
        let word =
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
        Self {
            word,
            whole: short.map(|_| cut(&status.raw, 200)),
            shape: status.normal.map_or("unknown", crate::site::NormalStatus::word),
        }
    }
}

/// A page in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its address.
    pub url: String,
    /// Its number, without zeros before it.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// The kind's word.
    pub kind: &'static str,
    /// Its status.
    pub status: Option<StatusView>,
    /// The date that its list is about.
    pub date: Option<DateView>,
    /// One sentence: summary, description, or how it begins. `None` where a list has no room.
    pub note: Option<String>,
    /// A word or two: the team of an update, the length of a recording.
    pub label: Option<String>,
}

/// Which date a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// When the document says it is from.
    Made,
    /// When it last changed.
    Changed,
    /// What a reader asks of it: of a decision its own date, whoever mended a comma since; else when it last changed.
    Stands,
}

impl Dated {
    /// The date of this sort of `page`.
    pub fn of(self, page: &Page) -> Option<Date> {
        match self {
            Self::Made => page.date.or(page.updated),
            Self::Stands if page.kind == Kind::Decision => page.date.or(page.updated),
            Self::Changed | Self::Stands => page.updated.or(page.date),
        }
    }
}

impl Row {
    /// The page `id` with its date of the given sort; `note` says whether there is room for a sentence.
    pub fn new(scope: &Scope<'_>, id: PageId, dated: Dated, note: bool) -> Self {
        let page = scope.page(id);
        Self {
            url: scope.href(id),
            number: number(page),
            title: title(page),
            kind: page.kind.word(),
            status: page.status.as_ref().map(StatusView::from),
            date: dated.of(page).map(DateView::from),
            note: if note { sentence(page, 200) } else { None },
            label: label(page),
        }
    }
}

/// The day on which an ask got its outcome, as written.
pub fn outcome(scope: &Scope<'_>, id: PageId, place: usize) -> Option<Date> {
    let outcome = scope.page(id).document.front.asks.get(place)?.outcome.as_ref()?;
    outcome.at.as_ref().map(crate::time::When::date)
}

/// A decision that was taken, or an ask with its outcome.
#[derive(Clone, Copy, Debug)]
pub struct Decided {
    /// When.
    pub date: Option<Date>,
    /// The decision, or the page that asked.
    pub page: PageId,
    /// The ask by its place on that page.
    pub ask: Option<usize>,
}

impl Decided {
    /// The decision `page`.
    pub fn decision(scope: &Scope<'_>, page: PageId) -> Self {
        Self { date: Dated::Made.of(scope.page(page)), page, ask: None }
    }

    /// The ask `place` of `page`.
    pub fn ask(scope: &Scope<'_>, page: PageId, place: usize) -> Self {
        Self { date: outcome(scope, page, place), page, ask: Some(place) }
    }
}

/// What the page says in one sentence, or how it begins.
pub fn sentence(page: &Page, limit: usize) -> Option<String> {
    let front = &page.document.front;
    let said = front.summary.as_ref().or(front.description.as_ref()).map(|text| cut(text, limit));
    let excerpt = Some(page.document.excerpt.trim()).filter(|text| !text.is_empty());
    said.or_else(|| excerpt.map(|text| opening(text, limit)))
}

/// The whole sentences at the start of `text` that fit into `limit`; where not even one does, it is cut.
fn opening(text: &str, limit: usize) -> String {
    let ends = text.match_indices(['.', '!', '?']).map(|(at, end)| at + end.len());
    let whole = |at: &usize| *at == text.len() || text[*at..].starts_with(char::is_whitespace);
    let fits = |at: &usize| text[..*at].chars().count() <= limit;
    ends.filter(whole).take_while(fits).last().map_or_else(|| cut(text, limit), |at| text[..at].to_owned())
}

fn label(page: &Page) -> Option<String> {
    let front = &page.document.front;
    match page.kind {
        Kind::Update => front.update.team.clone(),
        Kind::Recording => front.recording.duration.map(duration),
        _ => None,
    }
}

/// A page by its title, with its number where it has one.
pub fn link(scope: &Scope<'_>, id: PageId) -> Link {
    scope.new_link(id)
}

#[cfg(test)]
mod tests {
    use super::{StatusView, opening};
    use crate::site::{NormalStatus, Status};

    #[test]
    fn says_a_status_in_a_word() {
        let view = |raw: &str, normal| StatusView::from(&Status { raw: raw.to_owned(), normal });
        let long = view("superseded by 7. Partition readings by month", Some(NormalStatus::Superseded));
        assert_eq!((long.word.as_str(), long.shape), ("Superseded", "superseded"));
        assert!(long.whole.is_some_and(|whole| whole.contains("by 7.")));
        let short = view("last call", Some(NormalStatus::Proposed));
        assert_eq!((short.word.as_str(), short.whole), ("Last call", None));
        assert_eq!(view("wobbly", None).shape, "unknown");
    }

    #[test]
    fn ends_an_opening_at_a_sentence() {
        assert_eq!(opening("It took 1.9 s. That is long. And more", 30), "It took 1.9 s. That is long.");
        assert_eq!(opening("No end in sight here", 11), "No end in…");
    }
}
