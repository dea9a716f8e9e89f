//! What a line of status says about other records: `Superceded by [2. Title](0002-title.md)`.

use crate::document::inline;

/// What one record is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Supersedes,
    SupersededBy,
    Amends,
    AmendedBy,
}

use Relation::{AmendedBy, Amends, SupersededBy, Supersedes};

/// The words of adr-tools (with its spelling `superceded`), MADR, log4brains, KEP, and how people misspell them; a
/// phrase that holds another one stands before it. What is superseded in part still holds.
const WORDS: [(&str, Relation); 27] = [
    ("superseded in part by", AmendedBy),
    ("replaced in part by", AmendedBy),
    ("partially replaced by", AmendedBy),
    ("supersedes in part", Amends),
    ("partially replaces", Amends),
    ("partially superseded by", AmendedBy),
    ("partly superseded by", AmendedBy),
    ("partially supersedes", Amends),
    ("partly supersedes", Amends),
    ("superseded by", SupersededBy),
    ("superceded by", SupersededBy),
    ("superseeded by", SupersededBy),
    ("supersceded by", SupersededBy),
    ("superseded-by", SupersededBy),
    ("superseded with", SupersededBy),
    ("replaced with", SupersededBy),
    ("obsoleted by", SupersededBy),
    ("replaced by", SupersededBy),
    ("replaced-by", SupersededBy),
    ("supersedes", Supersedes),
    ("supercedes", Supersedes),
    ("superseeds", Supersedes),
    ("obsoletes", Supersedes),
    ("replaces", Supersedes),
    ("amended by", AmendedBy),
    ("amended-by", AmendedBy),
    ("amends", Amends),
];

/// What stands where there is no record to name.
const NOTHING: [&str; 14] = [
    "n/a",
    "n.a",
    "n.a.",
    "not applicable",
    "unknown",
    "na",
    "none",
    "nothing",
    "null",
    "tbd",
    "todo",
    "-",
    "—",
    "nil",
];

/// The keys of head lists that name records, with what they mean.
pub(super) const KEYS: [(&str, Relation); 11] = [
    ("supersedes", Supersedes),
    ("supercedes", Supersedes),
    ("replaces", Supersedes),
    ("superseded-by", SupersededBy),
    ("superceded-by", SupersededBy),
    ("superseeded-by", SupersededBy),
    ("replaced-by", SupersededBy),
    ("obsoletes", Supersedes),
    ("obsoleted-by", SupersededBy),
    ("amends", Amends),
    ("amended-by", AmendedBy),
];

/// The longest line that is looked through, in bytes: a longer one is no line of status.
const LONGEST: usize = 2_000;

/// A phrase of [`WORDS`] in a line: where it starts, where it ends.
struct Phrase {
    start: usize,
    end: usize,
    relation: Relation,
}

/// The relations that a line states, and the records that each names: the targets of its links, else its words.
/// Behind other words (`Accepted. Supersedes ADR-3`) only what looks like a record counts.
pub(super) fn read(line: &str) -> Vec<(Relation, Vec<String>)> {
    let bare = line.replace(['*', '`'], "");
    let phrases = phrases(&bare);
    let ends = phrases.iter().skip(1).map(|next| next.start).chain([bare.len()]);
    let stated = phrases.iter().zip(ends).filter_map(|(phrase, end)| {
        let leads = !bare[..phrase.start].contains(char::is_alphanumeric);
        let names = named(&bare, phrase, end);
        let sure = leads
            || (is_own_clause(&bare[..phrase.start])
                && !names.is_empty()
                && names.iter().all(|n| n.contains(|c: char| c.is_ascii_digit())));
        sure.then_some((phrase.relation, names))
    });
    stated.collect()
}

/// Whether what follows `before` says something of the record itself: a sentence or a clause of its own
/// (`Accepted. Supersedes 3`), or a few words in (`Accepted and amends 3`); not the story that prose tells.
fn is_own_clause(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(['.', ',', ';', ':', '(', '-', '>', '/', '|', '\u{2013}', '\u{2014}'])
        || before.split_whitespace().count() <= 3
}

/// The relation that a line starts with.
pub(super) fn leading(line: &str) -> Option<Relation> {
    // Nothing but signs may stand before it. Most lines of prose start otherwise, which is seen without a copy.
    let first = line.find(char::is_alphanumeric)?;
    if !may_start(line.as_bytes()[first]) {
        return None;
    }
    let bare = line[first..].replace(['*', '`'], "");
    let marks = line[..first].bytes().filter(|b| matches!(b, b'*' | b'`')).count();
    if first - marks + bare.len() > LONGEST {
        return None;
    }
    let (words, relation) = phrase_at(&bare)?;
    (!bare[words.len()..].starts_with(char::is_alphanumeric)).then_some(relation)
}

/// Whether a phrase of [`WORDS`] starts with this letter.
const fn may_start(letter: u8) -> bool {
    matches!(letter.to_ascii_lowercase(), b'a' | b'o' | b'p' | b'r' | b's')
}

/// The first of [`WORDS`] that `text` starts with, in any case.
fn phrase_at(text: &str) -> Option<(&'static str, Relation)> {
    let starts = |words: &str| {
        text.as_bytes().get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words.as_bytes()))
    };
    WORDS.iter().find(|(words, _)| starts(words)).copied()
}

/// The phrases of a line, in order, none inside another.
fn phrases(line: &str) -> Vec<Phrase> {
    if line.len() > LONGEST {
        return Vec::new();
    }
    let mut found: Vec<Phrase> = Vec::new();
    let mut before = ' ';
    for (start, letter) in line.char_indices() {
        let fresh = !before.is_alphanumeric() && letter.is_ascii() && may_start(letter as u8);
        before = letter;
        if !fresh || found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let Some((words, relation)) = phrase_at(&line[start..]) else { continue };
        let end = start + words.len();
        let whole = !line[end..].starts_with(char::is_alphanumeric);
        if whole && !denied(&line[..start]) {
            found.push(Phrase { start, end, relation });
        }
    }
    found
}

/// Whether a phrase after `before` says the opposite.
fn denied(before: &str) -> bool {
    let before = before.trim_end().as_bytes();
    before.last_chunk::<3>().is_some_and(|word| word.eq_ignore_ascii_case(b"not"))
}

/// The records that follow a phrase, up to `end`.
fn named(line: &str, phrase: &Phrase, end: usize) -> Vec<String> {
    // `[Superseded by ADR-5](0005-x.md)`: the link starts before the phrase.
    let open = line[..phrase.start].rfind('[').filter(|at| !line[*at..phrase.start].contains(']'));
    match open {
        Some(open) if !inline::links(&line[open..end]).is_empty() => {
            inline::links(&line[open..end]).iter().map(|link| link.target.to_owned()).collect()
        }
        _ => of_value(&line[phrase.end..end]),
    }
}

/// The records that a text without links names, between commas and `and`: `ADR-5, ADR-6's naming (in part)`.
pub(super) fn names(text: &str) -> Vec<String> {
    let plain = inline::plain(text.trim_start_matches(['_', ':', ' ']));
    let bare = without_asides(&plain);
    let plain = if bare.contains(|c: char| c.is_ascii_digit()) { bare } else { plain };
    let plain = plain.replace(" and ", ",");
    let names =
        plain.split([',', ';']).map(|name| name.trim().trim_end_matches(['.', ')', '(']).trim().to_owned());
    let names = names.map(|name| reference(&name).map_or(name.clone(), str::to_owned));
    names.filter(|name| !name.is_empty() && !is_nothing(name)).collect()
}

/// `ADR-6` of `ADR-6's naming` and of `ADR-6. It was not enough`: what names a record by itself, before other words.
fn reference(name: &str) -> Option<&str> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let series = &name[..digits];
    let letters = series.trim_end_matches([' ', '-', '#', '_']);
    let known = (2..=8).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_alphabetic());
    let end = digits + name[digits..].bytes().take_while(u8::is_ascii_digit).count();
    let rest = &name[end..];
    (known && rest.starts_with([' ', '\'', '\u{2019}', '(', '.', '\u{a7}'])).then_some(&name[..end])
}

/// A text without what stands in parentheses.
fn without_asides(text: &str) -> String {
    let mut depth = 0usize;
    let kept = text.chars().filter(|letter| {
        match letter {
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    kept.collect()
}

/// The records that the value of a key names: `[ADR-5](0005-x.md)`, `ADR-5, ADR-6`. Only links that stand together
/// count: `[ADR-5](0005-x.md), since [it](y.md) was slow` names one.
pub(super) fn of_value(value: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = value;
    while let Some(link) = inline::links(rest).into_iter().next() {
        let Some(middle) = rest.find("](") else { break };
        let open = rest[..middle].rfind('[').unwrap_or(0);
        let before = &rest[..open];
        let together = if found.is_empty() { !names_one(before) } else { joins(before) };
        if !together {
            break;
        }
        found.push(link.target.to_owned());
        rest = rest[middle..].split_once(')').map_or("", |(_, after)| after);
    }
    if found.is_empty() { names(value) } else { found }
}

/// Whether a record is named before the first link: then the link is about something else.
fn names_one(before: &str) -> bool {
    names(before)
        .iter()
        .any(|name| name.starts_with(char::is_alphabetic) && name.contains(|c: char| c.is_ascii_digit()))
}

/// Whether two links belong to one list.
fn joins(between: &str) -> bool {
    let bare = without_asides(between);
    let mut words =
        bare.split(|c: char| c.is_whitespace() || ",;/&+*`_".contains(c)).filter(|w| !w.is_empty());
    words.all(|word| ["and", "or"].contains(&word))
}

/// Whether a name says that there is none.
pub(super) fn is_nothing(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    // `(none)`, `(optional)`, `(fill this in)`.
    let aside = name.starts_with('(') && name.ends_with(')');
    name.is_empty() || aside || NOTHING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_words_name_records() {
        let of = |line| read(line).into_iter().next().unwrap();
        assert_eq!(of("Superceded by [2. T](0002-t.md)"), (SupersededBy, vec!["0002-t.md".into()]));
        assert_eq!(of("superseded by ADR-0123"), (SupersededBy, vec!["ADR-0123".into()]));
        assert_eq!(of("_Superseded by_ ADR-0123"), (SupersededBy, vec!["ADR-0123".into()]));
        assert_eq!(of("[Superseded by ADR-5](0005-x.md)"), (SupersededBy, vec!["0005-x.md".into()]));
        assert_eq!(of("Supercedes [a](a.md) and [b](b.md)").1, ["a.md", "b.md"]);
        assert_eq!(of("**Amends:** 3 and 4."), (Amends, vec!["3".into(), "4".into()]));
        assert_eq!(of("Superseded by the new queue"), (SupersededBy, vec!["the new queue".into()]));
        assert_eq!(of("Amended by").1, Vec::<String>::new());
        assert_eq!(of("Replaced by: n/a").1, Vec::<String>::new());
        assert_eq!(read("Accepted"), []);
    }

    #[test]
    fn a_line_may_state_several_after_other_words() {
        assert_eq!(
            read("Accepted. Supersedes [1. X](0001-x.md), amended by ADR-7"),
            [(Supersedes, vec!["0001-x.md".into()]), (AmendedBy, vec!["ADR-7".into()])]
        );
        assert_eq!(read("Accepted, partially superseded by ADR-4"), [(AmendedBy, vec!["ADR-4".into()])]);
        assert_eq!(leading("Accepted, superseded by ADR-4"), None);
        assert_eq!(leading("**Superseded by** ADR-4"), Some(SupersededBy));
    }

    #[test]
    fn prose_is_no_relation() {
        for line in
            ["Accepted since it replaces the cron job", "Not superseded by 4", "irreplaces 4", "Amendsment 4"]
        {
            assert_eq!(read(line), [], "{line}");
        }
    }

    /// What [`leading`] is short for.
    fn first_of_all(line: &str) -> Option<Relation> {
        let bare = line.replace(['*', '`'], "");
        let first = phrases(&bare).into_iter().next()?;
        (!bare[..first.start].contains(char::is_alphanumeric)).then_some(first.relation)
    }

    #[test]
    fn every_phrase_starts_with_a_letter_that_is_looked_for() {
        assert!(WORDS.iter().all(|(words, _)| may_start(words.as_bytes()[0])));
    }

    proptest::proptest! {
        #[test]
        fn the_leading_relation_is_the_first(line in "(superseded by|Amends|not |é|[*`]|x|\\[| |7|Obsoletes){0,6}") {
            proptest::prop_assert_eq!(leading(&line), first_of_all(&line));
            let long = format!("{line}{}", "x ".repeat(LONGEST / 2 - line.len() / 2));
            proptest::prop_assert_eq!(leading(&long), first_of_all(&long));
        }

        #[test]
        fn no_line_panics(line in "(superseded by|amends|\\[|\\]\\(|\\)|é|\\*|_|,| |7|and){0,20}") {
            let _ = (read(&line), leading(&line), of_value(&line));
        }
    }
}
