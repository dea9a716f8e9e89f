//! What a decision does to others: what replaced it stands above its title, what it replaces below it.

use serde::Serialize;

use super::Link;
use super::rows::link;
use super::scope::Scope;
use crate::site::PageId;
use crate::site::decisions::{Decided, End, Relations};

/// A relation with all its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// `superseded_by`, `amended_by`, `supersedes`, `amends`, `decides`, or `proposed` where it is not in force.
    pub role: &'static str,
    /// In words, such as `Superseded by`.
    pub words: &'static str,
    /// Whether a reader has to know before the first line: then it is shown as a notice.
    pub warns: bool,
    /// The other decisions; without an address (an empty `url`) where the name leads to no page.
    pub links: Vec<Link>,
    /// Where this was replaced by something that was replaced again: what holds now.
    pub now: Vec<Link>,
}

/// The relations of a page, those that warn first.
pub fn relations(scope: &Scope<'_>, id: PageId) -> Vec<Relation> {
    let Some(facts) = scope.site.decisions.relations(id) else { return Vec::new() };
    let relation = |role, words, warns, ends: &[End], in_force: bool| {
        let links = ends.iter().filter(|end| end.in_force == in_force).map(|end| named(scope, end)).collect();
        Relation { role, words, warns, links, now: Vec::new() }
    };
    let mut all = vec![
        relation("superseded_by", "Superseded by", true, &facts.superseded_by, true),
        relation("amended_by", "Amended by", true, &facts.amended_by, true),
        relation("supersedes", "Supersedes", false, &facts.supersedes, true),
        relation("amends", "Amends", false, &facts.amends, true),
        relation("proposed", "Would be superseded by", false, &facts.superseded_by, false),
        relation("proposed", "Would be amended by", false, &facts.amended_by, false),
        relation("proposed", "Would supersede", false, &facts.supersedes, false),
        relation("proposed", "Would amend", false, &facts.amends, false),
    ];
    all[0].now = further(scope, facts);
    let decides = facts.decides.iter().map(|decided| settled(scope, decided)).collect();
    all.push(Relation { role: "decides", words: "Decides", warns: false, links: decides, now: Vec::new() });
    all.retain(|relation| !relation.links.is_empty());
    all
}

/// What holds now, where that is not what the notice names already.
fn further(scope: &Scope<'_>, facts: &Relations) -> Vec<Link> {
    let direct = |id: &PageId| facts.superseded_by.iter().any(|end| end.page == Some(*id));
    facts.now.iter().filter(|id| !direct(id)).map(|id| link(scope, *id)).collect()
}

/// An ask by its question; where only its document is known, that.
fn settled(scope: &Scope<'_>, decided: &Decided) -> Link {
    let Some(id) = decided.page else { return Link::new(String::new(), &decided.written) };
    let page = scope.page(id);
    let ask = decided.ask.and_then(|at| Some((page.document.front.asks.get(at)?, page.asks.get(at)?)));
    ask.map_or_else(
        || link(scope, id),
        |(ask, standing)| Link::new(scope.ask_href(id, &standing.location.anchor), &ask.question),
    )
}

fn named(scope: &Scope<'_>, end: &End) -> Link {
    end.page.map_or_else(|| Link::new(String::new(), &end.written), |id| link(scope, id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::Located;
    use crate::site::{Status, fixture};

    fn shown(site: &crate::site::Site, at: usize) -> Vec<(&'static str, bool, Vec<String>, Vec<String>)> {
        let titles = |links: &[Link]| links.iter().map(|link| link.title.clone()).collect();
        let all = relations(&Scope::new(site), PageId(at));
        all.iter().map(|r| (r.words, r.warns, titles(&r.links), titles(&r.now))).collect()
    }

    #[test]
    fn the_notice_leads_to_what_holds_now_whichever_side_says_it() {
        let mut site = fixture::site(4);
        for (from, old) in [(1, "1"), (2, "2")] {
            site.pages[from].document.front.decision.supersedes =
                vec![Located { value: old.to_owned(), line: 1 }];
        }
        fixture::relate(&mut site);
        let titles = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let (second, third) = (titles(&["Choice 2"]), titles(&["Choice 3"]));
        assert_eq!(shown(&site, 0), [("Superseded by", true, second.clone(), third.clone())]);
        assert_eq!(shown(&site, 2), [("Supersedes", false, second.clone(), vec![])]);
        site.pages[2].status = Some(Status::read("Draft"));
        fixture::relate(&mut site);
        assert_eq!(shown(&site, 0), [("Superseded by", true, second, vec![])]);
        assert_eq!(shown(&site, 1).pop(), Some(("Would be superseded by", false, third, vec![])));
    }
}
