"""The edits of `benches/serve`, and how it proves them. `python3 -m unittest discover -s benches -t benches`."""

from __future__ import annotations

import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path, PurePosixPath
from types import ModuleType

sys.dont_write_bytecode = True
BENCHES = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BENCHES))
from documents import Corpus, read_corpus  # noqa: E402
from serving.edits import STYLE, Edit, Look, Plan, interleaved, links_of, with_paragraph, with_status, with_title  # noqa: E402
from serving.server import Event, read_event, sheets_of, version_of  # noqa: E402
from tools import threadmark_page  # noqa: E402

SENTENCE = "Whatever is said here is said in one long line, so that it is a paragraph to edit."


def program(name: str) -> ModuleType:
    """A script of this folder as a module."""
    spec = spec_from_loader(name, SourceFileLoader(name, str(BENCHES / name)))
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def document(number: int) -> str:
    """A decision that links to the one before."""
    return (
        f"---\ntitle: Number {number}\nstatus: accepted\n---\n\n# Number {number}\n\n{SENTENCE}\n\n"
        f"See [it](./{max(0, number - 1)}.md#why).\n"
    )


class Texts(unittest.TestCase):
    """What an edit makes of a document."""

    def test_a_paragraph_gets_a_word(self) -> None:
        changed = with_paragraph(document(1), "word")
        self.assertIn(f"{SENTENCE} Word.\n\nSee", changed or "")

    def test_neither_code_nor_html_is_taken_for_a_paragraph(self) -> None:
        self.assertIsNone(with_paragraph(f"# A\n\n```\n\n{SENTENCE}\n\n```\n", "word"))
        self.assertIsNone(with_paragraph(f"# A\n\n<!--\n\n{SENTENCE}\n\n-->\n", "word"))
        self.assertIsNone(with_paragraph(f"---\ntitle: A\n\n{SENTENCE}\n\n---\n\nshort\n", "word"))

    def test_the_title_changes_where_it_stands(self) -> None:
        changed = with_title(document(1), 'B "b"') or ""
        self.assertIn('title: "B \\"b\\""\n', changed)
        self.assertIn('\n# B "b"\n', changed)
        self.assertNotIn("Number", changed)
        self.assertEqual(with_title("# A\n\ntext\n", "B"), "\n# B\n\ntext\n")
        self.assertIsNone(with_title("text\n\n## A\n", "B"))

    def test_a_status_is_followed_by_the_next_of_its_vocabulary(self) -> None:
        self.assertEqual(with_status("---\nstatus: accepted\n---\nx"), ("---\nstatus: rejected\n---\nx", "rejected"))
        self.assertEqual(with_status("---\nstatus: Stagnant\n---\n"), ("---\nstatus: Draft\n---\n", "Draft"))
        for text in ("---\nstatus: superseded\n---\n", "status: accepted\n", "---\nstatus: Last Call\n---\n"):
            self.assertIsNone(with_status(text))

    def test_links_lead_from_the_folder_of_the_document(self) -> None:
        text = "[a](./b.md) [c](../d/e.md#f) [g](https://h/i.md) [j](k.md) ![l](m.png)"
        self.assertEqual([str(link) for link in links_of(PurePosixPath("x/y.md"), text)], ["x/b.md", "d/e.md", "x/k.md"])


class Drawn(unittest.TestCase):
    """The plan of a run."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for number in range(12):
            path = self.folder / "decisions" / f"{number}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(document(number), encoding="utf-8")
        self.corpus: Corpus = read_corpus(self.folder)

    def draw(self, seed: int, rounds: int = 2) -> list[Edit]:
        plan = Plan(self.corpus, threadmark_page(self.corpus), seed)
        kinds = ["paragraph", "title", "new", "status", "removed", "style"]
        return [plan.next(kind) for kind in interleaved(kinds, rounds)]

    def test_the_same_seed_draws_the_same_edits(self) -> None:
        self.assertEqual(self.draw(1), self.draw(1))
        self.assertNotEqual(self.draw(1), self.draw(2))

    def test_no_document_is_edited_twice(self) -> None:
        paths = [edit.path for edit in self.draw(1) if edit.path != STYLE and edit.kind != "removed"]
        self.assertEqual(len(set(paths)), len(paths))
        self.assertEqual(len(paths), 8)

    def test_a_title_is_looked_for_on_the_page_that_the_document_links_to(self) -> None:
        edit = next(edit for edit in self.draw(1) if edit.kind == "title")
        before = max(0, int(edit.path.stem) - 1)
        self.assertEqual([look.address for look in edit.looks], [f"/decisions/{edit.path.stem}/", f"/decisions/{before}/"])

    def test_what_others_link_to_is_not_removed(self) -> None:
        plan = Plan(self.corpus, threadmark_page(self.corpus), 1)
        removed, added = plan.next("removed"), plan.next("new")
        self.assertEqual((str(removed.path), removed.text), ("decisions/11.md", None))
        self.assertEqual(plan.next("removed").path, added.path)
        with self.assertRaises(SystemExit):
            plan.next("removed")

    def test_too_many_edits_are_an_error(self) -> None:
        with self.assertRaises(SystemExit):
            self.draw(1, 20)


class Said(unittest.TestCase):
    """What the server says."""

    def test_events_are_read_and_signs_of_life_are_not(self) -> None:
        self.assertIsNone(read_event(b":\n", 1.0))
        self.assertIsNone(read_event(b"\n", 1.0))
        self.assertEqual(read_event(b'data: {"version":"a","problems":[]}\n', 1.0), Event(1.0, "a", []))
        problem = b'data: {"version":"a","problems":[{"code":"c","message":"m","place":null}]}\n'
        self.assertEqual(read_event(problem, 1.0), Event(1.0, "a", ["c: m (None)"]))

    def test_sheets_are_found_whatever_their_address_is_relative_to(self) -> None:
        page = '<link rel="icon" href="/i.svg"><link rel="stylesheet" href="../a.css"><link href=/b.css rel=stylesheet>'
        self.assertEqual(sheets_of("/x/y/", page), ["/x/a.css", "/b.css"])

    def test_the_version_is_that_of_the_script_at_the_end(self) -> None:
        self.assertEqual(version_of('<p data-version="x"><script data-version="abc">'), "abc")
        self.assertIsNone(version_of("<p>"))


class Pages:
    """Stands for a server: its pages, in turn."""

    def __init__(self, **pages: str) -> None:
        self.pages = {f"/{name}": text for name, text in pages.items()}

    def get(self, address: str) -> tuple[int, str]:
        text = self.pages.get(address)
        return (404, "nothing") if text is None else (200, text)

    def fail(self, message: str) -> None:
        raise AssertionError(message)


class Proven(unittest.TestCase):
    """An edit that does not show is an error."""

    serve = program("serve")

    def prove(self, look: Look, before: int, **pages: str) -> None:
        self.serve.prove(Pages(**pages), Edit("title", PurePosixPath("a.md"), "", (look,)), [before], "old")

    def test_a_word_has_to_come(self) -> None:
        self.prove(Look("/a", "word"), 0, a="a word")
        for before, pages in ((0, {"a": "none"}), (1, {"a": "a word"}), (0, {})):
            with self.assertRaises(AssertionError):
                self.prove(Look("/a", "word"), before, **pages)

    def test_a_page_has_to_go(self) -> None:
        self.prove(Look("/a", among="gone"), 1)
        for before, pages in ((1, {"a": ""}), (0, {})):
            with self.assertRaises(AssertionError):
                self.prove(Look("/a", among="gone"), before, **pages)

    def test_a_style_is_looked_for_in_the_sheets(self) -> None:
        page = '<link rel="stylesheet" href="/css">'
        self.prove(Look("/a", "word", "styles"), 0, a=page, css=".word")
        with self.assertRaises(AssertionError):
            self.prove(Look("/a", "word", "styles"), 0, a=f"{page} word", css="none")

    def test_a_page_is_not_of_the_version_before(self) -> None:
        self.prove(Look("/a", "word"), 0, a='word <script data-version="new">')
        with self.assertRaises(AssertionError):
            self.prove(Look("/a", "word"), 0, a='word <script data-version="old">')


if __name__ == "__main__":
    unittest.main()
