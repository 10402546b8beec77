"""A text in other words, drawn from a seed: what is exchanged where, and what the records must be then."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

import regex

from nqparse.models import Indicator
from nqparse.packs.load import load_pack
from nqparse.pipeline import analyse, document
from nqparse.testing.draft import Disguised
from nqparse.testing.paraphrase.lists import KINDS, Lists, lists
from nqparse.testing.paraphrase.numerals import Value, exchanged
from nqparse.testing.paraphrase.renaming import Change, Renamed, renamed, without_overlaps
from nqparse.testing.paraphrase.sites import NewUnit, Statement, remeasured, statements, worded
from nqparse.text.source import make_source

_NUMBERS, _SITES, _UNITS, _BULLETS = 0.6, 0.5, 0.5, 0.3
"""How often what could be exchanged is."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement in other words: its exchanges, its new numbers by their place, its new unit."""

    stated: Statement
    changes: tuple[Change, ...]
    values: dict[int, Value] = field(default_factory=dict)
    unit: NewUnit | None = None


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A text, the same in other words, and what was exchanged."""

    plain: str
    worn: Disguised
    renamed: Renamed
    said: tuple[Said, ...]

    @property
    def text(self) -> str:
        """The text in other words."""
        return self.worn.text


@lru_cache(maxsize=128)
def read(text: str) -> tuple[Indicator, ...]:
    """The measures of a text."""
    pack = load_pack()
    return document(analyse(make_source(text, size=len(text)), pack), pack).indicators


def paraphrase(text: str, seed: int | str = 0, kinds: frozenset[str] = frozenset(KINDS)) -> Paraphrase:
    """``text`` in other words, the same for the same seed; ``kinds`` says which kinds of exchange may be used.

    Each statement is drawn for itself; places, crops and the like are exchanged in the whole text.
    """
    known = lists()
    names = renamed(text, known, kinds, Random(f"{seed}/names"))
    whole = [*names.changes(text), *_bullets(text, known, kinds, Random(f"{seed}/bullets"))]
    step = Random(f"{seed}/units").choice((-1, 1))
    drawn = [
        _said(text, stated, known, step, Random(f"{seed}/{stated.start}"), kinds) for stated in statements(read(text))
    ]
    wanted = [*whole, *(change for one in drawn for change in one.changes)]
    kept = without_overlaps(sorted(wanted, key=lambda change: (change.start, -change.end)))
    worn = Disguised(text).edited((change.start, change.end, change.new) for change in kept)
    return Paraphrase(text, worn, names, tuple(_with(one, kept) for one in drawn))


def _said(text: str, stated: Statement, known: Lists, step: int, random: Random, kinds: frozenset[str]) -> Said:
    values = exchanged(stated.rows, random) if random.random() < _NUMBERS and "number" in kinds else {}
    unit = remeasured(text, stated, known, step) if random.random() < _UNITS and "unit" in kinds else None
    found = [change for change in worded(text, stated, known, random) if random.random() < _SITES]
    changes = [change for change in found if change.kind in kinds]
    changes += unit.changes if unit else ()
    changes += (
        Change(row.char_start + at, row.char_start + at + 1, new, "number")
        for row in stated.rows
        if row.char_start in values
        for at, (old, new) in enumerate(zip(row.text, values[row.char_start].text, strict=True))
        if old != new
    )
    return Said(stated, tuple(changes), values, unit)


def _bullets(text: str, known: Lists, kinds: frozenset[str], random: Random) -> Iterator[Change]:
    for group in known.bullets if "bullet" in kinds else ():
        if random.random() < _BULLETS:
            present = [sign for sign in group if regex.search(rf"(?m)^\s*{regex.escape(sign)} ", text)]
            absent = [sign for sign in group if sign not in present]
            if len(present) == 1 and absent:
                new = random.choice(absent)
                for match in regex.finditer(
                    rf"(?m)^[ \t]*(?P<sign>{regex.escape(present[0])})(?= \p{{L}}[^\t\n]*$)", text
                ):
                    yield Change(*match.span("sign"), new, "bullet")


def _with(one: Said, kept: list[Change]) -> Said:
    """A statement with those of the exchanges in it that were kept, also of the whole text."""
    within = tuple(change for change in kept if one.stated.start - 3 <= change.start < one.stated.end)
    return Said(one.stated, within, one.values, one.unit)
