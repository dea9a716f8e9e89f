//! The order in which a folder's documents are read: numbers as numbers, updates by date, guides as their
//! own page lists them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Page, PageId, ResolvedLink};
use crate::config::Kind;
use crate::frozen::Frozen;

/// Sorts `members` (all of one folder of kind `kind`): records by number, updates and recordings from the
/// oldest on, pages as `index` links to them and then by file name.
pub(super) fn sort(members: &mut [PageId], pages: &[Frozen<Page>], kind: Kind, index: Option<PageId>) {
    match kind {
        Kind::Decision | Kind::Spec => members.sort_by(|a, b| by_number(&pages[a.0], &pages[b.0])),
        Kind::Update | Kind::Recording => members.sort_by(|a, b| by_date(&pages[a.0], &pages[b.0])),
        Kind::Page => {
            let listed = index.map(|id| listed_by(&pages[id.0])).unwrap_or_default();
            let place = |id: &PageId| listed.get(id).copied().unwrap_or(usize::MAX);
            members.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| by_name(&pages[a.0], &pages[b.0])));
        }
    }
}

/// The pages that `index` links to, each with the place of its first link.
fn listed_by(index: &Page) -> BTreeMap<PageId, usize> {
    let mut places = BTreeMap::new();
    for (place, link) in index.links.iter().enumerate() {
        if let ResolvedLink::Page { page, .. } = link {
            places.entry(*page).or_insert(place);
        }
    }
    places
}

fn by_number(a: &Page, b: &Page) -> Ordering {
    match (number(a), number(b)) {
        (Some(x), Some(y)) => x.cmp(&y).then_with(|| by_name(a, b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => by_name(a, b),
    }
}

fn number(page: &Page) -> Option<(usize, &str)> {
    page.number.as_deref().map(numeric)
}

/// Digits compared as a number of any length: without leading zeros the longer one is greater.
fn numeric(digits: &str) -> (usize, &str) {
    let digits = digits.trim_start_matches('0');
    (digits.len(), digits)
}

fn by_date(a: &Page, b: &Page) -> Ordering {
    a.date.cmp(&b.date).then_with(|| by_name(a, b))
}

fn by_name(a: &Page, b: &Page) -> Ordering {
    natural(a.document.path.as_str(), b.document.path.as_str())
}

/// Compares texts with runs of digits as numbers, so that `2-x` comes before `10-x`.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(x), Some(y)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let (run_a, rest_a) = digits(left);
            let (run_b, rest_b) = digits(right);
            match numeric(run_a).cmp(&numeric(run_b)) {
                Ordering::Equal => (left, right) = (rest_a, rest_b),
                unequal => return unequal,
            }
        } else if x == y {
            left = &left[x.len_utf8()..];
            right = &right[y.len_utf8()..];
        } else {
            return x.cmp(&y);
        }
    }
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        let mut names = ["eip-1559.md", "eip-20.md", "eip-2.md", "eip-a.md", "eip-02.md"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["eip-02.md", "eip-2.md", "eip-20.md", "eip-1559.md", "eip-a.md"]);
    }

    proptest::proptest! {
        #[test]
        fn natural_is_an_order(a in "[a0-9]{0,6}", b in "[a0-9]{0,6}", c in "[a0-9]{0,6}") {
            proptest::prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            if natural(&a, &b).is_le() && natural(&b, &c).is_le() {
                proptest::prop_assert!(natural(&a, &c).is_le());
            }
            proptest::prop_assert_eq!(natural(&a, &b).is_eq(), a == b);
        }
    }
}
