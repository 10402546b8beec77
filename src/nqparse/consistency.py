"""Rows that do not fit each other, or that no person would have written so → what is odd about them, and where.

A row by itself (``oddities``), the rows of one statement (``in_statement``), and the rows of a document that state one
indicator (``Indicators``). What these say is a reason to look, no proof.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from nqparse.models import Bound, Change, Indicator, Role
from nqparse.packs.load import Pack, words_of

_OF_DOCUMENT = "period-of-document"
_MOST_KEPT = 20_000
_FEWEST_SHARES = 3
_CLEAR_NAME = 2
_APART = Decimal(1000)
_MOST_OFF = Decimal("0.6")
_WHOLE = Decimal(100)


class Odd(NamedTuple):
    """What is odd: a code of docs/findings.md, the place in the source, and the reason."""

    code: str
    span: tuple[int, int]
    message: str


def oddities(row: Indicator, issued: int | None, pack: Pack) -> Iterator[Odd]:
    """What is odd about a row by itself; ``issued`` is the year in which its document was issued, if that is known."""
    span = (row.char_start, row.char_end)
    if row.role is Role.ACTUAL and _is_to_come(row, issued, pack):
        yield Odd("future_actual", span, f"a result of {row.period_start}, in a document of {issued}")
    averages = pack.expression("not-whole").search(f"{row.name} {row.unit}") is not None
    if row.dimension == "count" and _is_fractional(row) and not averages:
        yield Odd("fractional_count", span, f"{row.text} {row.unit}: no whole number of {row.unit}")
    words = words_of(row.name)
    if row.core and row.unit and list(words) == list(words_of(row.unit)):
        yield Odd("name_is_unit", span, f"the name {row.name!r} says no more than the unit")


def _is_to_come(row: Indicator, issued: int | None, pack: Pack) -> bool:
    """Whether a row is of a year after its document's, and says so nearer than the document's title does.

    What is to be reduced ("từ 14 xuống còn 11") is there already, whatever the year of the plan.
    """
    if issued is None or row.period_start is None or row.period_start <= issued or _OF_DOCUMENT in row.rules:
        return False
    before = row.statement[: max(0, row.char_start - row.statement_start)]
    return pack.expression("begins-movement").search(before) is None


def _is_fractional(row: Indicator) -> bool:
    """Whether a count that stands for itself, and for no average, has decimals."""
    ends = [value for value in (row.low, row.high) if value is not None]
    return row.per is None and row.change is Change.LEVEL and any(value % 1 for value in ends)


def in_statement(rows: Sequence[Indicator], pack: Pack) -> Iterator[Odd]:
    """What is odd about the rows of one statement beside each other: parts, and shares of one whole."""
    if len(rows) < 2 or "\t" in rows[0].statement or "|" in rows[0].statement:
        return
    yield from _parts(rows, pack)
    yield from _shares(rows, pack)


def _parts(rows: Sequence[Indicator], pack: Pack) -> Iterator[Odd]:
    """ "… 120 ha, trong đó 150 ha": a part that is larger than the whole before it."""
    text, start = rows[0].statement, rows[0].statement_start
    for whole, part in pairwise(rows):
        between = text[max(0, whole.char_end - start) : max(0, part.char_start - start)]
        divides = pack.expression("divides-whole").search(between) is not None
        if not divides or not _are_alike(whole, part) or whole.low is None or part.low is None:
            continue
        if part.low > whole.low > 0:
            message = f"{part.text} is larger than {whole.text}, of which it is a part"
            yield Odd("part_exceeds_whole", (part.char_start, part.char_end), message)


def _are_alike(one: Indicator, two: Indicator) -> bool:
    exact = one.bound is Bound.EXACT and two.bound is Bound.EXACT
    levels = one.change is Change.LEVEL and two.change is Change.LEVEL
    years = (one.period_start, one.period_end) == (two.period_start, two.period_end)
    return exact and levels and years and one.unit == two.unit and one.unit not in ("", "%") and one.per == two.per


def _shares(rows: Sequence[Indicator], pack: Pack) -> Iterator[Odd]:
    """ "Cơ cấu kinh tế: nông nghiệp 30%, công nghiệp 40%, dịch vụ 20%": shares that do not make a whole."""
    first = rows[0]
    lists = pack.expression("lists-structure").match(first.statement) is not None
    if not lists or pack.expression("moves-between").search(first.statement) is not None:
        return
    shares = [row for row in rows if row.unit == "%" and row.change is Change.LEVEL and row.basis is None]
    whole = len(shares) == len(rows) >= _FEWEST_SHARES and all(row.low is not None for row in shares)
    exact = all(row.low == row.high and row.bound is Bound.EXACT for row in shares)
    alike = len({(row.period_start, row.period_end, row.role) for row in shares}) == 1
    if not (whole and exact and alike):
        return
    total = sum((row.low for row in shares if row.low is not None), Decimal(0))
    if abs(total - _WHOLE) > _MOST_OFF:
        span = (shares[0].char_start, shares[-1].char_end)
        yield Odd("shares_sum", span, f"{len(shares)} shares of one whole make {total.normalize():f} %")


class Indicators:
    """The exact levels that a document states of each indicator; of very many the first are kept."""

    def __init__(self) -> None:
        self._targets: dict[tuple[object, ...], Indicator] = {}
        self._levels: dict[tuple[object, ...], Decimal] = {}

    def odd(self, rows: Iterable[Indicator]) -> Iterator[Odd]:
        """What is odd about the next rows beside those before them: a target that another one contradicts, a level that
        is a thousand times another."""
        for row in rows:
            if row.change is not Change.LEVEL or row.basis is not None or not row.unit or row.low is None:
                continue
            yield from self._contradicting(row)
            yield from self._far(row, row.low)

    def _contradicting(self, row: Indicator) -> Iterator[Odd]:
        """Of the indicators of the catalogue only, in which a name says all: "số dự án" may be other projects."""
        if row.role is not Role.TARGET or not row.core or row.code is None or row.period_start is None:
            return
        years, place = (row.period_start, row.period_end), (row.place, row.group, row.section_path)
        key = (row.code, row.name_norm, row.unit, row.per, years, *place)
        if len(self._targets) < _MOST_KEPT:
            self._targets.setdefault(key, row)
        first = self._targets.get(key, row)
        same = (first.low, first.high) == (row.low, row.high)
        if not same and first.bound is Bound.EXACT is row.bound and first.statement_start != row.statement_start:
            message = f"another target for the same indicator and year is {first.text}"
            yield Odd("contradicting_target", (row.char_start, row.char_end), message)

    def _far(self, row: Indicator, level: Decimal) -> Iterator[Odd]:
        if level <= 0 or len(words_of(row.name)) < _CLEAR_NAME:
            return
        key = (row.name_norm, row.unit, row.per, row.place)
        if len(self._levels) < _MOST_KEPT:
            self._levels.setdefault(key, level)
        before = self._levels.get(key, level)
        times = max(before, level) / min(before, level)
        if times >= _APART:
            message = f"{times:.0f} times as far as another level of {row.name!r}"
            yield Odd("outlier", (row.char_start, row.char_end), message)
