//! A text written as a YAML scalar, the only place where that is done. Knows no key, and not what the text is for.

use std::fmt::Write as _;

/// Words that YAML, of whatever version, takes for something other than text.
const WORDS: [&str; 11] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan"];

/// `text` as a scalar on one line that every reader of YAML takes for that text, in a block and between brackets alike: bare
/// where it can be read in no other way, else in double quotes.
pub fn scalar(text: &str) -> String {
    if is_plain(text) || is_address(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if must_be_escaped(c) => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// What YAML forbids in a text, what breaks a line for some of its versions, and the byte order mark, which our reader refuses
/// anywhere. All have at most four digits.
fn must_be_escaped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Signs that mean nothing between letters, in a block or between brackets.
fn is_ordinary(c: char) -> bool {
    c.is_alphanumeric() || "-_./()'+!?=%".contains(c)
}

fn is_plain(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    // With a space in it, nothing that starts with a digit is a number.
    (text.starts_with(char::is_alphabetic) || (text.starts_with(char::is_numeric) && text.contains(' ')))
        && text.chars().all(|c| is_ordinary(c) || c == ' ')
        // At the end, a hyphen after a space begins an entry to some readers of `[a -, b]`.
        && !text.ends_with([' ', '-'])
        && !WORDS.contains(&word.as_str())
}

/// A web address, in which a colon and `&` mean nothing: nobody writes one in quotes.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.chars().all(|c| is_ordinary(c) || matches!(c, '&' | ':'))
            // Before a sign, a colon can end a key between brackets; a port has digits.
            && rest.split(':').skip(1).all(|port| port.starts_with(|c: char| c.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::scalar;
    use crate::path::SourcePath;
    use crate::yaml::{Limits, Node, Value, parse_all};

    #[test]
    fn is_bare_only_where_it_can_be_read_in_one_way() {
        for text in
            ["Use Postgres", "it's (a) 50/50!", "größer", "7 of 9", "https://x.example:80/a?b=1&c=%202"]
        {
            assert_eq!(scalar(text), text);
        }
        for (text, written) in [
            ("", "\"\""),
            ("yes", "\"yes\""),
            ("Null", "\"Null\""),
            ("12", "\"12\""),
            ("1e5", "\"1e5\""),
            ("RFC 7: x", "\"RFC 7: x\""),
            ("a #b", "\"a #b\""),
            ("a, b", "\"a, b\""),
            ("- a", "\"- a\""),
            ("@ana", "\"@ana\""),
            ("{a}", "\"{a}\""),
            ("https://x.example/a, b", "\"https://x.example/a, b\""),
            ("say \"no\" \\o/", "\"say \\\"no\\\" \\\\o/\""),
            ("\u{feff}x\n\t\u{85}", "\"\\uFEFFx\\n\\t\\u0085\""),
        ] {
            assert_eq!(scalar(text), written);
        }
    }

    /// What our reader takes from a block: the scalars in it, none of which is a key.
    fn read(block: &str) -> Vec<Value> {
        fn walk(node: Node, out: &mut Vec<Value>) {
            match node.value {
                Value::List(items) => items.into_iter().for_each(|item| walk(item, out)),
                Value::Map(entries) => entries.into_iter().for_each(|(_, value)| walk(value, out)),
                value => out.push(value),
            }
        }
        let path = SourcePath::new("a.md").unwrap();
        let (source, node) = parse_all(&path, block, Limits::CONFIG);
        assert!(source.into_diagnostics().is_empty(), "{block:?}");
        let mut out = Vec::new();
        walk(node.unwrap(), &mut out);
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn what_is_written_is_read_by_everybody_wherever_it_stands(
            text in prop_oneof![
                any::<String>(),
                "[ a#*_`~\\[\\]{}()<>|$&:!@\\\\\"'0-9.,=^+?%\n\t-]{0,20}",
                "[a0-9 .+-]{0,6}",
                "https?://[a.:&?/=%# -]{0,8}",
                "(\\.|\\+)?(yes|True|null|~|NaN|inf|Infinity|0x1|0o7|1_0|1e5|12:30|2026-11-22|<<|=|---|\\.\\.\\.)( )?",
                "[a\u{0}\u{1}\u{7f}\u{85}\u{a0}\u{2028}\u{2029}\u{feff}\u{fffd}-\u{ffff}😀\r\n]{1,6}",
            ],
        ) {
            let written = scalar(&text);
            let all = format!("a: {written}\nb:\n  - {written}\n  - {{ c: {written}, d: [{written}, {written}] }}\n");
            let wanted = Value::Text(text.clone());
            prop_assert_eq!(read(&all), vec![wanted; 5], "{}", all);
            // The reader behind ours, asked for whatever stands there.
            let alone: serde_yaml::Value = serde_yaml::from_str(&written).unwrap();
            prop_assert_eq!(alone, serde_yaml::Value::String(text));
        }
    }
}
