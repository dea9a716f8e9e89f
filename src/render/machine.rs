//! What machines read beside the pages: decisions and asks as data, calendars, the sitemap, `robots.txt` and the marker for
//! GitHub Pages.

mod asks;
mod calendar;
mod decisions;
mod ical;

use std::fmt::Write as _;
use std::num::NonZeroUsize;

use jiff::civil::Date;

use super::theme::Theme;
use super::views::Urls;
use crate::escape;
use crate::path::UrlPath;
use crate::site::Site;
use crate::site::catalogue::{Machine, Output, SITEMAP, What, sitemap_address};

/// What stands in a file. Nothing where the site has none such.
pub fn make(site: &Site, theme: &Theme, file: &Machine) -> Vec<u8> {
    let urls = || Urls::at_root(&site.config.base);
    match file {
        Machine::Calendar(person) => calendar::text(site, *person),
        Machine::Decisions => decisions::text(site, &urls()).unwrap_or_default(),
        Machine::Asks => asks::text(site).unwrap_or_default(),
        Machine::Captions(page) => {
            let page = site.pages.get(page.0);
            page.and_then(|page| page.made_captions())
                .map(|(_, text)| text.as_bytes().to_vec())
                .unwrap_or_default()
        }
        Machine::Sitemap(part) => sitemap(site, &urls(), *part, SITEMAP).into_bytes(),
        Machine::Robots => robots(site, &urls()).into_bytes(),
        Machine::NoJekyll => Vec::new(),
        Machine::Favicon => theme.part("img/favicon.svg").map(<[u8]>::to_vec).unwrap_or_default(),
    }
}

fn robots(site: &Site, urls: &Urls<'_>) -> String {
    let sitemap = site.catalogue.once(&What::Machine(Machine::Sitemap(None)));
    let sitemap = sitemap.and_then(|url| urls.absolute(url));
    let rest = sitemap.map_or_else(String::new, |url| format!("Sitemap: {url}\n"));
    format!("User-agent: *\nAllow: /\n{rest}")
}

/// `sitemap.xml`, which with more than `most` addresses is an index of `sitemap-1.xml` and so on; or one of these.
fn sitemap(site: &Site, urls: &Urls<'_>, part: Option<NonZeroUsize>, most: usize) -> String {
    let listed = || site.catalogue.all().iter().filter(|output| output.listed.sitemap);
    let count = listed().count();
    let address =
        |output: &Output| Some(entry("url", &urls.absolute(&output.url)?, changed(site, &output.what)));
    match part {
        Some(number) => {
            let own = listed().skip((number.get() - 1) * most).take(most);
            wrapped("urlset", &own.filter_map(address).collect::<Vec<_>>())
        }
        None if count <= most => wrapped("urlset", &listed().filter_map(address).collect::<Vec<_>>()),
        None => {
            let parts = (1..=count.div_ceil(most)).map(|number| UrlPath::new(&sitemap_address(number)));
            let parts = parts.filter_map(|url| Some(entry("sitemap", &urls.absolute(&url.ok()?)?, None)));
            wrapped("sitemapindex", &parts.collect::<Vec<_>>())
        }
    }
}

/// When what a page shows was last changed, where a document says it.
fn changed(site: &Site, what: &What) -> Option<Date> {
    let page = match what {
        What::Document(id) => *id,
        What::Folder(id) => site.folders.get(id.0)?.index?,
        What::Generated(_) | What::Machine(_) | What::Copy(_) => return None,
    };
    site.pages.get(page.0).and_then(|page| page.updated.or(page.date))
}

fn entry(element: &str, url: &str, date: Option<Date>) -> String {
    let mut out = format!("<{element}><loc>");
    escape::attribute(&mut out, url);
    out.push_str("</loc>");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture;

    /// The sitemap, or the numbered part of it, with at most so many addresses in each.
    fn map(site: &Site, part: usize, most: usize) -> String {
        sitemap(site, &Urls::at_root(&site.config.base), NonZeroUsize::new(part), most)
    }

    #[test]
    fn lists_every_address_once_and_absolute() {
        let mut site = fixture::site(3);
        site.pages[0].url = UrlPath::new("/a&b/<c>/").unwrap();
        fixture::relate(&mut site);
        let text = map(&site, 0, SITEMAP);
        let places: Vec<&str> =
            text.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
        assert!(places.contains(&"https://acme.example/handbook/a&amp;b/%3Cc%3E/"), "{text}");
        assert!(places.iter().all(|place| place.starts_with("https://acme.example/handbook/")), "{text}");
        let once: std::collections::BTreeSet<_> = places.iter().collect();
        // Five pages besides home, home, two collections, one tag, two people, and the lists of tags and of people.
        assert_eq!((places.len(), once.len()), (13, 13), "{text}");
        assert!(text.contains("<lastmod>2026-11-20</lastmod>"));
    }

    #[test]
    fn is_split_where_it_would_be_too_long() {
        let site = fixture::site(3);
        let index = map(&site, 0, 4);
        let parts: Vec<_> = index.matches("<sitemap><loc>https://acme.example/handbook/sitemap-").collect();
        assert_eq!(parts.len(), 4, "{index}");
        let counts = [1, 2, 3, 4, 5].map(|part| map(&site, part, 4).matches("<url>").count());
        assert_eq!(counts, [4, 4, 4, 1, 0]);
    }

    #[test]
    fn needs_an_origin() {
        let mut site = fixture::site(1);
        site.config.base.origin = None;
        fixture::relate(&mut site);
        assert_eq!(site.catalogue.once(&What::Machine(Machine::Sitemap(None))), None);
        assert_eq!(robots(&site, &Urls::at_root(&site.config.base)), "User-agent: *\nAllow: /\n");
    }
}
