"""How a document breaks its lines, by which one may tell a break that a margin forced from one that was meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nqparse.layout.lines import Line

_OPENER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[^\W\d_]\)|[IVX]{1,5}\.)\s")
_ITEM = re.compile(r"[^\W\d_][.)]\s")
_FEWEST_PAIRS = 8
_WIDEST = 160


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How lines are broken: hard-wrapped at about ``width`` characters (0 = not), with blank lines between paragraphs
    (``spaced``), so that a line that follows another directly goes on with it.

    ``margin`` is the width that lines were filled to, as a program does (0 = not so): there a break is forced exactly
    where the next word would not have fitted. ``closed`` tells that paragraphs end with a full stop or the like.
    """

    width: int = 0
    spaced: bool = False
    margin: int = 0
    closed: bool = False

    def forced(self, one: Line, two: Line, share: float) -> bool:
        """Whether the break between two lines is the margin's: the first is full, or fills ``share`` of the width."""
        if self.margin:
            return _needed(one, two) > self.margin
        return len(one.text) >= self.width * share


def wrapping(lines: Sequence[Line]) -> Wrapping:
    """How the document breaks its lines."""
    width = _wrap_width(lines)
    if not width:
        return Wrapping()
    return Wrapping(width, _is_spaced(lines), _margin(lines), _is_closed(lines))


def _wrap_width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines if len(line.text) >= 30)
    if len(lengths) < 12:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    if width > _WIDEST:
        return 0
    pairs = cut = 0
    for one, two in pairwise(lines):
        if len(one.text) >= 30 and two.text:
            pairs += 1
            cut += _is_cut(one, two)
    return width if pairs >= _FEWEST_PAIRS and cut >= 0.3 * pairs else 0


def _is_cut(one: Line, two: Line) -> bool:
    """Whether a sentence surely goes on from a line to the next."""
    return one.text[-1] not in ".;:!?" and (two.text[0].islower() or two.dashed_on)


def _is_prose(one: Line, two: Line) -> bool:
    """Whether two lines are set as running text: not centred, no columns, no items of a list."""
    indented = len(two.raw) - len(two.raw.lstrip()) > max(4, len(one.raw) - len(one.raw.lstrip()))
    centred = one.raw[:3].isspace() and two.raw[:1].isspace()
    return not (indented or centred or _ITEM.match(two.text) or "\t" in one.raw.strip())


def _needed(one: Line, two: Line) -> int:
    """How long a line would be with the first word of the next."""
    return len(one.raw.rstrip()) + 1 + len(two.raw.split(None, 1)[0])


def _margin(lines: Sequence[Line]) -> int:
    """The width that lines are filled to; 0 where their breaks follow no margin that is the same for all."""
    pairs = [
        (one, two)
        for one, two in pairwise(lines)
        if one.text and two.text and _is_cut(one, two) and _is_prose(one, two)
    ]
    if len(pairs) < _FEWEST_PAIRS:
        return 0
    lengths = sorted(len(one.raw.rstrip()) for one, _ in pairs)
    margin = lengths[int((len(lengths) - 1) * 0.98)]
    full = sum(_needed(one, two) > margin for one, two in pairs)
    return margin if full >= 0.95 * len(pairs) else 0


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether what opens a paragraph (a bullet, a number) stands below a blank line throughout."""
    below_blank = below_text = 0
    for one, two in pairwise(lines):
        if (two.bullet and not two.dashed_on) or _OPENER.match(two.text):
            below_blank += not one.text
            below_text += bool(one.text)
    return below_blank >= 5 and below_text <= 0.1 * below_blank


def _is_closed(lines: Sequence[Line]) -> bool:
    """Whether what stands above a bullet is ended by a sign, throughout."""
    above = [
        one.text[-1] in ".;:!?…,”)"
        for one, two in pairwise(lines)
        if one.text and two.bullet and not two.dashed_on and "   " not in one.raw.strip()
    ]
    return len(above) >= 5 and sum(above) >= 0.95 * len(above)
