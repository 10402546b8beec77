"""When what was read is the same as what gold says: by field, as lenient as the scores are defined to be."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from nqparse.folding import fold
from nqparse.gate.gold import GoldMeasure
from nqparse.models import Indicator

NAMES_ALIKE, TITLES_ALIKE = 0.7, 0.9
"""From which likeness on two names, and two titles, are the same."""


@lru_cache(maxsize=65536)
def words(text: str | None) -> tuple[str, ...]:
    """The words of a text in the form in which they are compared.

    >>> words("Hoà-giải 5%"), words("bác sỹ")
    (('hòa', 'giải', '5'), ('bác', 'sĩ'))
    """
    found = re.findall(r"\w+", unicodedata.normalize("NFC", text or ""))
    return tuple(fold(word).replace("sỹ", "sĩ") for word in found)


def likeness(one: str | None, other: str | None) -> float:
    """F1 of the words that two texts share.

    >>> likeness("tỷ lệ hộ nghèo", "hộ nghèo")
    0.6666666666666666
    """
    left, right = words(one), words(other)
    if left == right:
        return 1.0
    if not left or not right:
        return 0.0
    return 2 * (Counter(left) & Counter(right)).total() / (len(left) + len(right))


def same_noun(one: str | None, other: str | None) -> bool:
    """Whether two units are the same, or one is the other with words after it.

    >>> same_noun("trường", "trường học"), same_noun("%", "‰"), same_noun("m2", "m3")
    (True, False, False)
    """
    left, right = (" ".join(words(text)) or text or "" for text in (one, other))
    return left == right or bool(left and right and (left.startswith(f"{right} ") or right.startswith(f"{left} ")))


@lru_cache(maxsize=4096)
def _without_numbers(text: str | None) -> str:
    return " ".join(word for word in words(text) if not word.isdigit())


def years(row: Indicator) -> str | None:
    """A row's years as gold writes them: ``2024``, ``2021-2025``, or None.

    >>> years(Indicator.model_construct(period_start=2021, period_end=2025))
    '2021-2025'
    """
    first, last = row.period_start, row.period_end
    if first is None or first == last:
        return None if last is None else str(last)
    return f"{first}-{last or ''}"


Comparison = Callable[[Indicator, GoldMeasure], bool]
FIELDS: dict[str, Comparison] = {
    "low": lambda row, gold: row.low == gold.low,
    "high": lambda row, gold: row.high == gold.high,
    "bound": lambda row, gold: row.bound == gold.bound,
    "unit": lambda row, gold: same_noun(row.unit, gold.unit),
    "per": lambda row, gold: same_noun(_without_numbers(row.per), _without_numbers(gold.per)),
    "of": lambda row, gold: row.of == gold.of,
    "change": lambda row, gold: row.change == gold.change,
    "role": lambda row, gold: row.role == gold.role,
    "label": lambda row, gold: (row.label or None) == (gold.label or None),
    "period": lambda row, gold: years(row) == (gold.period or None),
    "core": lambda row, gold: row.core == gold.core,
    "section": lambda row, gold: (row.section_path or None) == (gold.section or None),
    "basis": lambda row, gold: likeness(row.basis, gold.basis) >= NAMES_ALIKE,
    "name": lambda row, gold: likeness(row.name, gold.name) >= NAMES_ALIKE,
}
"""The fields of a measure, and when each is read as gold has it."""

VALUE = frozenset({"low", "high", "bound", "unit", "per", "of", "change"})
FULL = VALUE | {"role", "label", "name"}
"""What makes up a measure's value, and its whole row."""
RECORD = FULL | {"period", "core", "section"}
"""What makes up a whole row with what its place in the document says of it."""


def differences(row: Indicator, gold: GoldMeasure) -> tuple[str, ...]:
    """The fields in which a measure was read otherwise than gold has it."""
    return tuple(name for name, same in FIELDS.items() if not same(row, gold))


def read_field(row: Indicator, field: str) -> object:
    """What was read for a field, in gold's terms."""
    if field == "period":
        return years(row)
    return row.section_path if field == "section" else getattr(row, field)
