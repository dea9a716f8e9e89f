//! The draft as Markdown with front matter. What was said is text: every sign that Markdown would read is escaped.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::Moment;
use super::blocks::Block;
use super::terms::Term;
use crate::document::front_matter::Chapter;
use crate::escape::markdown;
use crate::yaml::scalar;

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
        let _ = write!(text, "\n# {}\n", markdown(self.title, false));
        let voices = Voices::of(&self.parts);
        let mut last = None;
        for (title, blocks) in &self.parts {
            if let Some(title) = title {
                let _ = write!(text, "\n## {}\n", markdown(title, false));
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
            let _ = writeln!(
                text,
                "- What is {article}{}? First at {}.",
                markdown(&term.name, false),
                mark(term.at)
            );
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
        let _ = write!(text, "**{}:** ", markdown(name, false));
    }
    let starts_line = !is_marked && speaker.is_none();
    let _ = writeln!(text, "{}", markdown(&block.text, starts_line));
}

/// `[12:34]`, with two digits for minutes as well.
fn mark(at: Moment) -> String {
    let clock = at.to_string();
    if clock.find(':') == Some(1) && clock.len() == 4 { format!("[0{clock}]") } else { format!("[{clock}]") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_two_digits_for_minutes() {
        let marked = |seconds| mark(Moment::from_seconds(seconds));
        assert_eq!([marked(5), marked(754), marked(3723)], ["[00:05]", "[12:34]", "[1:02:03]"]);
    }
}
