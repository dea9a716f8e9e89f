//! iCalendar as text (RFC 5545): lines that are folded and values that are escaped. What goes into a calendar is
//! [`super::calendar`]'s work.

use std::fmt::Write as _;

/// The longest line in bytes, without its end (section 3.1).
const LINE: usize = 75;

/// A calendar in the making.
#[derive(Debug, Default)]
pub struct Calendar(String);

impl Calendar {
    /// A line whose value has a form of its own: a date, an address, a word of the format.
    pub fn line(&mut self, name: &str, value: &str) {
        let mut line = String::with_capacity(name.len() + value.len() + 1);
        // What would end the line has no place in such a value.
        let _ = write!(line, "{name}:{}", value.replace(|c: char| c.is_control(), ""));
        self.fold(&line);
    }

    /// A line whose value is text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escape(value)));
    }

    /// The whole.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// Writes a line in parts of at most [`LINE`] bytes, none of which ends inside a character; all but the first begin
    /// with a space.
    fn fold(&mut self, line: &str) {
        let mut rest = line;
        let mut room = LINE;
        while rest.len() > room {
            let end = (0..=room).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(room);
            self.0.push_str(&rest[..end]);
            self.0.push_str("\r\n ");
            rest = &rest[end..];
            room = LINE - 1;
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }
}

/// A value of type TEXT (section 3.3.11). Control characters other than a line's end, which it can't hold, become spaces.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(value: &str) -> String {
        let mut calendar = Calendar::default();
        calendar.text("SUMMARY", value);
        String::from_utf8(calendar.finish()).unwrap()
    }

    /// Reads a line back as section 3.1 and 3.3.11 say.
    fn read(text: &str) -> String {
        let line = text.replace("\r\n ", "");
        let value = line.strip_prefix("SUMMARY:").and_then(|rest| rest.strip_suffix("\r\n")).unwrap();
        let mut out = String::new();
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match (letter, if letter == '\\' { letters.next() } else { None }) {
                ('\\', Some('n')) => out.push('\n'),
                ('\\', Some(escaped)) => out.push(escaped),
                (letter, _) => out.push(letter),
            }
        }
        out
    }

    #[test]
    fn text_is_escaped_and_nothing_ends_a_line() {
        assert_eq!(written("a, b; c\\d\r\ne\u{1b}f"), "SUMMARY:a\\, b\\; c\\\\d\\ne f\r\n");
        let mut calendar = Calendar::default();
        calendar.line("URL", "https://a.example/\r\nATTACH:x");
        assert_eq!(calendar.finish(), b"URL:https://a.example/ATTACH:x\r\n");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let text = written(&"é".repeat(80));
        let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
        assert_eq!(lines.iter().map(|line| line.len()).collect::<Vec<_>>(), [74, 75, 21]);
        assert!(lines[1..].iter().all(|line| line.starts_with(" é")), "{lines:?}");
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(text in "\\PC{0,300}|[\n,;\\\\é😀]{0,200}") {
            let written = written(&text);
            prop_assert!(written.split("\r\n").all(|line| line.len() <= LINE));
            let same = text.replace(['\u{85}', '\u{2028}', '\u{2029}'], "\n");
            prop_assert_eq!(read(&written), same);
        }
    }
}
