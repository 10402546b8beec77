"""A block's text → words and signs, folded for look-up, with their places."""

from bisect import bisect_left
from dataclasses import dataclass

from nqparse.folding import WORD, fold, fold_all


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words, numbers and signs of a text: ``words`` folded, ``starts`` and ``ends`` in the text."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def at(self, position: int) -> int:
        """Index of the first token that starts at ``position`` or after it."""
        return bisect_left(self.starts, position)

    def slice(self, first: int, last: int) -> str:
        """The text from token ``first`` up to, not including, token ``last``."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


def tokenize(text: str) -> Tokens:
    """The tokens of a text.

    >>> tokenize("đạt 12,5%/năm").words
    ['đạt', '12,5', '%', '/', 'năm']
    """
    folded = fold_all(text.lower())
    if len(folded) != len(text):  # a letter that is two when it is small
        spans = [match.span() for match in WORD.finditer(text)]
        return Tokens(text, [fold(text[a:b]) for a, b in spans], [a for a, _ in spans], [b for _, b in spans])
    found = list(WORD.finditer(folded))
    return Tokens(text, [m[0] for m in found], [m.start() for m in found], [m.end() for m in found])
