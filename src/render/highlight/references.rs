//! Patterns that refer to an earlier match, such as the end of a here-document to its beginning. Compiles nothing.

/// Where the groups of a match lie in its line, the whole match first.
pub(super) type Groups = Vec<Option<(usize, usize)>>;

/// A match that led into a context, with the line that its places are in.
pub(super) type Origin = (Groups, String);

/// Replaces `\1` and the like by the text of that group, taken literally.
pub(super) fn put_in(notation: &str, (groups, line): &Origin) -> String {
    let mut full = String::with_capacity(notation.len());
    let mut escaped = false;
    for c in notation.chars() {
        match (escaped, c.to_digit(10)) {
            (true, Some(group)) => {
                let place = groups.get(group as usize).copied().flatten();
                full.push_str(
                    &place.map(|(from, to)| regex_syntax::escape(&line[from..to])).unwrap_or_default(),
                );
            }
            (true, None) => full.extend(['\\', c]),
            (false, _) if c == '\\' => {}
            (false, _) => full.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    if escaped {
        full.push('\\');
    }
    full
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_the_text_of_their_groups_taken_literally() {
        let origin = (vec![Some((0, 5)), Some((2, 5)), None], "<<A.B".to_owned());
        assert_eq!(put_in(r"^\1\s*\w\2\\1$", &origin), r"^A\.B\s*\w\\1$");
    }
}
