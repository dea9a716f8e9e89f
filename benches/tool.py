"""One generator of sites, ready to run: cold builds, repeated builds, and a look at every page it wrote."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from documents import Corpus
from measure import Output, Usage, is_in_memory, one_after_the_other, output_of, run, settle, stop

PRE = re.compile(r"<pre\b.*?</pre>", re.S)
HIGHLIGHTED = re.compile(r"""<span(?! class=["']?(?:line|cl|ln|hl)["' >])""")
"""A piece of code with a class of its own; what only wraps whole lines does not count."""


PLAIN = 0.02
"""The share of pages with code that may show none of it highlighted: a grammar can know nothing of a lone statement."""


def unused(folder: Path) -> Path:
    """A name beside `folder`, hidden from every tool, that nothing has yet."""
    names = (folder.with_name(f".{folder.name.lstrip('.')}-aside-{n}") for n in count())
    return next(name for name in names if not name.exists())


class Proof(NamedTuple):
    """What a look at every page found: pages, and highlighted pieces in their code."""

    pages: int
    spans: int


@dataclass(frozen=True)
class Tool:
    """One generator, ready to build the corpus.

    `page` gives the file that a document becomes. `highlights` is false where highlighting is left to the reader's
    browser. `repeats` says whether a second, unchanged build is worth measuring. `then` are commands that run after
    `command` and belong to the build. `check` only looks for what is wrong, and says `checked` at its end.
    `indexed` counts the documents in an index that stands beside the pages.
    """

    name: str
    version: str
    command: Sequence[str | Path]
    cwd: Path
    output: Path
    caches: Sequence[Path]
    page: Callable[[PurePosixPath], str]
    environment: Mapping[str, str]
    highlights: bool = True
    repeats: bool = True
    then: Sequence[Sequence[str | Path]] = ()
    check: Sequence[str | Path] = ()
    checked: str = ""
    indexed: Callable[[], int] | None = None

    def build(self) -> tuple[Usage, Output]:
        """Builds as things are, and counts the output."""
        since = settle()
        usages = [run(command, self.cwd, self.environment) for command in (self.command, *self.then)]
        return one_after_the_other(usages), output_of(self.output, since)

    def build_cold(self) -> tuple[Usage, Output]:
        """Builds with no output and no cache.

        What an earlier build left on a disk is moved aside, not deleted: for half a minute after files were deleted, ext4 looks at
        each of their inodes before it gives out another, which costs whoever writes next more than the build itself.
        """
        self.forget()
        return self.build()

    def check_cold(self) -> Usage:
        """Looks for what is wrong, with no output and no cache."""
        self.forget()
        settle()
        return run(self.check, self.cwd, self.environment, self.checked)

    def forget(self) -> None:
        """Takes output and caches away."""
        for folder in (self.output, *self.caches):
            if folder.exists() and is_in_memory(folder):
                shutil.rmtree(folder)
            elif folder.exists():
                folder.rename(unused(folder))

    def prove(self, corpus: Corpus) -> Proof:
        """Looks at every page. Stops the script when one is missing, or when the code of too many is not highlighted."""
        pages = spans = coded = 0
        plain: list[Path] = []
        for source in corpus.sources:
            page = self.output / self.page(source.path)
            if not page.is_file():
                stop(f"{self.name} wrote no page for {source.path}: {page} is missing")
            blocks = PRE.findall(page.read_text(encoding="utf-8", errors="replace"))
            found = sum(len(HIGHLIGHTED.findall(block)) for block in blocks)
            if source.has_code and not blocks:
                stop(f"{self.name} shows no code on {page}, and {source.path} has some")
            coded += source.has_code
            if source.has_code and self.highlights and not found:
                plain.append(page)
            pages, spans = pages + 1, spans + found
        if len(plain) > PLAIN * coded:
            stop(f"{self.name} highlighted no code on {len(plain)} of {coded} pages that have some, such as {plain[0]}")
        self.prove_index(corpus)
        return Proof(pages, spans if self.highlights else 0)

    def prove_index(self, corpus: Corpus) -> None:
        """Stops the script where the index lacks a document; a folder's own page need not be in it."""
        wanted = sum(source.path.name not in ("index.md", "_index.md") for source in corpus.sources)
        found = self.indexed() if self.indexed else wanted
        if found < wanted:
            stop(f"{self.name} has {found} of {wanted} documents in its index")
