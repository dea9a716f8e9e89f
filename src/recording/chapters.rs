//! Chapters as descriptions of videos have them: `0:00 Title`, a line each.

use super::Moment;
use crate::document::front_matter::Chapter;

/// The chapters that `text` has lines for, in the order of their times; lines without a time are passed over. A time may
/// stand in brackets or after a dash of a list, and a dash may follow it. Of two at one second the first counts.
///
/// ```
/// let chapters = threadmark::recording::chapters("What we cover:\n0:00 Intro\n(1:02:03) - The queue\n");
/// assert_eq!(chapters[1].title, "The queue");
/// ```
pub fn chapters(text: &str) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = text.lines().filter_map(chapter).collect();
    chapters.sort_by_key(|chapter| chapter.at);
    chapters.dedup_by_key(|chapter| chapter.at);
    chapters
}

fn chapter(line: &str) -> Option<Chapter> {
    let line = line.trim().trim_start_matches(['-', '*', '•', '\u{feff}']).trim_start();
    let line = line.trim_start_matches(['[', '(']);
    let end = line.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(line.len());
    let (time, rest) = line.split_at(end);
    let at = Moment::parse(time).filter(|_| time.contains(':'))?;
    let title = rest.trim_start_matches([']', ')']).trim();
    let title = title.trim_start_matches(['-', '–', '—', '|', ':']).trim();
    let title: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    (!title.is_empty()).then(|| Chapter { at: at.into(), title })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_of_video_descriptions() {
        let text = "A talk.\n\n0:00 Intro\n 01:15 - Setup\n[2:30] Run: it\n- (1:02:03) The end\n5:00\n12 eggs\nat 3:00 x\n1:99 no\n";
        let found: Vec<(String, String)> =
            chapters(text).into_iter().map(|c| (Moment::from(c.at).to_string(), c.title)).collect();
        let expected = [("0:00", "Intro"), ("1:15", "Setup"), ("2:30", "Run: it"), ("1:02:03", "The end")];
        assert_eq!(found, expected.map(|(at, title)| (at.to_owned(), title.to_owned())));
    }

    #[test]
    fn chapters_come_in_order_and_once_a_second() {
        let titles: Vec<String> = chapters("2:00 b\n1:00 a\n2:00 c\n").into_iter().map(|c| c.title).collect();
        assert_eq!(titles, ["a", "b"]);
    }
}
