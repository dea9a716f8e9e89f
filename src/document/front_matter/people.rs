//! People as they are named: handles, names, and lines such as
//! `Vitalik Buterin (@vbuterin), Name <mail@example.org>` (EIP-1's form of `author`).

use crate::document::inline;
use crate::yaml::values::{split_items, text};
use crate::yaml::{Fields, Node, Source, Value};

/// A list of people, or one line of them. Addresses of mail are left out: a page is no place for them.
pub(super) fn people<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<Vec<String>> {
    if let Value::List(items) = &node.value {
        return Some(items.iter().filter_map(|item| one(source, item, name)).collect());
    }
    let items = split_items(source, node, name, divide)?;
    Some(items.iter().map(|(text, _)| tidy(text)).filter(|text| !text.is_empty()).collect())
}

/// One person; also a mapping with a `name`, as some generators have it.
pub(super) fn one<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<String> {
    let read = match &node.value {
        Value::Empty => return None,
        Value::Map(entries) if entries.iter().any(|(key, _)| key.value == Value::Text("name".into())) => {
            Fields::of(source, node, name)?.get(&["name"], text)?
        }
        _ => text(source, node, name)?,
    };
    Some(tidy(&read)).filter(|text| !text.is_empty())
}

/// People of a line that was found in a body.
pub(crate) fn of_line(line: &str) -> Vec<String> {
    let parts = divide(line);
    let people = parts.iter().flat_map(|part| together(part)).map(tidy);
    people.filter(|text| !text.is_empty()).collect()
}

/// `Ana Souza and Bo Li`, `[Ana](a) & [Bo](b)`: two people without a comma, as far as that is clear. `Search and
/// Discovery` is one.
fn together(part: &str) -> Vec<&str> {
    let part = part.trim();
    let part = part.strip_prefix("and ").unwrap_or(part);
    for sign in [" and ", " & "] {
        let Some((first, second)) = part.split_once(sign) else { continue };
        let named = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            let name =
                |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
            words.len() == 2 && words.iter().all(name) && !GROUPS.iter().any(|g| text.contains(g))
        };
        let marked = |text: &str| text.contains("](") || text.contains('@');
        if (marked(first) && marked(second)) || (named(first) && named(second)) {
            return [together(first), together(second)].concat();
        }
    }
    vec![part]
}

/// Words that make two words in a row no name of a person.
const GROUPS: [&str; 6] = ["Team", "Group", "Board", "Council", "Committee", "Office"];

/// Divides a line at its commas and semicolons, but not inside parentheses, brackets and angles; handles without
/// anything between them (`@ana @bo`) are two people.
fn divide(line: &str) -> Vec<String> {
    let handles: Vec<&str> = line.split_whitespace().collect();
    if handles.len() > 1 && handles.iter().all(|word| word.starts_with('@') && !word.contains(',')) {
        return handles.into_iter().map(str::to_owned).collect();
    }
    let mut parts = vec![String::new()];
    let mut depth = 0usize;
    for letter in line.chars() {
        match letter {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if matches!(letter, ',' | ';') && depth == 0 {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts
}

/// `Ana Souza <ana@example.org> (@ana)` is `Ana Souza (@ana)`; `@ana` is `ana`.
fn tidy(person: &str) -> String {
    let person = inline::plain(person);
    let (mut name, mut handle, mut mail) = (String::new(), None, None);
    let mut rest = person.as_str();
    while let Some(open) = rest.find(['(', '<']) {
        let close = if rest[open..].starts_with('(') { ')' } else { '>' };
        let Some(length) = rest[open..].find(close) else { break };
        name.push_str(&rest[..open]);
        let inner = rest[open + 1..open + length].trim();
        match inner.strip_prefix('@') {
            Some(found) => handle = Some(found.to_owned()),
            None if inner.contains('@') => mail = Some(inner.to_owned()),
            None => name.push_str(&rest[open..=open + length]),
        }
        rest = &rest[open + length + 1..];
    }
    name.push_str(rest);
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if words.len() > 1 {
        words.retain(|word| !is_mail(word));
    }
    let name = words.join(" ");
    let name = name.strip_prefix('@').unwrap_or(&name);
    match (name, handle, mail) {
        ("", Some(handle), _) => handle,
        ("", None, Some(mail)) => mail,
        (name, Some(handle), _) => format!("{name} (@{handle})"),
        (name, None, _) => name.to_owned(),
    }
}

/// `ana@example.org`, also behind an angle that nobody closed.
fn is_mail(word: &str) -> bool {
    let bare = word.trim_matches(['<', '>']);
    bare.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}

/// Takes `Ana Souza (@ana)` apart: name and handle. A text without a handle in parentheses is both what to look
/// up and what to show, so it comes back as the name.
pub fn name_and_handle(person: &str) -> (&str, Option<&str>) {
    match person.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (@")) {
        Some((name, handle)) => (name, Some(handle)),
        None => (person, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_people_is_divided_and_loses_its_mail() {
        let line = "Vitalik Buterin (@vbuterin), Alex van de Sande <a@b.org>, <c@d.org>, (@lightclient), \
                    [Bo](https://x.org/bo), @chen, D (dee), ";
        let expected = [
            "Vitalik Buterin (@vbuterin)",
            "Alex van de Sande",
            "c@d.org",
            "lightclient",
            "Bo",
            "chen",
            "D (dee)",
        ];
        assert_eq!(of_line(line), expected);
    }

    #[test]
    fn people_may_stand_together_without_commas() {
        for (line, expected) in [
            ("Ana Souza and Bo Li", &["Ana Souza", "Bo Li"][..]),
            ("[Ana](a) and [Bo](b), and [Cy](c)", &["Ana", "Bo", "Cy"]),
            ("@ana @bo  @cy", &["ana", "bo", "cy"]),
            ("Ana Souza; Bo Li", &["Ana Souza", "Bo Li"]),
            ("Search and Discovery", &["Search and Discovery"]),
            ("Platform Team and Storage Team", &["Platform Team and Storage Team"]),
            ("Ana Souza ana@example.org, Bo Li <bo@example.org", &["Ana Souza", "Bo Li"]),
        ] {
            assert_eq!(of_line(line), expected, "{line}");
        }
    }

    #[test]
    fn unclosed_signs_lose_nothing() {
        assert_eq!(of_line("Ana (a, Bo"), ["Ana (a, Bo"]);
        assert_eq!(of_line("Ana <a"), ["Ana <a"]);
        assert_eq!(of_line("() , <>"), ["()", "<>"]);
    }

    #[test]
    fn names_and_handles_come_apart() {
        assert_eq!(name_and_handle("Ana Souza (@ana)"), ("Ana Souza", Some("ana")));
        assert_eq!(name_and_handle("ana"), ("ana", None));
    }
}
