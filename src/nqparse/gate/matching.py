"""Which row of one reading of a document is which of another: by place, and by content where the text has moved."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from nqparse.gate.overlaps import Spans
from nqparse.gate.snapshots import FINDING, MEASURE, NUMBER, SECTION, Row

Pair = tuple[Row | None, Row | None]
Key = Callable[[Row], Hashable]
_CONTENT: dict[str, tuple[Key, ...]] = {
    SECTION: (
        lambda row: (row["marker"], row.get("title"), row["path"]),
        lambda row: (row["marker"], row.get("title")),
        lambda row: row["path"],
    ),
    MEASURE: (
        lambda row: (row["text"], row["statement"]),
        lambda row: (row["text"], row["name"]),
        lambda row: row["text"],
        lambda row: row["name"],
        lambda row: row["statement"],
    ),
    NUMBER: (lambda row: (row["text"], row["class"]), lambda row: row["text"]),
    FINDING: (lambda row: (row["code"], row.get("text"), row["message"]), lambda row: row["code"]),
}
"""What a row is known by where its place tells nothing, the surest first."""


def span(row: Row) -> tuple[int, int]:
    """Where a row stands: of a section its marker, of what has no place of its own the start of the document."""
    start = row.get("char_start", 0)
    return start, start + len(row["marker"]) if row["record"] == SECTION else row.get("char_end", 0)


def pairs(before: Sequence[Row], after: Sequence[Row], *, moved: bool) -> list[Pair]:
    """Each row with its counterpart, or None where it has none, in the order of the text.

    The rows are of one kind, which has a place of its own or is the document's. ``moved``: the text is another, so that
    places tell nothing.
    """
    found = list(_by_content(before, after) if moved else _by_place(before, after))
    left = {id(one) for one, _ in found}
    right = {id(other) for _, other in found}
    lost: list[Pair] = [(row, None) for row in before if id(row) not in left]
    won: list[Pair] = [(None, row) for row in after if id(row) not in right]
    return sorted([*found, *lost, *won], key=_order)


def _order(pair: Pair) -> tuple[int, int]:
    before, after = pair
    return span(after or before or {})


def _by_place(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The rows that stand at the same place, and then those whose places overlap."""
    at: dict[Hashable, list[Row]] = {}
    for row in reversed(after):
        at.setdefault(_place(row), []).append(row)
    rest: list[Row] = []
    for row in before:
        same = at.get(_place(row))
        if same:
            yield row, same.pop()
        else:
            rest.append(row)
    left = {span(row): row for rows in at.values() for row in rows}
    spans = Spans(list(left))
    for row in rest:
        near = next((one for one in spans.over(*span(row)) if one in left), None)
        if near is not None:
            yield row, left.pop(near)


def _place(row: Row) -> Hashable:
    return row["record"], *span(row), row.get("code"), row.get("message") if row["record"] == FINDING else None


def _by_content(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The rows with the same content in the same order: of what is left between them, those with less in common."""
    kind = next((row["record"] for row in (*before, *after)), "")
    yield from _aligned(before, after, _CONTENT.get(kind, (lambda row: row["record"],)))


def _aligned(before: Sequence[Row], after: Sequence[Row], keys: Sequence[Key]) -> Iterator[tuple[Row, Row]]:
    if not keys or not before or not after:
        return
    one, other = list(map(keys[0], before)), list(map(keys[0], after))
    for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(before[i:j], after[k:m], strict=True)
        elif tag == "replace":
            yield from _aligned(before[i:j], after[k:m], keys[1:])
