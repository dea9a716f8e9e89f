"""The sites that are searched, and the programs that ask them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from documents import Corpus
from measure import stop
from searching.sections import Document, anchors, read_document, read_page, title_anchor
from tool import Tool
from tools import PACKAGES, SEARCHING as FOLDER

PAGEFIND = PACKAGES / "pagefind" / "lib" / "runner" / "bin.cjs"
LEFT_OUT = ".margin, .contents, .crumbs, .document-number, .state"
"""What Pagefind shall not take for text: outlines, facts and breadcrumbs, which would come with every page."""


def read_documents(corpus: Corpus) -> list[Document]:
    """All documents, as queries are drawn from them."""
    paths = (corpus.folder / source.path for source in corpus.sources)
    return [read_document(path.read_text(encoding="utf-8", errors="replace")) for path in paths]


class Addresses:
    """The addresses of sections on a built site."""

    def __init__(self, corpus: Corpus, documents: Sequence[Document], tool: Tool) -> None:
        self.documents = documents
        self.pages = [tool.page(source.path) for source in corpus.sources]
        self.output = tool.output
        self.known: dict[int, list[str | None]] = {}

    def anchor(self, document: int, section: int) -> str | None:
        """The id of the section's heading, "" for the text before the first one, none where the page has no such heading."""
        if document not in self.known:
            self.known[document] = anchors(self.documents[document], read_page(self.output / self.pages[document]))
        return self.known[document][section]

    def is_there(self, document: int, section: int) -> bool:
        """Whether it has an address."""
        return self.anchor(document, section) is not None

    def title(self, document: int) -> str | None:
        """The address of the heading that is the title: another one of the page itself."""
        anchor = title_anchor(self.documents[document], read_page(self.output / self.pages[document]))
        return f"{self.of(document, 0)}#{anchor}" if anchor else None

    def of(self, document: int, section: int) -> str:
        """Path and anchor, as hits are compared."""
        anchor = self.anchor(document, section)
        return "/" + self.pages[document].removesuffix("index.html") + (f"#{anchor}" if anchor else "")


class Timed(NamedTuple):
    """A site with an index, and the seconds that making the index took."""

    folder: Path
    seconds: float


def index_with_pagefind(site: Tool, pages: Sequence[str], folder: Path) -> Timed:
    """The pages of the documents once more in `folder`, with Pagefind's index of their text.

    The pages that list documents are left out: Threadmark does not search them either.
    """
    for page in pages:
        target = folder / PurePosixPath(page)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(site.output / page, target)
    command = ["node", PAGEFIND, "--site", folder, "--root-selector", "main", "--exclude-selectors", LEFT_OUT, "--quiet"]
    started = time.perf_counter()
    said = subprocess.run(command, capture_output=True, text=True)
    if said.returncode:
        stop(f"Pagefind ended with {said.returncode}:\n{said.stdout}{said.stderr}")
    return Timed(folder, time.perf_counter() - started)


def ask(job: dict[str, Any], work: Path) -> dict[str, Any]:
    """Runs one job of `run.mjs` and gives its answer."""
    name = work / f"{job['tool']}-job.json"
    answer = work / f"{job['tool']}-answer.json"
    name.write_text(json.dumps({key: str(value) if isinstance(value, Path) else value for key, value in job.items()}), encoding="utf-8")
    print(f"asking {job['tool']}: {len(job['queries'])} queries", file=sys.stderr)
    if subprocess.run(["node", FOLDER / "run.mjs", name, answer], cwd=FOLDER).returncode:
        stop(f"{job['tool']} could not be asked")
    found = json.loads(answer.read_text(encoding="utf-8"))
    print(f"{found['seconds']:.1f} s for all of them", file=sys.stderr)
    return found
