//! Character references (`&amp;`, `&#169;`, `&eacute`), resolved as HTML's tokenizer does outside attributes
//! (<https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state>).
//!
//! The names come from html5ever's table; nothing here knows of cues.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name in the table has 33 characters with its semicolon.
const LONGEST_NAME: usize = 40;

/// What the reference at the start of `text`, just after its `&`, stands for, and how many bytes it takes there. `None`
/// where there is no reference and the `&` is only a sign.
pub(super) fn resolve(text: &str) -> Option<(String, usize)> {
    match text.strip_prefix('#') {
        Some(number) => numeric(number).map(|(c, length)| (c.to_string(), length + 1)),
        None => named(text),
    }
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(rest) => (rest, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    let value = digits[..length]
        .chars()
        .filter_map(|c| c.to_digit(radix))
        .fold(0_u32, |value, digit| value.saturating_mul(radix).saturating_add(digit).min(0x0011_0000));
    let semicolon = usize::from(digits[length..].starts_with(';'));
    Some((character(value), prefix + length + semicolon))
}

/// The character of a number, with the replacements that browsers make.
fn character(value: u32) -> char {
    if (0x80..=0x9f).contains(&value)
        && let Some(Some(replacement)) = C1_REPLACEMENTS.get(value as usize - 0x80)
    {
        return *replacement;
    }
    char::from_u32(value).filter(|c| *c != '\0').unwrap_or('\u{fffd}')
}

/// The longest name that `text` starts with; those that HTML has had from the beginning need no semicolon.
fn named(text: &str) -> Option<(String, usize)> {
    let mut best = None;
    for (at, byte) in text.bytes().enumerate().take(LONGEST_NAME) {
        let end = at + 1;
        if !(byte.is_ascii_alphanumeric() || byte == b';') {
            break;
        }
        // The table holds every beginning of a name too, with nothing that it stands for.
        let Some((first, second)) = NAMED_ENTITIES.get(&text[..end]) else { break };
        if *first != 0 {
            best = Some(([*first, *second], end));
        }
    }
    best.map(|(codes, length)| {
        (codes.into_iter().filter(|code| *code != 0).filter_map(char::from_u32).collect(), length)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str) -> Option<(String, usize)> {
        resolve(text)
    }

    #[test]
    fn names_and_numbers_are_resolved_as_in_html() {
        let some = |text: &str, length| Some((text.to_owned(), length));
        assert_eq!(resolved("amp; x"), some("&", 4));
        assert_eq!(resolved("amp x"), some("&", 3));
        assert_eq!(resolved("notit;"), some("¬", 3));
        assert_eq!(resolved("notin;"), some("∉", 6));
        assert_eq!(resolved("lrm;"), some("\u{200e}", 4));
        assert_eq!(resolved("NotEqualTilde;"), some("≂̸", 14));
        assert_eq!(resolved("#169;"), some("©", 5));
        assert_eq!(resolved("#xA9x"), some("©", 4));
        assert_eq!(resolved("#x80;"), some("€", 5));
        assert_eq!(resolved("#0;"), some("\u{fffd}", 3));
        assert_eq!(resolved("#xD800;"), some("\u{fffd}", 7));
        assert_eq!(resolved("#99999999999999999999;"), some("\u{fffd}", 22));
    }

    #[test]
    fn a_sign_that_starts_no_reference_stays_one() {
        for text in ["", " ", "&", "<", "#", "#;", "#x;", "#xg", "1;", ";", "AmP;", "lrm", "é;"] {
            assert_eq!(resolved(text), None, "{text}");
        }
    }
}
