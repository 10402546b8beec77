"""Places in a text as people look them up: the line, the column, the words around."""

from bisect import bisect_right
from typing import NamedTuple

import regex

_BREAK = regex.compile(r"\r\n|\r|\n")


class Spot(NamedTuple):
    """A stretch of a text: its line and column (from 1; 0 where they are not known), that line, and its place in it."""

    line: int
    column: int
    text: str
    start: int
    end: int


class Lines:
    """The lines of a text."""

    def __init__(self, text: str) -> None:
        breaks = list(_BREAK.finditer(text))
        self._text = text
        self._starts = [0, *(found.end() for found in breaks)]
        self._ends = [*(found.start() for found in breaks), len(text)]

    def spot(self, start: int, end: int) -> Spot:
        """The line on which the stretch starts, and as much of the stretch as stands on it.

        >>> Lines("một\\r\\nhai 5%").spot(9, 10)
        Spot(line=2, column=5, text='hai 5%', start=4, end=5)
        """
        at = bisect_right(self._starts, start) - 1
        first, last = self._starts[at], self._ends[at]
        within = min(start, last) - first
        return Spot(at + 1, start - first + 1, self._text[first:last], within, max(within, min(end, last) - first))
