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

    def in_proper_name(self, at: int) -> bool:
        """Whether word ``at`` goes on a proper name: it and the word before have a capital, the one before those has
        none or opens the text. In a line in which each word has a capital that says nothing.

        >>> [tokenize(text).in_proper_name(2) for text in ("xã Thạch Bằng", "Xã Thạch Bằng", "xã Thạch bằng")]
        [True, True, False]
        >>> tokenize("Tổng Thu Ngân Sách").in_proper_name(3)
        False
        """
        capitals = at > 0 and self._has_capital(at) and self._has_capital(at - 1)
        return capitals and (at == 2 or (at > 2 and not self._has_capital(at - 2)))

    def _has_capital(self, at: int) -> bool:
        word = self.text[self.starts[at] : self.ends[at]]
        return word[0].isupper() and not word[1:].isupper()

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
