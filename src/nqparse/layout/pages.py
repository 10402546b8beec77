"""Where pages end: page numbers, running headers and footers, and the blank lines beside them."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import regex

from nqparse.layout.lines import Line

_DIGITS = regex.compile(r"\d+")
_PAGE = re.compile(r"(?:[-–—]\s*)?(?:(?:Trang|TRANG|Page|page|trang)\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_HEADER = 120
_LONGEST_PAGE = 20


def with_furniture(lines: list[Line], stacked: Collection[int] = ()) -> list[Line]:
    """The lines, with their page furniture marked.

    That is page numbers, and short lines that come again and again beside them or at the edges of pages. The lines
    ``stacked`` are cells of tables, save those that end pages and count them.
    """
    pages = {at for at, line in enumerate(lines) if _is_page_number(line.text) and _stands_apart(lines, at)}
    pages = pages.difference(stacked) | (_counted(lines) if stacked else set())
    edges = pages | {at for at, line in enumerate(lines) if line.page_top}
    if not edges:
        return lines
    near = {n for at in edges for n in range(max(0, at - 3), min(len(lines), at + 4)) if lines[n].text}
    shapes = {n: _DIGITS.sub("#", lines[n].text) for n in near if len(lines[n].text) <= _LONGEST_HEADER}
    often = {shape: times for shape, times in Counter(shapes.values()).items() if times >= 3}
    often.pop("#", None)
    running = _seldom_elsewhere(often, lines) if often else frozenset()
    running |= {text for text, times in _at_page_ends(lines, pages, near).items() if times >= 2}
    return [
        line._replace(furniture=True, bullet=0, note=None)
        if at in pages or (at in near and not line.bullet and not running.isdisjoint((shapes.get(at), line.text)))
        else line
        for at, line in enumerate(lines)
    ]


def _at_page_ends(lines: list[Line], pages: set[int], near: set[int]) -> Counter[str]:
    """How often a text stands first after a form feed, or last before it: twice is enough there."""
    found: Counter[str] = Counter()
    beside = near - pages
    for at, line in enumerate(lines):
        if line.page_top:
            for side in (range(at, min(len(lines), at + 4)), range(at - 1, max(-1, at - 4), -1)):
                first = next((n for n in side if n in beside), None)
                found.update([lines[first].text] if first is not None else [])
    return Counter({text: times for text, times in found.items() if len(text) <= _LONGEST_HEADER})


def _seldom_elsewhere(often: dict[str, int], lines: list[Line]) -> frozenset[str]:
    """The shapes that stand at the edges of pages more often than elsewhere."""
    everywhere = Counter(_DIGITS.sub("#", line.text) for line in lines if 0 < len(line.text) <= _LONGEST_HEADER)
    return frozenset(shape for shape, times in often.items() if times >= everywhere[shape] * 0.6)


def _is_page_number(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_PAGE and _PAGE.match(text) is not None


def _stands_apart(lines: list[Line], at: int) -> bool:
    """A number alone on its line is a page number only where it is no cell of a table and no value under its name."""
    if _ends_page(lines, at):
        return True
    if at and lines[at - 1].text and _YEAR.fullmatch(lines[at].text):
        return False
    before = lines[at - 1] if at else None
    after = lines[at + 1] if at + 1 < len(lines) else None
    beside = [line for line in (before, after) if line is not None]
    if any(line.raw.strip() == "|" for line in beside):
        return False
    raw = lines[at].raw
    if "\t" in raw and ("\t" in raw.strip() or any("\t" in line.raw for line in beside)):
        return False
    return before is None or not before.text.endswith(":")


def _ends_page(lines: Sequence[Line], at: int) -> bool:
    """Whether a form feed follows a line, or one line after it: a blank, or a footer that is no page number itself."""
    after = lines[at + 1 : at + 3]
    if not after or after[0].page_top:
        return bool(after)
    return len(after) > 1 and after[1].page_top and not _is_page_number(after[0].text)


def _counted(lines: Sequence[Line]) -> set[int]:
    """The last lines of pages that hold numbers which go on by one from a page to the next."""
    last = [(at, lines[at].text) for at in _last_lines(lines) if _is_page_number(lines[at].text)]
    numbers = [int(_DIGITS.findall(text)[0]) for _, text in last]
    return {
        at
        for n, (at, _) in enumerate(last)
        if (n and numbers[n] - numbers[n - 1] == 1) or (n + 1 < len(last) and numbers[n + 1] - numbers[n] == 1)
    }


def _last_lines(lines: Sequence[Line]) -> Iterator[int]:
    """The last filled line before each form feed."""
    filled = -1
    for at, line in enumerate(lines):
        if line.page_top and filled >= 0:
            yield filled
            filled = -1
        filled = at if line.text else filled


def page_ends(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that are page furniture, and the blanks beside such."""
    if not any(line.furniture for line in lines):
        return frozenset()
    found: set[int] = set()
    run: list[int] = []
    ends = False
    for at, line in enumerate(lines):
        if line.furniture or not line.raw.strip():
            run.append(at)
            ends = ends or line.furniture
        elif run:
            found.update(run if ends else ())
            run, ends = [], False
    return frozenset(found.union(run) if ends else found)
