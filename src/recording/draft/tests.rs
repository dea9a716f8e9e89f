//! What a draft promises as a whole: no word is invented, no text is lost that says something, nothing panics.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::words::key;
use super::*;
use crate::path::SourcePath;
use crate::recording::{Cue, read};

/// Cues of `texts`, five seconds each.
fn talk(texts: &[String]) -> Transcript {
    let mut text = "WEBVTT\n\n".to_owned();
    for (at, said) in texts.iter().enumerate() {
        let clock = |seconds: usize| {
            format!("{:02}:{:02}:{:02}.000", seconds / 3600, seconds / 60 % 60, seconds % 60)
        };
        let said = said.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = write!(text, "{} --> {}\n{said}\n\n", clock(at * 6), clock(at * 6 + 5));
    }
    read(&SourcePath::new("a.vtt").unwrap(), &text).0
}

fn drafted(transcript: &Transcript) -> String {
    draft(transcript, &Told { title: "T", transcript: "a.vtt", ..Told::default() })
}

/// The blocks of a draft: from its first time to the questions, each with its second.
fn blocks_of(text: &str) -> Vec<(u64, Vec<String>)> {
    let body = text.splitn(3, "---\n").nth(2).unwrap();
    let body = body.split("\n## Questions for the author").next().unwrap();
    let mut blocks: Vec<(u64, Vec<String>)> = Vec::new();
    for line in body.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let line = line
            .split_once(". ")
            .filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()))
            .map_or(line, |(_, rest)| rest);
        let marked = line.strip_prefix('[').and_then(|rest| rest.split_once("] "));
        let (second, rest) = match marked {
            Some((time, rest)) => (Moment::parse(time).unwrap().whole_seconds(), rest),
            None => (blocks.last().map_or(0, |(second, _)| *second), line),
        };
        let words = rest.replace('\\', "");
        blocks.push((second, words.split_whitespace().map(key).filter(|key| !key.is_empty()).collect()));
    }
    blocks
}

fn words_of<'a>(cues: impl Iterator<Item = &'a Cue>) -> Vec<String> {
    cues.flat_map(|cue| cue.text.split_whitespace().map(key)).filter(|key| !key.is_empty()).collect()
}

/// Whether the words of `part` stand in `whole` in that order.
fn is_part(part: &[String], whole: &[String]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|word| rest.any(|other| other == word))
}

fn trace(transcript: &Transcript) -> Result<(), TestCaseError> {
    let text = drafted(transcript);
    let blocks = blocks_of(&text);
    let all: Vec<String> = blocks.iter().flat_map(|(_, words)| words.clone()).collect();
    prop_assert!(is_part(&all, &words_of(transcript.cues.iter())), "{text}");
    for (at, (second, words)) in blocks.iter().enumerate() {
        let until =
            blocks[at + 1..].iter().map(|(next, _)| *next).find(|next| next > second).unwrap_or(u64::MAX);
        let near = transcript
            .cues
            .iter()
            .filter(|cue| cue.end.whole_seconds() >= *second && cue.start.whole_seconds() <= until);
        prop_assert!(is_part(words, &words_of(near)), "{second}: {words:?}\n{text}");
    }
    Ok(())
}

fn said() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "so",
        "um,",
        "you",
        "know",
        "the",
        "the,",
        "queue",
        "is",
        "full.",
        "Then",
        "click",
        "Save,",
        "and",
        "then",
        "we",
        "open",
        "it.",
        "Next,",
        "let's",
        "look",
        "at",
        "Grafana",
        "If",
        "fails,",
        "restart",
        "I",
        "mean,",
        "right?",
        "okay",
        "settings—",
        "go",
        "to",
        "a*b",
        "<i>",
        "[x]",
        "1.",
        "#",
        "What",
        "happens?",
        "Postgres",
        "you",
        "want",
        "type",
        "ls",
        "that",
        "that's",
        "first",
    ]);
    prop::collection::vec(word, 1..14).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_word_was_said_at_its_time(texts in prop::collection::vec(said(), 1..24)) {
        trace(&talk(&texts))?;
    }

    #[test]
    fn no_transcript_panics(texts in prop::collection::vec(any::<String>(), 0..12), chapters in prop::collection::vec(0u64..100, 0..6)) {
        let transcript = talk(&texts);
        let chapters = chapters.into_iter().map(|at| Chapter { at: Moment::from_seconds(at).into(), title: "*x*: {y}".into() });
        let told = Told { title: "a: b", video: Some("x y"), transcript: "a.vtt", chapters: chapters.collect() };
        let _ = draft(&transcript, &told);
    }
}

#[test]
fn words_that_say_something_stay() {
    let texts = [
        "The queue holds readings for ninety days.",
        "After that, the archiver moves them to cold storage.",
        "Nobody has to do anything.",
    ];
    let text = drafted(&talk(&texts.map(str::to_owned)));
    assert!(texts.iter().all(|said| text.contains(said)), "{text}");
}

#[test]
fn other_languages_lose_only_sounds() {
    let texts = ["Das ist, ähm, die Halle, um die es geht.", "Wenn er rot ist, warten wir.", "So ist es."];
    let text = drafted(&talk(&texts.map(str::to_owned)));
    assert!(
        text.contains("Das ist, die Halle, um die es geht. Wenn er rot ist, warten wir. So ist es."),
        "{text}"
    );
}

#[test]
fn other_languages_have_chapters_at_pauses() {
    let sentence = |start: usize, said: &str| {
        format!(
            "00:{:02}:{:02}.000 --> 00:{:02}:{:02}.000\n{said}\n\n",
            start / 60,
            start % 60,
            (start + 5) / 60,
            (start + 5) % 60
        )
    };
    let said = ["Das Tor ist offen.", "Die Palette steht da.", "Der Kreis wird rot.", "Die Halle ist kalt."];
    let mut text = "WEBVTT\n\n".to_owned();
    for at in 0..12 {
        text.push_str(&sentence(at * 5 + if at < 6 { 0 } else { 4 }, said[at % 4]));
    }
    let text = drafted(&read(&SourcePath::new("a.vtt").unwrap(), &text).0);
    assert!(text.contains("chapters:\n  - { at: 0:00, title: Das Tor ist offen }\n  - { at: 0:34, title: Der Kreis wird rot }\n---"), "{text}");
}

#[test]
fn ten_hours_are_drafted_in_linear_time() {
    let texts: Vec<String> = (0..6000)
        .map(|at| format!("Now we open file {at} and, um, then you click Save, you know."))
        .collect();
    let text = drafted(&talk(&texts));
    assert!(text.contains("duration: 9:59:59"), "{}", &text[..200]);
}
