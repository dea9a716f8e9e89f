"""Chance that falls the same way on every machine.

Python promises that `Random.random()` gives the same numbers for the same seed in every
version; it does not promise it for `choice`, `shuffle` or `gauss`. So all of them are made from
`random()` here, with arithmetic that IEEE 754 fixes to the last bit (no `log`, `exp` or `pow`).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A source of chance named by a seed and a purpose."""

    __slots__ = ("random",)

    def __init__(self, *names: object) -> None:
        self.random = Random("/".join(map(str, names))).random

    def below(self, end: int) -> int:
        """A whole number from 0 up to, not including, `end`."""
        return int(self.random() * end)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """True in `share` of all throws."""
        return self.random() < share

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`, each as likely as the others."""
        return choices[int(self.random() * len(choices))]

    def sample(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different ones of `choices` (or all of them), in the order drawn."""
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]

    def along(self, points: Sequence[tuple[float, float]]) -> float:
        """A number with the distribution that `points` (share of throws below, number) draw."""
        at = self.random()
        for (left, low), (right, high) in zip(points, points[1:]):
            if at < right:
                return low + (high - low) * (at - left) / (right - left)
        return points[-1][1]
