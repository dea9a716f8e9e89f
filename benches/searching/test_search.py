"""The search benchmark's reading, drawing and judging. `python3 -m unittest discover -s benches -t benches`."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path
from random import Random

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from searching.queries import CLEAR, USUAL, Drawing, Vocabulary, misspell, words_of  # noqa: E402
from searching.score import Rank, Searched, misses, plain_address, rank_in  # noqa: E402
from searching.sections import Document, Section, anchors, read_document, title_anchor  # noqa: E402

WORDS = (
    "anchor basket candle dolphin engine fabric garden hammer island jacket kitten ladder magnet needle orange pepper "
    "quartz rabbit saddle tunnel urchin velvet walnut yellow zipper beacon carpet dagger easel falcon"
).split()


def made_up(number: int) -> list[Document]:
    """Documents whose words are spread by a rule."""
    return [made_up_one(at) for at in range(number)]


def made_up_one(at: int) -> Document:
    """A title of three words and three sections of two words and eight."""
    random = Random(at)
    sections = [Section("", "")]
    for _ in range(3):
        text = " ".join(f"{word}{random.choice('abcdefghijklmnop')}" for word in random.sample(WORDS, 8))
        sections.append(Section(" ".join(random.sample(WORDS, 2)), f"{text} {text}"))
    return Document(" ".join(random.sample(WORDS, 3)).capitalize(), sections)


def draw(documents: list[Document], seed: int, number: int = 20) -> list[str]:
    """The texts of queries of every kind."""
    drawing = Drawing(documents, lambda document, section: section > 0, seed)
    return [query.text for kind in USUAL for query in drawing.draw(kind, number)]


class Reading(unittest.TestCase):
    """Markdown as a reader sees it."""

    def test_front_matter_gives_the_title(self) -> None:
        document = read_document('---\ntitle: "A title"\ntags: [x]\n---\n\nBefore.\n\n## One\n\nText.\n')
        self.assertEqual(document.title, "A title")
        self.assertEqual([section.heading for section in document.sections], ["", "One"])
        self.assertEqual(document.sections[0].text.strip(), "Before.")

    def test_without_front_matter_the_first_heading_is_the_title(self) -> None:
        self.assertEqual(read_document("# Name *of* it #\n\n## One\n").title, "Name of it")

    def test_code_is_neither_heading_nor_text(self) -> None:
        document = read_document("## One\n\n```sh\n# no heading\nhidden\n```\n\n~~~\n```\nhidden too\n~~~\nseen\n\n## Two\n")
        self.assertEqual([section.heading for section in document.sections], ["", "One", "Two"])
        self.assertEqual(document.sections[1].text.split(), ["seen"])

    def test_a_line_below_makes_a_heading(self) -> None:
        document = read_document("Over\n====\n\ntext\n\nUnder\n---\n\n| a | b |\n---\n\n- item\n---\n")
        self.assertEqual([section.heading for section in document.sections], ["", "Over", "Under"])

    def test_addresses_and_marks_are_no_text(self) -> None:
        document = read_document(
            "See [the *place*](http://example.org/way) at <https://example.org/else>[^1] ![shown](a.png) <b>bold</b>\n\n[x]: http://y\n"
        )
        self.assertEqual(words_of(document.sections[0].text), ["see", "the", "place", "shown", "bold"])

    def test_identifiers_are_no_words(self) -> None:
        self.assertEqual(words_of("The maxFee of `snake_case` in file.txt and NATO, 0xabcdef or abc123, well-known"), ["the", "and", "nato"])

    def test_headings_find_their_ids_in_order(self) -> None:
        document = read_document("# Title\n\n## One & `two`\n\n## Same\n\n## Same\n\n## Gone\n")
        page = (
            '<h1>Title</h1><h2 id="one--two">One &amp; <code>two</code><a href="#x"></a></h2>'
            '<h2 class="x" id=same>Same</h2><h2 id="same-1">Same</h2>'
        )
        self.assertEqual(anchors(document, page), ["", "", "one--two", "same", "same-1", None])
        self.assertIsNone(title_anchor(document, page))

    def test_below_its_title_a_page_is_meant_as_a_whole(self) -> None:
        document = read_document("---\ntitle: The *title*\n---\n\n# The title\n\nText.\n\n## The title\n")
        page = '<h1 id="the-title">The title</h1><h2 id="the-title-1">The title</h2>'
        self.assertEqual(anchors(document, page), ["", "", "the-title-1"])
        self.assertEqual(title_anchor(document, page), "the-title")
        self.assertIsNone(title_anchor(Document("Other", document.sections), page))


class Drawn(unittest.TestCase):
    """Queries and the seed."""

    def setUp(self) -> None:
        self.documents = made_up(60)
        self.vocabulary = Vocabulary(self.documents)

    def test_the_same_seed_draws_the_same_queries(self) -> None:
        self.assertEqual(draw(self.documents, 1), draw(made_up(60), 1))
        self.assertNotEqual(draw(self.documents, 1), draw(self.documents, 2))

    def test_the_queries_stay_what_they_are(self) -> None:
        self.assertEqual(draw(self.documents, 1, 1), PINNED)

    def test_more_queries_begin_with_the_fewer(self) -> None:
        drawing = Drawing(self.documents, lambda document, section: True, 1)
        for kind in USUAL:
            self.assertEqual(drawing.draw(kind, 20)[:5], drawing.draw(kind, 5))

    def test_a_section_is_drawn_once_and_has_an_address(self) -> None:
        drawing = Drawing(self.documents, lambda document, section: section == 2, 1)
        for kind in USUAL:
            places = [(query.document, query.section) for query in drawing.draw(kind, 20)]
            self.assertEqual(len(places), 20)
            self.assertEqual(len(set(places)), 20)
            self.assertEqual({section for _, section in places}, {2})

    def test_the_words_come_from_their_section(self) -> None:
        for query in Drawing(self.documents, lambda document, section: True, 1).draw("section", 20):
            text = words_of(self.documents[query.document].sections[query.section].text)
            self.assertEqual(len(set(query.text.split()) & set(text)), 3)
            self.assertTrue(all(self.vocabulary.is_rare(word) for word in query.text.split()))

    def test_common_words_are_neither_rare_nor_everywhere(self) -> None:
        documents = [Document("", [Section("", " ".join(WORDS[at % 20:at % 20 + 5] * 2))]) for at in range(40)]
        queries = Drawing(documents, lambda document, section: True, 1).draw("common", 3)
        self.assertEqual(queries, [])
        documents += [Document("", [Section("", "filler filler")])] * 80
        words = {word for query in Drawing(documents, lambda document, section: True, 1).draw("common", 3) for word in query.text.split()}
        self.assertTrue(words and words <= set(WORDS))

    def test_words_of_headings_and_titles_are_clear(self) -> None:
        for query in Drawing(self.documents, lambda document, section: True, 1).draw("heading", 20):
            document, words = self.documents[query.document], query.text.split()
            named = words_of(document.title) + words_of(document.sections[query.section].heading)
            self.assertTrue(set(words) <= set(named))
            names = [(other, "\n".join([other.title, *(part.heading for part in other.sections)])) for other in self.documents]
            alike = [other for other, name in names if set(words) <= set(words_of(name))]
            self.assertIn(document, alike)
            self.assertLessEqual(len(alike), CLEAR)

    def test_one_word_is_misspelt_and_no_document_has_it(self) -> None:
        for query in Drawing(self.documents, lambda document, section: True, 1).draw("misspelt", 20):
            wrong = [word for word in query.text.split() if not self.vocabulary.documents[word]]
            self.assertEqual(len(wrong), 1)

    def test_a_misspelling_is_one_edit(self) -> None:
        random = Random(1)
        made = {misspell("letter", random) for _ in range(500)}
        self.assertIn("ltter", made)
        self.assertIn("eltter", made)
        self.assertEqual({len(word) for word in made}, {5, 6, 7})

    def test_junk_is_not_drawn(self) -> None:
        documents = [Document("", [Section("", "deadbeef deadbeef zzkqx zzkqx lonely words words")])] * 2
        fit = [word for word in ("deadbeef", "zzkqx", "words", "abc") if Vocabulary(documents).is_fit(word)]
        self.assertEqual(fit, ["words"])


class Judged(unittest.TestCase):
    """Ranks of what was found."""

    def test_ranks_of_page_and_section(self) -> None:
        hits = ["/a/", "/a/index.html#x", "/b/?q=1#y", "/b/#%C3%A9"]
        self.assertEqual(rank_in(hits, "/b/#é"), Rank(2, 3, 1))
        self.assertEqual(rank_in(hits, "/a/#z"), Rank(0, None, 0))
        self.assertEqual(rank_in([], "/a/"), Rank(None, None, None))

    def test_addresses_differ_in_writing_only(self) -> None:
        self.assertEqual(plain_address("/a/index.html?highlight=x#y"), "/a/#y")

    def test_misses_say_what_was_wanted(self) -> None:
        query = Drawing(made_up(60), lambda document, section: True, 1).draw("section", 1)[0]
        found = Searched("Some", [query], ["/a/#x"], [["/b/"]])
        self.assertIn("wanted  /a/#x  (page missing, section missing)", misses(found))
        self.assertEqual(misses(Searched("Some", [query], ["/a/#x"], [["/a/#x"]])), "")


PINNED = ["easelg anchord daggern", "hammer dagger", "garueni urchinf rabbito"]

if __name__ == "__main__":
    unittest.main()
