"""Growth in percent, however it is said: as a growth, as an increase of an amount, as an index of so much."""

from decimal import Decimal

from nqparse.catalogue.dimensions import GROWTH, INDEX, SHARE
from nqparse.catalogue.matching import Coded
from nqparse.models import Change

_WHOLE = Decimal(100)
_LEAST_INDEX, _MOST_INDEX = Decimal(50), Decimal(300)


def growth_of(low: Decimal | None, high: Decimal | None, change: Change, coded: Coded) -> Decimal | None:
    """The growth that a measure says, in percent; None where it says none, or a range.

    >>> growth_of(Decimal("108.5"), Decimal("108.5"), Change.LEVEL, Coded(dimension="index"))
    Decimal('8.5')
    >>> growth_of(Decimal("8.5"), None, Change.LEVEL, Coded(dimension="growth"))
    Decimal('8.5')
    """
    value = low if high is None or high == low else high if low is None else None
    if value is None:
        return None
    if coded.dimension == INDEX:
        return _of_index(value, change)
    moves = change in (Change.INCREASE, Change.DECREASE)
    if coded.dimension != GROWTH and not (coded.code is None and coded.dimension == SHARE and moves):
        return None
    return -value if change is Change.DECREASE else value


def _of_index(value: Decimal, change: Change) -> Decimal | None:
    """An index of 108.5 is a growth of 8.5; where the index itself rises, that is the growth."""
    if change is not Change.LEVEL:
        return -value if change is Change.DECREASE else value
    return value - _WHOLE if _LEAST_INDEX <= value <= _MOST_INDEX else value
