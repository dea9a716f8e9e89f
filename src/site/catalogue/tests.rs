//! What the list has and where it is found.

use super::*;
use crate::config::RESERVED;
use crate::site::fixture;

/// Documents keep off an address by its first part, which the configuration knows before there is a site.
#[test]
fn nothing_has_a_page_at_an_address_that_documents_could_have() {
    let pages = ONCE.into_iter().filter_map(|once| once.address.strip_suffix('/'));
    let families = Family::ALL.map(Family::folder);
    let open: Vec<&str> = pages
        .map(|address| &address[1..])
        .chain(families)
        .filter(|first| !RESERVED.contains(first))
        .collect();
    assert_eq!(open, [""; 0]);
}

#[test]
fn an_output_is_found_by_its_path() {
    let site = fixture::site(2);
    let what = |path: &str| site.catalogue.at(path).map(|output| output.what.clone());
    assert_eq!(what("index.html"), Some(What::Folder(FolderId(0))));
    assert_eq!(what("decisions/0001-choice/index.html"), Some(What::Document(PageId(0))));
    assert_eq!(what("robots.txt"), Some(What::Machine(Machine::Robots)));
    assert_eq!(what("search/index.html"), Some(What::Generated(Generated::Search)));
    for none in [
        "",
        "decisions",
        "decisions/",
        "decisions/0001-choice",
        "robots.txt/index.html",
        "norms/index.html",
        "../x",
    ] {
        assert_eq!(what(none), None, "{none}");
    }
    for output in site.catalogue.all() {
        assert_eq!(site.catalogue.at(output.path().as_str()), Some(output));
    }
    assert_eq!(Family::at("assets/x.css"), Some(Family::Theme));
    assert_eq!(Family::at("assets"), None);
}

#[test]
fn a_file_of_the_sites_own_takes_the_place_of_ours() {
    let mut site = fixture::site(1);
    let (url, source) = (UrlPath::new("/robots.txt").unwrap(), SourcePath::new("static/robots.txt").unwrap());
    site.assets.insert(url.clone(), source.clone());
    // Served by its whole name, and not as the page of a folder.
    let (index, page) =
        (UrlPath::new("/x/index.html").unwrap(), SourcePath::new("static/x/index.html").unwrap());
    site.assets.insert(index, page.clone());
    fixture::relate(&mut site);
    assert_eq!(site.catalogue.get(&url).map(|output| &output.what), Some(&What::Copy(source)));
    assert_eq!(site.catalogue.at("x/index.html").map(|output| &output.what), Some(&What::Copy(page)));
    assert_eq!(site.catalogue.once(&What::Machine(Machine::Robots)), Some(&url));
}

#[test]
fn a_long_sitemap_has_parts() {
    let parts = |count| sitemap_parts(count).iter().map(|part| part.url.to_string()).collect::<Vec<_>>();
    assert_eq!(parts(SITEMAP), [""; 0]);
    assert_eq!(parts(SITEMAP + 1), ["/sitemap-1.xml", "/sitemap-2.xml"]);
}
