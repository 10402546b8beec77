"""What was won, lost and altered between two readings of the same documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nqparse.gate.matching import pairs
from nqparse.gate.snapshots import DOCUMENT, MEASURE, RECORDS, SECTION, Outline, Row

_PLACES = frozenset({"char_start", "char_end", "statement_start", "statement_end", "name_spans"})


class Fate(StrEnum):
    """What became of a row."""

    WON = "won"
    LOST = "lost"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is not as it was."""

    doc_id: str
    record: str
    before: Row | None
    after: Row | None
    fields: tuple[str, ...]
    """The columns that differ, of one that was altered."""
    moved: bool
    """Whether the document's text is another than it was."""

    @property
    def fate(self) -> Fate:
        if self.before is None:
            return Fate.WON
        return Fate.LOST if self.after is None else Fate.ALTERED

    @property
    def row(self) -> Row:
        """The row as it is now, or as it was where it is gone."""
        return self.after or self.before or {}


@dataclass(frozen=True, slots=True)
class Diff:
    """All changes, and how many rows there were, by document and kind."""

    changes: tuple[Change, ...]
    before: Mapping[tuple[str, str], int]
    after: Mapping[tuple[str, str], int]

    @property
    def documents(self) -> list[str]:
        return sorted({doc_id for doc_id, _ in (*self.before, *self.after)})


REVIEWED: Mapping[str, frozenset[str]] = {
    DOCUMENT: frozenset(),
    SECTION: frozenset({"char_end"}),
    MEASURE: frozenset({"rules"}),
}
"""The kinds of records of which ``nqparse diff`` tells, and the columns of each that it passes over: where a section
ends follows from the next, and which rules made a row is no part of what was read."""
WHOLE: Mapping[str, frozenset[str]] = dict.fromkeys(RECORDS, frozenset())
"""All kinds and all columns: what a snapshot holds."""


def compare(
    before: Iterable[Outline], after: Iterable[Outline], kinds: Mapping[str, frozenset[str]] = REVIEWED
) -> Diff:
    """The changes of these kinds from one reading to another, in the order of documents, kinds and text."""
    old, new = ({one.doc_id: one for one in outlines} for outlines in (before, after))
    changes: list[Change] = []
    counts: tuple[dict[tuple[str, str], int], ...] = ({}, {})
    for doc_id in sorted(old.keys() | new.keys()):
        one, other = old.get(doc_id, Outline(doc_id, ())), new.get(doc_id, Outline(doc_id, ()))
        for record, ignored in kinds.items():
            sides = one.of(record), other.of(record)
            for count, rows in zip(counts, sides, strict=True):
                count[doc_id, record] = len(rows)
            changes += _changes(doc_id, record, *sides, ignored, moved=one.sha256 != other.sha256)
    return Diff(tuple(changes), *counts)


def _changes(
    doc_id: str, record: str, before: Sequence[Row], after: Sequence[Row], ignored: frozenset[str], *, moved: bool
) -> Iterable[Change]:
    if moved:
        ignored |= _PLACES if record != DOCUMENT else frozenset()
    for one, other in pairs(before, after, moved=moved):
        fields = () if one is None or other is None else differing(one, other, ignored)
        if one is None or other is None or fields:
            yield Change(doc_id, record, one, other, fields, moved)


def differing(one: Row, other: Row, ignored: frozenset[str]) -> tuple[str, ...]:
    """The columns in which two rows differ."""
    names = dict.fromkeys((*one, *other))
    return tuple(name for name in names if name not in ignored and one.get(name) != other.get(name))
