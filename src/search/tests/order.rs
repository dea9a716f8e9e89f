//! The order of pages and the number of threads change nothing.

use proptest::prelude::*;
use rayon::prelude::*;

use super::pages::{Page, SPACE, example, index, pages};
use crate::search::{Index, Indexer};

/// All that is written.
fn same(a: &Index, b: &Index) {
    assert_eq!(a.words, b.words);
    assert_eq!(a.lists, b.lists);
    assert_eq!(a.spelling, b.spelling);
    assert_eq!(
        (a.lengths.map(f64::to_bits), &a.stop, a.sections),
        (b.lengths.map(f64::to_bits), &b.stop, b.sections)
    );
}

fn on_threads(threads: usize, language: &str, pages: &[Page]) -> Index {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| {
        let indexer = Indexer::new(language, SPACE);
        pages.par_iter().for_each(|page| indexer.add(&page.input()));
        indexer.finish()
    })
}

#[test]
fn any_number_of_threads_gives_the_same_files() {
    let pages = example();
    let one = on_threads(1, "en", &pages);
    assert!(one.words.files.len() > 3);
    for threads in [2, 3, 8] {
        same(&one, &on_threads(threads, "en", &pages));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_order_gives_the_same_files(pages in pages().prop_flat_map(|pages| {
        (Just(pages.clone()), Just(pages).prop_shuffle())
    })) {
        same(&index("fr", &pages.0), &index("fr", &pages.1));
    }
}
