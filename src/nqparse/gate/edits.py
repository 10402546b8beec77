"""Whether gold is still about the text that is there, and if not, by how much the text has moved.

Gold gives what stands at each of its places. Where something else stands there now, the document was edited; how far
its text has moved is the distance at which the most of the next rows stand again.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import regex

from nqparse.errors import Fault
from nqparse.gate.gold import Gold
from nqparse.gate.places import Lines

_MARKUP = r"[*_\\]{0,4}"
_AHEAD = 8
"""How many rows have a say in how far the text has moved."""
_MOST_PLACES = 200
"""Of a text that stands in more places, the nearest are tried."""


class Anchor(NamedTuple):
    """What stands where, says a line of gold."""

    line: int
    start: int
    text: str


def edits(gold: Gold, text: str, document: str) -> Iterator[Fault]:
    """Each way in which a document's gold does not fit its text: places outside it, and what has moved or gone."""
    if gold.measures is not None:
        rows = [Anchor(line, row.start, row.text) for line, row in gold.measures.lines]
        ends = {line: row.end for line, row in gold.measures.lines}
        yield from _faults(gold.measures.path, rows, ends, text, document)
    if gold.sections is not None:
        rows = [Anchor(line, row.start, row.marker) for line, row in gold.sections.lines]
        ends = {line: row.start + len(row.marker) for line, row in gold.sections.lines}
        yield from _faults(gold.sections.path, rows, ends, text, document)


def _faults(path: Path, rows: Sequence[Anchor], ends: dict[int, int], text: str, document: str) -> Iterator[Fault]:
    wrong = [row for row in rows if text[row.start : ends[row.line]] != row.text and not _is_marked_up(row, text)]
    inside = [row for row in wrong if ends[row.line] <= len(text)]
    if inside:
        yield from (Fault(path, line, message) for line, message in _moves(rows, text, document))
        return
    for row in wrong:
        outside = f"its span {row.start}-{ends[row.line]} is outside the text of {document}, of {len(text)} characters"
        yield Fault(path, row.line, outside)


def _is_marked_up(row: Anchor, text: str) -> bool:
    """Whether the text has what gold gives with marks of its markup between ("2**." for "2.").

    >>> _is_marked_up(Anchor(1, 2, "2."), "**2**. Mục tiêu"), _is_marked_up(Anchor(1, 2, "2."), "**3**.")
    (True, False)
    """
    return regex.compile(_MARKUP.join(map(regex.escape, row.text))).match(text, row.start) is not None


def _moves(rows: Sequence[Anchor], text: str, document: str) -> Iterator[tuple[int, str]]:
    """Where the text begins to be moved by another distance, and the rows that stand nowhere any more."""
    lines, moved, found = Lines(text), 0, distances(rows, text)
    for row in sorted(rows, key=_start):
        distance = found[row.line]
        if distance == moved:
            continue
        there = text[row.start : row.start + len(row.text)]
        spot = lines.spot(min(row.start, len(text)), len(text))
        told = f"gold has “{row.text}” at {row.start} and {document} has “{there}” (line {spot.line})"
        if distance is None:
            yield row.line, f"{told}: the document was edited, and this place is not found again; correct the gold"
        else:
            moved = distance
            yield row.line, f"{told}: the document was edited; from this row on its text has moved by {moved:+d}"


def distances(rows: Sequence[Anchor], text: str) -> dict[int, int | None]:
    """How far each row has moved in this text, by its line; None for one that stands nowhere any more."""
    rows, moved = sorted(rows, key=_start), 0
    found: dict[int, int | None] = {}
    for at, row in enumerate(rows):
        if _stands(row, moved, text):
            found[row.line] = moved
            continue
        found[row.line] = distance = _distance(rows[at : at + _AHEAD], moved, text)
        moved = moved if distance is None else distance
    return found


def _start(row: Anchor) -> int:
    return row.start


def _stands(row: Anchor, moved: int, text: str) -> bool:
    return row.start + moved >= 0 and text.startswith(row.text, row.start + moved)


def _distance(rows: Sequence[Anchor], moved: int, text: str) -> int | None:
    """How far the first of the rows has moved; None where nothing tells."""
    first = rows[0]
    edge = r"(?<!\d){}(?!\d)" if first.text[:1].isdigit() else r"(?<!\w){}"
    places = [found.start() - first.start for found in regex.finditer(edge.format(regex.escape(first.text)), text)]
    near = sorted(places, key=lambda distance: abs(distance - moved))[:_MOST_PLACES]
    votes = {distance: sum(_stands(row, distance, text) for row in rows) for distance in near}
    best = max(near, key=lambda distance: votes[distance], default=None)
    return best if best is not None and votes[best] * 2 >= len(rows) else None
