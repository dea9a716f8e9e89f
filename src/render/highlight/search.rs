//! Where in a line the next rule matches, and which: the earliest place, there the first rule in the order of the grammar.
//! Writes nothing, and knows only as much of the contexts as a search needs.

use super::grammar::{Rule, Scene, Turn};
use super::pattern::{Matcher, Pattern, Sifted};
use super::references::{Groups, Origin, put_in};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Contexts within contexts; syntect stops at the same depth.
const MAX_DEPTH: usize = 100;
/// Steps that are charged for reading a pattern that depends on the text, such as the end of a here-document.
const COST_OF_PATTERN: u64 = 5_000;

/// Searches the lines of one block. Owns its budget.
pub(super) struct Searcher {
    matcher: Matcher,
    referring: BTreeMap<String, Option<Rc<Pattern>>>,
}

/// A context, with the match that its patterns may refer to.
pub(super) type Place<'l> = (&'static Scene, Option<&'l Origin>);

/// What a search looks through.
pub(super) struct Around<'l> {
    pub(super) line: &'l str,
    /// Where in the line it begins.
    pub(super) from: usize,
    /// Contexts whose rules come before those of the current one.
    pub(super) also: Vec<Place<'l>>,
    pub(super) current: Place<'l>,
    /// How deep the current context is.
    pub(super) depth: usize,
    /// Whether a way back that reads nothing would go round for ever.
    pub(super) guarded: bool,
}

/// A rule that matches, and where.
pub(super) struct Found {
    pub(super) rule: &'static Rule,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) from_also: bool,
}

pub(super) enum Search {
    Match(Found),
    /// Only a rule that would undo what was just done.
    Loop,
    Nothing,
}

impl Searcher {
    /// `fuel` is the number of steps that all searches together may take.
    pub(super) fn with_fuel(fuel: u64) -> Self {
        Self { matcher: Matcher::with_fuel(fuel), referring: BTreeMap::new() }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.matcher.is_spent()
    }

    pub(super) fn steps_left(&self) -> u64 {
        self.matcher.fuel()
    }

    pub(super) fn pay(&mut self, steps: u64) {
        self.matcher.pay(steps);
    }

    /// Where a group of the match that was found last lies.
    pub(super) fn group(&self, number: usize) -> Option<(usize, usize)> {
        self.matcher.group(number)
    }

    /// Where all its groups lie.
    pub(super) fn groups(&self) -> Groups {
        self.matcher.groups()
    }

    /// The first place from `around.from` on where a rule matches, and the first rule that does.
    pub(super) fn search(&mut self, around: &Around<'_>) -> Search {
        self.pay((around.depth + 4 * around.also.len()) as u64);
        let line = around.line.as_bytes();
        let mut looped = false;
        let mut at = around.from;
        while at <= line.len() {
            let mut place = at;
            let mut sifted = None;
            if around.also.is_empty() {
                // Nearly everywhere there is one context, and at most places none of its rules can match.
                let (next, worth) = around.current.0.next(around.line, at, self.steps_left());
                self.pay(worth.steps);
                (place, sifted) = (next, Some(worth));
            }
            if around.line.is_char_boundary(place) {
                if let Some(found) = self.rule_at(around, place, sifted, &mut looped) {
                    return Search::Match(found);
                }
                if looped {
                    return Search::Loop;
                }
            }
            if self.is_spent() {
                return Search::Nothing;
            }
            at = place + 1;
        }
        Search::Nothing
    }

    /// The first rule that matches at `at`; `looped` is set where only one does that would go round for ever. `sifted` is what is
    /// worth trying in the current context, where that is known.
    fn rule_at(
        &mut self,
        around: &Around<'_>,
        at: usize,
        sifted: Option<Sifted<'_>>,
        looped: &mut bool,
    ) -> Option<Found> {
        for (scene, origin) in &around.also {
            let sifted = self.sift(scene, around, at);
            if let Some(found) = self.rule_of(around, (scene, *origin), at, &sifted, looped) {
                return Some(Found { from_also: true, ..found });
            }
        }
        let sifted = sifted.unwrap_or_else(|| self.sift(around.current.0, around, at));
        self.rule_of(around, around.current, at, &sifted, looped)
    }

    fn sift(&mut self, scene: &'static Scene, around: &Around<'_>, at: usize) -> Sifted<'static> {
        let sifted = scene.sift(around.line, at);
        self.pay(sifted.steps);
        sifted
    }

    fn rule_of(
        &mut self,
        around: &Around<'_>,
        (scene, origin): Place<'_>,
        at: usize,
        sifted: &Sifted<'_>,
        looped: &mut bool,
    ) -> Option<Found> {
        for index in &*sifted.candidates {
            let rule = scene.rules[usize::from(*index)];
            let Some(end) = self.try_rule(rule, around, at, origin) else {
                continue;
            };
            if end == at && matches!(rule.turn, Turn::Stay) {
                continue;
            }
            if around.guarded && end <= around.from && matches!(rule.turn, Turn::Back) {
                *looped = true;
                continue;
            }
            if matches!(rule.turn, Turn::Into(_)) && around.depth >= MAX_DEPTH {
                continue;
            }
            return Some(Found { rule, start: at, end, from_also: false });
        }
        None
    }

    fn try_rule(
        &mut self,
        rule: &'static Rule,
        around: &Around<'_>,
        at: usize,
        origin: Option<&Origin>,
    ) -> Option<usize> {
        if let (Some(notation), Some(origin)) = (rule.referring, origin) {
            let pattern = self.referring(notation, origin)?;
            return self.matcher.match_at(&pattern, around.line, at, around.from);
        }
        self.matcher.match_at(rule.pattern()?, around.line, at, around.from)
    }

    /// A pattern with the text of an earlier match put in, such as the end of a here-document.
    fn referring(&mut self, notation: &str, origin: &Origin) -> Option<Rc<Pattern>> {
        let full = put_in(notation, origin);
        if let Some(known) = self.referring.get(&full) {
            return known.clone();
        }
        self.pay(COST_OF_PATTERN);
        let made = Pattern::new(&full, true).ok().map(Rc::new);
        self.referring.insert(full, made.clone());
        made
    }
}
