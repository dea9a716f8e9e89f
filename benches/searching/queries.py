"""Drawing queries from documents: the same ones for the same documents and seed, on any machine."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import NamedTuple

from searching.sections import Document, Section

WORD = re.compile(r"(?<![\w.@/-])[^\W\d_]{3,}(?![\w@/-]|\.\w)")
"""Letters only, and nothing that stands in an identifier, an address or a compound."""

VOWEL = re.compile(r"[aeiouy]")
HEXADECIMAL = re.compile(r"[a-f]{6,}")
STOP_WORDS = frozenset(
    "the and for are with from that this not but its can may how what when why which who into your our their has have "
    "was were will all any one two out use via per than then them they there these those does about".split()
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
RARE = 0.05
"""A rare word stands in at most this share of the documents."""

COMMON = (0.01, 0.10)
"""A common word stands in more than the first, at most the second share of them: only together do such words say much."""

TRIES = 500
"""Sections that are tried for one query before the next way has its turn; when none of them gives one, that was all."""

CLEAR = 5
"""A query of headings and titles is drawn when at most so many documents have all its words in those."""

DISTINCTIVE = ("rarest", "weightiest", "some rare")
"""What "distinctive" may mean; the queries take turns."""

KINDS: dict[str, Sequence[str]] = {
    "section": DISTINCTIVE,
    "heading": ("1 + 1", "1 + 2", "2 + 1", "2 + 2"),
    "misspelt": DISTINCTIVE,
    "common": ("common",),
}
"""The kinds of queries, and the ways in which those of each kind are drawn, in turns."""

USUAL = ("section", "heading", "misspelt")
"""The kinds that are drawn unless others are asked for."""


class Query(NamedTuple):
    """A query and where it was drawn from: `document` and `section` count from 0. `way` says how its words were chosen."""

    kind: str
    way: str
    text: str
    document: int
    section: int


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, as often as they occur; words in mixed case are identifiers, and left out."""
    found = (match.group() for match in WORD.finditer(text))
    return [word.lower() for word in found if word[1:].islower() or word.isupper()]


class Vocabulary:
    """In how many documents each word stands, how often in all of them, and which name it in their title or a heading."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents: Counter[str] = Counter()
        self.uses: Counter[str] = Counter()
        self.named: dict[str, set[int]] = {}
        self.count = len(documents)
        for at, document in enumerate(documents):
            words = Counter(words_of("\n".join([document.title, *(part for section in document.sections for part in section)])))
            self.documents.update(words.keys())
            self.uses.update(words)
            for word in words_of("\n".join([document.title, *(section.heading for section in document.sections)])):
                self.named.setdefault(word, set()).add(at)

    def is_fit(self, word: str) -> bool:
        """No junk: at least 4 letters, used more than once, sayable, no hexadecimal number."""
        sayable = not word.isascii() or VOWEL.search(word)
        return 4 <= len(word) <= 20 and self.uses[word] > 1 and bool(sayable) and not HEXADECIMAL.fullmatch(word)

    def is_rare(self, word: str) -> bool:
        """Whether few documents have it."""
        return self.documents[word] <= max(3, RARE * self.count)

    def is_common(self, word: str) -> bool:
        """Whether a fair number of documents has it."""
        least, most = COMMON
        return least < self.documents[word] / self.count <= most

    def weight(self, word: str) -> float:
        """How much it says of a document that has it."""
        return math.log(self.count / self.documents[word]) if self.documents[word] else 0.0

    def is_clear(self, words: Sequence[str]) -> bool:
        """Whether so few documents name all the words that the first hits can hold them."""
        return len(set.intersection(*(self.named.get(word, set()) for word in words))) <= CLEAR


def rarest(words: Counter[str], vocabulary: Vocabulary, random: Random) -> list[str]:
    """The three that the fewest documents have."""
    return sorted(shuffled(words, random), key=lambda word: vocabulary.documents[word])[:3]


def weightiest(words: Counter[str], vocabulary: Vocabulary, random: Random) -> list[str]:
    """The three that say the most: often here, rare elsewhere."""
    return sorted(shuffled(words, random), key=lambda word: -words[word] * vocabulary.weight(word))[:3]


def some_rare(words: Counter[str], vocabulary: Vocabulary, random: Random) -> list[str]:
    """Any three that few documents have."""
    return shuffled((word for word in words if vocabulary.is_rare(word)), random)[:3]


def some_common(words: Counter[str], vocabulary: Vocabulary, random: Random) -> list[str]:
    """Any three that are neither rare nor everywhere."""
    return shuffled((word for word in words if vocabulary.is_common(word)), random)[:3]


CHOOSE: dict[str, Callable[[Counter[str], Vocabulary, Random], list[str]]] = {
    "rarest": rarest,
    "weightiest": weightiest,
    "some rare": some_rare,
    "common": some_common,
}


def shuffled(words: Iterable[str], random: Random) -> list[str]:
    """The words in an order that depends on the seed alone."""
    ordered = sorted(words)
    random.shuffle(ordered)
    return ordered


def three_words(section: Section, way: str, vocabulary: Vocabulary, random: Random) -> list[str]:
    """Three words of a section's text, fewer where it has no more that are fit."""
    words = Counter(word for word in words_of(section.text) if vocabulary.is_fit(word))
    found = CHOOSE[way](words, vocabulary, random)
    if way in DISTINCTIVE:
        found = [word for word in found if vocabulary.is_rare(word)]
    return shuffled(found, random)


def titled(section: Section, title: str, way: str, vocabulary: Vocabulary, random: Random) -> list[str]:
    """Words of the heading and others of the title, as many of each as the way says."""
    of_heading = pick(words_of(section.heading), int(way[0]), random)
    of_title = pick([word for word in words_of(title) if word not in of_heading], int(way[-1]), random)
    words = of_heading + of_title
    return words if of_heading and of_title and vocabulary.is_clear(words) else []


def pick(words: Sequence[str], number: int, random: Random) -> list[str]:
    """So many of the words, in their order, such as say something. None when there are fewer."""
    fit = list(dict.fromkeys(word for word in words if word not in STOP_WORDS))
    if len(fit) < number:
        return []
    some = random.sample(fit, number)
    return [word for word in fit if word in some]


def misspell(word: str, random: Random) -> str:
    """One edit at a random place: a letter less, one more, another one, or two that changed places."""
    at = random.randrange(len(word))
    letter = random.choice(LETTERS)
    edit = random.randrange(4)
    if edit == 0:
        return word[:at] + word[at + 1:]
    if edit == 1:
        return word[:at] + letter + word[at:]
    if edit == 2:
        return word[:at] + letter + word[at + 1:]
    at = random.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2:]


def with_misspelling(words: list[str], vocabulary: Vocabulary, random: Random) -> list[str]:
    """The words, one of at least five letters misspelt so that no document has it. Empty where none is so long."""
    long = [word for word in words if len(word) >= 5]
    if not long:
        return []
    right = random.choice(long)
    wrong = misspell(right, random)
    while wrong == right or vocabulary.documents[wrong]:
        wrong = misspell(right, random)
    return [wrong if word == right else word for word in words]


class Drawing:
    """Draws queries of one kind. `is_there` says whether a section has an address to expect."""

    def __init__(self, documents: Sequence[Document], is_there: Callable[[int, int], bool], seed: int) -> None:
        self.documents = documents
        self.is_there = is_there
        self.seed = seed
        self.vocabulary = Vocabulary(documents)

    def draw(self, kind: str, number: int) -> list[Query]:
        """So many queries, or fewer when the documents give no more; each from another section."""
        random = Random(f"{self.seed} {kind}")
        queries: dict[tuple[int, int], Query] = {}
        turn = tried = 0
        while len(queries) < number and tried < TRIES * len(KINDS[kind]):
            query = self.one(kind, KINDS[kind][turn % len(KINDS[kind])], random)
            tried += 1
            if query and (query.document, query.section) not in queries:
                queries[query.document, query.section] = query
                turn, tried = turn + 1, 0
            elif tried % TRIES == 0:
                turn += 1
        return list(queries.values())

    def one(self, kind: str, way: str, random: Random) -> Query | None:
        """A query from any section of any document, unless that section is not fit for one."""
        at = random.randrange(len(self.documents))
        document = self.documents[at]
        part = random.randrange(len(document.sections))
        words = self.words(kind, way, document, document.sections[part], random)
        if not words or not self.is_there(at, part):
            return None
        return Query(kind, way, " ".join(words), at, part)

    def words(self, kind: str, way: str, document: Document, section: Section, random: Random) -> list[str]:
        """The words of a query, or none."""
        if kind == "heading":
            return titled(section, document.title, way, self.vocabulary, random)
        words = three_words(section, way, self.vocabulary, random)
        if len(words) < 3:
            return []
        return with_misspelling(words, self.vocabulary, random) if kind == "misspelt" else words
