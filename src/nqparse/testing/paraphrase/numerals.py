"""Numbers exchanged for others that are printed in the same way: as many digits, the same marks, the same order."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

import regex

from nqparse.models import Indicator

_NUMERAL = regex.compile(r"\d(?:[\d.,]*\d)?")
_TRIES = 40
_HUNDRED = Decimal(100)
_MONTHS, _DAYS = 12, 31


@dataclass(frozen=True, slots=True)
class Value:
    """The expression of a measure and what it says."""

    text: str
    low: Decimal | None
    high: Decimal | None
    of: Decimal | None


def value_of(row: Indicator) -> Value:
    """What a measure says."""
    return Value(row.text, row.low, row.high, row.of)


def exchanged(rows: Sequence[Indicator], random: Random) -> dict[int, Value]:
    """Other numbers for those of a statement, by place, which stand to each other in the same order.

    What was printed alike is again. Empty where no such numbers were found; a number that stands in a name is kept.
    """
    names = {number for row in rows for number in _NUMERAL.findall(f"{row.name} {row.basis or ''}")}
    free = [row for row in rows if not names & set(_NUMERAL.findall(row.text)) and _is_plain(row)]
    for _ in range(_TRIES):
        texts = {row.text: _NUMERAL.sub(lambda one: _like(one.group(), random), row.text) for row in free}
        drawn = {row.char_start: new for row in free if (new := _value(row, texts[row.text])) is not None}
        same = all((row.char_start in drawn) == (row.text in texts) for row in rows)
        if drawn and same and _in_order([(row, drawn.get(row.char_start, value_of(row))) for row in rows]):
            return drawn
    return {}


def _in_order(pairs: Sequence[tuple[Indicator, Value]]) -> bool:
    """Whether the new values of each unit stand in the order of the old, and equal ones are still equal."""
    for at, (one, new) in enumerate(pairs):
        for other, newer in pairs[at + 1 :]:
            if one.unit == other.unit and _order(_least(one), _least(other)) != _order(_least(new), _least(newer)):
                return False
    return True


def _least(value: Indicator | Value) -> Decimal:
    return next((amount for amount in (value.low, value.high) if amount is not None), Decimal(0))


def _order(one: Decimal, other: Decimal) -> int:
    return (one > other) - (one < other)


def _is_plain(row: Indicator) -> bool:
    """Whether a measure's numerals spell its value, and it is not all of something."""
    whole = row.unit == "%" and _HUNDRED in (row.low, row.high)
    return not whole and _scales(row) is not None


def _scales(row: Indicator) -> tuple[Decimal, ...] | None:
    """By what each numeral of a measure is multiplied; None where they do not plainly spell its value."""
    numerals = _NUMERAL.findall(row.text)
    one = row.low if row.low is not None else row.high
    if row.of is not None:
        ends = [one, row.of]
    else:
        ends = [row.low, row.high] if row.low != row.high and None not in (row.low, row.high) else [one]
    found = [_scale(numeral, end) for numeral, end in zip(numerals, ends, strict=False)]
    scales = tuple(scale for scale in found if scale is not None)
    return scales if len(scales) == len(numerals) == len(ends) else None


def _value(row: Indicator, text: str) -> Value | None:
    """What the measure says with another text; None where its numbers are in another order, or may be a date."""
    amounts = [_amount(one) * scale for one, scale in zip(_NUMERAL.findall(text), _scales(row) or (), strict=True)]
    first, last = amounts[0], amounts[-1]
    low, high = first if row.low is not None else None, first if row.high is not None else None
    if row.of is not None:
        same = _order(_least(row), row.of) == _order(first, last)
        return Value(text, low, high, last) if same and (last > _MONTHS or first > _DAYS) else None
    if len(amounts) > 1:
        return Value(text, first, last, None) if first < last else None
    return Value(text, low, high, None)


def _scale(numeral: str, end: Decimal | None) -> Decimal | None:
    """By what a numeral is multiplied; None where it is no power of ten, or could be a year."""
    amount = _amount(numeral)
    if not amount or end is None or (numeral.isdigit() and 1900 <= amount <= 2100):
        return None
    scale = end / amount
    return scale if scale >= 1 and scale == Decimal(10) ** (len(str(int(scale))) - 1) else None


def _amount(numeral: str) -> Decimal:
    """The value of a numeral with a decimal comma.

    >>> _amount("1.260,5")
    Decimal('1260.5')
    """
    return Decimal(numeral.replace(".", "").replace(",", "."))


def _like(numeral: str, random: Random) -> str:
    """Another numeral with its digits in the same places: zeros before it stay, no year comes out."""
    digits: list[str] = []
    begun = False
    for sign in numeral:
        if not sign.isdigit() or (sign == "0" and not begun):
            digits.append(sign)
        else:
            digits.append(random.choice("123456789" if not begun else "0123456789"))
            begun = True
    new = "".join(digits)
    return numeral if new.isdigit() and 1900 <= int(new) <= 2100 else new
