//! A line of text written so that YAML, or Markdown, reads that line and nothing else.

use std::fmt::Write as _;

/// Words that YAML, of whatever version, takes for something other than text.
const WORDS: [&str; 11] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan"];

/// The longest row of digits that is written without quotes.
const DIGITS: usize = 15;

/// `text` as a YAML scalar: bare where it can only be read as that text, else in double quotes.
pub(super) fn yaml(text: &str) -> String {
    if is_plain(text) || is_number_or_date(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // The byte order mark, which the reader of front matter refuses anywhere in a block.
            '\u{feff}' => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_plain(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let fits = |c: char| c.is_alphanumeric() || " -_./()'+!?".contains(c);
    // With a space in it, nothing that starts with a digit is a number.
    (text.starts_with(char::is_alphabetic) || (text.starts_with(char::is_numeric) && text.contains(' ')))
        && text.chars().all(fits)
        && !text.ends_with(' ')
        && !WORDS.contains(&word.as_str())
}

fn is_number_or_date(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let number = !text.is_empty() && text.len() <= DIGITS && digits(text);
    let date = text.len() == 10 && text.split('-').all(digits) && text.parse::<jiff::civil::Date>().is_ok();
    number || date
}

/// `text` as Markdown that shows that text. `first` says that it stands at the beginning of a line.
pub(super) fn markdown(text: &str, first: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let marker = first.then(|| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0));
    for (at, c) in text.char_indices() {
        // A `#` ends a heading or begins one only after a space.
        let acts = "\\`*_{}[]<>|~$&".contains(c) || (c == '#' && (at == 0 || text[..at].ends_with(' ')));
        let begins = match marker {
            Some(0) => at == 0 && "-+".contains(c),
            Some(end) => at == end && ".)".contains(c),
            None => false,
        };
        if acts || begins {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_yaml_would_bend_is_quoted() {
        for (text, written) in [
            ("Use Postgres", "Use Postgres"),
            ("yes", "\"yes\""),
            ("Null", "\"Null\""),
            ("RFC 7: x", "\"RFC 7: x\""),
            ("a #b", "\"a #b\""),
            ("@ana", "\"@ana\""),
            ("say \"no\" \\o/", "\"say \\\"no\\\" \\\\o/\""),
            ("2026-11-22", "2026-11-22"),
            ("0007", "0007"),
            ("1e5", "\"1e5\""),
            ("größer, 大", "\"größer, 大\""),
            ("\u{feff}x", "\"\\uFEFFx\""),
        ] {
            assert_eq!(yaml(text), written);
        }
    }

    #[test]
    fn what_markdown_would_bend_is_escaped() {
        assert_eq!(markdown("*a* {#id} <b> C# #", false), "\\*a\\* \\{#id\\} \\<b\\> C# \\#");
        assert_eq!(markdown("- a", false), "- a");
        assert_eq!(markdown("- a", true), "\\- a");
        assert_eq!(markdown("12. a", true), "12\\. a");
    }
}
