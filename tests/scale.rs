//! What a site costs grows with its documents, not with their square: sizes are compared, and each run is killed
//! after 20 seconds.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]

mod site;

use std::fmt::Write as _;

use site::{Site, site};

/// `count` documents in one folder that share tags, cite one another, and are all cited by the first.
fn site_of(count: usize) -> Site {
    let site = site(&[]);
    for n in 0..count {
        let mut text = format!(
            "---\nstatus: accepted\ndate: 2026-01-{:02}\ntags: [all, t{}]\n---\n# Decision {n}\n\n",
            n % 28 + 1,
            n % 7
        );
        for other in [1, 7, 31] {
            let _ = writeln!(text, "[next](0{:05}-d.md#why)\n", (n + other) % count);
        }
        text += "[first](000000-d.md)\n\n## Why\n\nBecause.\n";
        site.write(&format!("decisions/0{n:05}-d.md"), text);
    }
    site.built()
}

#[test]
fn a_page_does_not_grow_with_its_neighbours() {
    let sizes = [150, 1_500].map(|count| {
        let output = site_of(count).output();
        let size = |path: &str| output[path].len();
        (size("decisions/000100-d/index.html"), size("index.html"), size("404.html"), output.len())
    });
    let (few, many) = (sizes[0], sizes[1]);
    assert!(many.3 > 1_500);
    assert!(many.0 < few.0 + 500, "a document: {sizes:?}");
    assert!(many.1 < few.1 + 2_000, "home: {sizes:?}");
    assert_eq!(many.2, few.2, "404");
}
