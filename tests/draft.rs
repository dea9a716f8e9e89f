//! `threadmark draft`: the document that comes out, and that it builds.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod site;

use site::site;
use snapbox::{IntoData, assert_data_eq, str};

/// A walkthrough as it is spoken, with pauses where it turns.
const WALKTHROUGH: &str = "\
1
00:00:01,000 --> 00:00:07,000
Hey everyone, um, so today I want to show you how to rotate the signing key.

2
00:00:07,100 --> 00:00:14,000
It takes, you know, five minutes, and I've, I've seen people struggle with it.

3
00:00:18,000 --> 00:00:24,000
Okay, so first of all, let's look at where the keys live.

4
00:00:24,100 --> 00:00:34,000
We have a vault. The signer reads the keys from it with SPIFFE, and and SPIFFE never logs them.

5
00:00:34,100 --> 00:00:44,000
There's one folder per environment, which is a bit, like, confusing at first.

6
00:00:48,000 --> 00:00:52,000
Next, let's create the new key.

7
00:00:52,100 --> 00:01:00,000
So you want to open a terminal, and then you type keys create.

8
00:01:00,100 --> 00:01:08,000
I just press enter, right? It asks for a reason.

9
00:01:08,100 --> 00:01:16,000
If it fails, you have to restart the <agent>, okay?

10
00:01:16,100 --> 00:01:18,000
That's it. Thanks for watching.
";

#[test]
fn a_walkthrough_becomes_steps() {
    let run = site(&[("2026-11-02-rotate-key.srt", WALKTHROUGH)]).run_in(
        &[],
        &[
            "draft",
            "2026-11-02-rotate-key.srt",
            "--video",
            "https://www.loom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486",
        ],
    );
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_data_eq!(run.out, str![[r#"
---
title: Rotate key
kind: recording
video: https://www.loom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486
transcript: "2026-11-02-rotate-key.srt"
duration: 1:18
chapters:
  - { at: 0:01, title: How to rotate the signing key }
  - { at: 0:18, title: Where the keys live }
  - { at: 0:48, title: Create the new key }
---

# Rotate key

## How to rotate the signing key

[00:01] Today I want to show you how to rotate the signing key. It takes five minutes, and I've seen people struggle with it.

## Where the keys live

[00:24] We have a vault. The signer reads the keys from it with SPIFFE, and SPIFFE never logs them. There's one folder per environment, which is a bit confusing at first.

## Create the new key

1. [00:52] Open a terminal.
2. [00:58] Type keys create.
3. [01:00] Press enter. It asks for a reason.
4. [01:08] If it fails, restart the \<agent\>.

## Questions for the author

Shown, but not explained:

- What is SPIFFE? First at [00:30].

"#]].raw());
}

#[test]
fn known_chapters_and_titles_are_taken() {
    let folder = site(&[
        ("talk.srt", WALKTHROUGH),
        ("chapters.txt", "Keys: how to\n0:00 Why, again\n0:48 - The new key\n"),
    ]);
    let run = folder.run_in(&[], &["draft", "talk.srt", "--chapters", "chapters.txt"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(
        run.out.starts_with(
            "---\ntitle: \"Keys: how to\"\nkind: recording\ntranscript: talk.srt\nduration: 1:18\nchapters:\n"
        ),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("  - { at: 0:00, title: \"Why, again\" }\n  - { at: 0:48, title: The new key }\n---\n"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("\n## The new key\n\n[00:48] Next, let's create the new key.\n\n1. [00:5"),
        "{}",
        run.out
    );
    let titled = folder.run_in(&[], &["draft", "talk.srt", "--chapters", "chapters.txt", "--title", "Mine"]);
    assert!(titled.out.contains("\n# Mine\n"), "{}", titled.out);
    let empty = site(&[("talk.srt", WALKTHROUGH), ("chapters.txt", "nothing\n")])
        .run_in(&[], &["draft", "talk.srt", "--chapters", "chapters.txt"]);
    assert_eq!((empty.status, empty.out.as_str()), (1, ""));
    assert!(empty.err.contains("error[no-chapters]: `chapters.txt` has no chapters"), "{}", empty.err);
}

#[test]
fn a_file_is_written_once_and_never_over_another() {
    let folder = site(&[("media/talk.srt", WALKTHROUGH), ("recordings/index.md", "# Recordings\n")]);
    let arguments = ["draft", "media/talk.srt", "-o", "recordings/talk.md"];
    let run = folder.run_in(&[], &arguments);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "", "Wrote recordings/talk.md\n"));
    let written = std::fs::read_to_string(folder.root().join("recordings/talk.md")).unwrap();
    assert!(written.contains("\ntranscript: \"../media/talk.srt\"\n"), "{written}");
    let again = folder.run_in(&[], &arguments);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("error[file-exists]: `recordings/talk.md` is there already"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(folder.root().join("recordings/talk.md")).unwrap(), written);
}

#[test]
fn what_comes_out_builds_without_a_finding() {
    let folder = site(&[("recordings/talk.srt", WALKTHROUGH)]);
    let draft = folder.run_in(&[], &["draft", "recordings/talk.srt", "-o", "recordings/talk.md"]);
    assert_eq!(draft.status, 0, "{}", draft.err);
    let built = folder.run_in(&[], &["build", "--strict"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let page = std::fs::read_to_string(folder.root().join("_site/recordings/talk/index.html")).unwrap();
    assert!(page.contains("&lt;agent&gt;") && page.contains("Where the keys live"), "{page}");
}

#[test]
fn what_is_said_is_text_in_the_page() {
    let said = "1\n00:00:01,000 --> 00:00:09,000\n# Not a heading, <script>alert(1)</script> [x](javascript:y) and `code` *so* {{ x }}\n\n\
                2\n00:00:09,100 --> 00:00:12,000\n--- 1. {#id} | a | $x$ &amp;copy; @ana https://x.example\n";
    let folder = site(&[("recordings/evil.srt", said)]);
    let draft = folder.run_in(
        &[],
        &["draft", "recordings/evil.srt", "-o", "recordings/evil.md", "--title", "a: {b} # <c>"],
    );
    assert_eq!(draft.status, 0, "{}", draft.err);
    let built = folder.run_in(&[], &["build", "--strict"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let page = std::fs::read_to_string(folder.root().join("_site/recordings/evil/index.html")).unwrap();
    assert!(
        !page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{page}"
    );
    assert!(page.contains("a: {b} # &lt;c&gt;"), "{page}");
}

#[test]
fn what_is_no_transcript_makes_no_draft() {
    let run = site(&[("notes.md", "# Notes\n")]).run_in(&[], &["draft", "notes.md"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error[not-a-transcript]"), "{}", run.err);
}
