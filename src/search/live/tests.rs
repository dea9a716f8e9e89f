//! Whatever is edited, in whatever order: the files are those of a whole build.

use std::collections::{BTreeMap, BTreeSet};

use super::Live;
use crate::config::Kind;
use crate::document::Heading;
use crate::search::Collector;
use crate::search::ids::Ids;
use crate::site::{PageId, Site, fixture};

/// A document by what the search takes of it.
#[derive(Clone, Debug, PartialEq)]
struct Doc {
    title: String,
    tags: Vec<String>,
    /// About how long its source is said to be.
    bytes: usize,
    /// The text before the first heading, then each heading with its text.
    own: String,
    sections: Vec<(u8, String, String)>,
}

/// By the name of the file.
type Docs = BTreeMap<String, Doc>;

fn site(docs: &Docs, language: &str) -> Site {
    let mut site = fixture::site(0);
    site.config.language = language.to_owned();
    site.pages.clear();
    for (name, doc) in docs {
        let mut page = fixture::page(Kind::Page, 0, &format!("{name}.md"), &doc.title);
        let document = &mut *page.document;
        document.front.tags.clone_from(&doc.tags);
        document.text = "x".repeat(doc.bytes).into();
        document.headings.truncate(1);
        for (at, (level, text, _)) in doc.sections.iter().enumerate() {
            let id = format!("h{at}");
            let heading =
                Heading { level: *level, text: text.clone(), id, also: None, dated: false, span: 0..0 };
            document.headings.push(heading);
        }
        site.pages.push(page);
    }
    site
}

fn passages(doc: &Doc) -> Vec<String> {
    std::iter::once(&doc.own).chain(doc.sections.iter().map(|(_, _, text)| text)).cloned().collect()
}

/// All files of a build of the whole.
fn whole(site: &Site, docs: &Docs) -> BTreeMap<String, Vec<u8>> {
    let collector = Collector::new(site);
    let mut files = Vec::new();
    for (at, doc) in docs.values().enumerate() {
        files.extend(collector.add(PageId(at), passages(doc)));
    }
    files.extend(collector.finish());
    let files = files.into_iter();
    files.map(|(path, bytes)| (path.as_str().trim_start_matches("search/").to_owned(), bytes)).collect()
}

/// All files of one that is kept.
fn kept(live: &Live, site: &Site, docs: &Docs) -> BTreeMap<String, Vec<u8>> {
    let all: Vec<&Doc> = docs.values().collect();
    let names = live.names().collect::<BTreeSet<_>>().into_iter();
    names
        .map(|name| {
            let bytes = live.file(&name).map_or_else(
                || {
                    let pages = live.texts_of(&name).unwrap();
                    let passages = pages.iter().map(|page| passages(all[page.0])).collect();
                    live.text(site, &name, passages).unwrap()
                },
                <[u8]>::to_vec,
            );
            (name, bytes)
        })
        .collect()
}

/// Compares without printing megabytes.
fn same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{what}");
    for (name, bytes) in found {
        assert!(*bytes == expected[name], "{what}: {name}");
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn word(&mut self) -> String {
        const ODD: [&str; 12] = [
            "the",
            "and",
            "Café",
            "cafe",
            "withdrawals",
            "withdrawal",
            "naïve",
            "maxFeePerGas",
            "中文的",
            "keccak256",
            "Straße",
            "it's",
        ];
        match self.below(10) {
            0 => self.of(&ODD).to_owned(),
            1 => "everywhere".to_owned(),
            _ => {
                let rank = self.below(1 + usize::try_from(self.0 % 9_000).unwrap()) * 7_919 % 100_003 + 676;
                let letter =
                    |place: u32| char::from(b'a' + u8::try_from(rank / 26_usize.pow(place) % 26).unwrap());
                (0..4).map(letter).collect()
            }
        }
    }

    fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn section(&mut self) -> (u8, String, String) {
        let (level, words) = (2 + u8::try_from(self.below(3)).unwrap(), self.below(16));
        let often = "everywhere ".repeat(1 + self.below(6));
        (level, format!("{} everywhere", self.word()), often + &self.text(words))
    }

    fn doc(&mut self) -> Doc {
        let (title, own, many) = (1 + self.below(3), self.below(60), self.below(150));
        Doc {
            title: self.text(title),
            tags: (0..self.below(3)).map(|_| self.word()).collect(),
            bytes: self.below(9_000),
            own: self.text(own),
            sections: (0..many).map(|_| self.section()).collect(),
        }
    }

    /// Changes the documents once.
    fn edit(&mut self, docs: &mut Docs, names: &[String]) {
        let known: Vec<String> = docs.keys().cloned().collect();
        let name = self.of(&known);
        let what = self.below(if docs.len() < 20 { 8 } else { 10 });
        let new = self.of(names);
        let mut doc = docs.remove(&name).unwrap();
        let place = self.below(doc.sections.len().max(1));
        match what {
            0 => doc.title = self.text(2),
            1 => drop(docs.insert(new, self.doc())),
            2 => doc.own = self.text(30),
            3 => doc.sections.insert(place.min(doc.sections.len()), self.section()),
            4 if place < doc.sections.len() => drop(doc.sections.remove(place)),
            5 if place < doc.sections.len() => doc.sections[place].2.push_str(" anewword everywhere"),
            6 => doc.tags = vec![self.word()],
            // Renamed.
            7 => return drop(docs.insert(new, doc)),
            8 => return,
            _ => doc.own.push_str(" once"),
        }
        docs.insert(name, doc);
    }
}

/// Names of which some draw the same number, so that one page moves another.
fn names() -> Vec<String> {
    let url = |name: &String| format!("/{name}/");
    let all: Vec<String> = (0..1_200).map(|n| format!("page-{n}")).collect();
    let urls: Vec<String> = all.iter().map(url).collect();
    let together = Ids::new(urls.iter().map(String::as_str)).of;
    let alone = |url: &String| Ids::new(std::iter::once(url.as_str())).of[0];
    let mut drawn: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, url) in urls.iter().enumerate() {
        drawn.entry(alone(url)).or_default().push(at);
    }
    let pairs: Vec<usize> = drawn.into_values().filter(|some| some.len() > 1).flatten().collect();
    assert!(pairs.len() >= 8 && pairs.iter().any(|at| alone(&urls[*at]) != together[*at]));
    pairs.iter().map(|at| all[*at].clone()).chain(all[..40].iter().cloned()).collect()
}

/// Edits for a while and compares after each, as often as asked.
fn follow(seed: u64, steps: usize, every: usize, language: &str) {
    let (mut random, names) = (Random(seed), names());
    let mut docs: Docs = (0..24).map(|_| (random.of(&names), random.doc())).collect();
    let mut live = Live::new(language);
    let mut before = Docs::new();
    let (mut large, mut kinds) = (0, BTreeSet::new());
    for step in 0..steps {
        let site = site(&docs, language);
        let changed = docs.iter().enumerate().filter(|(_, (name, doc))| before.get(*name) != Some(doc));
        live.take(&site, changed.map(|(at, (_, doc))| (PageId(at), passages(doc))).collect());
        if step % every == 0 {
            live.make(&site);
            let found = kept(&live, &site, &docs);
            same(&found, &whole(&site, &docs), &format!("{language}, seed {seed}, step {step}"));
            large += found.keys().filter(|name| name.starts_with("list.")).count();
            kinds.insert(found.keys().filter(|name| name.starts_with("words.")).count());
        }
        before.clone_from(&docs);
        for _ in 0..=random.below(2) {
            random.edit(&mut docs, &names);
        }
    }
    assert!(large > 0 && kinds.iter().any(|files| *files > 3), "{large} {kinds:?}");
}

#[test]
fn any_edits_give_the_files_of_a_whole_build() {
    follow(1, 20, 1, "en");
    follow(2, 8, 1, "de");
}

#[test]
fn hundreds_of_edits_give_the_files_of_a_whole_build() {
    follow(3, 300, 75, "en");
}

#[test]
fn what_does_not_change_is_not_made_again() {
    let (mut random, names) = (Random(7), names());
    let mut docs: Docs = names.iter().take(40).map(|name| (name.clone(), random.doc())).collect();
    let all = |docs: &Docs| docs.values().enumerate().map(|(at, doc)| (PageId(at), passages(doc))).collect();
    let mut live = Live::new("en");
    let first = site(&docs, "en");
    live.take(&first, all(&docs));
    live.make(&first);
    let before: BTreeSet<String> = live.names().collect();
    let name = docs.keys().next().unwrap().clone();
    docs.get_mut(&name).unwrap().own.push_str(" zebra");
    let second = site(&docs, "en");
    live.take(&second, vec![(PageId(0), passages(&docs[&name]))]);
    live.make(&second);
    let after: BTreeSet<String> = live.names().collect();
    let gone = before.difference(&after).count();
    // The first file, that of the word, three of its spellings and their cuts, and one of texts.
    assert!((3..=8).contains(&gone), "{gone} of {}", before.len());
}

#[test]
fn a_site_that_loses_all_its_pages_has_the_files_of_an_empty_one() {
    let mut random = Random(5);
    let docs: Docs = (0..3).map(|n| (format!("p{n}"), random.doc())).collect();
    let full = site(&docs, "en");
    let mut live = Live::new("en");
    live.take(&full, docs.values().enumerate().map(|(at, doc)| (PageId(at), passages(doc))).collect());
    live.make(&full);
    let none = Docs::new();
    let empty = site(&none, "en");
    live.take(&empty, Vec::new());
    live.make(&empty);
    same(&kept(&live, &empty, &none), &whole(&empty, &none), "empty");
}
