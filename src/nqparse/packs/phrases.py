"""What words stand beside each other in the genre: the pairs that a pack's forms and examples have."""

from collections.abc import Iterator
from itertools import pairwise

import regex

from nqparse.folding import fold_all

_RUNS = regex.compile(r"\p{L}+|\d[\d.,]*")
NUMBER = "0"
"""What any number stands as in the pairs."""


def pairs(text: str) -> Iterator[str]:
    """The words of a text, folded, each with the next one; its first and its last word also alone.

    >>> list(pairs("Số hộ: 45"))
    [' số', 'số hộ', 'hộ 0', '0 ']
    """
    words = [NUMBER if word[0].isdigit() else word for word in _RUNS.findall(fold_all(text.lower()))]
    yield from (f"{one} {two}" for one, two in pairwise(["", *words, ""]))
