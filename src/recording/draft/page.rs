//! The draft as Markdown with front matter. What was said is text: every sign that Markdown would read is escaped.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::Moment;
use super::blocks::Block;
use super::terms::Term;
use crate::document::front_matter::Chapter;

/// All that stands on the page.
pub(super) struct Page<'a> {
    pub title: &'a str,
    pub video: Option<&'a str>,
    /// The transcript, seen from the document.
    pub transcript: &'a str,
    pub end: Moment,
    pub chapters: &'a [Chapter],
    /// The title of each part, if it has one, and what is said in it.
    pub parts: Vec<(Option<&'a str>, Vec<Block>)>,
    pub terms: Vec<Term>,
}

impl Page<'_> {
    pub fn write(&self) -> String {
        let mut text = self.front_matter();
        let _ = write!(text, "\n# {}\n", escaped(self.title));
        let voices = Voices::of(&self.parts);
        let mut last = None;
        for (title, blocks) in &self.parts {
            if let Some(title) = title {
                let _ = write!(text, "\n## {}\n", escaped(title));
            }
            let mut in_list = false;
            for block in blocks {
                if !(in_list && block.step.is_some()) {
                    text.push('\n');
                }
                in_list = block.step.is_some();
                push_block(&mut text, block, &voices, &mut last);
            }
        }
        self.push_questions(&mut text);
        text
    }

    fn front_matter(&self) -> String {
        let mut text = format!("---\ntitle: {}\nkind: recording\n", scalar(self.title));
        if let Some(video) = self.video {
            let _ = writeln!(text, "video: {}", scalar(video));
        }
        let _ = writeln!(text, "transcript: {}", scalar(self.transcript));
        if self.end > Moment::default() {
            let end = Moment::from_millis(self.end.millis().saturating_add(999));
            let _ = writeln!(text, "duration: {end}");
        }
        if !self.chapters.is_empty() {
            text.push_str("chapters:\n");
            for chapter in self.chapters {
                let _ = writeln!(
                    text,
                    "  - {{ at: {}, title: {} }}",
                    Moment::from(chapter.at),
                    scalar(&chapter.title)
                );
            }
        }
        text + "---\n"
    }

    fn push_questions(&self, text: &mut String) {
        if self.terms.is_empty() {
            return;
        }
        text.push_str("\n## Questions for the author\n\nShown, but not explained:\n\n");
        for term in &self.terms {
            let article = if term.is_name { "" } else { "the " };
            let _ = writeln!(text, "- What is {article}{}? First at {}.", escaped(&term.name), mark(term.at));
        }
    }
}

/// Whose names are shown.
struct Voices<'a> {
    are_many: bool,
    /// Who says most.
    main: Option<&'a str>,
}

impl<'a> Voices<'a> {
    fn of(parts: &'a [(Option<&str>, Vec<Block>)]) -> Self {
        let mut lengths: HashMap<&str, usize> = HashMap::new();
        for block in parts.iter().flat_map(|(_, blocks)| blocks) {
            if let Some(speaker) = &block.speaker {
                *lengths.entry(speaker).or_default() += block.text.len();
            }
        }
        let mut lengths: Vec<(&str, usize)> = lengths.into_iter().collect();
        lengths.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        Self { are_many: lengths.len() > 1, main: lengths.first().map(|(name, _)| *name) }
    }
}

/// One block; its time is left out where the one before has the same.
fn push_block(text: &mut String, block: &Block, voices: &Voices<'_>, last: &mut Option<u64>) {
    if let Some(number) = block.step {
        let _ = write!(text, "{number}. ");
    }
    let second = block.at.whole_seconds();
    let is_marked = *last != Some(second);
    if is_marked {
        let _ = write!(text, "{} ", mark(block.at));
    }
    *last = Some(second);
    let speaker = block
        .speaker
        .as_deref()
        .filter(|name| voices.are_many && (block.step.is_none() || voices.main != Some(name)));
    if let Some(name) = speaker {
        let _ = write!(text, "**{}:** ", escaped(name));
    }
    let said = escaped(&block.text);
    let at_start = !is_marked && speaker.is_none();
    let _ = writeln!(text, "{}", if at_start { escaped_start(&said) } else { said });
}

/// `[12:34]`, with two digits for minutes as well.
fn mark(at: Moment) -> String {
    let clock = at.to_string();
    if clock.find(':') == Some(1) && clock.len() == 4 { format!("[0{clock}]") } else { format!("[{clock}]") }
}

/// `text` on one line, with every sign escaped that means something in Markdown.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let within_word = before.is_alphanumeric() && next.is_alphanumeric();
        let means = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '{' | '}' => true,
            '_' => !within_word,
            '&' => next == '#' || next.is_ascii_alphabetic(),
            '#' => !before.is_alphanumeric(),
            _ => false,
        };
        if means {
            safe.push('\\');
        }
        safe.push(if c.is_control() { ' ' } else { c });
        before = c;
    }
    safe
}

/// `text` so that no list, quote or rule starts with it.
fn escaped_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    if text.starts_with(['-', '+', '=']) { format!("\\{text}") } else { text.to_owned() }
}

/// `text` as a value of YAML, in quotes where it needs them.
fn scalar(text: &str) -> String {
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '.' | '/' | '-' | '_' | '(' | ')' | '\'' | '?' | '=' | '%')
    };
    let is_word =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    let is_plain =
        text.starts_with(char::is_alphabetic) && !text.ends_with(' ') && text.chars().all(plain) && !is_word;
    let is_address = text.starts_with("https://")
        && text[8..].chars().all(|c| plain(c) && c != ' ' || c == '&' || c == ':');
    if is_plain || is_address { text.to_owned() } else { serde_json::to_string(text).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_text() {
        assert_eq!(
            escaped("a*b* <i> [x](y) snake_case _x_ C# #1 R&D &amp;"),
            "a\\*b\\* \\<i\\> \\[x\\](y) snake_case \\_x\\_ C# \\#1 R\\&D \\&amp;"
        );
        assert_eq!(escaped_start("1. x"), "1\\. x");
        assert_eq!(escaped_start("- x"), "\\- x");
    }

    #[test]
    fn values_have_quotes_where_they_need_them() {
        assert_eq!(scalar("Dock walkthrough"), "Dock walkthrough");
        assert_eq!(scalar("https://x.example/a?b=1&c=2"), "https://x.example/a?b=1&c=2");
        for text in ["RFC 7: x", "a, b", "{a}", "@a", "yes", "12", "- a", "a #b", "", "\"a\""] {
            assert_eq!(scalar(text), serde_json::to_string(text).unwrap(), "{text}");
        }
    }

    #[test]
    fn times_have_two_digits_for_minutes() {
        let marked = |seconds| mark(Moment::from_seconds(seconds));
        assert_eq!([marked(5), marked(754), marked(3723)], ["[00:05]", "[12:34]", "[1:02:03]"]);
    }
}
