//! A long line, where each decision took the place of the one before: broken into columns, the newest first.

use super::rows::Rows;
use super::{Drawing, EDGE, GAP, Placed, RISE, WIDTH, Way};

/// How many stand below each other.
const MOST_IN_COLUMN: usize = 5;
/// How far from a box the way to the next column turns.
const TURN: i32 = 16;

/// Whether `rows` are a line that is too long for one column.
pub(super) fn is_line(rows: &Rows) -> bool {
    let straight = |(below, above): (&usize, &usize)| below.abs_diff(*above) == 1;
    let row = |at: usize| rows.stands[at].row;
    rows.order.len() > MOST_IN_COLUMN
        && rows.order.iter().all(|row| row.len() == 1)
        && rows.arrows.iter().all(|(arrow, _)| straight((&row(arrow.old), &row(arrow.new))))
        && rows.pieces.len() + 1 == rows.order.len()
}

/// Draws a line.
pub(super) fn draw(rows: &Rows, heights: &[i32]) -> Drawing {
    let count = rows.order.len();
    let columns = count.div_ceil(MOST_IN_COLUMN);
    let most = count.div_ceil(columns);
    let across = |column: usize| EDGE + i32::try_from(column).unwrap_or(0) * (WIDTH + GAP);
    let mut boxes: Vec<Placed> = heights
        .iter()
        .enumerate()
        .map(|(node, height)| Placed { node, x: 0, y: 0, height: *height })
        .collect();
    let (mut y, mut bottom) = (EDGE, 0);
    for (place, row) in rows.order.iter().enumerate() {
        if place % most == 0 {
            // The newest stands as high as those of other families; the others leave room for the way over them.
            y = if place == 0 { EDGE } else { TURN };
        }
        let placed = &mut boxes[row[0]];
        (placed.x, placed.y) = (across(place / most), y);
        bottom = bottom.max(y + placed.height);
        y += placed.height + RISE;
    }
    let ways = rows.arrows.iter().zip(&rows.trunks).map(|((arrow, _), trunk)| {
        let (old, new) = (&boxes[arrow.old], &boxes[arrow.new]);
        let middle = |placed: &Placed| placed.x + WIDTH / 2;
        let (from, to) = ((middle(old), old.y), (middle(new), new.y + new.height));
        let points = if old.x == new.x {
            vec![from, to]
        } else {
            let (gutter, over, under) = (new.x + WIDTH + GAP / 2, from.1 - TURN + EDGE, to.1 + TURN);
            vec![from, (from.0, over), (gutter, over), (gutter, under), (to.0, under), to]
        };
        Way { arrow: *arrow, points, trunk: *trunk }
    });
    let ways: Vec<Way> = ways.collect();
    Drawing {
        width: across(columns - 1) + WIDTH + EDGE,
        height: bottom + if columns > 1 { TURN + EDGE } else { EDGE },
        rows: most,
        boxes,
        ways,
    }
}
