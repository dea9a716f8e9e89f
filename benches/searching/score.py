"""What the hits of each query are worth, and the tables."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from measure import table
from searching.queries import KINDS, Query


class Rank(NamedTuple):
    """Where the right page and the right section stand among the hits, and the page among the pages; from 0, or none."""

    page: int | None
    section: int | None
    of_pages: int | None


@dataclass
class Searched:
    """All that was measured of one search."""

    name: str
    queries: list[Query]
    expected: list[str]
    hits: list[list[str]]
    bytes: list[int] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)

    def ranks(self, kind: str, way: str = "") -> list[Rank]:
        """The ranks of all queries of a kind, drawn in one way or in any."""
        triples = zip(self.queries, self.expected, self.hits)
        return [rank_in(hits, right) for query, right, hits in triples if query.kind == kind and way in ("", query.way)]


def plain_address(address: str) -> str:
    """An address without what differs in writing only."""
    path, _, anchor = unquote(address).partition("#")
    path = path.partition("?")[0].removesuffix("index.html")
    return f"{path}#{anchor}" if anchor else path


def page_of(address: str) -> str:
    """The address without its anchor."""
    return address.partition("#")[0]


def rank_in(hits: Sequence[str], right: str) -> Rank:
    """The rank of the address among the hits."""
    found = [plain_address(hit) for hit in hits]
    pages = [page_of(hit) for hit in found]
    return Rank(place(pages, page_of(right)), place(found, right), place(list(dict.fromkeys(pages)), page_of(right)))


def place(addresses: Sequence[str], wanted: str) -> int | None:
    """Where it stands, from 0."""
    return addresses.index(wanted) if wanted in addresses else None


def share(ranks: Sequence[int | None], within: int) -> str:
    """The share of ranks within the first ones."""
    if not ranks:
        return "-"
    return f"{sum(rank is not None and rank < within for rank in ranks) / len(ranks):.3f}"


def pages(ranks: Sequence[Rank]) -> str:
    """The share of queries with the right page first, among the first five hits, and among the first five pages."""
    of_hits, of_pages = [rank.page for rank in ranks], [rank.of_pages for rank in ranks]
    return f"{share(of_hits, 1)} / {share(of_hits, 5)} / {share(of_pages, 5)}"


def sections(ranks: Sequence[Rank]) -> str:
    """The share of queries with the right section among the first five hits."""
    return share([rank.section for rank in ranks], 5)


def middle_and_most(values: Sequence[float], unit: str, scale: float = 1) -> str:
    """Median and largest."""
    if not values:
        return "-"
    return f"{statistics.median(values) / scale:.0f} / {max(values) / scale:.0f} {unit}"


LINES: list[tuple[str, str, Callable[[Searched], str]]] = [
    ("section", "three distinctive words of a section: right page", lambda found: pages(found.ranks("section"))),
    ("section", "the same, right section in the first five hits", lambda found: sections(found.ranks("section"))),
    ("heading", "words of a heading and of the title: right page", lambda found: pages(found.ranks("heading"))),
    ("misspelt", "three words, one misspelt: right page", lambda found: pages(found.ranks("misspelt"))),
    ("common", "three words that only together are distinctive: right page", lambda found: pages(found.ranks("common"))),
    ("", "first query over the wire, code included: median / most", lambda found: middle_and_most(found.bytes, "kB", 1000)),
    ("", "main thread, first query after loading: median / most", lambda found: middle_and_most(found.first, "ms")),
    ("", "main thread, later queries: median / most", lambda found: middle_and_most(found.later, "ms")),
]
"""Each line of the main table: the kind of queries that it is about, if any, its name, its cell for one search."""


def main_table(results: Sequence[Searched], kinds: Sequence[str]) -> str:
    """All searches beside each other."""
    head = ["page: first / in five hits / in five pages", *(result.name for result in results)]
    return table(head, [[name, *(of(result) for result in results)] for kind, name, of in LINES if kind in ("", *kinds)])


def ways_table(results: Sequence[Searched], kinds: Sequence[str]) -> str:
    """The shares once more, by the way in which the queries were drawn."""
    rows = []
    for kind, way in ((kind, way) for kind in kinds for way in KINDS[kind]):
        ranks = [result.ranks(kind, way) for result in results]
        rows.append([f"{kind}: {way}", *(f"{pages(found)} / {sections(found)}" for found in ranks)])
    return table(["page: first / in five hits / in five pages / section in five hits", *(result.name for result in results)], rows)


def misses(result: Searched) -> str:
    """Each query that did not do as well as it could, what was expected, and the first five hits."""
    lines = []
    for query, right, hits in zip(result.queries, result.expected, result.hits):
        rank = rank_in(hits, right)
        good = rank.page == 0 if query.kind == "heading" else rank.page is not None and rank.page < 5
        if query.kind == "section":
            good = rank.page == 0 and rank.section is not None and rank.section < 5
        if good:
            continue
        lines.append(f"{result.name} | {query.kind}: {query.way} | {query.text}")
        lines.append(f"    wanted  {right}  (page {said(rank.page)}, section {said(rank.section)})")
        lines += [f"    {at + 1}. {plain_address(hit)}" for at, hit in enumerate(hits[:5])] or ["    no hits"]
    return "\n".join(lines)


def said(rank: int | None) -> str:
    """A rank as people count."""
    return "missing" if rank is None else f"at {rank + 1}"
