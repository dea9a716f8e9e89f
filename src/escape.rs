//! Text written into markup: every text of a document, of the configuration or of a program passes through here on its way
//! into HTML, SVG, `MathML`, XML, `WebVTT` and Markdown. What each place needs escaped differs, what stands for a sign doesn't.

use std::convert::Infallible;
use std::io;

/// Appends `text` for the content of an element: `&`, `<` and `>` escaped.
pub fn text(out: &mut String, text: &str) {
    append(out, text, |b| matches!(b, b'&' | b'<' | b'>' | b'\0'));
}

/// Appends `text` for an attribute in double quotes.
pub fn attribute(out: &mut String, text: &str) {
    append(out, text, |b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'' | b'\0'));
}

/// Appends `text` for the content of an element and for an attribute in double quotes alike. Control characters, which no XML
/// may hold, are left out.
pub fn xml(out: &mut String, text: &str) {
    let may_stay = |c: char| matches!(c, '\n' | '\t') || !c.is_control();
    let special = |b| matches!(b, b'&' | b'<' | b'>' | b'"');
    if text.chars().all(may_stay) {
        append(out, text, special);
    } else {
        append(out, &text.chars().filter(|c| may_stay(*c)).collect::<String>(), special);
    }
}

/// Writes what a template shows, as the engine would itself, which writes byte by byte.
///
/// # Errors
/// Those of `out`.
pub fn template(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    pieces(text, |b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\''), |piece| out.write_all(piece.as_bytes()))
}

/// `text` as Markdown that shows that text on one line. `starts_line` says that nothing stands before it on its line, where
/// a list, a rule or the underline of a heading could begin.
pub fn markdown(text: &str, starts_line: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let marker = if starts_line { begins_a_block(text) } else { None };
    let mut before = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map_or(' ', |(_, next)| *next);
        let means = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '{' | '}' => true,
            // Within a word it never begins emphasis, and names of code are full of it.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next == '#' || next.is_ascii_alphabetic(),
            // It ends a heading or begins one only after a space.
            '#' => !before.is_alphanumeric(),
            _ => marker == Some(at),
        };
        if means {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
        before = c;
    }
    out
}

/// Where the sign is that makes `text` begin a list, a rule or a heading's underline.
fn begins_a_block(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let signs = if digits > 0 { ".)" } else { "-+=" };
    text[digits..].starts_with(|c| signs.contains(c)).then_some(digits)
}

/// How many bytes are looked at together. Most hold nothing special, and a fixed number of them is quick to see.
const CHUNK: usize = 32;

fn append(out: &mut String, text: &str, special: impl Fn(u8) -> bool) {
    let Ok(()) = pieces(text, special, |piece| {
        out.push_str(piece);
        Ok::<(), Infallible>(())
    });
}

/// Gives `text` to `put` in pieces as long as possible, with what stands for each `special` byte between them.
fn pieces<E>(
    text: &str,
    special: impl Fn(u8) -> bool,
    mut put: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let mut from = 0;
    for (number, chunk) in text.as_bytes().chunks(CHUNK).enumerate() {
        // No shortcut at the first hit: without one, the compiler looks at all bytes of a chunk at once.
        if !chunk.iter().fold(false, |any, byte| any | special(*byte)) {
            continue;
        }
        for (place, byte) in chunk.iter().enumerate().filter(|(_, byte)| special(**byte)) {
            let at = number * CHUNK + place;
            put(&text[from..at])?;
            put(replacement(*byte))?;
            from = at + 1;
        }
    }
    put(&text[from..])
}

const fn replacement(byte: u8) -> &'static str {
    match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        // Not `&apos;`, which HTML knows only since its fifth version.
        b'\'' => "&#39;",
        // What HTML reads in place of a NUL.
        _ => "\u{fffd}",
    }
}

#[cfg(test)]
mod tests {
    fn written(write: impl Fn(&mut String, &str), text: &str) -> String {
        let mut out = String::from("x");
        write(&mut out, text);
        out.split_off(1)
    }

    #[test]
    fn leaves_no_sign_that_means_something() {
        assert_eq!(written(super::text, "a <b> & \"c\" é\0"), "a &lt;b&gt; &amp; \"c\" é\u{fffd}");
        let quoted = written(super::attribute, "a <b> & \"c\" 'd'");
        assert_eq!(quoted, "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
        assert_eq!(written(super::xml, "<b>\u{1}\n & \"c\" 'd'\0"), "&lt;b&gt;\n &amp; &quot;c&quot; 'd'");
    }

    #[test]
    fn finds_signs_wherever_they_stand_in_a_long_text() {
        for at in 0..3 * super::CHUNK {
            let before = "é".repeat(at);
            assert_eq!(written(super::text, &format!("{before}<>a")), format!("{before}&lt;&gt;a"));
        }
    }

    #[test]
    fn what_markdown_would_bend_is_escaped() {
        for (text, written) in [
            (
                "a*b* <i> [x](y) snake_case _x_ C# #1 R&D &amp;",
                "a\\*b\\* \\<i\\> \\[x\\](y) snake_case \\_x\\_ C# \\#1 R\\&D \\&amp;",
            ),
            ("*a* {#id} C# # a & b\n", "\\*a\\* \\{\\#id\\} C# \\# a & b "),
            ("- a", "- a"),
        ] {
            assert_eq!(super::markdown(text, false), written);
        }
        for (text, written) in [
            ("- a", "\\- a"),
            ("12. a", "12\\. a"),
            ("1) a", "1\\) a"),
            ("=", "\\="),
            ("1.5", "1\\.5"),
            ("a. b", "a. b"),
        ] {
            assert_eq!(super::markdown(text, true), written);
        }
    }

    proptest::proptest! {
        #[test]
        fn templates_escape_as_the_engine_does(text in "[a&<>\"'é\0]{0,80}") {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            super::template(&text, &mut ours)?;
            tera::escape_html(&text, &mut theirs)?;
            proptest::prop_assert_eq!(ours, theirs);
        }
    }
}
