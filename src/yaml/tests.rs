//! The reader as a specification: places, refusals, and that no text makes it panic.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Diagnostic;

fn read(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    let path = SourcePath::new("a.md").unwrap();
    let (source, node) = parse_all(&path, text, Limits::FRONT_MATTER);
    let found = source.into_diagnostics();
    (node, found)
}

fn only(text: &str) -> Diagnostic {
    let (_, mut found) = read(text);
    assert_eq!(found.len(), 1, "{text:?}: {found:#?}");
    found.remove(0)
}

fn place(text: &str) -> (usize, usize, usize) {
    let place = only(text).place.unwrap();
    (place.line, place.column, place.width)
}

fn walk<'t>(text: &'t str, node: &Node, out: &mut Vec<&'t str>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| walk(text, item, out)),
        Value::Map(entries) => entries.iter().for_each(|(key, value)| {
            walk(text, key, out);
            walk(text, value, out);
        }),
        _ => out.push(&text[node.span.clone()]),
    }
}

#[test]
fn each_value_knows_its_place_also_behind_wide_characters_and_crlf() {
    let text = "größe: ü\r\nb:\r\n  - x\r\n  - { y: 07 }\r\n";
    let (node, found) = read(text);
    assert_eq!(found, []);
    let mut scalars = Vec::new();
    walk(text, &node.unwrap(), &mut scalars);
    assert_eq!(scalars, ["größe", "ü", "b", "x", "y", "07"]);
}

#[test]
fn an_alias_stands_where_it_is_used() {
    let text = "a: &x [1, 2]\nb: *x\nc: 3\n";
    let (node, found) = read(text);
    assert_eq!(found, []);
    let Value::Map(entries) = node.unwrap().value else { panic!() };
    let Value::List(items) = &entries[1].1.value else { panic!() };
    assert_eq!(&text[items[1].span.clone()], "*x");
    assert_eq!(&text[entries[2].1.span.clone()], "3");
}

#[test]
fn a_colon_in_a_value_is_shown_with_the_quotes_it_needs() {
    let found = only("kind: spec\ntitle: RFC 7: x\n");
    assert_eq!(found.hints, ["Put it in quotes: `title: \"RFC 7: x\"`"]);
    assert_eq!(place("kind: spec\ntitle: RFC 7: x\n"), (2, 8, 8));
}

#[test]
fn tabs_signs_and_open_quotes_are_explained_at_their_place() {
    assert_eq!(place("a:\n\tb: 1\n"), (2, 1, 1));
    assert_eq!(place("owner: @ana\n"), (1, 8, 4));
    assert_eq!(only("owner: @ana\n").hints, ["Put it in quotes: `owner: \"@ana\"`"]);
    assert_eq!(place("a: \"x\nb: 1\n").0, 1);
    assert_eq!(only("of: *ana\n").hints, ["Put it in quotes: `of: \"*ana\"`"]);
    assert_eq!(place("{ at: 2026-11-26T17:00[Europe/Berlin] }\n").0, 1);
    assert_eq!(place("a:b\nc: 1\n"), (1, 1, 3));
    assert_eq!(place("a: 1\n  b: 2\n"), (2, 3, 4));
    assert!(only("a:\n  - b: 1\n c: 2\n").message.contains("indentation"));
    assert!(only("- { at: 2026-11-26T17:00[Europe/Berlin] }\n").hints[0].contains("in quotes, such as"));
    assert_eq!(place("a: 1\nfoo\nb: 2\n"), (2, 1, 3));
    assert_eq!(place("tags: [a, b\nb: 1\n"), (1, 7, 5));
    assert!(only("a: \"b\\q\"\n").message.contains("backslash"));
    assert_eq!(only("a: !x y\n").code, "yaml-tag");
    assert_eq!(only("a: 1\n---\nb: 1\n").code, "yaml-documents");
}

#[test]
fn a_key_twice_is_an_error_at_the_second() {
    let found = only("a: 1\nb: { c: 1, c: 2 }\n");
    assert_eq!(found.code, "duplicate-key");
    let place = found.place.unwrap();
    assert_eq!((place.line, place.column), (2, 12));
    assert_eq!(only("a: 1\nb: 1\na: 1\n").message, "`a` stands twice: first in line 1");
}

#[test]
fn merge_keys_and_numbers_that_are_none_are_said() {
    assert_eq!(read("a: &a { b: 1 }\nc:\n  <<: *a\n").1[0].code, "yaml-merge-key");
    for number in [".nan", ".inf", "-.INF"] {
        assert_eq!(only(&format!("a: {number}")).code, "yaml-not-finite", "{number}");
    }
    assert_eq!(read("a: '.nan'\n").1, []);
}

#[test]
fn control_characters_are_errors_at_their_place() {
    for bad in ["\0", "\u{7}", "\u{7f}", "\u{9b}"] {
        assert_eq!(only(&format!("a: x{bad}y\n")).code, "control-character", "{bad:?}");
    }
    assert_eq!(place("a: x\0y\n"), (1, 5, 1));
}

#[test]
fn size_is_limited_before_anything_is_read() {
    let within = format!("a: {}\n", "x".repeat(64 * 1024 - 4));
    assert_eq!(read(&within).1, []);
    assert_eq!(only(&format!("{within}#")).code, "yaml-too-large");
}

#[test]
fn depth_is_limited_whatever_it_is_made_of() {
    let deep = |n: usize| format!("a: {}{}\n", "[".repeat(n), "]".repeat(n));
    assert_eq!(read(&deep(31)).1, []);
    assert_eq!(only(&deep(32)).code, "yaml-too-deep");
    for hostile in ["[", "{", "- ", "? ", "[{", "? [", "{a: "] {
        let count = 60_000 / hostile.len();
        assert_eq!(only(&hostile.repeat(count)).code, "yaml-too-deep", "{hostile}");
        assert_eq!(only(&format!("a:\n  {}", hostile.repeat(count))).code, "yaml-too-deep", "a: {hostile}");
    }
}

#[test]
fn aliases_are_limited_in_number_and_in_what_they_repeat() {
    let uses = |n: usize| format!("a: &a x\nb: [{}]\n", vec!["*a"; n].join(", "));
    assert_eq!(read(&uses(16)).1, []);
    assert_eq!(only(&uses(17)).code, "yaml-aliases");
    let wide = vec!["x"; 8000].join(",");
    let bomb = format!("a: &a [{wide}]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n");
    assert_eq!(only(&bomb).code, "yaml-too-large");
    let last = format!("a: &a [{wide}]\nb: [{}]\n", ["*a"; 9].join(","));
    assert_eq!(only(&last).code, "yaml-too-large", "also where nothing follows");
    assert!(!read("a: &a [*a]\n").1.is_empty());
}

#[test]
fn a_long_list_of_findings_ends() {
    let text = (0..5000).map(|n| format!("a{n}: .nan\n")).collect::<Vec<_>>().concat();
    assert_eq!(read(&text).1.len(), 101);
}

#[test]
fn nothing_is_an_empty_tree() {
    for text in ["", "\n", "# only a comment\n"] {
        let (node, found) = read(text);
        assert_eq!((node.unwrap().value, found), (Value::Empty, vec![]), "{text:?}");
    }
}

proptest! {
    #[test]
    fn no_text_panics_and_places_lie_inside_it(text in "([a-c]: |- |\\[|\\]|\\{|\\}|\"|'|&a |\\*a|\n|  |\t|x|ü|#|, |: |\\||>|~|<<|7|0x|\r\n|!|%|@|\u{0}|\\?|---){0,40}") {
        let (node, found) = read(&text);
        prop_assert!(node.is_some() || !found.is_empty());
        let lines = text.split('\n').count();
        for place in found.into_iter().filter_map(|d| d.place) {
            prop_assert!(place.line >= 1 && place.line <= lines, "{:?}", place);
            let length = text.split('\n').nth(place.line - 1).unwrap().chars().count();
            prop_assert!(place.column <= length + 1, "{:?}", place);
        }
    }

    #[test]
    fn any_text_at_all(text in any::<String>()) {
        let _ = read(&text);
    }
}
