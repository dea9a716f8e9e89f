//! Tests of the files that hold what hits show.

use super::*;

fn head(id: u32) -> Head {
    Head {
        id,
        url: format!("/p/{id}/"),
        title: format!("</script> \"{id}\""),
        number: None,
        kind: "page",
        status: None,
        date: None,
        people: Vec::new(),
        crumbs: Vec::new(),
    }
}

fn section<'a>(level: u8, heading: &'a str, text: &'a str) -> Section<'a> {
    Section { level, anchor: heading, heading, text }
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::inflate::decompress_to_vec(bytes).unwrap()
}

type Page = serde_json::Value;

fn files(texts: &Texts, pages: &[(u32, Vec<Section<'_>>)]) -> Vec<Vec<Page>> {
    let made = pages.iter().flat_map(|(id, sections)| texts.add(&head(*id), sections));
    made.map(|(_, bytes)| serde_json::from_slice(&unpacked(&bytes)).unwrap()).collect()
}

#[test]
fn a_file_is_complete_with_its_last_page() {
    let texts = Texts::new(&[(0, 9000), (1, 0), (9, 9000)]);
    let one = || vec![section(1, "", "text")];
    assert_eq!(files(&texts, &[(1, one())]).len(), 0);
    let made = files(&texts, &[(0, one())]);
    assert_eq!(made.len(), 1);
    let ids: Vec<_> = made[0].iter().map(|page| page["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [0, 1]);
    assert_eq!(made[0][0]["title"], "</script> \"0\"");
    assert_eq!(files(&texts, &[(9, one())]).len(), 1);
    let begin: Vec<_> = texts.finish().into_iter().map(|file| (file.id, file.section)).collect();
    assert_eq!(begin, [(0, 0), (9, 0)]);
}

#[test]
fn a_page_more_changes_one_file() {
    let ids: Vec<u32> = (0..500).map(|n| n * 1999).collect();
    let made = |ids: &[u32]| {
        let pages: Vec<_> = ids.iter().map(|id| (*id, 1500)).collect();
        let texts = Texts::new(&pages);
        let text = "word ".repeat(300);
        for id in ids {
            texts.add(&head(*id), &[section(1, "", &text)]);
        }
        let files = texts.finish();
        files.iter().map(TextFile::name).collect::<std::collections::BTreeSet<_>>()
    };
    let before = made(&ids);
    assert!((60..=200).contains(&before.len()), "{} files", before.len());
    for new in (7..1_000_000).step_by(9_973) {
        let mut more = ids.clone();
        more.insert(ids.partition_point(|id| *id < new), new);
        let gone = before.difference(&made(&more)).count();
        // A file that is cut for its length may be cut elsewhere.
        assert!(gone <= 3, "{new}: {gone} files");
    }
}

#[test]
fn a_long_page_is_cut_between_sections_and_says_what_is_above() {
    let long = "word ".repeat(2500);
    let sections = vec![
        section(1, "", "start"),
        section(2, "Two", &long),
        section(3, "Three", "below"),
        section(4, "Four", &long),
        section(3, "Again", &long),
    ];
    let texts = Texts::new(&[(3, 100)]);
    let made = files(&texts, &[(3, sections)]);
    let ordinals: Vec<Vec<_>> = made
        .iter()
        .map(|file| file[0]["sections"].as_array().unwrap().iter().map(|s| s[0].as_u64().unwrap()).collect())
        .collect();
    assert_eq!(ordinals, [vec![0, 1, 2], vec![3], vec![4]]);
    assert_eq!(made[1][0]["above"], serde_json::json!([[2, "Two", 1, "Two"], [3, "Three", 2, "Three"]]));
    assert_eq!(made[2][0]["above"], serde_json::json!([[2, "Two", 1, "Two"]]));
}

#[test]
fn bytes_that_nobody_reads_are_cut_short() {
    let hex = "0x".to_owned() + &"é".repeat(5000);
    let text = format!("a {hex}\nb");
    assert!(shortened(&text).len() < 100, "{}", shortened(&text));
    assert!(shortened(&text).starts_with("a 0xé") && shortened(&text).ends_with("…\nb"));
    assert_eq!(shortened("a b"), "a b");
    for (before, word, after) in
        [(0, 120, 0), (0, 121, 0), (7, 120, 3), (119, 121, 1), (300, 121, 5), (1, 400, 9)]
    {
        let text = format!("{} {} {}", "w ".repeat(before), "x".repeat(word), "w ".repeat(after));
        assert_eq!(has_long_word(text.as_bytes()), word > LONGEST_WORD, "{before} {word} {after}");
    }
}
