//! `threadmark transcript`: a transcript read and printed in the form that is wanted.

use std::path::Path;

use super::arguments::{Common, Transcript, TranscriptFormat};
use super::print;
use super::session::Status;
use crate::diagnostic::Diagnostic;
use crate::disk::{Failure, single};
use crate::path::SourcePath;
use crate::pipeline;
use crate::recording::{self, Format};

/// Prints the transcript that `command` names; what can't be read of it is said.
pub(super) fn run(common: &Common, command: &Transcript) -> Result<Status, Failure> {
    let Loaded { transcript, found, .. } = load(&command.file)?;
    common.show(&found);
    let format = match command.format {
        TranscriptFormat::Json => Format::Json,
        TranscriptFormat::Vtt => Format::Vtt,
        TranscriptFormat::Srt => Format::Srt,
        TranscriptFormat::Text => Format::Text,
    };
    let printed = print(transcript.write(format).as_bytes());
    Ok(if pipeline::stops(&found) { Status::Content } else { printed })
}

/// A transcript that was read.
pub(super) struct Loaded {
    /// What messages call its file.
    pub name: SourcePath,
    pub transcript: recording::Transcript,
    /// What can't be read of it.
    pub found: Vec<Diagnostic>,
}

/// The transcript in the file `path`.
pub(super) fn load(path: &Path) -> Result<Loaded, Failure> {
    let here = std::env::current_dir().ok();
    let (name, bytes) = single::read_file(path, here.as_deref())?;
    let (text, replaced) = recording::decode(&name, &bytes);
    let (transcript, mut found) = recording::read(&name, &text);
    found.extend(replaced);
    Ok(Loaded { name, transcript, found })
}
