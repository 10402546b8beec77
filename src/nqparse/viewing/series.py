"""Values of one indicator over years and places, for small charts."""

from collections.abc import Iterable
from decimal import Decimal

from nqparse.models import Change, Document, DocumentRecord, Indicator
from nqparse.viewing.payload import Point, Series

_MOST = 60
"""So many series are drawn, those with the most values first."""


def series(documents: Iterable[Document]) -> tuple[Series, ...]:
    """The series of each code and unit that has values for several years, or of several places."""
    points: dict[tuple[str, str], list[Point]] = {}
    for one in documents:
        for row in one.indicators:
            point = _point(one.head, row)
            if row.code is not None and point is not None:
                points.setdefault((row.code, row.unit), []).append(point)
    found = [
        Series(code=code, unit=unit, points=tuple(sorted(some, key=lambda point: (point.year, point.place))))
        for (code, unit), some in points.items()
        if len({(point.year, point.place) for point in some}) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.points), one.code))[:_MOST])


def _point(head: DocumentRecord, row: Indicator) -> Point | None:
    """The row as a value of a series; None for a difference, and without a year or a bound."""
    ends = [end for end in (row.low, row.high) if end is not None]
    if not ends or row.period_end is None or row.change is not Change.LEVEL:
        return None
    place = row.place or head.locality or head.doc_id
    middle = float(sum(ends, Decimal(0)) / len(ends))
    return Point(doc_id=head.doc_id, place=place, year=row.period_end, role=row.role, value=middle, text=row.text)
