"""The cells of tables: what they are made of, and what a cell's text is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nqparse.layout.lines import Line, clean
from nqparse.text.offsets import OffsetMap

_VALUE = re.compile(r"[\s≥≤<>=~±+\-–−(]*\d[\d.,]*\s*(?:[-–/]\s*\d[\d.,]*\s*)?[%‰)]*\s*$")
YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?$")
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[^\W\d_](?:\.\d{1,2})*|[-–+*•])[.)]?$")
_MARKED = re.compile(r"[*\\_<\[`¹²³⁰-⁹]|\s\s(?=\S)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a block's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row as lines: each cell is the lines (or parts of lines) that it is printed on."""

    start: int
    cells: tuple[tuple[Line, ...], ...]

    def texts(self) -> tuple[str, ...]:
        """The cells' texts."""
        return tuple(" ".join(line.text for line in cell).strip() for cell in self.cells)


def is_value(text: str) -> bool:
    """Whether a cell holds a number and nothing but it: not a year.

    >>> is_value("≥ 12,5"), is_value("75 - 76"), is_value("2025"), is_value("2 xã")
    (True, True, False, False)
    """
    return bool(_VALUE.match(text)) and not YEAR.match(text)


def is_label(text: str) -> bool:
    """Whether a cell holds a row's number, letter or bullet.

    >>> is_label("1.1"), is_label("IV"), is_label("-"), is_label("12,5")
    (True, True, True, False)
    """
    return bool(_LABEL.match(text))


def part(raw: str, start: int) -> Line:
    """A cell's part of a line as a line of its own. A bullet, or a sign that stands alone, stays in its text."""
    lead = len(raw) - len(raw.lstrip())
    if not _MARKED.search(raw):
        return Line(start, raw.strip(), OffsetMap((0,), (start + lead,)), raw=raw)
    text, offsets, marks = clean(raw, lead, start)
    return Line(start, text, offsets, marks, raw=raw)


def cell_lines(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        if not line.text or line.bullet or line.note is not None:
            line = part(line.raw, line.start)
        if line.text or line.marks:
            yield line
