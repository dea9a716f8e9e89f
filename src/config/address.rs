//! Web addresses of the configuration: where the site is served, and where its repository is seen.

use super::BaseUrl;
use crate::path::{decode, decode_strictly, encode_path};

/// The parts of an address that matter here, scheme and host in lower case.
struct Parts<'a> {
    scheme: String,
    host: String,
    /// With its leading slash, or nothing.
    path: &'a str,
}

impl BaseUrl {
    /// Where a site is served that says nothing about it: at the root of any host.
    pub fn unknown() -> Self {
        Self { origin: None, path: "/".into() }
    }

    /// Reads `https://acme.github.io/handbook/`; the path gets its slashes, and is percent-encoded as all addresses are.
    ///
    /// # Errors
    /// A sentence that says what was expected: `http` or `https`, a host, no query, no fragment, no `..`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Parts { scheme, host, path } = split(text)?;
        let mut whole = String::from("/");
        for part in path.split('/').filter(|part| !part.is_empty()) {
            whole.push_str(&encode_path(&plain(part)?));
            whole.push('/');
        }
        Ok(Self { origin: Some(format!("{scheme}://{host}")), path: whole })
    }

    /// The path without percent-encoding, for whoever answers requests.
    pub fn decoded_path(&self) -> String {
        decode(&self.path)
    }
}

/// One part of a base's path without its percent signs. What two hosts may read in two ways is refused.
fn plain(part: &str) -> Result<String, String> {
    let may_stand = |c: char| {
        let is_other = !c.is_ascii() && !c.is_control() && !c.is_whitespace();
        c.is_ascii_alphanumeric() || is_other || "-._~!$&'()*+,;=:@%".contains(c)
    };
    if !part.chars().all(may_stand) {
        return Err("Expected a path of letters, digits and hyphens; percent-encode anything else.".into());
    }
    let read = decode_strictly(part).ok_or("Expected a `%` to begin the code of a byte, such as `%20`.")?;
    if matches!(read.as_str(), "." | "..") {
        return Err("Expected a path without `.` and `..`.".into());
    }
    if read.contains(|c: char| c == '/' || c == '\\' || c.is_control()) {
        return Err("Expected a path without encoded slashes, backslashes and control characters.".into());
    }
    Ok(read)
}

/// The web address of a repository, without a trailing slash or `.git`, from what people and git write:
/// `https://github.com/acme/handbook.git`, `git@github.com:acme/handbook.git`, `ssh://git@host/acme/handbook`.
///
/// # Errors
/// A sentence that says what was expected.
pub fn repository_web(text: &str) -> Result<String, String> {
    let text = text.trim();
    let web = match over_ssh(text) {
        Some((host, path)) => format!("https://{host}/{path}"),
        None => text.to_owned(),
    };
    let Parts { scheme, host, path } = split(&web)?;
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let fine = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$()*+,;=:@%/".contains(&b);
    if path.is_empty() || !path.bytes().all(fine) || path.split('/').any(|part| part == "..") {
        return Err(
            "Expected the address of a repository, such as `https://github.com/acme/handbook`.".into()
        );
    }
    Ok(format!("{scheme}://{host}{path}"))
}

/// Host and path of git's two ways to write an address over SSH.
fn over_ssh(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = text.strip_prefix("ssh://") {
        let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
        let (host, path) = rest.split_once('/')?;
        return Some((host.split(':').next().unwrap_or(host), path));
    }
    let (host, path) = text.split_once(':')?;
    let host = host.rsplit_once('@').map(|(_, host)| host)?;
    (!path.starts_with("//")).then(|| (host, path.trim_start_matches('/')))
}

fn split(text: &str) -> Result<Parts<'_>, String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").ok_or("Expected an address that starts with `https://`.")?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return Err(format!("Expected `https://` or `http://`, not `{scheme}://`."));
    }
    if rest.contains(['?', '#']) {
        return Err("Expected an address without `?` and `#`.".into());
    }
    let end = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    if host.contains('@') {
        return Err("Expected an address without a user name or password: it would be published.".into());
    }
    let host = host.to_lowercase();
    check_host(&host)?;
    Ok(Parts { scheme, host, path })
}

fn check_host(host: &str) -> Result<(), String> {
    let refused =
        || Err(format!("Expected a host name after `://`, such as `acme.github.io`, not `{host}`."));
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    if port.is_some_and(|port| !port.parse::<u16>().is_ok_and(|port| port > 0)) {
        return refused();
    }
    let is_address = |inner: &str| inner.parse::<std::net::Ipv6Addr>().is_ok();
    if let Some(inner) = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return if is_address(inner) { Ok(()) } else { refused() };
    }
    let label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if name.split('.').all(label) { Ok(()) } else { refused() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_gets_its_slashes() {
        for (text, origin, path) in [
            ("https://acme.github.io/handbook/", "https://acme.github.io", "/handbook/"),
            ("https://acme.github.io/handbook", "https://acme.github.io", "/handbook/"),
            ("HTTP://Localhost:8080", "http://localhost:8080", "/"),
            ("https://bücher.example//a//b%20c", "https://bücher.example", "/a/b%20c/"),
            ("http://[::1]:80/x", "http://[::1]:80", "/x/"),
            ("https://a.org/hand%62ook/%c3%bc/ü/", "https://a.org", "/handbook/%C3%BC/%C3%BC/"),
        ] {
            let expected = BaseUrl { origin: Some(origin.into()), path: path.into() };
            assert_eq!(BaseUrl::parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn whoever_answers_requests_sees_a_base_without_codes() {
        let base = |text| BaseUrl::parse(text).unwrap().decoded_path();
        assert_eq!(base("https://a.org/my%20hand%2520/"), "/my hand%20/");
        assert_eq!(base("https://a.org/"), "/");
    }

    #[test]
    fn a_base_is_an_address_and_nothing_more() {
        for text in [
            "",
            "acme.github.io",
            "/handbook/",
            "ftp://acme.org",
            "javascript://x",
            "https://",
            "https:///a",
            "https://a?b",
            "https://a/#b",
            "https://me:secret@a/",
            "https://a/../b",
            "https://a/%2E%2e/b",
            "https://a/%2e/b",
            "https://a/b%2fc",
            "https://a/b%5Cc",
            "https://a/b%00",
            "https://a/%",
            "https://a/%zz",
            "https://a/%ff",
            "https://a/b\u{a0}c",
            "https://a b/",
            "https://a/b c",
            "https://a:0/",
            "https://a:99999/",
            "https://a..b",
            "https://\"><script>/",
            "https://a/\"x",
            "https://[x]/",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn secrets_in_addresses_are_named_as_what_they_are() {
        for text in ["https://me:secret@a.org/", "https://token@a.org/"] {
            assert!(BaseUrl::parse(text).unwrap_err().contains("published"), "{text}");
            assert!(repository_web(&format!("{text}a/b")).unwrap_err().contains("published"), "{text}");
        }
    }

    #[test]
    fn repositories_are_seen_on_the_web() {
        for text in [
            "https://github.com/acme/handbook",
            "https://github.com/acme/handbook/",
            "https://github.com/acme/handbook.git",
            "git@github.com:acme/handbook.git",
            "ssh://git@github.com/acme/handbook.git",
            "ssh://git@github.com:22/acme/handbook",
        ] {
            assert_eq!(repository_web(text).as_deref(), Ok("https://github.com/acme/handbook"), "{text}");
        }
        for text in [
            "",
            "acme/handbook",
            "https://github.com",
            "https://t:s@github.com/a/b",
            "../elsewhere.git",
            "file:///a/b",
        ] {
            assert!(repository_web(text).is_err(), "{text}");
        }
    }
}
