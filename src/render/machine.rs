//! What machines read beside the pages: decisions and asks as data, calendars, the sitemap, `robots.txt` and the marker for
//! GitHub Pages.

mod asks;
mod calendar;
mod decisions;
mod ical;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::theme::Theme;
use super::views::Urls;
use crate::path::{OutputPath, UrlPath};
use crate::site::Site;

/// The most addresses that one sitemap may hold (sitemaps.org, protocol).
const SITEMAP: usize = 50_000;

/// All of them: path and content. Without a configured origin there is no sitemap, which must hold absolute addresses.
pub fn files(site: &Site, theme: &Theme) -> Vec<(OutputPath, Vec<u8>)> {
    let urls = Urls::new(&site.config.base);
    let maps = sitemaps(site, &urls, SITEMAP);
    let first = maps.first().and_then(|(name, _)| UrlPath::new(&format!("/{name}")).ok());
    let mut files: Vec<(String, Vec<u8>)> =
        maps.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    files.push(("robots.txt".to_owned(), robots(first.and_then(|url| urls.absolute(&url))).into_bytes()));
    files.extend(decisions::text(site, &urls).map(|text| ("decisions.json".to_owned(), text)));
    files.extend(asks::text(site).map(|text| ("asks.json".to_owned(), text)));
    files.extend(calendar::files(site));
    files.push((".nojekyll".to_owned(), Vec::new()));
    files.extend(theme.part("img/favicon.svg").map(|icon| ("favicon.svg".to_owned(), icon.to_vec())));
    files.into_iter().filter_map(|(name, bytes)| Some((OutputPath::new(&name).ok()?, bytes))).collect()
}

fn robots(sitemap: Option<String>) -> String {
    let rest = sitemap.map_or_else(String::new, |url| format!("Sitemap: {url}\n"));
    format!("User-agent: *\nAllow: /\n{rest}")
}

/// `sitemap.xml`, which with more than `most` addresses is an index of `sitemap-1.xml` and so on.
fn sitemaps(site: &Site, urls: &Urls, most: usize) -> Vec<(String, String)> {
    let lists = [
        ("/waiting/", site.has_deadlines()),
        ("/people/", !site.people.is_empty()),
        ("/norms/", !site.config.norms.is_empty()),
    ];
    let lists: Vec<UrlPath> =
        lists.into_iter().filter_map(|(url, there)| UrlPath::new(url).ok().filter(|_| there)).collect();
    let entries: Vec<String> = addresses(site, &lists)
        .into_iter()
        .filter_map(|(url, date)| Some(entry("url", &urls.absolute(url)?, date)))
        .collect();
    match entries.len() {
        0 => Vec::new(),
        few if few <= most => vec![("sitemap.xml".to_owned(), wrapped("urlset", &entries))],
        _ => split(&entries, urls, most),
    }
}

fn split(entries: &[String], urls: &Urls, most: usize) -> Vec<(String, String)> {
    let parts = entries.chunks(most).enumerate();
    let parts: Vec<_> =
        parts.map(|(at, part)| (format!("sitemap-{}.xml", at + 1), wrapped("urlset", part))).collect();
    let listed: Vec<String> = parts
        .iter()
        .filter_map(|(name, _)| urls.absolute(&UrlPath::new(&format!("/{name}")).ok()?))
        .map(|url| entry("sitemap", &url, None))
        .collect();
    let mut all = vec![("sitemap.xml".to_owned(), wrapped("sitemapindex", &listed))];
    all.extend(parts);
    all
}

/// Every address that a person may come to, each once, with the date of its last change.
fn addresses<'a>(site: &'a Site, lists: &'a [UrlPath]) -> BTreeMap<&'a UrlPath, Option<Date>> {
    let pages = site.pages.iter().map(|page| (&page.url, page.updated.or(page.date)));
    let folders = site.folders.iter().map(|folder| (&folder.url, None));
    let tags = site.tags.iter().map(|tag| (&tag.url, None));
    let graphs = site.families.pages().map(|(_, url)| (url, None));
    let people = site.people.all().iter().map(|person| (&person.url, None));
    let folders = folders.chain(lists.iter().map(|url| (url, None))).chain(graphs).chain(people);
    // Pages come last: where a document gives a folder its text, its date is the one that counts.
    folders.chain(tags).chain(pages).collect()
}

fn entry(element: &str, url: &str, date: Option<Date>) -> String {
    let mut out = format!("<{element}><loc>{}</loc>", escape(url));
    if let Some(date) = date {
        let _ = write!(out, "<lastmod>{date}</lastmod>");
    }
    let _ = writeln!(out, "</{element}>");
    out
}

fn wrapped(element: &str, entries: &[String]) -> String {
    let all = entries.concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{all}</{element}>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture;

    fn maps(site: &Site, most: usize) -> Vec<(String, String)> {
        sitemaps(site, &Urls::new(&site.config.base), most)
    }

    #[test]
    fn lists_every_address_once_and_absolute() {
        let mut site = fixture::site(3);
        site.pages[0].url = UrlPath::new("/a&b/<c>/").unwrap();
        let maps = maps(&site, SITEMAP);
        assert_eq!(maps.len(), 1);
        let text = &maps[0].1;
        let places: Vec<&str> =
            text.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
        assert!(places.contains(&"https://acme.example/handbook/a&amp;b/%3Cc%3E/"), "{text}");
        assert!(places.iter().all(|place| place.starts_with("https://acme.example/handbook/")), "{text}");
        let once: std::collections::BTreeSet<_> = places.iter().collect();
        // Five pages besides home, home, two collections, one tag, two people and their list.
        assert_eq!((places.len(), once.len()), (12, 12), "{text}");
        assert!(text.contains("<lastmod>2026-11-20</lastmod>"));
    }

    #[test]
    fn is_split_where_it_would_be_too_long() {
        let maps = maps(&fixture::site(3), 4);
        let names: Vec<_> = maps.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        assert!(maps[0].1.contains("<loc>https://acme.example/handbook/sitemap-3.xml</loc>"));
    }

    #[test]
    fn needs_an_origin() {
        let mut site = fixture::site(1);
        site.config.base.origin = None;
        assert_eq!(maps(&site, SITEMAP), []);
    }
}
