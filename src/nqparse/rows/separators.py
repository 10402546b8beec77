"""Whether the commas of a table's columns part thousands, as in English: "12,500" is then 12500."""

import re
from collections import Counter
from collections.abc import Iterator

from nqparse.layout.cells import is_value
from nqparse.layout.tables import Table
from nqparse.quantity.numbers import LITERAL

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_SURELY = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}|(?:,\d{3})+\.\d+)")
_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_FEWEST = 2


def columns_of_thousands(table: Table) -> frozenset[int]:
    """The columns whose commas part thousands.

    In such a column every comma is followed by exactly three digits, and no number of the table has a comma before
    decimals, or points between thousands. One number that can be read in no other way ("1,234,567") is enough, else the
    column has two.
    """
    printed = list(_printed(table))
    if any(_POINTS.fullmatch(number) or ("," in number and not _THOUSANDS.fullmatch(number)) for _, number in printed):
        return frozenset()
    commas = Counter(at for at, number in printed if "," in number)
    sure = any(_SURELY.fullmatch(number) for _, number in printed)
    return frozenset(at for at, times in commas.items() if sure or times >= _FEWEST)


def _printed(table: Table) -> Iterator[tuple[int, str]]:
    """The numbers of the cells that hold a value, each with its column."""
    for n, row in enumerate(table.rows):
        if n in table.heads:
            continue
        for at, text in enumerate(row.texts()):
            if text and is_value(text):
                yield from ((at, number) for number in LITERAL.findall(text))
