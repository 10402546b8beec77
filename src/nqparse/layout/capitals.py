"""Lines that lost the capitals at their starts get them back, where the whole document has lost them."""

from collections.abc import Iterator, Sequence

import regex

from nqparse.layout.lines import Line
from nqparse.layout.wrapping import Wrapping

_START = regex.compile(
    r"(?:[(“\"]?(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|\p{L}[.)]|[IVXivx]{1,5}[.)-])[)]?\s+)?+"
    r"[-–(“\"\s]{0,3}(?P<first>\p{L})(?=\p{Ll})"
)
_ENDS = frozenset(".;:!?")
_FEWEST = 6
_SHORT, _LONG = 50, 100
_MOSTLY = 0.55
_SELDOM = 4


def with_capitals(lines: list[Line], wrap: Wrapping) -> list[Line]:
    """The lines, with a capital where a paragraph, an item or a sentence begins, if most have lost theirs."""
    small = sum(line.text[:1].islower() for line in lines)
    if small * _SELDOM < sum(line.text[:1].isupper() for line in lines):
        return lines
    starts = dict(_starts(lines, wrap))
    lost = [at for at, place in starts.items() if lines[at].text[place].islower()]
    if len(starts) < _FEWEST or len(lost) < _MOSTLY * len(starts):
        return lines
    out = list(lines)
    for at in lost:
        text, place = lines[at].text, starts[at]
        out[at] = lines[at]._replace(text=text[:place] + text[place].upper() + text[place + 1 :], dashed_on=False)
    return out


def _starts(lines: Sequence[Line], wrap: Wrapping) -> Iterator[tuple[int, int]]:
    """The lines that begin something, each with the place of its first letter past its marker."""
    last: Line | None = None
    blank = paged = False
    for at, line in enumerate(lines):
        found = _START.match(line.text) if line.text else None
        place = found.start("first") if found is not None else 0
        if found is not None and (line.bullet or place or last is None or _is_apart(last, line, blank, paged, wrap)):
            yield at, place
        if line.text and not line.furniture:
            last, blank, paged = line, False, False
        blank, paged = blank or not line.raw.strip(), paged or line.furniture


def _is_apart(last: Line, line: Line, blank: bool, paged: bool, wrap: Wrapping) -> bool:
    """Whether a line does not go on with the last one above it, from which a blank or a page's end may part it."""
    if last.text[-1] in _ENDS:
        return True
    if paged:
        return False
    if blank:
        return len(last.text) < _LONG or (len(line.text) < _SHORT and line.text[-1] not in _ENDS)
    return not wrap.width or (bool(wrap.margin) and not wrap.forced(last, line, 1))
