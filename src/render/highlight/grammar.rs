//! The grammars: syntect's syntax definitions, made ready for the tokenizer context by context, when a text first enters one.
//! What is made stays for the life of the process and is shared by all threads. Holds no text and no state of a text.

use super::classes::Class;
use super::pattern::{Pattern, Sieve, Sifted};
use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};
use syntect::parsing::syntax_definition::{
    Context, ContextId, ContextReference, MatchOperation, MatchPattern, context_iter,
};
use syntect::parsing::{ClearAmount, SyntaxReference, SyntaxSet};

/// A context: the rules that are tried, in order, and the classes it lies over its text.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) rules: Box<[&'static Rule]>,
    sieve: Sieve,
    pub(super) over: Box<[Class]>,
    pub(super) over_content: Box<[Class]>,
    pub(super) clears: Option<ClearAmount>,
    pub(super) uses_refs: bool,
}

impl Scene {
    /// The rules that may match at `at`, by their index in `rules`, in the order of the grammar.
    pub(super) fn sift(&self, line: &str, at: usize) -> Sifted<'_> {
        self.sieve.sift(line.as_bytes(), at)
    }

    /// The first place from `from` on where a rule may match, and which; none where looking takes more than `most` steps.
    pub(super) fn next(&self, line: &str, from: usize, most: u64) -> (usize, Sifted<'_>) {
        self.sieve.next(line.as_bytes(), from, most)
    }
}

/// One rule of a context.
#[derive(Debug)]
pub(super) struct Rule {
    pattern: Option<Pattern>,
    /// The notation, where it refers to groups of the match that led into the context.
    pub(super) referring: Option<&'static str>,
    pub(super) over: Box<[Class]>,
    pub(super) groups: Box<[(usize, Box<[Class]>)]>,
    pub(super) turn: Turn,
    pub(super) also: Option<Target>,
}

impl Rule {
    pub(super) fn pattern(&self) -> Option<&Pattern> {
        self.pattern.as_ref()
    }
}

/// Where a rule leads.
#[derive(Debug)]
pub(super) enum Turn {
    Stay,
    Back,
    Into(Box<[Target]>),
    Instead(Box<[Target]>),
}

/// A context that a rule leads to, looked up when it is first taken.
#[derive(Debug)]
pub(super) struct Target {
    reference: &'static ContextReference,
    scene: OnceLock<Option<&'static Scene>>,
}

impl Target {
    fn new(reference: &'static ContextReference) -> Self {
        Self { reference, scene: OnceLock::new() }
    }

    /// `None` where the grammar names a context that doesn't exist.
    pub(super) fn scene(&self) -> Option<&'static Scene> {
        *self.scene.get_or_init(|| library().scene(self.reference))
    }
}

/// All grammars and what was made of them so far.
pub(super) struct Library {
    set: SyntaxSet,
    /// Made by the thread that comes first; others wait for it instead of doing the same.
    scenes: RwLock<HashMap<ContextId, &'static OnceLock<Scene>>>,
    /// By the place of the definition in memory, which the set never moves: contexts include each other's rules.
    rules: RwLock<HashMap<usize, &'static Rule>>,
    starts: RwLock<HashMap<usize, Option<&'static Scene>>>,
}

/// The one library of the process. The first call unpacks the index of the grammars.
pub(super) fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library {
        set: two_face::syntax::extra_newlines(),
        scenes: RwLock::default(),
        rules: RwLock::default(),
        starts: RwLock::default(),
    })
}

impl Library {
    #[cfg(test)]
    pub(super) fn set(&self) -> &SyntaxSet {
        &self.set
    }

    pub(super) fn syntaxes(&self) -> &[SyntaxReference] {
        self.set.syntaxes()
    }

    /// The context in which a text in the syntax of this index begins.
    pub(super) fn start(&'static self, syntax: usize) -> Option<&'static Scene> {
        if let Some(known) = self.starts.read().unwrap_or_else(PoisonError::into_inner).get(&syntax) {
            return *known;
        }
        let start = self.find_start(syntax);
        self.starts.write().unwrap_or_else(PoisonError::into_inner).insert(syntax, start);
        start
    }

    /// syntect keeps the names of contexts to itself; its first context is known by its form: it lays the syntax's own
    /// scope over the content and has one rule, which leads on without reading anything.
    fn find_start(&'static self, syntax: usize) -> Option<&'static Scene> {
        let scope = self.set.syntaxes().get(syntax)?.scope;
        (0..)
            .map_while(|context| {
                let reference = direct(syntax, context)?;
                let context: &'static Context = reference.resolve(&self.set).ok()?;
                Some((reference, context))
            })
            .find(|(_, context)| {
                let only = context.patterns.len() == 1 && !context.meta_include_prototype;
                only && context.meta_content_scope == [scope]
                    && context.match_at(0).is_ok_and(|rule| rule.regex.regex_str().is_empty())
            })
            .and_then(|(reference, _)| self.scene(&reference))
    }

    fn scene(&'static self, reference: &ContextReference) -> Option<&'static Scene> {
        let id = reference.id().ok()?;
        let context = reference.resolve(&self.set).ok()?;
        let known = self.scenes.read().unwrap_or_else(PoisonError::into_inner).get(&id).copied();
        let place = known.unwrap_or_else(|| {
            let mut scenes = self.scenes.write().unwrap_or_else(PoisonError::into_inner);
            *scenes.entry(id).or_insert_with(|| Box::leak(Box::default()))
        });
        Some(place.get_or_init(|| self.make_scene(context)))
    }

    fn make_scene(&'static self, context: &'static Context) -> Scene {
        let mut rules = Vec::new();
        let prototype = context.prototype.and_then(reference_to);
        if let Some(prototype) = prototype.and_then(|reference| reference.resolve(&self.set).ok()) {
            self.add_rules(prototype, &mut rules);
        }
        self.add_rules(context, &mut rules);
        rules.retain(|rule| rule.pattern.is_some() || rule.referring.is_some());
        Scene {
            // What depends on the text has no pattern yet.
            sieve: Sieve::new(
                rules.iter().map(|rule| rule.pattern().filter(|_| rule.referring.is_none())).collect(),
            ),
            rules: rules.into(),
            over: classes(&context.meta_scope),
            over_content: classes(&context.meta_content_scope),
            clears: context.clear_scopes,
            uses_refs: context.uses_backrefs,
        }
    }

    fn add_rules(&'static self, context: &'static Context, rules: &mut Vec<&'static Rule>) {
        for (owner, index) in context_iter(&self.set, context) {
            if let Ok(definition) = owner.match_at(index) {
                rules.push(self.rule(definition));
            }
        }
    }

    fn rule(&self, definition: &'static MatchPattern) -> &'static Rule {
        let key = std::ptr::from_ref(definition).addr();
        if let Some(known) = self.rules.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known;
        }
        let made: &'static Rule = Box::leak(Box::new(make_rule(definition)));
        self.rules.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(made)
    }
}

fn make_rule(definition: &'static MatchPattern) -> Rule {
    let targets = |references: &'static [ContextReference]| references.iter().map(Target::new).collect();
    let turn = match &definition.operation {
        MatchOperation::None => Turn::Stay,
        MatchOperation::Pop => Turn::Back,
        MatchOperation::Push(references) => Turn::Into(targets(references)),
        MatchOperation::Set(references) => Turn::Instead(targets(references)),
    };
    let wants_groups = definition.captures.is_some() || matches!(turn, Turn::Into(_) | Turn::Instead(_));
    let notation = definition.regex.regex_str();
    Rule {
        // A pattern that this matcher can't read never matches; a test counts them.
        pattern: Pattern::new(notation, wants_groups).ok(),
        referring: definition.has_captures.then_some(notation),
        over: classes(&definition.scope),
        groups: definition
            .captures
            .iter()
            .flatten()
            .map(|(group, scopes)| (*group, classes(scopes)))
            .collect(),
        turn,
        also: definition.with_prototype.as_ref().map(Target::new),
    }
}

fn classes(scopes: &[syntect::parsing::Scope]) -> Box<[Class]> {
    scopes.iter().map(|scope| Class::of_scope(&scope.build_string())).collect()
}

/// syntect lets no one build a reference but its own reader, so it is read.
fn direct(syntax: usize, context: usize) -> Option<ContextReference> {
    let id = serde_json::json!({ "syntax_index": syntax, "context_index": context });
    serde_json::from_value(serde_json::json!({ "Direct": id })).ok()
}

fn reference_to(id: ContextId) -> Option<ContextReference> {
    serde_json::from_value(serde_json::json!({ "Direct": id })).ok()
}
