//! Walks a text through a grammar: at each place the rules of the current context, the first that matches wins. The meaning of rules is
//! that of Sublime's syntax definitions as syntect reads them (its `parser.rs`); only how matches are found differs.

use super::classes::Class;
use super::grammar::{Rule, Scene, Target, Turn};
use super::painter::Painter;
use super::pattern::{Matcher, Pattern};
use super::references::{Groups, Origin, put_in};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Contexts within contexts; syntect stops at the same depth.
const MAX_DEPTH: usize = 100;
/// Steps that are charged for reading a pattern that depends on the text, such as the end of a here-document.
const COST_OF_PATTERN: u64 = 5_000;

struct Level {
    scene: &'static Scene,
    /// Contexts whose rules come first, here and in all levels above.
    also: Vec<&'static Scene>,
    /// Groups of the match that led here, with its line.
    origin: Option<Rc<Origin>>,
}

pub(super) struct Tokenizer {
    levels: Vec<Level>,
    /// Heights at which rules of an `also` context entered another: what lies below is out of force there.
    walls: Vec<usize>,
    painter: Painter,
    matcher: Matcher,
    referring: BTreeMap<String, Option<Rc<Pattern>>>,
}

struct Found {
    rule: &'static Rule,
    end: usize,
    groups: Groups,
    from_also: bool,
}

/// What a search looks through.
struct Context<'l> {
    also: Vec<(&'static Scene, Option<Rc<Origin>>)>,
    scene: &'static Scene,
    origin: Option<Rc<Origin>>,
    line: &'l str,
    from: usize,
    guarded: bool,
}

enum Search {
    Match(usize, Found),
    /// Only a rule that would undo what was just done.
    Loop,
    Nothing,
}

impl Tokenizer {
    /// `fuel` is the number of steps that all lines together may take.
    pub(super) fn new(start: &'static Scene, fuel: u64, bytes: usize) -> Self {
        let mut painter = Painter::new(bytes);
        painter.push(&start.over_content);
        Self {
            levels: vec![Level { scene: start, also: Vec::new(), origin: None }],
            walls: Vec::new(),
            painter,
            matcher: Matcher::with_fuel(fuel),
            referring: BTreeMap::new(),
        }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.matcher.is_spent()
    }

    pub(super) fn steps_left(&self) -> u64 {
        self.matcher.fuel()
    }

    pub(super) fn finish(self) -> String {
        self.painter.finish()
    }

    /// Writes one line, which ends with its newline.
    pub(super) fn line(&mut self, line: &str) {
        let (mut at, mut written) = (0, 0);
        // The place and depth after a turn that read nothing: a way back from there would go round for ever.
        let mut turned = (0, 0);
        loop {
            while self.walls.last().is_some_and(|wall| *wall >= self.levels.len()) {
                self.walls.pop();
            }
            let guarded = turned == (at, self.levels.len());
            match self.search(line, at, guarded) {
                Search::Match(start, found) => {
                    if found.end <= at && matches!(found.rule.turn, Turn::Into(_)) {
                        turned = (found.end, self.levels.len() + 1);
                    }
                    at = found.end;
                    if found.from_also {
                        self.walls.push(self.levels.len());
                    }
                    self.apply(line, start, &found, &mut written);
                }
                Search::Loop => match line[at..].chars().next() {
                    Some(c) if at + c.len_utf8() < line.len() => at += c.len_utf8(),
                    _ => break,
                },
                Search::Nothing => break,
            }
            if self.is_spent() {
                break;
            }
        }
        self.write_to(line, &mut written, line.len());
    }

    fn write_to(&mut self, line: &str, written: &mut usize, to: usize) {
        if to > *written {
            self.painter.write(&line[*written..to]);
            *written = to;
        }
    }

    /// The first place from `from` on where a rule matches, and the first rule that does.
    fn search(&mut self, line: &str, from: usize, guarded: bool) -> Search {
        let Some(level) = self.levels.last() else {
            return Search::Nothing;
        };
        let (scene, origin) = (level.scene, level.origin.clone());
        let wall = self.walls.last().copied().unwrap_or(0);
        let also: Vec<(&'static Scene, Option<Rc<Origin>>)> = self.levels[wall.min(self.levels.len())..]
            .iter()
            .flat_map(|level| level.also.iter().map(|scene| (*scene, level.origin.clone())))
            .collect();
        self.matcher.pay((self.levels.len() + 4 * also.len()) as u64);
        let context = Context { also, scene, origin, line, from, guarded };
        let mut looped = false;
        for at in from..=line.len() {
            if !line.is_char_boundary(at) {
                continue;
            }
            self.matcher.pay(1);
            // Nearly everywhere there is one context, and none of its rules can begin.
            let quiet = context.also.is_empty() && context.scene.rules_at(line.as_bytes(), at).is_empty();
            if quiet {
                continue;
            }
            if let Some(found) = self.rule_at(&context, at, &mut looped) {
                return Search::Match(at, found);
            }
            if looped {
                return Search::Loop;
            }
            if self.is_spent() {
                return Search::Nothing;
            }
        }
        Search::Nothing
    }

    /// The first rule that matches at `at`; `looped` is set where only one does that would go round for ever.
    fn rule_at(&mut self, context: &Context<'_>, at: usize, looped: &mut bool) -> Option<Found> {
        let Context { also, scene, origin, line, from, guarded } = context;
        let chain = also.iter().map(|(scene, origin)| (true, *scene, origin));
        for (from_also, scene, origin) in chain.chain(std::iter::once((false, *scene, origin))) {
            for rule in scene.rules_at(line.as_bytes(), at) {
                let Some((end, groups)) = self.try_rule(rule, line, at, *from, origin.as_deref()) else {
                    continue;
                };
                if end == at && matches!(rule.turn, Turn::Stay) {
                    continue;
                }
                if *guarded && end <= *from && matches!(rule.turn, Turn::Back) {
                    *looped = true;
                    continue;
                }
                if matches!(rule.turn, Turn::Into(_)) && self.levels.len() >= MAX_DEPTH {
                    continue;
                }
                return Some(Found { rule, end, groups, from_also });
            }
        }
        None
    }

    fn try_rule(
        &mut self,
        rule: &'static Rule,
        line: &str,
        at: usize,
        from: usize,
        origin: Option<&Origin>,
    ) -> Option<(usize, Groups)> {
        let referred = match (rule.referring, origin) {
            (Some(notation), Some(origin)) => Some(self.referring(notation, origin)?),
            _ => None,
        };
        let pattern = match &referred {
            Some(pattern) => pattern.as_ref(),
            None => rule.pattern()?,
        };
        let end = self.matcher.match_at(pattern, line, at, from)?;
        let wanted = !rule.groups.is_empty() || matches!(rule.turn, Turn::Into(_) | Turn::Instead(_));
        Some((end, if wanted { self.matcher.groups(pattern) } else { Vec::new() }))
    }

    /// A pattern with the text of an earlier match put in, such as the end of a here-document.
    fn referring(&mut self, notation: &str, origin: &Origin) -> Option<Rc<Pattern>> {
        let full = put_in(notation, origin);
        if let Some(known) = self.referring.get(&full) {
            return known.clone();
        }
        self.matcher.pay(COST_OF_PATTERN);
        let made = Pattern::new(&full, true).ok().map(Rc::new);
        self.referring.insert(full, made.clone());
        made
    }

    fn apply(&mut self, line: &str, start: usize, found: &Found, written: &mut usize) {
        let Some(current) = self.levels.last().map(|level| level.scene) else {
            return;
        };
        let rule = found.rule;
        self.write_to(line, written, start);
        self.before_turn(current, &rule.turn);
        self.painter.push(&rule.over);
        self.paint_groups(line, start, found, written);
        self.write_to(line, written, found.end);
        self.painter.pop(rule.over.len());
        self.after_turn(current, &rule.turn);
        self.turn(line, found);
    }

    /// Groups may lie within each other and in any order; what lies outside the match is not marked.
    fn paint_groups(&mut self, line: &str, start: usize, found: &Found, written: &mut usize) {
        let mut marks: Vec<(usize, usize, &[Class])> = found
            .rule
            .groups
            .iter()
            .filter_map(|(group, classes)| {
                let (from, to) = found.groups.get(*group).copied().flatten()?;
                let (from, to) = (from.max(start), to.min(found.end));
                (from < to).then_some((from, to, &**classes))
            })
            .collect();
        marks.sort_by_key(|(from, to, _)| (*from, std::cmp::Reverse(*to)));
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (from, to, classes) in marks {
            self.close_groups(line, written, &mut open, from);
            self.write_to(line, written, from);
            self.painter.push(classes);
            open.push((to, classes.len()));
        }
        self.close_groups(line, written, &mut open, found.end);
    }

    fn close_groups(&mut self, line: &str, written: &mut usize, open: &mut Vec<(usize, usize)>, upto: usize) {
        while let Some((to, count)) = open.last().copied().filter(|(to, _)| *to <= upto) {
            self.write_to(line, written, to);
            self.painter.pop(count);
            open.pop();
        }
    }

    fn before_turn(&mut self, current: &Scene, turn: &Turn) {
        match turn {
            Turn::Stay => {}
            Turn::Back => self.painter.pop(current.over_content.len()),
            Turn::Into(targets) | Turn::Instead(targets) => {
                let instead = matches!(turn, Turn::Instead(_));
                if instead && current.clears.is_some() {
                    self.painter.restore();
                }
                for scene in targets.iter().filter_map(Target::scene) {
                    if !instead && let Some(amount) = scene.clears {
                        self.painter.clear(amount);
                    }
                    self.painter.push(&scene.over);
                }
            }
        }
    }

    fn after_turn(&mut self, current: &Scene, turn: &Turn) {
        let (targets, instead) = match turn {
            Turn::Stay => return,
            Turn::Back => {
                self.painter.pop(current.over.len());
                if current.clears.is_some() {
                    self.painter.restore();
                }
                return;
            }
            Turn::Into(targets) => (targets, false),
            Turn::Instead(targets) => (targets, true),
        };
        let scenes: Vec<&Scene> = targets.iter().filter_map(Target::scene).collect();
        let own = if instead { current.over.len() + current.over_content.len() } else { 0 };
        let again =
            own > 0 || scenes.iter().any(|s| !s.over_content.is_empty() || (instead && s.clears.is_some()));
        if !again {
            return;
        }
        self.painter.pop(own + scenes.iter().map(|scene| scene.over.len()).sum::<usize>());
        for scene in scenes {
            if instead && let Some(amount) = scene.clears {
                self.painter.clear(amount);
            }
            self.painter.push(&scene.over);
            self.painter.push(&scene.over_content);
        }
    }

    fn turn(&mut self, line: &str, found: &Found) {
        let (targets, mut inherited) = match &found.rule.turn {
            Turn::Stay => return,
            Turn::Back => {
                self.levels.pop();
                return;
            }
            Turn::Into(targets) => (targets, Vec::new()),
            Turn::Instead(targets) => {
                (targets, self.levels.pop().map(|level| level.also).unwrap_or_default())
            }
        };
        let last = targets.len().saturating_sub(1);
        for (index, target) in targets.iter().enumerate() {
            let Some(scene) = target.scene() else {
                continue;
            };
            let mut also = std::mem::take(&mut inherited);
            if index == last {
                also.extend(found.rule.also.as_ref().and_then(Target::scene));
            }
            let refers = scene.uses_refs || also.iter().any(|scene| scene.uses_refs);
            if refers {
                self.matcher.pay(line.len() as u64 / 16);
            }
            let origin = refers.then(|| Rc::new((found.groups.clone(), line.to_owned())));
            self.levels.push(Level { scene, also, origin });
        }
    }
}
