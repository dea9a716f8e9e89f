//! Which decisions of a family are drawn: all, or of a very large one those nearest to the newest, always connected.

use std::collections::{BTreeMap, VecDeque};

use super::Arrow;

/// How many decisions of one family are drawn. A family of more is a hairball in any layout.
pub const MOST: usize = 80;
/// How many arrows are drawn between them; so many have never been of use to anybody.
const MOST_ARROWS: usize = 4 * MOST;

/// Those to be drawn, in their order, and the arrows between them by their places among these, each once.
pub(super) fn select(count: usize, arrows: &[Arrow]) -> (Vec<usize>, Vec<Arrow>) {
    let kept = kept(count, arrows);
    let places: BTreeMap<usize, usize> =
        kept.iter().enumerate().map(|(place, node)| (*node, place)).collect();
    let within = |arrow: &Arrow| {
        let (old, new) = (*places.get(&arrow.old)?, *places.get(&arrow.new)?);
        Some(Arrow { old, new, line: arrow.line }).filter(|_| old != new)
    };
    let mut arrows: Vec<Arrow> = arrows.iter().filter_map(within).collect();
    arrows.sort_unstable_by_key(|arrow| (arrow.old, arrow.new, arrow.line));
    arrows.dedup();
    arrows.truncate(MOST_ARROWS);
    (kept, arrows)
}

fn kept(count: usize, arrows: &[Arrow]) -> Vec<usize> {
    if count <= MOST {
        return (0..count).collect();
    }
    let mut beside: Vec<Vec<usize>> = vec![Vec::new(); count];
    for arrow in arrows {
        beside[arrow.old].push(arrow.new);
        beside[arrow.new].push(arrow.old);
    }
    let mut seen = vec![false; count];
    let mut kept = Vec::with_capacity(MOST);
    let mut waiting = VecDeque::from([0]);
    seen[0] = true;
    while let Some(node) = waiting.pop_front() {
        kept.push(node);
        if kept.len() == MOST {
            break;
        }
        beside[node].sort_unstable();
        for next in &beside[node] {
            if !std::mem::replace(&mut seen[*next], true) {
                waiting.push_back(*next);
            }
        }
    }
    kept.sort_unstable();
    kept
}
