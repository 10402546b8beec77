"""What a unit measures, and what a measure is of an indicator: its level, its growth, its fulfilment of a plan."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from nqparse.models import Change
from nqparse.packs.schema import Dimension

SHARE, GROWTH, INDEX, COUNT, RATE, YIELD, MASS = "share", "growth", "index", "count", "rate", "yield", "mass"
PERCENT = frozenset({SHARE, GROWTH, INDEX})
"""The dimensions of what is given in percent."""
_OF_TIME = "time"


class Kind(StrEnum):
    """What a measure is of an indicator, other than its level: the end of a derived code."""

    GROWTH = "growth"
    INCREASE = "increase"
    REDUCTION = "reduction"
    EXCESS = "excess"
    FULFILMENT = "fulfilment"


class Sort(NamedTuple):
    """What of a measure decides, beside its name, which indicator it is."""

    unit: str
    per: str | None
    change: Change
    based: bool


class Dimensions:
    """The dimensions of units, by the lists of the pack."""

    def __init__(self, rules: Iterable[Dimension]) -> None:
        self._of: Mapping[str, str] = {unit: rule.id for rule in rules for unit in rule.of_units}

    def of(self, unit: str, per: str | None, *, per_people: bool = False) -> str | None:
        """What a unit, with what it is per, measures; None for no unit. ``per_people``: the name says "per 10,000".

        A noun is counted.
        """
        own = self._of.get(unit, COUNT) if unit else None
        if own == COUNT and (per_people or self._is_rate(per)):
            return RATE
        return YIELD if own == MASS and self._of.get(per or "") == "area" else own

    def _is_rate(self, per: str | None) -> bool:
        """Whether a count per so many is a rate: "per year" only says for how long it was counted."""
        words = (per or "").split()
        return bool(words) and not {self._of.get(" ".join(words)), self._of.get(words[-1])} & {_OF_TIME}


def kind_of(dimension: str, own: str, sort: Sort, *, grows: bool, falls: bool) -> tuple[bool, Kind | None]:
    """Whether a measure of the dimension ``own`` may be one of an indicator of ``dimension``, and what it is of it.

    ``grows`` and ``falls`` say whether its name does.

    >>> kind_of("money", "share", Sort("%", None, Change.INCREASE, False), grows=False, falls=False)
    (True, <Kind.GROWTH: 'growth'>)
    """
    in_percent = own == SHARE
    if in_percent and dimension not in PERCENT:
        return _percent_of_level(sort, grows=grows, falls=falls)
    if not (own == dimension or (in_percent and dimension in PERCENT)):
        return False, None
    if grows:
        return dimension == INDEX, None
    if sort.change is Change.EXCEED:
        return True, Kind.EXCESS
    if sort.change is Change.LEVEL and not falls:
        return True, Kind.FULFILMENT if sort.based and in_percent else None
    return True, Kind.REDUCTION if falls or sort.change is Change.DECREASE else Kind.INCREASE


def _percent_of_level(sort: Sort, *, grows: bool, falls: bool) -> tuple[bool, Kind | None]:
    """A percentage beside an amount: its growth, its excess over a plan, or what part of a plan it is; else unsure."""
    if sort.change is Change.EXCEED:
        return True, Kind.EXCESS
    if grows or falls or sort.change is not Change.LEVEL:
        return True, Kind.GROWTH
    return (True, Kind.FULFILMENT) if sort.based else (False, None)
