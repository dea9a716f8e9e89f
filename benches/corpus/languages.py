"""Code in many languages that looks written by a person and never comes twice.

The shapes of each language stand in `code/LANGUAGE.txt`: items and statements, separated by lines
that begin with `===`. A place is a letter between single guillemets, with a number where it
must stand for the same thing again within one shape:

    x  snake_case name    X  PascalCase name    y  camelCase name    z  kebab-case name    K  CONSTANT
    n  whole number       d  one digit, not 0   f  decimal number    h  hexadecimal digits (six)
    p  a phrase           c  one letter         S4 statements, indented by four spaces    T1  ... by one tab
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from .dice import Dice
from .words import TABLE_SIZE, VOCABULARY

FOLDER = Path(__file__).parent / "code"
PLACE = re.compile("‹([A-Za-z])([0-9]?)›")
SNIPPET = 130
"""Bytes below which a block is a statement or two instead of a whole item."""

WHOLE = {"json"}
"""Languages in which a block is one item, made longer by more statements."""

FREQUENT = ("rust", "python", "javascript", "typescript", "go", "sql", "bash", "yaml", "json")
"""Languages that come three times as often as the others."""


class Shape(NamedTuple):
    """Text between places, and the places: their letter, and their number or nothing."""

    texts: list[str]
    places: list[tuple[str, str]]

    @classmethod
    def parse(cls, source: str) -> Shape:
        """Takes an item or a statement apart."""
        parts = PLACE.split(source)
        return cls(parts[0::3], list(zip(parts[1::3], parts[2::3])))


class Language(NamedTuple):
    """The name after the fence, and the shapes."""

    name: str
    items: list[Shape]
    statements: list[Shape]


def load(path: Path) -> Language:
    """One language from its file of shapes."""
    shapes: dict[str, list[Shape]] = {"item": [], "statement": []}
    for chunk in re.split("(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
        role, _, body = chunk.partition("\n")
        shapes[role].append(Shape.parse(body.rstrip("\n")))
    return Language(path.stem, shapes["item"], shapes["statement"])


LANGUAGES = [load(path) for path in sorted(FOLDER.glob("*.txt"))]
CHOICES = [language for language in LANGUAGES for _ in range(3 if language.name in FREQUENT else 1)]
NAME_PARTS = [word.split("-")[0] for word in VOCABULARY.noun]
VERB_PARTS = VOCABULARY.verb


def name_words(dice: Dice) -> list[str]:
    """Two or three words of a name: never one, which could be a keyword."""
    words = [NAME_PARTS[dice.below(TABLE_SIZE)], NAME_PARTS[dice.below(TABLE_SIZE)]]
    return [VERB_PARTS[dice.below(TABLE_SIZE)], *words] if dice.chance(0.25) else words


def phrase(dice: Dice) -> str:
    """Some words without anything that a language would have to escape."""
    table = VOCABULARY
    words = (table.gerund, table.adjective, table.nouns, table.adverb, table.adjective, table.noun)
    return " ".join(kind[dice.below(TABLE_SIZE)] for kind in words[: dice.between(3, 6)])


def filling(dice: Dice, letter: str) -> str:
    """What stands at a place of this letter."""
    if letter in "xyzXK":
        words = name_words(dice)
        if letter == "x":
            return "_".join(words)
        if letter == "z":
            return "-".join(words)
        if letter == "K":
            return "_".join(words).upper()
        joined = "".join(word.capitalize() for word in words)
        return joined if letter == "X" else joined[0].lower() + joined[1:]
    if letter == "p":
        return phrase(dice)
    if letter == "n":
        return str(dice.between(10, 4_000))
    if letter == "d":
        return str(dice.between(1, 9))
    if letter == "f":
        return f"{dice.below(90)}.{dice.between(1, 999)}"
    if letter == "h":
        return f"{dice.below(1 << 24):06x}"
    return "abcdefgh"[dice.below(8)]


def statements(dice: Dice, language: Language, indent: str, count: int) -> str:
    """`count` statements, each line indented."""
    separator = ",\n" if language.name in WHOLE else "\n"
    text = separator.join(fill(dice, language, dice.pick(language.statements), 0) for _ in range(count))
    return "\n".join(indent + line for line in text.split("\n"))


def fill(dice: Dice, language: Language, shape: Shape, count: int) -> str:
    """The shape with its places filled; `count` statements where it asks for them."""
    named: dict[tuple[str, str], str] = {}
    parts = [shape.texts[0]]
    for place, text in zip(shape.places, shape.texts[1:]):
        letter, number = place
        if letter in "ST":
            parts.append(statements(dice, language, (" " if letter == "S" else "\t") * int(number), count))
        elif number:
            if place not in named:
                named[place] = filling(dice, letter)
            parts.append(named[place])
        else:
            parts.append(filling(dice, letter))
        parts.append(text)
    return "".join(parts)


def block(dice: Dice, size: int) -> tuple[str, str]:
    """A language and about `size` bytes of it: as many items as that takes."""
    language = dice.pick(CHOICES)
    if language.name in WHOLE:
        count = max(1, size // 70)
        return language.name, fill(dice, language, dice.pick(language.items), count)
    if size < SNIPPET and language.statements:
        return language.name, statements(dice, language, "", max(1, size // 60))
    items: list[str] = []
    length = 0
    while not items or length + SNIPPET // 2 < size:
        wanted = max(1, min(6, (size - length) // 120))
        items.append(fill(dice, language, dice.pick(language.items), dice.between(1, wanted)))
        length += len(items[-1]) + 2
    return language.name, "\n\n".join(items)
