//! What the machine can't do, or did otherwise.

use super::SaidBy::Running;
use super::{Code, Severity};

const ERROR: &[Severity] = &[Severity::Error];
const ERROR_OR_NOTE: &[Severity] = &[Severity::Error, Severity::Note];
const NOTE: &[Severity] = &[Severity::Note];

pub(super) const CODES: &[Code] = &[
    Code {
        name: "disk",
        severities: ERROR,
        said_by: Running,
        line: "a file can't be read or written",
        why: "The site on disk stays as it was.",
        example: "cannot write _site: No space left on device",
        mend: "The message names the file and gives the machine's own words.",
    },
    Code {
        name: "threads",
        severities: ERROR,
        said_by: Running,
        line: "threads can't be started",
        why: "The machine has none left.",
        example: "threadmark build --jobs 1024",
        mend: "Use fewer with `--jobs`.",
    },
    Code {
        name: "port",
        severities: ERROR,
        said_by: Running,
        line: "the port of the preview can't be had",
        why: "Another program listens on it.",
        example: "threadmark serve --port 80",
        mend: "Name another with `--port`, or none at all.",
    },
    Code {
        name: "serve",
        severities: ERROR,
        said_by: Running,
        line: "the preview can't go on",
        why: "The machine refused what a server needs.",
        example: "cannot accept connections",
        mend: "The message gives the machine's own words.",
    },
    Code {
        name: "watch",
        severities: ERROR_OR_NOTE,
        said_by: Running,
        line: "changes can't be watched",
        why: "The preview would not notice an edit. That some folders can't be watched is a note.",
        example: "the limit of watches is reached",
        mend: "Raise the limit that the message names, or leave folders out with `exclude`.",
    },
    Code {
        name: "cache-not-written",
        severities: NOTE,
        said_by: Running,
        line: "the cache could not be saved",
        why: "The next build takes as long as this one; nothing else changes.",
        example: "a folder that can't be written",
        mend: "Make the folder of the site writable, or use `--no-cache`.",
    },
    Code {
        name: "replaced-file-by-file",
        severities: NOTE,
        said_by: Running,
        line: "the output folder was replaced file by file",
        why: "It could not be swapped in one step, as for a mount point, so readers may have seen a mix for a moment.",
        example: "threadmark build -o /mnt/site",
        mend: "Nothing, or a folder that can be renamed.",
    },
    Code {
        name: "leftover",
        severities: NOTE,
        said_by: Running,
        line: "the old site could not be removed",
        why: "The next build tries again.",
        example: "a file that another program holds open",
        mend: "Nothing.",
    },
];
