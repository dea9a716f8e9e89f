//! The graph of supersession and amendment on small sites, and on a long one.

use super::*;
use crate::document::front_matter::{Ask, Outcome};
use crate::frozen::Frozen;
use crate::site::{Site, Status, fixture};

fn name(value: &str) -> Vec<Located<String>> {
    vec![Located { value: value.to_owned(), line: 3 }]
}

/// A site of `count` decisions; `says` changes them.
fn site(count: usize, says: impl FnOnce(&mut [Frozen<Page>])) -> Site {
    let mut site = fixture::site(count);
    says(&mut site.pages);
    fixture::relate(&mut site);
    site
}

fn ends(list: &[End]) -> Vec<(usize, bool, bool)> {
    list.iter().map(|end| (end.page.unwrap().0, end.line.is_some(), end.returned)).collect()
}

#[test]
fn a_relation_has_two_sides_whichever_says_it() {
    let site = site(6, |pages| {
        pages[1].document.front.decision.supersedes = name("1");
        pages[2].document.front.decision.superseded_by = name("4");
        pages[4].document.front.decision.amends = name("6");
        pages[5].document.front.decision.amended_by = name("5");
    });
    let of = |at| site.decisions.relations(PageId(at)).unwrap();
    assert_eq!(ends(&of(0).superseded_by), [(1, false, true)]);
    assert_eq!(ends(&of(1).supersedes), [(0, true, false)]);
    assert_eq!(ends(&of(2).superseded_by), [(3, true, false)]);
    assert_eq!(ends(&of(3).supersedes), [(2, false, true)]);
    assert_eq!(
        (ends(&of(4).amends), ends(&of(5).amended_by)),
        (vec![(5, true, true)], vec![(4, true, true)])
    );
    assert_eq!(site.decisions.all().count(), 6);
}

#[test]
fn a_name_that_leads_nowhere_stays_as_written() {
    let site = site(2, |pages| pages[0].document.front.decision.superseded_by = name("ADR-99"));
    let relations = site.decisions.relations(PageId(0)).unwrap();
    assert_eq!(
        (relations.superseded_by[0].page, relations.superseded_by[0].written.as_str()),
        (None, "ADR-99")
    );
    assert_eq!(relations.now, []);
}

#[test]
fn what_holds_now_is_found_through_several_steps_and_branches() {
    let site = site(7, |pages| {
        for (from, to) in [(0, "2"), (1, "3"), (3, "5")] {
            pages[from].document.front.decision.superseded_by = name(to);
        }
        pages[2].document.front.decision.superseded_by = [name("4"), name("6")].concat();
        pages[6].document.front.decision.superseded_by = name("ADR-99");
        pages[5].document.front.decision.superseded_by = name("7");
    });
    let now = |at| site.decisions.relations(PageId(at)).unwrap().now.clone();
    assert_eq!((now(0), now(2), now(3)), (vec![PageId(4)], vec![PageId(4)], vec![PageId(4)]));
    assert_eq!((now(4), now(5)), (vec![], vec![]), "7 is superseded by one that is not here");
}

#[test]
fn what_a_proposal_would_supersede_still_holds() {
    let site = site(3, |pages| {
        pages[2].document.front.decision.supersedes = name("2");
        pages[2].status = Some(Status::read("Draft"));
    });
    let relations = site.decisions.relations(PageId(1)).unwrap();
    assert_eq!((relations.superseded_by.len(), relations.superseded_by[0].in_force), (1, false));
    assert_eq!(relations.now, []);
}

#[test]
fn circles_end_and_what_leads_out_of_them_is_found() {
    let site = site(5, |pages| {
        for (from, to) in [(0, "2"), (1, "3"), (2, "1")] {
            pages[from].document.front.decision.superseded_by = name(to);
        }
        pages[3].document.front.decision.supersedes = name("3");
        pages[4].document.front.decision.superseded_by = name("1");
    });
    assert_eq!(site.decisions.cycles, [vec![PageId(0), PageId(1), PageId(2)]]);
    assert_eq!(site.decisions.relations(PageId(4)).unwrap().now, [PageId(3)]);
}

#[test]
fn twenty_thousand_in_a_row_and_in_a_circle_end() {
    const COUNT: usize = 20_000;
    for (last, circles) in [("none", 0), ("1", 1)] {
        let site = site(COUNT, |pages| {
            for (at, page) in pages.iter_mut().take(COUNT - 1).enumerate() {
                page.document.front.decision.superseded_by = name(&(at + 2).to_string());
            }
            if last == "1" {
                pages[COUNT - 1].document.front.decision.superseded_by = name(last);
            }
        });
        assert_eq!(site.decisions.cycles.len(), circles);
        let now = &site.decisions.relations(PageId(0)).unwrap().now;
        assert_eq!(now.first().copied(), (circles == 0).then_some(PageId(COUNT - 1)));
    }
}

#[test]
fn an_ask_is_settled_by_whoever_says_so() {
    let ask = |id: &str, decision: Option<&str>| Ask {
        id: id.to_owned(),
        question: "Which?".to_owned(),
        context: None,
        of: Vec::new(),
        opened: None,
        due: None,
        window: None,
        channel: None,
        options: Vec::new(),
        responses: Vec::new(),
        outcome: decision.map(|decision| Outcome {
            answer: "This".to_owned(),
            at: None,
            by: None,
            why: None,
            decision: Some(Located { value: decision.to_owned(), line: 9 }),
        }),
        line: 1,
    };
    let site = site(3, |pages| {
        let spec = pages.len() - 1;
        pages[spec].document.front.asks = vec![
            ask("store", Some("decisions/0002")),
            ask("name", Some("decisions/0001")),
            ask("open", None),
        ];
        pages[0].document.front.decision.decides = [
            name("updates/b#ask-name"),
            name("updates/b#store"),
            name("updates/b#ask-lost"),
            name("lost#ask-x"),
        ]
        .concat();
    });
    let spec = PageId(site.pages.len() - 1);
    let of = |ask| site.decisions.settles(spec, ask).map(|id| id.0).collect::<Vec<_>>();
    assert_eq!((of(0), of(1), of(2)), (vec![0, 1], vec![0], vec![]));
    let decides = &site.decisions.relations(PageId(0)).unwrap().decides;
    let found: Vec<_> = decides.iter().map(|decided| (decided.page, decided.ask)).collect();
    assert_eq!(found, [(Some(spec), Some(1)), (Some(spec), Some(0)), (Some(spec), None), (None, None)]);
    assert_eq!(site.decisions.relations(PageId(1)).unwrap().decides.len(), 1);
}
