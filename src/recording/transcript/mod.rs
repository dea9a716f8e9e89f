//! Transcripts: the timed text of a recording, from any of the forms that programs export.
//!
//! 1. [`decode`] makes bytes into text.
//! 2. `form` tells which form it is, by the content and then by the extension.
//! 3. `webvtt` and `blocks` (SRT, SBV) read it cue by cue.
//! 4. `speakers` finds the names that stand before what is said.
//! 5. [`Transcript::write`] gives it in another form.
//!
//! A cue stays what it is in the file: merging and joining is the work of [`super::paragraphs`].

mod blocks;
mod cue_text;
mod decode;
mod findings;
mod form;
mod plain;
mod references;
mod speakers;
mod stamp;
#[cfg(test)]
mod tests;
mod webvtt;
mod write;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Moment;
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use findings::Findings;

pub use decode::decode;
pub use form::Form;
pub use write::Format;

/// What was said in a recording, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Transcript {
    /// The cues.
    pub cues: Vec<Cue>,
}

/// Some words with the time at which they are said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// The identifier as it stands in the file, empty where there is none.
    pub id: String,
    /// When it starts.
    pub start: Moment,
    /// When it ends; as in the file, so it may be before the start.
    pub end: Moment,
    /// Who speaks; in a cue of several, who speaks first.
    pub speaker: Option<String>,
    /// What is said, without tags and without the speaker's name; lines are kept, without white space around them.
    pub text: String,
    /// The payload as it stands in the file.
    pub raw: String,
    /// Who says what, where the cue has more than one speaker, else empty.
    pub turns: Vec<Turn>,
}

/// What one speaker says within a cue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// The name, where one is told.
    pub speaker: Option<String>,
    /// What is said.
    pub text: String,
}

/// As `{"id", "start", "end", "speaker", "text", "raw"}`, times in seconds.
impl Serialize for Cue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cue = serializer.serialize_struct("Cue", 6)?;
        cue.serialize_field("id", &self.id)?;
        cue.serialize_field("start", &self.start.seconds())?;
        cue.serialize_field("end", &self.end.seconds())?;
        cue.serialize_field("speaker", &self.speaker)?;
        cue.serialize_field("text", &self.text)?;
        cue.serialize_field("raw", &self.raw)?;
        cue.end()
    }
}

impl Cue {
    /// A cue that says `turns`.
    fn new(id: String, times: (Moment, Moment), raw: String, turns: Vec<Turn>) -> Self {
        let mut cue = Self { id, start: times.0, end: times.1, raw, ..Self::default() };
        cue.say(turns);
        cue
    }

    /// Gives the cue what it says.
    fn say(&mut self, mut turns: Vec<Turn>) {
        self.speaker = turns.iter().find_map(|turn| turn.speaker.clone());
        self.turns = Vec::new();
        if turns.len() > 1 {
            let texts: Vec<&str> = turns.iter().map(|turn| turn.text.as_str()).collect();
            self.text = texts.join("\n");
            self.turns = turns;
        } else {
            self.text = turns.pop().map(|turn| turn.text).unwrap_or_default();
        }
    }

    /// Who says what, in order; one turn in most cues, none in an empty one.
    pub fn spoken(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let single = (self.turns.is_empty() && !self.text.is_empty())
            .then_some((self.speaker.as_deref(), self.text.as_str()));
        single.into_iter().chain(self.turns.iter().map(|turn| (turn.speaker.as_deref(), turn.text.as_str())))
    }
}

impl Turn {
    /// `turns` without those that say nothing, those of one speaker in a row made one, white space around lines and
    /// control characters taken out.
    fn tidied(turns: Vec<Self>) -> Vec<Self> {
        let mut tidied: Vec<Self> = Vec::with_capacity(turns.len());
        for turn in turns {
            let silent = turn.text.chars().all(char::is_whitespace);
            match tidied.last_mut() {
                Some(last) if silent || last.speaker == turn.speaker => last.text.push_str(&turn.text),
                None if silent => {}
                _ => tidied.push(turn),
            }
        }
        for turn in &mut tidied {
            turn.text = tidy(&turn.text);
        }
        tidied
    }
}

/// `text` without empty lines, white space around lines and what no page may hold.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        if !tidied.is_empty() {
            tidied.push('\n');
        }
        tidied.extend(line.chars().map(|c| {
            if c == '\t' || c == '\r' {
                ' '
            } else if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') {
                '\u{fffd}'
            } else {
                c
            }
        }));
    }
    tidied
}

/// Reads the transcript `text` of the file `path`, in whatever form it is. A cue that can't be read is left out, with a
/// finding. The only error is `not-a-transcript`: there is no form in which the text could be read.
pub fn read(path: &SourcePath, text: &str) -> (Transcript, Vec<Diagnostic>) {
    let text = plain::normalised(text);
    let Some(form) = Form::of(path.as_str(), &text) else {
        return (Transcript::default(), vec![findings::not_a_transcript(path, &text)]);
    };
    let mut findings = Findings::new(path, &text);
    let mut cues = match form {
        Form::WebVtt => webvtt::read(&text, &mut findings),
        Form::SubRip | Form::SubViewer => blocks::read(&text, form, &mut findings),
    };
    speakers::name(&mut cues);
    if cues.is_empty() {
        findings.empty();
    }
    (Transcript { cues }, findings.all())
}
