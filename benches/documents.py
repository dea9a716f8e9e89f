"""The documents that are built: generated, read, and handed to each tool in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from measure import files_below, run, stop

GENERATE = Path(__file__).resolve().parent / "generate"
KNOWN_FENCE = re.compile(
    r"^(?:```|~~~)(?:bash|c|cpp|css|go|html|java|javascript|js|json|python|rust|sh|solidity|sql|toml|typescript|ts|ya?ml)(?=[\s{,]|$)", re.M
)
COMMENT = re.compile(r"<!--.*?-->", re.S)
FENCED = re.compile(r"^```[^\n`]*\n(.*?)^```", re.S | re.M)


class Source(NamedTuple):
    """A document: its path below the content root, and whether it has code in a language all tools know."""

    path: PurePosixPath
    has_code: bool


class Corpus(NamedTuple):
    """The documents that all tools build."""

    folder: Path
    sources: list[Source]
    bytes: int
    code_bytes: int

    def __str__(self) -> str:
        share = self.code_bytes / max(1, self.bytes)
        return f"{len(self.sources):,} documents, {self.bytes / 1e6:.1f} MB, {share:.1%} of it code"


def read_corpus(folder: Path) -> Corpus:
    """Every Markdown file below the folder, hidden folders left out."""
    sources: list[Source] = []
    size = code = 0
    for entry in files_below(folder):
        path = PurePosixPath(Path(entry.path).relative_to(folder).as_posix())
        if path.suffix != ".md" or any(part.startswith(".") for part in path.parts):
            continue
        text = Path(entry.path).read_text(encoding="utf-8", errors="replace")
        size += len(text.encode())
        code += sum(len(block.encode()) for block in FENCED.findall(text))
        sources.append(Source(path, bool(KNOWN_FENCE.search(COMMENT.sub("", text)))))
    if not sources:
        stop(f"{folder} has no Markdown files")
    return Corpus(folder, sorted(sources), size, code)


def generate(folder: Path, count: int, seed: int, code: float) -> None:
    """Runs the generator, in a process of its own: its vocabulary would count as memory of what is measured."""
    command: list[str | Path] = [sys.executable, GENERATE, str(count), folder, "--seed", str(seed), "--code", str(code)]
    run(command, GENERATE.parent, {})


def link_documents(corpus: Corpus, folder: Path, name: Callable[[PurePosixPath], PurePosixPath] = lambda path: path) -> Path:
    """The documents again in `folder`, under the paths that `name` gives them, as hard links where the disk allows it."""
    for source in corpus.sources:
        target = folder / name(source.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(corpus.folder / source.path, target)
        except OSError:
            shutil.copyfile(corpus.folder / source.path, target)
    return folder


@contextmanager
def work_folder(given: Path | None) -> Iterator[Path]:
    """The folder given, new and kept afterwards, or a temporary one."""
    if given is None:
        with tempfile.TemporaryDirectory(prefix="threadmark-bench-") as folder:
            yield Path(folder).resolve()
        return
    if given.exists():
        stop(f"{given} exists; name a new folder")
    given.mkdir(parents=True)
    yield given.resolve()
