//! The web address of a repository, from the address that git fetches it by.

/// `https://HOST/PATH` for what `remote.origin.url` says, without user, password and `.git`; `None` for paths
/// on a disk and all that has no page on the web. An ssh port says nothing about the web, so it is dropped.
///
/// ```
/// # use threadmark::source::git::web_address;
/// assert_eq!(web_address("git@github.com:acme/handbook.git").as_deref(), Some("https://github.com/acme/handbook"));
/// ```
pub fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, authority, path) = if let Some((scheme, rest)) = url.split_once("://") {
        let (authority, path) = rest.split_once('/')?;
        (scheme.to_ascii_lowercase(), authority, path)
    } else {
        // The short form of ssh: a colon before the first slash, and a host before it.
        let (authority, path) = url.split_once(':')?;
        (String::from("ssh"), authority, path)
    };
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match scheme.as_str() {
        "https" | "http" => host,
        "ssh" | "git+ssh" | "git" => host.split(':').next()?,
        _ => return None,
    };
    let host = if host == "ssh.github.com" { "github.com" } else { host };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let scheme = if scheme == "http" { "http" } else { "https" };
    (is_host(host) && is_path(path)).then(|| format!("{scheme}://{host}/{path}"))
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    // One letter before a colon is a drive of Windows.
    name.len() > 1
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
        && port.parse::<u16>().is_ok()
}

fn is_path(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && path.chars().all(|c| c.is_alphanumeric() || "/-._~+".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_forms_that_git_fetches_by() {
        for (url, web) in [
            ("https://github.com/acme/handbook.git", "https://github.com/acme/handbook"),
            ("https://github.com/acme/handbook/", "https://github.com/acme/handbook"),
            ("https://user:secret@git.acme.dev:8443/a/b/c.git", "https://git.acme.dev:8443/a/b/c"),
            ("http://localhost:3000/a/b", "http://localhost:3000/a/b"),
            ("git@github.com:acme/hand.book.git", "https://github.com/acme/hand.book"),
            ("ssh://git@ssh.github.com:443/acme/handbook.git", "https://github.com/acme/handbook"),
            ("git://git.acme.dev/acme/handbook", "https://git.acme.dev/acme/handbook"),
        ] {
            assert_eq!(web_address(url).as_deref(), Some(web), "{url}");
        }
    }

    #[test]
    fn what_has_no_page_on_the_web_has_no_address() {
        for url in [
            "/srv/git/x.git",
            "../x",
            "file:///srv/x",
            "C:\\x",
            "C:/x/y",
            "ext::sh -c x",
            "javascript://x/%0aalert(1)",
            "https://host/a\"onclick=x",
            "https://ho st/a",
            "https://host/a/../b",
            "https://host",
            "",
        ] {
            assert_eq!(web_address(url), None, "{url}");
        }
    }
}
