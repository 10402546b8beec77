"""Rows of gold in a text that was edited since: where each stands now."""

from collections.abc import Sequence
from typing import NamedTuple

from nqparse.gate.edits import Anchor, distances
from nqparse.viewing.payload import Kind, Row


class Moved(NamedTuple):
    """The rows where they stand now, how far each has moved (by where it is now), and those that are found nowhere."""

    rows: tuple[Row, ...]
    moved: dict[int, int]
    lost: frozenset[int]


def words_of(kind: Kind, row: Row) -> str:
    """What a row says stands at its place."""
    return str(row["text"] if kind is Kind.MEASURES else row["marker"])


def find_again(kind: Kind, rows: Sequence[Row], text: str | None) -> Moved:
    """Each row at its place in this text; one that is found nowhere keeps its place. Without a text, all do."""
    if text is None:
        return Moved(tuple(rows), {}, frozenset())
    anchors = [Anchor(at, row["start"], words_of(kind, row)) for at, row in enumerate(rows)]
    if all(text.startswith(one.text, one.start) for one in anchors):
        return Moved(tuple(rows), {}, frozenset())
    found = distances(anchors, text)
    moved: dict[int, int] = {}
    lost: set[int] = set()
    placed: list[Row] = []
    taken: set[int] = set()
    for at, row in enumerate(rows):
        distance = found[at]
        if distance is None or row["start"] + distance in taken:
            lost.add(row["start"])
            placed.append(row)
            continue
        taken.add(row["start"] + distance)
        placed.append(_at(row, distance))
        if distance:
            moved[row["start"] + distance] = distance
    return Moved(tuple(placed), moved, frozenset(lost - taken))


def _at(row: Row, distance: int) -> Row:
    places = ("start", "end")
    return {name: value + distance if name in places else value for name, value in row.items()} if distance else row
