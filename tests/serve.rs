//! The preview as a browser, and as a hostile page, meets it: over plain sockets.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tempfile::TempDir;
use threadmark::diagnostic::Diagnostic;
use threadmark::disk::{Changes, DiskAssets};
use threadmark::path::{OutputPath, SourcePath};
use threadmark::serve::{BuildOutcome, EVENTS, MemorySink, SCRIPT, STYLE, ServeOptions, Server};
use threadmark::sink::{Content, Sink};

/// A site of whatever `page.html` says, or an error where it says `broken`.
fn build(root: &Path, base: &str) -> BuildOutcome {
    let text = fs::read_to_string(root.join("page.html")).unwrap_or_default();
    if text.contains("broken") {
        let diagnostics = vec![Diagnostic::error("bad", format!("<b>{text}</b>")).hint("mend it")];
        return BuildOutcome { site: None, diagnostics };
    }
    let sink = MemorySink::new(DiskAssets::new(root).unwrap());
    let put = |path: &str, content| sink.put(&OutputPath::new(path).unwrap(), content).unwrap();
    put("index.html", Content::Bytes(format!("<body>{text}</body>").into()));
    put("404.html", Content::Bytes(b"<body>nothing here</body>".to_vec()));
    put("dir/index.html", Content::Bytes(b"<body>dir</body>".to_vec()));
    put("style.css", Content::Bytes(b"0123456789".to_vec()));
    if root.join("film.mp4").exists() {
        put("film.mp4", Content::Copy(SourcePath::new("film.mp4").unwrap()));
    }
    BuildOutcome {
        site: Some(Box::new(sink.into_site(base))),
        diagnostics: vec![Diagnostic::warning("w", "not shown")],
    }
}

struct Preview {
    root: TempDir,
    server: Server,
    builds: Arc<AtomicUsize>,
}

fn preview(base: &'static str, page: &str) -> Preview {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("page.html"), page).unwrap();
    fs::write(root.path().join("film.mp4"), vec![b'f'; 600_000]).unwrap();
    let builds = Arc::new(AtomicUsize::new(0));
    let (from, count) = (root.path().to_owned(), Arc::clone(&builds));
    let ignore = vec!["_site".into()];
    let options = ServeOptions { root: root.path().into(), port: Some(0), ignore, ..ServeOptions::default() };
    let server = Server::start(&options, move |_: &Changes| {
        count.fetch_add(1, Ordering::SeqCst);
        build(&from, base)
    });
    Preview { root, server: server.unwrap(), builds }
}

impl Preview {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    fn raw(&self, request: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Status line, headers in lower case, and body, for a request with these headers; `Host` is ours unless given.
    fn ask(&self, method: &str, target: &str, headers: &str) -> Reply {
        let host = if headers.to_ascii_lowercase().contains("host:") {
            String::new()
        } else {
            format!("Host: {}\r\n", self.server.address())
        };
        let request = format!("{method} {target} HTTP/1.1\r\n{host}Connection: close\r\n{headers}\r\n");
        let mut text = Vec::new();
        self.raw(&request).read_to_end(&mut text).unwrap();
        let at = text.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(text[..at].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head: head.to_ascii_lowercase(), body: text[at + 4..].to_vec() }
    }

    fn get(&self, target: &str) -> Reply {
        self.ask("GET", target, "")
    }

    /// The events, one `data:` line for each call.
    fn events(&self) -> impl FnMut() -> serde_json::Value + use<> {
        let request = format!("GET {EVENTS} HTTP/1.1\r\nHost: {}\r\n\r\n", self.server.address());
        let mut lines = BufReader::new(self.raw(&request));
        move || {
            let mut line = String::new();
            while !line.starts_with("data: ") {
                line.clear();
                assert!(lines.read_line(&mut line).unwrap() > 0, "the events ended");
            }
            serde_json::from_str(&line["data: ".len()..]).unwrap()
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

#[test]
fn serves_pages_with_the_script_and_other_files_as_they_are() {
    let site = preview("/", "hello");
    let home = site.get("/?x=1");
    assert_eq!(home.status, 200);
    assert_eq!(home.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(home.header("cache-control"), Some("no-store"));
    assert_eq!(home.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(home.header("access-control-allow-origin"), None);
    assert!(home.text().starts_with(&format!("<body>hello<script src=\"{SCRIPT}\" data-version=\"")));
    let style = site.get("/style.css");
    assert_eq!(
        (style.text().as_str(), style.header("content-type")),
        ("0123456789", Some("text/css; charset=utf-8"))
    );
    let missing = site.get("/missing");
    assert_eq!(missing.status, 404);
    assert!(missing.text().starts_with("<body>nothing here<script"));
    let folder = site.get("/dir?q=1");
    assert_eq!((folder.status, folder.header("location")), (301, Some("/dir/?q=1")));
    for (address, kind) in [(SCRIPT, "text/javascript; charset=utf-8"), (STYLE, "text/css; charset=utf-8")] {
        assert_eq!(site.get(address).header("content-type"), Some(kind));
    }
    assert_eq!(site.get("/-/threadmark/other").status, 404);
}

#[test]
fn a_site_lives_below_its_base() {
    let site = preview("/handbook/", "hello");
    assert_eq!(site.server.url(), format!("http://{}/handbook/", site.server.address()));
    let root = site.get("/");
    assert_eq!((root.status, root.header("location")), (302, Some("/handbook/")));
    assert_eq!(site.get("/handbook").header("location"), Some("/handbook/"));
    assert_eq!(site.get("/handbook/").status, 200);
    assert_eq!(site.get("/handbook/dir").header("location"), Some("/handbook/dir/"));
    assert_eq!(site.get("/style.css").status, 404);
}

#[test]
fn copied_files_are_read_when_asked_for_also_in_parts() {
    let site = preview("/", "x");
    let film = site.get("/film.mp4");
    assert_eq!(
        (film.status, film.body.len(), film.header("content-type")),
        (200, 600_000, Some("video/mp4"))
    );
    let part = site.ask("GET", "/film.mp4", "Range: bytes=599990-\r\n");
    assert_eq!((part.status, part.body.len()), (206, 10));
    assert_eq!(part.header("content-range"), Some("bytes 599990-599999/600000"));
    let css = site.ask("GET", "/style.css", "Range: bytes=2-4\r\n");
    assert_eq!((css.status, css.text().as_str()), (206, "234"));
    assert_eq!(site.ask("GET", "/style.css", "Range: bytes=99-\r\n").status, 416);
    fs::remove_file(site.root.path().join("film.mp4")).unwrap();
    assert_eq!(site.get("/film.mp4").status, 404);
}

#[test]
fn only_get_and_head_are_answered() {
    let site = preview("/", "hello");
    let (get, head) = (site.get("/"), site.ask("HEAD", "/", ""));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECTED"] {
        let reply = site.ask(method, "/", "Content-Length: 0\r\n");
        assert_eq!((reply.status, reply.header("allow")), (405, Some("get, head")), "{method}");
    }
}

#[test]
fn a_foreign_host_is_refused() {
    let site = preview("/", "x");
    let port = site.server.address().port();
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")] {
        assert_eq!(site.ask("GET", "/", &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
    for host in [
        format!("evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("evil.example@127.0.0.1:{port}"),
        "127.0.0.1".into(),
        "localhost:1".into(),
        format!("0.0.0.0:{port}"),
        String::new(),
        format!("localhost:{port}\r\nHost: evil.example"),
    ] {
        for target in ["/", EVENTS, SCRIPT, "/missing"] {
            let reply = site.ask("GET", target, &format!("Host: {host}\r\n"));
            assert!(matches!(reply.status, 400 | 403), "{host}: {}", reply.status);
        }
    }
    let mut text = String::new();
    site.raw("GET / HTTP/1.0\r\n\r\n").read_to_string(&mut text).unwrap();
    assert!(text.contains(" 403 "), "{text}");
}

#[test]
fn events_go_to_pages_of_this_site_only() {
    let site = preview("/", "x");
    let address = site.server.address();
    for header in [
        "Origin: null\r\n".to_owned(),
        "Origin: http://evil.example\r\n".into(),
        format!("Origin: https://{address}\r\n"),
        format!("Origin: http://localhost:{}\r\n", address.port()),
        format!("Origin: http://{address}.evil.example\r\n"),
        format!("Origin: http://{address}\r\nOrigin: null\r\n"),
        "Sec-Fetch-Site: cross-site\r\n".into(),
        "Sec-Fetch-Site: same-site\r\n".into(),
    ] {
        // Only the first line is read: the events themselves never end.
        let request = format!("GET {EVENTS} HTTP/1.1\r\nHost: {address}\r\n{header}\r\n");
        let first = BufReader::new(site.raw(&request)).lines().next().unwrap().unwrap();
        assert_eq!(first, "HTTP/1.1 403 Forbidden", "{header}");
    }
    let own = format!("GET {EVENTS} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\r\n");
    let mut lines = BufReader::new(site.raw(&own)).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "HTTP/1.1 200 OK");
}

#[test]
fn no_path_leads_to_a_file_that_was_not_rendered() {
    let site = preview("/", "x");
    fs::write(site.root.path().join("secret.txt"), "secret").unwrap();
    for target in [
        "/secret.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%5c..%5csecret.txt",
        "//etc/passwd",
        "///etc/passwd",
        "/dir/../../etc/passwd",
        "/index.html/../style.css",
        "http://evil.example/",
        "http://evil.example/style.css",
        "/page.html",
        "/.git/config",
        "/secret.txt?/style.css",
        "/secret.txt%00.css",
        "//evil.example/dir",
    ] {
        let reply = site.get(target);
        assert_eq!(reply.status, 404, "{target}");
        assert_eq!(reply.header("location"), None);
        assert!(!reply.text().contains("secret"));
    }
}

#[test]
fn listens_on_this_machine_alone() {
    assert!(preview("/", "x").server.address().ip().is_loopback());
}

#[test]
fn a_change_is_built_and_told_and_a_broken_one_leaves_the_last_good_site() {
    let site = preview("/", "one");
    let mut events = site.events();
    let first = events();
    assert_eq!(first["problems"], serde_json::json!([]));
    assert!(site.get("/").text().contains(&format!("data-version={}", first["version"])));

    site.write("page.html", "two");
    // Writing is two changes, emptying and filling, and a build may fall between.
    let mut second = events();
    while !site.get("/").text().contains("two") {
        second = events();
    }
    assert_ne!(second["version"], first["version"]);

    site.write("page.html", "broken <script>alert(1)</script>");
    let mut broken = events();
    while broken["problems"] == serde_json::json!([]) {
        broken = events();
    }
    assert_eq!(
        broken["problems"],
        serde_json::json!([{
            "code": "bad", "message": "<b>broken <script>alert(1)</script></b>", "place": null, "excerpt": "",
            "hints": ["mend it"],
        }])
    );
    assert_eq!(site.get("/").status, 200);
    assert!(!site.get("/").text().contains("broken"));

    site.write("page.html", "three");
    while !site.get("/").text().contains("three") {
        events();
    }
}

#[test]
fn new_folders_are_watched_too() {
    let site = preview("/", "one");
    let mut events = site.events();
    events();
    site.write("a/b/c.md", "x");
    events();
    let before = site.builds.load(Ordering::SeqCst);
    site.write("a/b/c.md", "y");
    while site.builds.load(Ordering::SeqCst) == before {
        events();
    }
}

/// Each build writes to the output folder and the cache, as a build on the disk does. One change may be heard as two, but
/// then there is silence.
#[test]
fn what_a_build_writes_makes_no_build() {
    let root = tempfile::tempdir().unwrap();
    let folders = ["_site", ".threadmark-cache", ".git", "node_modules/x", "target"];
    for folder in folders {
        fs::create_dir_all(root.path().join(folder)).unwrap();
    }
    fs::write(root.path().join("page.html"), "one").unwrap();
    let (from, mut count) = (root.path().to_owned(), 0);
    let ignore = vec!["_site".into()];
    let options = ServeOptions { root: root.path().into(), port: Some(0), ignore, ..ServeOptions::default() };
    let server = Server::start(&options, move |_: &Changes| {
        count += 1;
        for folder in folders {
            fs::write(from.join(folder).join(format!("{count}.html")), "x").unwrap();
        }
        build(&from, "/")
    });
    let site = Preview { root, server: server.unwrap(), builds: Arc::default() };
    let stream = site.raw(&format!("GET {EVENTS} HTTP/1.1\r\nHost: {}\r\n\r\n", site.server.address()));
    site.write("page.html", "two");
    stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let mut lines = BufReader::new(stream).lines();
    let mut told = 0;
    while let Some(Ok(line)) = lines.next() {
        told += usize::from(line.starts_with("data: "));
        assert!(told < 6, "builds make builds");
    }
    assert!(site.get("/").text().contains("two"));
}

#[test]
fn before_the_first_good_build_there_is_a_page_that_waits() {
    let site = preview("/handbook/", "broken");
    let page = site.get("/handbook/dir/");
    assert_eq!(page.status, 503);
    assert!(page.text().contains(SCRIPT));
    let mut events = site.events();
    assert_eq!(events()["version"], "");
    site.write("page.html", "good");
    while site.get("/handbook/").status != 200 {
        events();
    }
}

#[test]
fn a_taken_port_is_said_and_another_is_found_when_none_is_named() {
    let first = preview("/", "x");
    let port = first.server.address().port();
    let options = |port| ServeOptions { root: first.root.path().into(), port, ..ServeOptions::default() };
    let failure = Server::start(&options(Some(port)), |_: &Changes| BuildOutcome::default()).err().unwrap();
    assert_eq!(failure.status(), 3);
    assert!(failure.to_string().contains(&format!("127.0.0.1:{port}")));
    let (a, b) = (options(None), options(None));
    let (a, b) = (
        Server::start(&a, |_: &Changes| BuildOutcome::default()).unwrap(),
        Server::start(&b, |_: &Changes| BuildOutcome::default()).unwrap(),
    );
    assert_ne!(a.address(), b.address());
}

#[cfg(unix)]
#[test]
fn an_interrupt_is_a_good_end_even_while_a_browser_listens() {
    for signal in ["-INT", "-TERM"] {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "served_until_interrupted", "--ignored", "--nocapture"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|l| Some(l.split_once("http://")?.1.to_owned()))
            .unwrap();
        let address = url.trim_end_matches('/');
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {EVENTS} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut one = [0];
        stream.read_exact(&mut one).unwrap();
        let killed =
            std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
#[ignore = "run by the test above, which interrupts it"]
fn served_until_interrupted() {
    let root = tempfile::tempdir().unwrap();
    let from = root.path().to_owned();
    let options = ServeOptions { root: root.path().into(), port: Some(0), ..ServeOptions::default() };
    threadmark::serve::serve(
        &options,
        move |_: &Changes| build(&from, "/"),
        |server| println!("\n{}", server.url()),
    )
    .unwrap();
}
