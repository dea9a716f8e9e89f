//! A recording made into a document to edit, without any service: what was said, without what nobody meant to say.
//!
//! 1. `speech` makes the pieces of a transcript into sentences; 2. `clean` takes fillers and false starts out of each, and
//!    nods and remarks about the recording go whole.
//! 2. `cuts` finds where the talk turns, with the help of `tiles`; `titles` names the chapters.
//! 3. `blocks` makes sentences into steps and paragraphs, `terms` collects what was never explained.
//! 4. `page` writes it as Markdown with front matter.
//!
//! Words are taken out, never put in: each sentence of the draft is a part of what the cues at its time say. Only headings
//! of lists, `What is ...?` and the front matter are the program's.

mod blocks;
mod clean;
mod cuts;
mod english;
mod page;
mod speech;
mod steps;
mod terms;
mod tiles;
mod titles;
mod words;

#[cfg(test)]
mod tests;

use super::{Moment, Transcript};
use crate::document::front_matter::Chapter;
use page::Page;
use speech::{Sentence, Talk};
use titles::Frequencies;
use words::phrase;

/// What the author has told about the recording.
#[derive(Clone, Debug, Default)]
pub struct Told<'a> {
    /// The title of the document.
    pub title: &'a str,
    /// The address of the video, or its file.
    pub video: Option<&'a str>,
    /// The file of the transcript, seen from the document.
    pub transcript: &'a str,
    /// Chapters that are known; without any, the talk is cut where it turns.
    pub chapters: Vec<Chapter>,
}

/// The draft of a document about `transcript`: Markdown with front matter, ready to be built.
pub fn draft(transcript: &Transcript, told: &Told<'_>) -> String {
    let talk = cleaned(Talk::of(&transcript.cues));
    let end = transcript.cues.iter().map(|cue| cue.end.max(cue.start)).max().unwrap_or_default();
    let sentences = &talk.sentences;
    let frequencies = Frequencies::of(sentences);
    let (starts, chapters) = if told.chapters.is_empty() {
        let starts = cuts::cuts(&talk);
        let chapters = found(sentences, &starts, &frequencies, talk.is_english);
        (starts, chapters)
    } else {
        let moments: Vec<Moment> = told.chapters.iter().map(|chapter| chapter.at.into()).collect();
        (cuts::at(sentences, &moments), told.chapters.clone())
    };
    let mut parts = Vec::new();
    let first = starts.first().copied().unwrap_or(sentences.len());
    if chapters.is_empty() || first > 0 {
        let whole = if chapters.is_empty() { sentences.len() } else { first };
        parts.push((None, blocks::blocks(&sentences[..whole], &talk)));
    }
    for (at, chapter) in chapters.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(sentences.len());
        let part = &sentences[starts[at].min(end)..end];
        let told = part.first().is_some_and(|first| titles::is_announcement(&first.words, &chapter.title));
        let part = if told && part.len() > 1 { &part[1..] } else { part };
        parts.push((Some(chapter.title.as_str()), blocks::blocks(part, &talk)));
    }
    let terms = if talk.is_english { terms::unexplained(sentences) } else { Vec::new() };
    let Told { title, video, transcript, .. } = *told;
    Page { title, video, transcript, end, chapters: &chapters, parts, terms }.write()
}

/// The chapters that start at `starts`; a talk of one chapter has none.
fn found(sentences: &[Sentence], starts: &[usize], talk: &Frequencies<'_>, is_english: bool) -> Vec<Chapter> {
    if starts.len() < 2 {
        return Vec::new();
    }
    let chapter = |(at, start): (usize, &usize)| {
        let end = starts.get(at + 1).copied().unwrap_or(sentences.len());
        let part = &sentences[*start..end];
        let moment = Moment::from_seconds(part.first().map_or(0, |sentence| sentence.start.whole_seconds()));
        Chapter { at: moment.into(), title: titles::title(part, talk, is_english) }
    };
    starts.iter().enumerate().map(chapter).collect()
}

/// `talk` without fillers, false starts, and sentences of which nothing is left.
fn cleaned(talk: Talk) -> Talk {
    let Talk { sentences, is_english, guide } = talk;
    let mut kept: Vec<Sentence> = Vec::with_capacity(sentences.len());
    let mut pause = 0;
    for mut sentence in sentences {
        sentence.pause = sentence.pause.max(pause);
        let announced = sentence.words.clone();
        sentence.words = clean::clean(sentence.words, is_english);
        let asked =
            kept.last().is_some_and(|last| last.words.last().is_some_and(|word| word.text.contains('?')));
        if is_idle(&sentence, is_english, asked) {
            // The pause before a nod is one before what follows it.
            pause = sentence.pause;
            continue;
        }
        sentence.announces = cuts::marker(&announced);
        pause = 0;
        kept.push(sentence);
    }
    Talk { sentences: kept, is_english, guide }
}

/// Nothing but nods, or about the recording itself. A word can be the answer to a question.
fn is_idle(sentence: &Sentence, is_english: bool, asked: bool) -> bool {
    let words = &sentence.words;
    if !words.iter().any(|word| !word.key.is_empty()) {
        return true;
    }
    if !is_english {
        return false;
    }
    let nods = words.len() <= 4 && words.iter().all(|word| english::is_in(english::NODS, &word.key));
    let said = phrase(words);
    let about = words.len() <= 14 && english::HOUSEKEEPING.iter().any(|remark| said.contains(remark));
    (nods && !asked) || about || english::is_in(english::IDLE, &said)
}
