"""Vietnamese number forms → exact decimals, and what is reckoned with them."""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

from nqparse.models import AMOUNT_DIGITS, AMOUNT_PLACES

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_EITHER = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?!\d|[.,]\d)")
_GROUPED_TWICE = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+\.\d{1,2}")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
COMMA_OF_THOUSANDS = "comma-of-thousands"
"""The step of a measure in whose column commas part thousands."""
_MOST_DIGITS = 60
"""So many digits stand before the decimals at most; what has more is no quantity."""
_EXACT = Context(prec=100_000_000, rounding=ROUND_HALF_EVEN)
"""More digits than the numbers of a text have: nothing is rounded on the way."""
_SHARED = Context(prec=200, rounding=ROUND_HALF_EVEN)
_STEP = Decimal(1).scaleb(-AMOUNT_PLACES)


def read_amount(text: str, *, thousands: bool = False) -> Decimal | None:
    """The value of a number as printed; None where the form is no number.

    A point between groups of three digits separates thousands, a comma begins the decimals; a point that cannot
    separate thousands is read as a decimal point, also after others that do. With ``thousands`` a comma before three
    digits separates thousands too.

    >>> read_amount("1.167,81"), read_amount("9.500"), read_amount("2.5"), read_amount("01"), read_amount("1,047")
    (Decimal('1167.81'), Decimal('9500'), Decimal('2.5'), Decimal('1'), Decimal('1.047'))
    """
    ascii_ = "".join(str(int(c)) if c.isdecimal() else c for c in text) if not text.isascii() else text
    plain = ascii_.replace(",", "") if thousands and _COMMAS.fullmatch(ascii_) else _plain(ascii_)
    amount = Decimal(plain) if plain is not None else None
    return amount if amount is None or amount.adjusted() < _MOST_DIGITS else None


def _plain(text: str) -> str | None:
    """The number as Python writes one."""
    if _GROUPED.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _GROUPED_COMMA.fullmatch(text):
        return text.replace(",", "")
    if _GROUPED_TWICE.fullmatch(text):
        whole, _, decimals = text.rpartition(".")
        return f"{whole.replace('.', '')}.{decimals}"
    return text.replace(",", ".") if _DECIMAL.fullmatch(text) else None


def ambiguous(text: str) -> str | None:
    """The first number of an expression whose one comma may begin decimals or part thousands; None if there is none.

    >>> ambiguous("12,500 - 13"), ambiguous("0,125"), ambiguous("1,234,567"), ambiguous("12,50")
    ('12,500', None, None, None)
    """
    found = _EITHER.search(text)
    return found.group() if found is not None else None


def times(amount: Decimal, factor: Decimal | int) -> Decimal:
    """The product, to the last digit.

    >>> times(Decimal("1234567890123456789.01234567890123"), Decimal(1000))
    Decimal('1234567890123456789012.34567890123000')
    """
    return _EXACT.multiply(amount, factor)


def plus(amount: Decimal, other: Decimal) -> Decimal:
    """The sum, to the last digit."""
    return _EXACT.add(amount, other)


def over(amount: Decimal, divisor: Decimal) -> Decimal:
    """The quotient, to two hundred digits."""
    return _SHARED.divide(amount, divisor)


def minus(amount: Decimal) -> Decimal:
    """The amount below nought."""
    return _EXACT.minus(amount)


def stored(amount: Decimal) -> Decimal | None:
    """The amount as the tables hold it: rounded half even to ten places; None for one that is too large for them.

    >>> stored(Decimal("0.12345678905")), stored(Decimal("12.5")), stored(Decimal("1E+28"))
    (Decimal('0.1234567890'), Decimal('12.5'), None)
    """
    if amount and amount.adjusted() >= AMOUNT_DIGITS - AMOUNT_PLACES:
        return None
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -AMOUNT_PLACES:
        return amount
    rounded = _EXACT.quantize(amount, _STEP)
    return rounded if rounded.adjusted() < AMOUNT_DIGITS - AMOUNT_PLACES else None
