//! Files: their sizes, their names, and how few change.

use std::collections::BTreeSet;

use super::decode;
use super::pages::{Page, index};
use crate::search::ids::Ids;
use crate::search::{Directory, Indexer};

/// Pages with words as texts have them: a few very often, most hardly ever.
fn pages(count: u32) -> Vec<Page> {
    let mut seed = 1_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    };
    let mut word = move || {
        let rank = random() % (1 + random() % 20_000);
        let mut letters = String::new();
        let mut rest = rank * 7_919 % 1_000_003 + 676;
        while rest > 0 {
            letters.push(char::from(b'a' + u8::try_from(rest % 26).unwrap()));
            rest /= 26;
        }
        letters
    };
    let mut text = |words: usize| (0..words).map(|_| word()).collect::<Vec<_>>().join(" ");
    let page = |id: u32| Page::new(id * 2, &text(4), &[(1, "", &text(120)), (2, &text(3), &text(150))]);
    (0..count).map(page).collect()
}

fn names(directory: &Directory) -> BTreeSet<&str> {
    directory.files.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn a_page_of_a_few_words_changes_few_files() {
    let mut pages = pages(400);
    let before = index("x", &pages);
    assert!(before.words.files.len() > 20, "{}", before.words.files.len());
    for (id, text) in
        [(1, "alpha beta"), (5, "aaa zzz gamma"), (9, "queue ünder 中文"), (11, "newwordinthemiddle")]
    {
        pages.push(Page::new(id, text, &[(1, "", text)]));
        let after = index("x", &pages);
        for (before, after, files) in
            [(&before.words, &after.words, 1), (&before.spelling, &after.spelling, 3)]
        {
            let (before, after) = (names(before), names(after));
            let gone = before.difference(&after).count();
            // Each word lies in so many files, and may move a cut.
            let words = text.split(' ').count();
            assert!(gone <= 2 * files * words, "{text}: {gone} of {} files", before.len());
        }
        pages.pop();
    }
}

/// Whatever the page is called that comes or goes, also where their number passes a power of two.
#[test]
fn a_page_of_any_name_changes_few_files() {
    let all = pages(258);
    let addresses: Vec<String> = (0..all.len()).map(|n| format!("/eip-{n}/")).collect();
    let files = |count: usize, new: Option<&str>| {
        let ids = Ids::new(
            addresses[..count].iter().map(String::as_str).chain(new).collect::<Vec<_>>().into_iter(),
        );
        let indexer = Indexer::new("x", ids.space);
        let mut made = all[..count].to_vec();
        made.extend(new.map(|_| Page::new(0, "alpha", &[(1, "", "six words that nobody has yet")])));
        for (page, id) in made.iter_mut().zip(ids.of) {
            page.id = id;
            indexer.add(&page.input());
        }
        let index = indexer.finish();
        let words = index.words.files.into_iter().chain(index.lists);
        words.map(|(name, _)| name).collect::<BTreeSet<_>>()
    };
    let mut seed = 5_u32;
    let mut name = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        format!("/{}{}/", ["hello", "aaa-new", "zzz-", "note-", "eip-"][seed as usize % 5], seed >> 12)
    };
    for count in [255, 256, 258] {
        let before = files(count, None);
        for _ in 0..17 {
            let new = name();
            let after = files(count, Some(&new));
            for gone in [before.difference(&after).count(), after.difference(&before).count()] {
                // Each of its seven words lies in one file, and may move a cut.
                assert!(gone <= 9, "{count} and {new}: {gone} of {} files", before.len());
            }
        }
    }
}

#[test]
fn files_are_neither_small_nor_large() {
    let index = index("x", &pages(300));
    let sizes =
        |directory: &Directory| directory.files.iter().map(|(_, file)| file.len()).collect::<Vec<_>>();
    let words = sizes(&index.words);
    assert!(words.iter().all(|size| *size <= 16_100), "{words:?}");
    assert!(words[..words.len() - 1].iter().all(|size| *size >= 4_500), "{words:?}");
    assert!(sizes(&index.spelling).iter().all(|size| *size <= 9_000));
    for (name, file) in index.words.files.iter().chain(&index.spelling.files) {
        assert_eq!(*name, blake3::hash(file).to_hex()[..8]);
    }
}

#[test]
fn a_large_list_is_a_file_of_its_own() {
    let mut pages: Vec<Page> = (0..6_000_u32)
        .map(|id| {
            let sections: Vec<_> = (0..30).map(|_| (2, "", "everywhere")).collect();
            Page::new(id * 5 + id % 3, "", &sections)
        })
        .collect();
    pages[0].title = "before everywhere zebra".to_owned();
    let index = index("en", &pages);
    assert_eq!((&index.words.from[..], index.words.files.len()), (&[String::new()][..], 1));
    assert!(index.words.files[0].1.len() < 100, "{:?}", index.words.files);
    let [(name, list)] = &index.lists[..] else { panic!("{} large lists", index.lists.len()) };
    assert!(list.len() > 16_000 && *name == blake3::hash(list).to_hex()[..8], "{name}");
    let all: Vec<String> = decode::words(&index).into_iter().map(|word| word.text).collect();
    assert_eq!(all, ["befor", "before", "everywher", "everywhere", "zebra"]);
}

#[test]
fn words_that_always_stand_together_share_a_large_list() {
    let pages: Vec<Page> = (0..3_000).map(|id| Page::new(id, "", &[(1, "", "left right")])).collect();
    let index = index("x", &pages);
    assert_eq!(index.lists.len(), 1);
    let words = decode::words(&index);
    assert_eq!(words.len(), 2);
    assert_eq!((&words[0].lists, words[0].lists[&4].len()), (&words[1].lists, 3_000));
}

#[test]
fn a_site_without_words_has_one_file_of_each_kind() {
    for pages in [vec![], vec![Page::new(0, "", &[(1, "", "…")])]] {
        let index = index("en", &pages);
        assert_eq!((index.words.from.len(), decode::words(&index).len(), index.lists.len()), (1, 0, 0));
        assert_eq!((index.spelling.from.len(), index.spelling.files[0].1.as_slice()), (1, &b"0\n"[..]));
        assert_eq!((index.sections, index.lengths), (pages.len(), [0.0; 5]));
    }
}

/// Growth with the square of the input would take hours here.
#[test]
fn a_document_of_different_words_is_only_long() {
    let many = |form: &dyn Fn(u32) -> String| (0..150_000).map(form).collect::<Vec<_>>().concat();
    let words = many(&|number| format!("w{number:x}é "));
    let joined = many(&|number| format!("{number:x}-a.B_c'"));
    let capitals = "aB".repeat(300_000);
    let marks = format!("中{}", "\u{301}".repeat(300_000));
    let page =
        Page::new(0, &capitals, &[(1, "", &words), (2, &marks, &joined), (2, &"'-".repeat(300_000), "")]);
    assert!(decode::words(&index("en", &[page])).len() > 300_000);
}
