"""Places in a text that was derived from another by edits, and the way back to the other's."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class OffsetMap(NamedTuple):
    """Where each stretch of a derived text lies in the text that it was derived from.

    ``derived`` and ``origin`` hold the starts of the stretches, ascending; within a stretch the two run in parallel.
    """

    derived: tuple[int, ...]
    origin: tuple[int, ...]

    def __call__(self, position: int) -> int:
        """Place of the derived text's character ``position`` in the origin."""
        at = bisect_right(self.derived, position) - 1
        return self.origin[at] + position - self.derived[at]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Places of two of the derived text's characters in the origin; ``last`` is not before ``first``.

        >>> OffsetMap((0, 5), (10, 20)).span(4, 5)
        (14, 20)
        """
        derived, origin = self
        if len(derived) == 1:
            return origin[0] + first - derived[0], origin[0] + last - derived[0]
        at = bisect_right(derived, first) - 1
        to = bisect_right(derived, last, at) - 1
        return origin[at] + first - derived[at], origin[to] + last - derived[to]

    def back(self, place: int) -> int:
        """The derived text's character at a place of the origin; the one before it where the place was left out.

        >>> OffsetMap((0, 5), (10, 20)).back(21), OffsetMap((0, 5), (10, 20)).back(17)
        (6, 4)
        """
        at = max(0, bisect_right(self.origin, place) - 1)
        end = self.derived[at + 1] - 1 if at + 1 < len(self.derived) else place
        return min(max(0, self.derived[at] + place - self.origin[at]), max(end, self.derived[at]))

    def between(self, start: int, end: int) -> "OffsetMap":
        """The map of the derived text's characters from ``start`` to ``end`` alone.

        >>> OffsetMap((0, 5), (10, 20)).between(3, 8)
        OffsetMap(derived=(0, 2), origin=(13, 20))
        """
        first, last = bisect_right(self.derived, start), bisect_left(self.derived, end)
        derived = (0, *(at - start for at in self.derived[first:last]))
        return OffsetMap(derived, (self(start), *self.origin[first:last]))


def edited(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, OffsetMap | None]:
    """A text after edits (start, end, new), which are in order; and the way back, None where no place moved."""
    parts: list[str] = []
    derived, origin = [0], [0]
    length = last = 0
    for start, end, new in edits:
        parts += (text[last:start], new)
        length += start - last + len(new)
        last = end
        if len(new) != end - start:
            derived.append(length)
            origin.append(end)
    if not parts:
        return text, None
    parts.append(text[last:])
    return "".join(parts), OffsetMap(tuple(derived), tuple(origin)) if len(derived) > 1 else None


def chained(first: OffsetMap | None, second: OffsetMap | None) -> OffsetMap | None:
    """The map of a text that was derived by ``second`` from one that was derived by ``first``."""
    if first is None or second is None:
        return first or second
    derived: list[int] = []
    origin: list[int] = []
    for at, (start, middle) in enumerate(zip(second.derived, second.origin, strict=True)):
        derived.append(start)
        origin.append(first(middle))
        stop = second.derived[at + 1] - start + middle if at + 1 < len(second.derived) else first.derived[-1] + 1
        for n in range(bisect_right(first.derived, middle), bisect_left(first.derived, stop)):
            derived.append(start + first.derived[n] - middle)
            origin.append(first.origin[n])
    return OffsetMap(tuple(derived), tuple(origin))
