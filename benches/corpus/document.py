"""One document, written from its plan: front matter, then sections of prose, lists, tables and code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from . import prose
from .dice import Dice
from .languages import block
from .plan import Heading, Plan, plan
from .words import FAMILY_NAMES, GIVEN_NAMES, TAGS, VOCABULARY

STATUSES = ("accepted",) * 6 + ("proposed", "rejected", "deprecated", "deferred")
BLOCK_SIZES = ((0.0, 20.0), (0.25, 98.0), (0.5, 206.0), (0.8, 653.0), (0.95, 1_962.0), (0.99, 5_100.0), (1.0, 14_000.0))
"""Bytes of a code block: the quantiles of the same collection. Most are a few lines, a few fill several screens."""


@dataclass(frozen=True)
class Document:
    """The text of a document, and how many bytes of it are code."""

    path: str
    text: str
    code_bytes: int


@dataclass
class Draft:
    """A document while it is written. Blocks are separated by empty lines when it is done."""

    plan: Plan
    seed: int
    dice: Dice
    blocks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    length: int = 0
    code: int = 0

    def add(self, text: str) -> None:
        """Appends a block."""
        self.blocks.append(text)
        self.length += len(text) + 2


def write(seed: int, index: int, code_share: float) -> Document:
    """The document `index` of the corpus `seed`, with code as `code_share` of its bytes on average."""
    draft = Draft(plan(seed, index), seed, Dice(seed, index, "text"))
    draft.add(front_matter(draft))
    draft.add(f"# {draft.plan.title}")
    code_left = int(draft.plan.size * code_share * code_factor(draft.dice, code_share))
    sections: list[Heading | None] = [None, *draft.plan.headings]
    for at, heading in enumerate(sections):
        left = len(sections) - at
        code_left = write_section(draft, heading, (draft.plan.size - draft.length - code_left) // left, code_left, left)
    for number, note in enumerate(draft.notes, start=1):
        draft.add(f"[^{number}]: {note}")
    return Document(draft.plan.path, "\n\n".join(draft.blocks) + "\n", draft.code)


def code_factor(dice: Dice, code_share: float) -> float:
    """How much more or less code than the average this document has: one third have none while that is possible."""
    if code_share <= 0.25:
        return 0.0 if dice.chance(1 / 3) else 3.0 * dice.random()
    spread = min(1.0, 0.95 / code_share - 1.0)
    return 1.0 + spread * (2.0 * dice.random() - 1.0)


def front_matter(draft: Draft) -> str:
    """The YAML block that opens the document."""
    dice, own = draft.dice, draft.plan
    authors = {f"{dice.pick(GIVEN_NAMES)} {dice.pick(FAMILY_NAMES)}": None for _ in range(dice.between(1, 3))}
    tags = dice.sample(TAGS[: dice.between(6, len(TAGS))], dice.between(1, 4))
    lines = [f"title: {json.dumps(own.title, ensure_ascii=False)}"]
    if own.kind in ("decision", "spec"):
        lines.append(f"status: {dice.pick(STATUSES)}")
    lines += [f"date: {own.day.isoformat()}", "authors:", *(f"  - {json.dumps(name, ensure_ascii=False)}" for name in authors)]
    lines += [f"tags: [{', '.join(tags)}]", f"description: {json.dumps(prose.sentence(dice), ensure_ascii=False)}"]
    return "\n".join(["---", *lines, "---"])


def write_section(draft: Draft, heading: Heading | None, prose_bytes: int, code_left: int, sections_left: int) -> int:
    """One section with about `prose_bytes` of prose, and its part of the code. Returns the code still to write."""
    if heading:
        draft.add(f"{'#' * heading.level} {heading.text}")
    end = draft.length + prose_bytes
    draft.add(paragraph(draft))
    last = sections_left == 1
    while code_left > 60 and (last or draft.dice.chance(min(0.9, 2.5 / sections_left))):
        size = min(code_left, int(draft.dice.along(BLOCK_SIZES)))
        code_left -= add_code(draft, size)
        if draft.length < end:
            draft.add(paragraph(draft))
    while draft.length < end:
        draft.add(draft.dice.pick(BLOCKS)(draft))
    return code_left


def add_code(draft: Draft, size: int) -> int:
    """A fenced block of about `size` bytes. Returns how many it has."""
    language, code = block(draft.dice, size)
    draft.add(f"```{language}\n{code}\n```")
    written = len(code.encode()) + 1
    draft.code += written
    return written


def paragraph(draft: Draft) -> str:
    """Sentences, at times with a link, a footnote, or each on a line of its own."""
    dice = draft.dice
    lines = prose.sentences(dice, 2, 6)
    if draft.plan.index and dice.chance(0.22):
        lines.insert(dice.below(len(lines)) + 1, linking_sentence(draft))
    if dice.chance(0.03):
        draft.notes.append(prose.sentence(dice))
        lines[-1] += f"[^{len(draft.notes)}]"
    return ("\n" if draft.plan.index % 4 == 0 else " ").join(lines)


def linking_sentence(draft: Draft) -> str:
    """A sentence that refers to an earlier document: as a whole, or to one of its sections."""
    dice, own = draft.dice, draft.plan
    near = own.index - 1 - int(dice.random() * dice.random() * min(200, own.index))
    target = plan(draft.seed, near if dice.chance(0.6) else dice.below(own.index))
    section = dice.pick(target.headings) if dice.chance(0.6) else None
    words = section.text if section else target.title
    link = f"[{words}]({own.link_to(target, section.anchor if section else '')})"
    return dice.pick(("See {} for the reasons.", "This follows from {}.", "It is what {} left open.", "Compare {}.")).format(link)


def bullets(draft: Draft) -> str:
    """A list, at times with a second level."""
    dice = draft.dice
    lines = []
    for _ in range(dice.between(3, 7)):
        lines.append(f"- {prose.item(dice)}")
        if dice.chance(0.15):
            lines += [f"  - {prose.item(dice)}", f"  - {prose.item(dice)}"]
    return "\n".join(lines)


def steps(draft: Draft) -> str:
    """A numbered list."""
    return "\n".join(f"{number}. {prose.sentence(draft.dice)}" for number in range(1, draft.dice.between(3, 7) + 1))


def tasks(draft: Draft) -> str:
    """A list of things done and to do."""
    return "\n".join(f"- [{draft.dice.pick('x ')}] {prose.item(draft.dice)}" for _ in range(draft.dice.between(3, 6)))


def table(draft: Draft) -> str:
    """A table of two to five columns."""
    dice = draft.dice
    columns = dice.between(2, 5)
    rows = [[prose.cell(dice) for _ in range(columns)] for _ in range(dice.between(3, 9))]
    head = [prose.capitalised(VOCABULARY.noun[dice.below(1_000)]) for _ in range(columns)]
    rule = [dice.pick(("---", "---", ":--", "--:")) for _ in range(columns)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


def quote(draft: Draft) -> str:
    """Something a person said, or an alert."""
    opening = draft.dice.pick(("", "", "[!NOTE]\n", "[!WARNING]\n"))
    text = opening + "\n".join(prose.sentences(draft.dice, 1, 3))
    return "\n".join(f"> {line}" for line in text.split("\n"))


BLOCKS = (paragraph,) * 10 + (bullets,) * 3 + (steps, tasks, table, quote)
"""How a section goes on: the frequent blocks stand there more often."""
