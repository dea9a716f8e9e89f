//! What `check` says of recordings: what is missing, what is long, what is out of date, and times that no recording has.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use site::{Site, site};

const VTT: &str = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>The truck arrives.\n\n05:59.000 --> 06:40.000\n<v Ana>And leaves.\n";

/// The findings of `check`, each with its place.
fn says(site: &Site) -> Vec<String> {
    let run = site.run(&["check", "--format", "json"]);
    let found: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    found.iter().map(|f| format!("{} {}:{}", text(&f["code"]), text(&f["file"]), f["line"])).collect()
}

#[test]
fn a_video_alone_wants_a_transcript_and_a_long_one_chapters() {
    let files = |front: &str| {
        says(&site(&[
            ("recordings/a.md", &format!("---\ndate: 2026-11-01\n{front}---\n# A\n")),
            ("recordings/a.vtt", VTT),
        ]))
    };
    assert_eq!(files("video: https://v.example/1\n"), ["recording-without-transcript recordings/a.md:3"]);
    assert_eq!(
        files("video: https://v.example/1\ntranscript: a.vtt\n"),
        ["long-recording recordings/a.md:3"]
    );
    assert_eq!(files("transcript: a.vtt\nduration: 5:00\n"), [""; 0]);
    assert_eq!(files("transcript: a.vtt\nduration: 5:01\n"), ["long-recording recordings/a.md:4"]);
    assert_eq!(files("transcript: a.vtt\nchapters: [{ at: 0:01, title: Here }]\n"), [""; 0]);
}

#[test]
fn a_recording_is_stale_when_what_links_to_it_changed_after_six_months() {
    let with = |recorded: &str, updated: &str| {
        site(&[
            (
                "recordings/a.md",
                &format!(
                    "---\ndate: {recorded}\nvideo: https://v.example/1\ntranscript: a.vtt\nduration: 2:00\n---\n# A\n"
                ),
            ),
            ("recordings/a.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nHere.\n"),
            (
                "notes/b.md",
                &format!("---\nupdated: {updated}\n---\n# B\n\n[a](../recordings/a.md#t-0m01s)\n"),
            ),
        ])
    };
    let stale = with("2026-05-01", "2026-10-02").built();
    assert_eq!(says(&stale), ["stale-recording recordings/a.md:2"]);
    let build = stale.run(&["build"]);
    assert_eq!((build.status, build.findings()), (0, ""));
    let text = stale.page("recordings/a/index.html").one(".notice-stale").text.clone();
    assert!(text.contains("Recorded on 1 May 2026; the steps were changed once since, in B."), "{text}");
    assert_eq!(says(&with("2026-05-23", "2026-10-02")), [""; 0], "it is younger than six months");
    assert_eq!(says(&with("2026-05-01", "2026-04-30")), [""; 0], "nothing changed since");
}

#[test]
fn a_time_beyond_the_end_is_said_wherever_it_stands() {
    let site = site(&[
        (
            "recordings/a.md",
            "---\ndate: 2026-11-01\nvideo: https://v.example/1\ntranscript: a.vtt\nchapters:\n  - { at: 7:00, title: Late }\n---\n# A\n\n[6:40] the end, [6:41] beyond\n",
        ),
        ("recordings/a.vtt", VTT),
        (
            "b.md",
            "---\nrecordings: [recordings/a]\n---\n# B\n\n[m](recordings/a.md#t-6m41s) [n](recordings/a.md#t-6m40s)\n\n[a 7:00]\n",
        ),
    ]);
    assert_eq!(
        says(&site),
        [
            "moment-out-of-range b.md:6",
            "moment-out-of-range b.md:8",
            "moment-out-of-range recordings/a.md:5",
            "moment-out-of-range recordings/a.md:10",
        ]
    );
}

#[test]
fn cues_that_cannot_be_read_are_said_and_stop_nothing() {
    let site = site(&[
        ("recordings/a.md", "---\ntranscript: a.vtt\nduration: 1:00\n---\n# A\n"),
        ("recordings/a.vtt", "WEBVTT\n\n00:01.000 -> 00:04.000\nLost.\n\n00:05.000 --> 00:06.000\nKept.\n"),
        ("recordings/b.md", "---\ntranscript: b.txt\nduration: 1:00\n---\n# B\n"),
        ("recordings/b.txt", "no transcript\n"),
    ]);
    assert_eq!(says(&site), ["unreadable-cue recordings/a.vtt:3", "not-a-transcript recordings/b.txt:1"]);
    let run = site.build();
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(site.page("recordings/a/index.html").one(".words").text.contains("Kept."));
}

#[test]
fn the_times_of_each_recording_are_held_against_its_own_length() {
    let with = |more: &str| {
        site(&[
            ("recordings/a.md", "---\ndate: 2026-11-01\ntranscript: a.vtt\nduration: 1:00\n---\n# A\n"),
            ("recordings/a.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nHere.\n"),
            ("recordings/b.md", "---\ndate: 2026-11-01\ntranscript: b.vtt\n---\n# B\n"),
            ("recordings/b.vtt", "WEBVTT\n\n00:01.000 --> 04:00.000\nHere.\n"),
            (
                "both.md",
                "---\nrecordings: [{ id: first, of: recordings/a }, { id: second, of: recordings/b }]\n---\n# Both\n",
            ),
            ("far.md", &format!("# Far\n\n{more}\n")),
        ])
    };
    assert_eq!(says(&with("[m](both.md#second-t-3m00s)")), [""; 0]);
    assert_eq!(says(&with("[m](both.md#t-3m00s)")), ["moment-out-of-range far.md:3"]);
    assert_eq!(says(&with("[m](both.md#second-t-5m00s)")), ["moment-out-of-range far.md:3"]);
    assert_eq!(says(&with("[m](both.md#third-t-0m01s)")), ["broken-anchor far.md:3"]);
}
