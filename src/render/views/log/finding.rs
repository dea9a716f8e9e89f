//! What the filters of a log find its rows by and rows don't show, written once for the whole page: names, and which of
//! them each row has.
//!
//! In a row of its own a name costs some three bytes each time after compression, a place in a list of names hardly one.
//! The most frequent names have the shortest places.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

/// Whom and what the rows of a log are found by beside what they show, for the page's script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The names of people as a JSON list.
    pub people: String,
    /// The names of tags as a JSON list.
    pub tags: String,
    /// The rows in the order of the page, `;` between them: places of people, `,`, places of tags, a space between two.
    pub rows: String,
}

/// Names by how many rows have them.
#[derive(Debug, Default)]
struct RankedNames<'a>(Vec<&'a str>, BTreeMap<&'a str, usize>);

impl<'a> RankedNames<'a> {
    fn of(rows: impl Iterator<Item = &'a String>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in rows {
            *counts.entry(name).or_default() += 1;
        }
        let mut names: Vec<&str> = counts.keys().copied().collect();
        names.sort_by_key(|name| (Reverse(counts[name]), *name));
        let places = names.iter().enumerate().map(|(place, name)| (*name, place)).collect();
        Self(names, places)
    }

    fn list(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    fn write(&self, names: &[String], out: &mut String) {
        let mut places: Vec<usize> =
            names.iter().filter_map(|name| self.1.get(name.as_str()).copied()).collect();
        places.sort_unstable();
        let places: Vec<String> = places.iter().map(usize::to_string).collect();
        out.push_str(&places.join(" "));
    }
}

impl Finding {
    /// Of rows with the people and the tags of each.
    pub fn of(rows: &[(Vec<String>, Vec<String>)]) -> Self {
        let people = RankedNames::of(rows.iter().flat_map(|(people, _)| people));
        let tags = RankedNames::of(rows.iter().flat_map(|(_, tags)| tags));
        let mut text = String::new();
        for (at, row) in rows.iter().enumerate() {
            text.push_str(if at == 0 { "" } else { ";" });
            people.write(&row.0, &mut text);
            text.push(',');
            tags.write(&row.1, &mut text);
        }
        Self { people: people.list(), tags: tags.list(), rows: text }
    }
}

#[cfg(test)]
mod tests {
    use super::Finding;

    #[test]
    fn the_most_frequent_names_come_first() {
        let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let rows = [
            (all(&["Bo", "Ana"]), all(&["x\"y"])),
            (all(&["Chen"]), all(&[])),
            (all(&["Chen", "Ana"]), all(&["x\"y", "a"])),
        ];
        let expected = Finding {
            people: r#"["Ana","Chen","Bo"]"#.to_owned(),
            tags: r#"["x\"y","a"]"#.to_owned(),
            rows: "0 2,0;1,;0 1,0 1".to_owned(),
        };
        assert_eq!(Finding::of(&rows), expected);
    }
}
