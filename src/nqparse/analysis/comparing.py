"""``nqparse compare``: one indicator over places and years, from a run; or two documents, indicator by indicator."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from nqparse.analysis.base import opened
from nqparse.errors import InputError
from nqparse.models import Change, Document, Indicator, Role

_SERIES = """
SELECT place, period_end, low, high, bound, unit FROM (
  SELECT
    COALESCE(i.place, d.commune, d.district, d.province, d.locality, d.doc_id) AS place,
    i.period_end, i.low, i.high, i.bound, i.unit,
    row_number() OVER (
      PARTITION BY i.period_end,
        COALESCE(i.place_code, i.place, d.place_code, d.commune, d.district, d.province, d.locality, d.doc_id)
      ORDER BY CASE i.role WHEN 'estimate' THEN 1 ELSE 0 END,
        CASE WHEN i.role = 'target' AND d.doc_type = 'report' THEN 1 ELSE 0 END,
        d.issued_on DESC NULLS LAST, i.core DESC, i.doc_id, i.ordinal
    ) AS choice
  FROM indicators AS i JOIN documents AS d ON d.doc_id = i.doc_id
  WHERE i.code = $code AND list_contains($roles, i.role) AND i.period_end BETWEEN $first AND $last
) AS ordered
WHERE choice = 1 AND ($place IS NULL OR lower(place) LIKE '%' || lower($place) || '%')
ORDER BY place, period_end
"""


class Value(NamedTuple):
    """What an indicator is at a place in a year."""

    place: str
    year: int
    low: Decimal | None
    high: Decimal | None
    bound: str
    unit: str


class Wanted(NamedTuple):
    """What of a run is compared."""

    code: str
    roles: tuple[Role, ...]
    first: int = 0
    last: int = 9999
    place: str | None = None


def series(out: Path, wanted: Wanted) -> list[Value]:
    """The values by place and year; what was, before what was estimated; a target where it is
    set, before its copy in a report; then the latest document.

    Raises InputError as ``base.opened`` does, and where the run has no such indicator.
    """
    with opened(out) as base:
        asked = wanted._asdict() | {"roles": [str(role) for role in wanted.roles]}
        found = [Value(*row) for row in base.execute(_SERIES, asked).fetchall()]
        if not found:
            raise InputError(_nothing(out, wanted.code, base.execute(_LIKE, {"code": wanted.code}).fetchall()))
    return found


_LIKE = """
SELECT code, count(*) FROM indicators WHERE code IS NOT NULL
GROUP BY code ORDER BY code <> $code, jaro_winkler_similarity(code, $code) DESC, count(*) DESC, code LIMIT 5
"""


def _nothing(out: Path, code: str, near: Sequence[tuple[str, int]]) -> str:
    if near and near[0][0] == code:
        return f"{out}: {near[0][1]} rows of {code}, but none for these years, places and roles"
    others = ", ".join(f"{name} ({count})" for name, count in near) or "none at all"
    return f"{out}: no row of {code!r}; codes that the run has, the nearest first: {others}"


def shown(low: Decimal | None, high: Decimal | None, bound: str) -> str:
    """A value as people read it.

    >>> shown(Decimal("1.50"), Decimal("1.50"), "exact"), shown(Decimal(8), Decimal(9), "exact")
    ('1.5', '8–9')
    >>> shown(None, Decimal("2.0"), "below"), shown(Decimal(95), None, "min")
    ('<2', '≥95')
    """
    signs = {"min": "≥", "above": ">", "max": "≤", "below": "<", "about": "~"}
    ends = [f"{end.normalize():f}" for end in (low, high) if end is not None]
    return signs.get(bound, "") + "–".join(dict.fromkeys(ends))


class Move(StrEnum):
    """What became of an indicator from one document to another."""

    ADDED = "added"
    DROPPED = "dropped"
    RAISED = "raised"
    LOWERED = "lowered"
    CHANGED = "changed"
    SAME = "same"


class Moved(NamedTuple):
    """An indicator in two documents; None where one has it not."""

    move: Move
    name: str
    code: str | None
    before: Indicator | None
    after: Indicator | None


_Key = tuple[str, str, str, str, str, str]


def compared(before: Document, after: Document, *, every: bool = False) -> list[Moved]:
    """The indicators of two documents, in the order of the second; what only the first has comes last.

    Of a document with rows in lists or tables of indicators those alone are compared, unless ``every`` row is.
    """
    old, new = _by_key(_rows(before, every)), _by_key(_rows(after, every))
    return [*_kept(old, new), *_gone(old, new)]


def _rows(document: Document, every: bool) -> Sequence[Indicator]:
    core = [row for row in document.indicators if row.core]
    return document.indicators if every or not core else core


def _by_key(rows: Sequence[Indicator]) -> dict[_Key, list[Indicator]]:
    found: dict[_Key, list[Indicator]] = {}
    for row in rows:
        found.setdefault(_key(row), []).append(row)
    return found


def _key(row: Indicator) -> _Key:
    kind = "" if row.change is Change.LEVEL else str(row.change)
    growth = "growth" if row.growth is not None else kind
    what = (row.code or "").removesuffix("/growth") or row.name_norm
    role = "target" if row.role is Role.TARGET else "result"
    return (
        what,
        growth,
        "" if row.growth is not None else row.dimension or row.unit,
        row.per or "",
        row.place or "",
        role,
    )


def _kept(old: dict[_Key, list[Indicator]], new: dict[_Key, list[Indicator]]) -> Iterator[Moved]:
    for key, rows in new.items():
        for at, row in enumerate(rows):
            other = old[key][at] if at < len(old.get(key, ())) else None
            yield Moved(_move(other, row), row.name, row.code, other, row)


def _gone(old: dict[_Key, list[Indicator]], new: dict[_Key, list[Indicator]]) -> Iterator[Moved]:
    for key, rows in old.items():
        for row in rows[len(new.get(key, ())) :]:
            yield Moved(Move.DROPPED, row.name, row.code, row, None)


def _move(before: Indicator | None, after: Indicator) -> Move:
    if before is None:
        return Move.ADDED
    pairs = [(one, other) for one, other in zip(_ends(before), _ends(after), strict=True) if None not in (one, other)]
    signs = {(other > one) - (other < one) for one, other in pairs if one is not None and other is not None} - {0}
    if len(signs) == 1:
        return Move.RAISED if signs == {1} else Move.LOWERED
    return Move.SAME if not signs and before.bound == after.bound else Move.CHANGED


def _ends(row: Indicator) -> tuple[Decimal | None, Decimal | None]:
    return (row.growth, row.growth) if row.growth is not None else (row.low, row.high)
