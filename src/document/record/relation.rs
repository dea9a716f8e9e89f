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

/// The words of adr-tools (with its spelling `superceded`), MADR and log4brains.
const WORDS: [(&str, Relation); 8] = [
    ("superseded by", Relation::SupersededBy),
    ("superceded by", Relation::SupersededBy),
    ("replaced by", Relation::SupersededBy),
    ("supersedes", Relation::Supersedes),
    ("supercedes", Relation::Supersedes),
    ("replaces", Relation::Supersedes),
    ("amended by", Relation::AmendedBy),
    ("amends", Relation::Amends),
];

/// The relation that a line starts with, and the records that it names: the targets of its links, else its words.
pub(super) fn read(line: &str) -> Option<(Relation, Vec<String>)> {
    let plain = inline::plain(line);
    let lower = plain.to_lowercase();
    let (word, relation) = WORDS.iter().find(|(word, _)| lower.starts_with(word))?;
    let targets: Vec<String> = inline::links(line).iter().map(|link| link.target.to_owned()).collect();
    if !targets.is_empty() {
        return Some((*relation, targets));
    }
    let named = plain.get(word.len()..).unwrap_or("").trim_start_matches(':').replace(" and ", ",");
    let named = named.split(',').map(|name| name.trim().trim_end_matches('.').to_owned());
    Some((*relation, named.filter(|name| !name.is_empty()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_words_name_records() {
        let of = |line| read(line).unwrap();
        assert_eq!(of("Superceded by [2. T](0002-t.md)"), (Relation::SupersededBy, vec!["0002-t.md".into()]));
        assert_eq!(of("superseded by ADR-0123"), (Relation::SupersededBy, vec!["ADR-0123".into()]));
        assert_eq!(of("Supercedes [a](a.md) and [b](b.md)").1, ["a.md", "b.md"]);
        assert_eq!(of("**Amends:** 3 and 4."), (Relation::Amends, vec!["3".into(), "4".into()]));
        assert_eq!(of("Amended by").1, Vec::<String>::new());
        assert_eq!(read("Accepted"), None);
    }
}
