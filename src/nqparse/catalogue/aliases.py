"""An alias as the catalogue writes it → the words that a name must have, and those that it may have."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

from nqparse.catalogue.normal import numbered
from nqparse.errors import PatternError

_PIECE = re.compile(r"\((?P<optional>[^()\[\]]+)\)|\[(?P<either>[^()\[\]]+)\]|(?P<plain>[^()\[\]]+)")
OPEN = "*"
"""Ends an alias that takes any further words."""


class Form(NamedTuple):
    """Words that a name must have, and what more it may have."""

    must: frozenset[str]
    may: frozenset[str]


def forms(alias: str, words: Callable[[str], tuple[str, ...]]) -> Iterator[Form]:
    """The forms of an alias: one for each choice among its ``[…|…]``; ``words`` makes the words of a piece comparable.

    Raises PatternError for brackets that do not fit, and for an alias all of which may be left out.

    >>> [sorted(form.must) for form in forms("hộ (gia đình) [nghèo|cận nghèo]", lambda text: tuple(text.split()))]
    [['hộ', 'nghèo'], ['cận', 'hộ', 'nghèo']]
    """
    pieces = list(_PIECE.finditer(alias))
    if "".join(piece.group() for piece in pieces) != alias:
        raise PatternError(f"the alias {alias!r} has brackets that do not fit")
    may = frozenset(word for one in pieces for part in (one["optional"] or "").split("|") for word in words(part))
    for chosen in product(*(_choices(piece) for piece in pieces)):
        must = numbered(words(" ".join(chosen)))
        if not must:
            raise PatternError(f"the alias {alias!r} needs no word: all of it may be left out")
        yield Form(must, _again(must, may))


def _again(must: frozenset[str], may: frozenset[str]) -> frozenset[str]:
    """What a name may have, each word up to three times: optional parts may share words."""
    return may | {f"{word} {times}" for word in may for times in (2, 3)}


def _choices(piece: "re.Match[str]") -> list[str]:
    if piece["optional"] is not None:
        return [""]
    return piece["either"].split("|") if piece["either"] is not None else [piece["plain"]]
