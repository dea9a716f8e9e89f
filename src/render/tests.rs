//! What holds for every page, whatever it shows: nothing from a document becomes markup, addresses honour the base,
//! and the head comes in the order that crawlers want.

use super::pages::Pages;
use super::theme::Theme;
use super::{Body, machine};
use crate::config::{BaseUrl, Kind, Norm, Person};
use crate::document::front_matter::{Ask, Located, Outcome, Position, Response};
use crate::frozen::Frozen;
use crate::path::{SourcePath, UrlPath};
use crate::site::asks::{AskLocation, AskState, Standing};
use crate::site::catalogue::{Generated, Machine, What};
use crate::site::fixture::{HOSTILE, page, site};
use crate::site::{FolderId, PageId, PersonId, Site, Status};
use crate::source::ThemeFile;
use crate::time::Window;

fn located(value: &str) -> Vec<Located<String>> {
    vec![Located { value: value.to_owned(), line: 1 }]
}

/// An ask, with how it stands, that says `text` wherever it can.
fn ask(text: &str) -> (Ask, Standing) {
    let response = Response {
        by: text.to_owned(),
        at: None,
        answer: Some(text.to_owned()),
        position: Some(Position::NeedMoreInfo),
        why: Some(text.to_owned()),
    };
    let ask = Ask {
        id: "a".to_owned(),
        question: text.to_owned(),
        context: None,
        of: vec![text.to_owned()],
        opened: None,
        due: None,
        window: None,
        channel: Some(text.to_owned()),
        options: vec![text.to_owned()],
        responses: vec![response],
        outcome: None,
        line: 1,
    };
    let location =
        AskLocation { anchor: text.to_owned(), responses: vec![text.to_owned()], ..AskLocation::default() };
    let standing = Standing {
        location,
        due: None,
        state: AskState::Open,
        missing: vec![text.to_owned(), format!("{text} (@chen)")],
    };
    (ask, standing)
}

/// The same with an outcome.
fn decided(text: &str) -> (Ask, Standing) {
    let (mut ask, mut standing) = ask(text);
    let [answer, why, by] = [(); 3].map(|()| text.to_owned());
    let decision = located(text).pop();
    ask.outcome = Some(Outcome { answer, at: None, by: Some(by), why: Some(why), decision });
    standing.state = AskState::Decided;
    (ask, standing)
}

/// Puts the hostile text into everything that a document, its file or the configuration can fill.
fn poison(site: &mut Site) {
    let bad = || HOSTILE.to_owned();
    site.config.title = bad();
    site.config.description = Some(bad());
    site.config.language = bad();
    site.config.norms = vec![Norm { channel: bad(), within: Window::BusinessDays(2) }];
    site.config.people.insert(bad(), Person { name: bad(), timezone: None });
    if let Some(links) = &mut site.repository {
        links.branch = bad();
        links.prefix = bad();
    }
    for folder in site.folders.iter_mut() {
        folder.title = bad();
    }
    site.tags[0].name = bad();
    for kind in Kind::ALL {
        site.pages.push(page(kind, 1, "decisions/more.md", HOSTILE));
    }
    for page in &mut site.pages {
        let page = &mut **page;
        page.number = Some(bad());
        let document = &mut *page.document;
        let front = &mut document.front;
        front.summary = Some(bad());
        front.description = Some(bad());
        front.authors = vec![bad(), format!("{HOSTILE} (@q)")];
        front.owner = Some(bad());
        front.tags = vec![bad(), "Unknown <b>".to_owned()];
        front.discussions = located(&format!("https://example.org/{HOSTILE}"));
        front.decision.deciders = vec![bad()];
        front.decision.superseded_by = located(HOSTILE);
        front.decision.supersedes = located(HOSTILE);
        front.decision.decides = located(HOSTILE);
        front.update.team = Some(bad());
        front.update.period = Some(bad());
        front.recording.video = located(&format!("https://example.org/{HOSTILE}")).pop();
        (front.asks, page.asks) = [ask(HOSTILE), decided(HOSTILE)].into_iter().unzip();
        document.title = bad();
        document.excerpt = bad();
        document.path = SourcePath::new(&format!("decisions/{}.md", HOSTILE.replace('/', "-"))).unwrap();
        document.headings.iter_mut().for_each(|heading| heading.text = bad());
        document.headings.iter_mut().for_each(|heading| heading.id = bad());
        page.url = UrlPath::new(&format!("/{}/", HOSTILE.replace('/', "-"))).unwrap();
        page.status = Some(Status { raw: bad(), normal: None });
        page.old_anchors = vec![bad()];
    }
    let links = (0..site.pages.len()).flat_map(|to| (0..3).map(move |from| (PageId(to), PageId(from))));
    site.backlinks = Frozen::new(crate::site::Backlinks::from_pairs(site.pages.len(), links.collect()));
    crate::site::fixture::relate(site);
}

/// Every page of a site, by a name.
fn all(site: &Site, own: &[ThemeFile]) -> Vec<(String, String)> {
    let (theme, found) = Theme::load(own);
    assert_eq!(found, []);
    let pages = Pages::new(site, &theme);
    let body = Body { html: "<p id=\"y\">Body</p>".to_owned(), ..Body::default() };
    let generated = |what, url| pages.generated(&what, &UrlPath::new(url).unwrap());
    let mut all = vec![
        ("home".to_owned(), pages.home(Some(&body))),
        ("tags".to_owned(), generated(Generated::Tags, "/tags/")),
        ("waiting".to_owned(), generated(Generated::Waiting, "/waiting/")),
        ("people".to_owned(), generated(Generated::People, "/people/")),
        ("search".to_owned(), generated(Generated::Search, "/search/")),
        ("404".to_owned(), generated(Generated::Missing, "/404.html")),
        ("redirect".to_owned(), generated(Generated::Redirect(PageId(0)), "/old/page/")),
    ];
    all.extend((0..site.pages.len()).map(|at| (format!("page {at}"), pages.document(PageId(at), &body))));
    all.extend((1..site.folders.len()).map(|at| (format!("folder {at}"), pages.folder(FolderId(at), None))));
    if !site.config.norms.is_empty() {
        all.push(("norms".to_owned(), generated(Generated::Norms, "/norms/")));
    }
    let person = |at| (format!("person {at}"), generated(Generated::Person(PersonId(at)), "/people/x/"));
    all.extend((0..site.people.all().len()).map(person));
    let tag = |at| (format!("tag {at}"), generated(Generated::Tag(at), "/tags/x/"));
    all.extend((0..site.tags.len()).map(tag));
    all.into_iter().map(|(name, html)| (name, html.unwrap())).collect()
}

#[test]
fn text_stays_text_in_every_slot() {
    let mut site = site(30);
    poison(&mut site);
    for (name, html) in all(&site, &[]) {
        assert!(html.contains("x&quot;&gt;&lt;script&gt;"), "{name} does not show the text at all");
        for bad in ["<script>alert", "x\"><", "' onload", "Unknown <b>"] {
            assert!(!html.contains(bad), "{name} has {bad:?} as markup:\n{html}");
        }
        assert!(html.contains("{{ 1 }}"), "{name} evaluated what a document says");
    }
}

#[test]
fn own_templates_escape_whatever_they_are_called() {
    let mut site = site(2);
    poison(&mut site);
    for name in ["x.svg", "x.tera", "x.HTML", "x"] {
        let name = format!("templates/{name}");
        let files = [
            own("templates/tag.html", &format!("{{% include \"{}\" %}}", &name[10..])),
            own(&name, "<i>{{ name }}</i>"),
        ];
        let pages = all(&site, &files);
        let (_, html) = pages.iter().find(|(name, _)| name == "tag 0").unwrap();
        assert!(html.starts_with("<i>x&quot;&gt;&lt;script&gt;"), "{name}: {html}");
    }
}

/// A template of the site's own; `name` is below the theme folder.
fn own(name: &str, text: &str) -> ThemeFile {
    let path = SourcePath::new(&format!("theme/{name}")).unwrap();
    ThemeFile { name: name.to_owned(), path, bytes: text.as_bytes().into() }
}

#[test]
fn components_written_out_make_the_pages_that_calls_make() {
    let mut site = site(30);
    poison(&mut site);
    let templates = super::theme::built_in_templates();
    // In templates of the site's own every component is called.
    let called: Vec<_> = templates.iter().map(|(name, text)| own(name, text)).collect();
    assert_eq!(all(&site, &[]), all(&site, &called));
}

#[test]
fn a_component_of_the_sites_own_stands_on_built_in_pages() {
    let templates = super::theme::built_in_templates();
    let (name, parts) = templates.into_iter().find(|(name, _)| name.ends_with("/parts.html")).unwrap();
    let parts = own(&name, &parts.replace("{{ link.title }}", "<i>{{ link.title }}</i>"));
    let footer = own("templates/frame-footer.html", "<footer>Ours, {{ site.title }}</footer>\n");
    let pages = all(&site(3), &[parts, footer]);
    let (_, html) = pages.iter().find(|(name, _)| name == "page 0").unwrap();
    assert!(html.contains("<i>Choice 2</i></a></li>"), "{html}");
    assert!(html.contains("\n<footer>Ours, Acme handbook</footer>\n<div"), "{html}");
}

#[test]
fn a_list_of_what_has_names_comes_in_one_order() {
    let mut site = site(1);
    let keys = ["zeta", "alpha", "mid", "beta", "omega", "kappa", "eta", "iota"];
    let extra = keys.iter().map(|key| ((*key).to_owned(), serde_json::json!(1)));
    site.pages[0].document.front.extra = extra.collect();
    let text = "{% for key, value in extra %}{{ key }} {% endfor %}";
    let pages = all(&site, &[own("templates/decision.html", text)]);
    let (_, html) = pages.iter().find(|(name, _)| name == "page 0").unwrap();
    assert_eq!(html, "alpha beta eta iota kappa mid omega zeta ");
}

#[test]
fn a_fault_while_rendering_names_the_line_of_the_own_template() {
    let site = site(2);
    let own = [own("templates/tag.html", "<p>\n{{ tag.nowhere.further }}</p>")];
    let (theme, found) = Theme::load(&own);
    assert_eq!(found, []);
    let url = UrlPath::new("/tags/x/").unwrap();
    let fault = Pages::new(&site, &theme).generated(&Generated::Tag(0), &url).unwrap_err().remove(0);
    assert_eq!(fault.code, "theme-template");
    assert_eq!(fault.place.map(|place| place.line), Some(2), "{}", fault.message);
}

#[test]
fn every_address_is_relative_but_on_the_page_for_any_address() {
    for (name, html) in all(&site(30), &[]) {
        let from_root = if name == "404" { "/handbook/" } else { "." };
        for attribute in ["href=\"", "src=\"", "data-to=\"", "data-base=\"", "content=\"0; url="] {
            for after in html.split(attribute).skip(1) {
                let written = after.split('"').next().unwrap();
                let known = written.is_empty() || written.starts_with('#') || written.starts_with("https://");
                assert!(known || written.starts_with(from_root), "{name}: {attribute}{written}");
            }
        }
    }
}

#[test]
fn the_base_is_seen_in_the_head_and_on_the_page_for_any_address_alone() {
    let pages = |base: BaseUrl| {
        let mut site = site(30);
        site.config.base = base;
        let head = |line: &&str| !line.contains("\"og:url\"") && !line.contains("\"canonical\"");
        let pages = all(&site, &[]).into_iter().filter(|(name, _)| name != "404");
        pages
            .map(|(name, html)| (name, html.lines().filter(head).map(str::to_owned).collect::<Vec<_>>()))
            .collect::<Vec<_>>()
    };
    let bases =
        ["https://a.example/", "https://b.example/hand%20book/"].map(|base| BaseUrl::parse(base).unwrap());
    let [a, b] = bases.map(pages);
    assert_eq!(a, b);
    assert_eq!(a, pages(BaseUrl::unknown()));
}

#[test]
fn the_head_says_what_crawlers_want_first() {
    let pages = all(&site(2), &[]);
    let (_, html) = pages.iter().find(|(name, _)| name == "page 0").unwrap();
    let order = [
        "<meta charset=\"utf-8\">",
        "Content-Security-Policy\" content=\"default-src &#39;self&#39;; img-src &#39;self&#39; data:; object-src",
        "<title>1: Choice 1 · Acme handbook</title>",
        // One tag for search engines and for previews in chats.
        "name=\"description\" property=\"og:description\" content=\"It begins so.\"",
        "property=\"og:title\" content=\"1: Choice 1\"",
        "property=\"og:type\" content=\"article\"",
        "property=\"og:site_name\" content=\"Acme handbook\"",
        "content=\"https://acme.example/handbook/decisions/0001-choice/\"",
        "name=\"twitter:label1\" content=\"Status\"",
        "name=\"twitter:data1\" content=\"proposed\"",
        "name=\"twitter:data2\" content=\"13 November 2026\"",
        "rel=\"stylesheet\"",
    ];
    let places: Vec<_> =
        order.iter().map(|part| html.find(part).unwrap_or_else(|| panic!("{part}\n{html}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn without_an_origin_nothing_is_absolute() {
    let mut site = site(2);
    site.config.base.origin = None;
    let pages = all(&site, &[]);
    let (_, html) = pages.iter().find(|(name, _)| name == "page 0").unwrap();
    assert!(!html.contains("og:url") && !html.contains("canonical"));
}

#[test]
fn pages_hold_no_script_or_style_of_their_own() {
    for (name, html) in all(&site(30), &[]) {
        assert!(!html.contains("style="), "{name}");
        assert!(!html.contains("<style"), "{name}");
        let scripts = html.match_indices("<script").count();
        assert_eq!(scripts, html.match_indices("></script>").count(), "{name}");
    }
}

#[test]
fn the_body_goes_in_as_it_is() {
    let pages = all(&site(2), &[]);
    let (_, html) = pages.iter().find(|(name, _)| name == "page 0").unwrap();
    assert!(html.contains("<p id=\"y\">Body</p>"));
}

#[test]
fn a_title_shows_its_code_only_where_the_heading_says_the_same() {
    let mut site = site(2);
    let (theme, _) = Theme::load(&[]);
    let body = Body { title: Some("<code>Choice</code> 1".to_owned()), ..Body::default() };
    let title = "><code>Choice</code> 1</h1>";
    assert!(Pages::new(&site, &theme).document(PageId(0), &body).unwrap().contains(title));
    site.pages[0].document.headings[0].text = "1. Choice".to_owned();
    assert!(!Pages::new(&site, &theme).document(PageId(0), &body).unwrap().contains(title));
}

#[test]
fn machine_files_are_there() {
    let site = site(3);
    let (theme, _) = Theme::load(&[]);
    let files: Vec<(&str, &Machine)> = site
        .catalogue
        .all()
        .iter()
        .filter_map(|output| match &output.what {
            What::Machine(file) => Some((output.url.as_str(), file)),
            What::Document(_) | What::Folder(_) | What::Generated(_) | What::Copy(_) => None,
        })
        .collect();
    let names: Vec<_> = files.iter().map(|(url, _)| *url).collect();
    assert_eq!(names, ["/.nojekyll", "/decisions.json", "/favicon.svg", "/robots.txt", "/sitemap.xml"]);
    let empty: Vec<_> =
        files.iter().filter(|(_, file)| machine::make(&site, &theme, file).is_empty()).collect();
    assert_eq!(empty, [&("/.nojekyll", &Machine::NoJekyll)]);
    let robots = String::from_utf8(machine::make(&site, &theme, &Machine::Robots)).unwrap();
    assert!(robots.ends_with("Sitemap: https://acme.example/handbook/sitemap.xml\n"), "{robots}");
}

/// Places in a template where a value stands inside a tag but outside quotes, and filters that switch escaping off.
fn faults(template: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let (mut in_tag, mut quote) = (false, None);
    let mut rest = template;
    while let Some(letter) = rest.chars().next() {
        let close =
            [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].into_iter().find(|(open, _)| rest.starts_with(open));
        if let Some((open, close)) = close {
            let end = rest.find(close).map_or(rest.len(), |at| at + 2);
            let inner = &rest[..end];
            let words = inner.split(|c: char| !c.is_alphanumeric());
            if open != "{#" && words.into_iter().any(|word| word == "safe") {
                faults.push(format!("not escaped: {inner}"));
            }
            if open == "{{" && in_tag && quote.is_none() {
                faults.push(format!("not quoted: {inner}"));
            }
            rest = &rest[end..];
            continue;
        }
        match (in_tag, quote, letter) {
            (false, _, '<') => in_tag = true,
            (true, None, '>') => in_tag = false,
            (true, None, '"' | '\'') => quote = Some(letter),
            (true, Some(open), c) if open == c => quote = None,
            _ => {}
        }
        rest = &rest[letter.len_utf8()..];
    }
    faults
}

#[test]
fn every_template_quotes_and_escapes() {
    assert_eq!(faults("<a href={{ x }}>").len(), 1);
    assert_eq!(faults("<a {{ x }}>{{ y | safe }}</a>").len(), 2);
    assert_eq!(faults("<a href=\"{{ x }}\">{{ y }}</a>").len(), 0);
    let templates = super::theme::built_in_templates();
    assert!(templates.len() > 10);
    for (name, text) in templates {
        assert_eq!(faults(&text), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn ids_of_the_theme_can_not_meet_ids_of_documents() {
    for (name, text) in super::theme::built_in_templates() {
        for (at, _) in text.match_indices(" id=\"") {
            let id = &text[at + 5..];
            // Tools know the results by this name, and no document is shown on their page.
            let results = name == "templates/search.html" && id.starts_with("search-results\"");
            let apart = id.starts_with("tm-") || id.starts_with("{{") || results;
            assert!(apart, "{name}: {}", &id[..id.len().min(30)]);
        }
    }
}
