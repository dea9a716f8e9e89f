//! Addresses as they stand in pages: relative, made here and nowhere else, so that the same bytes work wherever a site
//! is served. Two forms: from the site's root, which pages of one depth share, and the shortest, from one page to another.
//!
//! Whatever a path is called, what is made of it is never read as a scheme (`a:b/`) or a host (`//b/`), and leads no
//! higher than the root.

use std::borrow::Cow;

use super::{OutputPath, UrlPath};

/// The way from a page to the site's root: `./`, `../`, `../../` and so on. What follows it is an address below the root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Root(Cow<'static, str>);

const UP: &str = "../../../../../../../../";

impl Root {
    /// From the page at `url`.
    pub fn from(url: &UrlPath) -> Self {
        Self::above(url.as_str().matches('/').count().saturating_sub(1))
    }

    /// From the page that lies in `file`.
    pub fn from_file(file: &OutputPath) -> Self {
        Self::above(file.as_str().matches('/').count())
    }

    /// From a page right below the root, such as `/tags/`.
    pub fn below_root() -> Self {
        Self::above(1)
    }

    /// From anywhere on the host: the path that the site is served below, as it stands in addresses. Only for a page that is
    /// shown at addresses that nobody knows.
    pub fn anywhere(base: &str) -> Self {
        Self(base.to_owned().into())
    }

    fn above(depth: usize) -> Self {
        Self(match depth {
            0 => "./".into(),
            depth => UP.get(..3 * depth).map_or_else(|| "../".repeat(depth).into(), Cow::Borrowed),
        })
    }

    /// The way itself, with its slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An `href` or `src` of what stands at `url`.
    pub fn href(&self, url: &UrlPath) -> String {
        let below = url.encoded();
        [self.as_str(), &below[1..]].concat()
    }
}

/// The shortest address of `to` on the page at `from`.
pub fn relative(from: &UrlPath, to: &UrlPath) -> String {
    let (from, to) = (from.as_str(), to.as_str());
    // Up to the last slash that both have at the same place they agree on folders.
    let alike = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let common = to.as_bytes()[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
    let up = from[common.min(from.len())..].matches('/').count();
    let rest = super::encode_path(&to[common.min(to.len())..]);
    if up > 0 {
        return [UP.get(..3 * up).map_or_else(|| "../".repeat(up).into(), Cow::Borrowed), rest.into()]
            .concat();
    }
    // Nothing would be the page itself with its query; a colon in the first part would end a scheme.
    let first = rest.split('/').next().unwrap_or_default();
    if first.is_empty() || first.contains(':') { format!("./{rest}") } else { rest }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn url(path: &str) -> UrlPath {
        UrlPath::new(path).unwrap()
    }

    #[test]
    fn is_the_shortest_way() {
        for (from, to, expected) in [
            ("/", "/", "./"),
            ("/", "/specs/", "specs/"),
            ("/", "/ab:c/", "./ab:c/"),
            ("/a/b/", "/a/b/", "./"),
            ("/a/b/", "/a/b/c.png", "c.png"),
            ("/a/b/", "/a/c/", "../c/"),
            ("/a/b/", "/a/bc/", "../bc/"),
            ("/a/b/", "/a/", "../"),
            ("/a/b/", "/", "../../"),
            ("/a/b/", "/xy:z/", "../../xy:z/"),
            ("/a/b.html", "/a/b/", "b/"),
            ("/a/b.html", "/a/", "./"),
            ("/ö/ä/", "/ö/å b/", "../%C3%A5%20b/"),
            ("/decisions/0007/", "/specs/queue/", "../../specs/queue/"),
        ] {
            assert_eq!(relative(&url(from), &url(to)), expected, "{from} {to}");
        }
    }

    #[test]
    fn the_root_is_as_far_away_as_the_page_is_deep() {
        for (page, root) in
            [("/", "./"), ("/a/", "../"), ("/a/b/", "../../"), ("/a/b.html", "../"), ("/x.html", "./")]
        {
            assert_eq!(Root::from(&url(page)).as_str(), root, "{page}");
            assert_eq!(Root::from_file(&url(page).output()).as_str(), root, "{page}");
        }
        assert_eq!(Root::from(&url("/a/b/")).href(&url("/ö/")), "../../%C3%B6/");
        assert_eq!(Root::anywhere("/hand%20book/").href(&url("/a/")), "/hand%20book/a/");
        let deep = "/a".repeat(12) + "/";
        assert_eq!(Root::from(&url(&deep)).as_str(), "../".repeat(12));
    }

    /// Where a browser goes from `page` by `href` (RFC 3986, section 5.2); `None` where it is no relative path.
    fn resolved(page: &str, href: &str) -> Option<String> {
        let scheme = href.find([':', '/', '?', '#']).is_some_and(|at| href.as_bytes()[at] == b':' && at > 0);
        if scheme || href.is_empty() || href.starts_with(['/', '?', '#']) {
            return None;
        }
        let mut parts: Vec<&str> = page[1..].split('/').collect();
        parts.pop();
        let mut steps = href.split('/').peekable();
        let mut folder = false;
        while let Some(step) = steps.next() {
            folder = matches!(step, "" | "." | "..");
            match step {
                // Browsers stop at the root; an address that has to be stopped is one too many.
                ".." => drop(parts.pop()?),
                "." => {}
                "" => assert!(steps.peek().is_none(), "an empty part in {href}"),
                step => parts.push(step),
            }
        }
        let path = parts.join("/");
        Some(if folder && !path.is_empty() { format!("/{path}/") } else { format!("/{path}") })
    }

    fn path() -> impl Strategy<Value = UrlPath> {
        let part = "(a|b|a:b|:|javascript:x|\\.\\.\\.|ö|%41|q\\?|x#y| |[a-c:é]{1,3})";
        (prop::collection::vec(part, 0..11), any::<bool>()).prop_filter_map("no path", |(parts, file)| {
            let end = if file && !parts.is_empty() { "" } else { "/" };
            UrlPath::new(&format!("/{}{end}", parts.join("/")).replace("//", "/")).ok()
        })
    }

    proptest! {
        /// Both forms lead from any page to any other, and are never anything else than a path.
        #[test]
        fn leads_to_its_target(from in path(), to in path()) {
            let page = from.encoded();
            let short = relative(&from, &to);
            prop_assert_eq!(resolved(&page, &short), Some(to.encoded()), "{} on {}", short, page);
            let rooted = Root::from(&from).href(&to);
            prop_assert_eq!(resolved(&page, &rooted), Some(to.encoded()), "{} on {}", rooted, page);
            prop_assert!(short.len() <= rooted.len());
        }
    }
}
