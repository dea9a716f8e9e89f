//! Addresses as views have them: relative to the page that is made, and absolute where a form wants that and the origin is
//! known. How a relative address is made is the matter of [`crate::path`].

use crate::config::BaseUrl;
use crate::path::{Root, SourcePath, UrlPath, encode_path};
use crate::site::RepositoryLinks;

/// Makes addresses for the pages of one depth.
#[derive(Clone, Debug)]
pub struct Urls<'a> {
    base: &'a BaseUrl,
    root: Root,
}

impl<'a> Urls<'a> {
    /// For pages from which `root` leads to the site's root.
    pub fn new(base: &'a BaseUrl, root: Root) -> Self {
        Self { base, root }
    }

    /// For what lies at the site's root.
    pub fn at_root(base: &'a BaseUrl) -> Self {
        Self::new(base, Root::from(&UrlPath::root()))
    }

    /// The same for a page that is shown at any address, such as 404: its addresses begin at the root of the host.
    pub fn anywhere(base: &'a BaseUrl) -> Self {
        Self::new(base, Root::anywhere(&base.path))
    }

    /// The way to the site's root.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// For an `href` or `src`.
    pub fn href(&self, url: &UrlPath) -> String {
        self.root.href(url)
    }

    /// With scheme and host; `None` when no `base_url` is configured, since a guess would mislead crawlers.
    pub fn absolute(&self, url: &UrlPath) -> Option<String> {
        let origin = self.base.origin.as_ref()?;
        Some([origin, self.base.path.trim_end_matches('/'), &url.encoded()].concat())
    }

    /// For files that are taken elsewhere and read there: absolute, or as near to it as is known.
    pub fn farthest(&self, url: &UrlPath) -> String {
        self.absolute(url).unwrap_or_else(|| self.href(url))
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

    #[test]
    fn only_what_must_be_is_absolute() {
        let page = UrlPath::new("/specs/zwölf \"öl\"/").unwrap();
        let base = |origin: Option<&str>| BaseUrl {
            origin: origin.map(str::to_owned),
            path: "/hand%20book/".to_owned(),
        };
        let (known, unknown) = (base(Some("https://acme.github.io")), base(None));
        let whole = "https://acme.github.io/hand%20book/specs/zw%C3%B6lf%20%22%C3%B6l%22/";
        let urls = Urls::new(&known, Root::from(&page));
        assert_eq!(urls.href(&page), "../../specs/zw%C3%B6lf%20%22%C3%B6l%22/");
        assert_eq!(urls.absolute(&page).as_deref(), Some(whole));
        assert_eq!(urls.farthest(&page), whole);
        assert_eq!(Urls::at_root(&unknown).absolute(&page), None);
        assert_eq!(Urls::at_root(&unknown).farthest(&page), "./specs/zw%C3%B6lf%20%22%C3%B6l%22/");
        assert_eq!(Urls::anywhere(&unknown).href(&UrlPath::root()), "/hand%20book/");
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
