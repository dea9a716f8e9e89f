//! From the syntax tree of a pattern to its program. The tree comes from `fancy_regex`'s parser, which reads the notation that
//! grammars are written in; nothing of that crate's matching is used.

use super::charset::CharSet;
use super::first::First;
use super::switch::Switch;
use super::width::width;
use super::{Inst, Pattern};
use fancy_regex::{Assertion, Expr, LookAround};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A program longer than this is refused; the largest of the grammars in use has about a third of it.
const MAX_PROGRAM: usize = 60_000;
/// Fewer alternatives than these are tried one after the other.
const SWITCH_FROM: usize = 4;
/// How often a group may stand inside a call of itself.
const MAX_RECURSION: usize = 2;
/// Farthest look back of an unbounded look-behind, in characters.
const MAX_LOOK_BEHIND: usize = 200;

/// Why a pattern can't be used. Such a pattern never matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Unsupported {
    Syntax(String),
    Construct(&'static str),
    TooLong,
}

pub(super) struct Compiler<'t> {
    program: Vec<Inst>,
    groups: Vec<&'t Expr>,
    /// Which group each `Group` node is; nodes are known by their place in memory, as the tree doesn't move.
    numbers: BTreeMap<*const Expr, usize>,
    calls: Vec<usize>,
    marks: usize,
    keep_groups: bool,
}

/// Compiles a pattern; `captures` says whether the places of its groups are wanted.
pub(super) fn compile(notation: &str, captures: bool) -> Result<Pattern, Unsupported> {
    let tree = Expr::parse_tree_with_flags(notation, fancy_regex::internal::FLAG_MULTI)
        .map_err(|e| Unsupported::Syntax(e.to_string()))?;
    let mut groups = Vec::new();
    collect_groups(&tree.expr, &mut groups);
    let count = groups.len();
    let mut compiler = Compiler {
        program: Vec::new(),
        numbers: groups.iter().enumerate().map(|(i, g)| (std::ptr::from_ref(*g), i + 1)).collect(),
        groups,
        calls: Vec::new(),
        marks: 2 * (count + 1),
        keep_groups: captures || !tree.backrefs.is_empty(),
    };
    compiler.emit(&tree.expr)?;
    compiler.push(Inst::Accept)?;
    Ok(Pattern {
        first: First::of(&tree.expr),
        groups: count + 1,
        slots: compiler.marks,
        program: compiler.program.into(),
    })
}

fn collect_groups<'t>(expr: &'t Expr, into: &mut Vec<&'t Expr>) {
    if matches!(expr, Expr::Group(_)) {
        into.push(expr);
    }
    match expr {
        Expr::Concat(parts) | Expr::Alt(parts) => parts.iter().for_each(|part| collect_groups(part, into)),
        Expr::Group(child)
        | Expr::AtomicGroup(child)
        | Expr::LookAround(child, _)
        | Expr::Repeat { child, .. } => collect_groups(child, into),
        Expr::Conditional { condition, true_branch, false_branch } => {
            for child in [condition, true_branch, false_branch] {
                collect_groups(child, into);
            }
        }
        _ => {}
    }
}

impl<'t> Compiler<'t> {
    fn push(&mut self, inst: Inst) -> Result<usize, Unsupported> {
        if self.program.len() >= MAX_PROGRAM {
            return Err(Unsupported::TooLong);
        }
        self.program.push(inst);
        Ok(self.program.len() - 1)
    }

    fn here(&self) -> usize {
        self.program.len()
    }

    fn emit(&mut self, expr: &'t Expr) -> Result<(), Unsupported> {
        match expr {
            Expr::Empty => Ok(()),
            Expr::Any { .. } | Expr::Delegate { .. } => {
                let set = single(expr).ok_or(Unsupported::Construct("class"))?;
                self.push(Inst::Set(set)).map(drop)
            }
            Expr::Literal { val, casei } => self.emit_literal(val, *casei),
            Expr::Concat(parts) => self.emit_concat(parts),
            Expr::Alt(branches) => self.emit_branches(branches),
            Expr::Group(child) => self.emit_group(expr, child),
            Expr::AtomicGroup(child) => self.emit_atomic(child),
            Expr::LookAround(child, kind) => self.emit_look(child, *kind),
            Expr::Repeat { child, lo, hi, greedy } => self.emit_repeat(child, *lo, *hi, *greedy),
            Expr::Assertion(assertion) => self.emit_assertion(*assertion),
            Expr::Backref { group, casei } => self.push(Inst::Backref(*group, *casei)).map(drop),
            Expr::ContinueFromPreviousMatchEnd => self.push(Inst::SearchStart).map(drop),
            Expr::SubroutineCall(group) => self.emit_call(*group),
            Expr::KeepOut => Err(Unsupported::Construct(r"\K")),
            _ => Err(Unsupported::Construct("condition")),
        }
    }

    fn emit_literal(&mut self, val: &str, casei: bool) -> Result<(), Unsupported> {
        if !casei {
            return self.push(Inst::Literal(val.as_bytes().into())).map(drop);
        }
        for c in val.chars() {
            let set = CharSet::folded(c).ok_or(Unsupported::Construct("case"))?;
            self.push(Inst::Set(set))?;
        }
        Ok(())
    }

    /// Neighbouring plain literals become one comparison.
    fn emit_concat(&mut self, parts: &'t [Expr]) -> Result<(), Unsupported> {
        let mut run = String::new();
        for part in parts {
            if let Expr::Literal { val, casei: false } = part {
                run.push_str(val);
            } else {
                self.flush(&mut run)?;
                self.emit(part)?;
            }
        }
        self.flush(&mut run)
    }

    fn flush(&mut self, run: &mut String) -> Result<(), Unsupported> {
        if !run.is_empty() {
            self.emit_literal(run, false)?;
            run.clear();
        }
        Ok(())
    }

    /// Alternatives are chosen by the next byte: of a list of two hundred keywords, one or two are tried.
    fn emit_branches(&mut self, branches: &'t [Expr]) -> Result<(), Unsupported> {
        if branches.len() < SWITCH_FROM {
            return self.emit_forks(branches);
        }
        let switch = self.push(Inst::Fail)?;
        let mut starts = Vec::with_capacity(branches.len());
        let mut jumps = Vec::with_capacity(branches.len());
        for branch in branches {
            starts.push((self.here(), First::of(branch)));
            self.emit(branch)?;
            jumps.push(self.push(Inst::Fail)?);
        }
        let end = self.here();
        for jump in jumps {
            self.program[jump] = Inst::Jump(end);
        }
        self.program[switch] = Inst::Switch(Box::new(Switch::of(&starts)));
        Ok(())
    }

    fn emit_forks(&mut self, branches: &'t [Expr]) -> Result<(), Unsupported> {
        let mut jumps = Vec::with_capacity(branches.len());
        for (index, branch) in branches.iter().enumerate() {
            if index + 1 == branches.len() {
                self.emit(branch)?;
                break;
            }
            let fork = self.push(Inst::Fail)?;
            self.emit(branch)?;
            jumps.push(self.push(Inst::Fail)?);
            self.program[fork] = Inst::Fork(fork + 1, self.here());
        }
        let end = self.here();
        for jump in jumps {
            self.program[jump] = Inst::Jump(end);
        }
        Ok(())
    }

    fn emit_group(&mut self, group: &'t Expr, child: &'t Expr) -> Result<(), Unsupported> {
        let number = self.numbers.get(&std::ptr::from_ref(group)).copied().unwrap_or(0);
        self.calls.push(number);
        let keep = self.keep_groups && number > 0;
        if keep {
            self.push(Inst::Save(2 * number))?;
        }
        self.emit(child)?;
        if keep {
            self.push(Inst::Save(2 * number + 1))?;
        }
        self.calls.pop();
        Ok(())
    }

    /// A call is the group's own code once more; inside itself only so often, then it fails.
    fn emit_call(&mut self, group: usize) -> Result<(), Unsupported> {
        if self.calls.iter().filter(|g| **g == group).count() > MAX_RECURSION {
            return self.push(Inst::Fail).map(drop);
        }
        let target = group.checked_sub(1).and_then(|i| self.groups.get(i)).copied();
        match target {
            Some(expr @ Expr::Group(child)) => self.emit_group(expr, child),
            _ => Err(Unsupported::Construct("call")),
        }
    }

    fn emit_atomic(&mut self, child: &'t Expr) -> Result<(), Unsupported> {
        if let Expr::Repeat { child, lo, hi, greedy: true } = child
            && let Some(set) = single(child)
        {
            return self.push(Inst::Run { set, min: *lo, max: *hi, gives_back: false }).map(drop);
        }
        let at = self.push(Inst::Fail)?;
        self.emit(child)?;
        self.push(Inst::Leave)?;
        self.program[at] = Inst::Atomic { end: self.here() };
        Ok(())
    }

    fn emit_look(&mut self, child: &'t Expr, kind: LookAround) -> Result<(), Unsupported> {
        let at = self.push(Inst::Fail)?;
        self.emit(child)?;
        self.push(Inst::Accept)?;
        let end = self.here();
        let wanted = matches!(kind, LookAround::LookAhead | LookAround::LookBehind);
        self.program[at] = match kind {
            LookAround::LookAhead | LookAround::LookAheadNeg => Inst::Ahead { end, wanted },
            LookAround::LookBehind | LookAround::LookBehindNeg => {
                let (min, max) = width(child, 0).ok_or(Unsupported::Construct("look-behind"))?;
                Inst::Behind { end, wanted, min, max: max.min(MAX_LOOK_BEHIND) }
            }
        };
        Ok(())
    }

    fn emit_repeat(
        &mut self,
        child: &'t Expr,
        lo: usize,
        hi: usize,
        greedy: bool,
    ) -> Result<(), Unsupported> {
        if greedy && let Some(set) = single(child) {
            return self.push(Inst::Run { set, min: lo, max: hi, gives_back: true }).map(drop);
        }
        for _ in 0..lo {
            self.emit(child)?;
        }
        if hi == usize::MAX {
            return self.emit_star(child, greedy);
        }
        let mut exits = Vec::new();
        for _ in lo..hi {
            exits.push(self.push(Inst::Fail)?);
            self.emit(child)?;
        }
        let end = self.here();
        for exit in exits {
            self.program[exit] = fork(exit + 1, end, greedy);
        }
        Ok(())
    }

    fn emit_star(&mut self, child: &'t Expr, greedy: bool) -> Result<(), Unsupported> {
        let mark = self.marks;
        self.marks += 1;
        let top = self.push(Inst::Fail)?;
        self.push(Inst::Save(mark))?;
        self.emit(child)?;
        self.push(Inst::Progress(mark))?;
        self.push(Inst::Jump(top))?;
        self.program[top] = fork(top + 1, self.here(), greedy);
        Ok(())
    }

    fn emit_assertion(&mut self, assertion: Assertion) -> Result<(), Unsupported> {
        let inst = match assertion {
            Assertion::StartText => Inst::TextStart,
            Assertion::EndText => Inst::TextEnd,
            Assertion::StartLine { .. } => Inst::LineStart,
            Assertion::EndLine { .. } => Inst::LineEnd,
            Assertion::WordBoundary => Inst::Boundary(true),
            Assertion::NotWordBoundary => Inst::Boundary(false),
            // The notation of the grammars is Oniguruma's, where these are plain characters.
            Assertion::LeftWordBoundary => Inst::Literal(Box::new(*b"<")),
            Assertion::RightWordBoundary => Inst::Literal(Box::new(*b">")),
        };
        self.push(inst).map(drop)
    }
}

fn fork(inside: usize, outside: usize, greedy: bool) -> Inst {
    if greedy { Inst::Fork(inside, outside) } else { Inst::Fork(outside, inside) }
}

/// The set of an expression that is exactly one character wide.
fn single(expr: &Expr) -> Option<Arc<CharSet>> {
    match expr {
        Expr::Any { newline } => Some(Arc::new(CharSet::any(*newline))),
        Expr::Delegate { inner, casei, .. } => CharSet::parse(inner, *casei),
        Expr::Literal { val, casei } => {
            let mut chars = val.chars();
            let only = chars.next().filter(|_| chars.next().is_none())?;
            if *casei { CharSet::folded(only) } else { Some(Arc::new(CharSet::one(only))) }
        }
        _ => None,
    }
}
