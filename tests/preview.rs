//! `threadmark serve` as a whole: the site that `build` writes, from memory. How it answers a browser, and a hostile
//! page, is in `serve.rs`.

#![cfg(unix)]
#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use site::page::Page;
use site::{NOW, Site, site};

/// A preview of a site, stopped at the end of the test.
struct Preview {
    child: Child,
    said: BufReader<ChildStderr>,
    /// `127.0.0.1:PORT`
    address: String,
    base: String,
    /// Dropped with the preview, which ends the watch over it.
    _watch: Sender<()>,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn preview(site: &Site, arguments: &[&str]) -> Preview {
    patient_preview(site, arguments, Duration::from_secs(20))
}

/// The same for a test that waits for what takes its time.
fn patient_preview(site: &Site, arguments: &[&str], patience: Duration) -> Preview {
    let mut child = Command::new(env!("CARGO_BIN_EXE_threadmark"))
        .args(["--now", NOW, "serve", "--port", "0"])
        .args(arguments)
        .current_dir(site.root())
        .env_clear()
        .env("HOME", site.home())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let watch = killed_when_it_hangs(child.id(), patience);
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("Serving on http://") {
        line.clear();
        assert_ne!(said.read_line(&mut line).unwrap(), 0, "it ended: {:?}", child.wait());
    }
    let url = line["Serving on http://".len()..].split(' ').next().unwrap();
    let (address, base) = url.split_once('/').unwrap();
    Preview { address: address.to_owned(), base: format!("/{base}"), child, said, _watch: watch }
}

/// Ends the process `id` after a while, so that a test that waits for it fails.
fn killed_when_it_hangs(id: u32, patience: Duration) -> Sender<()> {
    let (keep, end) = channel();
    std::thread::spawn(move || {
        if end.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
        }
    });
    keep
}

impl Preview {
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply
    }

    /// The same as bytes.
    fn get_bytes(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        reply
    }

    /// The next line that is said.
    fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(self.said.read_line(&mut line).unwrap(), 0, "it ended");
        line
    }
}

#[test]
fn the_preview_shows_what_a_build_writes() {
    let site = site(&[
        ("threadmark.yml", "base_url: https://acme.example/handbook/\n"),
        ("specs/a.md", "# A\n\n[b](../b.md) `x`\n\n```rust\nfn main() {}\n```\n"),
        ("b.md", "# B\n"),
    ])
    .built();
    let preview = preview(&site, &[]);
    assert_eq!(preview.base, "/handbook/");
    let reply = preview.get("/handbook/specs/a/");
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    let (shown, written) = (Page::parse(body), site.page("specs/a/index.html"));
    assert_eq!(shown.one("main").inner, written.one("main").inner);
    assert!(preview.get("/handbook/nowhere/").starts_with("HTTP/1.1 404"));
}

/// However the base is written, what is served is what a browser asks for.
#[test]
fn a_base_that_is_encoded_answers() {
    for (base, sent) in [("my%20hand", "my%20hand"), ("ünder", "%C3%BCnder"), ("%c3%bcnd%65r", "%C3%BCnder")]
    {
        let site =
            site(&[("threadmark.yml", &format!("base_url: https://x.example/{base}/\n")), ("b.md", "# B\n")]);
        let preview = preview(&site, &[]);
        assert_eq!(preview.base, format!("/{sent}/"));
        for (path, answer) in [
            (format!("/{sent}/"), "200"),
            (format!("/{sent}/b/"), "200"),
            (format!("/{sent}/b"), "301"),
            ("/".to_owned(), "302"),
            ("/b/".to_owned(), "404"),
        ] {
            let reply = preview.get(&path);
            assert!(reply.starts_with(&format!("HTTP/1.1 {answer}")), "{base} {path}: {reply}");
        }
        let lost = preview.get(&format!("/{sent}/a/b/c/"));
        assert!(lost.contains(&format!("href=\"/{sent}/assets/")), "404 has its own addresses: {lost}");
    }
}

#[test]
fn a_broken_edit_is_said_and_the_last_good_site_stays() {
    let site = site(&[("a.md", "# A\n")]);
    let mut preview = preview(&site, &[]);
    site.write("b.md", "---\ntitle: [\n---\n");
    while !preview.line().starts_with("error[yaml-syntax]") {}
    let reply = preview.get("/a/");
    assert!(reply.starts_with("HTTP/1.1 200 OK"), "{reply}");
    assert!(!site.path("_site").exists(), "a preview writes no site");
}

/// What the preview makes of every file of the site, one edit after another, is what a build writes.
#[test]
fn after_each_edit_every_file_is_the_one_that_a_build_writes() {
    let site = site(&[
        ("specs/a.md", "# A\n\n[b](../b.md) Words of the first kind.\n"),
        ("b.md", "---\ntags: [x]\n---\n# B\n"),
    ]);
    let preview = preview(&site, &[]);
    let edits = [
        ("b.md", "---\ntags: [x]\n---\n# B\n\nA paragraph more.\n"),
        ("b.md", "---\ntags: [y]\n---\n# Another title\n"),
        ("c.md", "# New\n\nWords of another kind.\n"),
    ];
    for (path, text) in edits {
        site.write(path, text);
        let marked = text.lines().last().unwrap().trim_start_matches("# ");
        let shown = format!("/{}/", path.trim_end_matches(".md"));
        while !preview.get(&shown).contains(marked) {}
        site.run(&["build", "--no-cache"]).clean();
        for (path, bytes) in site.output() {
            // Pages have the script that reloads them, and the mark of a folder is none of the site.
            if path.rsplit('.').next() == Some("html") || path == ".threadmark" {
                continue;
            }
            let reply = preview.get_bytes(&format!("/{path}"));
            assert!(reply.ends_with(&bytes) && reply.starts_with(b"HTTP/1.1 200"), "{path} after {text:?}");
        }
    }
}

/// Ten seconds are waited for a page; only templates can take them.
#[test]
fn a_template_that_never_ends_costs_no_more_than_itself() {
    let site = site(&[("threadmark.yml", "theme: theme\n"), ("a.md", "# A\n"), ("theme/css/own.css", "")]);
    let mut preview = patient_preview(&site, &[], Duration::from_secs(120));
    let level = "{% for a in range(end=100000) %}";
    site.write("theme/templates/page.html", level.repeat(4) + &"{% endfor %}".repeat(4));
    while !preview.line().starts_with("error[page-too-slow]") {}
    assert!(preview.get("/a/").starts_with("HTTP/1.1 200 OK"), "the last good site stays");
    site.write("theme/templates/page.html", "<!DOCTYPE html><title>Mended</title>");
    while !preview.get("/a/").contains("Mended") {}
}
