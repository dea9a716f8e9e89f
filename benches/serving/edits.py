"""The edits that are made while the site is served: which document, what becomes of it, and where it must show.

Documents are drawn by the seed alone. Every edit has a word of its own that no document has, so that a page tells
which edits it shows.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from corpus.dice import Dice
from documents import Corpus, split_front_matter
from measure import stop

KINDS = ("paragraph", "title", "new", "status", "removed", "style")
NAMES = {
    "paragraph": "a paragraph",
    "title": "a title that another page shows",
    "new": "a new document",
    "status": "a status",
    "removed": "a removed document",
    "style": "a style",
}
VOCABULARIES = (("proposed", "accepted", "rejected", "deprecated"), ("draft", "review", "final", "stagnant"))
"""Statuses that follow one another in a circle. None of them asks for another key, as `superseded` and `last call` do."""
DECISIONS = ("decisions", "adr")
STYLE = PurePosixPath("theme/css/zz-bench.css")
TITLE = re.compile(r"^title:.*$", re.M)
STATUS = re.compile(r"^status:[ \t]*([A-Za-z]+)[ \t]*$", re.M)
HEADING = re.compile(r"\A\s*#[ \t].*$", re.M)
LINK = re.compile(r"\]\((?:\./)?([^\s()#:]+\.md)(?=[#)])")
PARAGRAPH = re.compile(r"\n\n([A-Z][a-z]+ [^\n<>|]{60,}\.)\n\n")
FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.M)


class Look(NamedTuple):
    """What a reader must see after the edit: at `address`, `word` more often than before.

    `among` says where: in the `page`, in the `styles` that it loads; with `gone` the page must not be there any more.
    """

    address: str
    word: str = ""
    among: str = "page"


class Edit(NamedTuple):
    """One edit: the file gets this text, or is removed where there is none."""

    kind: str
    path: PurePosixPath
    text: str | None
    looks: tuple[Look, ...]


def with_paragraph(text: str, word: str) -> str | None:
    """The text with one word more at the end of its first plain paragraph, which no HTML and no code may come before."""
    front, body = split_front_matter(text)
    found = PARAGRAPH.search(body)
    if not found or FENCE.search(body, 0, found.start()) or "<" in body[: found.start()]:
        return None
    return front + body[: found.end(1)] + f" {word.capitalize()}." + body[found.end(1):]


def with_title(text: str, title: str) -> str | None:
    """The text with another title: that of the front matter, and the heading that repeats it."""
    front, body = split_front_matter(text)
    front, titles = TITLE.subn(lambda _: f"title: {json.dumps(title)}", front, count=1)
    body, headings = HEADING.subn(lambda _: f"\n# {title}", body, count=1)
    return front + body if titles or headings else None


def with_status(text: str) -> tuple[str, str] | None:
    """The text with the next status of its vocabulary, and that status."""
    front, body = split_front_matter(text)
    found = STATUS.search(front)
    circle = next((names for names in VOCABULARIES if found and found[1].lower() in names), None)
    if not found or not circle:
        return None
    status = circle[(circle.index(found[1].lower()) + 1) % len(circle)]
    status = status.capitalize() if found[1][0].isupper() else status
    return front[: found.start(1)] + status + front[found.end(1):] + body, status


def links_of(path: PurePosixPath, text: str) -> Iterator[PurePosixPath]:
    """The Markdown files that the document links to, whether they exist or not."""
    for found in LINK.finditer(text):
        yield PurePosixPath(posixpath.normpath(posixpath.join(path.parent, found[1])))


@dataclass
class Plan:
    """Draws one edit after the other. No document is edited twice."""

    corpus: Corpus
    page: Callable[[PurePosixPath], str]
    seed: int
    made: int = 0
    added: list[PurePosixPath] = field(default_factory=list)

    def __post_init__(self) -> None:
        dice = Dice(self.seed, "edits")
        paths = [source.path for source in self.corpus.sources]
        self.known = set(paths)
        self.left = sorted(paths, key=lambda _: dice.random())
        self.linked = {link for path in paths for link in links_of(path, self.read(path))}
        self.alone = [path for path in self.left if path not in self.linked]

    def read(self, path: PurePosixPath) -> str:
        """The document as it was at the beginning."""
        return (self.corpus.folder / path).read_text(encoding="utf-8", errors="replace")

    def address(self, path: PurePosixPath) -> str:
        """Where the document is served."""
        return "/" + self.page(path).removesuffix("index.html")

    def next(self, kind: str) -> Edit:
        """An edit of this kind."""
        self.made += 1
        word = f"edit{self.made:05}"
        if kind == "style":
            return Edit(kind, STYLE, f".{word} {{ color: inherit }}\n", (Look("/", word, "styles"),))
        if kind == "removed":
            return self.removal()
        for path in self.left:
            edit = getattr(self, kind)(path, self.read(path), word)
            if edit:
                self.left.remove(path)
                return edit
        stop(f"no document is left for an edit of this kind: {NAMES[kind]}. Take fewer (--edits), or other kinds (--kinds)")

    def paragraph(self, path: PurePosixPath, text: str, word: str) -> Edit | None:
        """A word more in a paragraph."""
        changed = with_paragraph(text, word)
        return Edit("paragraph", path, changed, (Look(self.address(path), word.capitalize()),)) if changed else None

    def title(self, path: PurePosixPath, text: str, word: str) -> Edit | None:
        """Another title, which a page that the document links to shows."""
        others = [link for link in links_of(path, text) if link in self.known and link != path]
        changed = with_title(text, f"Another title {word}") if others else None
        return Edit("title", path, changed, (Look(self.address(path), word), Look(self.address(others[0]), word))) if changed else None

    def status(self, path: PurePosixPath, text: str, _: str) -> Edit | None:
        """Another status of a decision; of any document where no folder is named as one of decisions."""
        of_decisions = any(other.parts[0] in DECISIONS for other in self.known)
        changed = with_status(text) if not of_decisions or path.parts[0] in DECISIONS else None
        return Edit("status", path, changed[0], (Look(self.address(path), changed[1]),)) if changed else None

    def new(self, path: PurePosixPath, text: str, word: str) -> Edit | None:
        """A document beside another one, with its text and a title of its own."""
        changed = with_title(text, f"A new document {word}")
        if not changed:
            return None
        added = path.with_name(f"{word}.md")
        self.added.append(added)
        return Edit("new", added, changed, (Look(self.address(added), word),))

    def removal(self) -> Edit:
        """A document that no other links to is removed; where there is none, one that came in this run."""
        path = next((path for path in self.alone if path in self.left), None)
        if path:
            self.left.remove(path)
            self.known.remove(path)
        elif self.added:
            path = self.added.pop(0)
        else:
            stop("there is no document to remove: all are linked to, and none was added. Name --kinds new removed")
        return Edit("removed", path, None, (Look(self.address(path), among="gone"),))


def interleaved(kinds: Sequence[str], edits: int) -> Iterator[str]:
    """The kinds in turns."""
    return (kind for _ in range(edits) for kind in kinds)
