//! `threadmark draft`: a transcript turned into a document to edit.

use std::path::{Component, Path, PathBuf};

use super::arguments::{Common, Draft};
use super::session::{Status, absolute, say};
use super::transcript::{self, Loaded};
use super::{print, report};
use crate::diagnostic::{Diagnostic, Place};
use crate::disk::{Failure, single};
use crate::path::SourcePath;
use crate::pipeline;
use crate::recording::{self, Told};

/// Prints or writes the draft that `command` asks for.
pub(super) fn run(common: &Common, command: &Draft) -> Result<Status, Failure> {
    let Loaded { name, transcript, mut found } = transcript::load(&command.transcript)?;
    let (heading, chapters) = match &command.chapters {
        Some(path) => chapters(path, &mut found)?,
        None => (None, Vec::new()),
    };
    common.show(&found);
    if pipeline::stops(&found) {
        return Ok(Status::Content);
    }
    let title = command.title.clone().or(heading).unwrap_or_else(|| title_of(&name));
    let told = Told {
        title: &title,
        video: command.video.as_deref(),
        transcript: &beside(&command.transcript, command.output.as_deref()),
        chapters,
    };
    let text = recording::draft(&transcript, &told);
    let Some(output) = &command.output else { return Ok(print(text.as_bytes())) };
    single::create_file(output, &text)?;
    if !common.quiet {
        say(&format!("Wrote {}\n", report::shown(&output.to_string_lossy())));
    }
    Ok(Status::Clean)
}

/// The chapters in the file `path`, and the line above them that names the recording, if there is one.
fn chapters(
    path: &Path,
    found: &mut Vec<Diagnostic>,
) -> Result<(Option<String>, Vec<crate::document::front_matter::Chapter>), Failure> {
    let here = std::env::current_dir().ok();
    let (name, bytes) = single::read_file(path, here.as_deref())?;
    let (text, replaced) = recording::decode(&name, &bytes);
    found.extend(replaced);
    let chapters = recording::chapters(&text);
    if chapters.is_empty() {
        let message = format!("`{name}` has no chapters");
        let error = Diagnostic::error("no-chapters", message).at(Place::file(&name));
        found.push(error.hint("Write a line for each, with its time first: `0:00 Introduction`."));
    }
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    let is_heading =
        recording::chapters(first).is_empty() && !first.ends_with(':') && first.chars().count() <= 100;
    let heading = first.trim_start_matches(['#', '\u{feff}']).trim();
    Ok(((is_heading && !heading.is_empty()).then(|| heading.to_owned()), chapters))
}

/// The name of a file as a title: without a date at its start, `-` and `_` as spaces.
fn title_of(name: &SourcePath) -> String {
    let stem = name.stem();
    let dated = stem.get(..10).is_some_and(|start| start.parse::<jiff::civil::Date>().is_ok());
    let rest = if dated { stem[10..].trim_start_matches(['-', '_', ' ', '.']) } else { stem };
    let words: Vec<&str> = rest.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
    let title = words.join(" ");
    let mut letters = title.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => stem.to_owned(),
    }
}

/// The transcript as the document names it: seen from the folder that the document goes into, or lying beside it.
fn beside(transcript: &Path, output: Option<&Path>) -> String {
    let alone = transcript.file_name().map_or_else(PathBuf::new, PathBuf::from);
    let seen = output
        .and_then(|output| relative(&absolute(transcript), absolute(output).parent()?))
        .unwrap_or(alone);
    let parts: Vec<_> = seen.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// `path` as seen from `folder`, both absolute; `None` where they have nothing in common, not even a root.
fn relative(path: &Path, folder: &Path) -> Option<PathBuf> {
    let common = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let up = folder.components().skip(common).map(|_| Component::ParentDir);
    Some(up.chain(path.components().skip(common)).collect())
}
