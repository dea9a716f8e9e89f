//! Which of many patterns can still match after one byte more: all of them side by side, nothing tried twice, nothing gone back to.
//! What a byte can't tell (most looks around, a text that repeats) counts as matched: an answer may be too wide, never too narrow.

use super::around::{Before, Next};
use super::charset::CharSet;
use super::switch::Switch;
use super::{Inst, Pattern, is_word_byte};

/// Repetitions that are counted; beyond, any number will do.
const COUNTED: usize = 8;
/// A pattern that has more ways open than this counts as matched.
const MAX_WAYS: usize = 64;

/// A way through the program of a pattern, as far as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Way {
    pattern: u16,
    pc: usize,
    /// Bytes of a literal or repetitions of a set that lie behind.
    done: usize,
}

impl Way {
    /// As one number, 16 bits each: programs are far shorter than 65,536 instructions, and so are literals.
    fn packed(self) -> u64 {
        u64::from(self.pattern) << 32 | u64::from(small(self.pc)) << 16 | u64::from(small(self.done))
    }

    fn of(packed: u64) -> Self {
        let part = |shift: u32| (packed >> shift & 0xffff) as usize;
        Self { pattern: small(part(32)), pc: part(16), done: part(0) }
    }
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// Where all patterns are. Patterns are known by their index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Front {
    before: Before,
    /// Those that matched, as far as can be told; in order.
    matched: Vec<u16>,
    /// Of all others; packed, in order.
    ways: Vec<u64>,
}

impl Front {
    /// Before the first byte. A pattern that isn't known yet counts as matched.
    pub(super) fn start(before: Before, patterns: &[Option<&'static Pattern>]) -> Self {
        let (known, matched): (Vec<_>, Vec<_>) =
            (0..patterns.len()).map(small).partition(|index| patterns[usize::from(*index)].is_some());
        let ways = known.into_iter().map(|pattern| Way { pattern, pc: 0, done: 0 }.packed()).collect();
        Self { before, matched, ways }
    }

    /// As `start` and one byte further, without the ways that end at once, as nearly all do.
    pub(super) fn first(before: Before, patterns: &[Option<&'static Pattern>], next: Next) -> Self {
        let (mut matched, mut ways) = (Vec::new(), Vec::new());
        let mut step = Step::new(before, next);
        for (index, pattern) in patterns.iter().enumerate() {
            let index = small(index);
            let Some(pattern) = pattern else {
                matched.push(index);
                continue;
            };
            let from = ways.len();
            if step.matches(pattern, &[Way { pattern: index, pc: 0, done: 0 }.packed()], &mut ways) {
                ways.truncate(from);
                matched.push(index);
            }
        }
        step.leads_to(matched, ways)
    }

    /// Whether nothing is open any more.
    pub(super) fn is_decided(&self) -> bool {
        self.ways.is_empty()
    }

    /// How many ways are open.
    pub(super) fn width(&self) -> usize {
        self.ways.len()
    }

    /// The patterns that matched or still can, in order.
    pub(super) fn candidates(&self) -> Vec<u16> {
        let mut all = self.matched.clone();
        all.extend(self.ways.iter().map(|way| Way::of(*way).pattern));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// One byte further.
    pub(super) fn advance(&self, patterns: &[Option<&'static Pattern>], next: Next) -> Self {
        let mut matched = self.matched.clone();
        let mut ways = Vec::new();
        let mut step = Step::new(self.before, next);
        for group in self.ways.chunk_by(|a, b| a >> 32 == b >> 32) {
            let index = Way::of(group[0]).pattern;
            let from = ways.len();
            let Some(pattern) = patterns[usize::from(index)] else { continue };
            if step.matches(pattern, group, &mut ways) {
                ways.truncate(from);
                matched.push(index);
            }
        }
        matched.sort_unstable();
        step.leads_to(matched, ways)
    }
}

/// The work of one byte.
struct Step {
    before: Before,
    next: Next,
    todo: Vec<(usize, usize)>,
    /// A bit per instruction of the pattern that was reached with nothing done yet.
    seen: Vec<u64>,
}

/// What an instruction makes of the next byte.
enum Outcome {
    Fails,
    /// Consumes nothing and goes on here.
    At(usize),
    /// Consumes the byte and goes on here, with so much done.
    Takes(usize, usize),
    Matches,
    /// Added to what is to do itself.
    Branches,
}

impl Step {
    fn new(before: Before, next: Next) -> Self {
        Self { before, next, todo: Vec::new(), seen: Vec::new() }
    }

    /// The front after the byte.
    fn leads_to(&self, matched: Vec<u16>, ways: Vec<u64>) -> Front {
        let word = !ways.is_empty() && self.next.is_word();
        Front { before: if word { Before::Word } else { Before::Other }, matched, ways }
    }

    /// Moves the ways of one pattern; whether it counts as matched.
    fn matches(&mut self, pattern: &Pattern, ways: &[u64], out: &mut Vec<u64>) -> bool {
        let Way { pattern: index, pc, done } = Way::of(ways[0]);
        if let (0, 0, [_], Some(byte)) = (pc, done, ways, self.next.ascii())
            && !pattern.first().admits(Some(byte))
        {
            return false;
        }
        let from = out.len();
        self.seen.clear();
        self.seen.resize(pattern.program.len() / 64 + 1, 0);
        self.todo.clear();
        self.todo.extend(ways.iter().rev().map(|way| Way::of(*way)).map(|way| (way.pc, way.done)));
        while let Some((pc, done)) = self.todo.pop() {
            let bit = 1 << (pc % 64);
            if done == 0 && self.seen[pc / 64] & bit != 0 {
                continue;
            }
            self.seen[pc / 64] |= if done == 0 { bit } else { 0 };
            match self.take(pattern, pc, done) {
                Outcome::Fails | Outcome::Branches => {}
                Outcome::At(pc) => self.todo.push((pc, 0)),
                Outcome::Takes(pc, done) => out.push(Way { pattern: index, pc, done }.packed()),
                Outcome::Matches => return true,
            }
        }
        out[from..].sort_unstable();
        let open = out.len() - from;
        open > MAX_WAYS || (open > 0 && self.next == Next::WIDE)
    }

    fn take(&mut self, pattern: &Pattern, pc: usize, done: usize) -> Outcome {
        let on = |may: bool| if may { Outcome::At(pc + 1) } else { Outcome::Fails };
        match &pattern.program[pc] {
            Inst::Literal(literal) => self.take_literal(literal, pc, done),
            Inst::Set(set) if self.next.is_in(set) => Outcome::Takes(pc + 1, 0),
            Inst::Run { set, min, max, .. } => self.take_run(set, (*min, *max), pc, done),
            Inst::Jump(to) => Outcome::At(*to),
            Inst::Fork(first, second) => {
                self.todo.extend([(*second, 0), (*first, 0)]);
                Outcome::Branches
            }
            Inst::Switch(switch) => self.branch(switch),
            Inst::Ahead { end, wanted } => self.ahead(&pattern.program, pc + 1, *end, *wanted),
            Inst::Behind { end, wanted, min, .. } => {
                let told = self.behind(&pattern.program[pc + 1..*end], *min);
                if told.is_none_or(|found| found == *wanted) { Outcome::At(*end) } else { Outcome::Fails }
            }
            Inst::Save(_) | Inst::Progress(_) | Inst::SearchStart | Inst::Atomic { .. } | Inst::Leave => {
                Outcome::At(pc + 1)
            }
            Inst::TextStart | Inst::LineStart => on(self.before == Before::Nothing),
            Inst::TextEnd => on(self.next == Next::END),
            Inst::LineEnd => on(self.next == Next::END || self.next.ascii() == Some(b'\n')),
            Inst::Boundary(wanted) => on(self.boundary().is_none_or(|found| found == *wanted)),
            Inst::Accept | Inst::Backref(..) => Outcome::Matches,
            Inst::Fail | Inst::Set(_) => Outcome::Fails,
        }
    }

    fn take_literal(&self, literal: &[u8], pc: usize, done: usize) -> Outcome {
        let Some(byte) = literal.get(done) else { return Outcome::At(pc + 1) };
        let fits = Next::of(&[*byte], 0) == self.next;
        match fits {
            true if done + 1 == literal.len() => Outcome::Takes(pc + 1, 0),
            true => Outcome::Takes(pc, done + 1),
            false => Outcome::Fails,
        }
    }

    fn take_run(&mut self, set: &CharSet, (min, max): (usize, usize), pc: usize, done: usize) -> Outcome {
        let (enough, most) = if max <= COUNTED { (min, max) } else { (min.min(COUNTED), usize::MAX) };
        if done >= enough {
            self.todo.push((pc + 1, 0));
        }
        if done < most && self.next.is_in(set) {
            let counted = if most == usize::MAX { enough } else { most };
            return Outcome::Takes(pc, (done + 1).min(counted));
        }
        Outcome::Branches
    }

    fn branch(&mut self, switch: &Switch) -> Outcome {
        let mut add = |byte| self.todo.extend(switch.branches(byte).iter().map(|pc| (*pc, 0)));
        match self.next {
            Next::WIDE => Next::wide_bytes().for_each(|byte| add(Some(byte))),
            Next::END => add(None),
            next => add(next.ascii()),
        }
        Outcome::Branches
    }

    /// A look ahead that ends the pattern is gone into; of others the next byte may tell.
    fn ahead(&self, program: &[Inst], from: usize, end: usize, wanted: bool) -> Outcome {
        match self.told_by_next(&program[from..end]) {
            Some(found) if found != wanted => Outcome::Fails,
            None if wanted && leads_out(program, end) => Outcome::At(from),
            _ => Outcome::At(end),
        }
    }

    fn told_by_next(&self, look: &[Inst]) -> Option<bool> {
        match look {
            [Inst::Set(set), Inst::Accept] if self.next != Next::WIDE => Some(self.next.is_in(set)),
            [Inst::Literal(literal), Inst::Accept] => match (literal.first(), self.next.ascii()) {
                (Some(first), Some(next)) if *first != next => Some(false),
                (Some(_), Some(_)) if literal.len() == 1 => Some(true),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a look behind finds that goes back by at least `min` characters.
    fn behind(&self, look: &[Inst], min: usize) -> Option<bool> {
        match (look, self.before) {
            (_, Before::Nothing) if min > 0 => Some(false),
            ([Inst::Set(set), Inst::Accept], Before::Word) => {
                let (ascii, _) = set.starts();
                let mut words = (0_u8..128).filter(|byte| is_word_byte(*byte)).map(|byte| ascii >> byte & 1);
                let first = words.next();
                words.all(|bit| Some(bit) == first).then_some(first == Some(1))
            }
            _ => None,
        }
    }

    fn boundary(&self) -> Option<bool> {
        let told = self.before != Before::Wide && self.next != Next::WIDE;
        told.then_some((self.before == Before::Word) != self.next.is_word())
    }
}

/// Whether nothing but the end of the pattern follows.
fn leads_out(program: &[Inst], from: usize) -> bool {
    let mut pc = from;
    loop {
        match program.get(pc) {
            Some(Inst::Save(_)) => pc += 1,
            Some(Inst::Jump(to)) if *to > pc => pc = *to,
            Some(Inst::Accept) => return true,
            _ => return false,
        }
    }
}
