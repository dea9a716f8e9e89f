"""Sentences and paragraphs: a small grammar over the vocabulary.

A template names parts of speech in braces; it is taken apart once, so that a sentence costs one
look-up for each of its words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .dice import Dice
from .words import TABLE_SIZE, VOCABULARY

CLAUSES = """
the {noun} {verbs} the {adjective} {noun}
each {noun} {verbs} its {nouns} {adverb}
we {verb} the {noun} before the {nouns} {verb} it
{nouns} that {verb} the {noun} are {past} {adverb}
the {adjective} {noun} of {name} {verbs} every {noun} within {amount}
nobody {verbs} the {noun} of the {noun} when {nouns} {verb}
{code} {verbs} the {noun} and {verbs} {adjective} {nouns}
the {noun} was {past} after {amount}, and {nouns} have been {adjective} since
{gerund} {nouns} is {adjective}, but {gerund} the {noun} is not
what {name} {verbs} as {noun} we {verb} as {noun}
the {nouns} of this {noun} {verb} {adverb}, so the {noun} stays {adjective}
{name} and {name} {verb} the same {noun} from {adjective} {nouns}
at {amount} the {noun} {verbs} more {nouns} than the {noun} {verbs}
one {adjective} {noun} in the {noun} {verbs} {strong} for all {nouns}
people who {verb} {nouns} {adverb} want to {verb} the {noun} first
the {noun} {verbs} {code} where the {adjective} {noun} expects {code}
our {nouns} {verb} {nouns} by {gerund} the {noun} {adverb}
there are {adjective} {nouns} for {gerund} the {noun}, and {name} {verbs} most of them
the {noun} must not {verb} {nouns} that {verb} {adjective} {nouns}
this {verbs} the {noun}, the {noun} and the {adjective} {noun} {adverb}
with {code} the {noun} {verbs} {nouns} at {amount}
{strong} means that the {noun} {verbs} the {noun} {adverb}
""".strip().splitlines()

OPENERS = """
because of this, ~
for the {noun}, ~
in the {adjective} case, ~
since {amount} of {nouns} were {past}, ~
as {name} showed, ~
until the {noun} {verbs}, ~
when {nouns} {verb}, ~
*usually* ~
on {name}, ~
""".strip().splitlines()

ENDINGS = """
~, which {verbs} the {noun}
~ - a {noun} we {verb} {adverb}
~ ("{gerund} the {noun}")
~, not {adjective} {nouns}
~; the {noun} {verbs} {nouns}
~ without {gerund} the {noun}
~ if {nouns} {verb} it
~ and {verb} {nouns} through {code}
""".strip().splitlines()

HEADINGS = """
{adjective} {nouns}
{gerund} the {noun}
why the {noun} {verbs} {nouns}
what happens when {nouns} {verb}?
{name}: {nouns} and {nouns}
the {adjective} {noun}
{nouns} of the {noun}
how to {verb} {adjective} {nouns}
{gerund} {nouns} with {name}
""".strip().splitlines()

TITLES = """
{verb} the {adjective} {noun} with {name}
{gerund} {nouns} for {adjective} {nouns}
{adjective} {noun} of {name}
{name} {verbs} our {nouns}
{nouns} and {nouns} in the {noun}
""".strip().splitlines()

ITEMS = """
{verb} the {noun} of {name}
**{noun}**: {nouns} that {verb} {adverb}
{code} {verbs} the {adjective} {noun}
{adjective} {nouns}, {past} by {name}
the {noun} {verbs} after {amount}
no {noun} {verbs} {nouns} {adverb}
""".strip().splitlines()

CELLS = """
{noun}
{amount}
{adjective} {noun}
{code}
{past} {adverb}
{name}
""".strip().splitlines()


class Template(NamedTuple):
    """A format string and the tables its places are filled from."""

    text: str
    tables: tuple[list[str], ...]

    @classmethod
    def parse(cls, source: str) -> Template:
        """Takes `the {noun} of {name}` apart."""
        tables = tuple(getattr(VOCABULARY, slot) for slot in re.findall(r"\{(\w+)\}", source))
        return cls(re.sub(r"\{\w+\}", "%s", source.replace("%", "%%")), tables)

    def fill(self, dice: Dice) -> str:
        """The template with words drawn for each place."""
        random = dice.random
        return self.text % tuple([table[int(random() * TABLE_SIZE)] for table in self.tables])


def parse_all(sources: list[str]) -> list[Template]:
    """One template for each line."""
    return [Template.parse(source) for source in sources]


def sentence_shapes() -> list[Template]:
    """Each clause alone (three times as likely), with each opener, and with each ending."""
    plain = CLAUSES * len(OPENERS + ENDINGS) * 3
    framed = [frame.replace("~", clause) for frame in OPENERS + ENDINGS for clause in CLAUSES]
    return parse_all([*plain, *framed])


SENTENCES = sentence_shapes()
HEADING_SHAPES = parse_all(HEADINGS)
TITLE_SHAPES = parse_all(TITLES)
ITEM_SHAPES = parse_all(ITEMS)
CELL_SHAPES = parse_all(CELLS)


def capitalised(text: str) -> str:
    """The text with its first letter, and no other, made a capital."""
    return text[:1].upper() + text[1:]


def sentence(dice: Dice) -> str:
    """One sentence with its full stop."""
    return capitalised(dice.pick(SENTENCES).fill(dice)) + "."


def sentences(dice: Dice, low: int, high: int) -> list[str]:
    """From `low` to `high` sentences."""
    return [sentence(dice) for _ in range(dice.between(low, high))]


def heading(dice: Dice) -> str:
    """The words of a heading."""
    return capitalised(dice.pick(HEADING_SHAPES).fill(dice))


def title(dice: Dice) -> str:
    """The title of a document."""
    return capitalised(dice.pick(TITLE_SHAPES).fill(dice))


def item(dice: Dice) -> str:
    """One entry of a list."""
    return capitalised(dice.pick(ITEM_SHAPES).fill(dice))


def cell(dice: Dice) -> str:
    """One cell of a table."""
    return dice.pick(CELL_SHAPES).fill(dice)
