//! Asks and chapters: what is read, and what is said at which place.

use super::*;

const ASK: &str = "asks:\n  \
    - id: store\n    question: Which store backs the queue?\n    context: We expect *2k* writes.\n    of: [ana, bo]\n    \
      opened: 2026-11-24\n    due: 2026-11-26T17:00[Europe/Berlin]\n    options: [Postgres, Redis]\n    responses:\n      \
      - { by: ana, at: 2026-11-24, answer: Postgres, position: agree, why: We run it. }\n      \
      - { by: bo, position: need-more-info }\n    \
      outcome: { answer: Postgres, at: 2026-11-26, by: chen, why: One system less., decision: decisions/0007 }\n";

#[test]
fn asks_are_read_whole() {
    let asks = clean(ASK).asks;
    let ask = &asks[0];
    assert_eq!((ask.id.as_str(), ask.line, ask.of.len(), ask.options.len()), ("store", 3, 2, 2));
    assert_eq!(
        (ask.responses[0].position, ask.responses[1].position),
        (Some(Position::Agree), Some(Position::NeedMoreInfo))
    );
    let outcome = ask.outcome.as_ref().unwrap();
    assert_eq!(outcome.decision, Some(Located { value: "decisions/0007".into(), line: 13 }));
    let windowed = clean("asks: [{ id: a, question: b, opened: 2026-01-01, window: 2bd, channel: Email }]\n");
    assert_eq!(
        (windowed.asks[0].window, windowed.asks[0].channel.as_deref()),
        (Some(Window::BusinessDays(2)), Some("Email"))
    );
}

#[test]
fn what_is_wrong_with_an_ask_is_said_at_its_place() {
    for (yaml, expected) in [
        ("asks:\n  - question: x\n", (3, 5, ERROR, "missing-key")),
        ("asks:\n  - id: a\n", (3, 5, ERROR, "missing-key")),
        ("asks:\n  - { id: A b, question: x }\n", (3, 11, ERROR, "wrong-value")),
        ("asks:\n  - { id: a, question: x }\n  - { id: a, question: y }\n", (4, 11, ERROR, "duplicate-id")),
        (
            "asks:\n  - { id: a, question: x, opened: 2026-01-01, due: 2026-01-02, window: 1d }\n",
            (3, 72, ERROR, "conflicting-keys"),
        ),
        ("asks:\n  - { id: a, question: x, window: 1d }\n", (3, 35, WARNING, "missing-key")),
        (
            "asks:\n  - { id: a, question: x, opened: 2026-01-02, due: 2026-01-01 }\n",
            (3, 52, WARNING, "out-of-order"),
        ),
        ("asks:\n  - { id: a, question: x, quorum: 3 }\n", (3, 27, WARNING, "unknown-key")),
        ("asks: { id: a }\n", (2, 7, ERROR, "wrong-type")),
        ("asks: [a]\n", (2, 8, ERROR, "wrong-type")),
        (
            "asks:\n  - { id: a, question: x, responses: [{ by: b, position: agreed }] }\n",
            (3, 58, ERROR, "wrong-value"),
        ),
        (
            "asks:\n  - { id: a, question: x, responses: [{ position: agree }] }\n",
            (3, 41, ERROR, "missing-key"),
        ),
        ("asks:\n  - { id: a, question: x, outcome: { by: b } }\n", (3, 38, ERROR, "missing-key")),
        (
            "chapters:\n  - { at: 2:15, title: b }\n  - { at: 1:15, title: a }\n",
            (4, 11, WARNING, "out-of-order"),
        ),
        ("chapters: [{ at: 90, title: a }]\n", (2, 18, ERROR, "wrong-value")),
    ] {
        assert_eq!(place(yaml), expected, "{yaml}");
    }
}

#[test]
fn chapters_are_in_the_order_of_time_whatever_the_file_says() {
    let text = "---\nchapters:\n  - { at: 2:15, title: b }\n  - { at: 1:15, title: a }\n---\n";
    let titles: Vec<_> = parse(text).0.recording.chapters.into_iter().map(|chapter| chapter.title).collect();
    assert_eq!(titles, ["a", "b"]);
}
