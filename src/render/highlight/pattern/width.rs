//! How many characters a part of a pattern can match: what a look-behind goes back by.

use fancy_regex::{Assertion, Expr};

/// Least and greatest width in characters; `None` when it can't be known.
pub(super) fn width(expr: &Expr, depth: usize) -> Option<(usize, usize)> {
    if depth > 50 {
        return None;
    }
    let inner = |e: &Expr| width(e, depth + 1);
    match expr {
        Expr::Any { .. }
        | Expr::Delegate { .. }
        | Expr::Assertion(Assertion::LeftWordBoundary | Assertion::RightWordBoundary) => Some((1, 1)),
        Expr::Empty | Expr::LookAround(..) | Expr::Assertion(_) | Expr::ContinueFromPreviousMatchEnd => {
            Some((0, 0))
        }
        Expr::Literal { val, .. } => Some((val.chars().count(), val.chars().count())),
        Expr::Concat(parts) => parts.iter().try_fold((0usize, 0usize), |(lo, hi), part| {
            inner(part).map(|(a, b)| (lo.saturating_add(a), hi.saturating_add(b)))
        }),
        Expr::Alt(branches) => branches
            .iter()
            .try_fold((usize::MAX, 0), |(lo, hi), branch| inner(branch).map(|(a, b)| (lo.min(a), hi.max(b)))),
        Expr::Group(child) | Expr::AtomicGroup(child) => inner(child),
        Expr::Repeat { child, lo, hi, .. } => {
            inner(child).map(|(a, b)| (a.saturating_mul(*lo), b.saturating_mul(*hi)))
        }
        _ => None,
    }
}
