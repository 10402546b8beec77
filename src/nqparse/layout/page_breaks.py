"""Blocks → blocks: what a page break cut in two, a paragraph or a footnote, is joined again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from nqparse.folding import fold
from nqparse.layout.blocks import Block, BlockKind, glue
from nqparse.packs.load import Pack
from nqparse.packs.phrases import NUMBER
from nqparse.words import lexicon

_OPEN_SIGNS = frozenset(',-–(/“"%')
_INNER_END = regex.compile(r"[.;!?]\s+\S")
_SENTENCES = regex.compile(r"[.!?]\s+\p{Lu}")
_AMOUNT = regex.compile(r"\d{1,3}(?:\.\d{3}){0,5}(?:,\d{1,6})?$")
_LONG = 100
_LINE = 60
_SHORT = 20


def _is_open_end(sign: str) -> bool:
    """Whether a text whose last sign this is (none for no text) may go on."""
    return sign.isalnum() or sign in _OPEN_SIGNS


class _Mended:
    """A block and the blocks that go on with it, joined only once so that many pieces cost no more than their text."""

    __slots__ = ("length", "pieces")

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
        if self.pack.expression("closing").match(block.text):  # nothing above goes on below a document's end
            self.note = self.body = self.cut = None
        self.last = self.last if block.kind is BlockKind.FURNITURE else mended
        if block.kind is BlockKind.NOTE:
            self.note = mended if mended.is_open else None
        elif block.kind is not BlockKind.FURNITURE:
            self.body = mended if block.kind is not BlockKind.ROW and mended.is_open else None
            self.cut = mended if block.kind is BlockKind.PARAGRAPH and mended.may_be_cut else None
            self.listing = block.text.endswith(";")

    def _cut_before(self, at: int, block: Block) -> _Mended | None:
        """The block that block ``at`` goes on with, if any."""
        if block.kind is not BlockKind.PARAGRAPH or block.heading or block.bold:
            return None
        if self.last is not None and self._stands_apart(at, block, self.last.pieces[-1]):
            return self.last
        open_body = self.body or self.cut
        if open_body is not None and _closes_bracket(open_body.pieces[-1].text, block.text):
            return open_body
        if block.marker is not None:
            return None
        lower = block.text[0].islower() or block.text[0].isdigit()
        if lower and self.note is not None and self._goes_on_with_note(at):
            return self.note
        if lower or self.body is None:
            return self.body or (self.cut if self._goes_on_with_cut(at, block) else None)
        return self.body if self._goes_on_in_capitals(block, self.body) else None

    def _stands_apart(self, at: int, block: Block, above: Block) -> bool:
        """Whether a line of its own holds the amount of the name above it ("Thu nội địa:"), or the amount's unit."""
        unit = self.pack.expression("money-alone")
        if above.kind is BlockKind.ROW or above.heading:
            return False
        if unit.match(block.text):
            return _AMOUNT.match(above.text) is not None
        below = self.blocks[at + 1].text if at + 1 < len(self.blocks) else ""
        return above.text.endswith(":") and _AMOUNT.match(block.text) is not None and unit.match(below) is not None

    def _goes_on_with_cut(self, at: int, block: Block) -> bool:
        """Below a page's end any small letter does so; elsewhere one that ends a word or tells what is counted, and
        one that opens several clauses under a line of some length."""
        if self.cut is None or not block.text[0].islower():
            return False
        if self.last is self.cut and self.cut.length > _LINE and _INNER_END.search(block.text):
            return True
        return self._tops_page(at) or self._ends_word(self.cut.pieces[-1].text, block.text)

    def _ends_word(self, above: str, below: str) -> bool:
        """Whether the last syllable of a text and the first of the next make a word, or a number and what it counts."""
        last, first = fold(above.rsplit(" ", 1)[-1].lower()), fold(below.split(" ", 1)[0].lower().rstrip(".,;:)"))
        if last.isdigit():
            return f"{NUMBER} {first}" in self.pack.phrases
        return f"{last} {first}" in lexicon().pairs

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
        if not block.text[0].isupper() or block.text.isupper() or body.length <= self._least(block, body):
            return False
        opened, last = body.pieces[0], body.pieces[-1].text
        if opened.marker is None or _INNER_END.search(opened.text, opened.marker.end):
            return True
        return self.pack.expression("unfinished").search(last[-40:]) is not None

    def _least(self, block: Block, body: _Mended) -> int:
        """How long a text must be to be surely no title: less where a sentence ends in it, and a clause in the next."""
        opened = body.pieces[0]
        begin = opened.marker.end if opened.marker is not None else 0
        several = _SENTENCES.search(opened.text, begin) and _INNER_END.search(block.text)
        return _LONG if several else 2 * _LONG


def _closes_bracket(above: str, below: str) -> bool:
    """Whether a text leaves a bracket open that the next closes before it opens another."""
    close = below.find(")", 0, _LONG)
    return close >= 0 and above.rfind("(") > above.rfind(")") and "(" not in below[:close]


def _stand_before_notes(blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether what follows it is a footnote or the text's end."""
    out: list[bool] = []
    before = True
    for block in reversed(blocks):
        out.append(before)
        if block.kind is not BlockKind.FURNITURE:
            before = block.kind is BlockKind.NOTE
    return out[::-1]
