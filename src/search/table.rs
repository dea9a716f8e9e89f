//! One line for each page, for filters and their counts: the only files of the search that speak of all pages. What grows
//! with how many people and tags there are stands in a file of its own, which few queries need.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::columns::{Column, rows};
use super::entry;
use super::ids::Ids;
use super::texts::{DIGITS, TextFile, TextFiles};
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
    texts: Directories,
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

/// The directories of the files of texts.
#[derive(Debug, Default, Serialize)]
struct Directories {
    /// A directory is for all pages whose numbers, without so many of the last bits, are its own place.
    bits: u32,
    /// The first digits of the hash of each, of the same length.
    file: String,
}

/// Which files have the texts of some pages that follow each other.
#[derive(Debug, Default, Serialize)]
struct Directory {
    /// By file: its first page's number, less that of the file before, or the first number that is here.
    page: Column,
    /// The first section of that page that it has.
    section: Column,
    /// The digits of all names.
    file: String,
}

/// Names, each once, the most used first: small numbers for what stands often.
#[derive(Debug)]
struct Names<T>(BTreeMap<T, usize>);

impl<T: Clone + Ord> Names<T> {
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

/// The table of `site`; by their names, the file of tags and people and the directories of `texts`.
pub fn table(site: &Site, ids: &Ids, texts: &TextFiles) -> (Table, Vec<(String, Vec<u8>)>) {
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
    let (texts, mut files) = directories(texts, ids.space);
    let called = serde_json::to_vec(&called(site, ids)).unwrap_or_default();
    let names = NamesFile { file: blake3::hash(&called).to_hex()[..8].to_owned(), bytes: called.len() };
    files.push((format!("names.{}.json", names.file), called));
    let table = Table {
        ids: gaps(ids.order.iter().map(|place| ids.of[*place])),
        kind: pages().filter_map(|page| kinds.iter().position(|kind| *kind == page.kind)).collect(),
        status: normal().map(|found| found.and_then(place).map_or(0, |at| at + 1)).collect(),
        year: year.iter().flatten().copied().collect(),
        kinds: kinds.iter().map(|kind| kind.word()).collect(),
        statuses: statuses.iter().map(|status| status.word()).collect(),
        years,
        names,
        texts,
    };
    (table, files)
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
    let mut names = Names(BTreeMap::new());
    for row in rows {
        names.count(row);
    }
    let (list, places) = names.ranked();
    let rows = rows.iter().map(|row| row.iter().filter_map(|name| places.get(name).copied()).collect());
    (list, rows.collect())
}

/// The directories, each for the same amount of numbers: a new page changes that of its own number.
fn directories(texts: &TextFiles, space: u32) -> (Directories, Vec<(String, Vec<u8>)>) {
    let bits = texts.bits;
    let (mut all, mut made) = (Directories { bits, file: String::new() }, Vec::new());
    let mut rest = texts.files.as_slice();
    for first in (0..space).step_by(1 << bits) {
        let (here, after) = rest.split_at(rest.partition_point(|file| file.id >> bits == first >> bits));
        rest = after;
        let content = serde_json::to_vec(&directory(here, first)).unwrap_or_default();
        let hash = blake3::hash(&content).to_hex()[..DIGITS].to_owned();
        all.file.push_str(&hash);
        made.push((format!("texts.{:x}-{hash}.json", first >> bits), content));
    }
    (all, made)
}

fn directory(files: &[TextFile], first: u32) -> Directory {
    let mut directory = Directory::default();
    let mut before = first;
    for file in files {
        directory.page.push((file.id - before) as usize);
        directory.section.push(file.section);
        directory.file.push_str(&file.hash);
        before = file.id;
    }
    directory
}
