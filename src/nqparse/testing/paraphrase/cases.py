"""The records of a text in other words, beside those that it must have."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from nqparse.models import Indicator
from nqparse.testing.draft import Disguised
from nqparse.testing.paraphrase.drawing import Paraphrase, Said, read
from nqparse.testing.paraphrase.numerals import value_of
from nqparse.testing.paraphrase.renaming import Change, Renamed, applied

_WORD = regex.compile(r"\w+")
_SAME = ("bound", "change", "role", "label", "period_start", "period_end", "core", "section_path")
_FIELDS = ("place", "text", "low", "high", "of", "unit", "per", "basis", "name", *_SAME)
_IN_PLACE = frozenset(
    {"attainment", "bound", "change", "comparator", "deadline", "estimate", "intention", "part"}
)  # fmt: skip
"""Kinds whose words may or may not be in a name, so that it is compared as if they had not been exchanged."""

Record = tuple[Any, ...]
"""What is compared of a measure, in the order of ``_FIELDS``; its place is that in the plain text."""


@dataclass(frozen=True, slots=True)
class Case:
    """One statement in other words: what was exchanged, and how its records differ from what they must be."""

    start: int
    end: int
    plain: str
    text: str
    kinds: frozenset[str]
    missing: tuple[Record, ...] = ()
    added: tuple[Record, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the records changed in just the words exchanged."""
        return not self.missing and not self.added

    def differences(self) -> Iterator[str]:
        """What is otherwise: one line for each measure."""
        found = {record[0]: record for record in self.added}
        for wanted in self.missing:
            other = found.pop(wanted[0], None)
            if other is None:
                yield f"{wanted[1]}: lost"
                continue
            pairs = zip(_FIELDS, wanted, other, strict=True)
            yield f"{wanted[1]}: " + "; ".join(f"{n} {_shown(a)} → {_shown(b)}" for n, a, b in pairs if a != b)
        for other in found.values():
            yield f"{other[1]}: added"


def _shown(value: Any) -> str:
    return " ".join(map(str, value)) or "-" if isinstance(value, tuple) else str(value)


def cases(said: Paraphrase) -> list[Case]:
    """A case for each statement in which something was exchanged; and one, without kinds, for each measure elsewhere.

    Its records are to be those of the plain text, with the words exchanged and in nothing else otherwise: as many
    measures, each at its place, with the new number for its value; a name word for word.
    """
    starts = [one.stated.start for one in said.said]
    found: dict[int, list[Indicator]] = defaultdict(list)
    elsewhere: list[Indicator] = []
    for row in read(said.text):
        place = said.worn.origin(row.char_start)
        at = bisect_right(starts, place) - 1
        inside = at >= 0 and place < said.said[at].stated.end
        (found[at] if inside else elsewhere).append(row)
    told = [_case(said, one, found[at]) for at, one in enumerate(said.said) if one.changes]
    return told + [_stray(said, row) for row in elsewhere]


def _case(said: Paraphrase, one: Said, rows: Sequence[Indicator]) -> Case:
    compared = _Compared(one.changes, said.plain)
    wanted = [_expected(row, one, said, compared) for row in one.stated.rows]
    got = [_record(row, said.worn, compared) for row in rows]
    start, end = one.stated.start, one.stated.end
    within = [change for change in one.changes if change.start >= start]
    return Case(
        start,
        end,
        said.plain[start:end],
        applied(said.plain[:end], within)[start:],
        frozenset(change.kind for change in one.changes),
        tuple(record for record in wanted if record not in got),
        tuple(record for record in got if record not in wanted),
    )


def _stray(said: Paraphrase, row: Indicator) -> Case:
    """A measure where the plain text has none."""
    start = said.worn.origin(row.char_start)
    record = _record(row, said.worn, _Compared((), said.plain))
    return Case(start, start + 1, "", row.statement, frozenset(), added=(record,))


class _Compared:
    """The words of a text as they are compared: words that were exchanged in their place are as before."""

    def __init__(self, changes: Sequence[Change], plain: str) -> None:
        pairs = [(change.new, plain[change.start : change.end]) for change in changes if change.kind in _IN_PLACE]
        self.before = {" ".join(new.lower().split()): " ".join(old.lower().split()) for new, old in pairs}
        self.joined = any(change.kind == "coordination" for change in changes)

    def __call__(self, text: str | None) -> tuple[str, ...]:
        words = " ".join(_WORD.findall((text or "").lower()))
        for new, old in self.before.items():
            words = regex.sub(rf"(?<!\w){regex.escape(new)}(?!\w)", old, words)
        return tuple(word for word in words.split() if not (self.joined and word == "và"))

    def unit(self, text: str) -> str:
        """A unit as it is compared: without what joins its words, where that was exchanged."""
        return " ".join(self(text)) if self.joined and text.strip() not in ("%", "‰") else text


def _expected(row: Indicator, one: Said, said: Paraphrase, compared: _Compared) -> Record:
    names = said.renamed
    value = one.values.get(row.char_start, value_of(row))
    low, high, of = value.low, value.high, value.of
    unit = _unit(row, one, said.plain, names)
    if one.unit is not None and row.unit == one.unit.old.unit:
        low, high, of = (None if end is None else end * one.unit.factor for end in (low, high, of))
        unit = one.unit.new.unit
    within = [change for change in one.changes if row.char_start <= change.start < row.char_end]
    text = applied(said.plain[: row.char_end], within)[row.char_start :]
    words = (names.applied(row.per or ""), compared(names.applied(row.basis or "")), compared(names.applied(row.name)))
    return ((row.char_start, row.char_end), text, low, high, of, compared.unit(unit), *words, *_same(row))


def _unit(row: Indicator, one: Said, plain: str, names: Renamed) -> str:
    """The unit as it must be now; one that the statement prints otherwise ("HTX") was not exchanged."""
    statement = plain[one.stated.start : one.stated.end].lower()
    in_row = "\t" in statement or "|" in statement
    return names.applied(row.unit) if in_row or row.unit in " ".join(statement.split()) else row.unit


def _record(row: Indicator, worn: Disguised, compared: _Compared) -> Record:
    place = worn.origin(row.char_start), worn.origin(row.char_end - 1) + 1
    words = (row.per or "", compared(row.basis), compared(row.name))
    return (place, row.text, row.low, row.high, row.of, compared.unit(row.unit), *words, *_same(row))


def _same(row: Indicator) -> tuple[Any, ...]:
    return tuple(str(getattr(row, name)) for name in _SAME)
