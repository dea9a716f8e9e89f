//! Rows with their places across made into boxes and ways, and ways into the path data of SVG.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::rows::{Piece, Rows};
use super::{Drawing, EDGE, Placed, Point, RISE, WIDTH, Way};

/// Between two arrows at one side of a box.
const STEP: i32 = 16;
/// How much of a box's side arrows may take.
const SIDE: i32 = 120;
/// The length of an arrow's head.
const HEAD: i32 = 8;
/// How far before its head an arrow is straight.
const ENTRY: i32 = 5;

/// Makes boxes and ways of `rows`, whose members have these middles `across`.
pub(super) fn draw(rows: &Rows, across: &[i32], heights: &[i32]) -> Drawing {
    let (tops, bottoms) = levels(rows, heights);
    let at = |stand: usize| (across[stand] + EDGE, rows.stands[stand].row);
    let boxes = heights.iter().enumerate().map(|(node, _)| {
        let (x, row) = at(node);
        Placed { node, x: x - WIDTH / 2, y: tops[row], height: bottoms[row] - tops[row] }
    });
    let (leave, arrive) = ports(rows, across);
    let ways = rows.arrows.iter().zip(&rows.trunks).map(|((arrow, stops), trunk)| {
        let upwards = rows.stands[arrow.old].row > rows.stands[arrow.new].row;
        let mut stops = stops.clone();
        if !upwards {
            stops.reverse();
        }
        let (first, last) = (stops[0], stops[stops.len() - 1]);
        let (x, row) = at(first);
        let mut points = vec![(x + leave[&(first, *trunk)], tops[row])];
        for stop in &stops[1..stops.len() - 1] {
            let (x, row) = at(*stop);
            points.extend([(x, bottoms[row]), (x, tops[row])]);
        }
        let (x, row) = at(last);
        points.push((x + arrive[&(last, *trunk)], bottoms[row]));
        if !upwards {
            points.reverse();
        }
        Way { arrow: *arrow, points, trunk: *trunk }
    });
    let right =
        across.iter().zip(&rows.stands).map(|(x, stand)| x + if stand.is_box { WIDTH / 2 } else { 1 });
    Drawing {
        width: right.max().unwrap_or(0) + 2 * EDGE,
        height: bottoms.last().copied().unwrap_or(0) + EDGE,
        rows: rows.order.len(),
        boxes: boxes.collect(),
        ways: ways.collect(),
    }
}

/// Upper and lower side of each row; its boxes are as high as the highest.
fn levels(rows: &Rows, heights: &[i32]) -> (Vec<i32>, Vec<i32>) {
    let mut y = EDGE;
    let of = |row: &Vec<usize>| row.iter().filter_map(|at| heights.get(*at)).copied().max().unwrap_or(0);
    let sides = rows.order.iter().map(|row| {
        let top = y;
        y += of(row) + RISE;
        (top, top + of(row))
    });
    sides.unzip()
}

/// By box and trunk, how far from the middle of its side an arrow stands.
type Ports = BTreeMap<(usize, usize), i32>;

/// Of the upper sides of boxes, and of the lower ones.
fn ports(rows: &Rows, across: &[i32]) -> (Ports, Ports) {
    let side = |own: fn(&Piece) -> usize, other: fn(&Piece) -> usize| {
        let mut ends: BTreeMap<(usize, usize), i32> = BTreeMap::new();
        for piece in rows.pieces.iter().filter(|piece| rows.stands[own(piece)].is_box) {
            ends.entry((own(piece), piece.trunk)).or_insert(across[other(piece)]);
        }
        let mut ends: Vec<((usize, usize), i32)> = ends.into_iter().collect();
        ends.sort_by_key(|((node, trunk), x)| (*node, *x, *trunk));
        let mut ports = Ports::new();
        for of_one in ends.chunk_by(|a, b| a.0.0 == b.0.0) {
            let count = i32::try_from(of_one.len()).unwrap_or(i32::MAX);
            let step = SIDE.checked_div(count - 1).map_or(0, |step| step.min(STEP));
            let mut offset = -step * (count - 1) / 2;
            for (end, _) in of_one {
                ports.insert(*end, offset);
                offset += step;
            }
        }
        ports
    };
    (side(|piece| piece.below, |piece| piece.above), side(|piece| piece.above, |piece| piece.below))
}

/// The ways of one trunk as path data, each piece once; room for the head is left out at the end.
pub fn path<'a>(ways: impl Iterator<Item = &'a Way>) -> String {
    let mut legs: BTreeSet<(Point, Point)> = BTreeSet::new();
    for way in ways {
        let mut points = way.points.clone();
        let up = leads_up(&points);
        if let Some(last) = points.last_mut() {
            // The line ends inside the head, which it enters straight.
            let (x, y) = *last;
            last.1 += if up { HEAD + ENTRY } else { -HEAD - ENTRY };
            points.push((x, y + if up { HEAD - 2 } else { 2 - HEAD }));
        }
        legs.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
    }
    let mut data = String::new();
    for ((x, y), (to_x, to_y)) in legs {
        let _ = write!(data, "M{x} {y}");
        let middle = i32::midpoint(y, to_y);
        let _ = match (x == to_x, y == to_y) {
            (true, _) => write!(data, "V{to_y}"),
            (_, true) => write!(data, "H{to_x}"),
            _ => write!(data, "C{x} {middle} {to_x} {middle} {to_x} {to_y}"),
        };
    }
    data
}

/// The head of an arrow as path data.
pub fn tip(way: &Way) -> String {
    let Some((x, y)) = way.points.last() else { return String::new() };
    let back = if leads_up(&way.points) { HEAD } else { -HEAD };
    format!("M{x} {y}l-5 {back}h10z")
}

fn leads_up(points: &[Point]) -> bool {
    points.windows(2).last().is_some_and(|pair| pair[1].1 < pair[0].1)
}
