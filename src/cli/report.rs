//! Diagnostics as people read them in a terminal: place, line, mark, message, hints, and a closing line that counts.
//!
//! File names, titles and excerpts come from documents, and documents are hostile until shown otherwise: control
//! characters, terminal escapes and marks that turn the direction of writing are shown, never sent. Nothing
//! here prints; who calls decides where the text goes.

use std::borrow::Cow;
use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Place, Severity, sort};

/// When a report is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// Where a person reads it: in a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
    #[default]
    #[value(help = "Where a person reads it: in a terminal, unless NO_COLOR is set")]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Whether to colour, given whether the output is a terminal and the value of `NO_COLOR`.
    pub fn wanted(self, is_terminal: bool, no_color: Option<&str>) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => is_terminal && no_color.is_none_or(str::is_empty),
        }
    }
}

/// The report of `diagnostics`, sorted by place, with a closing line; empty where there are none. Ends in a line end.
pub fn render(diagnostics: &[Diagnostic], color: bool) -> String {
    let sorted = in_order(diagnostics);
    let mut out = each(&sorted, color);
    if !sorted.is_empty() {
        let _ = writeln!(out, "{}", summary(&sorted));
    }
    out
}

/// As people read them: by place, each once.
pub fn in_order(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut sorted = diagnostics.to_vec();
    sort(&mut sorted);
    sorted.dedup();
    sorted
}

/// One after the other in the order given, each followed by an empty line.
pub fn each(diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic)]));
        out.push_str("\n\n");
    }
    out
}

/// Such as `3 errors, 2 warnings`: only what there is; empty where there is nothing.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let mut parts = Vec::new();
    for (severity, word) in
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
    {
        match diagnostics.iter().filter(|d| d.severity == severity).count() {
            0 => {}
            1 => parts.push(format!("1 {word}")),
            count => parts.push(format!("{count} {word}s")),
        }
    }
    parts.join(", ")
}

/// `text` on one line that can be shown anywhere: every control character, line end and mark that hides or turns
/// text becomes an escape such as `\n` or `\u{1b}`.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_shown(&mut out, c);
    }
    Cow::Owned(out)
}

fn push_shown(out: &mut String, c: char) {
    if is_dangerous(c) {
        out.extend(c.escape_default());
    } else {
        out.push(c);
    }
}

/// Control characters (Unicode Cc), line and paragraph separators, and the marks of bidirectional and
/// invisible text by which a line can read otherwise than it is (the "Trojan Source" paper).
pub fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{61c}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(shown(&diagnostic.message)).id(diagnostic.code));
    if let Some(place) = &diagnostic.place {
        group = match snippet(place) {
            None => group.element(origin(place)),
            Some((snippet, true)) => group.element(snippet.path(shown(place.path.as_str()))),
            Some((snippet, false)) => group.element(origin(place)).element(snippet),
        };
    }
    group.elements(diagnostic.hints.iter().map(|hint| Level::HELP.message(shown(hint))))
}

fn origin(place: &Place) -> Origin<'_> {
    let origin = Origin::path(shown(place.path.as_str()));
    if place.line == 0 { origin } else { origin.line(place.line).char_column(place.column) }
}

/// The line with its mark, where there is one to show, and whether its columns are those of the file: they are
/// not where the line is cut or where escapes make it longer.
fn snippet(place: &Place) -> Option<(Snippet<'_, annotate_snippets::Annotation<'_>>, bool)> {
    if place.line == 0 || place.excerpt.trim().is_empty() {
        return None;
    }
    let mut text = String::with_capacity(place.excerpt.len());
    let (mut start, mut end) = (None, None);
    for (index, c) in place.excerpt.chars().enumerate() {
        if index == place.mark {
            start = Some(text.len());
        }
        if index == place.mark + place.width {
            end = Some(text.len());
        }
        if c == '\t' { text.push(c) } else { push_shown(&mut text, c) }
    }
    let start = start.unwrap_or(text.len());
    let end = end.unwrap_or(text.len()).max(start);
    let text_before = text[..start].chars().count();
    let snippet = Snippet::source(text).line_start(place.line).fold(false);
    let is_true = text_before == place.column.saturating_sub(1);
    Some((snippet.annotation(AnnotationKind::Primary.span(start..end)), is_true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    fn path(text: &str) -> SourcePath {
        SourcePath::new(text).unwrap()
    }

    const TEXT: &str = "---\ntitle: x\ndesciption: ö y\n---\n";

    fn unknown_key() -> Diagnostic {
        let at = TEXT.find("desciption").unwrap();
        Diagnostic::warning("unknown-key", "`desciption` is no key of a document")
            .at(Place::in_text(&path("specs/queue.md"), TEXT, at..at + 10))
            .suggest("desciption", ["description"])
            .hint("Keys of your own go below `extra`.")
    }

    #[test]
    fn shows_place_line_mark_and_hints_and_counts() {
        let note = Diagnostic::note("git", "no dates").hint("Fetch the whole history.");
        let whole = Diagnostic::error("not-utf-8", "`a.md` is UTF-16").at(Place::file(&path("a.md")));
        let text = render(&[unknown_key(), whole, note], false);
        assert_eq!(
            text,
            "\
note[git]: no dates
 |
 = help: Fetch the whole history.

error[not-utf-8]: `a.md` is UTF-16
--> a.md

warning[unknown-key]: `desciption` is no key of a document
 --> specs/queue.md:3:1
  |
3 | desciption: ö y
  | ^^^^^^^^^^
  |
  = help: Did you mean `description`?
  = help: Keys of your own go below `extra`.

1 error, 1 warning, 1 note
"
        );
    }

    #[test]
    fn the_order_does_not_depend_on_who_found_what_first_and_repeats_are_dropped() {
        let at =
            |name: &str, line| Diagnostic::error("e", "x").at(Place { line, ..Place::file(&path(name)) });
        let (a, b, c) = (at("a.md", 2), at("a.md", 10), at("b.md", 1));
        let one = render(&[c.clone(), a.clone(), b.clone(), a.clone()], false);
        assert_eq!(one, render(&[b, a, c], false));
        assert!(one.ends_with("3 errors\n"), "{one}");
    }

    #[test]
    fn names_the_files_own_column_where_a_line_is_cut() {
        let long = format!("{}here{}", "x".repeat(5000), "y".repeat(5000));
        let cut = Diagnostic::error("long", "cut").at(Place::in_text(&path("long.md"), &long, 5000..5004));
        let text = render(&[cut], false);
        assert!(text.contains(" --> long.md:1:5001\n"), "{text}");
        let line = text.lines().find(|line| line.contains("here")).unwrap();
        let mark = text.lines().find(|line| line.contains('^')).unwrap();
        let column = |text: &str, what: &str| text[..text.find(what).unwrap()].chars().count();
        assert_eq!(column(line, "here"), column(mark, "^^^^"));
    }

    #[test]
    fn nothing_of_a_document_reaches_the_terminal_as_a_command() {
        let evil = "a\u{1b}]0;x\u{7}b\r\n::add-path::/x \u{202e}\u{85}\u{200b}";
        let line: String = evil.chars().filter(|c| *c != '\n').collect();
        let mut place = Place::in_text(&path("z.md"), &line, 1..3);
        place.excerpt.clone_from(&line);
        let diagnostic = Diagnostic::error("e", evil).hint(evil).at(place);
        let text = render(&[diagnostic], false);
        assert!(!text.chars().any(|c| c != '\n' && is_dangerous(c)), "{text:?}");
        assert!(!text.lines().any(|line| line.starts_with("::")), "{text}");
        assert!(text.contains("error[e]: a\\u{1b}]0;x\\u{7}b\\r\\n::add-path::/x"), "{text}");
        assert!(text.contains(" --> z.md:1:2\n"), "{text}");
    }

    #[test]
    fn marks_at_the_ends_of_a_line_stay_in_it() {
        for (text, at) in [("", 0), ("abc", 3), ("\u{1b}", 0), ("ö\u{1b}ö", 3), ("\t\tx", 2)] {
            let text = render(
                &[Diagnostic::error("e", "x").at(Place::in_text(&path("a.md"), text, at..at + 9))],
                false,
            );
            assert!(text.contains("--> a.md:1:"), "{text}");
        }
    }

    #[test]
    fn nothing_found_is_nothing_said() {
        assert_eq!(render(&[], true), "");
        assert!(render(&[unknown_key()], true).contains("\u{1b}["));
    }

    #[test]
    fn colour_is_for_terminals_unless_told_otherwise() {
        assert!(Color::Auto.wanted(true, None));
        assert!(Color::Auto.wanted(true, Some("")));
        assert!(!Color::Auto.wanted(true, Some("1")));
        assert!(!Color::Auto.wanted(false, None));
        assert!(Color::Always.wanted(false, Some("1")) && !Color::Never.wanted(true, None));
    }
}
