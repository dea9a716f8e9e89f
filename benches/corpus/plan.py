"""What a document will be, before it is written: path, size, title and headings.

The plan depends on the seed and the index alone, so that any document can name the title and
an anchor of any other without reading it.
"""

from __future__ import annotations

import os.path
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from . import prose
from .dice import Dice
from .words import ADJECTIVES, NOUNS, TEAMS

MEAN_BYTES = 11_000

SIZES = ((0.0, 0.05), (0.05, 0.1), (0.1, 0.17), (0.25, 0.34), (0.5, 0.63), (0.75, 1.1), (0.9, 1.9), (0.95, 2.75), (0.99, 5.3), (1.0, 10.5))
"""Sizes as shares of the mean: the quantiles of a large public collection of proposals."""

KINDS = ("decision", "spec", "update", "guide", "decision", "spec", "update", "decision", "spec", "guide")
"""The kind of each document of ten: three decisions, three specs, two updates, two pages of the guide."""

FIXED_HEADINGS = {
    "decision": ("Context", "Considered options", "Decision", "Consequences"),
    "spec": ("Motivation", "Goals", "Non-goals", "Design", "Rollout", "Open questions"),
    "update": ("Wins", "Blockers", "Decisions", "What's next?"),
    "guide": ("Before you start", "Troubleshooting"),
}

TOPICS = ("getting-started", "operations", "writing", "reviews", "people", "tools", "security", "releases")


@dataclass(frozen=True)
class Heading:
    """A heading below the title."""

    level: int
    text: str

    @property
    def anchor(self) -> str:
        """The id that GitHub gives it, in a document where no other heading has these words."""
        kept = (letter for letter in self.text.lower() if letter.isalnum() or letter in " -_")
        return "".join(kept).replace(" ", "-")


@dataclass(frozen=True)
class Plan:
    """All that other documents may know of one."""

    index: int
    kind: str
    ordinal: int
    path: str
    title: str
    day: date
    size: int
    headings: tuple[Heading, ...]

    def link_to(self, other: Plan, anchor: str) -> str:
        """The relative Markdown path from this document to a place in another."""
        path = os.path.relpath(other.path, os.path.dirname(self.path)).replace(os.sep, "/")
        return f"{path}#{anchor}" if anchor else path


def ordinal_of(index: int) -> int:
    """How many documents of the same kind come before this one."""
    tens, rest = divmod(index, len(KINDS))
    kind = KINDS[rest]
    return tens * KINDS.count(kind) + KINDS[:rest].count(kind)


def day_of(kind: str, ordinal: int, dice: Dice) -> date:
    """The date: updates come week by week, anything else within fifteen years."""
    if kind == "update":
        return date(2010, 1, 8) + timedelta(weeks=ordinal // len(TEAMS))
    return date(2010, 1, 1) + timedelta(days=dice.below(5_400))


def file_name(title: str) -> str:
    """The title as the name of a file."""
    return Heading(1, title).anchor


def title_and_path(kind: str, ordinal: int, day: date, dice: Dice) -> tuple[str, str]:
    """The title, and the path below the content root."""
    if kind == "update":
        team = TEAMS[ordinal % len(TEAMS)]
        return f"{team.capitalize()}, week of {day:%d.%m.%Y}", f"updates/{day.isoformat()}-{team}.md"
    title = prose.title(dice)
    name = f"{ordinal + 1:04}-{file_name(title)}.md"
    if kind == "guide":
        return title, f"guide/{dice.pick(TOPICS)}/{name}"
    return title, f"{kind}s/{name}"


def headings_of(kind: str, size: int, dice: Dice) -> tuple[Heading, ...]:
    """The fixed headings of the kind, with made-up ones below some of them: about one for each 900 bytes."""
    fixed = FIXED_HEADINGS[kind]
    spare = max(0, size // 900 - len(fixed))
    below = [0] * len(fixed)
    for _ in range(spare):
        below[min(dice.below(len(fixed)), dice.below(len(fixed)) + 1)] += 1
    taken = set(fixed)
    headings: list[Heading] = []
    for text, count in zip(fixed, below):
        headings.append(Heading(2, text))
        headings += [Heading(4 if kind == "spec" and dice.chance(0.2) and at else 3, fresh(dice, taken)) for at in range(count)]
    return tuple(headings)


def fresh(dice: Dice, taken: set[str]) -> str:
    """A heading that the document does not have yet."""
    text = prose.heading(dice)
    while text in taken:
        text = f"{prose.heading(dice)} {dice.pick(ADJECTIVES.split())} {dice.pick(NOUNS.split())}"
    taken.add(text)
    return text


@lru_cache(maxsize=4_096)
def plan(seed: int, index: int) -> Plan:
    """The plan of the document `index` of the corpus `seed`."""
    dice = Dice(seed, index, "plan")
    kind = KINDS[index % len(KINDS)]
    ordinal = ordinal_of(index)
    size = int(MEAN_BYTES * dice.along(SIZES))
    day = day_of(kind, ordinal, dice)
    title, path = title_and_path(kind, ordinal, day, dice)
    return Plan(index, kind, ordinal, path, title, day, size, headings_of(kind, size, dice))
