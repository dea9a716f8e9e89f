//! Walks a text through a grammar: at each place the rules of the current context, the first that matches wins. The meaning of rules is
//! that of Sublime's syntax definitions as syntect reads them (its `parser.rs`); only how matches are found differs.

use super::grammar::{Rule, Scene, Target, Turn};
use super::painter::Painter;
use super::references::Origin;
use super::search::{Around, Found, Place, Search, Searcher};
use std::rc::Rc;

struct Level {
    scene: &'static Scene,
    /// Contexts whose rules come first, here and in all levels above.
    also: Vec<&'static Scene>,
    /// Groups of the match that led here, with its line.
    origin: Option<Rc<Origin>>,
}

/// A group of a match that is marked.
struct Mark {
    from: usize,
    to: usize,
    /// Which of the rule's groups it is.
    group: usize,
}

pub(super) struct Tokenizer {
    levels: Vec<Level>,
    /// Heights at which rules of an `also` context entered another: what lies below is out of force there.
    walls: Vec<usize>,
    painter: Painter,
    searcher: Searcher,
    /// Kept for their room; empty between matches. `open`: where marked groups end, and how many scopes they have.
    marks: Vec<Mark>,
    open: Vec<(usize, usize)>,
}

impl Level {
    fn also(&self) -> impl Iterator<Item = Place<'_>> {
        self.also.iter().map(|scene| (*scene, self.origin.as_deref()))
    }
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
            searcher: Searcher::with_fuel(fuel),
            marks: Vec::new(),
            open: Vec::new(),
        }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.searcher.is_spent()
    }

    pub(super) fn steps_left(&self) -> u64 {
        self.searcher.steps_left()
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
                Search::Match(found) => {
                    if found.end <= at && matches!(found.rule.turn, Turn::Into(_)) {
                        turned = (found.end, self.levels.len() + 1);
                    }
                    at = found.end;
                    if found.from_also {
                        self.walls.push(self.levels.len());
                    }
                    self.apply(line, &found, &mut written);
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

    fn search(&mut self, line: &str, from: usize, guarded: bool) -> Search {
        let Some(level) = self.levels.last() else {
            return Search::Nothing;
        };
        let wall = self.walls.last().copied().unwrap_or(0);
        let inside = &self.levels[wall.min(self.levels.len())..];
        // Nearly everywhere there are none.
        let any = inside.iter().any(|level| !level.also.is_empty());
        let around = Around {
            line,
            from,
            also: if any { inside.iter().flat_map(Level::also).collect() } else { Vec::new() },
            current: (level.scene, level.origin.as_deref()),
            depth: self.levels.len(),
            guarded,
        };
        self.searcher.search(&around)
    }

    fn apply(&mut self, line: &str, found: &Found, written: &mut usize) {
        let Some(current) = self.levels.last().map(|level| level.scene) else {
            return;
        };
        let rule = found.rule;
        self.write_to(line, written, found.start);
        self.before_turn(current, &rule.turn);
        self.painter.push(&rule.over);
        self.paint_groups(line, found, written);
        self.write_to(line, written, found.end);
        self.painter.pop(rule.over.len());
        self.after_turn(current, &rule.turn);
        self.turn(line, found);
    }

    /// Groups may lie within each other and in any order; what lies outside the match is not marked.
    fn paint_groups(&mut self, line: &str, found: &Found, written: &mut usize) {
        let rule = found.rule;
        if rule.groups.is_empty() {
            return;
        }
        let mut marks = std::mem::take(&mut self.marks);
        marks.extend(rule.groups.iter().enumerate().filter_map(|(index, (group, _))| {
            let (from, to) = self.searcher.group(*group)?;
            let (from, to) = (from.max(found.start), to.min(found.end));
            (from < to).then_some(Mark { from, to, group: index })
        }));
        marks.sort_by_key(|mark| (mark.from, std::cmp::Reverse(mark.to)));
        self.paint_marks(line, rule, &marks, written);
        marks.clear();
        self.marks = marks;
    }

    fn paint_marks(&mut self, line: &str, rule: &Rule, marks: &[Mark], written: &mut usize) {
        let mut open = std::mem::take(&mut self.open);
        for mark in marks {
            let classes = &rule.groups[mark.group].1;
            self.close_groups(line, written, &mut open, mark.from);
            self.write_to(line, written, mark.from);
            self.painter.push(classes);
            open.push((mark.to, classes.len()));
        }
        self.close_groups(line, written, &mut open, usize::MAX);
        self.open = open;
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
        let scenes = || targets.iter().filter_map(Target::scene);
        let own = if instead { current.over.len() + current.over_content.len() } else { 0 };
        let again =
            own > 0 || scenes().any(|s| !s.over_content.is_empty() || (instead && s.clears.is_some()));
        if !again {
            return;
        }
        self.painter.pop(own + scenes().map(|scene| scene.over.len()).sum::<usize>());
        for scene in scenes() {
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
                self.searcher.pay(line.len() as u64 / 16);
            }
            let origin = refers.then(|| Rc::new((self.searcher.groups(), line.to_owned())));
            self.levels.push(Level { scene, also, origin });
        }
    }
}
