"""Counts of what was read rightly, and the scores that follow from them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nqparse.gate.sameness import FIELDS

ALL = "all"
"""What the scores of all documents together are called where those of one are called by its name."""


class Tally(NamedTuple):
    """How much was right, of how much that was read, that gold has, and that was found at all."""

    right: float = 0
    read: int = 0
    gold: int = 0
    found: int = 0
    right_read: float = 0
    """Of what was read, what is right: it differs from ``right`` for core rows only, see ``score``."""

    @property
    def precision(self) -> float:
        return self.right_read / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def share(self) -> float:
        """Of what was found, what is right."""
        return self.right / self.found if self.found else 1.0

    def plus(self, other: "Tally") -> "Tally":
        """The two counted together."""
        return Tally(
            self.right + other.right,
            self.read + other.read,
            self.gold + other.gold,
            self.found + other.found,
            self.right_read + other.right_read,
        )


def tally(right: float, read: int, gold: int, found: int) -> Tally:
    """A tally in which what is right of what was read is what is right of gold."""
    return Tally(right, read, gold, found, right)


class Kind(NamedTuple):
    """A kind of score: its name, what it tells, which of its figures there are."""

    name: str
    meaning: str
    shares: bool = True
    """Whether its share of what was found is a figure, under the kind's own name."""
    f1: bool = True
    """Whether precision, recall and F1 are figures."""


DETECT, VALUE, FULL, RECORD = "detect", "value", "full", "record"
CORE, CORE_VALUE, CORE_FULL = "core", "core value", "core full"
WORDS, EXPLAINED = "name words", "explained"
SECTION, PATH, ROLE, TITLE = "section", "section path", "section role", "section title"

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(DETECT, "measures at their very place", shares=False),
        Kind(VALUE, "measures with low, high, bound, unit, per, of and change as in gold", shares=False),
        Kind(FULL, "measures with value, role, label and name as in gold", shares=False),
        Kind(RECORD, "measures with these, period, core and section as in gold", shares=False),
        Kind(CORE, "measures that gold calls core", shares=False),
        Kind(CORE_VALUE, "core measures with their value as in gold", shares=False),
        Kind(CORE_FULL, "core measures with their full record as in gold", shares=False),
        *(Kind(f"field {name}", f"measures with {name} as in gold") for name in FIELDS),
        Kind(WORDS, "likeness of the names of what was found", f1=False),
        Kind(SECTION, "sections at their very place", shares=False),
        Kind(PATH, "sections with their path as in gold"),
        Kind(ROLE, "sections with their role as in gold"),
        Kind(TITLE, "sections with their title as in gold"),
        Kind(EXPLAINED, "numbers of the text that a rule explains", f1=False),
    )
}
"""The kinds of scores, in the order in which they are told."""

Tallies = Mapping[str, Tally]
"""The tallies of a document, or of several, by the names of their kinds."""


def added(many: Iterable[Tallies]) -> Tallies:
    """The tallies of several documents together."""
    total: dict[str, Tally] = {}
    for tallies in many:
        for name, one in tallies.items():
            total[name] = total.get(name, Tally()).plus(one)
    return {name: total[name] for name in KINDS if name in total}


def figures(tallies: Tallies) -> dict[str, float]:
    """All figures that can have a floor, by name: ``full F1``, ``section role``.

    >>> figures({"section": tally(3, 4, 3, 3), "explained": tally(9, 10, 10, 10)})
    {'section precision': 0.75, 'section recall': 1.0, 'section F1': 0.8571428571428571, 'explained': 0.9}
    """
    result: dict[str, float] = {}
    for name, kind in ((name, KINDS[name]) for name in tallies):
        one = tallies[name]
        if kind.f1:
            result |= {f"{name} precision": one.precision, f"{name} recall": one.recall, f"{name} F1": one.f1}
        if kind.shares:
            result[name] = one.share
    return result


def leading(tallies: Tallies) -> list[str]:
    """The names of the figures that stand for each kind: its F1, or else its share."""
    return [f"{name} F1" if KINDS[name].f1 else name for name in tallies]
