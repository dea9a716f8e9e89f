//! Where sentences end, as far as signs tell it, and how pieces of a sentence are put together.
//!
//! Abbreviations are those of English; texts without signs have no ends here.

/// Abbreviations that end in a full stop without ending a sentence.
const ABBREVIATIONS: [&str; 20] = [
    "al", "approx", "ca", "cf", "dr", "e.g", "eg", "etc", "fig", "i.e", "ie", "inc", "jr", "mr", "mrs", "ms",
    "prof", "sr", "st", "vs",
];

const fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟')
}

const fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '」' | '』')
}

/// Whether `c` belongs to a script that has no spaces between words.
pub(super) const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether `text` ends as a sentence does.
pub(super) fn is_complete(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| closes(c) || c.is_whitespace());
    let Some(last) = text.chars().next_back() else { return false };
    is_end(last) && !(last == '.' && is_abbreviation(&text[..text.len() - 1]))
}

/// Whether the word at the end of `text` is one that a full stop follows anyway.
fn is_abbreviation(text: &str) -> bool {
    let word = text.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"')).next().unwrap_or("");
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    initial || ABBREVIATIONS.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// `text` cut after each end of a sentence that something follows. White space around the parts is left out; there is at
/// least one part where there is any text.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_end(c) {
            continue;
        }
        while chars.next_if(|(_, c)| is_end(*c) || closes(*c)).is_some() {}
        let Some((next, following)) = chars.peek().copied() else { break };
        let spaced = following.is_whitespace();
        let goes_on = text[next..].trim_start().chars().next().is_some_and(char::is_lowercase);
        let abbreviated = c == '.' && is_abbreviation(&text[start..at]);
        if (spaced && !goes_on && !abbreviated) || matches!(c, '。' | '！' | '？') {
            parts.push(&text[start..next]);
            start = next;
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Adds `more` to `text`, with a space between where the script has spaces.
pub(super) fn join(text: &mut String, more: &str) {
    let unspaced =
        text.chars().next_back().is_some_and(is_unspaced) && more.chars().next().is_some_and(is_unspaced);
    if !text.is_empty() && !more.is_empty() && !unspaced {
        text.push(' ');
    }
    text.push_str(more);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(split("One. Two! \"Three?\" Four"), ["One.", "Two!", "\"Three?\"", "Four"]);
        assert_eq!(
            split("See e.g. Rust, vs. C. J. Doe. The v1.2 is out"),
            ["See e.g. Rust, vs. C. J. Doe.", "The v1.2 is out"]
        );
        assert_eq!(split("Well... yes. it is"), ["Well... yes. it is"]);
        assert_eq!(split("一つ。二つ"), ["一つ。", "二つ"]);
        assert_eq!(split("  "), [""; 0]);
        assert!(
            is_complete("Done.\"") && is_complete("Done?") && !is_complete("Done, e.g.") && !is_complete("")
        );
    }

    #[test]
    fn words_are_joined_as_their_script_has_it() {
        let joined = |a: &str, b: &str| {
            let mut text = a.to_owned();
            join(&mut text, b);
            text
        };
        assert_eq!(
            [joined("a", "b"), joined("", "b"), joined("一", "二"), joined("一", "b")],
            ["a b", "b", "一二", "一 b"]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a-zA-Z .!?。\"é]{0,60}", any in any::<String>()) {
            for text in [text, any] {
                let kept: String = split(&text).concat().split_whitespace().collect();
                prop_assert_eq!(kept, text.split_whitespace().collect::<String>());
                let _ = is_complete(&text);
            }
        }
    }
}
