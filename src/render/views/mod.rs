//! What templates may see: plain data, with every address complete and every date in words.
//!
//! Views are made from a [`Site`](crate::site::Site) and hold no reference to it. Nothing here is HTML:
//! the templates' autoescaping makes text of whatever stands in a view.

mod asks;
mod calendar;
mod dates;
mod document;
mod facts;
mod folder;
mod frame;
mod graph;
mod home;
mod log;
mod norms;
mod outline;
mod people;
pub mod players;
mod relations;
mod rows;
mod scope;
mod shared;
mod tags;
mod urls;
mod waiting;
mod windows;

pub use asks::{AskView, Digest, OutcomeView, PositionView, ResponseView};
pub use calendar::CalendarView;
pub use dates::{DateView, MomentView};
pub use document::{Backlinks, DocumentView, Siblings};
pub use facts::{Fact, FactValue};
pub use folder::{FolderView, Group};
pub use frame::{Head, HeadFact, PlainView, RedirectView, SiteView};
pub use graph::{FamilyView, GraphPageView, GraphView};
pub use home::{CollectionCard, HomeView, StatusCount};
pub use log::{Finding, Instead, LogRow, LogView, Sort, StatusChoice};
pub use norms::{Example, NormView, NormsView};
pub use outline::OutlineItem;
pub use people::{AnswerRow, PeopleView, PersonRow, PersonView, Totals};
pub use relations::Relation;
pub use rows::{Row, StatusView};
pub use scope::Scope;
pub use shared::Shared;
pub use tags::{TagItem, TagView, TagsView};
pub use urls::Urls;
pub use waiting::{Owing, WaitingRow, WaitingView, ends};

use serde::Serialize;
use tera::{Context, TeraResult};

use crate::site::catalogue::Generated;

/// The template of a page that no document gives the text of, and what it sees; `None` where the site has none such.
pub fn generated(scope: &Scope<'_>, what: &Generated) -> Option<TeraResult<(&'static str, Context)>> {
    Some(match what {
        Generated::Tags => filled("tags.html", &TagsView::new(scope)),
        Generated::Tag(place) => filled("tag.html", &TagView::new(scope, scope.site.tags.get(*place)?)),
        Generated::Graph(log) => filled("graph.html", &GraphPageView::new(scope, *log)?),
        Generated::People => filled("people.html", &PeopleView::new(scope)),
        Generated::Person(id) => {
            filled("person.html", &PersonView::new(scope, *id, scope.site.people.get(*id)?))
        }
        Generated::Waiting => filled("waiting.html", &WaitingView::new(scope)),
        Generated::Norms => filled("norms.html", &NormsView::new(scope)),
        Generated::Search => filled("search.html", &PlainView::search(scope)),
        Generated::Missing => filled("404.html", &PlainView::missing(scope)),
        Generated::Redirect(page) => filled("redirect.html", &RedirectView::new(scope, *page)),
    })
}

fn filled<V: Serialize>(template: &'static str, view: &V) -> TeraResult<(&'static str, Context)> {
    Context::from_serialize(view).map(|context| (template, context))
}

/// Something to go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// A complete `href`.
    pub url: String,
    /// What it says.
    pub title: String,
    /// The number of a decision, without zeros before it; not part of the title.
    pub number: Option<String>,
}

impl Link {
    /// To something without a number.
    pub fn new(url: String, title: impl Into<String>) -> Self {
        Self { url, title: title.into(), number: None }
    }
}

/// `text` cut at a word to at most `limit` characters, with an ellipsis where something went.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let end = text.char_indices().nth(limit.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let kept = text[..end].rfind(char::is_whitespace).map_or(&text[..end], |at| &text[..at]);
    format!("{}…", kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:-–".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn cuts_at_a_word_and_never_inside_a_character() {
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("ééééééé", 4), "ééé…");
        assert_eq!(cut(" short ", 9), "short");
    }
}
