"""The documents that are built, and what is said of the machine."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from documents import read_corpus, repeated, split_front_matter, title_in  # noqa: E402
from measure import file_system  # noqa: E402


class FrontMatter(unittest.TestCase):
    """What comes before the text."""

    def test_it_ends_with_its_rule(self) -> None:
        self.assertEqual(split_front_matter("---\na: b\n---\n\ntext\n---\n"), ("---\na: b\n---\n", "\ntext\n---\n"))
        self.assertEqual(split_front_matter("---\r\na: b\r\n---\r\ntext"), ("---\r\na: b\r\n---\r\n", "text"))

    def test_a_rule_in_the_text_is_none(self) -> None:
        for text in ("text\n---\na: b\n---\n", "---\nno end\n", ""):
            self.assertEqual(split_front_matter(text), ("", text))

    def test_titles_come_from_there_or_from_the_first_heading(self) -> None:
        self.assertEqual(title_in('---\ntitle: "A b"\n---\n', "# C\n", "d"), "A b")
        self.assertEqual(title_in("", "text\n\n# C #\n", "d"), "C")
        self.assertEqual(title_in("", "text\n", "d"), "d")


class Repeated(unittest.TestCase):
    """Few documents made many."""

    def setUp(self) -> None:
        work = tempfile.TemporaryDirectory()
        self.addCleanup(work.cleanup)
        self.docs, self.made = Path(work.name, "docs"), Path(work.name, "made")
        self.docs.mkdir()
        for name in "abc":
            (self.docs / f"{name}.md").write_text(f"---\ntype: Meta\ntitle: {name.upper()}\n---\n\nText of {name}.\n", encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.made / name).read_text(encoding="utf-8")

    def test_each_round_has_a_folder_and_titles_of_its_own(self) -> None:
        repeated(self.docs, self.made, 5, None, keep_front_matter=False)
        paths = [str(source.path) for source in read_corpus(self.made).sources]
        self.assertEqual(paths, ["part-01/a.md", "part-01/b.md", "part-01/c.md", "part-02/a.md", "part-02/b.md"])
        self.assertEqual(self.read("part-01/a.md"), '---\ntitle: "A"\n---\n\nText of a.\n')
        self.assertEqual(self.read("part-02/b.md"), '---\ntitle: "B 2"\n---\n\nText of b.\n')

    def test_front_matter_is_kept_where_that_is_wanted(self) -> None:
        repeated(self.docs, self.made, 4, None, keep_front_matter=True)
        self.assertEqual(self.read("part-02/a.md"), '---\ntype: Meta\ntitle: "A 2"\n---\n\nText of a.\n')

    def test_bodies_are_joined_up_to_the_mean(self) -> None:
        repeated(self.docs, self.made, 30, 100.0, keep_front_matter=False)
        corpus = read_corpus(self.made)
        self.assertEqual(len(corpus.sources), 30)
        self.assertAlmostEqual(corpus.bytes / 30, 100, delta=5)
        self.assertIn("Text of a.\n\n\nText of b.\n", self.read("part-01/a.md"))


class Places(unittest.TestCase):
    """Where the folders lie."""

    def test_the_mount_nearest_to_the_folder_counts(self) -> None:
        mounted = "/dev/vda / ext4 rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0\ntmpfs /a\\040b tmpfs rw 0 0\n"
        for folder, kind in (("/dev/shm/x", "tmpfs"), ("/dev/shmx", "ext4"), ("/a b/c", "tmpfs"), ("/", "ext4")):
            self.assertEqual(file_system(Path(folder), mounted), kind)
        self.assertEqual(file_system(Path("/x"), ""), "")


if __name__ == "__main__":
    unittest.main()
