//! `threadmark transcript`: what is printed, what is said, and how it ends.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod site;

use std::fmt::Write as _;

use site::site;
use snapbox::{assert_data_eq, str};

const ZOOM: &str = "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:04.000\r\nAna Souza: Good morning. This is\r\n\r\n\
                    2\r\n00:00:04.100 --> 00:00:06.000\r\nAna Souza: the queue.\r\n\r\n\
                    3\r\n00:00:06.500 --> 00:00:07.000\r\nBo Chen: Why <postgres> & not Redis?\r\n";

#[test]
fn text_is_paragraphs_with_times_and_speakers() {
    let run = site(&[("zoom.vtt", ZOOM)]).run_in(&[], &["transcript", "zoom.vtt"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_data_eq!(
        run.out,
        str![[r"
[0:01] Ana Souza: Good morning. This is the queue.

[0:06] Bo Chen: Why & not Redis?

"]]
    );
}

#[test]
fn json_has_each_cue_of_the_file() {
    let run = site(&[("a.srt", "7\n00:00:01,500 --> 00:01:02,000\n<i>Hi</i> there\n")])
        .run_in(&[], &["transcript", "a.srt", "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_data_eq!(
        run.out,
        str![[r#"
{
  "cues": [
    {
      "id": "7",
      "start": 1.5,
      "end": 62.0,
      "speaker": null,
      "text": "Hi there",
      "raw": "<i>Hi</i> there"
    }
  ]
}

"#]]
    );
}

#[test]
fn forms_are_converted() {
    let folder = site(&[("a.vtt", "WEBVTT\n\nx\n01:02.500 --> 01:04.000\n<v Ana>R&amp;D &lt;b></v>\n")]);
    let srt = folder.run_in(&[], &["transcript", "a.vtt", "--format", "srt"]).out;
    assert_data_eq!(
        &srt,
        str![[r"
1
00:01:02,500 --> 00:01:04,000
Ana: R&D &lt;b>

"]]
    );
    let vtt = folder.run_in(&[], &["transcript", "a.vtt", "--format", "vtt"]).out;
    assert_data_eq!(
        &vtt,
        str![[r"
WEBVTT

x
00:01:02.500 --> 00:01:04.000
<v Ana>R&amp;D &lt;b&gt;</v>

"]]
    );
}

#[test]
fn bad_cues_are_said_and_the_rest_is_printed() {
    let text = "WEBVTT\n\n1\n00:01,000 --> 00:02,000\nlost\n\n2\n00:03.000 --> 00:04.000\nkept\n";
    let run = site(&[("a.vtt", text)]).run_in(&[], &["transcript", "a.vtt"]);
    assert_eq!((run.status, run.out.as_str()), (0, "[0:03] kept\n"));
    assert_data_eq!(
        run.err,
        str![[r"
warning[unreadable-cue]: the times of this cue can't be read; it is left out
 --> a.vtt:4:1
  |
4 | 00:01,000 --> 00:02,000
  | ^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: WebVTT has a full stop before the thousandths: `00:01.000`.

1 warning

"]]
    );
}

#[test]
fn what_is_no_transcript_is_an_error() {
    let folder = site(&[
        ("a.vtt", "00:01.000 --> 00:02.000\nno signature\n"),
        ("notes.md", "# Notes\n"),
        ("empty.srt", ""),
    ]);
    for name in ["a.vtt", "notes.md", "empty.srt"] {
        let run = folder.run_in(&[], &["transcript", name, "--format", "json"]);
        assert_eq!((run.status, run.out.as_str()), (1, "{\n  \"cues\": []\n}\n"), "{name}");
        assert!(run.err.contains("error[not-a-transcript]"), "{}", run.err);
    }
    let missing = folder.run_in(&[], &["transcript", "nowhere.vtt"]);
    assert_eq!((missing.status, missing.out.as_str()), (3, ""));
    assert!(missing.err.contains("nowhere.vtt"), "{}", missing.err);
    assert_eq!(folder.run_in(&[], &["transcript", "a.vtt", "--format", "doc"]).status, 2);
}

#[test]
fn other_encodings_are_read_or_said() {
    let folder = site(&[]);
    let wide: Vec<u8> = "\u{feff}WEBVTT\n\n00:01.000 --> 00:02.000\ndépôt\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    std::fs::write(folder.root().join("wide.vtt"), wide).unwrap();
    let run = folder.run_in(&[], &["transcript", "wide.vtt"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "[0:01] dépôt\n", ""));
    std::fs::write(folder.root().join("latin.srt"), b"1\n00:00:01,000 --> 00:00:02,000\nd\xe9p\xf4t\n")
        .unwrap();
    let run = folder.run_in(&[], &["transcript", "latin.srt"]);
    assert_eq!((run.status, run.out.as_str()), (0, "[0:01] d\u{fffd}p\u{fffd}t\n"));
    assert!(run.err.contains("warning[not-utf-8]") && run.err.contains("latin.srt:3:2"), "{}", run.err);
}

/// `YouTube`'s automatic captions: each line rolls up while the next is spoken, with a cue of 10 ms between.
#[test]
fn rolling_captions_double_no_word() {
    let words: Vec<String> = (0..30_000).map(|n| format!("word{n}")).collect();
    let mut text = "WEBVTT\nKind: captions\nLanguage: en\n\n".to_owned();
    let (mut at, mut before) = (0, " ".to_owned());
    let clock = |millis: usize| {
        format!(
            "{:02}:{:02}:{:02}.{:03}",
            millis / 3_600_000,
            millis / 60_000 % 60,
            millis / 1000 % 60,
            millis % 1000
        )
    };
    for line in words.chunks(3) {
        let (start, end, next) = (clock(at), clock(at + 1990), clock(at + 2000));
        let [first, second, third] = line else { continue };
        let place = "align:start position:0%";
        let timed = format!("{first}<{start}><c> {second}</c><{start}><c> {third}</c>");
        before = before.trim_end_matches('\n').to_owned();
        let _ = write!(text, "{start} --> {end} {place}\n{before}\n{timed}\n\n");
        before = line.join(" ");
        let _ = write!(text, "{end} --> {next} {place}\n{before}\n \n\n");
        at += 2000;
    }
    let run = site(&[("auto.vtt", &text)]).run_in(&[], &["transcript", "auto.vtt"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let said: Vec<&str> = run.out.split_whitespace().filter(|word| word.starts_with("word")).collect();
    assert_eq!(said, words);
    assert!(run.out.starts_with("[0:00] word0 word1"), "{}", &run.out[..100]);
}

#[test]
fn nothing_of_a_file_is_a_command_to_the_terminal_and_places_name_it() {
    let folder = site(&[(
        "evil.vtt",
        "WEBVTT\n\n\u{1b}]0;x\u{7} --> x\nlost\n\n00:01.000 --> 00:02.000\na\u{1b}[31mb&#27;c\n",
    )]);
    let run = folder.run_in(&[], &["transcript", "evil.vtt"]);
    assert_eq!((run.status, run.out.as_str()), (0, "[0:01] a\u{fffd}[31mb\u{fffd}c\n"));
    assert!(!run.err.contains('\u{1b}') && run.err.contains("evil.vtt:3:"), "{}", run.err);
}
