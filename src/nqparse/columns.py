"""Rows of cells as lines of text in columns, wrapped to a width. Knows nothing of what is in the cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap

_GAP = "  "
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the width from which on it is wrapped, whether numbers stand in it."""

    title: str
    widest: int = 10_000
    right: bool = False
    whole: bool = False
    """Never wrapped, however narrow the terminal."""
    hanging: bool = False
    """Lines after the first begin below the first one's second word, as below a section's title."""

    def cell(self, text: str, width: int) -> str:
        return text.rjust(width) if self.right else text.ljust(width)


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int) -> str:
    """The rows under their titles and a rule, in at most ``width`` columns where that can be; ``none`` without rows.

    >>> print(table([Column("No."), Column("Name")], [("1", "tỷ lệ hộ nghèo")], 16), end="")
    No.  Name
    ─────────────
    1    tỷ lệ hộ
         nghèo
    >>> print(table([Column("Section", hanging=True)], [("  1  Nhóm chỉ tiêu về kinh tế",)], 20), end="")
    Section
    ──────────────────
      1  Nhóm chỉ tiêu
         về kinh tế
    """
    rows = list(rows)
    if not rows:
        return "none\n"
    widths = _widths(columns, rows, width)
    lines = [line for row in ([column.title for column in columns], *rows) for line in _lines(columns, row, widths)]
    header = len(_lines(columns, [column.title for column in columns], widths))
    lines.insert(header, "─" * max(map(len, lines)))
    return "".join(f"{line}\n" for line in lines)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """As wide as the longest cell of each column; where that is too wide, the widest columns give way."""
    widths = [
        min(column.widest, max(len(column.title), *(len(row[i]) for row in rows))) for i, column in enumerate(columns)
    ]
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while over > 0:
        wrapped = [i for i, column in enumerate(columns) if not column.whole and widths[i] > _NARROWEST]
        if not wrapped:
            break
        widest = max(wrapped, key=lambda i: widths[i])
        widths[widest] -= 1
        over -= 1
    return widths


def _lines(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> list[str]:
    shape = list(zip(columns, widths, strict=True))
    cells = [_wrapped(column, text, width) for (column, width), text in zip(shape, row, strict=True)]
    return [
        _GAP.join(column.cell(text, width) for (column, width), text in zip(shape, line, strict=True)).rstrip()
        for line in zip_longest(*cells, fillvalue="")
    ]


def _wrapped(column: Column, text: str, width: int) -> list[str]:
    if len(text) <= width:
        return [text]
    first = text.lstrip(" ").partition(" ")[0]
    behind = len(text) - len(text.lstrip(" ")) + len(first)
    indent = behind + len(text[behind:]) - len(text[behind:].lstrip(" ")) if column.hanging else 0
    return wrap(text, width, subsequent_indent=" " * min(indent, width // 2))
