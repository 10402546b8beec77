"""Compiled expressions that are tried only where they can match.

Most places of a text begin no match: three characters mostly tell, and an expression's answer for them is remembered.
"""

from collections.abc import Callable, Iterator, Sequence

import regex

Match = regex.Match[str]
_OPENING = 3
_MOST_KEPT = 1 << 13
_LOOKS_BACK = ("(?<=", r"\B")
"""What an expression may begin with that cannot be judged without the text before it."""


class _Openings(dict[str, bool]):
    """Whether a match may begin with some characters; found out at the first question, by a match of a part."""

    def __init__(self, pattern: "regex.Pattern[str]") -> None:
        super().__init__()
        self._pattern = pattern

    def __missing__(self, opening: str) -> bool:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[opening] = self._pattern.match(opening, partial=True) is not None
        return found


class Finder:
    """An expression with the methods of a compiled one.

    A match at a place is tried only if the first characters there can begin one (for an expression that goes backwards:
    the last ones). A search is tried only in a text that has one of the strings ``needs``, in small letters. As no
    match here takes long, other threads are not let in during it, which would take longer than most.
    """

    __slots__ = ("_backwards", "_in_small", "_openings", "needs", "pattern")

    def __init__(self, pattern: "regex.Pattern[str]", needs: Sequence[str] = ()) -> None:
        self.pattern = pattern
        self.needs = tuple(needs)
        self._in_small = any(c.isalpha() for one in needs for c in one)
        self._backwards = bool(pattern.flags & regex.REVERSE)
        judged = self._backwards or not any(sign in pattern.pattern for sign in _LOOKS_BACK)
        self._openings = _Openings(pattern) if judged else None

    def _may_match(self, text: str, pos: int, end: int | None) -> bool:
        if self._openings is None:
            return True
        if self._backwards:
            last = len(text) if end is None or end > len(text) else end
            first = last - _OPENING
            return self._openings[text[first if first > pos else pos : last]]
        return self._openings[text[pos : pos + _OPENING] if end is None or end >= pos + _OPENING else text[pos:end]]

    def may_be_in(self, text: str, pos: int = 0, end: int | None = None) -> bool:
        """Whether the text has one of the strings that each match has; True where none are known."""
        if not self.needs:
            return True
        if pos or end is not None:
            text = text[pos:end]
        if self._in_small:
            text = text.lower()
        for one in self.needs:  # noqa: SIM110 - half the time of any()
            if one in text:
                return True
        return False

    def match(self, text: str, pos: int = 0, end: int | None = None) -> Match | None:
        """The match that begins at ``pos``; of an expression that goes backwards, the one that ends at ``end``."""
        return self.pattern.match(text, pos, end, False) if self._may_match(text, pos, end) else None

    def fullmatch(self, text: str, pos: int = 0, end: int | None = None) -> Match | None:
        """The match from ``pos`` to ``end``."""
        return self.pattern.fullmatch(text, pos, end, False) if self._may_match(text, pos, end) else None

    def search(self, text: str, pos: int = 0, end: int | None = None) -> Match | None:
        """The first match between ``pos`` and ``end``."""
        return self.pattern.search(text, pos, end, False) if self.may_be_in(text, pos, end) else None

    def finditer(self, text: str, pos: int = 0, end: int | None = None) -> Iterator[Match]:
        """The matches between ``pos`` and ``end``, in order."""
        return self.pattern.finditer(text, pos, end) if self.may_be_in(text, pos, end) else iter(())

    def sub(self, new: str | Callable[[Match], str], text: str) -> str:
        """The text with ``new`` in place of each match."""
        return self.pattern.sub(new, text, concurrent=False) if self.may_be_in(text) else text

    def missed_in(self, texts: Sequence[str]) -> str | None:
        """The first text in which the expression by itself has a match that is not tried here; None if none has."""
        for text in texts:
            for found in self.pattern.finditer(text, overlapped=True):
                pos, end = (0, found.end()) if self._backwards else (found.start(), None)
                tried = self._may_match(text, pos, end) or self.pattern.match(text, pos, end) is None
                if not (tried and self.may_be_in(text)):
                    return text
        return None
