//! A decision in a drawing: its number, how it stands, and its title in as many lines as its box has.

use serde::Serialize;

use crate::render::graph::text::{lines, width};
use crate::render::graph::{Placed, WIDTH};
use crate::render::views::Scope;
use crate::render::views::rows::{StatusView, number, title};
use crate::site::{NormalStatus, Page, PageId};

/// Whether a decision is to be followed; more than its own status, since what replaced it says so too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stand {
    /// It is in force.
    Holds,
    /// It is being written or discussed.
    Open,
    /// It was replaced, turned down or given up.
    Over,
}

impl Stand {
    /// The word that stands for it in classes.
    #[cfg(test)]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Open => "open",
            Self::Over => "over",
        }
    }
}

/// A decision for its template. Places are those within its own box, except its corner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeView {
    /// Its address.
    pub url: String,
    /// Whether it is to be followed.
    pub stand: Stand,
    /// The upper left corner.
    pub x: i32,
    /// The upper left corner.
    pub y: i32,
    /// Of the box.
    pub width: i32,
    /// Of the box.
    pub height: i32,
    /// The shape of its status.
    pub shape: &'static str,
    /// Its number; empty where it has none.
    pub number: String,
    /// Its status in a word; empty where it has none.
    pub status: String,
    /// The year of its date, where there is room for it.
    pub year: Option<i16>,
    /// Its title.
    pub lines: Vec<TextLine>,
    /// The whole title, where the lines have less.
    pub whole: Option<String>,
    /// Whether the drawing stands on its own page.
    pub current: bool,
}

/// A line of a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextLine {
    /// Its base.
    pub y: i32,
    /// Plain text.
    pub text: String,
}

/// The room for text between the sides of a box, in pixels.
const ROOM: f32 = 128.0;
/// The sizes of title and status in pixels, as in `css/graph/graph.css`.
const TITLE: f32 = 13.0;
const SMALL: f32 = 11.5;
/// Lines of a title.
const MOST_LINES: usize = 3;
/// Where the first line of a title stands, and how far apart they are.
const FIRST: i32 = 36;
const LINE: i32 = 16;
/// Below the last line.
const FOOT: i32 = 11;

/// How high the box of a decision has to be.
pub(super) fn height(scope: &Scope<'_>, id: PageId) -> i32 {
    let lines = lines(&title(scope.page(id)), ROOM, TITLE, MOST_LINES).len().max(1);
    FIRST + LINE * (i32::try_from(lines).unwrap_or(1) - 1) + FOOT
}

impl NodeView {
    /// The page `id` in its box.
    pub fn new(scope: &Scope<'_>, id: PageId, placed: &Placed) -> Self {
        let page = scope.page(id);
        let (stand, shape, status) = stand(scope, id);
        let number = lines(&number(page).unwrap_or_default(), 48.0, SMALL, 1).concat();
        let before = if number.is_empty() { 0.0 } else { width(&number, SMALL) + 6.0 };
        let status = lines(&status, ROOM - 14.0 - before, SMALL, 1).concat();
        // Widths are rounded up, which is too much for a line of few letters and a year.
        let used = 14.0 + 0.93 * (before + width(&status, SMALL));
        let year = page.date.map(jiff::civil::Date::year).filter(|_| used + 30.0 <= ROOM);
        let title = title(page);
        let cut = lines(&title, ROOM, TITLE, MOST_LINES);
        let cut_off = cut.last().is_some_and(|last| last.ends_with('…') && !title.ends_with('…'));
        let y = (0..).map(|line| FIRST + line * LINE);
        Self {
            url: scope.href(id),
            stand,
            x: placed.x,
            y: placed.y,
            width: WIDTH,
            height: placed.height,
            shape,
            number,
            status,
            year,
            lines: cut.into_iter().zip(y).map(|(text, y)| TextLine { y, text }).collect(),
            current: false,
            whole: cut_off.then(|| crate::render::views::cut(&title, 300)),
        }
    }

    /// What it is called in a sentence.
    pub(super) fn name(&self) -> &str {
        let title = self.lines.first().map_or("", |line| &line.text);
        if self.number.is_empty() { title } else { &self.number }
    }
}

/// Whether the page `id` is to be followed, with the shape and the word for it. Where others say that they replaced it and it
/// does not, they are believed, as on its own page.
fn stand(scope: &Scope<'_>, id: PageId) -> (Stand, &'static str, String) {
    use NormalStatus::{Accepted, Draft, Proposed, Superseded};
    let page = scope.page(id);
    let normal = page.status.as_ref().and_then(|status| status.normal);
    let relations = scope.site.decisions.relations(id);
    let replaced = relations.is_some_and(|relations| relations.superseded_by.iter().any(|end| end.in_force));
    let (shape, word) = own(page);
    match normal {
        _ if replaced || normal == Some(Superseded) => {
            (Stand::Over, Superseded.word(), "Superseded".to_owned())
        }
        None | Some(Accepted) => (Stand::Holds, shape, word),
        Some(Draft | Proposed) => (Stand::Open, shape, word),
        Some(_) => (Stand::Over, shape, word),
    }
}

fn own(page: &Page) -> (&'static str, String) {
    page.status.as_ref().map_or(("none", String::new()), |status| {
        let view = StatusView::from(status);
        (view.shape, view.word)
    })
}
