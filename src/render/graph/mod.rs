//! Where decisions stand in a drawing of what replaced and amended what, and how the arrows between them run.
//!
//! Pure geometry: boxes of given heights and arrows come in, whole numbers come out; nothing here knows a page, a word or a
//! colour. One call draws one family, that is decisions that arrows connect, in these steps:
//!
//! 1. [`select`] keeps at most [`MOST`] of them, so that each further step is small whatever comes in.
//! 2. [`rows`] puts each below all that took its place, so that what nothing replaced stands in the first row, and lets
//!    arrows that lead past a row hold a place in it. Arrows with one head share it. A circle is cut, and its last
//!    arrow drawn downwards.
//! 3. [`order`] arranges each row so that few arrows cross.
//! 4. [`place`] gives each a place across, as near to those it is connected with as its neighbours allow.
//! 5. [`route`] makes boxes and ways of it. A long line of decisions is broken into [`columns`] instead.
//!
//! Older decisions stand lower and arrows lead up: what holds is found in the first row of every family.

mod columns;
mod order;
mod place;
mod route;
mod rows;
mod select;
#[cfg(test)]
mod tests;
pub mod text;

pub use route::{path, tip};
pub use select::MOST;

/// The width of a box.
pub const WIDTH: i32 = 152;
/// Between two boxes of a row.
const GAP: i32 = 20;
/// Between two rows.
const RISE: i32 = 42;
/// Around a drawing, so that no line is cut.
const EDGE: i32 = 1;

/// What an arrow says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// The new one took the place of the old one.
    Supersedes,
    /// The new one changed the old one in part.
    Amends,
    /// The new one would do either, and is not in force.
    Proposed,
}

/// From an old decision to a newer one, by their places among those to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Whose place is taken, or who is amended.
    pub old: usize,
    /// By whom.
    pub new: usize,
    /// What it says.
    pub line: Line,
}

/// A family, drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Across.
    pub width: i32,
    /// Down.
    pub height: i32,
    /// How many boxes stand below each other at most.
    pub rows: usize,
    /// The boxes.
    pub boxes: Vec<Placed>,
    /// The arrows between these.
    pub ways: Vec<Way>,
}

/// A box with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Whose, by its place among those to be drawn.
    pub node: usize,
    /// Of its left side.
    pub x: i32,
    /// Of its upper side.
    pub y: i32,
    /// It is [`WIDTH`] wide.
    pub height: i32,
}

/// A point across and down.
pub type Point = (i32, i32);

/// How an arrow runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Whose.
    pub arrow: Arrow,
    /// From the side of the old one's box to the side of the new one's.
    pub points: Vec<Point>,
    /// Ways of one trunk share their last points.
    pub trunk: usize,
}

/// Draws boxes of these heights, the newest first, and the arrows between them. Arrows from a box to itself are left out.
pub fn draw(heights: &[i32], arrows: &[Arrow]) -> Drawing {
    let (kept, arrows) = select::select(heights.len(), arrows);
    let heights: Vec<i32> = kept.iter().map(|node| heights[*node]).collect();
    let mut rows = rows::Rows::of(heights.len(), &arrows);
    let mut drawing = if columns::is_line(&rows) {
        columns::draw(&rows, &heights)
    } else {
        order::arrange(&mut rows);
        let across = place::across(&rows);
        route::draw(&rows, &across, &heights)
    };
    for placed in &mut drawing.boxes {
        placed.node = kept[placed.node];
    }
    for Arrow { old, new, .. } in drawing.ways.iter_mut().map(|way| &mut way.arrow) {
        (*old, *new) = (kept[*old], kept[*new]);
    }
    drawing
}
