//! One line for each page, for filters and their counts, and where the texts are: what the search says of all pages. What
//! grows with how many people and tags there are stands in a file of its own, which few queries need.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::columns::{Column, rows};
use super::entry;
use super::ids::Ids;
use super::texts::TextFile;
use crate::config::Kind;
use crate::site::{NormalStatus, Site};

/// Columns in the order of the pages' numbers; names are given by their place in a list.
#[derive(Debug, Serialize)]
pub struct Table {
    /// The numbers that no page has before each page's.
    ids: Column,
    kind: Column,
    /// One more than the place in `statuses`; 0 for none.
    status: Column,
    year: Column,
    kinds: Vec<&'static str>,
    statuses: Vec<&'static str>,
    /// 0 stands for none.
    years: Vec<i16>,
    names: NamesFile,
    texts: Texts,
}

/// Where the tags and the people are.
#[derive(Debug, Serialize)]
struct NamesFile {
    /// The hash in its name.
    file: String,
    /// How long it is: whether it is worth its way before somebody asks for it.
    bytes: usize,
}

/// Rows in the order of the pages' numbers; names are given by their place in a list.
#[derive(Debug, Serialize)]
struct Called {
    tags: Column,
    people: Column,
    #[serde(rename = "tagNames")]
    tag_names: Vec<String>,
    #[serde(rename = "peopleNames")]
    people_names: Vec<String>,
}

/// Which files have the texts.
#[derive(Debug, Default, Serialize)]
struct Texts {
    /// By file: its first page's number, less that of the file before.
    page: Column,
    /// The first section of that page that it has.
    section: Column,
    /// The digits of all names, of the same length each.
    file: String,
}

/// Names, each once, the most used first: small numbers for what stands often.
#[derive(Debug)]
struct Frequencies<T>(BTreeMap<T, usize>);

impl<T: Clone + Ord> Frequencies<T> {
    fn count<'a>(&mut self, names: impl IntoIterator<Item = &'a T>)
    where
        T: 'a,
    {
        for name in names {
            *self.0.entry(name.clone()).or_default() += 1;
        }
    }

    /// The names in order, and the place of each.
    fn ranked(self) -> (Vec<T>, BTreeMap<T, usize>) {
        let mut all: Vec<(T, usize)> = self.0.into_iter().collect();
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let places = all.iter().enumerate().map(|(at, (name, _))| (name.clone(), at)).collect();
        (all.into_iter().map(|(name, _)| name).collect(), places)
    }
}

/// The table of `site` with its files of `texts`; and by its name, the file of tags and people.
pub fn table(site: &Site, ids: &Ids, files: &[TextFile]) -> (Table, (String, Vec<u8>)) {
    let pages = || ids.order.iter().map(|place| &site.pages[*place]);
    let kinds: Vec<Kind> =
        Kind::ALL.into_iter().filter(|kind| pages().any(|page| page.kind == *kind)).collect();
    let normal = || pages().map(|page| page.status.as_ref().and_then(|status| status.normal));
    let statuses: Vec<NormalStatus> =
        NormalStatus::ALL.into_iter().filter(|status| normal().any(|found| found == Some(*status))).collect();
    let place = |status| statuses.iter().position(|known| *known == status);
    let years: Vec<Vec<i16>> =
        pages().map(|page| vec![entry::date(page).map_or(0, jiff::civil::Date::year)]).collect();
    let (years, year) = numbered(&years);
    let called = serde_json::to_vec(&called(site, ids)).unwrap_or_default();
    let names = NamesFile { file: blake3::hash(&called).to_hex()[..8].to_owned(), bytes: called.len() };
    let called = (format!("names.{}.json", names.file), called);
    let table = Table {
        ids: gaps(ids.order.iter().map(|place| ids.of[*place])),
        kind: pages().filter_map(|page| kinds.iter().position(|kind| *kind == page.kind)).collect(),
        status: normal().map(|found| found.and_then(place).map_or(0, |at| at + 1)).collect(),
        year: year.iter().flatten().copied().collect(),
        kinds: kinds.iter().map(|kind| kind.word()).collect(),
        statuses: statuses.iter().map(|status| status.word()).collect(),
        years,
        names,
        texts: texts(files),
    };
    (table, called)
}

fn called(site: &Site, ids: &Ids) -> Called {
    let pages = || ids.order.iter().map(|place| &site.pages[*place]);
    let people: Vec<Vec<String>> = pages().map(|page| entry::people(site, page)).collect();
    let tags: Vec<Vec<String>> = pages().map(|page| tags_of(site, &page.document.front.tags)).collect();
    let (people_names, people) = numbered(&people);
    let (tag_names, tags) = numbered(&tags);
    Called { tags: rows(&tags), people: rows(&people), tag_names, people_names }
}

/// The numbers left out before each of `numbers`.
fn gaps(numbers: impl Iterator<Item = u32>) -> Column {
    let left_out =
        |next: &mut u32, number: u32| Some((number - std::mem::replace(next, number + 1)) as usize);
    numbers.scan(0, left_out).collect()
}

/// Tags as the site writes them, in whatever case a page does.
fn tags_of(site: &Site, written: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let names = written.iter().map(|tag| {
        let slug = crate::path::slug(tag);
        let name = site.tags.binary_search_by(|known| known.slug.as_str().cmp(&slug));
        name.map_or(tag, |at| &site.tags[at].name)
    });
    names.filter(|name| seen.insert(*name)).cloned().collect()
}

/// All names that stand in `rows`, and the rows with names replaced by their places.
fn numbered<T: Clone + Ord>(rows: &[Vec<T>]) -> (Vec<T>, Vec<Vec<usize>>) {
    let mut names = Frequencies(BTreeMap::new());
    for row in rows {
        names.count(row);
    }
    let (list, places) = names.ranked();
    let rows = rows.iter().map(|row| row.iter().filter_map(|name| places.get(name).copied()).collect());
    (list, rows.collect())
}

/// The files of texts, which are in order.
fn texts(files: &[TextFile]) -> Texts {
    let mut texts = Texts::default();
    let mut before = 0;
    for file in files {
        texts.page.push((file.id - before) as usize);
        texts.section.push(file.section);
        texts.file.push_str(&file.hash);
        before = file.id;
    }
    texts
}
