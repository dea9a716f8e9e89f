//! What the search knows of a page beside its text: what a hit shows, what filters ask for, what is found by name.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::config::Kind;
use crate::document::RecordForm;
use crate::site::{Page, Site, display};

/// The people who made or decided a page, as they are called, each once.
pub fn people(site: &Site, page: &Page) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let called = written(page).map(|person| display::person(&site.config, person).0);
    called.filter(|name| !name.is_empty() && seen.insert(name.clone())).collect()
}

/// By what a page is found beside its text: people by name and handle, tags, its status as written.
pub fn about(site: &Site, page: &Page) -> String {
    let mut said = people(site, page);
    said.extend(written(page).map(str::to_owned));
    said.extend(page.document.front.tags.iter().cloned());
    said.extend(page.status.as_ref().map(|status| status.raw.clone()));
    let mut seen = BTreeSet::new();
    said.retain(|text| seen.insert(text.clone()));
    said.join("\n")
}

fn written(page: &Page) -> impl Iterator<Item = &str> {
    let front = &page.document.front;
    let all = front.decision.deciders.iter().chain(&front.authors).chain(&front.owner);
    all.map(String::as_str)
}

/// The ways to write the number of a decision: `7 0007 adr-7 adr-0007`, with four digits whether its file has them or
/// not. Empty where it has none.
pub fn numbers(page: &Page) -> String {
    let written = page.number.as_deref();
    let (Some(shown), Some(written)) = (display::number(page), written) else { return String::new() };
    let (shown, written) = (shown.to_lowercase(), written.to_lowercase());
    let series = series(page);
    let mut forms = vec![shown.clone(), written];
    if shown.starts_with(|c: char| c.is_ascii_digit()) {
        forms.extend(padded(&shown));
        let named: Vec<String> = forms.iter().map(|form| format!("{series}-{form}")).collect();
        forms.extend(named);
    } else if let Some(last) = shown.rsplit('-').next() {
        // `EIP-1`: people also ask for `1`.
        forms.push(last.to_owned());
        forms.extend(padded(last));
    }
    let mut seen = BTreeSet::new();
    forms.retain(|form| seen.insert(form.clone()));
    forms.join(" ")
}

/// A number with four digits, as people know it from names of files.
fn padded(number: &str) -> Option<String> {
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("{number:0>4}"))
}

/// What stands before a number when people name a record.
fn series(page: &Page) -> String {
    let stem = page.document.path.stem().to_lowercase();
    let letters: String = stem.chars().take_while(char::is_ascii_lowercase).collect();
    let named =
        stem[letters.len()..].trim_start_matches(['-', '_']).starts_with(|c: char| c.is_ascii_digit());
    match page.document.record {
        Some(RecordForm::Eip) => "eip".to_owned(),
        Some(RecordForm::Kep) => "kep".to_owned(),
        Some(RecordForm::Rfd) => "rfd".to_owned(),
        Some(RecordForm::RustRfc) => "rfc".to_owned(),
        Some(RecordForm::Swift) => "se".to_owned(),
        _ if named && (2..=6).contains(&letters.len()) => letters,
        _ => "adr".to_owned(),
    }
}

/// The titles of the folders that a page lies in, from the top; the site itself and the page's own folder left out.
pub fn crumbs<'a>(site: &'a Site, page: &Page) -> Vec<&'a str> {
    let mut chain = Vec::new();
    let mut at = Some(page.folder);
    while let Some(id) = at {
        let folder = &site.folders[id.0];
        at = folder.parent;
        if at.is_some() && folder.url != page.url {
            chain.push(folder.title.as_str());
        }
    }
    chain.reverse();
    chain
}

/// The date that a hit shows and the filter by year asks for.
pub fn date(page: &Page) -> Option<Date> {
    match page.kind {
        Kind::Page => page.updated.or(page.date),
        _ => page.date.or(page.updated),
    }
}

/// What precedes the text of a page itself: one sentence that its front matter says of it.
pub fn description(page: &Page) -> Vec<&str> {
    let front = &page.document.front;
    let mut said = Vec::new();
    for text in front.summary.iter().chain(&front.description) {
        if !said.contains(&text.as_str()) {
            said.push(text.as_str());
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture;

    #[test]
    fn a_number_is_found_in_all_its_forms() {
        let mut site = fixture::site(1);
        let page = site.pages.iter_mut().find(|page| page.kind == Kind::Decision).unwrap();
        page.number = Some("0007".to_owned());
        assert_eq!(numbers(page), "7 0007 adr-7 adr-0007");
        page.number = Some("1559".to_owned());
        page.document.record = Some(RecordForm::Eip);
        assert_eq!(numbers(page), "1559 eip-1559");
        page.number = Some("7".to_owned());
        assert_eq!(numbers(page), "7 0007 eip-7 eip-0007");
        page.document.record = None;
        page.document.path = crate::path::SourcePath::new("a/RFC-0007-x.md").unwrap();
        page.number = Some("0007".to_owned());
        assert_eq!(numbers(page), "7 0007 rfc-7 rfc-0007");
        page.number = Some("EIP-1".to_owned());
        assert_eq!(numbers(page), "eip-1 1 0001");
    }

    #[test]
    fn a_page_is_found_by_its_people_and_tags() {
        let site = fixture::site(1);
        let page = site.pages.iter().find(|page| page.kind == Kind::Decision).unwrap();
        assert_eq!(people(&site, page), ["Ana Souza", "Bo"]);
        let about = about(&site, page);
        for said in ["Ana Souza", "ana", "Bo", "Storage"] {
            assert!(about.lines().any(|line| line == said), "{about}");
        }
        assert_eq!(crumbs(&site, page).len(), 1);
    }
}
