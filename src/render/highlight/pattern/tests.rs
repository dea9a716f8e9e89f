//! Patterns match as their notation says, and stop when their steps are used up.

use super::{Matcher, Pattern};

fn groups(notation: &str, text: &str, at: usize) -> Option<Vec<Option<(usize, usize)>>> {
    let pattern = Pattern::new(notation, true).ok()?;
    let mut matcher = Matcher::with_fuel(100_000);
    matcher.match_at(&pattern, text, at, at)?;
    Some(matcher.groups())
}

fn end(notation: &str, text: &str, at: usize) -> Option<usize> {
    groups(notation, text, at)?.first().copied().flatten().map(|(_, end)| end)
}

#[test]
fn matches_as_the_notation_says() {
    let cases: &[(&str, &str, usize, Option<usize>)] = &[
        ("ab|abc", "abc", 0, Some(2)),
        ("(?:ab|abc)$", "abc", 0, Some(3)),
        ("a*ab", "aaab", 0, Some(4)),
        ("a*+ab", "aaab", 0, None),
        ("(?>a|ab)c", "abc", 0, None),
        ("a+?b", "aaab", 0, Some(4)),
        ("(?:a|b){2,3}", "abab", 0, Some(3)),
        ("(?:a|b){2,3}?", "abab", 0, Some(2)),
        (r"\bfoo\b", "a foo!", 2, Some(5)),
        (r"\bfoo\b", "afoo", 1, None),
        ("(?<=ab|c)d", "abd", 2, Some(3)),
        ("(?<!ab)d", "abd", 2, None),
        ("(?i)sELECT", "SeLect", 0, Some(6)),
        ("a(?=b)", "ab", 0, Some(1)),
        ("a(?!b)", "ab", 0, None),
        (r"(['\x22]).*?\1", "'a\"b' c'", 0, Some(5)),
        ("(?:a*)*b", "aab", 0, Some(3)),
        (r"[^\s\d]+", "äö字1", 0, Some(7)),
        (r"\<a\>", "<a>", 0, Some(3)),
        (r"(?<p>\((?:[^()]|\g<p>)*\))", "(a(b)c)", 0, Some(7)),
        (r"\w{2,4}", "aébcd", 0, Some(5)),
        (r"\w{3,}", "aé-", 0, None),
        (r"\w{2,}e", "aéée", 0, Some(6)),
        (r"\w{2,}é", "aéé", 0, Some(5)),
        (r"\w{2,}é", "aé", 0, None),
        ("^x$", "x\n", 0, Some(1)),
        ("^", "x\n", 2, None),
    ];
    for (notation, text, at, expected) in cases {
        assert_eq!(end(notation, text, *at), *expected, "{notation} on {text:?}");
    }
}

#[test]
fn groups_of_a_way_that_was_given_up_are_forgotten() {
    assert_eq!(groups("(?:(a)b|a(c))", "ac", 0), Some(vec![Some((0, 2)), None, Some((1, 2))]));
    assert_eq!(groups("(?=(a))a(b)?", "ac", 0), Some(vec![Some((0, 1)), Some((0, 1)), None]));
}

#[test]
fn exponential_patterns_stop_at_the_same_step_every_time() {
    let pattern = Pattern::new("(?:a|a|aa)+$", false);
    let text = "a".repeat(60) + "b";
    let spent: Vec<bool> = (0..2)
        .filter_map(|_| {
            let mut matcher = Matcher::with_fuel(50_000);
            let found = matcher.match_at(pattern.as_ref().ok()?, &text, 0, 0);
            Some(found.is_none() && matcher.is_spent() && matcher.fuel() == 0)
        })
        .collect();
    assert_eq!(spent, [true, true]);
}
