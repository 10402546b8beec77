"""Blocks → the acts that a file holds: where each begins and ends, and where its recipients and signature stand.

A file may hold a decision and the plan that it promulgates, a letter of submission and its draft, a resolution and its
appendices. Acts are found by structure: the letterhead, the title in capitals after a signature, the remark "(Ban hành
kèm theo …)", the signature itself.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from nqparse.layout.blocks import Block, BlockKind
from nqparse.layout.markers import Reading
from nqparse.models import SectionKind
from nqparse.outline.head import Head
from nqparse.outline.titles import capitals, reads_like_heading
from nqparse.packs.load import Pack, words_of

MOST_TITLE_LINES = 4
_SHORTEST_TITLE = 12
_SHORT = 8
_LONGEST_NAME = 60
_LETTERHEAD = 12
_ABOVE_MOTTO = 4
_BELOW_OFFICE = 4
_LAST = 3
_FEWEST_BEFORE = 4
_LONGEST_REMARKED = 120
_RUNS = (SectionKind.ARTICLE, SectionKind.ROMAN, SectionKind.PART)


class ActKind(StrEnum):
    """``before``: what an export prints above the first letterhead; ``attached``: what the act before it promulgates;
    ``own``: an act with a letterhead of its own, or the only one."""

    BEFORE = "before"
    OWN = "own"
    ATTACHED = "attached"


@dataclass(frozen=True, slots=True)
class Act:
    """An act over the blocks ``start`` to ``end`` (exclusive), and what it says of itself.

    ``tails`` are the runs of blocks of its recipients and its signature; an appendix may stand behind each of them.
    """

    kind: ActKind
    start: int
    end: int
    tails: tuple[tuple[int, int], ...] = ()
    head: Head = field(default_factory=Head)

    @property
    def closed(self) -> int:
        """The block where its text of substance ends for the first time: its signature, else its end."""
        return self.tails[0][0] if self.tails else self.end


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a file in order; together they are all of its blocks."""

    acts: tuple[Act, ...]

    def index_at(self, block: int) -> int:
        """The place in ``acts`` of the act that a block stands in."""
        return max(0, bisect_right(self.acts, block, key=lambda act: act.start) - 1)

    def main(self) -> int:
        """The place of the act whose head is the document's: the first that is no matter above a letterhead."""
        return next((at for at, act in enumerate(self.acts) if act.kind is not ActKind.BEFORE), 0)

    def at(self, block: int) -> Act:
        """The act that a block stands in."""
        return self.acts[self.index_at(block)]

    def in_tail(self, block: int) -> bool:
        """Whether a block belongs to the recipients or the signature of an act."""
        return any(start <= block < end for start, end in self.at(block).tails)


def find_acts(blocks: Sequence[Block], pack: Pack) -> Acts:
    """The acts of a file; one that covers all blocks where nothing tells them apart."""
    return _Finder(blocks, pack).find()


class _Finder:
    """One pass over the blocks."""

    def __init__(self, blocks: Sequence[Block], pack: Pack) -> None:
        self.blocks = blocks
        self.pack = pack
        self.acts: list[Act] = []
        self.kind = ActKind.OWN
        self.start = 0
        self.tails: list[tuple[int, int]] = []
        self.tail: int | None = None
        self.last: dict[str, tuple[int, ...]] = {}
        self.letterhead = False
        self.skip = 0

    def find(self) -> Acts:
        for at, block in enumerate(self.blocks):
            if at >= self.skip and block.kind not in (BlockKind.FURNITURE, BlockKind.NOTE):
                self._read(at, block)
        self._end(len(self.blocks))
        return Acts(tuple(self.acts))

    def _read(self, at: int, block: Block) -> None:
        if (begin := self._letterhead(at, block)) is not None:
            self._begin_own(begin, at)
        elif self._begins_attached(at, block):
            self._end(at)
            self._begin(at, ActKind.ATTACHED)
        elif self.tail is None:
            if self._closes(at, block):
                self.tail = at
            elif block.marker is not None and block.kind is BlockKind.PARAGRAPH:
                self.last.update((reading.style, reading.value) for reading in block.marker.readings)
        elif self._reopens(at, block):
            self.tails.append((self.tail, at))
            self.tail = None
        elif self._goes_on(block):
            self.tail = None

    def _begin(self, at: int, kind: ActKind) -> None:
        self.kind, self.start, self.tails, self.tail, self.last = kind, at, [], None, {}

    def _end(self, at: int) -> None:
        """End the act that is being read before the block ``at``; an act has one block at least, if the file has."""
        if self.tail is not None:
            self.tails.append((self.tail, at))
        self.acts.append(Act(self.kind, self.start, at, tuple(self.tails)))

    # -- letterheads --------------------------------------------------------------------------------------------------

    def _letterhead(self, at: int, block: Block) -> int | None:
        """The first block of the letterhead whose motto stands in the block ``at``, over the title of an act."""
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ROW) or not self._has_motto(block):
            return None
        under = self._texts(at + 1, _LETTERHEAD)
        if not any(text[:_SHORT].isupper() and self.pack.types.after(words_of(text), 0) for _, text in under):
            return None
        return self._top_of_letterhead(at)

    def _has_motto(self, block: Block) -> bool:
        motto = self.pack.expression("motto-of-state")
        return any(motto.match(part) is not None for part in block.text.split("\t"))

    def _top_of_letterhead(self, at: int) -> int:
        """The first of the lines in capitals above a motto, which name the issuer."""
        top = at
        while top > max(self.start, at - _ABOVE_MOTTO):
            above = self.blocks[top - 1]
            office = top > 1 and self._names_office(self.blocks[top - 2].text)
            if above.marker is not None or not above.text.isupper() or len(above.text) > _LONGEST_NAME or office:
                break
            if self.tail == top - 1 or self._names_office(above.text):
                break
            top -= 1
        return top

    def _begin_own(self, begin: int, motto: int) -> None:
        """Begin an act with its letterhead, unless the act that is being read has had nothing else yet."""
        first = not self.letterhead and not self.acts
        self.letterhead = True
        self.skip = motto + 1
        filled = [text for _, text in self._texts(self.start, begin - self.start)]
        if first and not self.last and self.tail is None and len(filled) < _FEWEST_BEFORE:
            return
        if begin > self.start:
            self.kind = ActKind.BEFORE if first and not self.last else self.kind
            self._end(begin)
            self._begin(begin, ActKind.OWN)

    # -- attached texts -----------------------------------------------------------------------------------------------

    def _begins_attached(self, at: int, block: Block) -> bool:
        """Whether the text that an act promulgates begins: its title stands after the signature, or has a remark that
        says to what it is attached. A regulation with such a remark, which is no plan, is an appendix.
        """
        if block.kind is not BlockKind.PARAGRAPH or block.marker is not None:
            return self._counts_anew(block)
        if self.tail is None and not block.text[:_SHORT].isupper():
            return False
        words = words_of(block.text[:_LONGEST_NAME])
        if self.pack.words("attached-texts").after(words, 0) is None:
            return False
        if self.pack.types.after(words, 0) is None and capitals(block.text) and self._has_remark(at):
            return False
        if self.tail is None:
            return bool(self.last) and bool(capitals(block.text)) and self._has_remark(at)
        if capitals(block.text):
            return True
        shown = bool(block.bold or block.heading) and len(block.text) <= _LONGEST_NAME
        return shown or (len(block.text) <= _LONGEST_REMARKED and self._has_remark(at))

    def _counts_anew(self, block: Block) -> bool:
        """Whether headings count from one again after a signature: of a text whose title was not recognised."""
        if self.tail is None or block.marker is None or block.kind is not BlockKind.PARAGRAPH or not self.last:
            return False
        text = block.text[block.marker.end :]
        shown = bool(block.bold or block.heading or text.isupper()) and reads_like_heading(text, block)
        return shown and any(reading.kind in _RUNS and reading.value == (1,) for reading in block.marker.readings)

    def _has_remark(self, at: int) -> bool:
        return has_remark(self.blocks, at, self.pack)

    # -- signatures ---------------------------------------------------------------------------------------------------

    def _closes(self, at: int, block: Block) -> bool:
        """Whether the recipients or the signature of an act begin; an office alone signs only with a name below it."""
        if block.kind is BlockKind.ROW or self.pack.expression("closing").match(block.text) is None:
            return False
        if not self._names_office(block.text):
            return True
        if at and self.blocks[at - 1].text.endswith(":") and block.kind is not BlockKind.BULLET:
            return False
        below = [text for _, text in self._texts(at + 1, _BELOW_OFFICE)]
        return len(below) <= _LAST or any(self._is_signature(text) for text in below)

    def _names_office(self, text: str) -> bool:
        return self.pack.expression("office-alone").fullmatch(text.strip()) is not None

    def _is_signature(self, text: str) -> bool:
        """Whether a line is a person's name, or says that it was signed."""
        if self.pack.expression("signed-mark").match(text) is not None or self.pack.expression("closing").match(text):
            return True
        if text.isupper() and (self.pack.types.after(words_of(text), 0) or len(text) > _LONGEST_NAME):
            return False
        name = text.title() if text.isupper() else text
        return self.pack.expression("person").fullmatch(name.strip(" .")) is not None

    def _reopens(self, at: int, block: Block) -> bool:
        """Whether an appendix, or a part of one, begins after a signature."""
        if block.kind is BlockKind.PARAGRAPH and block.marker is not None:
            return any(_opens(reading, block) for reading in block.marker.readings)
        return is_appendix_title(self.blocks, at, self.pack)

    def _goes_on(self, block: Block) -> bool:
        """Whether the numbering goes on, so that what looked like a signature was none."""
        if block.kind is not BlockKind.PARAGRAPH or block.marker is None:
            return False
        return any(
            reading.kind in _RUNS and reading.value and self.last.get(reading.style) == (reading.value[0] - 1,)
            for reading in block.marker.readings
        )

    def _texts(self, at: int, count: int) -> Iterator[tuple[int, str]]:
        """The next ``count`` blocks of text from ``at`` on, with their places."""
        for n in range(at, len(self.blocks)):
            if count <= 0:
                return
            if self.blocks[n].kind is not BlockKind.FURNITURE and self.blocks[n].text:
                count -= 1
                yield n, self.blocks[n].text


def _opens(reading: Reading, block: Block) -> bool:
    return reading.rule.strong and (reading.kind is not SectionKind.APPENDIX or block.kind is BlockKind.PARAGRAPH)


def has_remark(blocks: Sequence[Block], at: int, pack: Pack) -> bool:
    """Whether the title that begins at a block says in a remark what it is attached to, in it or under it."""
    for n in range(at, min(at + MOST_TITLE_LINES + 1, len(blocks))):
        if pack.expression("attached").search(blocks[n].text):
            return True
        if blocks[n].marker is not None or (n > at and not blocks[n].text.isupper()):
            return False
    return False


def is_appendix_title(blocks: Sequence[Block], at: int, pack: Pack) -> bool:
    """Whether an appendix without the word begins: a title in capitals that has a remark, or names a list."""
    block = blocks[at]
    title = capitals(block.text)
    if block.kind is not BlockKind.PARAGRAPH or block.marker is not None or len(title) < _SHORTEST_TITLE:
        return False
    if any(pack.expression(name).match(block.text) for name in ("motto", "signs")):
        return False
    return has_remark(blocks, at, pack) or pack.words("appendix-texts").after(words_of(title), 0) is not None
