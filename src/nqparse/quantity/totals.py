"""Bare numbers in brackets behind the items of a list → the total that they sum to.

"42 chợ, cụ thể: Khe Đá (12), Nà Vài (08), Đồng Lau (22)": each item counts a part of what the total counts.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nqparse.quantity.measures import Measure

_LEAST = 2
_FAR = 150
_NEAR = 8
_COLON = 60


def totals_of(words: Sequence[str], measures: Sequence[Measure]) -> dict[int, int]:
    """For each bracketed item, by its index among the measures, the index of the count that it is a part of.

    The total is the count before the list that the items sum to; else the last one, where a colon stands between.
    """
    totals: dict[int, int] = {}
    for run in _lists(words, measures):
        total = _total(words, measures, run)
        if total is not None:
            totals |= dict.fromkeys(run, total)
    return totals


def _total(words: Sequence[str], measures: Sequence[Measure], run: Sequence[int]) -> int | None:
    first = measures[run[0]].first
    near = range(run[0] - 1, max(run[0] - 1 - _NEAR, -1), -1)
    counts = [at for at in near if measures[at].family == "count" and first - measures[at].tail <= _FAR]
    values = [value for at in run if (value := measures[at].low) is not None]
    summed = sum(values, Decimal(0)) if len(values) == len(run) else None
    exact = next((at for at in counts if summed is not None and measures[at].low == summed), None)
    if exact is not None or not counts:
        return exact
    between = words[measures[counts[0]].tail : first]
    return counts[0] if ":" in between and len(between) <= _COLON else None


def _lists(words: Sequence[str], measures: Sequence[Measure]) -> Iterator[list[int]]:
    """The runs of measures each of which is a bare number alone in a bracket."""
    run: list[int] = []
    for at, measure in enumerate(measures):
        if _is_item(words, measure):
            run.append(at)
            continue
        if len(run) >= _LEAST:
            yield run
        run = []
    if len(run) >= _LEAST:
        yield run


def _is_item(words: Sequence[str], measure: Measure) -> bool:
    bare = measure.unit == "" and measure.of is None and measure.lead == measure.first
    closed = words[measure.tail : measure.tail + 1] == [")"]
    return bare and closed and measure.first > 0 and words[measure.first - 1] == "("
