//! Text cut to the width of a box. No font is at hand, so widths are those of common sans faces, rounded up; boxes clip
//! what is wider all the same.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Nothing of a text beyond so many characters is looked at.
const MOST: usize = 400;
const JOINER: char = '\u{200d}';
const ELLIPSIS: char = '…';

/// `text` in at most `most` lines of `width` pixels at this font `size`, cut with an ellipsis where there is more. Lines
/// break at spaces, inside a word only where it is wider than a line, and never inside what is seen as one character.
pub fn lines(text: &str, width: f32, size: f32, most: usize) -> Vec<String> {
    let room = width / size;
    let clusters = clusters(text);
    let mut lines: Vec<String> = Vec::new();
    let mut start = 0;
    while start < clusters.len() && lines.len() < most {
        let last = lines.len() + 1 == most;
        let end = line_end(&clusters, start, room, last);
        let mut line: String = clusters[start..end].concat().trim_end().to_owned();
        start = end;
        while clusters.get(start).is_some_and(|cluster| cluster.trim().is_empty()) {
            start += 1;
        }
        if last && start < clusters.len() {
            line.push(ELLIPSIS);
        }
        lines.push(line);
    }
    lines
}

/// How wide `text` is at this font `size`.
pub fn width(text: &str, size: f32) -> f32 {
    text.chars().map(advance).sum::<f32>() * size
}

/// Where the line that starts at `start` ends. The last one keeps room for an ellipsis, where there is more than fits.
fn line_end(clusters: &[String], start: usize, room: f32, last: bool) -> usize {
    let (mut used, mut space, mut cut, mut whole) = (0.0, None, start, None);
    for (at, cluster) in clusters.iter().enumerate().skip(start) {
        if cluster.trim().is_empty() {
            space = Some(at);
        }
        let next = used + cluster.chars().map(advance).sum::<f32>();
        if next > room {
            let word = space.filter(|space| *space > start);
            // A word that is cut says less than the one before it, unless that leaves much of the line empty.
            let whole = whole.filter(|whole| 2 * (whole - start) > cut - start);
            return if last { whole.unwrap_or(cut) } else { word.unwrap_or(at) }.max(start + 1);
        }
        if next + advance(ELLIPSIS) <= room {
            (cut, whole) = (at + 1, space);
        }
        used = next;
    }
    clusters.len()
}

/// What is seen as one character each, white space as one space.
fn clusters(text: &str) -> Vec<String> {
    let mut clusters: Vec<String> = Vec::new();
    for c in text.trim().chars().take(MOST) {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c.is_control() {
            continue;
        }
        let open = clusters.last_mut();
        match open {
            Some(open) if open == " " && c == ' ' => {}
            Some(open) if open != " " && (open.ends_with(JOINER) || advance(c) == 0.0) => open.push(c),
            _ => clusters.push(c.to_string()),
        }
    }
    if text.trim().chars().nth(MOST).is_some() {
        clusters.push(ELLIPSIS.to_string());
    }
    clusters
}

/// The width of a character in parts of the font's size.
fn advance(c: char) -> f32 {
    match c {
        ' ' | 'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '’' => 0.29,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '/' | '-' | '"' | '`' | '*' => 0.39,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | ELLIPSIS => 0.95,
        'A'..='Z' => 0.72,
        '!'..='~' => 0.57,
        '\u{1f3fb}'..='\u{1f3ff}' => 0.0,
        // Emoji, and the ligatures that are words.
        '\u{2600}'..='\u{27bf}' | '\u{10000}'.. => 1.38,
        '\u{fdf0}'..='\u{fdfd}' => 3.0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ffef}' => 1.02,
        _ => match c.general_category() {
            GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark | GeneralCategory::Format => 0.0,
            _ => 0.66,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<String> {
        lines(text, 130.0, 13.0, 3)
    }

    #[test]
    fn breaks_at_words_and_cuts_what_is_too_long() {
        assert_eq!(cut("Upload by margin"), ["Upload by margin"]);
        assert_eq!(cut("Partition and archive the readings"), ["Partition and archive", "the readings"]);
        let long = cut(&"word ".repeat(2_000));
        assert_eq!(long.len(), 3);
        assert_eq!(long[2], "word word word…");
        assert_eq!(lines("spare the last fifth of it", 130.0, 13.0, 1), ["spare the last…"]);
        assert_eq!(cut("  \n "), Vec::<String>::new());
    }

    #[test]
    fn a_word_without_end_is_broken_and_no_sign_is_taken_apart() {
        let long = cut(&"x".repeat(10_000));
        assert!(long.len() == 3 && long.iter().all(|line| width(line, 13.0) <= 130.0), "{long:?}");
        let family = "👨‍👩‍👧‍👦";
        let lines = cut(&family.repeat(40));
        assert!(lines.concat().trim_end_matches('…').replace(family, "").is_empty(), "{lines:?}");
        assert_eq!(cut("決定を記録するための形式"), ["決定を記録するため", "の形式"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_box(text in "\\PC{0,90}") {
            let lines = cut(&text);
            prop_assert!(lines.len() <= 3);
            for line in lines {
                let signs = clusters(&line).len();
                prop_assert!(width(&line, 13.0) <= 130.01 || signs <= 2, "{line}");
            }
        }
    }
}
