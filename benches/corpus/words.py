"""The vocabulary: words by their part of speech, each as often as Zipf's law has it.

The frequent words are real; the long tail, as a large corpus has it, is made of syllables and real
endings. A table holds each word as many times as it is likely, so that a draw is one look-up.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import NamedTuple

from .dice import Dice

TABLE_SIZE = 1 << 17
"""Entries of each table. All are of this size, so that one draw fits any of them."""

NOUNS = """
    queue store service request decision team reader document section index shard cache worker message
    deadline window review owner record schema table column query client server token region build release branch
    commit change test check report metric alert incident budget cost limit quota customer account invoice
    payment ledger order shipment event stream topic partition consumer producer offset batch job schedule
    calendar timezone meeting agenda summary note thread channel comment answer question proposal option
    trade-off outcome rationale constraint assumption risk blocker dependency library module function
    interface contract boundary layer pipeline stage step task ticket backlog milestone roadmap quarter
    goal measure baseline threshold latency throughput bandwidth memory disk network socket connection
    session cookie header payload response status error retry timeout backoff failure recovery backup
    snapshot replica leader follower quorum lock lease clock timestamp version migration rollback rollout
    flag experiment cohort sample signal trace span log dashboard panel graph chart figure image link
    anchor address route path folder file archive template theme layout font colour style page site
    domain certificate key secret password policy role permission group member person guest vendor
    partner contractor candidate manager designer engineer analyst support handbook guide manual
    checklist template form field value default setting preference profile device screen button menu
    dialog keyboard pointer gesture animation transcript recording chapter moment caption subtitle audio
    codec frame pixel buffer pool heap stack thread process kernel container image cluster node host
    machine zone rack cable sensor gateway proxy firewall balancer resolver registry mirror package
    artifact binary symbol compiler parser lexer grammar tree branch leaf root edge vertex cycle walk
    search ranking score filter facet synonym stem word phrase sentence paragraph language locale
    translation currency price discount tax refund contract clause licence audit evidence control
    finding severity priority escalation rotation handover shift absence holiday onboarding training
    workshop interview survey feedback opinion consensus objection vote ballot mandate charter principle
    practice habit norm value culture trust context background detail scope estimate forecast trend
    season month week morning evening hour minute second interval pause delay gap overlap conflict
    """

VERBS = """
    need keep want move store read reject accept open close answer record review check measure change
    replace remove return request consume produce publish archive restore migrate configure validate parse
    render index search filter sort merge sync copy cache load save fetch stream buffer retry delay
    schedule assign approve propose discuss decide explain document describe mention follow support
    handle manage maintain monitor observe trace report collect count compare estimate limit reduce
    increase improve extend expand resolve solve prevent avoid ignore allow require expect ensure enforce
    protect encrypt rotate revoke expire refresh renew update upgrade deploy release announce share link
    mark name number order group divide join connect attach detach wrap unfold compress encode decode
    serialise normalise sanitise tokenise paginate annotate highlight translate transcribe summarise
    simplify clarify consider prefer choose defer postpone cancel pause resume start finish launch
    test verify confirm prove reproduce isolate diagnose repair restart replay rebuild recompute
    """

ADJECTIVES = """
    open slow fast small large new old stable simple complex common rare clear vague early late
    first last next final partial complete empty full single double local remote global regional public
    private shared internal external upstream downstream synchronous asynchronous concurrent parallel
    sequential atomic durable volatile mutable immutable static dynamic lazy eager strict loose optional
    mandatory explicit implicit manual automatic regular weekly monthly daily annual recent current
    previous temporary permanent primary secondary redundant critical minor major urgent important
    cheap expensive efficient wasteful reliable fragile robust safe unsafe secure vulnerable healthy
    stale fresh cold warm hot idle busy noisy quiet readable searchable measurable observable portable
    compatible obsolete deprecated experimental predictable surprising consistent inconsistent correct
    wrong exact approximate average maximal minimal hidden visible narrow wide shallow deep flat nested
    """

ADVERBS = """
    usually rarely often always never quickly slowly quietly carefully eventually immediately silently
    explicitly implicitly automatically manually regularly today later again twice once together separately
    locally remotely reliably safely roughly exactly mostly entirely partly currently previously initially finally
    """

GIVEN_NAMES = """
    Ana Bo Chen Dalia Emre Farah Goran Hana Ines João Kofi Lena Mika Nadia Otto Priya Quinn Rosa Søren Tariq
    Uma Viktor Wen Ximena Yusuf Zoë Amélie Björn Chiara Diego
    """.split()

FAMILY_NAMES = """
    Souza Lindqvist Wei Haddad Yılmaz Karimi Petrović Tanaka Fernández Almeida Mensah Hoffmann Virtanen Rahman
    Schäfer Patel O'Brien Moreau Sørensen Aziz Kowalski Novák Nguyen García Demir Okafor Dubois Rossi Müller Ortiz
    """.split()

TAGS = """
    storage search billing platform security privacy network mobile web api data analytics design research
    hiring onboarding process reliability performance cost compliance documentation testing release tooling
    infrastructure support community localisation accessibility payments identity messaging scheduling migration
    observability incident architecture roadmap
    """.split()

TEAMS = "storage search billing platform mobile web data design support identity network research".split()

ONSETS = "b c cl cr d f fl g gr h l m n p pl pr r s sp st t tr v".split()
VOWELS = "a e i o u".split()
CODAS = "b c d g l m n nd nt p r rd rn rt s st t".split()
NOUN_PREFIXES = "sub multi micro meta inter over under co cross counter super pre post trans mid".split()
NOUN_ENDINGS = "ation ment ity ance er or ure ism age ery".split()
VERB_PREFIXES = "re pre auto over under co un mis cross".split()
VERB_ENDINGS = "ate ise ify ulate erate".split()
ADJECTIVE_PREFIXES = "un non over hyper semi pre inter multi sub".split()
ADJECTIVE_ENDINGS = "al ive ous able ic ary ant".split()
AVOIDED = "ana bast cli coc cra cum cun dic fag gim nat nig nud pen pis por pub rap sad sex slu spa tit tur vag".split()
"""Syllables that could make a word one would rather not read."""


def syllables(dice: Dice, count: int) -> str:
    """`count` open syllables and one closing consonant."""
    while True:
        parts = [dice.pick(ONSETS) + dice.pick(VOWELS) for _ in range(count)]
        word = "".join(parts) + dice.pick(CODAS)
        if not any(avoided in word for avoided in AVOIDED):
            return word


def grown(dice: Dice, known: str, prefixes: list[str], endings: list[str], made_up: int) -> list[str]:
    """The known words, then each with each prefix, then `made_up` others with real endings; none twice."""
    real = known.split()
    words = dict.fromkeys(real)
    words.update(dict.fromkeys(dice.sample([prefix + word for word in real for prefix in prefixes], len(real) * 9)))
    end = len(words) + made_up
    while len(words) < end:
        words[syllables(dice, dice.between(1, 2)) + dice.pick(endings)] = None
    return list(words)


def plural(noun: str) -> str:
    """The regular plural."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def third_person(verb: str) -> str:
    """He, she or it does: the same endings as a plural."""
    return plural(verb)


DOUBLED = {"limit": "limit", "stop": "stopp", "wrap": "wrapp", "defer": "deferr", "prefer": "preferr", "cancel": "cancell"}
PAST = {
    "keep": "kept", "read": "read", "choose": "chosen", "find": "found", "unfold": "unfolded", "rebuild": "rebuilt",
}


def past(verb: str) -> str:
    """The past participle."""
    if verb in PAST:
        return PAST[verb]
    stem = DOUBLED.get(verb, verb)
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return stem[:-1] + "ied"
    return stem + ("d" if stem.endswith("e") else "ed")


def gerund(verb: str) -> str:
    """The form with -ing."""
    stem = DOUBLED.get(verb, verb)
    return (stem[:-1] if stem.endswith("e") and not stem.endswith("ee") else stem) + "ing"


def zipf_table(words: list[str]) -> list[str]:
    """`TABLE_SIZE` entries: each word once, and the word of rank r in proportion to 1 / (r + 20)^1.5.

    So three quarters of all draws are known words, as in a team's documents; the root is exact
    on every machine, as `**` need not be.
    """
    weights = [1.0 / ((rank + 20) * sqrt(rank + 20)) for rank in range(len(words))]
    scale = (TABLE_SIZE - len(words)) / sum(weights)
    table: list[str] = []
    for word, weight in zip(words, weights):
        table.extend([word] * (1 + int(weight * scale)))
    table.extend(words[: TABLE_SIZE - len(table)])
    return table[:TABLE_SIZE]


def even_table(make: Callable[[], str], different: int) -> list[str]:
    """`different` made entries, repeated up to `TABLE_SIZE`."""
    made = [make() for _ in range(different)]
    return [made[at % different] for at in range(TABLE_SIZE)]


class Vocabulary(NamedTuple):
    """One table for each part of speech that a sentence can ask for."""

    noun: list[str]
    nouns: list[str]
    verb: list[str]
    verbs: list[str]
    past: list[str]
    gerund: list[str]
    adjective: list[str]
    adverb: list[str]
    name: list[str]
    code: list[str]
    amount: list[str]
    strong: list[str]


def inline_code(dice: Dice, nouns: list[str], verbs: list[str]) -> str:
    """A short piece of code as it stands in running text."""
    noun, other, verb = (pick.replace("-", "_") for pick in (dice.pick(nouns), dice.pick(nouns), dice.pick(verbs)))
    forms = (
        f"`{verb}_{noun}()`", f"`{noun}.{other}`", f"`--{noun}-{other}`", f"`{noun.title()}{other.title()}`".replace("_", ""),
        f"`{noun}/{other}.toml`", f"`{noun.upper()}_{other.upper()}`", f"`{verb} --{noun}={dice.below(512)}`",
    )
    return dice.pick(forms)


def amount(dice: Dice) -> str:
    """A number with its unit."""
    units = ("ms", "MB", "requests a second", "minutes", "days", "%", "rows", "documents", "kB", "hours", "people")
    return f"{dice.between(2, 950)} {dice.pick(units)}"


def proper_name(dice: Dice) -> str:
    """The name of a product or system."""
    return (syllables(dice, 1) + dice.pick(("", "", "a", "o", "io", "eon", "is", "ix"))).capitalize()


def build_vocabulary() -> Vocabulary:
    """The vocabulary that all documents of all seeds share."""
    dice = Dice("vocabulary")
    nouns = grown(dice, NOUNS, NOUN_PREFIXES, NOUN_ENDINGS, 6_000)
    verbs = grown(dice, VERBS, VERB_PREFIXES, VERB_ENDINGS, 1_000)
    adjectives = grown(dice, ADJECTIVES, ADJECTIVE_PREFIXES, ADJECTIVE_ENDINGS, 2_500)
    noun_table, verb_table = zipf_table(nouns), zipf_table(verbs)
    return Vocabulary(
        noun=noun_table,
        nouns=zipf_table(list(map(plural, nouns))),
        verb=verb_table,
        verbs=zipf_table(list(map(third_person, verbs))),
        past=zipf_table(list(map(past, verbs))),
        gerund=zipf_table(list(map(gerund, verbs))),
        adjective=zipf_table(adjectives),
        adverb=zipf_table(ADVERBS.split()),
        name=zipf_table([proper_name(dice) for _ in range(2_000)]),
        code=even_table(lambda: inline_code(dice, noun_table, verb_table), 30_000),
        amount=even_table(lambda: amount(dice), 6_000),
        strong=even_table(lambda: f"**{dice.pick(adjectives[:200])} {dice.pick(nouns[:400])}**", 8_000),
    )


VOCABULARY = build_vocabulary()
