//! What is said of recordings and their transcripts.

use super::SaidBy::{Check, Reading, Running};
use super::{Code, Severity};

const ERROR: &[Severity] = &[Severity::Error];
const WARNING: &[Severity] = &[Severity::Warning];

pub(super) const CODES: &[Code] = &[
    Code {
        name: "recording-without-transcript",
        severities: WARNING,
        said_by: Check,
        line: "a recording has a video and no transcript",
        why: "Twelve minutes have to be watched to find two. Without a transcript nothing that is said can be searched, \
              skimmed or linked to.",
        example: "# recordings/demo.md\nvideo: https://www.loom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486",
        mend: "Export the captions from the host and name the file: `transcript: demo.vtt`.",
    },
    Code {
        name: "long-recording",
        severities: WARNING,
        said_by: Check,
        line: "a recording of more than five minutes has no chapters",
        why: "Nobody knows which part of it they need. The length is `duration`, else the end of the transcript.",
        example: "# recordings/demo.md\nvideo: demo.mp4\nduration: 12:30",
        mend: "Add `chapters:` with lines such as `- { at: 2:15, title: The truck arrives }`, or make it shorter.",
    },
    Code {
        name: "stale-recording",
        severities: WARNING,
        said_by: Check,
        line: "a recording is older than six months, and documents that link to it were changed since",
        why: "A video can't be edited: when the steps change, it goes on showing the old ones, and nobody can tell. Changes \
              count by what git knows, and by `updated` in the front matter.",
        example: "# recordings/demo.md, which specs/queue.md links to, changed in October\ndate: 2026-01-12\nvideo: demo.mp4",
        mend: "Look whether it still holds; record it again, or write what is different below it and set its `date`.",
    },
    Code {
        name: "moment-out-of-range",
        severities: WARNING,
        said_by: Check,
        line: "a time is beyond the end of its recording",
        why: "Whoever follows it lands at the end. Said of times in the text, of chapters, and of links to moments of other \
              pages; the length is `duration`, else the end of the transcript.",
        example: "duration: 6:48\n\n[16:40] The verdict",
        mend: "Correct the time, or the `duration`.",
    },
    Code {
        name: "unknown-recording",
        severities: WARNING,
        said_by: Reading,
        line: "a recording is named that is not there",
        why: "Said of an entry of `recordings` that is no document, file or address, and of a time in the text such as \
              `[demo 12:34]` where the document names no such recording: it stays text.",
        example: "recordings: [recordings/demo]\n\n[dema 12:34]",
        mend: "Correct the name, or add the recording: `recordings: [{ id: demo, of: recordings/demo }]`.",
    },
    Code {
        name: "unreadable-transcript",
        severities: WARNING,
        said_by: Reading,
        line: "a transcript can't be read, or is larger than 32 MiB",
        why: "The page has no transcript then.",
        example: "transcript: demo.vtt",
        mend: "Make the file readable, or split the recording.",
    },
    Code {
        name: "unreadable-cue",
        severities: WARNING,
        said_by: Reading,
        line: "a cue of a transcript has times that can't be read, or a text none",
        why: "The cue is left out; all others are read.",
        example: "00:01.000 -> 00:04.000\nThis is the queue.",
        mend: "Correct the times as the hint shows.",
    },
    Code {
        name: "empty-transcript",
        severities: WARNING,
        said_by: Reading,
        line: "a transcript has no cue that can be read",
        why: "Nothing is shown.",
        example: "WEBVTT",
        mend: "Look at the findings above it, or export the captions again.",
    },
    Code {
        name: "not-a-transcript",
        severities: ERROR_OR_WARNING,
        said_by: Reading,
        line: "a file is neither WebVTT nor SRT nor SBV",
        why: "A `.vtt` file without the line `WEBVTT` at its top is none to a browser either.",
        example: "transcript: notes.txt",
        mend: "Add the line, or take the file that the recorder exported.",
    },
    Code {
        name: "no-chapters",
        severities: ERROR,
        said_by: Running,
        line: "a file of chapters has no line that begins with a time",
        why: "`draft --chapters` cuts the document where the lines say.",
        example: "Introduction\nThe truck",
        mend: "Write lines such as `0:00 Introduction`.",
    },
    Code {
        name: "bad-path",
        severities: ERROR,
        said_by: Running,
        line: "a file that was given to a command has a name that messages can't show",
        why: "Names of files go into messages, which must not hold what is no text.",
        example: "threadmark transcript $'\\xff.vtt'",
        mend: "Rename the file.",
    },
];

const ERROR_OR_WARNING: &[Severity] = &[Severity::Error, Severity::Warning];
