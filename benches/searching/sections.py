"""Sections of Markdown documents as a reader sees them, and their addresses on built pages.

This is a reading of its own on purpose: nothing of what the tools make of a document goes into the queries but the ids of
its headings.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.S | re.M)
TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.M)
COMMENT = re.compile(r"<!--.*?-->", re.S)
FENCE = re.compile(r"^[ \t>]*(?:[-*+] +|\d+[.)] +)*(`{3,}|~{3,})(.*)$")
HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
NO_PARAGRAPH = re.compile(r"^ {0,3}(?:[-*+>|#]|\d+[.)]|\s*$)|\|")
DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:")
BUILT_HEADING = re.compile(r"<h([1-6])\b[^>]*?\bid=(\"[^\"]*\"|'[^']*'|[^\s>]+)[^>]*>(.*?)</h\1>", re.S)

PLAINER = [
    (re.compile(r"!?\[\^[^\]]*\]"), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<?\b[a-z][a-z0-9+.-]*://[^\s>)]*>?"), " "),
    (re.compile(r"</?[a-zA-Z][^>]*>"), " "),
    (re.compile(r"[`*]"), ""),
    (re.compile(r"(?<!\w)_+|_+(?!\w)"), ""),
    (re.compile(r"\\([^\w\s])"), r"\1"),
]
"""Marks of Markdown and what stays of them: footnotes, links and images, addresses, HTML, emphasis and code, escapes."""


class Section(NamedTuple):
    """A heading, empty before the first one, and the plain text below it up to the next. Blocks of code are left out."""

    heading: str
    text: str


class Document(NamedTuple):
    """A document as drawn from: its title, which may be empty, and its sections, the text before the first heading first."""

    title: str
    sections: list[Section]


def plain(text: str) -> str:
    """The text without the marks of Markdown."""
    for mark, stays in PLAINER:
        text = mark.sub(stays, text)
    return html.unescape(text)


def read_document(text: str) -> Document:
    """Reads one Markdown file."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    front = FRONT_MATTER.match(text)
    title = TITLE.search(front.group(1)) if front else None
    sections = list(read_sections(COMMENT.sub("", text[front.end():] if front else text)))
    if title:
        return Document(title.group(1).strip("\"'"), sections)
    return Document(next((section.heading for section in sections if section.heading), ""), sections)


def read_sections(body: str) -> Iterator[Section]:
    """The sections in their order."""
    heading, lines = "", []
    for line, found in with_headings(prose_lines(body)):
        if found is None:
            lines.append(line)
        else:
            yield Section(heading, plain("\n".join(lines)))
            heading, lines = plain(found).strip(), []
    yield Section(heading, plain("\n".join(lines)))


def prose_lines(body: str) -> Iterator[str]:
    """The lines outside blocks of code and definitions of links."""
    fence = ""
    for line in body.split("\n"):
        mark = FENCE.match(line)
        if fence:
            if mark and mark.group(1).startswith(fence) and not mark.group(2).strip():
                fence = ""
        elif mark and not (mark.group(1)[0] == "`" and "`" in mark.group(2)):
            fence = mark.group(1)
        elif not DEFINITION.match(line):
            yield line


def with_headings(lines: Iterator[str]) -> Iterator[tuple[str, str | None]]:
    """Each line, and the heading that it is. A line that a line of `=` or `-` below makes a heading comes once."""
    before: str | None = None
    for line in lines:
        if before is not None and UNDERLINE.match(line) and not NO_PARAGRAPH.search(before):
            yield before, before
            before = None
            continue
        if before is not None:
            yield before, None
        heading = HEADING.match(line)
        if heading:
            yield line, heading.group(2) or ""
        before = None if heading else line
    if before is not None:
        yield before, None


def same(text: str) -> str:
    """What two readings of one heading have in common: its letters and digits."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def built_headings(page: str) -> Iterator[tuple[str, str]]:
    """Text and id of each heading of a built page that has an id."""
    for _, quoted, inner in BUILT_HEADING.findall(page):
        yield html.unescape(re.sub(r"<[^>]*>", "", inner)), html.unescape(quoted.strip("\"'"))


def anchors(document: Document, page: str) -> list[str | None]:
    """For each section the id of its heading on the page.

    "" for the text before the first heading and below the one that is the title: their address is that of the page. None where the
    page has no such heading.
    """
    built = [(same(text), anchor) for text, anchor in built_headings(page)]
    found: list[str | None] = []
    next_one = 0
    for section in document.sections:
        wanted = same(section.heading)
        at = next((n for n in range(next_one, len(built)) if built[n][0] == wanted), None) if wanted else None
        if at is not None:
            next_one = at + 1
        found.append(built[at][1] if at is not None else None if section.heading else "")
    if is_titled(document):
        found[1] = ""
    return found


def is_titled(document: Document) -> bool:
    """Whether the first heading of the document is its title once more."""
    return len(document.sections) > 1 and same(document.sections[1].heading) == same(document.title) != ""


def title_anchor(document: Document, page: str) -> str | None:
    """The id of the heading that is the title, if the page has one."""
    wanted = same(document.title)
    return next((anchor for text, anchor in built_headings(page) if same(text) == wanted), None) if is_titled(document) else None


def read_page(path: Path) -> str:
    """A built page."""
    return path.read_text(encoding="utf-8", errors="replace")
