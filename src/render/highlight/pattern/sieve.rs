//! Which of the patterns of a context are worth trying at which place: one walk over the next bytes rules out nearly all that would
//! fail, also those that would fail late. What a walk finds out is kept, for all threads, as a graph that grows byte by byte.

use super::Pattern;
use super::around::{Before, Next};
use super::edge::{Edge, Mixer, steps_of};
use super::front::Front;
use super::shelf::{Address, Shelf};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Bytes that one walk looks at; what is open then is worth trying.
const MAX_WALK: usize = 256;
/// Fronts farther than one byte from a start that the process keeps. Beyond, walks give the same answers without the graph.
const MAX_FRONTS: usize = 40_000;
static FRONTS: AtomicUsize = AtomicUsize::new(0);

/// The patterns of a context, known by their index.
#[derive(Debug)]
pub(in super::super) struct Sieve {
    /// `None` for those that depend on the text, which are always worth trying.
    patterns: Box<[Option<&'static Pattern>]>,
    /// What each first byte leads to, after each kind of character before it: more than half of all places are decided by that.
    firsts: [Row; Before::COUNT],
    /// What each further byte leads to, for each open front. As small as can be: it is read for nearly every byte of code.
    rows: Shelf<Row>,
    /// For each front where all is decided, from number 1 on: where nothing is left, the number is 0.
    answers: Shelf<OnceLock<Box<[u16]>>>,
    graph: Mutex<Graph>,
}

#[derive(Debug)]
struct Row([AtomicU32; Next::COUNT]);

impl Default for Row {
    fn default() -> Self {
        Self([const { AtomicU32::new(0) }; Next::COUNT])
    }
}

#[derive(Debug, Default)]
struct Graph {
    edges: HashMap<Arc<Front>, Edge, BuildHasherDefault<Mixer>>,
    open: Vec<Arc<Front>>,
    decided: usize,
}

/// Where a walk left the graph: the last edge, the place after it and the steps so far; nothing at its start.
type Lost = Option<(Edge, usize, u64)>;

/// The patterns that are worth trying at a place, in order, and what it cost to know: the same whatever was known before.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Sifted<'s> {
    pub(in super::super) candidates: Cow<'s, [u16]>,
    pub(in super::super) steps: u64,
}

impl Sieve {
    pub(in super::super) fn new(patterns: Vec<Option<&'static Pattern>>) -> Self {
        Self {
            patterns: patterns.into(),
            firsts: Default::default(),
            rows: Shelf::new(),
            answers: Shelf::new(),
            graph: Mutex::default(),
        }
    }

    /// The first place from `from` on where a pattern is worth trying; without candidates where there is none, or where looking for
    /// it took more than `most` steps.
    pub(in super::super) fn next(&self, line: &[u8], from: usize, most: u64) -> (usize, Sifted<'_>) {
        let mut steps = 0;
        for at in from..=line.len() {
            // Within a character.
            if line.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
                continue;
            }
            let sifted = match self.descend(line, at) {
                Ok((edge, cost)) => {
                    steps += cost;
                    if edge.is_empty() && steps <= most {
                        continue;
                    }
                    Sifted { candidates: self.answer(edge), steps }
                }
                Err(lost) => {
                    let sifted = self.walk_on(lost, line, at);
                    steps += sifted.steps;
                    Sifted { steps, ..sifted }
                }
            };
            if !sifted.candidates.is_empty() || steps > most {
                return (at, sifted);
            }
        }
        (line.len(), Sifted { candidates: Cow::Borrowed(&[]), steps })
    }

    /// All patterns that match at `at`, and few others.
    pub(in super::super) fn sift(&self, line: &[u8], at: usize) -> Sifted<'_> {
        match self.descend(line, at) {
            Ok((edge, steps)) => Sifted { candidates: self.answer(edge), steps },
            Err(lost) => self.walk_on(lost, line, at),
        }
    }

    /// Follows the graph from `at` until all is decided, and says what that cost; fails where the graph ends.
    #[inline]
    fn descend(&self, line: &[u8], at: usize) -> Result<(Edge, u64), Lost> {
        let (before, next) = (Before::of(line, at), Next::of(line, at));
        let slot = &self.firsts[before as usize].0[next.index()];
        let mut edge = match Edge::read(slot) {
            Some(edge) => edge,
            None => self.begin(slot, before, next).ok_or(None)?,
        };
        let mut steps = 1 + edge.steps();
        let mut place = at + 1;
        while !edge.is_decided() && place < at + MAX_WALK {
            let next = Next::of(line, place);
            let Some(slot) = self.rows.get(edge.address()).map(|row| &row.0[next.index()]) else { break };
            edge = match Edge::read(slot) {
                Some(edge) => edge,
                None => self.extend(slot, edge, next).ok_or(Some((edge, place, steps)))?,
            };
            steps += edge.steps();
            place += 1;
        }
        Ok((edge, steps))
    }

    /// The rest of a walk that the graph has no room for.
    #[cold]
    fn walk_on(&self, lost: Lost, line: &[u8], at: usize) -> Sifted<'_> {
        match lost {
            None => self.walk(Front::start(Before::of(line, at), &self.patterns), line, at, at + MAX_WALK, 1),
            Some((edge, place, steps)) => {
                self.walk(self.front(edge).as_ref().clone(), line, place, at + MAX_WALK, steps)
            }
        }
    }

    fn answer(&self, edge: Edge) -> Cow<'_, [u16]> {
        if !edge.is_decided() {
            return Cow::Owned(self.front(edge).candidates());
        }
        Cow::Borrowed(self.answers.get(edge.address()).and_then(OnceLock::get).map_or(&[], |all| all))
    }

    /// The rest of a walk without the graph.
    fn walk(&self, mut front: Front, line: &[u8], from: usize, end: usize, mut steps: u64) -> Sifted<'_> {
        for place in from..end {
            if front.is_decided() {
                break;
            }
            front = front.advance(&self.patterns, Next::of(line, place));
            steps += steps_of(&front);
        }
        Sifted { candidates: Cow::Owned(front.candidates()), steps }
    }

    fn graph(&self) -> MutexGuard<'_, Graph> {
        self.graph.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn front(&self, edge: Edge) -> Arc<Front> {
        self.graph().open[edge.address().number()].clone()
    }

    /// The edge of a first byte; none where nothing is open before it.
    #[cold]
    fn begin(&self, slot: &AtomicU32, before: Before, next: Next) -> Option<Edge> {
        // Patterns that depend on the text are decided before the first byte.
        self.patterns.iter().flatten().next()?;
        self.keep(slot, Front::first(before, &self.patterns, next), true)
    }

    #[cold]
    fn extend(&self, slot: &AtomicU32, from: Edge, next: Next) -> Option<Edge> {
        let front = self.front(from).advance(&self.patterns, next);
        self.keep(slot, front, false)
    }

    /// Puts a front into the graph, and the edge to it into `slot`. `None` where there is no room. `always`: for the few that are
    /// dear, as every pattern has a way open there; how many there are depends on the grammar alone.
    #[cold]
    fn keep(&self, slot: &AtomicU32, front: Front, always: bool) -> Option<Edge> {
        let mut graph = self.graph();
        let edge = match graph.edges.get(&front) {
            Some(edge) => *edge,
            None => self.add(&mut graph, front, always)?,
        };
        edge.write(slot);
        Some(edge)
    }

    fn add(&self, graph: &mut Graph, front: Front, always: bool) -> Option<Edge> {
        let is_empty = front.is_decided() && front.candidates().is_empty();
        let number = match front.is_decided() {
            true if is_empty => 0,
            true => 1 + graph.decided,
            false => graph.open.len(),
        };
        let full = !always && FRONTS.fetch_add(1, Ordering::Relaxed) >= MAX_FRONTS;
        if full || number >= Shelf::<Row>::CAPACITY {
            return None;
        }
        let address = Address::of(number);
        let edge = Edge::new(address, &front);
        let front = Arc::new(front);
        if front.is_decided() {
            if !is_empty {
                self.answers.make(address)?.set(front.candidates().into()).ok()?;
                graph.decided += 1;
            }
        } else {
            self.rows.make(address)?;
            graph.open.push(front.clone());
        }
        graph.edges.insert(front, edge);
        Some(edge)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Matcher;
    use super::*;
    use proptest::prelude::*;

    /// Every construct that a pattern can have, and some that grammars are full of.
    const NOTATIONS: &[&str] = &[
        "",
        "abc",
        "^ab",
        r"\ba\b",
        r"\Ba",
        r"(?=\S)",
        r"(?=a)ab",
        r"(?=a+\()",
        r"(?:(?=a+\()|b)",
        r"(?=a*b)a",
        r"a(?!b)",
        r"a(?!bc)",
        r"(?<!a)b",
        r"(?<=a)b",
        r"(?<![\w])a",
        r"(?<=[^\w])a",
        r"(?<=^)a|(?<!.)b",
        r"(?<=^a)b",
        "[ab]+::",
        r"\s*=",
        r"a{2,3}b",
        r"a{9,12}b",
        r"(?:ab){2}",
        "(?>a|ab)c",
        "(?>a*)b",
        "a*+b",
        r"(?:a|b|c|\(|é)b",
        "(?i)aBé",
        r"é+a",
        r"[^a]b",
        r".*a$",
        "a$",
        r"\z",
        "(a|b)=\\1",
        r"(?<p>\((?:[^()]|\g<p>)*\))",
        "(?:a*)*b",
        "\\x00",
        r"[\x00-\x1f]a",
    ];

    fn patterns() -> Vec<Option<&'static Pattern>> {
        static PATTERNS: OnceLock<Vec<Pattern>> = OnceLock::new();
        let all = PATTERNS.get_or_init(|| {
            NOTATIONS.iter().filter_map(|notation| Pattern::new(notation, true).ok()).collect()
        });
        all.iter().map(Some).collect()
    }

    fn sieve() -> &'static Sieve {
        static SIEVE: OnceLock<Sieve> = OnceLock::new();
        SIEVE.get_or_init(|| Sieve::new(patterns()))
    }

    fn candidates(notations: &[&str], text: &str, at: usize) -> Vec<u16> {
        let made = notations.iter().map(|n| Pattern::new(n, true).ok().map(|p| &*Box::leak(Box::new(p))));
        Sieve::new(made.collect()).sift(text.as_bytes(), at).candidates.into_owned()
    }

    #[test]
    fn all_notations_are_read() {
        assert_eq!(patterns().len(), NOTATIONS.len());
    }

    #[test]
    fn what_would_fail_late_is_ruled_out() {
        let notations = [r"\bfor\b", r"\w+::", r"(?=\w+\s*\()", r"\w+"];
        assert_eq!(candidates(&notations, "format a", 0), [3]);
        assert_eq!(candidates(&notations, "for ever", 0), [0, 3]);
        assert_eq!(candidates(&notations, "form (a)", 0), [2, 3]);
        assert_eq!(candidates(&notations, "form (a)", 4), [0_u16; 0]);
        assert_eq!(candidates(&notations[..1], "afor", 1), [0_u16; 0]);
    }

    #[test]
    fn what_depends_on_the_text_is_worth_trying_everywhere_and_nothing_is_worth_it_without_patterns() {
        let depends = Sieve::new(vec![None]);
        let sifted = depends.sift(b"a", 0);
        assert_eq!((&*sifted.candidates, sifted.steps), (&[0][..], 1));
        assert!(Sieve::new(Vec::new()).next(b"a b", 0, 100).1.candidates.is_empty());
        assert_eq!(candidates(&["b", r"(?<p>\()\g<p>\K"], "b", 0), [0, 1]);
    }

    #[test]
    fn the_next_place_is_the_first_with_candidates_and_never_within_a_character() {
        let pattern = Box::leak(Box::new(Pattern::new("[^a]b", false)));
        let sieve = Sieve::new(vec![pattern.as_ref().ok()]);
        let (at, sifted) = sieve.next("aabéb".as_bytes(), 0, 1000);
        assert_eq!((at, &*sifted.candidates), (3, &[0][..]));
        assert!(sieve.next(b"aaaa", 0, 1000).1.candidates.is_empty());
        assert_eq!(sieve.next(b"aaaab b", 0, 2).0, 1, "no further than the steps go");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn nothing_that_matches_is_lost(text in "[abcAB=:( )é字\u{0}\u{b}\t_]{0,14}\n?") {
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let sifted = sieve().sift(text.as_bytes(), at);
                for (index, pattern) in patterns().into_iter().enumerate() {
                    let end = pattern.and_then(|p| Matcher::with_fuel(100_000).match_at(p, &text, at, at));
                    let kept = sifted.candidates.iter().any(|kept| usize::from(*kept) == index);
                    prop_assert!(kept || end.is_none(), "{} at {} of {:?}", NOTATIONS[index], at, text);
                }
            }
        }

        #[test]
        fn without_the_graph_answers_and_steps_are_the_same(text in "[abcAB=:( )é\u{0}\t_]{0,14}\n?") {
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let start = Front::start(Before::of(text.as_bytes(), at), &patterns());
                let walked = sieve().walk(start, text.as_bytes(), at, at + MAX_WALK, 1);
                prop_assert_eq!(sieve().sift(text.as_bytes(), at), walked);
            }
        }
    }
}
