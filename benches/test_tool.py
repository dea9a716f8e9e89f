"""One generator's builds and proofs, with programs that any machine has."""

from __future__ import annotations

import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path, PurePosixPath

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from documents import Corpus, Source  # noqa: E402
from measure import Usage, one_after_the_other, run  # noqa: E402
from tool import Tool  # noqa: E402


def python(text: str) -> list[str]:
    """A command that runs this program."""
    return [sys.executable, "-c", text]


class Steps(unittest.TestCase):
    """Builds of several commands, and what they leave."""

    def setUp(self) -> None:
        work = tempfile.TemporaryDirectory()
        self.addCleanup(work.cleanup)
        self.work = Path(work.name)
        self.tool = Tool(
            name="Some", version="1", command=python("import os; os.mkdir('site'); open('site/a.html', 'w').write('<p>')"),
            cwd=self.work, output=self.work / "site", caches=[self.work / "cache"], page=lambda path: f"{path.stem}.html", environment={},
        )
        self.corpus = Corpus(self.work, [Source(PurePosixPath("a.md"), False), Source(PurePosixPath("index.md"), False)], 10, 0)

    def test_times_add_up_and_memory_does_not(self) -> None:
        self.assertEqual(one_after_the_other([Usage(1.0, 2.0, 30), Usage(4.0, 8.0, 20)]), Usage(5.0, 10.0, 30))

    def test_what_comes_after_belongs_to_the_build(self) -> None:
        tool = replace(self.tool, then=[python("open('site/b.html', 'w').write('more')")])
        _, output = tool.build()
        self.assertEqual((output.files, output.bytes), (2, 7))

    def test_a_cold_build_finds_neither_output_nor_cache(self) -> None:
        (self.work / "cache").mkdir()
        (self.work / "site").mkdir()
        _, output = self.tool.build_cold()
        self.assertEqual(output.files, 1)
        self.assertFalse((self.work / "cache").exists())

    def test_a_command_has_to_say_what_it_did(self) -> None:
        tool = replace(self.tool, check=python("print('Checked 2 documents')"), checked="Checked 2 documents")
        tool.check_cold()
        with self.assertRaises(SystemExit):
            replace(tool, checked="Checked 3 documents").check_cold()
        with self.assertRaises(SystemExit):
            run(python("raise SystemExit(1)"), self.work, {})

    def test_an_index_has_every_document_but_those_of_folders(self) -> None:
        replace(self.tool, indexed=lambda: 1).prove_index(self.corpus)
        with self.assertRaises(SystemExit):
            replace(self.tool, indexed=lambda: 0).prove_index(self.corpus)


if __name__ == "__main__":
    unittest.main()
