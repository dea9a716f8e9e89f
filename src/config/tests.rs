//! The configuration as a specification: every key, every refusal with its place, all in one run.

use jiff::civil::Weekday;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::Diagnostic;
use crate::time::zone_name;

fn configure_with(text: &str, overrides: &Overrides) -> (Config, Vec<Diagnostic>) {
    let path = SourcePath::new("threadmark.yml").unwrap();
    read(Some((&path, text)), "acme-handbook", overrides)
}

fn configure(text: &str) -> (Config, Vec<Diagnostic>) {
    configure_with(text, &Overrides::default())
}

fn clean(text: &str) -> Config {
    let (config, found) = configure(text);
    assert_eq!(found, [], "{text}");
    config
}

/// Line, column, code, message and first hint of the only finding.
fn only(text: &str) -> (usize, usize, &'static str, String, String) {
    let (_, found) = configure(text);
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    let place = found[0].place.clone().unwrap();
    let hint = found[0].hints.first().cloned().unwrap_or_default();
    (place.line, place.column, found[0].code, found[0].message.clone(), hint)
}

#[test]
fn nothing_configured_is_a_whole_configuration() {
    let (config, found) = read(None, "acme-handbook", &Overrides::default());
    assert_eq!(found, []);
    assert_eq!(
        (config.title.as_str(), config.output.as_str(), config.content.as_str()),
        ("Acme handbook", "_site", "")
    );
    assert_eq!((config.base.origin, config.base.path.as_str()), (None, "/"));
    assert_eq!((config.language.as_str(), zone_name(&config.timezone)), ("en", "UTC"));
    assert_eq!((config.share_pages, config.html), (SharePages::Sections, HtmlPolicy::Safe));
    assert!(!config.collections_configured && !config.elasticlunr);
    assert_eq!(clean("# nothing yet\n").title, "Acme handbook");
}

#[test]
fn every_key_of_the_contract_is_read() {
    let config = clean(
        "title: Acme handbook\n\
         description: How we decide at Acme\n\
         base_url: https://acme.github.io/handbook\n\
         content: docs\n\
         output: public\n\
         timezone: Europe/Berlin\n\
         language: pt-BR\n\
         repository: git@github.com:acme/handbook.git\n\
         theme: theme\n\
         collections:\n  \
           decisions: { kind: decision, path: docs/adr, title: Decisions }\n  \
           weekly:    { kind: update, path: updates, cadence: { every: week, on: friday } }\n  \
           specs:\n\
         people:\n  \
           ana: { name: Ana Souza, timezone: America/Sao_Paulo }\n  \
           bo:\n\
         norms:\n  \
           - { channel: Chat message, within: 4h }\n  \
           - { channel: Email, within: 2bd }\n\
         checks: { missing-context: error, long-recording: off }\n\
         share_pages: off\n\
         exclude: [drafts/**, '*.tmp.md']\n\
         html: raw\n\
         search: { elasticlunr: true }\n",
    );
    assert_eq!(
        config.base,
        BaseUrl { origin: Some("https://acme.github.io".into()), path: "/handbook/".into() }
    );
    assert_eq!((config.content.as_str(), config.output.as_str()), ("docs", "public"));
    assert_eq!((zone_name(&config.timezone), config.language.as_str()), ("Europe/Berlin", "pt-BR"));
    assert_eq!(config.repository.as_deref(), Some("https://github.com/acme/handbook"));
    assert_eq!(config.theme.as_ref().map(SourcePath::as_str), Some("theme"));
    let kinds: Vec<_> =
        config.collections.iter().map(|c| (c.name.as_str(), c.kind, c.path.as_str())).collect();
    let expected = [
        ("decisions", Kind::Decision, "docs/adr"),
        ("weekly", Kind::Update, "updates"),
        ("specs", Kind::Spec, "specs"),
    ];
    assert_eq!(kinds, expected);
    let friday = Cadence { every: Every::Week, on: Some(Weekday::Friday) };
    assert_eq!((config.collections[1].cadence, config.collections_configured), (Some(friday), true));
    assert_eq!((config.people["ana"].name.as_str(), config.people["bo"].name.as_str()), ("Ana Souza", "bo"));
    assert_eq!(config.norms[1], Norm { channel: "Email".into(), within: Window::BusinessDays(2) });
    assert_eq!(config.checks["long-recording"], CheckLevel::Off);
    assert_eq!(
        (config.share_pages, config.html, config.elasticlunr),
        (SharePages::Off, HtmlPolicy::Raw, true)
    );
    assert_eq!(config.exclude, ["drafts/**", "*.tmp.md"]);
}

#[test]
fn an_unknown_key_names_its_place_and_the_nearest_key_at_every_level() {
    for (text, line, column, near) in [
        ("titel: x\n", 1, 1, "title"),
        ("title: x\nbase-ur: y\n", 2, 1, "base_url"),
        ("collections:\n  adr: { knd: decision }\n", 2, 10, "kind"),
        ("collections:\n  adr: { cadence: { evry: week, every: day } }\n", 2, 21, "every"),
        ("people:\n  ana: { timezon: UTC }\n", 2, 10, "timezone"),
        ("norms:\n  - { chanel: Mail, channel: Mail, within: 4h }\n", 2, 7, "channel"),
        ("search: { elasticlunar: true }\n", 1, 11, "elasticlunr"),
    ] {
        let (at_line, at_column, code, _, hint) = only(text);
        assert_eq!((at_line, at_column, code), (line, column, "unknown-key"), "{text}");
        assert_eq!(hint, format!("Did you mean `{near}`?"), "{text}");
    }
}

#[test]
fn a_value_that_cannot_be_is_an_error_at_the_value() {
    for (text, line, column, hint) in [
        ("timezone: Europe/Berln\n", 1, 11, "Did you mean `Europe/Berlin`?"),
        ("base_url: ftp://acme.org\n", 1, 11, "Expected `https://` or `http://`, not `ftp://`."),
        ("share_pages: section\n", 1, 14, "Did you mean `sections`?"),
        ("html: saf\n", 1, 7, "Did you mean `safe`?"),
        ("checks:\n  missing-context: eror\n", 2, 20, "Did you mean `error`?"),
        ("collections:\n  adr: { kind: decison }\n", 2, 16, "Did you mean `decision`?"),
        ("collections:\n  weekly: { cadence: { every: weak } }\n", 2, 31, "Did you mean `week`?"),
        ("search: { elasticlunr: yes }\n", 1, 24, "Write `elasticlunr: true`, without quotes."),
        ("language: english\n", 1, 11, "Expected a language tag such as `en`, `de` or `pt-BR`."),
    ] {
        let (at_line, at_column, _, _, at_hint) = only(text);
        assert_eq!((at_line, at_column, at_hint.as_str()), (line, column, hint), "{text}");
    }
}

#[test]
fn paths_stay_inside_the_site() {
    for text in [
        "content: ../elsewhere\n",
        "content: /etc\n",
        "output: ..\n",
        "output: .\n",
        "output: /var/x\n",
        "theme: ../theme\n",
        "theme: C:/theme\n",
        "exclude: [../**]\n",
        "exclude: ['{a']\n",
        "collections:\n  adr: { path: ../adr }\n",
        "collections:\n  adr: { path: /adr }\n",
    ] {
        assert_eq!(only(text).2, "wrong-value", "{text}");
    }
    for text in ["content: docs/site\noutput: docs\n", "theme: _site/theme\n", "content: a\noutput: a\n"] {
        let (_, found) = configure(text);
        assert_eq!(found[0].code, "output-holds-sources", "{text}");
    }
}

#[test]
fn collections_have_names_fit_for_addresses_and_folders_of_their_own() {
    for (name, hint) in [
        ("search", "Choose a name"),
        ("Docs", "`docs` would do."),
        ("a/b", "`a-b` would do."),
        ("'!'", "Use"),
    ] {
        let (line, column, code, _, at_hint) = only(&format!("collections:\n  {name}: {{ kind: page }}\n"));
        assert_eq!((line, column, code), (2, 3, "wrong-value"), "{name}");
        assert!(at_hint.starts_with(hint), "{name}: {at_hint}");
    }
    for (one, other) in [("docs", "docs"), ("docs", "docs/adr"), (".", "x"), ("docs/adr", "./docs/")] {
        let text = format!("collections:\n  a: {{ path: {one} }}\n  b: {{ path: {other} }}\n");
        assert_eq!(only(&text).2, "overlapping-collections", "{text}");
    }
    assert_eq!(only("collections:\n  adr:\n  adr:\n").2, "duplicate-key");
}

#[test]
fn wrong_types_say_what_was_expected_and_what_is_there() {
    for (text, message) in [
        ("title: [a]\n", "`title` should be text, but is a list"),
        ("collections: [adr]\n", "`collections` should be a mapping of `key: value`, but is a list"),
        ("norms: 4h\n", "`norms` should be a list of `{ channel: ..., within: ... }`, but is text"),
        ("people:\n  ana: Ana\n", "`ana` should be a mapping of `key: value`, but is text"),
        ("just text\n", "`the configuration` should be a mapping of `key: value`, but is text"),
        ("norms:\n  - { within: 4h }\n", "`channel` is missing here"),
    ] {
        assert_eq!(only(text).3, message, "{text}");
    }
}

#[test]
fn all_errors_come_in_one_run_in_the_order_of_the_file() {
    let (config, found) =
        configure("titel: x\nbase_url: nowhere\ntimezone: Mars\nsearch: { a: 1 }\noutput: public\n");
    let lines: Vec<usize> = found.iter().filter_map(|d| d.place.as_ref()).map(|place| place.line).collect();
    assert_eq!(lines, [1, 2, 3, 4]);
    assert_eq!(config.output, "public", "what can be read is read");
}

#[test]
fn the_command_line_wins_and_is_checked_too() {
    let with = |base: &str| {
        configure_with(
            "base_url: https://a.org/
",
            &Overrides { base_url: Some(base.into()) },
        )
    };
    assert_eq!(with("https://b.org/y").0.base.path, "/y/");
    let (_, found) = with("b.org");
    assert_eq!((found.len(), found[0].place.clone()), (1, None));
}

#[test]
fn what_is_no_yaml_is_an_error_in_its_line() {
    assert_eq!(only("title: a\ndescription: RFC 7: x\n").0, 2);
    assert_eq!(only("title: \"a\n").0, 1);
}

proptest! {
    #[test]
    fn no_text_panics(text in "(title|base_url|collections|people|norms|checks|exclude|search|theme|adr|kind|path|cadence|: |\n|\n  |\\{|\\}|\\[|\\]|, |- |a|7|/|\\.\\.|'|https://|é){0,40}") {
        let (_, found) = configure(&text);
        for place in found.into_iter().filter_map(|d| d.place) {
            prop_assert!(place.line <= text.split('\n').count());
        }
    }
}
