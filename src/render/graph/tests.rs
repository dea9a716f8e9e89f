//! What holds for every drawing, whatever comes in.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn arrow(old: usize, new: usize) -> Arrow {
    Arrow { old, new, line: Line::Supersedes }
}

fn drawn(count: usize, arrows: &[Arrow]) -> Drawing {
    let drawing = draw(&vec![62; count], arrows);
    sound(&drawing, arrows).unwrap();
    drawing
}

/// That boxes stand apart and within the drawing, that each arrow joins its own two, and that none is lost.
fn sound(drawing: &Drawing, arrows: &[Arrow]) -> Result<(), String> {
    let within = |(x, y): Point| (0..=drawing.width).contains(&x) && (0..=drawing.height).contains(&y);
    let find = |node: usize| drawing.boxes.iter().find(|placed| placed.node == node);
    for (at, a) in drawing.boxes.iter().enumerate() {
        if !within((a.x, a.y)) || !within((a.x + WIDTH, a.y + a.height)) {
            return Err(format!("{a:?} stands outside"));
        }
        let meets = |b: &Placed| {
            a.x < b.x + WIDTH && b.x < a.x + WIDTH && a.y < b.y + b.height && b.y < a.y + a.height
        };
        if let Some(b) = drawing.boxes[at + 1..].iter().find(|b| meets(b)) {
            return Err(format!("{a:?} meets {b:?}"));
        }
    }
    for way in &drawing.ways {
        let (Some(old), Some(new)) = (find(way.arrow.old), find(way.arrow.new)) else {
            return Err(format!("{way:?} joins what is not there"));
        };
        let touches = |placed: &Placed, (x, y): Point| {
            (placed.x..=placed.x + WIDTH).contains(&x) && (y == placed.y || y == placed.y + placed.height)
        };
        let (first, last) = (way.points[0], way.points[way.points.len() - 1]);
        if !touches(old, first) || !touches(new, last) || !way.points.iter().copied().all(within) {
            return Err(format!("{way:?} does not join {old:?} and {new:?}"));
        }
    }
    let shown: BTreeSet<_> =
        drawing.ways.iter().map(|way| (way.arrow.old, way.arrow.new, way.arrow.line)).collect();
    let wanted = arrows
        .iter()
        .filter(|arrow| arrow.old != arrow.new && find(arrow.old).is_some() && find(arrow.new).is_some());
    let wanted: BTreeSet<_> = wanted.map(|arrow| (arrow.old, arrow.new, arrow.line)).collect();
    if shown != wanted {
        return Err(format!("{shown:?} are drawn of {wanted:?}"));
    }
    Ok(())
}

fn place(drawing: &Drawing, node: usize) -> Placed {
    *drawing.boxes.iter().find(|placed| placed.node == node).unwrap()
}

#[test]
fn what_holds_stands_above_what_it_replaced() {
    let chain = drawn(3, &[arrow(2, 1), arrow(1, 0)]);
    assert!(place(&chain, 0).y < place(&chain, 1).y && place(&chain, 1).y < place(&chain, 2).y);
    assert!(chain.boxes.iter().all(|placed| placed.x == 1), "a line is straight: {chain:?}");
    assert_eq!(chain.width, WIDTH + 2);
    // Split in two, one of which was replaced again: both that hold stand in the first row.
    let split = drawn(4, &[arrow(3, 2), arrow(3, 1), arrow(2, 0)]);
    assert_eq!(place(&split, 0).y, place(&split, 1).y);
}

#[test]
fn arrows_with_one_head_share_their_trunk() {
    let merge = drawn(3, &[arrow(2, 0), arrow(1, 0)]);
    assert_eq!(merge.ways[0].points.last(), merge.ways[1].points.last());
    let amended = Arrow { line: Line::Amends, ..arrow(2, 0) };
    let apart = drawn(3, &[amended, arrow(1, 0)]);
    assert_ne!(apart.ways[0].points.last(), apart.ways[1].points.last());
}

#[test]
fn an_arrow_past_a_row_keeps_clear_of_its_boxes() {
    let drawing = drawn(4, &[arrow(3, 2), arrow(2, 1), arrow(1, 0), arrow(3, 0)]);
    let long = drawing.ways.iter().find(|way| (way.arrow.old, way.arrow.new) == (3, 0)).unwrap();
    for pair in long.points[1..long.points.len() - 1].windows(2) {
        let hits = |placed: &Placed| {
            (placed.x..=placed.x + WIDTH).contains(&pair[0].0)
                && pair.iter().any(|(_, y)| (placed.y..=placed.y + placed.height).contains(y))
        };
        assert!(!drawing.boxes.iter().any(hits), "{long:?}");
    }
}

#[test]
fn circles_are_drawn_with_one_arrow_downwards() {
    for count in [2, 3, 30] {
        let circle: Vec<Arrow> = (0..count).map(|at| arrow(at, (at + 1) % count)).collect();
        let drawing = drawn(count, &circle);
        let down = drawing.ways.iter().filter(|way| way.points[0].1 < way.points[way.points.len() - 1].1);
        assert_eq!(down.count(), 1, "of {count}");
    }
    assert_eq!(drawn(1, &[arrow(0, 0)]).ways, []);
}

#[test]
fn a_long_line_is_broken_into_columns() {
    let line: Vec<Arrow> = (1..20).map(|at| arrow(at, at - 1)).collect();
    let drawing = drawn(20, &line);
    let columns: BTreeSet<i32> = drawing.boxes.iter().map(|placed| placed.x).collect();
    assert_eq!(columns.len(), 4);
    assert!(drawing.height < 5 * 110, "{}", drawing.height);
}

#[test]
fn a_star_has_rows_of_few() {
    for star in
        [(1..=12).map(|at| arrow(at, 0)).collect::<Vec<_>>(), (0..12).map(|at| arrow(12, at)).collect()]
    {
        let width = drawn(13, &star).width;
        assert!(width < 7 * (WIDTH + GAP), "{width}");
    }
}

#[test]
fn twenty_thousand_end_and_most_are_left_out() {
    const COUNT: usize = 20_000;
    let mut seed: usize = 1;
    let mut any = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % COUNT
    };
    let chain: Vec<Arrow> = (1..COUNT).map(|at| arrow(at, at - 1)).collect();
    let star: Vec<Arrow> = (1..COUNT).map(|at| arrow(at, 0)).collect();
    let split: Vec<Arrow> = (0..COUNT - 1).map(|at| arrow(COUNT - 1, at)).collect();
    let random: Vec<Arrow> = (0..4 * COUNT).map(|_| arrow(any(), any())).collect();
    for arrows in [chain, star, split, random] {
        assert_eq!(drawn(COUNT, &arrows).boxes.len(), MOST);
    }
}

#[test]
fn a_family_where_all_replace_all_ends() {
    let all: Vec<Arrow> = (0..MOST).flat_map(|a| (0..MOST).map(move |b| arrow(a, b))).collect();
    let drawing = draw(&vec![46; MOST], &all);
    assert_eq!(drawing.boxes.len(), MOST);
    assert!(drawing.ways.len() < 5 * MOST);
}

#[test]
fn path_data_says_each_piece_once() {
    let merge = drawn(3, &[arrow(2, 0), arrow(1, 0)]);
    let data = path(merge.ways.iter());
    assert_eq!(data.matches('M').count(), 3, "{data}");
    assert!(data.chars().all(|c| c.is_ascii_digit() || "MCHV -".contains(c)), "{data}");
    assert_eq!(tip(&merge.ways[0]), format!("M{} {}l-5 8h10z", merge.width / 2, place(&merge, 0).height + 1));
}

fn arrows(count: usize) -> impl Strategy<Value = Vec<Arrow>> {
    let line = prop_oneof![Just(Line::Supersedes), Just(Line::Amends), Just(Line::Proposed)];
    let arrow = (0..count, 0..count, line).prop_map(|(old, new, line)| Arrow { old, new, line });
    prop::collection::vec(arrow, 0..50)
}

proptest! {
    #[test]
    fn every_drawing_is_sound_and_the_same_again(
        heights in prop::collection::vec(46..80_i32, 24..25),
        arrows in arrows(24),
    ) {
        let drawing = draw(&heights, &arrows);
        prop_assert_eq!(sound(&drawing, &arrows), Ok(()));
        prop_assert_eq!(&drawing, &draw(&heights, &arrows));
        let mut turned = arrows.clone();
        turned.reverse();
        prop_assert_eq!(drawing, draw(&heights, &turned));
    }
}
