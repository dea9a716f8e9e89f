//! Front matter as a specification: every key, every refusal with its line and column in the file.

use jiff::SignedDuration;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Diagnostic, Severity};
use crate::path::SourcePath;

fn parse(text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    read(&SourcePath::new("specs/queue.md").unwrap(), text)
}

fn clean(yaml: &str) -> FrontMatter {
    let (front, _, found) = parse(&format!("---\n{yaml}---\nbody\n"));
    assert_eq!(found, [], "{yaml}");
    front
}

/// The only finding in `yaml`, which starts in the second line of the file.
fn only(yaml: &str) -> Diagnostic {
    let (_, _, mut found) = parse(&format!("---\n{yaml}---\nbody\n"));
    assert_eq!(found.len(), 1, "{yaml}: {found:#?}");
    found.remove(0)
}

/// Line, column, severity and code.
fn place(yaml: &str) -> (usize, usize, Severity, &'static str) {
    let found = only(yaml);
    let place = found.place.unwrap();
    (place.line, place.column, found.severity, found.code)
}

fn values(list: &[Located<String>]) -> Vec<&str> {
    list.iter().map(|item| item.value.as_str()).collect()
}

mod asks;

const ERROR: Severity = Severity::Error;
const WARNING: Severity = Severity::Warning;

#[test]
fn every_key_of_any_document_is_read() {
    let front = clean(
        "title: 'RFC 7: x'\n\
         description: A sentence.\n\
         kind: spec\n\
         date: 2026-11-24\n\
         updated: 2026-11-25 09:30\n\
         authors: [ana, Bo Li <bo@example.org>]\n\
         tags: queue, storage\n\
         status: In review\n\
         draft: true\n\
         aliases: [old/path, 'specs/queue#old-anchor']\n\
         slug: queue-store\n\
         owner: ana\n\
         stage: Draft\n\
         due: 2026-12-01T17:00[Europe/Berlin]\n\
         words: 1200\n\
         recordings: [recordings/demo]\n\
         discussions:\n  - https://chat.example.org/a,b\n\
         related: [specs/other, 0007]\n\
         summary: We chose Postgres.\n\
         topic: storage\n\
         extra: { weight: 3 }\n\
         layout: wide\n",
    );
    assert_eq!((front.title.as_deref(), front.kind), (Some("RFC 7: x"), Some(Kind::Spec)));
    assert_eq!(
        (front.date, front.draft, front.words),
        (Some(When::Date(date(2026, 11, 24))), true, Some(1200))
    );
    assert_eq!(front.updated, Some(When::Local(date(2026, 11, 25).at(9, 30, 0, 0))));
    assert_eq!(
        (front.authors, front.tags),
        (vec!["ana".to_owned(), "Bo Li".into()], vec!["queue".into(), "storage".into()])
    );
    assert_eq!(front.status, Some(Located { value: "In review".into(), line: 9 }));
    assert_eq!(values(&front.aliases), ["old/path", "specs/queue#old-anchor"]);
    assert_eq!(
        (front.slug.unwrap().value, front.owner.unwrap(), front.stage.unwrap()),
        ("queue-store".into(), "ana".into(), "Draft".into())
    );
    assert!(matches!(front.due, Some(When::Zoned(..))));
    assert_eq!(values(&front.discussions), ["https://chat.example.org/a,b"]);
    assert_eq!(
        (
            values(&front.related),
            front.recordings.iter().map(|named| named.of.value.as_str()).collect::<Vec<_>>()
        ),
        (vec!["specs/other", "0007"], vec!["recordings/demo"])
    );
    assert_eq!(
        (front.summary.as_deref(), front.topic.as_deref()),
        (Some("We chose Postgres."), Some("storage"))
    );
    let extra: Vec<_> = front.extra.iter().map(|(key, value)| format!("{key}={value}")).collect();
    assert_eq!(extra, ["layout=\"wide\"", "weight=3"]);
}

#[test]
fn other_names_and_spellings_of_keys_are_read() {
    let front = clean(
        "created: 2026-01-02\nauthor: A B (@ab), c\ndecision-makers: ana, bo\nsuperseded-by: 5\ndiscussions-to: https://x.org\n",
    );
    assert_eq!(front.date.unwrap().date(), date(2026, 1, 2));
    assert_eq!(
        (front.authors, front.decision.deciders),
        (vec!["A B (@ab)".to_owned(), "c".into()], vec!["ana".into(), "bo".into()])
    );
    assert_eq!(
        (values(&front.decision.superseded_by), values(&front.discussions)),
        (vec!["5"], vec!["https://x.org"])
    );
    let rfd = clean("authors: A B <a@b.org>\nstate: discussion\ndiscussion: https://x.org\nlabels: a, b\n");
    assert_eq!((rfd.authors, values(&rfd.discussions)), (vec!["A B".to_owned()], vec!["https://x.org"]));
    let both = clean("date: 2026-02-02\ncreated: 2026-01-02\n");
    assert_eq!((both.date.unwrap().date(), both.extra.contains_key("created")), (date(2026, 2, 2), true));
    assert_eq!(place("superseded_by: a\nsuperseded-by: b\n"), (3, 1, ERROR, "duplicate-key"));
}

#[test]
fn text_stays_as_it_was_written() {
    for (written, read) in
        [("2026", "2026"), ("1.10", "1.10"), ("true", "true"), ("0x1F", "0x1F"), ("'07'", "07"), ("no", "no")]
    {
        assert_eq!(clean(&format!("title: {written}\n")).title.as_deref(), Some(read));
    }
    assert_eq!(
        clean("title: |\n  Two\n  lines \n").title.as_deref(),
        Some("Two lines"),
        "a title is one line"
    );
    for number in ["7", "0007", "'0007'", "020"] {
        let read = clean(&format!("number: {number}\n")).decision.number;
        assert_eq!(read.as_deref(), Some(number.trim_matches('\'')));
    }
    assert_eq!(place("number: 7a\n"), (2, 9, ERROR, "wrong-value"));
}

#[test]
fn decisions_recordings_and_updates_add_theirs() {
    let front = clean(
        "number: 7\ndeciders: [ana]\nconsulted: bo\ninformed: [chen, '@dee']\nsupersedes: [decisions/0003]\n\
         superseded_by: decisions/0009\namends: 1, 2\namended_by: []\ndecides: specs/queue#ask-store\n\
         video: ../recordings/demo.mp4\ntranscript: demo.vtt\nduration: 1:02:03\n\
         chapters:\n  - { at: 0:00, title: Start }\n  - { at: 2:15, title: 'Next: steps' }\n\
         team: Platform\nperiod: 2026-W47\n",
    );
    let decision = &front.decision;
    assert_eq!(
        (&decision.consulted, &decision.informed),
        (&vec!["bo".to_owned()], &vec!["chen".to_owned(), "dee".into()])
    );
    assert_eq!(
        (values(&decision.supersedes), values(&decision.amends)),
        (vec!["decisions/0003"], vec!["1", "2"])
    );
    assert_eq!(decision.decides, [Located { value: "specs/queue#ask-store".into(), line: 10 }]);
    assert_eq!(front.recording.duration, Some(SignedDuration::from_secs(3723)));
    assert_eq!(
        front.recording.chapters[1],
        Chapter { at: SignedDuration::from_secs(135), title: "Next: steps".into() }
    );
    assert_eq!(
        (front.update.team.as_deref(), front.update.period.as_deref()),
        (Some("Platform"), Some("2026-W47"))
    );
}

#[test]
fn wrong_values_are_said_in_the_line_and_column_of_the_file() {
    for (yaml, column, code) in [
        ("title: [a]\n", 8, "wrong-type"),
        ("title: RFC 7: x\n", 8, "yaml-syntax"),
        ("owner: @ana\n", 8, "yaml-syntax"),
        ("\ttitle: x\n", 1, "yaml-syntax"),
        ("date: 2026-02-30\n", 7, "wrong-value"),
        ("date: tomorrow\n", 7, "wrong-value"),
        ("due: 2026-11-26T17:00[Europe/Berln]\n", 6, "wrong-value"),
        ("draft: yes\n", 8, "wrong-type"),
        ("draft: 'true'\n", 8, "wrong-type"),
        ("words: many\n", 8, "wrong-type"),
        ("words: -1\n", 8, "wrong-type"),
        ("x: .nan\n", 4, "yaml-not-finite"),
        ("kind: decison\n", 7, "wrong-value"),
        ("tags: { a: b }\n", 7, "wrong-type"),
        ("slug: ../x\n", 7, "wrong-value"),
        ("aliases: [ok, /etc/passwd]\n", 15, "wrong-value"),
        ("aliases: '%2e%2e/x'\n", 10, "wrong-value"),
        ("transcript: ../../x.vtt\n", 13, "wrong-value"),
        ("video: C:\\x\n", 8, "wrong-value"),
        ("duration: soon\n", 11, "wrong-value"),
        ("extra: [a]\n", 8, "wrong-type"),
        ("x: 1\nx: 2\n", 1, "duplicate-key"),
        ("x: { y: 1, y: 2 }\n", 12, "duplicate-key"),
    ] {
        let (line, at, severity, found) = place(yaml);
        assert_eq!((at, severity, found), (column, ERROR, code), "{yaml}");
        assert_eq!(line, 1 + yaml.lines().count(), "{yaml}");
    }
}

#[test]
fn all_errors_of_a_block_come_in_one_run_and_the_rest_is_read() {
    let text = "---\ntitle: [x]\ndate: soon\nowner: ana\nkind: x\nx: 1\nx: 2\n---\nbody\n";
    let (front, body, found) = parse(text);
    let lines: Vec<usize> = found.iter().filter_map(|d| d.place.as_ref()).map(|place| place.line).collect();
    assert_eq!(lines, [2, 3, 5, 7]);
    assert_eq!((front.owner.as_deref(), body), (Some("ana"), text.find("body").unwrap()));
}

#[test]
fn near_misses_of_keys_are_warnings_and_foreign_keys_are_not() {
    for (key, near) in [
        ("desciption", "description"),
        ("Title", "title"),
        ("superceded_by", "superseded_by"),
        ("tag", "tags"),
    ] {
        let found = only(&format!("{key}: x\n"));
        assert_eq!((found.severity, found.code), (WARNING, "unknown-key"), "{key}");
        assert_eq!(found.hints[0], format!("Did you mean `{near}`?"));
    }
    let foreign = "eip: 7\ntype: Meta\ncategory: Core\nrequires: 1, 2\nlast-call-deadline: 2026-01-01\nwithdrawal-reason: x\n\
        parent: Decisions\nnav_order: 3\nhas_children: true\nlayout: a\npermalink: /x\nweight: 3\nstate: published\n\
        labels: a\nsidebar_position: 2\nname: x\nimage: a.png\ncategories: [a]\ntoc: true\nid: adr-7\nlang: en\n\
        see-also: []\nreplaces: []\nowning-sig: x\nreviewers: []\napprovers: []\nkep-number: 1\nnav_exclude: true\n\
        last-updated: v1\nlatest-milestone: v1\nfeature-gates: []\nhide: [toc]\ntemplate: x\nicon: y\nsubtitle: z\nurl: u\n\
        lastmod: a\nlinktitle: a\nseries: a\nvideos: []\naudio: a\nkeywords: a\nmenu: a\noutline: a\nhead: []\naside: a\n\
        sidebar: a\ncssclasses: []\npublish: a\nalias: a\ntaxonomies: {}\nprev: a\nnext: a\nhero: {}\ntopics: []\noutput: a\n\
        depends-on: a\ndecided-on: a\nprofile-version: 1\nseverity: a\npriority: a\nscope: a\nlinks: {}\nlocale: a\n";
    assert_eq!(clean(foreign).extra.len(), foreign.lines().count());
}

#[test]
fn a_template_that_is_not_filled_in_does_not_stop_a_build() {
    let front = "status: \"{proposed | rejected}\"\ndate: {YYYY-MM-DD when the decision was last updated}\n\
        deciders: {list everyone involved in the decision}\ninformed: {list everyone who is kept up-to-date on progress; and with whom there is a one-way communication}\n";
    let (front, _, found) = parse(&format!("---\n{front}---\n"));
    let codes: Vec<_> = found.iter().map(|d| (d.code, d.severity)).collect();
    assert_eq!(codes, vec![("placeholder", WARNING); 3]);
    assert_eq!((front.date, front.decision.deciders.len()), (None, 0));
    let (front, _, found) =
        parse("---\nstatus: {Accepted}\ndate: {2024-10-10}\ndecision-makers: {Ana Souza, Bo}\n---\n");
    assert!(found.iter().all(|d| (d.code, d.severity) == ("template-braces", WARNING)) && found.len() == 3);
    assert_eq!(
        (front.status.unwrap().value, front.decision.deciders),
        ("Accepted".into(), vec!["Ana Souza".to_owned(), "Bo".into()])
    );
    assert_eq!(front.date.unwrap().date(), date(2024, 10, 10));
    let (_, _, found) = parse("---\ndate: {YYYY-MM-DD}\n---\n");
    assert_eq!((found.len(), found[0].code), (1, "placeholder"));
    assert_eq!(clean("title:\ndate:\ntags:\nasks:\n"), FrontMatter::default());
}

#[test]
fn the_body_starts_after_the_block() {
    for (text, body) in [
        ("no front matter", "no front matter"),
        ("---\ntitle: x\n---\nbody", "body"),
        ("---\r\ntitle: x\r\n---\r\nbody", "body"),
        ("---\n---\nbody", "body"),
        ("---\n\nprose\n\n---\nmore", "---\n\nprose\n\n---\nmore"),
        ("---\n[a](b) and text\n---\nmore", "---\n[a](b) and text\n---\nmore"),
    ] {
        let (_, start, found) = parse(text);
        assert_eq!((&text[start..], found), (body, vec![]), "{text:?}");
    }
    let (front, _, found) = parse("---\r\ntitle: é\r\nkind: x\r\n---\r\n");
    let place = found[0].place.as_ref().unwrap();
    assert_eq!((front.title.as_deref(), place.line, place.column), (Some("é"), 3, 7));
}

#[test]
fn a_block_without_an_end_names_its_opening_line() {
    let (_, _, found) = parse("---\ntitle: x\n\n# Heading\n");
    let place = found[0].place.as_ref().unwrap();
    assert_eq!(
        (found[0].code, place.line, place.column, place.width),
        ("unterminated-front-matter", 1, 1, 3)
    );
}

#[test]
fn hostile_blocks_are_refused_before_they_are_parsed() {
    let code = |yaml: String| only(&yaml).code;
    assert_eq!(code(format!("title: {}\n", "x".repeat(65 * 1024))), "yaml-too-large");
    assert_eq!(code(format!("x: {}\n", "[".repeat(60_000))), "yaml-too-deep");
    assert_eq!(code(format!("{}\n", "[".repeat(60_000))), "yaml-too-deep");
    assert_eq!(code(format!("x: {}{}\n", "[".repeat(40), "]".repeat(40))), "yaml-too-deep");
    // Nine levels of nine aliases each would be 387 million values.
    let level = |n: usize| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "));
    let bomb = (1..10).map(level).collect::<Vec<_>>().concat();
    assert_eq!(code(format!("a0: &a0 x\n{bomb}")), "yaml-aliases");
    assert_eq!(code("title: x\0y\n".into()), "control-character");
    assert_eq!(only("a: &a { b: 1 }\nc: { <<: *a }\n").code, "yaml-merge-key");
}

#[test]
fn a_large_spec_passes() {
    let response =
        "      - { by: ana, at: 2026-11-24, position: agree, why: \"We *run* it, [see](x.md).\" }\n";
    let ask = |n: usize| {
        format!("  - id: a{n}\n    question: Which {{one}}? [x]\n    responses:\n{}", response.repeat(20))
    };
    let yaml = format!("asks:\n{}", (0..30).map(ask).collect::<Vec<_>>().concat());
    assert!(yaml.len() > 50_000);
    let asks = clean(&yaml).asks;
    assert_eq!((asks.len(), asks[29].responses.len()), (30, 20));
}

#[test]
fn many_errors_are_cut_and_counted() {
    let yaml = (0..2000).map(|n| format!("desciptio{n}: .nan\n")).collect::<Vec<_>>().concat();
    let (front, _, found) = parse(&format!("---\n{yaml}---\n"));
    assert_eq!((front.extra.len(), found.len()), (2000, 101));
    assert!(found[100].message.contains("more findings"));
}

proptest! {
    #[test]
    fn no_text_panics_and_places_lie_inside_it(
        lines in proptest::collection::vec(
            "(  |    |- |)(title|date|asks|id|question|of|due|window|chapters|at|tags|extra|authors|\"x\"|x|)(: |:|)(2026-11-26|1d|2:15|\\[a, b\\]|\\{a: b\\}|a: b|@a|\\*a|&a a|'|\"|é|yes|7|<<|\\||>|\t|\r)?",
            0..12,
        ),
    ) {
        let text = format!("---\n{}\n---\nbody\n", lines.join("\n"));
        let (_, body, found) = parse(&text);
        prop_assert!(text.is_char_boundary(body));
        for place in found.into_iter().filter_map(|d| d.place) {
            prop_assert!(place.line >= 1 && place.line <= text.lines().count(), "{:?}", place);
            let line = text.split('\n').nth(place.line - 1).unwrap();
            prop_assert!(place.column <= line.chars().count() + 1, "{:?}", place);
        }
    }

    #[test]
    fn any_text_at_all(text in any::<String>()) {
        let _ = parse(&format!("---\n{text}\n---\n"));
        let _ = parse(&text);
    }
}
