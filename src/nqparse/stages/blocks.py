"""Source → blocks: paragraphs, bullets, table rows, footnotes and page furniture, with markup and line breaks taken out.

A block's text is clean: no markup, no line break, single spaces. Its offsets lead back to ``Source.text``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import regex

from nqparse.packs.load import Pack
from nqparse.stages.lines import Line, read_lines, wrap_width
from nqparse.stages.markers import Marked, read_marker
from nqparse.stages.tables import Cell, Table, find_tables
from nqparse.text import OffsetMap, Source

_OPEN_END = regex.compile(r"[\p{L}\p{N},\-–(/“\"%]\s*$")
_ENDED = regex.compile(r"[.;:!?…][\s\"”’')\]]*$")
_LONG = 100


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One unit of layout. ``level`` is the rank of its bullet (0 = none); ``heading`` its markdown depth (0 = none)."""

    kind: BlockKind
    text: str
    offsets: OffsetMap
    marker: Marked | None = None
    level: int = 0
    heading: int = 0
    bold: bool = False
    alone: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    table: Table | None = None
    cells: tuple[Cell, ...] = ()
    note: str | None = None

    def origin(self, position: int) -> int:
        """Place of the block's character ``position`` in ``Source.text``."""
        return self.offsets(position)


def lay_out(source: Source, pack: Pack) -> tuple[Block, ...]:
    """The blocks of a document in the order of the text; each character that is no markup lies in exactly one."""
    lines = read_lines(source.text, pack)
    width = wrap_width(lines)
    tables = find_tables(lines, pack)
    return tuple(_mend(list(_blocks(lines, tables, width, pack))))


@dataclass(slots=True)
class _Draft:
    """A block that lines are still being added to."""

    kind: BlockKind
    lines: list[Line]
    marker: Marked | None = None


def _blocks(lines: list[Line], tables: dict[int, Table], width: int, pack: Pack) -> Iterator[Block]:
    draft: _Draft | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        table = tables.get(at)
        if table is not None:
            if draft is not None:
                yield _close(draft)
                draft = None
            yield from _rows(table)
            at = table.end
            continue
        at += 1
        if line.blank or line.furniture:
            if draft is not None:
                yield _close(draft)
                draft = None
            if line.furniture:
                yield _close(_Draft(BlockKind.FURNITURE, [line]))
            continue
        marker = None if line.bullet or line.note else read_marker(line.text, pack)
        if draft is not None and _continues(draft, line, marker, width):
            draft.lines.append(line)
            continue
        if draft is not None:
            yield _close(draft)
        draft = _Draft(_kind_of(line), [line], marker)
    if draft is not None:
        yield _close(draft)


def _kind_of(line: Line) -> BlockKind:
    if line.note is not None:
        return BlockKind.NOTE
    return BlockKind.BULLET if line.bullet else BlockKind.PARAGRAPH


def _continues(draft: _Draft, line: Line, marker: Marked | None, width: int) -> bool:
    """Whether ``line`` goes on with the draft that stands right above it."""
    last = draft.lines[-1]
    if line.heading or line.note is not None or last.heading:
        return False
    ended = bool(_ENDED.search(last.text))
    if line.bullet:
        return bool(width) and not ended and line.dashed_on
    if marker is not None:
        return _only_looks_like_a_marker(marker, last, ended, width)
    first = line.text[0]
    if draft.marker is not None and len(draft.lines) == 1 and draft.marker.end >= len(last.text):
        return True
    if width and len(last.text) >= width * 0.72:
        return True
    if ended:
        return False
    if first.islower() or not first.isalpha():
        return True
    if last.text.isupper() and line.text.isupper():
        return last.bold == line.bold or last.open_bold
    return bool(width) and draft.kind is not BlockKind.PARAGRAPH and len(last.text) >= width * 0.5


def _only_looks_like_a_marker(marker: Marked, last: Line, ended: bool, width: int) -> bool:
    """A hard wrap may put "2. " or "Điều 5." at the start of a line in the middle of a sentence."""
    return bool(width) and not ended and len(last.text) >= width * 0.8 and marker.in_sentence


def _close(draft: _Draft) -> Block:
    first = draft.lines[0]
    text, offsets, marks = _glue(draft.lines)
    return Block(
        kind=draft.kind,
        text=text,
        offsets=offsets,
        marker=draft.marker,
        level=first.bullet,
        heading=first.heading,
        bold=all(line.bold for line in draft.lines),
        alone=len(draft.lines) == 1,
        marks=marks,
        note=first.note,
    )


def _glue(lines: list[Line]) -> tuple[str, OffsetMap, tuple[tuple[int, int], ...]]:
    """The lines' texts joined by a space, with the map back and the places of the marks that were taken out."""
    parts: list[str] = []
    derived: list[int] = []
    origin: list[int] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        if parts and not parts[-1].endswith("-"):
            parts.append(" ")
            length += 1
        elif parts and not _hyphenated(parts[-1], line.text):
            parts.append(" ")
            length += 1
        for start, place in zip(line.offsets.derived, line.offsets.origin, strict=True):
            derived.append(length + start)
            origin.append(place)
        marks += line.marks
        parts.append(line.text)
        length += len(line.text)
    return "".join(parts), OffsetMap(tuple(derived), tuple(origin)), tuple(marks)


def _hyphenated(before: str, after: str) -> bool:
    """Whether the dash at the end of ``before`` belongs to one word with ``after`` ("178-" and "QĐ/TU")."""
    return len(before) > 1 and before[-2].isalnum() and after[:1].isupper() and after[:2].isupper()


def _rows(table: Table) -> Iterator[Block]:
    for row in table.rows:
        parts: list[str] = []
        derived, origin, marks, cells = [], [], [], []
        length = 0
        for cell in row.cells:
            if parts:
                parts.append("\t")
                length += 1
            text, offsets, cut = _glue(list(cell)) if cell else ("", OffsetMap((0,), (row.start,)), ())
            derived += [length + start for start in offsets.derived]
            origin += offsets.origin
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


def _mend(blocks: list[Block]) -> list[Block]:
    """Join what a page break cut in two: a paragraph, or a footnote, that goes on after other blocks."""
    body: int | None = None
    note: int | None = None
    out: list[Block] = []
    for at, block in enumerate(blocks):
        kind = block.kind
        if kind is BlockKind.PARAGRAPH and not block.heading and block.marker is None:
            target = _cut_before(blocks, at, out, body, note)
            if target is not None:
                out[target] = _join(out[target], block)
                if not _is_open(out[target]):
                    body, note = (None, note) if target == body else (body, None)
                continue
        out.append(block)
        if kind is BlockKind.NOTE:
            note = len(out) - 1 if _is_open(block) else None
        elif kind is BlockKind.FURNITURE:
            continue
        else:
            body = len(out) - 1 if kind is not BlockKind.ROW and _is_open(block) else None
    return out


def _is_open(block: Block) -> bool:
    text = block.text
    return (
        not block.heading
        and not text.isupper()
        and not (block.bold and len(text) < _LONG)
        and bool(_OPEN_END.search(text))
        and (len(text) >= _LONG or text[-1] in ",-–/(")
    )


def _cut_before(blocks: list[Block], at: int, out: list[Block], body: int | None, note: int | None) -> int | None:
    """Index in ``out`` of the block that block ``at`` goes on with, if any."""
    block = blocks[at]
    first = block.text[:1]
    if not first or block.bold:
        return None
    follows = next((b.kind for b in blocks[at + 1 :] if b.kind is not BlockKind.FURNITURE), None)
    in_notes = follows in (BlockKind.NOTE, None) and out and out[-1].kind is not BlockKind.NOTE
    lower = first.islower() or first.isdigit()
    if note is not None and lower and in_notes:
        return note
    if note is not None and note == len(out) - 1 and lower and body is None and not _soft_open(out):
        return note
    if body is not None and (lower or (first.isupper() and not block.text.isupper() and len(out[body].text) > 2 * _LONG)):
        return body
    return None


def _soft_open(out: list[Block]) -> bool:
    """Whether the last block of the body ends in a semicolon, after which a lower-case paragraph may follow."""
    last = next((b for b in reversed(out) if b.kind is not BlockKind.NOTE and b.kind is not BlockKind.FURNITURE), None)
    return last is not None and last.text.endswith(";")


def _join(first: Block, second: Block) -> Block:
    gap = "" if first.text.endswith("-") and _hyphenated(first.text, second.text) else " "
    shift = len(first.text) + len(gap)
    return replace(
        first,
        text=first.text + gap + second.text,
        offsets=OffsetMap(
            first.offsets.derived + tuple(p + shift for p in second.offsets.derived),
            first.offsets.origin + second.offsets.origin,
        ),
        marks=first.marks + second.marks,
    )
