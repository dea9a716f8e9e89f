//! What a status means, whatever a team calls it: the words of the vocabularies that are in use.
//!
//! Sources: MADR, adr-tools, log4brains, EIP-1, PEP 1, Kubernetes' KEP template, Oxide's RFD 1, Swift Evolution,
//! Rust RFCs. A status that none of them has stays unknown; it is never guessed.

use super::{NormalStatus, Status};
use crate::document::inline;

use NormalStatus::{Accepted, Deferred, Deprecated, Draft, Proposed, Rejected, Superseded, Withdrawn};

/// Phrases that a status may start with. `provisional` is KEP's word for what is not accepted yet; PEP means
/// more by it, but saying less of a decision than is true harms nobody.
const PHRASES: [(&str, NormalStatus); 98] = [
    ("pre draft", Draft),
    ("returned for revisions", Draft),
    ("ready for review", Proposed),
    ("discussing", Proposed),
    ("reviewing", Proposed),
    ("under consideration", Proposed),
    ("awaiting decision", Proposed),
    ("awaiting implementation", Accepted),
    ("ratified", Accepted),
    ("enacted", Accepted),
    ("implementing", Accepted),
    ("partially accepted", Accepted),
    ("partially superseded", Accepted),
    ("partly superseded", Accepted),
    ("superseded in part", Accepted),
    ("discarded", Rejected),
    ("dismissed", Rejected),
    ("no longer relevant", Deprecated),
    ("no longer applicable", Deprecated),
    ("historic", Deprecated),
    ("historical", Deprecated),
    ("archived", Deprecated),
    ("draft", Draft),
    ("wip", Draft),
    ("work in progress", Draft),
    ("in progress", Draft),
    ("predraft", Draft),
    ("prediscussion", Draft),
    ("ideation", Draft),
    ("idea", Draft),
    ("returned for revision", Draft),
    ("proposed", Proposed),
    ("proposal", Proposed),
    ("review", Proposed),
    ("in review", Proposed),
    ("under review", Proposed),
    ("active review", Proposed),
    ("awaiting review", Proposed),
    ("scheduled for review", Proposed),
    ("discussion", Proposed),
    ("in discussion", Proposed),
    ("under discussion", Proposed),
    ("last call", Proposed),
    ("final comment period", Proposed),
    ("request for comments", Proposed),
    ("rfc", Proposed),
    ("provisional", Proposed),
    ("pending", Proposed),
    ("open", Proposed),
    ("accepted", Accepted),
    ("approved", Accepted),
    ("adopted", Accepted),
    ("agreed", Accepted),
    ("decided", Accepted),
    ("active", Accepted),
    ("final", Accepted),
    ("living", Accepted),
    ("implementable", Accepted),
    ("implemented", Accepted),
    ("partially implemented", Accepted),
    ("previewing", Accepted),
    ("publish", Accepted),
    ("published", Accepted),
    ("committed", Accepted),
    ("merged", Accepted),
    ("done", Accepted),
    ("complete", Accepted),
    ("completed", Accepted),
    ("in force", Accepted),
    ("amended", Accepted),
    ("rejected", Rejected),
    ("declined", Rejected),
    ("denied", Rejected),
    ("refused", Rejected),
    ("not accepted", Rejected),
    ("deprecated", Deprecated),
    ("obsolete", Deprecated),
    ("obsoleted", Deprecated),
    ("outdated", Deprecated),
    ("retired", Deprecated),
    ("no longer valid", Deprecated),
    ("superseded", Superseded),
    ("superceded", Superseded),
    ("supersceded", Superseded),
    ("replaced", Superseded),
    ("moved", Superseded),
    ("deferred", Deferred),
    ("postponed", Deferred),
    ("on hold", Deferred),
    ("parked", Deferred),
    ("paused", Deferred),
    ("stagnant", Deferred),
    ("dormant", Deferred),
    ("withdrawn", Withdrawn),
    ("abandoned", Withdrawn),
    ("cancelled", Withdrawn),
    ("canceled", Withdrawn),
    ("dropped", Withdrawn),
];

/// The most words that a phrase has.
const LONGEST: usize = 3;

/// What `raw` means: the longest phrase that it starts with, whatever follows. Markdown, case, signs before it
/// and slips of one or two letters in a long word don't matter.
pub fn normalise(raw: &str) -> Option<NormalStatus> {
    let text = inline::plain(raw).to_lowercase().replace('-', " ");
    // A template's `{proposed | accepted | ...}` says nothing yet.
    if text.contains('|') {
        return None;
    }
    if superseded_since(&text) {
        return Some(Superseded);
    }
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .skip_while(|word| word.is_empty() || *word == "status")
        .take(LONGEST)
        .collect();
    let exact = |phrase: &str| PHRASES.iter().find(|(known, _)| *known == phrase).map(|(_, status)| *status);
    let longest = (1..=words.len()).rev().find_map(|count| exact(&words[..count].join(" ")));
    longest.or_else(|| misspelt(words.first()?))
}

/// `Accepted, superseded by ADR-7`: what replaced it whole counts more than what it was before. `Accepted; the limit is
/// superseded by ADR-7` says so of a part.
fn superseded_since(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(12).collect();
    let bare = |word: &str| word.trim_matches(['(', ',', ';', '.']).to_owned();
    words.windows(2).enumerate().any(|(at, pair)| {
        let whole =
            matches!(bare(pair[0]).as_str(), "superseded" | "superceded" | "replaced") && pair[1] == "by";
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let clause = at <= 1
            || pair[0].starts_with('(')
            || before.ends_with([',', ';', '.', ':', ')', '\u{2013}', '\u{2014}', '/'])
            || ["now", "and", "but", "since", "later"].contains(&before);
        let partly = ["not", "partially", "partly", "never"].contains(&bare(before).as_str());
        whole && clause && !partly
    })
}

/// A slip in a long word, its first letter being right.
fn misspelt(word: &str) -> Option<NormalStatus> {
    let allowed = match word.chars().count() {
        0..=6 => return None,
        7 | 8 => 1,
        _ => 2,
    };
    let near = PHRASES
        .iter()
        .filter(|(known, _)| known.len() > 6 && known.chars().next() == word.chars().next())
        .map(|(known, status)| (strsim::damerau_levenshtein(word, known), *status))
        .filter(|(distance, _)| *distance <= allowed);
    near.min_by_key(|(distance, _)| *distance).map(|(_, status)| status)
}

/// A raw status as a page shows it: links and emphasis reduced to their text.
pub fn clean(raw: &str) -> String {
    inline::plain(raw)
}

impl Status {
    /// A status as written, with what it means.
    pub fn read(raw: &str) -> Self {
        Self { raw: clean(raw), normal: normalise(raw) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabularies_in_use_are_known() {
        for (raws, expected) in [
            ("Draft|draft|ideation|prediscussion|WIP|Work in progress|Returned for revision", Draft),
            (
                "Proposed|Review|Last Call|discussion|provisional|**Active review (March 1 - 9, 2016)**|in-review",
                Proposed,
            ),
            (
                "Accepted|accepted 2020-01-02|Final|Living|Active|implementable|committed|published|approved",
                Accepted,
            ),
            (
                "**Implemented (Swift 2.2)**|Accepted with revisions|[Accepted](x.md)|✅ Accepted|Status: accepted",
                Accepted,
            ),
            ("rejected|Rejected.|*declined*", Rejected),
            ("Deprecated|obsolete|retired", Deprecated),
            (
                "superseded by [ADR-0005](0005-example.md)|Superceded by [2. T](0002-t.md)|Superseded|replaced|Moved",
                Superseded,
            ),
            (
                "Partially superseded by ADR-4|Superseded in part by ADR-4|Awaiting implementation|Ratified",
                Accepted,
            ),
            ("Under consideration|Reviewing|Ready for review", Proposed),
            ("Returned for revisions", Draft),
            ("Deferred|Stagnant|on hold|postponed", Deferred),
            ("Withdrawn|abandoned|cancelled", Withdrawn),
        ] {
            for raw in raws.split('|') {
                assert_eq!(normalise(raw), Some(expected), "{raw}");
            }
        }
    }

    #[test]
    fn slips_of_the_pen_are_read() {
        for (raw, expected) in [
            ("implementeable", Accepted),
            ("Accpeted", Accepted),
            ("provisonal", Proposed),
            ("Depricated", Deprecated),
        ] {
            assert_eq!(normalise(raw), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_no_vocabulary_has_stays_unknown() {
        for raw in [
            "",
            "?",
            "banana",
            "unaccepted",
            "unapproved",
            "{proposed | rejected | accepted}",
            "TBD",
            "opened",
            "finally",
        ] {
            assert_eq!(normalise(raw), None, "{raw}");
        }
        assert_eq!(normalise("Accepted (superseded by ADR-7)"), Some(Superseded));
        assert_eq!(normalise("Accepted, partially superseded by ADR-7"), Some(Accepted));
        assert_eq!(normalise("Accepted; the limit of ten is superseded by ADR-7"), Some(Accepted));
        assert_eq!(normalise("Accepted - Superseded by ADR-7"), Some(Superseded));
        assert_eq!(normalise("not accepted"), Some(Rejected));
        assert_eq!(normalise("final comment period"), Some(Proposed), "the longest phrase wins");
    }

    #[test]
    fn the_raw_status_is_kept_without_markup() {
        let status = Status::read("superseded by [ADR-0005](0005-example.md)");
        assert_eq!(status, Status { raw: "superseded by ADR-0005".into(), normal: Some(Superseded) });
    }

    #[test]
    fn no_phrase_is_longer_than_what_is_compared() {
        assert!(PHRASES.iter().all(|(phrase, _)| phrase.split(' ').count() <= LONGEST));
    }
}
