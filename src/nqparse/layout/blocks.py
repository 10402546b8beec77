"""Blocks of layout: paragraphs, bullets, table rows, footnotes, page furniture; without markup and line breaks.

A block's text is clean: no markup, no line break, single spaces. Its offsets lead back to ``Source.text``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import regex

from nqparse.layout.cells import Cell
from nqparse.layout.markers import Marked
from nqparse.layout.tables import Table
from nqparse.text.offsets import OffsetMap

_SENTENCE = regex.compile(r"[.;!?]\s")
_NO_DIGIT = regex.compile(r"[^\d.,]")
_LONGEST = 1 << 15

Part = tuple[str, OffsetMap, tuple[tuple[int, int], ...]]


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One unit of layout. ``level`` is the rank of its bullet (0 = none); ``heading`` its markdown depth (0 = none).

    ``bold`` and ``italic`` say that it is so as a whole.
    """

    kind: BlockKind
    text: str
    offsets: OffsetMap
    marker: Marked | None = None
    level: int = 0
    heading: int = 0
    bold: bool = False
    italic: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    table: Table | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends in ``Source.text``."""
        return self.origin(0), self.origin(max(0, len(self.text) - 1)) + bool(self.text)

    def origin(self, position: int) -> int:
        """Place of the block's character ``position`` in ``Source.text``."""
        return self.offsets(position)


def glue(pieces: Iterable[Part]) -> Part:
    """Texts joined by a space, with the map back and the places of the marks that were taken out."""
    parts: list[str] = []
    derived: list[int] = []
    origin: list[int] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for text, offsets, cut in pieces:
        marks += cut
        if not text:
            continue
        if parts and not _hyphenated(parts[-1], text):
            parts.append(" ")
            length += 1
        derived += [length + start for start in offsets.derived]
        origin += offsets.origin
        parts.append(text)
        length += len(text)
    return "".join(parts), OffsetMap(tuple(derived) or (0,), tuple(origin) or (0,)), tuple(marks)


def _hyphenated(before: str, after: str) -> bool:
    """Whether the dash at the end of ``before`` belongs to one word with ``after`` ("178-" and "QĐ/TU")."""
    return before[-1:] == "-" and before[-2:-1].isalnum() and after[:2].isupper()


def rows_of(table: Table) -> Iterator[Block]:
    for row in table.rows:
        parts: list[str] = []
        derived: list[int] = []
        origin: list[int] = []
        marks: list[tuple[int, int]] = []
        cells: list[Cell] = []
        length, last = 0, row.start
        for cell in row.cells:
            if parts:
                parts.append("\t")
                length += 1
            text, offsets, cut = cell[0][1:4] if len(cell) == 1 else glue(line[1:4] for line in cell)
            if text:
                derived += [length + start for start in offsets.derived]
                origin += offsets.origin
                last = offsets(len(text) - 1)
            else:  # nothing: it, and what parts it from the text before, lie where that text ends
                derived.append(max(0, length - 1))
                origin.append(last)
            marks += cut
            cells.append(Cell(length, length + len(text), text))
            parts.append(text)
            length += len(text)
        yield Block(
            BlockKind.ROW,
            "".join(parts),
            OffsetMap(tuple(derived), tuple(origin)),
            marks=tuple(marks),
            table=table,
            cells=tuple(cells),
        )


def pieces_of(block: Block) -> Iterator[Block]:
    """A block as it is; a text longer than any paragraph of a person, cut between sentences, or at least words.

    What works on a block at once holds all of its words: so a file without line breaks takes no more memory.
    """
    if len(block.text) <= _LONGEST or block.kind is BlockKind.ROW:
        yield block
        return
    start = 0
    while start < len(block.text):
        end = _cut(block.text, start)
        yield _piece(block, start, end)
        start = end


def _cut(text: str, start: int) -> int:
    """Where the piece that begins at ``start`` ends: never within a number."""
    if len(text) - start <= _LONGEST:
        return len(text)
    sentence = max((m.end() for m in _SENTENCE.finditer(text, start, start + _LONGEST)), default=0)
    found = sentence or text.rfind(" ", start, start + _LONGEST) + 1
    if found > start:
        return found
    beyond = _NO_DIGIT.search(text, start + _LONGEST)
    return len(text) if beyond is None else beyond.start()


def _piece(block: Block, start: int, end: int) -> Block:
    first = start == 0
    return replace(
        block,
        text=block.text[start:end].rstrip(" "),
        offsets=block.offsets.between(start, end),
        marker=block.marker if first else None,
        marks=block.marks if first else (),
    )
