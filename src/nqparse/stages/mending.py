"""Blocks → blocks: what a page break cut in two, a paragraph or a footnote, is joined again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from nqparse.packs.load import Pack
from nqparse.stages.blocks import Block, BlockKind, glue

_OPEN_SIGNS = frozenset(',-–(/“"%')
_INNER_END = regex.compile(r"[.;!?]\s+\S")
_LONG = 100
_SHORT = 20


def _is_open_end(sign: str) -> bool:
    """Whether a text whose last sign this is (none for no text) may go on."""
    return sign.isalnum() or sign in _OPEN_SIGNS


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
        if first.heading or first.text.isupper() or not _is_open_end(last.text[-1:]):
            return False
        if len(self.pieces) == 1 and (first.bold or first.italic) and (first.marker or len(first.text) < _LONG):
            return False
        return first.kind is BlockKind.BULLET or self.length >= _LONG or last.text[-1] in ",-–/("

    @property
    def may_be_cut(self) -> bool:
        """Whether a page's end may have cut it: no sentence ends it, and it is set as running text."""
        first, last = self.pieces[0], self.pieces[-1]
        set_off = first.heading or first.bold or first.text.isupper()
        return not set_off and self.length >= _SHORT and _is_open_end(last.text[-1:])

    def joined(self) -> Block:
        """All its blocks as one."""
        if len(self.pieces) == 1:
            return self.pieces[0]
        text, offsets, marks = glue((piece.text, piece.offsets, piece.marks) for piece in self.pieces)
        return replace(self.pieces[0], text=text, offsets=offsets, marks=marks)


class Mender:
    """Joins what a page break cut in two: a paragraph, or a footnote, that goes on after other blocks."""

    def __init__(self, blocks: Sequence[Block], pack: Pack) -> None:
        self.blocks = blocks
        self.pack = pack
        self.before_notes = _stand_before_notes(blocks)
        self.out: list[_Mended] = []
        self.body: _Mended | None = None
        self.note: _Mended | None = None
        self.cut: _Mended | None = None
        self.last: _Mended | None = None
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
        self.last = self.last if block.kind is BlockKind.FURNITURE else mended
        if block.kind is BlockKind.NOTE:
            self.note = mended if mended.is_open else None
        elif block.kind is not BlockKind.FURNITURE:
            self.body = mended if block.kind is not BlockKind.ROW and mended.is_open else None
            self.cut = mended if block.kind is BlockKind.PARAGRAPH and mended.may_be_cut else None
            self.listing = block.text.endswith(";")

    def _cut_before(self, at: int, block: Block) -> _Mended | None:
        """The block that block ``at`` goes on with, if any."""
        if block.kind is not BlockKind.PARAGRAPH or block.heading or block.marker is not None or block.bold:
            return None
        lower = block.text[0].islower() or block.text[0].isdigit()
        if lower and self.note is not None and self._goes_on_with_note(at):
            return self.note
        if lower or self.body is None:
            return self.body or (self.cut if block.text[0].islower() and self._tops_page(at) else None)
        return self.body if self._goes_on_in_capitals(block, self.body) else None

    def _tops_page(self, at: int) -> bool:
        """Whether nothing but page furniture stands right above a block."""
        return at > 0 and self.blocks[at - 1].kind is BlockKind.FURNITURE

    def _goes_on_with_note(self, at: int) -> bool:
        """Below other blocks, a note goes on right above the next; below itself, unless the body may do so as well."""
        if self.last is not self.note:
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
