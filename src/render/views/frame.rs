//! What every page has around its content: the head, the way through the site, and the footer.

use std::collections::BTreeSet;

use serde::Serialize;

use super::rows::{number, sentence, title};
use super::scope::Scope;
use super::{DateView, Link, cut};
use crate::config::{HtmlPolicy, Kind};
use crate::path::UrlPath;
use crate::recording::host::Hosted;
use crate::site::catalogue::Generated;
use crate::site::recordings::Media;
use crate::site::{FolderId, Page, PageId};

/// The same on every page; made once.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The site's title.
    pub title: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// BCP 47.
    pub language: String,
    /// `rtl` where the language is written from the right, else `ltr`.
    pub direction: &'static str,
    /// Where home is.
    pub home: String,
    /// Where the tags are; `None` where there are none.
    pub tags: Option<String>,
    /// Where the list of what waits is; `None` where nobody asks anything and nothing is due.
    pub waiting: Option<String>,
    /// Where the people are; `None` where there is nobody.
    pub people: Option<String>,
    /// Where the norms are; `None` where there are none.
    pub norms: Option<String>,
    /// Where the search page is.
    pub search: Option<String>,
    /// Collections in the header.
    pub nav: Vec<Link>,
    /// Those for which the header has no room.
    pub more: Vec<Link>,
    /// The repository's web address.
    pub repository: Option<String>,
    /// The Content Security Policy of each page.
    pub policy: &'static str,
}

/// Nothing from elsewhere, nothing inline.
const STRICT: &str =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'";
/// For sites that let their authors write any HTML: a policy that forbade what they write would only break it.
const TRUSTING: &str = "default-src 'self' 'unsafe-inline' https: data:; object-src 'none'; base-uri 'none'";

/// How many collections the header shows before the rest goes under "More".
const IN_HEADER: usize = 5;

impl SiteView {
    /// Of the whole site.
    pub fn new(scope: &Scope<'_>) -> Self {
        let config = &scope.site.config;
        let mut nav: Vec<Link> = ways_in(scope)
            .into_iter()
            .map(|id| &scope.site.folders[id.0])
            .map(|folder| Link::new(scope.urls.href(&folder.url), &folder.title))
            .collect();
        // One entry alone under "More" would take as much room as the entry itself.
        let keep = if nav.len() <= IN_HEADER + 1 { nav.len() } else { IN_HEADER };
        let more = nav.split_off(keep);
        let to = |page| scope.site.catalogue.in_frame(page).map(|url| scope.urls.href(url));
        Self {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language.clone(),
            direction: direction(&config.language),
            home: scope.urls.href(&UrlPath::root()),
            tags: to(Generated::Tags),
            waiting: to(Generated::Waiting),
            people: to(Generated::People),
            norms: to(Generated::Norms),
            search: to(Generated::Search),
            nav,
            more,
            repository: scope.site.repository.as_ref().map(|links| links.web.clone()),
            policy: match config.html {
                HtmlPolicy::Safe => STRICT,
                HtmlPolicy::Raw => TRUSTING,
            },
        }
    }
}

/// What the policy of `page` allows more: the players that its readers may load.
fn frames(site: &crate::site::Site, page: PageId) -> String {
    let origins: BTreeSet<&str> = site
        .recordings
        .of(page)
        .iter()
        .filter_map(|recording| match &recording.media {
            Some(Media::Hosted(Hosted::Player { service, .. })) => Some(service.origin()),
            _ => None,
        })
        .collect();
    if origins.is_empty() {
        return String::new();
    }
    format!("; frame-src {}", origins.into_iter().collect::<Vec<_>>().join(" "))
}

/// Languages that are written from the right, by their BCP 47 subtag (after Unicode's CLDR).
const FROM_THE_RIGHT: [&str; 14] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"];

fn direction(language: &str) -> &'static str {
    let mut parts = language.split('-').map(str::to_ascii_lowercase);
    let own = parts.next().unwrap_or_default();
    // A script that is named decides: `az-Arab`, `ks-Deva`.
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let right = match script.as_deref() {
        Some(script) => matches!(script, "arab" | "hebr" | "syrc" | "thaa" | "nkoo" | "adlm" | "rohg"),
        None => FROM_THE_RIGHT.contains(&own.as_str()),
    };
    if right { "rtl" } else { "ltr" }
}

/// The folders that a reader enters the site by: its collections in the order of the configuration, else by kind;
/// in a site without collections the folders right below the root.
pub fn ways_in(scope: &Scope<'_>) -> Vec<FolderId> {
    let folders = &scope.site.folders;
    let all = || (0..folders.len()).map(FolderId);
    let shown = |id: &FolderId| folders[id.0].parent.is_some();
    let mut ways: Vec<FolderId> = all().filter(|id| folders[id.0].is_collection && shown(id)).collect();
    if ways.is_empty() {
        ways = all().filter(|id| folders[id.0].parent == Some(FolderId(0))).collect();
    }
    let configured = |id: &FolderId| {
        let url = folders[id.0].url.as_str().trim_matches('/');
        scope.site.config.collections.iter().position(|c| c.name == url).unwrap_or(usize::MAX)
    };
    let kind = |id: &FolderId| Kind::ALL.iter().position(|kind| *kind == folders[id.0].kind);
    ways.sort_by_key(|id| (configured(id), kind(id), folders[id.0].title.to_lowercase(), id.0));
    ways
}

/// What stands in `<head>`.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// For `<title>`: with the site's title.
    pub title: String,
    /// For Open Graph: without it.
    pub og_title: String,
    /// Up to about 300 characters of plain text.
    pub description: Option<String>,
    /// `website` for home, `article` for documents.
    pub og_type: &'static str,
    /// The absolute address; `None` without a configured origin.
    pub url: Option<String>,
    /// At most two; chat shows them as small fields.
    pub facts: Vec<HeadFact>,
    /// Kept out of search engines.
    pub noindex: bool,
    /// Which entry of the header is current, by its address.
    pub current: Option<String>,
    /// What the page adds to the policy: the origins of players that a reader may load.
    pub frames: String,
    /// The calendar that goes with the page.
    pub calendar: Option<String>,
}

/// A label with its value, for `twitter:label1` and `twitter:data1`.
#[derive(Clone, Debug, Serialize)]
pub struct HeadFact {
    /// From 1.
    pub place: usize,
    /// Such as `Status`.
    pub label: &'static str,
    /// Such as `Accepted`.
    pub data: String,
}

impl Head {
    /// A page that is not a document.
    pub fn plain(scope: &Scope<'_>, title: &str, url: Option<&UrlPath>) -> Self {
        let site = &scope.site.config.title;
        let whole = if title == site { title.to_owned() } else { format!("{title} · {site}") };
        Self {
            title: whole,
            og_title: title.to_owned(),
            description: None,
            og_type: "website",
            url: url.and_then(|url| scope.urls.absolute(url)),
            facts: Vec::new(),
            noindex: false,
            current: None,
            frames: String::new(),
            calendar: None,
        }
    }

    /// The head of a document.
    pub fn document(scope: &Scope<'_>, id: PageId) -> Self {
        let page = scope.page(id);
        let title = title(page);
        let title = number(page).map_or_else(|| title.clone(), |number| format!("{number}: {title}"));
        let facts = head_facts(page).into_iter().enumerate();
        Self {
            description: sentence(page, 300),
            og_type: "article",
            facts: facts.map(|(at, (label, data))| HeadFact { place: at + 1, label, data }).collect(),
            current: current(scope, page.folder),
            frames: frames(scope.site, id),
            ..Self::plain(scope, &title, Some(&page.url))
        }
    }

    /// The head of a folder's own page.
    pub fn folder(scope: &Scope<'_>, id: FolderId) -> Self {
        let folder = &scope.site.folders[id.0];
        let text = folder.index.and_then(|page| sentence(scope.page(page), 300));
        Self {
            description: text,
            current: current(scope, id),
            frames: folder.index.map(|page| frames(scope.site, page)).unwrap_or_default(),
            ..Self::plain(scope, &folder.title, Some(&folder.url))
        }
    }
}

fn current(scope: &Scope<'_>, folder: FolderId) -> Option<String> {
    scope.section(folder).map(|id| scope.urls.href(&scope.site.folders[id.0].url))
}

fn head_facts(page: &Page) -> Vec<(&'static str, String)> {
    let front = &page.document.front;
    let status = page.status.as_ref().map(|status| ("Status", cut(&status.raw, 60)));
    let team = front.update.team.clone().filter(|_| page.kind == Kind::Update).map(|team| ("Team", team));
    let length = front.recording.duration.map(|length| ("Length", super::facts::duration(length)));
    let date = page.date.map(|date| ("Date", DateView::from(date).long));
    [status, team, length, date].into_iter().flatten().take(2).collect()
}

/// From home to the folder that holds what is shown, the last not linked to itself.
pub fn crumbs(scope: &Scope<'_>, folder: FolderId, with_folder: bool) -> Vec<Link> {
    let mut chain = Vec::new();
    let mut at = Some(folder).filter(|_| with_folder).or(scope.site.folders[folder.0].parent);
    while let Some(id) = at {
        let this = &scope.site.folders[id.0];
        let title = if this.parent.is_none() { &scope.site.config.title } else { &this.title };
        chain.push(Link::new(scope.urls.href(&this.url), title));
        at = this.parent;
    }
    chain.reverse();
    chain
}

/// A page of a title alone, such as 404.
#[derive(Clone, Debug, Serialize)]
pub struct PlainView {
    /// Its head.
    pub head: Head,
    /// The ways on.
    pub ways: Vec<Link>,
}

impl PlainView {
    /// The page for an address that has none.
    pub fn missing(scope: &Scope<'_>) -> Self {
        Self::new(scope, "No page here", None)
    }

    /// The search page. Crawlers have nothing to find there, and the ways on are for readers without JavaScript.
    pub fn search(scope: &Scope<'_>) -> Self {
        Self::new(scope, "Search", UrlPath::new("/search/").ok().as_ref())
    }

    fn new(scope: &Scope<'_>, title: &str, url: Option<&UrlPath>) -> Self {
        let ways = ways_in(scope).into_iter().take(12).map(|id| &scope.site.folders[id.0]);
        Self {
            head: Head { noindex: true, ..Head::plain(scope, title, url) },
            ways: ways.map(|folder| Link::new(scope.urls.href(&folder.url), &folder.title)).collect(),
        }
    }
}

/// A page that leads on from an old address.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// With the target's title, description and address, since nobody knows what crawlers do with a refresh.
    pub head: Head,
    /// Where it leads.
    pub target: Link,
}

impl RedirectView {
    /// To `id`.
    pub fn new(scope: &Scope<'_>, id: PageId) -> Self {
        Self { head: Head::document(scope, id), target: super::rows::link(scope, id) }
    }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn knows_which_languages_are_written_from_the_right() {
        let said = ["ar", "he-IL", "FA", "az-Arab", "en", "ks-Deva", "de-AT", "x"].map(direction);
        assert_eq!(said, ["rtl", "rtl", "rtl", "rtl", "ltr", "ltr", "ltr", "ltr"]);
    }
}
