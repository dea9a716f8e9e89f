//! `decisions.json`: all decisions as data, for dashboards and scripts. `schema/decisions.schema.json` says its form.

use serde::Serialize;

use crate::config::Kind;
use crate::render::views::Urls;
use crate::site::decisions::{Decided, End, Relations};
use crate::site::{Page, PageId, Site, display};

/// One decision.
#[derive(Serialize)]
struct Record<'a> {
    id: String,
    number: Option<u64>,
    title: String,
    kind: &'static str,
    status: Option<Status<'a>>,
    date: Option<String>,
    authors: &'a [String],
    deciders: &'a [String],
    supersedes: Vec<String>,
    superseded_by: Vec<String>,
    amends: Vec<String>,
    amended_by: Vec<String>,
    decides: Vec<String>,
    tags: &'a [String],
    url: String,
    source: &'a str,
}

#[derive(Serialize)]
struct Status<'a> {
    raw: &'a str,
    normal: Option<&'static str>,
}

/// The file's text, in the order of source paths; `None` where the site has no decisions.
pub(super) fn text(site: &Site, urls: &Urls<'_>) -> Option<Vec<u8>> {
    let decisions =
        site.pages.iter().enumerate().filter(|(_, page)| page.kind == Kind::Decision && !page.is_index);
    let records: Vec<Record<'_>> = decisions.map(|(at, page)| record(site, urls, PageId(at), page)).collect();
    if records.is_empty() {
        return None;
    }
    let mut text = serde_json::to_vec(&records).ok()?;
    text.push(b'\n');
    Some(text)
}

fn record<'a>(site: &'a Site, urls: &Urls<'_>, id: PageId, page: &'a Page) -> Record<'a> {
    let front = &page.document.front;
    let none = Relations::default();
    let relations = site.decisions.relations(id).unwrap_or(&none);
    let all = |ends: &[End]| ends.iter().map(|end| name(site, end)).collect();
    // What a mere proposal would replace still holds.
    let in_force = |ends: &[End]| ends.iter().filter(|end| end.in_force).map(|end| name(site, end)).collect();
    Record {
        id: id_of(page),
        number: display::number(page).and_then(|digits| digits.parse().ok()),
        title: display::title(page),
        kind: page.kind.word(),
        status: page.status.as_ref().map(|status| Status {
            raw: &status.raw,
            normal: status.normal.map(crate::site::NormalStatus::word),
        }),
        date: page.date.map(|date| date.to_string()),
        authors: &front.authors,
        deciders: &front.decision.deciders,
        supersedes: all(&relations.supersedes),
        superseded_by: in_force(&relations.superseded_by),
        amends: all(&relations.amends),
        amended_by: in_force(&relations.amended_by),
        decides: relations.decides.iter().map(|decided| ask(site, decided)).collect(),
        tags: &front.tags,
        url: urls.farthest(&page.url),
        source: page.document.path.as_str(),
    }
}

/// The address below the site's base: what stays when the base or the file's name changes.
fn id_of(page: &Page) -> String {
    page.url.as_str().trim_matches('/').to_owned()
}

fn name(site: &Site, end: &End) -> String {
    end.page.map_or_else(|| end.written.clone(), |id| id_of(&site.pages[id.0]))
}

fn ask(site: &Site, decided: &Decided) -> String {
    let found = decided.page.zip(decided.ask).and_then(|(page, ask)| {
        let page = &site.pages[page.0];
        Some(format!("{}#ask-{}", id_of(page), page.document.front.asks.get(ask)?.id))
    });
    found.unwrap_or_else(|| decided.written.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::Located;
    use crate::site::fixture;
    use serde_json::{Value, json};

    const SCHEMA: &str = include_str!("../schema/decisions.schema.json");

    fn written(site: &Site) -> Value {
        serde_json::from_slice(&text(site, &Urls::at_root(&site.config.base)).unwrap()).unwrap()
    }

    fn validator() -> jsonschema::Validator {
        let schema = serde_json::from_str(SCHEMA).unwrap();
        jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
    }

    fn related() -> Site {
        let mut site = fixture::site(4);
        let name = |value: &str| vec![Located { value: value.to_owned(), line: 1 }];
        site.pages[1].document.front.decision.supersedes = name("4");
        site.pages[2].document.front.decision.amends = name("ADR-99");
        site.pages[2].document.front.decision.decides = name("specs/lost#ask-x");
        site.pages[0].document.front.decision.supersedes = name("3");
        site.pages[3].date = None;
        site.pages[3].status = None;
        fixture::relate(&mut site);
        site
    }

    #[test]
    fn a_decision_as_data() {
        let all = written(&related());
        assert_eq!(all.as_array().unwrap().len(), 4);
        assert_eq!(
            all[1],
            json!({
                "id": "decisions/0002-choice",
                "number": 2,
                "title": "Choice 2",
                "kind": "decision",
                "status": { "raw": "accepted", "normal": "accepted" },
                "date": "2026-11-13",
                "authors": [],
                "deciders": ["ana", "Bo"],
                "supersedes": ["decisions/0004-choice"],
                "superseded_by": [],
                "amends": [],
                "amended_by": [],
                "decides": [],
                "tags": ["Storage"],
                "url": "https://acme.example/handbook/decisions/0002-choice/",
                "source": "decisions/0002-choice.md",
            })
        );
        assert_eq!(
            all[3]["superseded_by"],
            json!(["decisions/0002-choice"]),
            "though only the other says so"
        );
        assert_eq!((&all[3]["date"], &all[3]["status"]), (&Value::Null, &Value::Null));
        assert_eq!(
            (&all[2]["amends"], &all[2]["decides"]),
            (&json!(["ADR-99"]), &json!(["specs/lost#ask-x"]))
        );
        assert_eq!(all[2]["superseded_by"], json!([]), "the first is a proposal");
    }

    #[test]
    fn the_schema_holds() {
        let (valid, mut all) = (validator(), written(&related()));
        let faults: Vec<String> = valid.iter_errors(&all).map(|error| error.to_string()).collect();
        assert_eq!(faults, Vec::<String>::new());
        let fields: Vec<String> = all[0].as_object().unwrap().keys().cloned().collect();
        for field in fields {
            let mut lost = all.clone();
            lost[0].as_object_mut().unwrap().remove(&field);
            assert!(!valid.is_valid(&lost), "without {field}");
            let mut wrong = all.clone();
            wrong[0][&field] = json!({ "surprise": 1 });
            assert!(!valid.is_valid(&wrong), "with a wrong {field}");
        }
        all[0]["more"] = json!(1);
        assert!(!valid.is_valid(&all), "with one that is not described");
    }

    #[test]
    fn a_site_without_decisions_has_no_file() {
        let site = fixture::site(0);
        assert_eq!(text(&site, &Urls::at_root(&site.config.base)), None);
    }
}
