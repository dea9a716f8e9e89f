"""The documents that are built: generated, read, and handed to each tool in a folder of its own."""

from __future__ import annotations

import argparse
import json
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
FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)
TITLE = re.compile(r"^title:[ \t]*(.*?)[ \t]*$", re.M)
FIRST_HEADING = re.compile(r"^#[ \t]+(.*?)[ \t#]*$", re.M)


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
        text = read_text(Path(entry.path))
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


def split_front_matter(text: str) -> tuple[str, str]:
    """The front matter with its rules, empty where there is none, and what comes after it."""
    found = FRONT_MATTER.match(text)
    return (found.group(), text[found.end():]) if found else ("", text)


def title_in(front: str, body: str, name: str) -> str:
    """The title of the front matter, else the first heading's, else the name."""
    found = TITLE.search(front) or FIRST_HEADING.search(body)
    return (found[1].strip("\"'") if found else "") or name


def repeated(folder: Path, target: Path, count: int, mean: float | None, keep_front_matter: bool) -> None:
    """Writes `count` documents made from the Markdown of `folder`: each file in turn, and all of them again as often as needed.

    Each round lies in a folder of its own, so that links between documents hold, and gives its documents titles of
    their own. With `mean`, bodies are joined, in turn, while the documents so far are smaller than so many bytes each.
    The front matter is that of the first body with the new title, or the title alone.
    """
    corpus = read_corpus(folder)
    bodies = endless(corpus)
    written = 0
    for number in range(count):
        turn, at = divmod(number, len(corpus.sources))
        path = corpus.sources[at].path
        front, body = split_front_matter(read_text(folder / path) if not mean else next(bodies))
        title = json.dumps(title_in(front, body, path.stem) + (f" {turn + 1}" if turn else ""), ensure_ascii=False)
        while mean and written + len(body.encode()) < mean * (number + 0.5):
            body += "\n" + split_front_matter(next(bodies))[1]
        kept = TITLE.sub(lambda _: f"title: {title}", front, count=1) if keep_front_matter and TITLE.search(front) else f"---\ntitle: {title}\n---\n"
        data = (kept + "\n" + body.lstrip("\n")).encode()
        written += len(data)
        document = target / f"part-{turn + 1:02}" / path
        document.parent.mkdir(parents=True, exist_ok=True)
        document.write_bytes(data)


def endless(corpus: Corpus) -> Iterator[str]:
    """The text of each document in turn, without an end."""
    while True:
        for source in corpus.sources:
            yield read_text(corpus.folder / source.path)


def read_text(path: Path) -> str:
    """The text of a document, whatever bytes it has."""
    return path.read_text(encoding="utf-8", errors="replace")


def add_document_arguments(parser: argparse.ArgumentParser, count: int | None) -> None:
    """The options that say which documents are built; `count` of them without a word, where the number is an option here."""
    if count:
        parser.add_argument("--count", type=int, help=f"documents to generate (default {count:,}), or to make of those of --docs (default: as they are)")
    parser.add_argument("--docs", type=Path, metavar="DIR", help="the Markdown files of this folder instead of generated ones")
    parser.add_argument("--mean", type=float, metavar="KB", help="with --docs and a number: join bodies until documents have so many kB on average")
    parser.add_argument("--seed", type=int, default=1, help="of the generated documents, and of what is drawn (default 1)")
    parser.add_argument("--code", type=float, default=0.10, metavar="SHARE", help="bytes of code per byte (default 0.1)")
    parser.set_defaults(default_count=count)


def check_document_arguments(parser: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    """Ends with a message where those options make no sense. `given.count` has to be there."""
    if given.count is not None and given.count < 1:
        parser.error("--count is at least 1")
    if given.mean is not None and (given.mean <= 0 or not given.docs or not given.count):
        parser.error("--mean is more than 0, and goes with --docs and a number of documents")
    if given.docs and not given.docs.is_dir():
        parser.error(f"{given.docs} is not a folder")


def corpus_in(folder: Path, given: argparse.Namespace, keep_front_matter: bool = False) -> Corpus:
    """The documents that the options ask for, in `folder`, where they may be changed."""
    if not given.docs:
        generate(folder, given.count or given.default_count, given.seed, given.code)
    elif given.count:
        repeated(given.docs.resolve(), folder, given.count, given.mean and given.mean * 1e3, keep_front_matter)
    else:
        copy_documents(read_corpus(given.docs.resolve()), folder)
    return read_corpus(folder)


def copy_documents(corpus: Corpus, folder: Path) -> None:
    """The documents as they are."""
    for source in corpus.sources:
        target = folder / source.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(corpus.folder / source.path, target)


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
