//! One line for each page, for filters and their counts: the only file of the search that speaks of all pages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entry;
use super::ids::Ids;
use super::texts::TextFile;
use crate::config::Kind;
use crate::site::{NormalStatus, Site};

/// Columns in the order of the pages' numbers; names are given by their place in a list.
#[derive(Debug, Serialize)]
pub struct Table {
    ids: Vec<u32>,
    kind: Vec<usize>,
    status: Vec<i32>,
    year: Vec<i16>,
    tags: Vec<Vec<usize>>,
    people: Vec<Vec<usize>>,
    kinds: Vec<&'static str>,
    statuses: Vec<&'static str>,
    #[serde(rename = "tagNames")]
    tag_names: Vec<String>,
    #[serde(rename = "peopleNames")]
    people_names: Vec<String>,
    texts: Directory,
}

/// Where each file of texts begins.
#[derive(Debug, Default, Serialize)]
struct Directory {
    page: Vec<usize>,
    section: Vec<usize>,
    file: String,
}

/// Names, each once, the most used first: small numbers for what stands often.
#[derive(Debug, Default)]
struct Names(BTreeMap<String, usize>);

impl Names {
    fn count<'a>(&mut self, names: impl IntoIterator<Item = &'a String>) {
        for name in names {
            *self.0.entry(name.clone()).or_default() += 1;
        }
    }

    /// The names in order, and the place of each.
    fn ranked(self) -> (Vec<String>, BTreeMap<String, usize>) {
        let mut all: Vec<(String, usize)> = self.0.into_iter().collect();
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let places = all.iter().enumerate().map(|(at, (name, _))| (name.clone(), at)).collect();
        (all.into_iter().map(|(name, _)| name).collect(), places)
    }
}

/// The table of `site`.
pub fn table(site: &Site, ids: &Ids, files: &[TextFile]) -> Table {
    let pages = || ids.order.iter().map(|place| &site.pages[*place]);
    let people: Vec<Vec<String>> = pages().map(|page| entry::people(site, page)).collect();
    let tags: Vec<Vec<String>> = pages().map(|page| tags_of(site, &page.document.front.tags)).collect();
    let (people_names, people) = numbered(&people);
    let (tag_names, tags) = numbered(&tags);
    let kinds: Vec<Kind> =
        Kind::ALL.into_iter().filter(|kind| pages().any(|page| page.kind == *kind)).collect();
    let normal = || pages().map(|page| page.status.as_ref().and_then(|status| status.normal));
    let statuses: Vec<NormalStatus> =
        NormalStatus::ALL.into_iter().filter(|status| normal().any(|found| found == Some(*status))).collect();
    let place = |status| statuses.iter().position(|known| *known == status);
    Table {
        ids: gaps(ids.order.iter().map(|place| ids.of[*place] + 1)),
        kind: pages().filter_map(|page| kinds.iter().position(|kind| *kind == page.kind)).collect(),
        status: normal().map(|found| found.and_then(place).map_or(-1, to_i32)).collect(),
        year: pages().map(|page| entry::date(page).map_or(0, jiff::civil::Date::year)).collect(),
        tags,
        people,
        kinds: kinds.iter().map(|kind| kind.word()).collect(),
        statuses: statuses.iter().map(|status| status.word()).collect(),
        tag_names,
        people_names,
        texts: directory(ids, files),
    }
}

fn to_i32(place: usize) -> i32 {
    i32::try_from(place).unwrap_or(-1)
}

fn gaps(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    numbers.scan(0, |before, number| Some(number - std::mem::replace(before, number))).collect()
}

/// Tags as the site writes them, in whatever case a page does.
fn tags_of(site: &Site, written: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for tag in written {
        let slug = crate::path::slug(tag);
        let name = site.tags.binary_search_by(|known| known.slug.as_str().cmp(&slug));
        let name = name.map_or_else(|_| tag.clone(), |at| site.tags[at].name.clone());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// All names that stand in `rows`, and the rows with names replaced by their places.
fn numbered(rows: &[Vec<String>]) -> (Vec<String>, Vec<Vec<usize>>) {
    let mut names = Names::default();
    for row in rows {
        names.count(row);
    }
    let (list, places) = names.ranked();
    let rows = rows.iter().map(|row| row.iter().filter_map(|name| places.get(name).copied()).collect());
    (list, rows.collect())
}

fn directory(ids: &Ids, files: &[TextFile]) -> Directory {
    let mut directory = Directory::default();
    let mut before = 0;
    for file in files {
        let place = ids.order.partition_point(|place| ids.of[*place] < file.id);
        directory.page.push(place - before);
        directory.section.push(file.section);
        directory.file.push_str(&file.hash);
        before = place;
    }
    directory
}
