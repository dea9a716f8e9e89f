//! Names of folders and files made into words for people.

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
}
