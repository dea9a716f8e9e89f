//! Moments of recordings in a document's text: `[12:34]`, and `[demo 12:34]` where it names several recordings.

use std::ops::Range;

use super::front_matter::{FrontMatter, NamedRecording};
use super::slug::{Slugger, slug};
use crate::path::SourcePath;
use crate::time::Moment;

/// The longest name of a recording that is looked for before a time, in bytes.
const LONGEST_NAME: usize = 64;
/// The longest time: `1000:00:00`.
const LONGEST_TIME: usize = 10;

/// A moment that the text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedMoment {
    /// Which of the document's recordings, see [`recordings`].
    pub recording: usize,
    /// When.
    pub at: Moment,
    /// Its anchor, where it stands at the start of a paragraph, list item or heading and is the first there for its
    /// second. `None` in a heading, whose own id it is.
    pub id: Option<String>,
    /// Where it stands in the file's text.
    pub span: Range<usize>,
}

/// The names by which the text of a document may call its recordings: first its own, where it has one, then those
/// of `recordings`.
pub fn recordings(front: &FrontMatter, path: &SourcePath) -> Vec<String> {
    let own = front.recording.video.is_some() || front.recording.transcript.is_some();
    let own = own.then(|| name_of(path.as_str()));
    own.into_iter().chain(front.recordings.iter().map(|named| named.id.clone())).collect()
}

impl NamedRecording {
    /// By the last part of its path or address.
    pub fn id_of(written: &str) -> String {
        name_of(written)
    }
}

fn name_of(written: &str) -> String {
    let bare = written.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let mut parts = bare.rsplit('/');
    let last = parts.next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let index = stem.eq_ignore_ascii_case("index") || stem.eq_ignore_ascii_case("readme");
    let folder = parts.next().filter(|folder| index && !folder.is_empty());
    slug(folder.unwrap_or(stem))
}

/// The recording that `name` calls, and all of `names` that it might: by the whole name, or without the date at its start.
fn called(names: &[String], name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let exact = names.iter().position(|known| *known == name);
    exact.or_else(|| names.iter().position(|known| without_date(known) == name))
}

fn without_date(name: &str) -> &str {
    let dated = name.get(..11).is_some_and(|date| {
        date.bytes()
            .enumerate()
            .all(|(at, b)| if matches!(at, 4 | 7 | 10) { b == b'-' } else { b.is_ascii_digit() })
    });
    if dated { &name[11..] } else { name }
}

/// What stands between brackets around the colon at `colon`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bracketed {
    /// A moment of a recording.
    Moment(usize, Moment),
    /// A time of a recording that the document doesn't name.
    Unknown(String),
}

/// The moment in `text`, at or after `from`, around the colon at `colon`, and where it stands with its brackets.
pub fn find(text: &str, from: usize, colon: usize, names: &[String]) -> Option<(Bracketed, Range<usize>)> {
    let bytes = text.as_bytes();
    let digits =
        bytes[from..colon].iter().rev().take(LONGEST_TIME).take_while(|b| b.is_ascii_digit()).count();
    let time_start = colon - digits;
    let rest = &bytes[colon..];
    let length = rest.iter().take(LONGEST_TIME).position(|b| *b == b']')?;
    let at = Moment::parse(&text[time_start..colon + length]).filter(|_| digits > 0)?;
    let before = &bytes[from..time_start];
    let end = colon + length + 1;
    if before.ends_with(b"[") {
        return Some((Bracketed::Moment(0, at), time_start - 1..end));
    }
    let name = before.strip_suffix(b" ")?;
    let name = name
        .iter()
        .rev()
        .take(LONGEST_NAME)
        .position(|b| matches!(b, b'[' | b']'))
        .map(|at| name.len() - at)?;
    let start = from + name;
    if bytes[start - 1] != b'[' {
        return None;
    }
    let name = text.get(start..time_start - 1)?;
    let fine = !name.is_empty() && !name.contains(char::is_whitespace);
    let found = match called(names, name) {
        Some(recording) => Bracketed::Moment(recording, at),
        None if fine => Bracketed::Unknown(name.to_owned()),
        None => return None,
    };
    Some((found, start - 1..end))
}

/// A moment before ids are given out.
#[derive(Debug)]
pub(super) struct Draft {
    pub recording: usize,
    pub at: Moment,
    /// Whether it stands at the start of a paragraph, list item or heading.
    pub leads: bool,
    /// The heading that it stands at the start of.
    pub heading: Option<usize>,
    pub span: Range<usize>,
}

impl Draft {
    /// The anchor that it would have: those of all recordings but the first begin with the recording's name.
    pub fn anchor(&self, names: &[String]) -> String {
        anchor(names, self.recording, self.at)
    }
}

/// What the anchors of the recording `of` begin with on a page with the recordings `names`: nothing for the first.
pub fn prefix(names: &[String], of: usize) -> String {
    let name = names.get(of).filter(|name| of > 0 && !name.is_empty());
    name.map(|name| format!("{name}-")).unwrap_or_default()
}

/// The anchor of a moment of the recording `of` on a page with the recordings `names`.
pub fn anchor(names: &[String], of: usize, at: Moment) -> String {
    prefix(names, of) + &at.anchor()
}

/// The moment that an anchor of a page with the recordings `names` stands for, and of which of them: `t-12m34s`, `t=760`,
/// `demo-t-12m34s`.
pub fn in_anchor(names: &[String], anchor: &str) -> Option<(usize, Moment)> {
    let of = |(of, name): (usize, &String)| {
        let own = if of == 0 || name.is_empty() { "" } else { name };
        let rest = anchor.strip_prefix(own)?;
        let time = if own.is_empty() { rest } else { rest.strip_prefix('-')? };
        Some((of, time.strip_prefix("t-").or_else(|| time.strip_prefix("t="))?))
    };
    let (of, time) = names.iter().enumerate().find_map(of)?;
    // The second paragraph of a second has `-1` after it.
    let numbered = || time.rsplit_once('-').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()));
    Moment::parse(time).or_else(|| Moment::parse(numbered()?.0)).map(|at| (of, at))
}

/// Gives out the ids of `drafts` in order, each to the first that asks; those of headings are in `headings` then, by place.
pub(super) fn assign(
    drafts: Vec<Draft>,
    names: &[String],
    headings: &mut [Option<String>],
    slugger: &mut Slugger,
) -> Vec<NamedMoment> {
    let moment = |draft: Draft| {
        let id = Some(draft.anchor(names)).filter(|id| draft.leads && !slugger.is_taken(id));
        if let Some(id) = &id {
            slugger.reserve(id);
        }
        let heading = draft.heading.and_then(|at| headings.get_mut(at)).filter(|_| id.is_some());
        let id = match heading {
            Some(heading) => {
                heading.get_or_insert(id.unwrap_or_default());
                None
            }
            None => id,
        };
        NamedMoment { recording: draft.recording, at: draft.at, id, span: draft.span }
    };
    drafts.into_iter().map(moment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recordings_go_by_the_last_part_of_their_name() {
        for (written, id) in [
            ("recordings/demo.md", "demo"),
            ("../recordings/2026-10-21-dock-walkthrough.md#t-0m44s", "2026-10-21-dock-walkthrough"),
            ("recordings/talk/README.md", "talk"),
            ("https://www.loom.com/share/5e0c?sid=1", "5e0c"),
            ("https://vimeo.com/76979871/", "76979871"),
        ] {
            assert_eq!(NamedRecording::id_of(written), id, "{written}");
        }
    }

    #[test]
    fn anchors_say_of_which_recording_they_are() {
        let names = ["own", "demo", ""].map(str::to_owned);
        let found = |anchor: &str| in_anchor(&names, anchor).map(|(of, at)| (of, at.whole_seconds()));
        for (wanted, expected) in [
            ("t-12m34s", Some((0, 754))),
            ("t=760", Some((0, 760))),
            ("t-0m44s-1", Some((0, 44))),
            ("demo-t-1m02s", Some((1, 62))),
            ("own-t-1m02s", None),
            ("chart-t-5m00s", None),
            ("demot-1m02s", None),
            ("t-shirts", None),
            ("", None),
        ] {
            assert_eq!(found(wanted), expected, "{wanted}");
        }
        assert_eq!(in_anchor(&[], "t-12m34s"), None);
        for of in 0..names.len() {
            let at = Moment::from_seconds(754);
            let expected = if of == 2 { 0 } else { of };
            assert_eq!(in_anchor(&names, &anchor(&names, of, at)), Some((expected, at)));
        }
    }

    #[test]
    fn moments_stand_in_brackets() {
        let names = ["first".to_owned(), "2026-10-21-demo".to_owned()];
        let at = |text: &str| {
            let colon = text.find(':').unwrap();
            find(text, 0, colon, &names).map(|(found, range)| (found, text[range].to_owned()))
        };
        let moment = |of, seconds| Bracketed::Moment(of, Moment::from_seconds(seconds));
        for (text, expected) in [
            ("see [12:34].", Some((moment(0, 754), "[12:34]"))),
            ("[1:02:03]", Some((moment(0, 3723), "[1:02:03]"))),
            ("[demo 0:07] x", Some((moment(1, 7), "[demo 0:07]"))),
            ("[2026-10-21-Demo 0:07]", Some((moment(1, 7), "[2026-10-21-Demo 0:07]"))),
            ("[dema 0:07]", Some((Bracketed::Unknown("dema".into()), "[dema 0:07]"))),
            ("at 12:34", None),
            ("[12:60]", None),
            ("[12:34", None),
            ("12:34]", None),
            ("[a:12]", None),
            ("[see at 12:34]", None),
            ("[] 12:34]", None),
        ] {
            assert_eq!(at(text), expected.map(|(found, range)| (found, range.to_owned())), "{text}");
        }
    }
}
