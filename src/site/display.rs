//! What documents write as it is shown to people: numbers, titles and names, the same on pages and in the search.

use super::{NormalStatus, Page, Status};
use crate::config::{Config, Kind};

/// The number of a decision as people say it: 7, also where the file is called `0007`.
pub fn number(page: &Page) -> Option<String> {
    let written = page.number.as_ref().filter(|_| page.kind == Kind::Decision)?;
    let digits = !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit());
    let shown = if digits { written.trim_start_matches('0') } else { written };
    Some(if digits && shown.is_empty() { "0" } else { shown }.to_owned())
}

/// The title of a page as plain text: in front matter `` `code` `` is written as in Markdown.
pub fn title(page: &Page) -> String {
    let written = &page.document.title;
    if memchr::memchr(b'`', written.as_bytes()).is_none() {
        return written.clone();
    }
    let marks = written.matches('`').count();
    // An odd one out is no mark, and of a title that is nothing else something must stay.
    if marks.is_multiple_of(2) && marks < written.chars().count() {
        written.replace('`', "")
    } else {
        written.clone()
    }
}

/// A status longer than this, in characters, is a sentence: `Superseded by 7. Partition readings by month`.
const A_WORD: usize = 24;

/// The one word that tells a status of which the team writes a sentence; `None` where what they write is short.
pub fn status_word(status: &Status) -> Option<&'static str> {
    let long = status.raw.chars().count() > A_WORD;
    status.normal.filter(|_| long).map(NormalStatus::word)
}

/// A person as written, by their configured name where the handle is known; of `Ann Lee (@ann)` and
/// `Ann Lee <ann@example.org>` only the name. With it the whole of what was written, where the name is less.
pub fn person(config: &Config, written: &str) -> (String, Option<String>) {
    let handle = written.trim().trim_start_matches('@');
    if let Some(person) = config.people.get(handle) {
        return (person.name.clone(), Some(format!("@{handle}")));
    }
    let name = written.split(['(', '<']).next().unwrap_or("").trim();
    if name.is_empty() || name.len() == written.trim().len() {
        return (written.trim().to_owned(), None);
    }
    (name.to_owned(), Some(written.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{number, title};
    use crate::config::Kind;

    #[test]
    fn says_a_number_as_people_do() {
        let mut site = crate::site::fixture::site(1);
        let page = site.pages.iter_mut().find(|page| page.kind == Kind::Decision).unwrap();
        let mut said = |written: &str| {
            page.number = Some(written.to_owned());
            number(page).unwrap()
        };
        assert_eq!(["0007", "8", "0000", "01a", "EIP-1"].map(&mut said), ["7", "8", "0", "01a", "EIP-1"]);
    }

    #[test]
    fn takes_the_marks_of_code_out_of_a_title() {
        let mut site = crate::site::fixture::site(1);
        let page = &mut site.pages[0];
        let mut said = |written: &str| {
            page.document.title = written.to_owned();
            title(page)
        };
        assert_eq!(
            ["Drop `a` and `b`", "One ` alone", "``"].map(&mut said),
            ["Drop a and b", "One ` alone", "``"]
        );
    }
}
