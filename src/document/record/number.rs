//! The number of a record from the name of its file: `0007-x.md`, `adr-007.md`, `eip-7.md`, `0007/README.md`.

use crate::path::SourcePath;

/// The words that stand before a record's number.
const PREFIXES: [&str; 18] = [
    "adr", "madr", "eip", "erc", "rfc", "rfd", "pep", "kep", "se", "sdl", "mep", "fip", "simd", "cip", "bip",
    "sip", "tep", "decision",
];

/// The folders in which nothing but decisions has a number.
const FOLDERS: [&str; 8] = [
    "adr",
    "adrs",
    "decisions",
    "decision-records",
    "decision-log",
    "architecture-decisions",
    "architecture-decision-records",
    "architectural-decisions",
];

/// The digits as written, so that `0007` stays; nothing where they are a date (`20260102-x`, `2026-01-02-x`).
/// A folder's own page has the number of its folder.
pub fn number_of(path: &SourcePath) -> Option<String> {
    number_of_name(&record_name(path)).map(str::to_owned)
}

/// Whether the file's name says that it is a decision: `adr007-x.md`.
pub(super) fn names_a_decision(path: &SourcePath) -> bool {
    let name = record_name(path);
    number_of_name(&name).is_some() && (name.starts_with("adr") || name.starts_with("decision"))
}

/// The number that a title starts with: `7. Use X`, `ADR-0007: Use X`, `RFD 37 Metrics`.
pub(super) fn number_of_title(title: &str) -> Option<&str> {
    let starts = |word: &&&str| title.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let rest = match PREFIXES.iter().find(starts) {
        Some(word) => title[word.len()..].trim_start_matches(['-', ' ', '#']),
        None => title,
    };
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = rest.split_at(count);
    let named = rest.len() < title.len() && (after.is_empty() || after.starts_with([':', ' ', '.', '-']));
    let ends = after.starts_with(". ") || after.starts_with(": ") || named;
    ((1..=7).contains(&count) && ends).then_some(digits)
}

/// Whether a title says that this is a decision: `ADR-0007: Use X`, `Decision 7: Use X`.
pub(super) fn titles_a_decision(title: &str) -> bool {
    let lower = title.to_lowercase();
    ["adr", "madr", "decision"].iter().any(|word| lower.starts_with(word)) && number_of_title(title).is_some()
}

/// Whether the file lies in a folder for decisions, and its name has a number or a date, as records do.
pub(super) fn is_listed(path: &SourcePath) -> bool {
    let dated = record_name(path).bytes().take_while(|b| b.is_ascii_digit() || *b == b'-').count() >= 8;
    let folder = |name: &str| FOLDERS.contains(&name.to_lowercase().as_str());
    (dated || number_of(path).is_some()) && path.parent().split('/').any(folder)
}

/// Whether the file is its folder's own page by its name.
pub fn owns_its_folder(path: &SourcePath) -> bool {
    matches!(path.stem().to_lowercase().as_str(), "readme" | "index")
}

pub(super) fn record_name(path: &SourcePath) -> String {
    if owns_its_folder(path) {
        let parent = path.parent();
        return parent.rsplit_once('/').map_or(parent, |(_, name)| name).to_lowercase();
    }
    path.stem().to_lowercase()
}

/// The number that a record is called by, where that is all or the start of its name (`adr-5`, `0005-x`, `SE-0005`),
/// or the start of its title (`5. Use X`).
pub fn number_in_name(name: &str) -> Option<&str> {
    number_of_name(name).or_else(|| number_of_title(name))
}

fn number_of_name(name: &str) -> Option<&str> {
    let start = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
    let (word, rest) = name.split_at(start);
    if !word.is_empty() && !PREFIXES.iter().any(|known| known.eq_ignore_ascii_case(word)) {
        return None;
    }
    let rest = if word.is_empty() { rest } else { rest.trim_start_matches(['-', '_', ' ', '#']) };
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = rest.split_at(count);
    let ends = after.is_empty() || after.starts_with(['-', '_', ' ', '.']);
    ((1..=7).contains(&count) && ends && !starts_a_date(digits, after)).then_some(digits)
}

/// `2026-01-02...`
fn starts_a_date(digits: &str, after: &str) -> bool {
    let month = after.as_bytes();
    digits.len() == 4
        && month.len() >= 3
        && month[1..3].iter().all(u8::is_ascii_digit)
        && month.get(3).is_none_or(|next| matches!(next, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_numbers() {
        for (path, number) in [
            ("0007-x.md", "0007"),
            ("adr/007.md", "007"),
            ("adr-007-use-x.md", "007"),
            ("adr007-use-x.md", "007"),
            ("ADR-7.md", "7"),
            ("eip-7.md", "7"),
            ("7_x.md", "7"),
            ("rfd/0042/README.md", "0042"),
            ("2000-mint-x.md", "2000"),
        ] {
            assert_eq!(number_of(&SourcePath::new(path).unwrap()).as_deref(), Some(number), "{path}");
        }
    }

    #[test]
    fn titles_with_numbers() {
        for (title, number) in [("7. X", Some("7")), ("ADR-0007: X", Some("0007")), ("ADR 7 — X", Some("7"))]
        {
            assert_eq!(number_of_title(title), number, "{title}");
        }
        for title in ["2026 in review", "7 wonders", "Adriatic", "ADR", "X 7.", "é1", "3.5 to 4"] {
            assert_eq!(number_of_title(title), None, "{title}");
        }
    }

    #[test]
    fn names_without() {
        for path in [
            "20260102-x.md",
            "2026-01-02-x.md",
            "2026-01.md",
            "x-7.md",
            "x.md",
            "7x.md",
            "README.md",
            "adr.md",
            "v1.2.md",
            "é-7.md",
        ] {
            assert_eq!(number_of(&SourcePath::new(path).unwrap()), None, "{path}");
        }
    }
}
