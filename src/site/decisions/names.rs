//! How documents name each other in front matter and in lines of status: by path, by address, by number.
//!
//! A name that fits nothing, or two documents, stays unresolved; nothing is guessed.

use std::collections::HashMap;

use crate::config::Kind;
use crate::document::{RecordForm, record};
use crate::frozen::Frozen;
use crate::path::{SourcePath, decode};
use crate::site::{Page, PageId, RepositoryLinks};

/// What pages are called.
#[derive(Clone, Debug, Default)]
pub struct DocumentNames {
    /// Pages by source path without extension and by address, in lower case, without slashes at the ends.
    paths: HashMap<String, PageId>,
    /// Decisions by the folder that lists them (its path, and its address) and their number; `None` where two have it.
    numbers: HashMap<(String, String), Option<PageId>>,
    /// Decisions by form and number, for records that lie in several folders but share one series, as KEPs do.
    series: HashMap<(RecordForm, String), Option<PageId>>,
    /// The web address of the repository and the site's folder in it.
    repository: Option<(String, String)>,
}

/// How many leading folders of a path from a repository's root may lie above the site.
const ABOVE: usize = 8;

impl DocumentNames {
    /// The names of `pages`; `repository` tells which addresses on the web are files of the site.
    pub(super) fn of(pages: &[Frozen<Page>], repository: Option<&RepositoryLinks>) -> Self {
        let web = |links: &RepositoryLinks| {
            (links.web.to_lowercase(), links.prefix.trim_matches('/').to_lowercase())
        };
        let mut names = Self { repository: repository.map(web), ..Self::default() };
        for (at, page) in pages.iter().enumerate() {
            names.add(PageId(at), page);
        }
        names
    }

    fn add(&mut self, id: PageId, page: &Page) {
        let path = &page.document.path;
        let address = page.url.as_str().trim_matches('/').to_lowercase();
        if let (Kind::Decision, Some(number)) = (page.kind, number(page)) {
            let above = address.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
            let mut folders = vec![home(page), above];
            folders.dedup();
            for folder in folders {
                let slot = self.numbers.entry((folder, number.clone())).or_insert(Some(id));
                *slot = slot.filter(|known| *known == id);
            }
            if let Some(form) = page.document.record.filter(|form| is_one_series(*form)) {
                let slot = self.series.entry((form, number)).or_insert(Some(id));
                *slot = slot.filter(|known| *known == id);
            }
        }
        self.paths.entry(without_extension(path.as_str()).to_lowercase()).or_insert(id);
        self.paths.entry(address).or_insert(id);
    }

    /// The page that `from` means when it names another: by path or address (`decisions/0005-upload`, with or
    /// without extension, from the root or from its own folder), by its address on the web, or a decision by number
    /// (`5`, `ADR-0005`, `decisions/0005`). What follows a `#` doesn't count.
    pub fn find(&self, from: &Page, written: &str) -> Option<PageId> {
        let target = written.split(['#', '?']).next().unwrap_or("").trim();
        let target = decode(target).to_lowercase();
        let target = target.strip_prefix("./").unwrap_or(&target);
        if target.is_empty() {
            return None;
        }
        if target.contains("://") {
            return self.on_the_web(target);
        }
        self.by_path(from, target).or_else(|| self.by_number(from, target).one())
    }

    /// Whether `written` is a number that more than one decision has, so that it names none of them.
    pub fn is_shared(&self, from: &Page, written: &str) -> bool {
        let target = decode(written.split(['#', '?']).next().unwrap_or("").trim()).to_lowercase();
        self.by_path(from, &target).is_none() && matches!(self.by_number(from, &target), Numbered::Several)
    }

    fn by_path(&self, from: &Page, target: &str) -> Option<PageId> {
        let here = from.document.path.parent().to_lowercase();
        let inner = target.trim_matches('/');
        let beside = || {
            let path = SourcePath::resolve(&here, inner).ok()?;
            self.path(path.as_str())
        };
        if !target.starts_with('/') {
            // A file of its own folder comes before one of the same name at the root.
            return beside().or_else(|| self.path(inner));
        }
        self.below_the_site(inner)
    }

    /// A path from the root of a repository of which the site is a part.
    fn below_the_site(&self, path: &str) -> Option<PageId> {
        let starts = std::iter::successors(Some(path), |rest| rest.split_once('/').map(|(_, rest)| rest));
        let fits = |rest: &&str| {
            // `/lost/x/README.md` is not the README at the root.
            *rest == path || rest.contains('/') || rest.starts_with(|c: char| c.is_ascii_digit())
        };
        starts.take(ABOVE).filter(fits).find_map(|rest| self.path(rest))
    }

    fn path(&self, path: &str) -> Option<PageId> {
        let stem = without_extension(path);
        let own =
            || self.paths.get(&format!("{stem}/readme")).or_else(|| self.paths.get(&format!("{stem}/index")));
        self.paths.get(stem).or_else(|| self.paths.get(path)).or_else(own).copied()
    }

    /// `https://github.com/acme/handbook/blob/main/adr/0005-x.md` is a file of that repository.
    fn on_the_web(&self, target: &str) -> Option<PageId> {
        let (web, prefix) = self.repository.as_ref()?;
        let rest = target.strip_prefix(web.as_str())?.trim_start_matches("/-");
        let rest = rest.strip_prefix("/blob/").or_else(|| rest.strip_prefix("/tree/"))?;
        let (_, path) = rest.split_once('/')?;
        let inner = path.strip_prefix(prefix.as_str())?.trim_matches('/');
        self.path(inner)
    }

    fn by_number(&self, from: &Page, target: &str) -> Numbered {
        let inner = target.trim_matches('/');
        let (folder, name) =
            inner.rsplit_once('/').map_or((None, inner), |(folder, name)| (Some(folder), name));
        let Some(number) = record::number_in_name(without_extension(name)).map(plain) else {
            return Numbered::None;
        };
        // `0005-old-name.md` named one file; that another has its number now doesn't make it that file.
        if without_extension(name) != name {
            return Numbered::None;
        }
        let slot = if let Some(folder) = folder {
            let beside = SourcePath::resolve(from.document.path.parent(), folder).ok();
            let beside = beside.map(|path| path.as_str().to_lowercase());
            let folders = [Some(folder.to_owned()), beside];
            folders.into_iter().flatten().find_map(|f| self.numbers.get(&(f, number.clone())))
        } else {
            let here = self.numbers.get(&(home(from), number.clone()));
            here.or_else(|| self.series.get(&(from.document.record?, number)))
        };
        match slot {
            None => Numbered::None,
            Some(None) => Numbered::Several,
            Some(Some(page)) => Numbered::One(*page),
        }
    }
}

/// Whether the records of a form have one series of numbers in all folders; those of architecture decisions start anew
/// in each.
fn is_one_series(form: RecordForm) -> bool {
    use RecordForm::{Eip, Kep, Rfd, RustRfc, Swift};
    matches!(form, Eip | Kep | Rfd | RustRfc | Swift)
}

/// Which decisions have a number.
enum Numbered {
    None,
    One(PageId),
    Several,
}

impl Numbered {
    fn one(self) -> Option<PageId> {
        match self {
            Self::One(page) => Some(page),
            Self::None | Self::Several => None,
        }
    }
}

/// The folder that lists a record: the one above, where it lies in a folder of its own.
fn home(page: &Page) -> String {
    let path = &page.document.path;
    let folder = path.parent();
    let own = page.document.record.is_some() && !page.is_index && record::owns_its_folder(path);
    let folder = if own { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
    folder.to_lowercase()
}

fn without_extension(path: &str) -> &str {
    let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".markdown"));
    stem.or_else(|| path.strip_suffix(".html")).unwrap_or(path)
}

/// The number of a decision without zeros before it.
pub(in crate::site) fn number(page: &Page) -> Option<String> {
    page.number.as_deref().map(plain)
}

fn plain(digits: &str) -> String {
    let bare = digits.trim_start_matches('0');
    if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::UrlPath;
    use crate::site::fixture;

    fn record(path: &str, number: &str) -> Frozen<Page> {
        let mut page = fixture::page(Kind::Decision, 0, path, path);
        page.number = Some(number.into());
        page
    }

    #[test]
    fn a_document_is_named_by_its_path_its_address_or_its_number() {
        let mut queue = record("docs/adr/0007-queue.md", "0007");
        queue.url = UrlPath::new("/decisions/0007-queue/").unwrap();
        let pages =
            [queue, fixture::page(Kind::Page, 0, "notes.md", "Notes"), record("docs/adr/0010-x.md", "0010")];
        let names = DocumentNames::of(&pages, None);
        for name in [
            "docs/adr/0007-queue.md",
            "decisions/0007-queue",
            "decisions/0007",
            "docs/adr/7",
            "decisions/7#ask-x",
            "/decisions/0007-queue/",
            "./docs/adr/0007-queue.md",
            "/handbook/docs/adr/0007-queue.md",
            "docs%2Fadr/0007%2dqueue.md",
        ] {
            assert_eq!(names.find(&pages[1], name), Some(PageId(0)), "{name}");
        }
        for name in [
            "7",
            "ADR-0007",
            "adr 7",
            "7. Use a queue",
            "0007-queue.md",
            "0007-queue",
            "../adr/0007-queue.md",
        ] {
            assert_eq!(names.find(&pages[2], name), Some(PageId(0)), "{name}");
        }
        for name in ["decisions/70", "7", "", "#x", "queue", "the decision of 7"] {
            assert_eq!(names.find(&pages[1], name), None, "{name}");
        }
        for name in ["0007-another.md", "70", "report-7", "x/7"] {
            assert_eq!(names.find(&pages[2], name), None, "{name}");
        }
    }

    #[test]
    fn two_of_one_number_are_named_by_neither() {
        let pages =
            [record("adr/0007-a.md", "7"), record("adr/0007-b.md", "0007"), record("adr/0.md", "0000")];
        let names = DocumentNames::of(&pages, None);
        assert_eq!(names.find(&pages[2], "7"), None);
        assert_eq!(names.find(&pages[2], "0007-b"), Some(PageId(1)));
        assert_eq!((names.find(&pages[0], "0"), names.find(&pages[0], "x")), (Some(PageId(2)), None));
    }

    #[test]
    fn decisions_of_two_folders_have_two_series() {
        let mut pages = [record("a/adr/0007-a.md", "7"), record("b/adr/0008-b.md", "8")];
        for page in &mut pages {
            page.document.record = Some(RecordForm::Nygard);
        }
        assert_eq!(DocumentNames::of(&pages, None).find(&pages[1], "ADR-7"), None);
        for page in &mut pages {
            page.document.record = Some(RecordForm::Rfd);
        }
        assert_eq!(DocumentNames::of(&pages, None).find(&pages[1], "RFD-7"), Some(PageId(0)));
    }

    #[test]
    fn records_in_folders_of_their_own_are_named_by_folder_and_across_folders() {
        let own = |path: &str, number: &str| {
            let mut page = record(path, number);
            page.document.record = Some(RecordForm::Kep);
            page.url = UrlPath::new(&format!("/{}", path.trim_end_matches("README.md"))).unwrap();
            page
        };
        let pages = [own("keps/sig-a/12-x/README.md", "12"), own("keps/sig-b/90-y/README.md", "90")];
        let links = RepositoryLinks {
            web: "https://github.com/Acme/k".into(),
            branch: "main".into(),
            prefix: "docs".into(),
        };
        let names = DocumentNames::of(&pages, Some(&links));
        for name in [
            "/keps/sig-a/12-x",
            "/keps/sig-a/12-x/README.md",
            "../../sig-a/12-x/README.md",
            "KEP-12",
            "https://github.com/acme/k/blob/main/docs/keps/sig-a/12-x/README.md",
            "https://github.com/acme/k/tree/v1/docs/keps/sig-a/12-x",
        ] {
            assert_eq!(names.find(&pages[1], name), Some(PageId(0)), "{name}");
        }
        assert_eq!(
            names.find(&pages[1], "https://github.com/acme/other/blob/main/docs/keps/sig-a/12-x"),
            None
        );
    }
}
