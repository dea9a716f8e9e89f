//! A transcript as people read it: paragraphs by speaker, each with its moment.
//!
//! A paragraph ends where somebody else speaks, where a sentence ends before a pause or after enough text, and, in captions
//! without punctuation, at a pause. Time and order decide, nothing else, so the same transcript always gives the same
//! paragraphs; the work is linear in the cues.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::pieces::{Piece, pieces};
use super::{Moment, Transcript, sentences};

/// Something that one person says without a pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// When it starts; never before the paragraph above it.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
    /// Who speaks.
    pub speaker: Option<String>,
    /// What is said, on one line.
    pub text: String,
    /// Its id on a page, such as `t-12m34s`; the second of two within one second has `-1` after it, as headings have.
    pub anchor: String,
}

/// A pause that ends a paragraph where a sentence ends, and one that ends it in any case, in milliseconds.
const PAUSE: u64 = 2000;
const LONG_PAUSE: u64 = 5000;

/// A breath, in milliseconds: where a paragraph of some length may end.
const BREATH: u64 = 400;

/// A paragraph of so many bytes ends with its sentence before a breath, then with its sentence, one without punctuation
/// at a breath, and any of them at once.
const SOME: usize = 240;
const ENOUGH: usize = 420;
const MUCH: usize = 600;
const MOST: usize = 900;

impl Transcript {
    /// The transcript as paragraphs, in the order of time.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        self.paragraphs_cut(&[])
    }

    /// The same where a paragraph also ends at each of `cuts`, which are in the order of time: chapters begin there.
    pub fn paragraphs_cut(&self, cuts: &[Moment]) -> Vec<Paragraph> {
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        let mut complete = false;
        let mut cuts = cuts.iter().peekable();
        for piece in pieces(&self.cues) {
            let cut = std::iter::from_fn(|| cuts.next_if(|cut| **cut <= piece.start)).count() > 0;
            match paragraphs.last_mut().filter(|last| !cut && !parts(last, &piece, complete)) {
                Some(last) => {
                    sentences::join(&mut last.text, &piece.text);
                    last.end = last.end.max(piece.end);
                }
                None => paragraphs.push(Paragraph {
                    start: piece.start,
                    end: piece.end,
                    speaker: piece.speaker.map(str::to_owned),
                    text: piece.text,
                    anchor: String::new(),
                }),
            }
            complete = piece.is_end;
        }
        let mut taken: HashMap<u64, usize> = HashMap::new();
        for paragraph in &mut paragraphs {
            let count = taken.entry(paragraph.start.whole_seconds()).or_default();
            paragraph.anchor = paragraph.start.anchor();
            if *count > 0 {
                let _ = write!(paragraph.anchor, "-{count}");
            }
            *count += 1;
        }
        paragraphs
    }
}

/// Whether `piece` starts another paragraph after `last`, which ends with a whole sentence or doesn't.
fn parts(last: &Paragraph, piece: &Piece<'_>, complete: bool) -> bool {
    let (pause, length) = (piece.start.since(last.end), last.text.len());
    last.speaker.as_deref() != piece.speaker
        || pause >= LONG_PAUSE
        || (complete && (pause >= PAUSE || length >= ENOUGH))
        || (complete && pause >= BREATH && length >= SOME)
        || (pause >= BREATH && length >= MUCH)
        || length >= MOST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    #[test]
    fn a_chapter_begins_a_paragraph() {
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000\nWe look at\n\n00:02.000 --> 00:03.000\nthe truck.\n\n00:03.000 --> 00:04.000\nThen at the scanner.\n";
        let (transcript, _) = super::super::read(&SourcePath::new("a.vtt").unwrap(), text);
        let said = |cuts: &[u64]| -> Vec<(String, String)> {
            let cuts: Vec<Moment> = cuts.iter().map(|millis| Moment::from_millis(*millis)).collect();
            transcript.paragraphs_cut(&cuts).into_iter().map(|p| (p.anchor, p.text)).collect()
        };
        let part = |anchor: &str, text: &str| (anchor.to_owned(), text.to_owned());
        let whole = "We look at the truck. Then at the scanner.";
        assert_eq!(said(&[]), [part("t-0m01s", whole)]);
        assert_eq!(said(&[0, 500, 9000]), [part("t-0m01s", whole)]);
        assert_eq!(
            said(&[2500, 2900]),
            [part("t-0m01s", "We look at the truck."), part("t-0m03s", "Then at the scanner.")]
        );
    }
}
