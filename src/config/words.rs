//! Names of folders and files made into words for people, and words made into names.

/// `acme-handbook_2` is `Acme handbook 2`: hyphens and underscores are spaces, the first letter is a capital.
pub fn in_words(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

/// A name fit for an address: lower-case letters of every script and digits, everything else one hyphen.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() || letter == '_' {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        assert_eq!(in_words("acme-handbook_2"), "Acme handbook 2");
        assert_eq!(in_words("élan"), "Élan");
        assert_eq!(in_words("--"), "--");
        assert_eq!(in_words(""), "");
    }

    #[test]
    fn words_become_names() {
        assert_eq!(slug("Queue store?"), "queue-store");
        assert_eq!(slug("  Ünïcode & co_1 "), "ünïcode-co_1");
        assert_eq!(slug("!!"), "");
    }
}
