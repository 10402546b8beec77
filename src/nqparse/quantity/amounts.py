"""Vietnamese number forms → exact decimals."""

import re
from decimal import Decimal

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_GROUPED_TWICE = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+\.\d{1,2}")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_LONGEST = 26


def read_amount(text: str) -> Decimal | None:
    """The value of a number as printed; None where the form is no number.

    A point between groups of three digits separates thousands, a comma begins the decimals; a point that cannot
    separate thousands is read as a decimal point, also after others that do.

    >>> read_amount("1.167,81"), read_amount("9.500"), read_amount("2.5"), read_amount("01"), read_amount("1,047")
    (Decimal('1167.81'), Decimal('9500'), Decimal('2.5'), Decimal('1'), Decimal('1.047'))
    """
    if len(text) > _LONGEST:
        return None
    ascii_ = "".join(str(int(c)) if c.isdigit() else c for c in text) if not text.isascii() else text
    if _GROUPED.fullmatch(ascii_):
        return Decimal(ascii_.replace(".", "").replace(",", "."))
    if _GROUPED_COMMA.fullmatch(ascii_):
        return Decimal(ascii_.replace(",", ""))
    if _GROUPED_TWICE.fullmatch(ascii_):
        whole, _, decimals = ascii_.rpartition(".")
        return Decimal(f"{whole.replace('.', '')}.{decimals}")
    if _DECIMAL.fullmatch(ascii_):
        return Decimal(ascii_.replace(",", "."))
    return None
