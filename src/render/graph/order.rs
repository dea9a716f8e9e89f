//! The order of each row: sweeps up and down put each among those that it is connected with, and the best order stays.

use super::rows::Rows;

/// Sweeps in each direction. More change next to nothing.
const SWEEPS: usize = 6;
/// Means are compared in parts of a place.
const PARTS: usize = 1 << 12;

/// Arranges each row so that few arrows cross.
pub(super) fn arrange(rows: &mut Rows) {
    let (above, below) = neighbours(rows);
    let mut places = places(rows);
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    for sweep in 0..2 * SWEEPS {
        let down = sweep % 2 == 0;
        let count = rows.order.len();
        for step in 1..count {
            let row = if down { step } else { count - 1 - step };
            let beside = if down { &above } else { &below };
            sort(&mut rows.order[row], beside, &mut places);
        }
        let crossings = crossings(rows, &places);
        if best.as_ref().is_none_or(|(least, _)| crossings < *least) {
            best = Some((crossings, rows.order.clone()));
        }
        if crossings == 0 {
            break;
        }
    }
    if let Some((_, order)) = best {
        rows.order = order;
    }
}

/// What each is connected with in the row above and in the row below.
pub(super) fn neighbours(rows: &Rows) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut above = vec![Vec::new(); rows.stands.len()];
    let mut below = above.clone();
    for piece in &rows.pieces {
        above[piece.below].push(piece.above);
        below[piece.above].push(piece.below);
    }
    (above, below)
}

fn places(rows: &Rows) -> Vec<usize> {
    let mut places = vec![0; rows.stands.len()];
    for (place, at) in rows.order.iter().flat_map(|row| row.iter().enumerate()) {
        places[*at] = place;
    }
    places
}

/// By the mean place of the neighbours; what has none stays where it is.
fn sort(row: &mut [usize], beside: &[Vec<usize>], places: &mut [usize]) {
    row.sort_by_cached_key(|at| {
        let neighbours = &beside[*at];
        let sum: usize = neighbours.iter().map(|neighbour| places[*neighbour]).sum();
        let mean = (sum * PARTS).checked_div(neighbours.len()).unwrap_or(places[*at] * PARTS);
        (mean, places[*at])
    });
    for (place, at) in row.iter().enumerate() {
        places[*at] = place;
    }
}

/// How many pairs of pieces cross: inversions, counted with a tree of sums.
fn crossings(rows: &Rows, places: &[usize]) -> usize {
    let mut ends: Vec<(usize, usize, usize)> = rows
        .pieces
        .iter()
        .map(|piece| (rows.stands[piece.above].row, places[piece.above], places[piece.below]))
        .collect();
    ends.sort_unstable();
    let most = rows.order.iter().map(Vec::len).max().unwrap_or(0);
    let between = |pieces: &[(usize, usize, usize)]| {
        let mut sums = vec![0; most + 1];
        let mut crossings = 0;
        for (seen, (_, _, place)) in pieces.iter().enumerate() {
            let (mut at, mut before) = (place + 1, 0);
            while at > 0 {
                before += sums[at];
                at &= at - 1;
            }
            crossings += seen - before;
            let mut at = place + 1;
            while at <= most {
                sums[at] += 1;
                at += at & at.wrapping_neg();
            }
        }
        crossings
    };
    ends.chunk_by(|a, b| a.0 == b.0).map(between).sum()
}
