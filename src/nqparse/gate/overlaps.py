"""Which of many spans overlap one."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

Span = tuple[int, int]


class Spans:
    """Spans of a text, by place.

    >>> Spans([(0, 3), (5, 9)]).over(2, 6)
    [(0, 3), (5, 9)]
    >>> Spans([(0, 3), (5, 9)]).over(3, 5)
    []
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._reach = list(accumulate((end for _, end in self._spans), max))

    def over(self, start: int, end: int) -> list[Span]:
        """Those that share a character with the stretch, in the order of the text."""
        result = []
        at = bisect_left(self._starts, end)
        while at and self._reach[at - 1] > start:
            at -= 1
            if self._spans[at][1] > start:
                result.append(self._spans[at])
        return result[::-1]
