"""Source → blocks: which lines go on with one another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import merge

import regex

from nqparse.faults import RAISING, Guard
from nqparse.layout.blocks import Block, BlockKind, glue, pieces_of, rows_of
from nqparse.layout.capitals import with_capitals
from nqparse.layout.lines import Line, read_lines
from nqparse.layout.markers import Marked, MarkerReader
from nqparse.layout.page_breaks import Mender
from nqparse.layout.pages import page_ends, with_furniture
from nqparse.layout.stacks import stacked
from nqparse.layout.tables import Table, find_tables
from nqparse.layout.wrapping import Wrapping, wrapping
from nqparse.models import SectionKind
from nqparse.packs.load import Pack
from nqparse.text.offsets import OffsetMap
from nqparse.text.source import Source

_BOLD_BULLET = regex.compile(r"\s{0,40}[*+•\-]\s{1,9}\*\*\S")
_ENDS = frozenset(".;:!?…")
_NOWHERE: frozenset[int] = frozenset()
_COUNTED = (SectionKind.ARABIC, SectionKind.DECIMAL, SectionKind.ALPHA)


def lay_out(source: Source, pack: Pack, guard: Guard = RAISING) -> tuple[Block, ...]:
    """The blocks of a document in the order of the text; each character that is no markup lies in exactly one.

    Where a step fails that only joins or marks lines, they are taken as they were before it.
    """
    lines = read_lines(source.text, guard)
    guard.place = None
    lines = guard.or_else(lines, _with_furniture, lines, pack)
    wrap = guard.or_else(Wrapping(), wrapping, lines)
    lines = guard.or_else(lines, with_capitals, lines, wrap)
    none: dict[int, Table] = {}
    tables = guard.or_else(none, find_tables, lines, pack)
    drafts = list(_Drafter(lines, tables, wrap, pack, guard).run())
    guard.place = None
    whole = guard.or_else(drafts, _mended, drafts, pack)
    return tuple(piece for block in whole for piece in guard.or_else([block], _pieces, block, place=block))


def plain_layout(source: Source) -> tuple[Block, ...]:
    """Each line as a paragraph: the blocks of a document whose layout cannot be read."""
    blocks: list[Block] = []
    start = 0
    for raw in source.text.split("\n"):
        at, text = start + len(raw) - len(raw.lstrip()), raw.strip()
        if text:
            blocks.append(Block(BlockKind.PARAGRAPH, text, OffsetMap((0,), (at,))))
        start += len(raw) + 1
    return tuple(blocks)


def _with_furniture(lines: list[Line], pack: Pack) -> list[Line]:
    return with_furniture(lines, stacked(lines, pack))


def _mended(blocks: list[Block], pack: Pack) -> list[Block]:
    return list(Mender(list(blocks), pack).run())


def _pieces(block: Block) -> list[Block]:
    return list(pieces_of(block))


@dataclass(slots=True)
class _Draft:
    """A block that lines are still being added to."""

    kind: BlockKind
    lines: list[Line]
    marker: Marked | None = None


class _Drafter:
    """Puts lines together to blocks. They are let go one by one: they take more memory than what is made of them."""

    def __init__(self, lines: list[Line], tables: dict[int, Table], wrap: Wrapping, pack: Pack, guard: Guard) -> None:
        self.guard = guard
        self.lines = lines
        self.tables = tables
        self.pack = pack
        self.wrap = wrap
        self.ends = guard.or_else(_NOWHERE, page_ends, lines)
        self.read_marker = MarkerReader(pack)
        self.draft: _Draft | None = None
        self.pages: list[Block] = []
        self.counts: dict[str, tuple[int, ...]] = {}

    def run(self) -> Iterator[Block]:
        count = len(self.lines)
        self.lines.reverse()
        while self.lines:
            at, line = count - len(self.lines), self.lines[-1]
            self.guard.place = line
            table = self.tables.pop(at, None)
            if table is not None:
                yield from self._done()
                yield from self._table(table, count)
                continue
            del self.lines[-1]
            if self.draft is not None and self.wrap.width and at in self.ends:
                self.pages += [_furniture(line)] if line.furniture else []
            elif line.furniture:
                yield from self._done()
                yield _furniture(line)
            elif line.blank:
                yield from self._done()
            else:
                yield from self._take(line)
        yield from self._done()

    def _table(self, table: Table, count: int) -> Iterator[Block]:
        """The rows of a table, with the furniture of the pages that it runs over between them."""
        first = count - table.end
        pages = [_furniture(line) for line in reversed(self.lines[first:]) if line.furniture]
        del self.lines[first:]
        yield from merge(rows_of(table), pages, key=lambda block: block.origin(0))

    def _take(self, line: Line) -> Iterator[Block]:
        """Add a line to the draft, or begin one with it."""
        bold = line.bullet and "**" in line.raw and _BOLD_BULLET.match(line.raw) is not None
        marked = (not line.bullet or bold) and not line.note
        marker = self.guard.or_else(None, self.read_marker, line.text) if marked else None
        if line.bullet and marker is not None:
            line = line._replace(bullet=0)
        counted = marker is not None and _comes_next(marker, self.counts)
        if self.draft is not None and not counted and self._joins(self.draft, line, marker):
            self.draft.lines.append(_with_dash(line) if line.bullet else line)
            return
        yield from self._done()
        self.draft = _Draft(_kind_of(line), [line], marker)
        if marker is not None:
            self.counts |= {reading.style: reading.value for reading in marker.readings}

    def _joins(self, draft: _Draft, line: Line, marker: Marked | None) -> bool:
        return self.guard.or_else(False, self._goes_on, draft, line, marker)

    def _goes_on(self, draft: _Draft, line: Line, marker: Marked | None) -> bool:
        """Whether a line goes on with the draft, from which a page's end may part it."""
        if not _continues(draft, line, marker, self.wrap, self.pack):
            return False
        return not self.pages or _is_broken_off(draft, line, self.wrap)

    def _done(self) -> Iterator[Block]:
        """The draft as a block, and the page furniture that may have stood within it."""
        if self.draft is not None:
            yield _close(self.draft)
            yield from self.pages
            self.draft, self.pages = None, []


def _furniture(line: Line) -> Block:
    return _close(_Draft(BlockKind.FURNITURE, [line]))


def _is_broken_off(draft: _Draft, line: Line, wrap: Wrapping) -> bool:
    """Whether the last line of a page goes on with the first of the next."""
    last = draft.lines[-1]
    if last.text.isupper() or (line.bullet and not line.dashed_on):
        return False
    if not wrap.forced(last, line, 0.72):
        return wrap.closed and not wrap.margin and draft.kind is BlockKind.BULLET and not has_ended(last.text)
    return not has_ended(last.text) or (last.text[-1] == ":" and bool(wrap.margin))


def _comes_next(marker: Marked, counts: dict[str, tuple[int, ...]]) -> bool:
    """Whether a number or letter follows the last of its kind: no hard wrap puts such a one at a line's start."""
    return any(
        reading.kind in _COUNTED and counts.get(reading.style) == (*reading.value[:-1], reading.value[-1] - 1)
        for reading in marker.readings
        if reading.value
    )


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
    if line.heading or line.note is not None or not line.text:
        return False
    if draft.lines[0].heading:
        return line.text[0].islower() and marker is None and not line.bullet and not has_ended(last.text)
    if not last.text:
        return draft.kind is BlockKind.NOTE
    ended = has_ended(last.text)
    if line.bullet:
        if not wrap.width or ended or (wrap.margin and not wrap.forced(last, line, 0.5)):
            return False
        return line.dashed_on or (wrap.spaced and wrap.forced(last, line, 0.5))
    if marker is not None:
        return _only_looks_like_a_marker(marker, last, line, ended, wrap)
    if draft.marker is not None and len(draft.lines) == 1 and draft.marker.end >= len(last.text):
        return True
    if wrap.width and wrap.forced(last, line, 0.72):
        return True
    if wrap.spaced and not wrap.margin and draft.lines[0].bold == line.bold and not last.text.isupper():
        return True
    return _goes_on(draft, line, wrap, pack, ended=ended)


def _goes_on(draft: _Draft, line: Line, wrap: Wrapping, pack: Pack, *, ended: bool) -> bool:
    """Whether the words themselves go on from an unfinished line to the next, or a bullet below its semicolon."""
    last, first = draft.lines[-1], line.text[0]
    if ended:
        return draft.kind is BlockKind.BULLET and last.text[-1] in ";," and first.islower()
    if first.islower() or not first.isalpha():
        return True
    if last.text.isupper():
        return line.text.isupper() and (last.bold == line.bold or last.open_bold)
    if line.text.isupper() or line.bold != last.bold:
        return False
    if pack.expression("unfinished").search(last.text[-40:]):
        return True
    if not wrap.width or draft.kind is BlockKind.PARAGRAPH:
        return False
    return wrap.forced(last, line, 0.5) or (wrap.closed and not wrap.margin)


def has_ended(text: str) -> bool:
    """Whether a text closes with the sign of a sentence's or a clause's end.

    >>> has_ended("đạt 5%."), has_ended("“Vì người nghèo.”"), has_ended("gồm có")
    (True, True, False)
    """
    return text[-12:].rstrip(" \"”’')]")[-1:] in _ENDS


def _only_looks_like_a_marker(marker: Marked, last: Line, line: Line, ended: bool, wrap: Wrapping) -> bool:
    """A hard wrap may put "2. " or "Điều 5." at the start of a line in the middle of a sentence."""
    if not wrap.width or ended or not marker.in_sentence or last.text.isupper():
        return False
    if line.open_bold and not (last.bold or last.open_bold):
        return False
    return (wrap.spaced and not wrap.margin) or wrap.forced(last, line, 0.8)


def _close(draft: _Draft) -> Block:
    first = draft.lines[0]
    if len(draft.lines) == 1:
        return Block(draft.kind, first.text, first.offsets, draft.marker, first.bullet, first.heading, first.bold,
                     first.italic, first.marks)  # fmt: skip
    text, offsets, marks = glue((line.text, line.offsets, line.marks) for line in draft.lines)
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
