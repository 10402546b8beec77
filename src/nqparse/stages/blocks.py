"""Source → blocks: paragraphs, bullets, table rows, footnotes, page furniture; without markup and line breaks.

A block's text is clean: no markup, no line break, single spaces. Its offsets lead back to ``Source.text``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import regex

from nqparse.packs.load import Pack
from nqparse.stages.lines import Line, Wrapping, read_lines, wrapping
from nqparse.stages.markers import Marked, MarkerReader
from nqparse.stages.tables import Cell, Table, find_tables
from nqparse.text import OffsetMap, Source

_OPEN_END = regex.compile(r"[\p{L}\p{N},\-–(/“\"%]$")
_INNER_END = regex.compile(r"[.;!?]\s+\S")
_SENTENCE = regex.compile(r"[.;!?]\s")
_NO_DIGIT = regex.compile(r"[^\d.,]")
_LONG = 100
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

    def origin(self, position: int) -> int:
        """Place of the block's character ``position`` in ``Source.text``."""
        return self.offsets(position)


def lay_out(source: Source, pack: Pack) -> tuple[Block, ...]:
    """The blocks of a document in the order of the text; each character that is no markup lies in exactly one."""
    lines = read_lines(source.text)
    tables = find_tables(lines, pack)
    whole = _Mender(list(_blocks(lines, tables, wrapping(lines), pack)), pack).run()
    return tuple(piece for block in whole for piece in _pieces(block))


@dataclass(slots=True)
class _Draft:
    """A block that lines are still being added to."""

    kind: BlockKind
    lines: list[Line]
    marker: Marked | None = None


def _blocks(lines: list[Line], tables: dict[int, Table], wrap: Wrapping, pack: Pack) -> Iterator[Block]:
    """The blocks of these lines, which are let go one by one: they take more memory than what is made of them."""
    draft: _Draft | None = None
    read_marker = MarkerReader(pack)
    count = len(lines)
    lines.reverse()
    while lines:
        at, line = count - len(lines), lines[-1]
        table = tables.pop(at, None)
        del lines[-1 if table is None else at - table.end :]
        marker = None if line.bullet or line.note or table or line.blank else read_marker(line.text)
        stands_alone = table is not None or line.blank or line.furniture
        if draft is not None and not stands_alone and _continues(draft, line, marker, wrap, pack):
            draft.lines.append(_with_dash(line) if line.bullet else line)
            continue
        if draft is not None:
            yield _close(draft)
            draft = None
        if table is not None:
            yield from _rows(table)
        elif line.furniture:
            yield _close(_Draft(BlockKind.FURNITURE, [line]))
        elif not line.blank:
            draft = _Draft(_kind_of(line), [line], marker)
    if draft is not None:
        yield _close(draft)


def _with_dash(line: Line) -> Line:
    """A line that goes on with the one above, with the dash that had been taken for a bullet ("2,7⏎- 2,8 triệu")."""
    dash = line.start + len(line.raw) - len(line.raw.lstrip(" \t*_\\"))
    derived, origin = line.offsets
    offsets = OffsetMap((0, 1, *(at + 2 for at in derived)), (dash, dash + 1, *origin))
    return line._replace(text=f"- {line.text}", offsets=offsets)


def _kind_of(line: Line) -> BlockKind:
    if line.note is not None:
        return BlockKind.NOTE
    if not line.text:
        return BlockKind.FURNITURE
    return BlockKind.BULLET if line.bullet else BlockKind.PARAGRAPH


def _continues(draft: _Draft, line: Line, marker: Marked | None, wrap: Wrapping, pack: Pack) -> bool:
    """Whether ``line`` goes on with the draft that stands right above it."""
    last = draft.lines[-1]
    if line.heading or line.note is not None or last.heading or not line.text:
        return False
    if not last.text:
        return draft.kind is BlockKind.NOTE
    ended = has_ended(last.text)
    if line.bullet:
        long = len(last.text) >= wrap.width * 0.5
        return bool(wrap.width) and not ended and (line.dashed_on or (wrap.spaced and long))
    if marker is not None:
        return _only_looks_like_a_marker(marker, last, ended, wrap)
    if draft.marker is not None and len(draft.lines) == 1 and draft.marker.end >= len(last.text):
        return True
    if wrap.width and len(last.text) >= wrap.width * 0.72:
        return True
    if wrap.spaced and draft.lines[0].bold == line.bold and not last.text.isupper():
        return True
    return not ended and _goes_on(draft, last, line, wrap, pack)


def _goes_on(draft: _Draft, last: Line, line: Line, wrap: Wrapping, pack: Pack) -> bool:
    """Whether the words themselves go on from an unfinished line to the next."""
    first = line.text[0]
    if first.islower() or not first.isalpha():
        return True
    if last.text.isupper():
        return line.text.isupper() and (last.bold == line.bold or last.open_bold)
    if line.text.isupper() or line.bold != last.bold:
        return False
    if pack.expression("unfinished").search(last.text[-40:]):
        return True
    return bool(wrap.width) and draft.kind is not BlockKind.PARAGRAPH and len(last.text) >= wrap.width * 0.5


def has_ended(text: str) -> bool:
    """Whether a text closes with the sign of a sentence's or a clause's end.

    >>> has_ended("đạt 5%."), has_ended("“Vì người nghèo.”"), has_ended("gồm có")
    (True, True, False)
    """
    return text[-12:].rstrip(" \"”’')]")[-1:] in frozenset(".;:!?…")


def _only_looks_like_a_marker(marker: Marked, last: Line, ended: bool, wrap: Wrapping) -> bool:
    """A hard wrap may put "2. " or "Điều 5." at the start of a line in the middle of a sentence."""
    if not wrap.width or ended or not marker.in_sentence or last.text.isupper():
        return False
    return wrap.spaced or len(last.text) >= wrap.width * 0.8


def _close(draft: _Draft) -> Block:
    first = draft.lines[0]
    if len(draft.lines) == 1:
        return Block(draft.kind, first.text, first.offsets, draft.marker, first.bullet, first.heading, first.bold,
                     first.italic, first.marks)  # fmt: skip
    text, offsets, marks = _glue((line.text, line.offsets, line.marks) for line in draft.lines)
    marker = draft.marker
    if marker is not None and text[marker.end : marker.end + 1] == " ":
        marker = replace(marker, end=marker.end + 1)
    return Block(
        kind=draft.kind,
        text=text,
        offsets=offsets,
        marker=marker,
        level=first.bullet,
        heading=first.heading,
        bold=all(line.bold for line in draft.lines) or _spans("**", draft.lines),
        italic=all(line.italic for line in draft.lines) or _spans("*", draft.lines),
        marks=marks,
    )


def _spans(sign: str, lines: list[Line]) -> bool:
    """Whether one pair of signs of emphasis holds all lines."""
    first, last = lines[0].raw.strip(), lines[-1].raw.strip().rstrip(" .:;")
    if not first.startswith(sign) or not last.endswith(sign):
        return False
    return sum(line.raw.count(sign) for line in lines) == (2 if sign == "**" else 2 * len(sign))


def _glue(pieces: Iterable[Part]) -> Part:
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


def _rows(table: Table) -> Iterator[Block]:
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
            text, offsets, cut = _glue((line.text, line.offsets, line.marks) for line in cell)
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


# -- what is too long --------------------------------------------------------------------------------------------------


def _pieces(block: Block) -> Iterator[Block]:
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


# -- what a page break cut in two --------------------------------------------------------------------------------------


class _Mended:
    """A block and the blocks that go on with it, joined only once so that many pieces cost no more than their text."""

    def __init__(self, block: Block) -> None:
        self.pieces = [block]
        self.length = len(block.text)

    def add(self, block: Block) -> None:
        """Go on with another block."""
        self.pieces.append(block)
        self.length += len(block.text)

    @property
    def is_open(self) -> bool:
        """Whether its text breaks off."""
        first, last = self.pieces[0], self.pieces[-1]
        if first.heading or first.text.isupper() or not _OPEN_END.search(last.text[-1:]):
            return False
        if len(self.pieces) == 1 and (first.bold or first.italic) and (first.marker or len(first.text) < _LONG):
            return False
        return first.kind is BlockKind.BULLET or self.length >= _LONG or last.text[-1] in ",-–/("

    def joined(self) -> Block:
        """All its blocks as one."""
        if len(self.pieces) == 1:
            return self.pieces[0]
        text, offsets, marks = _glue((piece.text, piece.offsets, piece.marks) for piece in self.pieces)
        return replace(self.pieces[0], text=text, offsets=offsets, marks=marks)


class _Mender:
    """Joins what a page break cut in two: a paragraph, or a footnote, that goes on after other blocks."""

    def __init__(self, blocks: Sequence[Block], pack: Pack) -> None:
        self.blocks = blocks
        self.pack = pack
        self.before_notes = _stand_before_notes(blocks)
        self.out: list[_Mended] = []
        self.body: _Mended | None = None
        self.note: _Mended | None = None
        self.listing = False

    def run(self) -> Iterator[Block]:
        for at, block in enumerate(self.blocks):
            found = self._cut_before(at, block)
            if found is not None:
                found.add(block)
                self.body = None if found is self.body and not found.is_open else self.body
                self.note = None if found is self.note and not found.is_open else self.note
            else:
                self._keep(block)
        return (mended.joined() for mended in self.out)

    def _keep(self, block: Block) -> None:
        mended = _Mended(block)
        self.out.append(mended)
        if block.kind is BlockKind.NOTE:
            self.note = mended if mended.is_open else None
        elif block.kind is not BlockKind.FURNITURE:
            self.body = mended if block.kind is not BlockKind.ROW and mended.is_open else None
            self.listing = block.text.endswith(";")

    def _cut_before(self, at: int, block: Block) -> _Mended | None:
        """The block that block ``at`` goes on with, if any."""
        if block.kind is not BlockKind.PARAGRAPH or block.heading or block.marker is not None or block.bold:
            return None
        lower = block.text[0].islower() or block.text[0].isdigit()
        if lower and self.note is not None and self._goes_on_with_note(at):
            return self.note
        if lower or self.body is None:
            return self.body
        return self.body if self._goes_on_in_capitals(block, self.body) else None

    def _goes_on_with_note(self, at: int) -> bool:
        """Below other blocks, a note goes on right above the next; below itself, unless the body may do so as well."""
        if self.out[-1] is not self.note:
            return self.before_notes[at]
        return self.body is None and not self.listing

    def _goes_on_in_capitals(self, block: Block, body: _Mended) -> bool:
        """Whether a block that begins with a capital goes on with running text, which no title is."""
        if not block.text[0].isupper() or block.text.isupper() or body.length <= 2 * _LONG:
            return False
        opened, last = body.pieces[0], body.pieces[-1].text
        if opened.marker is None or _INNER_END.search(opened.text, opened.marker.end):
            return True
        return self.pack.expression("unfinished").search(last[-40:]) is not None


def _stand_before_notes(blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether what follows it is a footnote or the text's end."""
    out: list[bool] = []
    before = True
    for block in reversed(blocks):
        out.append(before)
        if block.kind is not BlockKind.FURNITURE:
            before = block.kind is BlockKind.NOTE
    return out[::-1]
