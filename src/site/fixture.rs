//! A small site made by hand, for tests of what is rendered from one.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use crate::config::{BaseUrl, CollectionConfig, Config, HtmlPolicy, Kind, Person, SharePages};
use crate::document::{Document, Heading};
use crate::frozen::Frozen;
use crate::path::{SourcePath, UrlPath};
use crate::site::catalogue::claims::Claims;
use crate::site::catalogue::{Catalogue, Facts, Possible};
use crate::site::{
    Decisions, Families, Folder, FolderId, Neighbours, NormalStatus, Page, PageId, People, RepositoryLinks,
    Site, Status, Tag,
};
use crate::time::Clock;

/// What gets into every slot that a document or its file can fill.
pub const HOSTILE: &str = r#"x"><script>alert(1)</script>' onload=a {{ 1 }} &amp;"#;

pub fn config() -> Config {
    let collection = |name: &str, kind| CollectionConfig {
        name: name.to_owned(),
        kind,
        path: name.to_owned(),
        title: None,
        cadence: None,
    };
    Config {
        title: "Acme handbook".to_owned(),
        description: Some("How we decide".to_owned()),
        base: BaseUrl { origin: Some("https://acme.example".to_owned()), path: "/handbook/".to_owned() },
        content: String::new(),
        output: "_site".to_owned(),
        timezone: TimeZone::UTC,
        language: "en".to_owned(),
        repository: None,
        theme: None,
        collections: vec![collection("decisions", Kind::Decision), collection("updates", Kind::Update)],
        collections_configured: true,
        people: BTreeMap::from([("ana".to_owned(), Person { name: "Ana Souza".to_owned(), timezone: None })]),
        norms: Vec::new(),
        checks: BTreeMap::new(),
        share_pages: SharePages::Sections,
        exclude: Vec::new(),
        html: HtmlPolicy::Safe,
        elasticlunr: false,
    }
}

/// A page of `kind` in `folder` from `path`, with two sections.
pub fn page(kind: Kind, folder: usize, path: &str, title: &str) -> Frozen<Page> {
    let path = SourcePath::new(path).unwrap();
    let stem = path.as_str().trim_end_matches(".md").to_lowercase();
    let heading = |level, text: &str, id: &str| Heading {
        level,
        text: text.to_owned(),
        id: id.to_owned(),
        also: None,
        dated: false,
        span: 0..0,
    };
    Frozen::new(Page {
        number: None,
        document: Frozen::new(Document {
            path,
            text: "".into(),
            body_start: 0,
            front: Box::default(),
            record: None,
            beside: None,
            title: title.to_owned(),
            title_heading: Some(0),
            headings: vec![
                heading(1, title, "title"),
                heading(2, "Context", "context"),
                heading(3, "Why", "why"),
            ],
            html_ids: Vec::new(),
            links: Vec::new(),
            context_links: Vec::new(),
            recordings: Vec::new(),
            moments: Vec::new(),
            mentions: Vec::new(),
            words: 441,
            excerpt: "It begins so.".to_owned(),
            nodes: crate::document::markdown::Kept::default(),
        }),
        kind,
        url: UrlPath::new(&format!("/{stem}/")).unwrap(),
        folder: FolderId(folder),
        is_index: false,
        links: Vec::new(),
        video: None,
        transcript: None,
        recording: None,
        spoken: crate::site::recordings::Spoken::default(),
        date: Some(date(2026, 11, 13)),
        updated: Some(date(2026, 11, 20)),
        updated_at: None,
        changes: Vec::new(),
        status: None,
        old_anchors: Vec::new(),
        asks: Vec::new(),
    })
}

fn decision(number: usize, status: NormalStatus) -> Frozen<Page> {
    let name = format!("decisions/{number:04}-choice.md");
    let mut page = page(Kind::Decision, 1, &name, &format!("Choice {number}"));
    page.number = Some(format!("{number:04}"));
    page.document.front.decision.deciders = vec!["ana".to_owned(), "Bo".to_owned()];
    page.document.front.tags = vec!["Storage".to_owned()];
    page.status = Some(Status { raw: status.word().to_owned(), normal: Some(status) });
    page
}

fn folder(url: &str, title: &str, kind: Kind, parent: Option<usize>, members: Vec<usize>) -> Folder {
    Folder {
        url: UrlPath::new(url).unwrap(),
        title: title.to_owned(),
        kind,
        is_collection: parent.is_some(),
        parent: parent.map(FolderId),
        children: Vec::new(),
        index: None,
        members: members.into_iter().map(PageId).collect(),
    }
}

/// Home, `count` decisions (the first is proposed, the rest accepted), and two updates in different months.
pub fn site(count: usize) -> Site {
    let mut pages: Vec<Frozen<Page>> = (1..=count)
        .map(|n| decision(n, if n == 1 { NormalStatus::Proposed } else { NormalStatus::Accepted }))
        .collect();
    let mut index = page(Kind::Page, 0, "index.md", "Acme handbook");
    index.is_index = true;
    index.url = UrlPath::root();
    pages.push(index);
    for (day, name) in [(date(2026, 10, 30), "a"), (date(2026, 11, 6), "b")] {
        let mut update = page(Kind::Update, 2, &format!("updates/{name}.md"), "Week");
        update.date = Some(day);
        update.document.front.update.team = Some("Platform".to_owned());
        pages.push(update);
    }
    let mut root = folder("/", "Acme handbook", Kind::Page, None, vec![]);
    root.children = vec![FolderId(1), FolderId(2)];
    root.index = Some(PageId(count));
    let decisions = folder("/decisions/", "Decisions", Kind::Decision, Some(0), (0..count).collect());
    let updates = folder("/updates/", "Updates", Kind::Update, Some(0), vec![count + 1, count + 2]);
    let mut site = Site {
        config: Frozen::new(config()),
        clock: Clock { now: Timestamp::UNIX_EPOCH },
        tags: Frozen::new(vec![Tag {
            name: "Storage".to_owned(),
            slug: "storage".to_owned(),
            url: UrlPath::new("/tags/storage/").unwrap(),
            pages: (0..count).map(PageId).collect(),
        }]),
        pages,
        folders: Frozen::new(vec![root, decisions, updates]),
        decisions: Frozen::default(),
        moment_links: Frozen::default(),
        neighbours: Frozen::default(),
        backlinks: Frozen::default(),
        recordings: Frozen::default(),
        stale: Frozen::default(),
        families: Frozen::default(),
        people: Frozen::default(),
        waiting: Frozen::default(),
        activity: Frozen::default(),
        assets: Frozen::default(),
        repository: Some(RepositoryLinks {
            web: "https://github.com/acme/handbook".to_owned(),
            branch: "main".to_owned(),
            prefix: String::new(),
        }),
        redirects: Frozen::default(),
        catalogue: Frozen::default(),
    };
    relate(&mut site);
    site
}

/// Resolves what the pages say of each other, after a test has changed it.
pub fn relate(site: &mut Site) {
    site.decisions = Frozen::new(Decisions::of(&site.pages, site.repository.as_ref()));
    let (claims, out) = (&mut Claims::default(), &mut Vec::new());
    let families = Families::of(&site.decisions, &site.pages, &site.folders, claims, out);
    site.families = Frozen::new(families);
    site.neighbours = Frozen::new(Neighbours::of(site.pages.len(), &site.folders));
    site.people = Frozen::new(People::of(&site.config, site.pages.iter().map(|page| &*page.document)));
    site.waiting = Frozen::new(super::waiting::all(&site.pages, &site.config, site.clock));
    site.activity = Frozen::new(super::activity::all(&site.pages, &site.people, &site.waiting));
    let pages = site.pages.iter();
    let facts: Vec<Facts<'_>> = pages
        .map(|page| Facts { document: &page.document, kind: page.kind, is_index: page.is_index })
        .collect();
    let has = Possible::of(&site.config, &facts, HashSet::new()).has;
    site.catalogue = Frozen::new(Catalogue::of(site, has));
}
