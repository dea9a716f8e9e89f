//! Places across: each wants to stand at the mean of those that it is connected with, and no two may meet.
//!
//! For one row this is a regression under an order, which pooling neighbours solves exactly in linear time.

use super::order::neighbours;
use super::rows::{Rows, Stand};
use super::{GAP, WIDTH};

/// Sweeps in each direction.
const SWEEPS: usize = 8;
/// Places are computed in parts of a pixel.
const PARTS: i64 = 64;
/// Between an arrow that passes and a box.
const ASIDE: i32 = 14;
/// Between two arrows that pass.
const APART: i32 = 12;
/// How much more an arrow that passes wants to be straight.
const STRAIGHT: i64 = 4;

/// The middle of each, in pixels from the leftmost.
pub(super) fn across(rows: &Rows) -> Vec<i32> {
    let (above, below) = neighbours(rows);
    let both: Vec<Vec<usize>> = above.iter().zip(&below).map(|(a, b)| [&a[..], &b[..]].concat()).collect();
    let mut x = vec![0; rows.stands.len()];
    for row in &rows.order {
        for (at, offset) in row.iter().zip(offsets(row, &rows.stands)) {
            x[*at] = offset;
        }
    }
    for _ in 0..SWEEPS {
        for row in rows.order.iter().skip(1) {
            settle(row, &rows.stands, &above, &mut x);
        }
        for row in rows.order.iter().rev().skip(1) {
            settle(row, &rows.stands, &below, &mut x);
        }
    }
    for row in rows.order.iter().chain(rows.order.iter().rev()) {
        settle(row, &rows.stands, &both, &mut x);
    }
    let left = x.iter().zip(&rows.stands).map(|(x, stand)| x - half(stand)).min().unwrap_or(0);
    // Offsets are whole pixels, so that rounding moves no two closer.
    x.into_iter()
        .map(|x| i32::try_from((x - left + PARTS / 2).div_euclid(PARTS)).unwrap_or(i32::MAX))
        .collect()
}

fn half(stand: &Stand) -> i64 {
    if stand.is_box { i64::from(WIDTH / 2) * PARTS } else { PARTS }
}

/// The least distance of each from the first of its row.
fn offsets(row: &[usize], stands: &[Stand]) -> Vec<i64> {
    let mut offset = 0;
    let mut offsets = Vec::with_capacity(row.len());
    for (place, at) in row.iter().enumerate() {
        if let Some(before) = place.checked_sub(1).map(|before| &stands[row[before]]) {
            let this = &stands[*at];
            let gap = match (before.is_box, this.is_box) {
                (true, true) => GAP,
                (false, false) => APART,
                _ => ASIDE,
            };
            offset += half(before) + half(this) + i64::from(gap) * PARTS;
        }
        offsets.push(offset);
    }
    offsets
}

/// Neighbours that want to stand in each other's place, and so stand together.
struct Pool {
    sum: i64,
    weight: i64,
    count: usize,
}

impl Pool {
    fn mean(&self) -> i64 {
        self.sum.div_euclid(self.weight)
    }
}

fn settle(row: &[usize], stands: &[Stand], beside: &[Vec<usize>], x: &mut [i64]) {
    let offsets = offsets(row, stands);
    let mut pools: Vec<Pool> = Vec::with_capacity(row.len());
    for (at, offset) in row.iter().zip(&offsets) {
        let neighbours = &beside[*at];
        let count = i64::try_from(neighbours.len()).unwrap_or(i64::MAX);
        let sum: i64 = neighbours.iter().map(|neighbour| x[*neighbour]).sum();
        let mean = sum.checked_div(count).unwrap_or(x[*at]);
        let passes = !stands[*at].is_box && neighbours.iter().all(|neighbour| !stands[*neighbour].is_box);
        let weight = if passes { STRAIGHT } else { count.max(1) };
        let mut pool = Pool { sum: (mean - offset) * weight, weight, count: 1 };
        while let Some(before) = pools.pop_if(|before| before.mean() > pool.mean()) {
            pool = Pool {
                sum: before.sum + pool.sum,
                weight: before.weight + pool.weight,
                count: before.count + pool.count,
            };
        }
        pools.push(pool);
    }
    let means = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.mean(), pool.count));
    for ((at, offset), mean) in row.iter().zip(&offsets).zip(means) {
        x[*at] = mean + offset;
    }
}
