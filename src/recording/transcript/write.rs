//! Transcripts in the forms that other programs read. What is written reads back as the same cues.

use std::fmt::Write as _;

use super::{Cue, Moment, Transcript, blocks};
use crate::escape;

/// The forms that a transcript can be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// The paragraphs, each with its time and its speaker.
    #[default]
    Text,
    /// `{"cues": [{"id", "start", "end", "speaker", "text", "raw"}]}`, times in seconds.
    Json,
    /// `WebVTT`.
    Vtt,
    /// SRT.
    Srt,
}

impl Transcript {
    /// The transcript as `format` has it, with a line end at the end. Identifiers are kept in JSON and `WebVTT`; cues are
    /// numbered in SRT.
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Text => self.text(),
            Format::Json => serde_json::to_string_pretty(self).unwrap_or_default() + "\n",
            Format::Vtt => self.vtt(),
            Format::Srt => self.srt(),
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for paragraph in self.paragraphs() {
            let blank = if text.is_empty() { "" } else { "\n" };
            let _ = write!(text, "{blank}[{}] ", paragraph.start);
            if let Some(speaker) = &paragraph.speaker {
                let _ = write!(text, "{speaker}: ");
            }
            let _ = writeln!(text, "{}", paragraph.text);
        }
        text
    }

    fn vtt(&self) -> String {
        let mut text = "WEBVTT\n".to_owned();
        for cue in &self.cues {
            text.push('\n');
            if !cue.id.is_empty() && !cue.id.contains(['\n', '\r']) && !cue.id.contains("-->") {
                let _ = writeln!(text, "{}", cue.id);
            }
            let _ = writeln!(text, "{} --> {}", clock(cue.start, '.'), clock(cue.end, '.'));
            push_spoken(&mut text, cue, |text, speaker, said| {
                if let Some(speaker) = speaker {
                    text.push_str("<v ");
                    escape::text(text, speaker);
                    text.push('>');
                }
                escape::text(text, said);
                text.push_str(if speaker.is_some() { "</v>\n" } else { "\n" });
            });
        }
        text
    }

    fn srt(&self) -> String {
        let mut text = String::new();
        for (at, cue) in self.cues.iter().enumerate() {
            let blank = if at == 0 { "" } else { "\n" };
            let _ =
                write!(text, "{blank}{}\n{} --> {}\n", at + 1, clock(cue.start, ','), clock(cue.end, ','));
            push_spoken(&mut text, cue, |text, speaker, said| {
                if let Some(speaker) = speaker {
                    let _ = write!(text, "{}: ", blocks::escaped(speaker));
                }
                let _ = writeln!(text, "{}", blocks::escaped(said));
            });
        }
        text
    }
}

fn push_spoken(text: &mut String, cue: &Cue, write: impl Fn(&mut String, Option<&str>, &str)) {
    for (speaker, said) in cue.spoken() {
        write(text, speaker, said);
    }
}

/// `01:02:03.456`, with `point` before the thousandths.
fn clock(moment: Moment, point: char) -> String {
    let (seconds, millis) = (moment.whole_seconds(), moment.millis() % 1000);
    format!("{:02}:{:02}:{:02}{point}{millis:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
