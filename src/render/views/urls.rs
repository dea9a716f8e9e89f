//! Addresses as they stand in pages: with the base path, percent-encoded, and absolute where an origin is known.

use crate::config::BaseUrl;
use crate::path::{SourcePath, UrlPath, encode_path};
use crate::site::RepositoryLinks;

/// Where the site is served, for making addresses.
#[derive(Clone, Debug)]
pub struct Urls {
    origin: Option<String>,
    /// The base path without its trailing slash, so that an address can follow.
    base: String,
}

impl Urls {
    /// From the configured base.
    pub fn new(base: &BaseUrl) -> Self {
        Self { origin: base.origin.clone(), base: base.path.trim_end_matches('/').to_owned() }
    }

    /// For an `href` or `src`: from the root of the host.
    pub fn href(&self, url: &UrlPath) -> String {
        let path = url.encoded();
        if self.base.is_empty() { path } else { [self.base.as_str(), &path].concat() }
    }

    /// For an asset of the theme, named below `assets/`.
    pub fn asset(&self, name: &str) -> String {
        format!("{}/assets/{}", self.base, encode_path(name))
    }

    /// With scheme and host; `None` when no `base_url` is configured, since a guess would mislead crawlers.
    pub fn absolute(&self, url: &UrlPath) -> Option<String> {
        self.origin.as_ref().map(|origin| format!("{origin}{}", self.href(url)))
    }
}

/// Whether an address from front matter may stand in an `href`: only `http` and `https`, so that
/// nothing runs and nothing surprises.
pub fn is_web(target: &str) -> bool {
    let scheme = target.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// Where a file is edited on the web, and where its history stands. GitLab has `/-/` before both.
pub fn repository(links: &RepositoryLinks, path: &SourcePath) -> (String, String) {
    let host = links.web.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or("");
    let dash = if host.contains("gitlab") { "-/" } else { "" };
    let branch = encode_path(&links.branch);
    let prefix = links.prefix.trim_matches('/');
    let joined = if prefix.is_empty() { path.to_string() } else { format!("{prefix}/{path}") };
    let file = encode_path(&joined);
    let at = |verb: &str| format!("{}/{dash}{verb}/{branch}/{file}", links.web);
    (at("edit"), at("commits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(origin: Option<&str>, path: &str) -> Urls {
        Urls::new(&BaseUrl { origin: origin.map(str::to_owned), path: path.to_owned() })
    }

    #[test]
    fn honours_the_base_path() {
        let page = UrlPath::new("/specs/zwölf \"öl\"/").unwrap();
        assert_eq!(urls(None, "/").href(&page), "/specs/zw%C3%B6lf%20%22%C3%B6l%22/");
        assert_eq!(urls(None, "/handbook/").href(&UrlPath::root()), "/handbook/");
        assert_eq!(urls(None, "/handbook/").asset("a.css"), "/handbook/assets/a.css");
    }

    #[test]
    fn is_absolute_only_with_an_origin() {
        assert_eq!(urls(None, "/").absolute(&UrlPath::root()), None);
        let known = urls(Some("https://acme.github.io"), "/handbook/");
        assert_eq!(known.absolute(&UrlPath::root()).as_deref(), Some("https://acme.github.io/handbook/"));
    }

    #[test]
    fn lets_only_web_addresses_be_links() {
        for bad in ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT://x", "//evil.example", "x y"] {
            assert!(!is_web(bad), "{bad}");
        }
        assert!(is_web("HTTPS://example.org/a"));
    }

    #[test]
    fn finds_the_file_in_its_repository() {
        let path = SourcePath::new("specs/Queue store.md").unwrap();
        let at = |web: &str, prefix: &str| {
            let (web, branch, prefix) = (web.to_owned(), "main".to_owned(), prefix.to_owned());
            repository(&RepositoryLinks { web, branch, prefix }, &path)
        };
        assert_eq!(
            at("https://github.com/a/b", "docs").0,
            "https://github.com/a/b/edit/main/docs/specs/Queue%20store.md"
        );
        assert_eq!(
            at("https://gitlab.com/a/b", "").1,
            "https://gitlab.com/a/b/-/commits/main/specs/Queue%20store.md"
        );
    }
}
