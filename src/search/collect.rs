//! A site's pages as they are rendered, on their way into the index and into the files that hits show.

use std::sync::{Mutex, PoisonError};

use super::elastic::elasticlunr_json;
use super::entry;
use super::ids::Ids;
use super::language::{Meaning, meaning};
use super::manifest::Manifest;
use super::table::table;
use super::texts::{Head, HeadStatus, Section, Texts};
use super::words::words;
use super::{Index, Indexer, PageInput, SectionInput};
use crate::path::{OutputPath, encode_path};
use crate::site::{Page, PageId, Site, display};

/// The search of a site in the making; shared by all threads.
pub struct Collector<'a> {
    site: &'a Site,
    ids: Ids,
    indexer: Indexer,
    texts: Texts,
    /// All texts by page, where the crate's own index is wanted as well.
    kept: Option<Mutex<Vec<Vec<String>>>>,
}

/// A file and where it goes.
pub type File = (OutputPath, Vec<u8>);

impl<'a> Collector<'a> {
    /// For `site`, all of whose pages will come.
    pub fn new(site: &'a Site) -> Self {
        let ids = Ids::new(site.pages.iter().map(|page| page.url.as_str()));
        let sized = |place: &usize| (ids.of[*place], site.pages[*place].document.text.len());
        let texts = Texts::new(&ids.order.iter().map(sized).collect::<Vec<_>>());
        let kept = site.config.elasticlunr.then(|| Mutex::new(vec![Vec::new(); site.pages.len()]));
        let indexer = Indexer::new(&site.config.language, ids.space);
        Self { site, ids, indexer, texts, kept }
    }

    /// Where a page comes when pages are taken in the order in which the fewest texts wait for others.
    pub fn rank(&self, page: PageId) -> u32 {
        self.ids.of[page.0]
    }

    /// Takes a page by its text: before the first heading, then below each heading but the title's.
    /// Gives the files that are complete with it.
    pub fn add(&self, id: PageId, passages: Vec<String>) -> Vec<File> {
        let prepared = Prepared::new(self.site, id, self.ids.of[id.0], passages);
        let files = prepared.with(|input, head, sections| {
            self.indexer.add(&input);
            self.texts.add(&head, sections)
        });
        if let Some(kept) = &self.kept {
            kept.lock().unwrap_or_else(PoisonError::into_inner)[id.0] = prepared.passages;
        }
        files.into_iter().filter_map(|(file, bytes)| named(&file.name(), bytes)).collect()
    }

    /// All other files, when every page has come.
    pub fn finish(self) -> Vec<File> {
        let Self { site, ids, indexer, texts, kept } = self;
        let (index, (table, called)) =
            rayon::join(|| indexer.finish(), || table(site, &ids, &texts.finish()));
        let titles = stop_titles(site, &ids);
        let manifest =
            Manifest::new(site.pages.len(), ids.space, &site.config.language, &index, &table, &titles);
        let manifest = serde_json::to_vec(&manifest).unwrap_or_default();
        let mut files: Vec<File> = named("index.json", manifest).into_iter().collect();
        files.extend(named(&called.0, called.1));
        let Index { words, lists, spelling, .. } = index;
        for (kind, ending, some) in
            [("words", "bin", words.files), ("list", "bin", lists), ("spelling", "txt", spelling.files)]
        {
            let some = some.into_iter();
            files.extend(some.filter_map(|(hash, bytes)| named(&format!("{kind}.{hash}.{ending}"), bytes)));
        }
        let kept = kept.map(|kept| kept.into_inner().unwrap_or_else(PoisonError::into_inner));
        files.extend(kept.and_then(|kept| named("elasticlunr.json", elasticlunr(site, &kept).into_bytes())));
        files
    }
}

/// No more titles of stop words are written than this.
pub const MAX_TITLES: usize = 100;

/// Titles that are stop words and nothing else, with the ids of their pages.
fn stop_titles(site: &Site, ids: &Ids) -> Vec<(String, u32)> {
    let titles = site.pages.iter().zip(&ids.of);
    let titles = titles.filter_map(|(page, id)| Some((stop_title(&site.config.language, page)?, *id)));
    titles.take(MAX_TITLES).collect()
}

/// The words of a page's title, if all are stop words.
pub fn stop_title(language: &str, page: &Page) -> Option<String> {
    let mut all = Vec::new();
    words(&display::title(page), |word| all.push(word.to_owned()));
    let stop = all.iter().all(|word| !matches!(meaning(language, word), Meaning::Token(_)));
    (stop && !all.is_empty()).then(|| all.join(" "))
}

/// The names of these files hold digits, letters and dots only.
fn named(name: &str, bytes: Vec<u8>) -> Option<File> {
    Some((OutputPath::new(&format!("search/{name}")).ok()?, bytes))
}

/// The passages, the first of them with what the front matter says of the page before it, and no more than there
/// are headings for.
fn described(page: &Page, mut passages: Vec<String>) -> Vec<String> {
    passages.resize(headings(page).count() + 1, String::new());
    let mut said = entry::description(page);
    let own = std::mem::take(&mut passages[0]);
    if !own.is_empty() {
        said.push(&own);
    }
    passages[0] = said.join("\n");
    passages
}

/// The headings that start a section, in order.
fn headings(page: &Page) -> impl Iterator<Item = &crate::document::Heading> {
    let title = page.document.title_heading;
    page.document
        .headings
        .iter()
        .enumerate()
        .filter(move |(at, _)| Some(*at) != title)
        .map(|(_, heading)| heading)
}

/// A page with its passages, made ready for the index and for what hits show.
pub struct Prepared<'a> {
    site: &'a Site,
    page: &'a Page,
    id: u32,
    input: Input,
    passages: Vec<String>,
}

impl<'a> Prepared<'a> {
    /// A page by its text: before the first heading, then below each heading but the title's.
    pub fn new(site: &'a Site, page: PageId, id: u32, passages: Vec<String>) -> Self {
        let page = &site.pages[page.0];
        Self { site, page, id, input: Input::new(site, page), passages: described(page, passages) }
    }

    /// Lends the page as the index takes it, and its head and sections as they are shown.
    pub fn with<T>(&self, take: impl FnOnce(PageInput<'_>, Head, &[Section<'_>]) -> T) -> T {
        let sections = sections(self.page, &self.passages);
        take(self.input.page(self.id, &sections), head(self.site, self.page, self.id), &sections)
    }
}

/// What of a page has to be put together before it can be lent to the index.
struct Input {
    title: String,
    number: String,
    about: String,
}

impl Input {
    fn new(site: &Site, page: &Page) -> Self {
        Self { title: display::title(page), number: entry::numbers(page), about: entry::about(site, page) }
    }

    fn page<'a>(&'a self, id: u32, sections: &[Section<'a>]) -> PageInput<'a> {
        let sections = sections.iter().map(|section| SectionInput {
            level: section.level,
            heading: section.heading,
            text: section.text,
        });
        PageInput {
            id,
            title: &self.title,
            number: &self.number,
            about: &self.about,
            sections: sections.collect(),
        }
    }
}

fn sections<'a>(page: &'a Page, passages: &'a [String]) -> Vec<Section<'a>> {
    let own = passages.iter().take(1).map(|text| Section { level: 1, anchor: "", heading: "", text });
    let below = headings(page).zip(passages.iter().skip(1)).map(|(heading, text)| Section {
        level: heading.level,
        anchor: &heading.id,
        heading: &heading.text,
        text,
    });
    own.chain(below).chain(moments(page)).collect()
}

/// What is said in the page's recording: its chapters, and below them its paragraphs, each headed by who speaks.
fn moments(page: &Page) -> impl Iterator<Item = Section<'_>> {
    page.spoken.parts.iter().flat_map(|part| {
        let chapter = part.chapter.iter().map(|chapter| Section {
            level: 2,
            anchor: &chapter.anchor,
            heading: &chapter.title,
            text: "",
        });
        let paragraphs = part.paragraphs.iter().map(|paragraph| Section {
            level: 6,
            anchor: &paragraph.anchor,
            heading: paragraph.speaker.as_deref().unwrap_or_default(),
            text: &paragraph.text,
        });
        chapter.chain(paragraphs)
    })
}

fn head(site: &Site, page: &Page, id: u32) -> Head {
    let status = page.status.as_ref();
    Head {
        id,
        url: page.url.encoded(),
        title: display::title(page),
        number: display::number(page),
        kind: page.kind.word(),
        status: status.map(|status| HeadStatus {
            word: status.normal.map_or("unknown", crate::site::NormalStatus::word),
            raw: display::status_word(status).map_or_else(|| status.raw.clone(), str::to_owned),
        }),
        date: entry::date(page).map(|date| date.to_string()),
        people: entry::people(site, page),
        crumbs: entry::crumbs(site, page).into_iter().map(str::to_owned).collect(),
    }
}

/// What the search finds and shows of a page beside the text of its body: the hash of all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks([u8; 32]);

/// How the page `id` looks to the search. One that looks as it did, and whose body is the same, need not be read again.
pub fn looks(site: &Site, id: PageId) -> Looks {
    let page = &site.pages[id.0];
    let Input { title, number, about } = Input::new(site, page);
    // The number of the page follows from its address, which is in the head.
    let all = (head(site, page, 0), title, number, about, entry::description(page));
    Looks(*blake3::hash(&serde_json::to_vec(&all).unwrap_or_default()).as_bytes())
}

/// The crate's own index, from the passages of all pages.
pub fn whole_elasticlunr(site: &Site, passages: Vec<Vec<String>>) -> Vec<u8> {
    let described: Vec<Vec<String>> =
        site.pages.iter().zip(passages).map(|(page, passages)| described(page, passages)).collect();
    elasticlunr(site, &described).into_bytes()
}

/// The addresses of a page's search documents, from the site's root.
pub fn references(page: &Page) -> Vec<String> {
    let own = page.url.encoded();
    let anchors =
        headings(page).map(|heading| heading.id.as_str()).chain(moments(page).map(|moment| moment.anchor));
    let below = anchors.map(|anchor| format!("{own}#{}", encode_path(anchor)));
    std::iter::once(own.clone()).chain(below).collect()
}

fn elasticlunr(site: &Site, kept: &[Vec<String>]) -> String {
    let inputs: Vec<Input> = site.pages.iter().map(|page| Input::new(site, page)).collect();
    let mut pages = site
        .pages
        .iter()
        .zip(&inputs)
        .zip(kept)
        .map(|((page, input), passages)| (references(page), input.page(0, &sections(page, passages))));
    elasticlunr_json(&site.config.language, &mut pages)
}
