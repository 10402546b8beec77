"""How the time of some work grows with its size: by comparing sizes, so that it is the same on any machine."""

from collections.abc import Callable
from math import inf, log
from typing import NamedTuple

Measure = Callable[[int], float]
"""The seconds that the work takes at a size; ``inf`` where it was ended before it was done."""

MOST = 1.5
"""Time in proportion to size has the exponent 1, to its square 2: halfway between is where a fault begins."""
_TIMES = (1, 2, 3)
"""How many measurements there are in each trial: what does not look wrong at first is not measured again."""


class Growth(NamedTuple):
    """The seconds at two sizes."""

    small: int
    large: int
    before: float
    after: float

    @property
    def exponent(self) -> float:
        """By which power of the size the time grows.

        >>> Growth(10, 100, 1.0, 100.0).exponent
        2.0
        """
        return inf if inf in (self.before, self.after) else log(self.after / self.before) / log(self.large / self.small)


def growth(measure: Measure, small: int, large: int, times: int = 3) -> Growth:
    """The shortest of some measurements at each of two sizes: what else the machine does can only lengthen them."""
    seconds = [max(1e-9, min(measure(size) for _ in range(times))) for size in (small, large)]
    return Growth(small, large, *seconds)


def superlinear(measure: Measure, small: int, large: int) -> Growth | None:
    """How the time grows, if that is faster than the size in each of several trials; else None.

    >>> superlinear(lambda size: 1e-6 * size, 100, 1000) is None
    True
    >>> superlinear(lambda size: 1e-6 * size**2, 100, 1000).exponent
    2.0
    """
    found = None
    for times in _TIMES:
        found = growth(measure, small, large, times)
        if found.exponent <= MOST:
            return None
    return found
