//! What is said in a recording, in order: rolling captions merged, cues cut where sentences end.
//!
//! Rolling captions show each line again while the next one appears; `YouTube` adds cues of ten milliseconds between them.
//! Only what is new in each cue is taken, so that no word is doubled.

use super::sentences;
use super::{Cue, Moment};

/// A part of a cue: at most one sentence, of one speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub start: Moment,
    pub end: Moment,
    pub speaker: Option<&'a str>,
    /// On one line.
    pub text: String,
    /// Whether a sentence ends here.
    pub is_end: bool,
}

/// The pieces of `cues` in the order of time.
pub(super) fn pieces(cues: &[Cue]) -> Vec<Piece<'_>> {
    let mut ordered: Vec<&Cue> = cues.iter().filter(|cue| !cue.text.is_empty()).collect();
    ordered.sort_by_key(|cue| cue.start);
    let mut pieces = Pieces::default();
    if is_rolling(&ordered) {
        let is_timed = ordered.iter().any(|cue| cue.raw.contains("><c>"));
        let mut shown: Vec<&str> = Vec::new();
        for cue in ordered {
            let lines: Vec<&str> = cue.text.lines().collect();
            let fresh = fresh(&shown, &lines);
            let end = if is_timed { said_until(cue, &fresh) } else { cue.end };
            pieces.push((cue.start, end), cue.speaker.as_deref(), &fresh);
            shown = lines;
        }
    } else {
        for cue in ordered {
            for (speaker, text) in cue.spoken() {
                pieces.push((cue.start, cue.end), speaker, text);
            }
        }
    }
    pieces.all
}

#[derive(Default)]
struct Pieces<'a> {
    all: Vec<Piece<'a>>,
}

impl<'a> Pieces<'a> {
    /// Adds what is said between two moments; each sentence of it gets its share of that time.
    fn push(&mut self, (start, end): (Moment, Moment), speaker: Option<&'a str>, text: &str) {
        let mut line = String::with_capacity(text.len());
        for part in text.lines() {
            let words: Vec<&str> = part.split_whitespace().collect();
            sentences::join(&mut line, &words.join(" "));
        }
        let whole = u128::try_from(line.len().max(1)).unwrap_or(1);
        let length = u128::from(end.since(start));
        let share = |at: usize| {
            let millis = length * u128::try_from(at).unwrap_or(0) / whole;
            Moment::from_millis(start.millis().saturating_add(u64::try_from(millis).unwrap_or(0)))
        };
        for sentence in sentences::split(&line) {
            let at = sentence.as_ptr() as usize - line.as_ptr() as usize;
            let earliest = self.all.last().map_or(Moment::default(), |last| last.start);
            let from = share(at).max(earliest);
            self.all.push(Piece {
                start: from,
                end: share(at + sentence.len()).max(from),
                speaker,
                is_end: sentences::is_complete(sentence),
                text: sentence.to_owned(),
            });
        }
    }
}

/// So many of a hundred cues show a line of the one before in rolling captions; in a dialogue some do by chance.
const ROLLING_PERCENT: usize = 30;

/// Captions that roll follow each other without a pause, give or take this many milliseconds.
const GAP: u64 = 500;

fn is_rolling(cues: &[&Cue]) -> bool {
    let repeats = |pair: &&[&Cue]| {
        let (before, after) = (pair[0], pair[1]);
        let (last, first) = (before.text.lines().next_back(), after.text.lines().next());
        let grows = last.zip(first).is_some_and(|(last, first)| rest_after(last, first).is_some());
        grows && after.turns.is_empty() && after.start.since(before.end) <= GAP
    };
    let repeating = cues.windows(2).filter(repeats).count();
    repeating >= 2 && repeating * 100 >= (cues.len() - 1) * ROLLING_PERCENT
}

/// What follows in `line` the words of `shown`, if it starts with them.
fn rest_after<'a>(shown: &str, line: &'a str) -> Option<&'a str> {
    let rest = line.strip_prefix(shown)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace) || shown.ends_with(sentences::is_unspaced))
        .then(|| rest.trim_start())
}

/// What of `lines` was not shown just before.
fn fresh(shown: &[&str], lines: &[&str]) -> String {
    for known in (1..=shown.len().min(lines.len())).rev() {
        let tail = &shown[shown.len() - known..];
        if tail[..known - 1] == lines[..known - 1]
            && let Some(rest) = rest_after(tail[known - 1], lines[known - 1])
        {
            let mut new = vec![rest];
            new.extend(&lines[known..]);
            return new.join("\n").trim().to_owned();
        }
    }
    lines.join("\n")
}

/// A word takes about this long, in milliseconds.
const WORD: u64 = 600;

/// When the last of the `fresh` words of `cue` is said, where the words of a file have times: a caption often stands longer
/// than that. A single word has none.
fn said_until(cue: &Cue, fresh: &str) -> Moment {
    let last = cue.raw.rmatch_indices('<').find_map(|(at, _)| {
        let time = cue.raw[at + 1..]
            .split('>')
            .next()
            .filter(|time| time.starts_with(|c: char| c.is_ascii_digit()))?;
        Moment::parse(time)
    });
    let end = match last {
        Some(last) => last.millis().saturating_add(WORD),
        None => {
            cue.start.millis().saturating_add(WORD.saturating_mul(fresh.split_whitespace().count() as u64))
        }
    };
    Moment::from_millis(end).min(cue.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(start: u64, end: u64, text: &str) -> Cue {
        Cue {
            start: Moment::from_millis(start),
            end: Moment::from_millis(end),
            text: text.to_owned(),
            raw: text.to_owned(),
            ..Cue::default()
        }
    }

    fn said(cues: &[Cue]) -> Vec<String> {
        pieces(cues).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn rolling_captions_double_no_word() {
        let cues = [
            cue(0, 2000, "hello everyone"),
            cue(2000, 2010, "hello everyone"),
            cue(2010, 4000, "hello everyone\ntoday we look"),
            cue(4000, 4010, "today we look"),
            cue(4010, 6000, "today we look\nat the queue"),
        ];
        assert_eq!(said(&cues), ["hello everyone", "today we look", "at the queue"]);
    }

    #[test]
    fn captions_that_grow_word_by_word_double_none() {
        let cues = [
            cue(0, 500, "so"),
            cue(500, 1000, "so the"),
            cue(1000, 1500, "so the queue"),
            cue(1500, 2000, "so the queue\nis"),
            cue(2000, 2500, "so the queue\nis full"),
        ];
        assert_eq!(said(&cues), ["so", "the", "queue", "is", "full"]);
    }

    #[test]
    fn people_may_say_a_thing_twice() {
        let mut cues: Vec<Cue> =
            (0..20).map(|n| cue(n * 2000, n * 2000 + 1900, &format!("Line {n}."))).collect();
        cues[4].text = "No.".into();
        cues[5].text = "No.".into();
        assert_eq!(said(&cues).iter().filter(|text| *text == "No.").count(), 2);
    }

    #[test]
    fn a_sentence_gets_its_share_of_the_time() {
        let cues = [cue(0, 10_000, "Abcd. Efgh.")];
        let pieces = pieces(&cues);
        assert_eq!((pieces[1].text.as_str(), pieces[1].start.millis()), ("Efgh.", 5454));
        assert!(pieces.iter().all(|piece| piece.is_end));
    }
}
