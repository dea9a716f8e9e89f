//! Which row each decision stands in, and the places that arrows hold in the rows that they pass.

use std::collections::{BTreeMap, BTreeSet};

use super::{Arrow, Line};

/// The most boxes in a row; more go into the next one.
const MOST_IN_ROW: usize = 5;

/// Boxes and passing arrows in rows.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Each row from left to right, as places in `stands`.
    pub order: Vec<Vec<usize>>,
    /// What stands there: a box by its number (these come first, in their order), or the trunk of an arrow.
    pub stands: Vec<Stand>,
    /// Pieces of arrows from one row to the one above, each once.
    pub pieces: Vec<Piece>,
    /// Arrows with what they pass, from the old one to the new one.
    pub arrows: Vec<(Arrow, Vec<usize>)>,
    /// Of each arrow, its trunk.
    pub trunks: Vec<usize>,
}

/// Something that has a place in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    pub row: usize,
    pub is_box: bool,
}

/// From `below` to `above`, which stands one row higher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Piece {
    pub below: usize,
    pub above: usize,
    pub trunk: usize,
}

impl Rows {
    /// Of `count` boxes.
    pub fn of(count: usize, arrows: &[Arrow]) -> Self {
        let down = downwards(count, arrows);
        let row = levels(count, arrows, &down);
        let mut all = Self {
            stands: row.iter().map(|row| Stand { row: *row, is_box: true }).collect(),
            ..Self::default()
        };
        let mut trunks: BTreeMap<(usize, Line, Option<usize>), usize> = BTreeMap::new();
        let mut passing: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut pieces: BTreeSet<Piece> = BTreeSet::new();
        for (arrow, down) in arrows.iter().zip(down) {
            let (below, above) = if down { (arrow.new, arrow.old) } else { (arrow.old, arrow.new) };
            let count = trunks.len();
            // What leads down has its head at its lower end, and shares it with nobody.
            let trunk = *trunks.entry((above, arrow.line, down.then_some(below))).or_insert(count);
            let mut stops = vec![below];
            for row in (row[above] + 1..row[below]).rev() {
                stops.push(*passing.entry((trunk, row)).or_insert_with(|| {
                    all.stands.push(Stand { row, is_box: false });
                    all.stands.len() - 1
                }));
            }
            stops.push(above);
            pieces.extend(stops.windows(2).map(|pair| Piece { below: pair[0], above: pair[1], trunk }));
            if down {
                stops.reverse();
            }
            all.arrows.push((*arrow, stops));
            all.trunks.push(trunk);
        }
        all.pieces = pieces.into_iter().collect();
        all.order = vec![Vec::new(); row.iter().max().map_or(0, |last| last + 1)];
        for (at, stand) in all.stands.iter().enumerate() {
            let row = &mut all.order[stand.row];
            // What passes a row goes through its middle, until there is a reason to go elsewhere.
            let middle = row.iter().filter(|at| all.stands[**at].is_box).count().div_ceil(2);
            row.insert(if stand.is_box { row.len() } else { middle }, at);
        }
        all
    }
}

/// Which arrows have to lead downwards, because they close a circle.
fn downwards(count: usize, arrows: &[Arrow]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum Walk {
        Not,
        Now,
        Done,
    }
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, arrow) in arrows.iter().enumerate() {
        out[arrow.old].push(at);
    }
    let mut down = vec![false; arrows.len()];
    let mut walk = vec![Walk::Not; count];
    // From the oldest on: the arrow that closes a circle is then the one that leads back in time.
    for start in (0..count).rev() {
        let mut open = vec![(start, 0)];
        if walk[start] != Walk::Not {
            continue;
        }
        walk[start] = Walk::Now;
        while let Some((node, next)) = open.last_mut() {
            let Some(at) = out[*node].get(*next).copied() else {
                walk[*node] = Walk::Done;
                open.pop();
                continue;
            };
            *next += 1;
            let to = arrows[at].new;
            match walk[to] {
                Walk::Now => down[at] = true,
                Walk::Done => {}
                Walk::Not => {
                    walk[to] = Walk::Now;
                    open.push((to, 0));
                }
            }
        }
    }
    down
}

/// The row of each box: below all that stand above it, in the first row that has room.
fn levels(count: usize, arrows: &[Arrow], down: &[bool]) -> Vec<usize> {
    let mut waits = vec![0; count];
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (arrow, down) in arrows.iter().zip(down) {
        let (lower, upper) = if *down { (arrow.new, arrow.old) } else { (arrow.old, arrow.new) };
        waits[lower] += 1;
        below[upper].push(lower);
    }
    let mut row = vec![0; count];
    let mut taken: Vec<usize> = Vec::new();
    let mut ready: BTreeSet<(usize, usize)> =
        (0..count).filter(|node| waits[*node] == 0).map(|node| (0, node)).collect();
    while let Some((least, node)) = ready.pop_first() {
        let room = |row: &usize| taken.get(*row).is_none_or(|taken| *taken < MOST_IN_ROW);
        let at = (least..=taken.len()).find(room).unwrap_or(least);
        taken.resize(taken.len().max(at + 1), 0);
        taken[at] += 1;
        row[node] = at;
        for lower in &below[node] {
            row[*lower] = row[*lower].max(at + 1);
            waits[*lower] -= 1;
            if waits[*lower] == 0 {
                ready.insert((row[*lower], *lower));
            }
        }
    }
    row
}
