//! What `check` looks for beyond what every command says: asks, decisions, specs, people.

use super::SaidBy::{Check, Reading};
use super::{Code, Severity};

const ERROR: &[Severity] = &[Severity::Error];
const WARNING: &[Severity] = &[Severity::Warning];
const ERROR_OR_WARNING: &[Severity] = &[Severity::Error, Severity::Warning];

pub(super) const CODES: &[Code] = &[
    Code {
        name: "overdue-ask",
        severities: WARNING,
        said_by: Check,
        line: "a deadline is over, and somebody who was asked has not responded",
        why: "Deadlines that pass silently teach a team that deadlines mean nothing. Said of an ask whose window is over \
              while somebody who was asked has not responded and there is no outcome; and of a document that still waits \
              for its own `due`, for the end of an EIP's Last Call, or for the last day of a review that its status names. \
              Where all have responded, or nobody was asked by name, it is `unanswered-closed` instead.",
        example: "asks:\n  - id: store\n    question: Which store backs the queue?\n    of: [ana, bo]\n    due: 2026-11-18\n    \
                  responses:\n      - { by: ana, position: agree }",
        mend: "Add the responses that are missing, or an `outcome`, or a later `due`; of a document, the status that came \
               of it.",
    },
    Code {
        name: "unanswered-closed",
        severities: WARNING,
        said_by: Check,
        line: "the window of an ask is closed, nobody is missing, and there is no outcome",
        why: "People answered, and nobody said what came of it. Said of an ask whose window is over, where all who were \
              asked have responded or nobody was asked by name. Where somebody is missing, it is `overdue-ask` instead: \
              an ask never has both.",
        example: "asks:\n  - id: store\n    question: Which store backs the queue?\n    of: [ana]\n    due: 2026-11-18\n    \
                  responses:\n      - { by: ana, answer: Postgres, position: agree }",
        mend: "Add `outcome: { answer: Postgres, at: 2026-11-19, by: chen, why: We run it already }` to the ask.",
    },
    Code {
        name: "ask-without-deadline",
        severities: WARNING,
        said_by: Check,
        line: "an ask without outcome has no deadline",
        why: "Without a deadline, nobody can tell when an ask lapses, and it stands in no calendar. An ask has its deadline \
              from `due`, else from `window` after `opened`, else from the norm of its `channel`.",
        example: "asks:\n  - id: store\n    question: Which store backs the queue?\n    of: [ana, bo]",
        mend: "Add `due: 2026-11-26`, or `opened: 2026-11-24` and `window: 48h`.",
    },
    Code {
        name: "missing-closing-summary",
        severities: WARNING,
        said_by: Check,
        line: "a decision or a spec is accepted or rejected and doesn't say what came out of it",
        why: "Who comes later wants the result, not the discussion. A closing summary is `summary` in the front matter, an \
              outcome of its asks, or a section whose heading speaks of a decision, an outcome, a resolution, a verdict, \
              a conclusion or a summary. EIPs, KEPs, RFDs, Rust RFCs and Swift proposals have no such section by their \
              form and are left alone.",
        example: "---\nstatus: accepted\n---\n\n# Queue store\n\n## Context\n\nTwo thousand writes a second.",
        mend: "Add `summary: We use Postgres, since we run it already.` to the front matter, or a section `## Decision`.",
    },
    Code {
        name: "missing-context",
        severities: WARNING,
        said_by: Check,
        line: "a spec has no background, ask, deadline or constraints; the message names which",
        why: "In another time zone, nobody can ask back before tomorrow. The parts are found by the words of headings and \
              of lines such as `**Background:** ...`, in the front matter (`due`), and in asks. Specs that are settled \
              (accepted, rejected, published and so on) and the page of a folder are left alone.",
        example: "---\nstatus: proposed\n---\n\n# Queue store\n\nWe should move the queue into Postgres.",
        mend: "Add what the message names: a section `## Background`, `asks:` or a section `## Questions`, `due:`, a \
               section `## Constraints`.",
    },
    Code {
        name: "one-sided-supersession",
        severities: ERROR_OR_WARNING,
        said_by: Check,
        line: "one of two decisions says that one supersedes the other, and the other doesn't",
        why: "Who finds the old record in the repository takes it to be in force. Said of the old decision whose status \
              still holds; and as a warning of a new one that doesn't name what it replaces, where its form has a place for that. \
              What a draft or a rejected proposal would supersede still holds.",
        example: "# decisions/0007-postgres.md\nsupersedes: 3\n\n# decisions/0003-redis.md\nstatus: accepted",
        mend: "Add the line that the hint shows, such as `superseded_by: 7` in decisions/0003-redis.md.",
    },
    Code {
        name: "supersession-cycle",
        severities: ERROR,
        said_by: Check,
        line: "decisions supersede each other in a circle, so that none of them holds",
        why: "Of what is superseded, the newest must hold. In a circle there is no newest.",
        example: "# decisions/0003-redis.md\nsuperseded_by: 7\n\n# decisions/0007-postgres.md\nsuperseded_by: 3",
        mend: "Take out the relation that is wrong.",
    },
    Code {
        name: "duplicate-number",
        severities: ERROR,
        said_by: Check,
        line: "two decisions of one series have one number",
        why: "It happens when two branches take the next number and both are merged. \"Decision 7\" then means two things, \
              and `supersedes: 7` means neither.",
        example: "decisions/0007-postgres.md\ndecisions/0007-upload-by-margin.md",
        mend: "Give one of the two the next free number, and its old address as one of its `aliases`.",
    },
    Code {
        name: "dangling-reference",
        severities: WARNING,
        said_by: Check,
        line: "a name in supersedes, amends, decides or an outcome leads to no document",
        why: "The record says that there is more to know, and it can't be found. Said of names in `supersedes`, \
              `superseded_by`, `amends`, `amended_by`, `decides` and the `decision` of an outcome that fit no document, \
              or a number that more than one decision has. Addresses on other sites are not looked up.",
        example: "status: superseded by ADR-0070",
        mend: "Name the document by its path, such as `decisions/0007-postgres`, or a decision by its number.",
    },
    Code {
        name: "duplicate-topic",
        severities: WARNING,
        said_by: Check,
        line: "two open documents have the same title or topic",
        why: "A discussion in two places is missed by half of its people. Said of decisions and specs that are not settled. \
              Case and signs make no other title; two documents with different `topic`s may have one title.",
        example: "# specs/queue.md\n# The queue\n\n# specs/queue-again.md\n# The queue",
        mend: "Discuss it in one of the two and close the other with a link to it, or tell them apart by title or `topic`.",
    },
    Code {
        name: "unknown-person",
        severities: WARNING,
        said_by: Check,
        line: "a handle is nobody in people",
        why: "Whoever is asked under a handle that nobody has never learns of it. Said of handles in `authors`, `owner`, \
              `deciders`, `consulted`, `informed` and in asks, once in a document, and only where the configuration has \
              `people`. A name with a capital or a space is a name, not a handle.",
        example: "# threadmark.yml\npeople:\n  luiza: { name: Luiza Prado }\n\n# specs/queue.md\nowner: luzia",
        mend: "Correct the handle, add it below `people:`, or write the whole name.",
    },
    Code {
        name: "unknown-status",
        severities: WARNING,
        said_by: Reading,
        line: "the status of a decision or a spec is in no vocabulary",
        why: "A status drives colour, filters and checks. One that no vocabulary has is shown as it is written, and never \
              takes a default silently.",
        example: "status: aceptd",
        mend: "Take draft, proposed, accepted, rejected, deprecated, superseded, deferred or withdrawn, or the words of a \
               common form of records.",
    },
];
