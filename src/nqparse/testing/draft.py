"""A text that is being disguised, with the place in the plain text that each of its characters comes from."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random

import regex

from nqparse.errors import NqparseError
from nqparse.text.offsets import OffsetMap, chained, edited


class UnfitError(NqparseError):
    """A text has characters that a disguise has no place for."""


Edit = tuple[int, int, str]
"""A stretch of a text (start, end) and what stands there instead."""


_PARALLEL = OffsetMap((0,), (0,))


@dataclass(frozen=True, slots=True)
class Disguised:
    """A text in disguise: ``text`` as a reader decodes it, ``data`` the bytes of its file.

    Both decode to the same: ``data.decode(encoding) == text``.
    """

    text: str
    offsets: OffsetMap = _PARALLEL
    encoding: str = "utf-8"

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.text.encode(self.encoding)

    def origin(self, position: int) -> int:
        """Place in the plain text of the character ``position``; what was put in has that of what follows it."""
        at = bisect_right(self.offsets.derived, position) - 1
        after = self.offsets.origin[at + 1 :][:1]
        place = self.offsets.origin[at] + position - self.offsets.derived[at]
        return min(place, after[0]) if after else place

    def encoded(self, encoding: str) -> "Disguised":
        """The same text as another file."""
        return replace(self, encoding=encoding)

    def edited(self, edits: Iterable[Edit]) -> "Disguised":
        """The text after edits that are in order and do not overlap."""
        text, step = edited(self.text, edits)
        return replace(self, text=text, offsets=chained(self.offsets, step) or self.offsets)

    def sub(self, pattern: str, new: "str | Callable[[regex.Match[str]], str]", flags: int = 0) -> "Disguised":
        """The text with each match of ``pattern`` replaced."""
        edits: list[Edit] = []
        for match in regex.compile(pattern, flags).finditer(self.text):
            text = match.expand(new) if isinstance(new, str) else new(match)
            if text != match.group():
                edits.append((*match.span(), text))
        return self.edited(edits)


Maker = Callable[[Disguised, Random], Disguised]
"""What puts a disguise on: the text so far, and where its chances come from."""
