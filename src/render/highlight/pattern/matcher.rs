//! The machine that runs a pattern's program: backtracking, with every step counted.

use super::{Inst, Pattern, is_word_byte};

/// No place.
const UNSET: usize = usize::MAX;
/// The stack of places to go back to; a match that needs more is given up.
const MAX_STACK: usize = 200_000;

/// Runs patterns. One per block of code: it owns the budget.
#[derive(Debug, Default)]
pub(in super::super) struct Matcher {
    stack: Vec<Undo>,
    slots: Vec<usize>,
    /// Number of groups of the pattern that was tried last, the whole match included.
    groups: usize,
    fuel: u64,
    spent: bool,
}

#[derive(Debug)]
enum Undo {
    Branch {
        pc: usize,
        at: usize,
    },
    Restore {
        slot: usize,
        place: usize,
    },
    /// A run that may still give back characters down to `low`.
    Shorten {
        pc: usize,
        low: usize,
        at: usize,
    },
}

/// What one match works on.
struct Job<'p> {
    program: &'p [Inst],
    text: &'p str,
    search_start: usize,
}

impl Matcher {
    /// A machine that may take `fuel` steps in all.
    pub(in super::super) fn with_fuel(fuel: u64) -> Self {
        Self { fuel, ..Self::default() }
    }

    /// Whether the budget is used up. From then on nothing matches any more.
    pub(in super::super) fn is_spent(&self) -> bool {
        self.spent
    }

    /// Steps that are left.
    pub(in super::super) fn fuel(&self) -> u64 {
        self.fuel
    }

    /// Pays for work that is not a step of a match.
    pub(in super::super) fn pay(&mut self, steps: u64) {
        self.spent |= self.fuel < steps;
        self.fuel = self.fuel.saturating_sub(steps);
    }

    /// The end of the match that begins exactly at `at`.
    pub(in super::super) fn match_at(
        &mut self,
        pattern: &Pattern,
        text: &str,
        at: usize,
        search_start: usize,
    ) -> Option<usize> {
        self.stack.clear();
        if self.slots.len() < pattern.slots {
            self.slots.resize(pattern.slots, UNSET);
        }
        self.slots.truncate(pattern.slots);
        self.slots.fill(UNSET);
        self.groups = pattern.groups;
        let job = Job { program: &pattern.program, text, search_start };
        let end = self.run(&job, 0, at, None)?;
        self.slots[0] = at;
        self.slots[1] = end;
        Some(end)
    }

    /// Where a group of the last match lies; number 0 is the whole match.
    pub(in super::super) fn group(&self, number: usize) -> Option<(usize, usize)> {
        let (from, to) = (*self.slots.get(2 * number)?, *self.slots.get(2 * number + 1)?);
        (number < self.groups && from != UNSET && to != UNSET && from <= to).then_some((from, to))
    }

    /// Where all groups of the last match lie, the whole match first.
    pub(in super::super) fn groups(&self) -> Vec<Option<(usize, usize)>> {
        (0..self.groups).map(|number| self.group(number)).collect()
    }

    fn run(&mut self, job: &Job, mut pc: usize, mut at: usize, must_end: Option<usize>) -> Option<usize> {
        let base = self.stack.len();
        loop {
            if self.fuel == 0 || self.stack.len() > MAX_STACK {
                self.spent = true;
                self.unwind(base);
                return None;
            }
            self.fuel -= 1;
            let next = match &job.program[pc] {
                Inst::Accept | Inst::Leave if must_end.is_none_or(|end| end == at) => {
                    self.keep_restores(base);
                    return Some(at);
                }
                inst => self.step(job, inst, pc, at),
            };
            match next.or_else(|| self.back(job, base)) {
                Some(place) => (pc, at) = place,
                None => return None,
            }
        }
    }

    #[inline]
    fn step(&mut self, job: &Job, inst: &Inst, pc: usize, at: usize) -> Option<(usize, usize)> {
        let on = |ok: bool| ok.then_some((pc + 1, at));
        let bytes = job.text.as_bytes();
        match inst {
            Inst::Literal(literal) => {
                self.pay_for(literal.len());
                // Most literals differ at once: calling out for two bytes would cost more than comparing one.
                let may = literal.first().is_none_or(|first| bytes.get(at) == Some(first));
                let begins = may && bytes[at..].starts_with(literal);
                begins.then(|| (pc + 1, at + literal.len()))
            }
            Inst::Set(set) => set.width_at(job.text, at).map(|width| (pc + 1, at + width)),
            Inst::Run { .. } => self.take_run(job, inst, pc, at),
            Inst::Jump(to) => Some((*to, at)),
            Inst::Fork(first, second) => {
                self.stack.push(Undo::Branch { pc: *second, at });
                Some((*first, at))
            }
            Inst::Switch(switch) => {
                let (first, others) = switch.branches(bytes.get(at).copied()).split_first()?;
                self.stack.extend(others.iter().rev().map(|pc| Undo::Branch { pc: *pc, at }));
                Some((*first, at))
            }
            Inst::Save(slot) => {
                self.save(*slot, at);
                on(true)
            }
            Inst::Progress(slot) => on(self.slots[*slot] != at),
            Inst::Ahead { end, wanted } => {
                let found = self.look(job, pc + 1, at, None, *wanted);
                (found == *wanted).then_some((*end, at))
            }
            Inst::Behind { end, wanted, min, max } => {
                let found = self.look_behind(job, pc + 1, at, (*min, *max), *wanted);
                (found == *wanted).then_some((*end, at))
            }
            Inst::Atomic { end } => self.run(job, pc + 1, at, None).map(|after| (*end, after)),
            Inst::Backref(group, fold) => {
                self.repeat_group(job, *group, *fold, at).map(|after| (pc + 1, after))
            }
            Inst::TextStart => on(at == 0),
            Inst::TextEnd => on(at == bytes.len()),
            // As in Oniguruma, nothing begins after the last newline.
            Inst::LineStart => on(at == 0 || (bytes[at - 1] == b'\n' && at < bytes.len())),
            Inst::LineEnd => on(bytes.get(at).is_none_or(|b| *b == b'\n')),
            Inst::SearchStart => on(at == job.search_start),
            Inst::Boundary(wanted) => on(is_boundary(job.text, at) == *wanted),
            Inst::Fail | Inst::Accept | Inst::Leave => None,
        }
    }

    /// Long comparisons and runs are paid for, as they are work; sixteen characters cost about as much as one step.
    fn pay_for(&mut self, length: usize) {
        self.fuel = self.fuel.saturating_sub(length as u64 / 16);
    }

    fn take_run(&mut self, job: &Job, inst: &Inst, pc: usize, from: usize) -> Option<(usize, usize)> {
        let Inst::Run { set, min, max, gives_back } = inst else {
            return None;
        };
        // Nearly all is ASCII, where characters are bytes.
        let mut at = set.ascii_run(job.text.as_bytes(), from, from.saturating_add(*max));
        let mut count = at - from;
        let mut low = if count >= *min { from + min } else { from };
        while count < *max
            && let Some(width) = set.width_at(job.text, at)
        {
            at += width;
            count += 1;
            if count == *min {
                low = at;
            }
        }
        // Characters of several bytes are looked up, which takes about as long as a step.
        let wide = (at - from) - count;
        self.pay_for(count + 8 * wide);
        if count < *min {
            return None;
        }
        if *gives_back && at > low {
            self.stack.push(Undo::Shorten { pc: pc + 1, low, at });
        }
        Some((pc + 1, at))
    }

    /// Looks around; the groups that a wanted look found stay, all others are forgotten.
    fn look(&mut self, job: &Job, pc: usize, at: usize, must_end: Option<usize>, wanted: bool) -> bool {
        let base = self.stack.len();
        let found = self.run(job, pc, at, must_end).is_some();
        if found && !wanted {
            self.unwind(base);
        }
        found
    }

    fn look_behind(
        &mut self,
        job: &Job,
        pc: usize,
        at: usize,
        (min, max): (usize, usize),
        wanted: bool,
    ) -> bool {
        let mut start = at;
        for back in 0..=max {
            if back >= min && self.look(job, pc, start, Some(at), wanted) {
                return true;
            }
            if start == 0 {
                return false;
            }
            start = before(job.text, start);
        }
        false
    }

    fn repeat_group(&mut self, job: &Job, group: usize, fold: bool, at: usize) -> Option<usize> {
        let (start, end) = (*self.slots.get(2 * group)?, *self.slots.get(2 * group + 1)?);
        let wanted = job.text.get(start..end)?;
        self.pay_for(wanted.len());
        let found = job.text.get(at..at + wanted.len())?;
        let same = if fold { found.eq_ignore_ascii_case(wanted) } else { found == wanted };
        same.then_some(at + wanted.len())
    }

    fn save(&mut self, slot: usize, at: usize) {
        self.stack.push(Undo::Restore { slot, place: self.slots[slot] });
        self.slots[slot] = at;
    }

    /// Goes back to the newest place that has something left to try.
    fn back(&mut self, job: &Job, base: usize) -> Option<(usize, usize)> {
        while self.stack.len() > base {
            match self.stack.pop()? {
                Undo::Branch { pc, at } => return Some((pc, at)),
                Undo::Restore { slot, place } => self.slots[slot] = place,
                Undo::Shorten { pc, low, at } => {
                    let shorter = before(job.text, at);
                    if shorter > low {
                        self.stack.push(Undo::Shorten { pc, low, at: shorter });
                    }
                    return Some((pc, shorter));
                }
            }
        }
        None
    }

    fn unwind(&mut self, base: usize) {
        while self.stack.len() > base {
            if let Some(Undo::Restore { slot, place }) = self.stack.pop() {
                self.slots[slot] = place;
            }
        }
    }

    /// A part is done for good: no other way through it will be tried, but what it saved must still be undone by an outer way back.
    fn keep_restores(&mut self, base: usize) {
        let mut kept = base;
        for at in base..self.stack.len() {
            if matches!(self.stack[at], Undo::Restore { .. }) {
                self.stack.swap(kept, at);
                kept += 1;
            }
        }
        self.stack.truncate(kept);
    }
}

/// The start of the character that ends at `at`, which is not the start of the text.
fn before(text: &str, at: usize) -> usize {
    (0..at).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0)
}

fn is_boundary(text: &str, at: usize) -> bool {
    let word = |c: char| c == '_' || c.is_alphanumeric();
    let bytes = text.as_bytes();
    let after = bytes.get(at).is_some_and(|b| {
        if *b < 128 { is_word_byte(*b) } else { text[at..].chars().next().is_some_and(word) }
    });
    let before = at.checked_sub(1).is_some_and(|i| {
        let b = bytes[i];
        if b < 128 { is_word_byte(b) } else { text[..at].chars().next_back().is_some_and(word) }
    });
    before != after
}
