//! How the files of a folder are called: what the next one is called follows from what is there.

use std::collections::HashSet;

use jiff::civil::Date;

use super::home::Home;
use crate::config::Kind;
use crate::document::{Document, RecordForm, record};
use crate::frozen::Frozen;
use crate::path::SourcePath;

/// How names begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// `0007-x`, `adr-7-x`, `eip-7`
    Numbered,
    /// `20261122-x` where compact, else `2026-11-22-x`
    Dated { compact: bool },
    /// `x`
    Plain,
}

/// What the files of a folder have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Habit {
    pub scheme: Scheme,
    /// What stands before the number, such as `adr-`.
    prefix: String,
    /// How many digits a number has at least.
    width: usize,
    /// What stands between the number or date and the slug; nothing where names have no slug.
    gap: Option<String>,
    extension: String,
    /// Whether each document has a folder of its own (`0007/README.md`).
    own_folder: bool,
    /// The next number, where documents of this kind have numbers.
    pub next: Option<u64>,
    /// The latest date in a name.
    pub last: Option<Date>,
    /// The form that most records have, and whether they keep their facts in the text and not in front matter.
    pub form: Option<(RecordForm, bool)>,
}

/// A name taken apart.
struct Name {
    scheme: Scheme,
    /// By which the latest is known.
    rank: u64,
    prefix: String,
    width: usize,
    gap: Option<String>,
}

impl Habit {
    /// That of the folder `home` (its whole path is `folder`), of which `files` are all the Markdown and `documents` those that can be read.
    pub fn of(home: &Home, folder: &str, files: &[SourcePath], documents: &[Frozen<Document>]) -> Self {
        let other = |d: &&Frozen<Document>| d.front.kind.is_some_and(|kind| kind != home.kind);
        let others: HashSet<&SourcePath> = documents.iter().filter(other).map(|d| &d.path).collect();
        let names: Vec<(&SourcePath, Name)> = files
            .iter()
            .filter(|path| path.below(folder).is_some() && !others.contains(path))
            .filter_map(|path| Some((path, name_of(path, folder)?)))
            .collect();
        let count = |fits: fn(&Scheme) -> bool| names.iter().filter(|(_, name)| fits(&name.scheme)).count();
        // One spec that is called `2026-plan` or `rfc-7-errata` makes no series; `0001-plan` does.
        let padded = names.iter().any(|(_, name)| name.scheme == Scheme::Numbered && name.width > 1);
        let series = count(|scheme| *scheme == Scheme::Numbered);
        let numbered = if home.kind == Kind::Decision || padded || series > 1 { series } else { 0 };
        let dated = count(|scheme| matches!(scheme, Scheme::Dated { .. }));
        let plain = names.len() - series - dated;
        let mut habit = Self::without_neighbours(home.kind);
        let most = numbered.max(dated).max(plain);
        let follows: fn(&Scheme) -> bool = match most {
            0 => |_| false,
            _ if most == numbered => |scheme| *scheme == Scheme::Numbered,
            _ if most == dated => |scheme| matches!(scheme, Scheme::Dated { .. }),
            _ => |scheme| *scheme == Scheme::Plain,
        };
        let latest = names.iter().filter(|(_, name)| follows(&name.scheme)).max_by_key(|(_, name)| name.rank);
        if let Some((path, name)) = latest.filter(|(_, name)| may_follow(home.kind, name.scheme)) {
            habit.follow(path, name);
        }
        let here = documents.iter().filter(|d| d.path.below(folder).is_some() && !others.contains(&d.path));
        let said = here.clone().filter_map(|d| d.front.decision.number.as_deref()?.parse().ok());
        let in_names =
            names.iter().filter(|(_, name)| name.scheme == Scheme::Numbered).map(|(_, name)| name.rank);
        let highest: Option<u64> = in_names.chain(said).max();
        habit.next = match highest {
            Some(_) if home.kind != Kind::Decision && habit.scheme != Scheme::Numbered => None,
            None if habit.scheme != Scheme::Numbered => None,
            highest => Some(highest.unwrap_or(0).saturating_add(1)),
        };
        habit.last = names
            .iter()
            .filter(|(_, n)| matches!(n.scheme, Scheme::Dated { .. }))
            .filter_map(|(p, _)| date_of(p.stem()))
            .map(|(date, ..)| date)
            .max();
        habit.form = form_of(here.map(|document| &**document));
        habit
    }

    fn without_neighbours(kind: Kind) -> Self {
        let (scheme, gap) = match kind {
            Kind::Decision => (Scheme::Numbered, Some("-".to_owned())),
            Kind::Update => (Scheme::Dated { compact: false }, None),
            Kind::Recording => (Scheme::Dated { compact: false }, Some("-".to_owned())),
            Kind::Spec | Kind::Page => (Scheme::Plain, None),
        };
        Self {
            scheme,
            prefix: String::new(),
            width: 4,
            gap,
            extension: "md".into(),
            own_folder: false,
            next: None,
            last: None,
            form: None,
        }
    }

    fn follow(&mut self, path: &SourcePath, name: &Name) {
        self.scheme = name.scheme;
        self.prefix.clone_from(&name.prefix);
        self.width = name.width;
        self.gap.clone_from(&name.gap);
        self.own_folder = record::owns_its_folder(path);
        if !self.own_folder {
            path.extension().unwrap_or("md").clone_into(&mut self.extension);
        }
    }

    /// The next number as names have it.
    pub fn number(&self) -> Option<String> {
        let width = if self.scheme == Scheme::Numbered { self.width } else { 0 };
        self.next.map(|number| format!("{number:0width$}"))
    }

    /// The name of the file for `slug`, below its folder; `None` where nothing is left to call it by.
    pub fn file(&self, slug: &str, date: Date) -> Option<String> {
        let head = match self.scheme {
            Scheme::Numbered => format!("{}{}", self.prefix, self.number()?),
            Scheme::Dated { compact: true } => date.strftime("%Y%m%d").to_string(),
            Scheme::Dated { compact: false } => date.to_string(),
            Scheme::Plain => String::new(),
        };
        let name = match (&self.gap, head.is_empty()) {
            (_, true) => slug.to_owned(),
            (Some(gap), false) if !slug.is_empty() => format!("{head}{gap}{slug}"),
            (_, false) => head,
        };
        let file =
            if self.own_folder { format!("{name}/README.md") } else { format!("{name}.{}", self.extension) };
        (!name.is_empty()).then_some(file)
    }
}

/// Pages are called by their titles and updates by their dates, whatever their neighbours are.
fn may_follow(kind: Kind, scheme: Scheme) -> bool {
    match kind {
        Kind::Page => false,
        Kind::Update => matches!(scheme, Scheme::Dated { .. }),
        _ => true,
    }
}

fn name_of(path: &SourcePath, folder: &str) -> Option<Name> {
    let below = path.below(folder)?;
    let owns = record::owns_its_folder(path);
    // The folder's own page has the name of no document.
    if owns && !below.contains('/') {
        return None;
    }
    let name = if owns { path.parent().rsplit('/').next().unwrap_or("") } else { path.stem() };
    if let Some((date, compact, rest)) = date_of(name) {
        let rank = u64::try_from(date.duration_since(Date::MIN).as_hours() / 24).unwrap_or(0);
        let scheme = Scheme::Dated { compact };
        return Some(Name { scheme, rank, prefix: String::new(), width: 0, gap: gap(rest) });
    }
    let Some(digits) = record::number_of(path) else {
        return Some(Name { scheme: Scheme::Plain, rank: 0, prefix: String::new(), width: 0, gap: None });
    };
    let at = name.find(&digits)?;
    Some(Name {
        scheme: Scheme::Numbered,
        rank: digits.parse().ok()?,
        prefix: name[..at].to_owned(),
        width: if digits.starts_with('0') { digits.len() } else { 1 },
        gap: gap(&name[at + digits.len()..]),
    })
}

/// What stands between a number and a slug, where there is a slug.
fn gap(rest: &str) -> Option<String> {
    let end = rest.find(|c: char| !"-_. ".contains(c))?;
    Some(if end == 0 { "-".to_owned() } else { rest[..end].to_owned() })
}

/// The date that a name starts with, whether it is written without hyphens, and the rest.
fn date_of(name: &str) -> Option<(Date, bool, &str)> {
    let read = |length: usize, form: &str| {
        let (head, rest) = name.split_at_checked(length)?;
        let ends = rest.is_empty() || rest.starts_with(['-', '_', ' ', '.']);
        let strict = head.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let date = Date::strptime(form, head).ok().filter(|_| ends && strict)?;
        Some((date, rest))
    };
    let long = read(10, "%Y-%m-%d").map(|(date, rest)| (date, false, rest));
    long.or_else(|| read(8, "%Y%m%d").map(|(date, rest)| (date, true, rest)))
}

/// The form that most documents have; none where most have none.
fn form_of<'d>(documents: impl Iterator<Item = &'d Document>) -> Option<(RecordForm, bool)> {
    let mut counts: Vec<(Option<(RecordForm, bool)>, usize)> = Vec::new();
    for document in documents.filter(|d| !(d.record.is_none() && record::owns_its_folder(&d.path))) {
        let form = document.record.map(|form| (form, document.body_start == 0));
        match counts.iter_mut().find(|(known, _)| *known == form) {
            Some((_, count)) => *count += 1,
            None => counts.push((form, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count)?.0
}
