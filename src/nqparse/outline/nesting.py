"""Where a marker goes among the open sections, and as what it is read.

Two open sections never share a style (but for decimals, which are as deep as their label is long), so the stack is no
deeper than there are styles, however many markers a document has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nqparse.layout.blocks import Block, BlockKind
from nqparse.layout.markers import Marked, Reading
from nqparse.models import SectionKind
from nqparse.outline.titles import LONGEST_TITLE, SENTENCE_END, Around, reads_like_heading

_LARGEST_GAP = 4
_CHAPTER = "marker-chapter"
_ITEM = "marker-item"
_NUMBERED_PARENTS = (SectionKind.ARABIC, SectionKind.ROMAN, SectionKind.ARTICLE, SectionKind.PART)


@dataclass(slots=True)
class Open:
    """A section that is still open."""

    index: int
    style: str
    value: tuple[int, ...]
    kind: SectionKind
    around: Around


class Place(NamedTuple):
    """A depth that a marker may go to, and how far-fetched that is."""

    cost: int
    depth: int


def place(
    stack: Sequence[Open], last: Mapping[str, tuple[int, ...]], block: Block, marked: Marked, *, titled: bool
) -> tuple[int, Reading] | None:
    """The depth that a marker goes to and its reading: a run that goes on, else a new one that starts at one.

    ``last`` is the last value of each style; ``titled`` says that the line has a title over other lines, without which
    an item is no section. None: no section.
    """
    best: tuple[Place, Reading] | None = None
    for reading in marked.readings:
        if reading.rule.id == _ITEM and not titled:
            continue
        found = _place_as(reading, stack, last, block, marked)
        if found is not None and (best is None or found.cost < best[0].cost):
            best = found, reading
    return None if best is None else (best[0].depth, best[1])


def _place_as(
    reading: Reading, stack: Sequence[Open], last: Mapping[str, tuple[int, ...]], block: Block, marked: Marked
) -> Place | None:
    text = block.text[marked.end : marked.end + LONGEST_TITLE + 1]
    if reading.kind is SectionKind.APPENDIX:
        titled = block.kind is BlockKind.PARAGRAPH and len(text) <= LONGEST_TITLE and not SENTENCE_END.search(text)
        return Place(0, 0) if titled else None
    floor = 1 if stack and stack[0].kind is SectionKind.APPENDIX else 0
    heading = reads_like_heading(text, block)
    if reading.kind is SectionKind.DECIMAL:
        return _among_decimals(reading, stack, floor, heading)
    found = _in_its_run(reading, stack, floor, heading, text[:1].isupper())
    if found is not None:
        return found
    if reading.value[0] == 1:
        return Place(1, _over_articles(stack, floor) if reading.rule.id == _CHAPTER else len(stack))
    if last.get(reading.style) == (reading.value[0] - 1,):
        return Place(2, len(stack))
    if reading.rule.strong:
        return Place(9, floor)
    if reading.rule.id == _ITEM:
        return None
    return Place(9, len(stack)) if heading or reading.kind is SectionKind.ARTICLE else None


def _over_articles(stack: Sequence[Open], floor: int) -> int:
    """The depth of a first chapter: chapters are divided into articles, never an article into chapters."""
    articles = (depth for depth in range(floor, len(stack)) if stack[depth].kind is SectionKind.ARTICLE)
    return next(articles, len(stack))


def _in_its_run(reading: Reading, stack: Sequence[Open], floor: int, heading: bool, opens: bool) -> Place | None:
    """Its place in the innermost open run of its style: next in it, after a gap, or at its start again."""
    value = reading.value[0]
    for depth in range(len(stack) - 1, floor - 1, -1):
        if stack[depth].style != reading.style:
            continue
        step = value - stack[depth].value[0]
        if step == 1:
            return Place(0, depth)
        if 1 < step <= _LARGEST_GAP and (reading.rule.strong or heading or opens or step == 2):
            return Place(3 + step, depth)
        if value == 1:
            return Place(2 if reading.rule.strong else 6, depth)
        if step <= 0 and (step == 0 or heading):
            return Place(7, depth)
    return None


def _among_decimals(reading: Reading, stack: Sequence[Open], floor: int, heading: bool) -> Place | None:
    """The place of "2.3": beside or below an open decimal, below the section whose number it bears, or a new run."""
    value = reading.value
    decimals = [depth for depth in range(floor, len(stack)) if stack[depth].kind is SectionKind.DECIMAL]
    for depth in reversed(decimals):
        open_ = stack[depth].value
        if len(open_) == len(value) and open_[:-1] == value[:-1]:
            return Place(0 if value[-1] == open_[-1] + 1 else 4, depth)
        if open_ == value[:-1]:
            return Place(0 if value[-1] == 1 else 4, depth + 1)
    for kind in _NUMBERED_PARENTS if len(value) == 2 else ():
        for depth in range(len(stack) - 1, floor - 1, -1):
            if stack[depth].kind is kind and stack[depth].value[-1:] == value[:1]:
                return Place(0 if value[-1] == 1 else 4, depth + 1)
    if value[-1] == 1 or heading:
        return Place(8, decimals[0] if decimals else len(stack))
    return None
