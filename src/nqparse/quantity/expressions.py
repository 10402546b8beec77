"""Numbers → numeric expressions: one value, a range or a fraction, with the unit that it is read with."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from nqparse.packs.load import Pack
from nqparse.quantity.amounts import over, plus, read_amount, times
from nqparse.quantity.numbers import Literal
from nqparse.quantity.units import UnitRead, read_part, read_unit
from nqparse.syntax.tokens import Tokens

_DASHES = frozenset("-–—−~")


class Expression(NamedTuple):
    """The digits of a measure: its values, the unit that it was read with, and the token after all of it."""

    last: int
    low: Decimal
    high: Decimal
    of: Decimal | None
    unit: UnitRead


class Expressions:
    """Reads one block's expressions. ``literals`` are its unclassed numbers by token.

    ``known`` are the tokens of its classed numbers, which end no range.
    """

    def __init__(self, tokens: Tokens, literals: Mapping[int, Literal], known: set[int], pack: Pack) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.literals = literals
        self.known = known
        self.pack = pack

    def _value(self, at: int) -> Decimal | None:
        literal = self.literals.get(at)
        return None if literal is None else read_amount(self.tokens.text[literal.start : literal.end])

    def read(self, at: int) -> Expression | None:
        """The expression whose first number is at a token; None where no number with a value is."""
        low = self._value(at)
        if low is None:
            return None
        unit = read_unit(self.tokens, at + 1, self.pack)
        below = self._value(unit.end) if unit.end > at + 1 else None
        if below is not None and below < 1000 and (part := read_part(self.tokens, unit, self.pack)) is not None:
            whole = plus(times(low, 1000), below)
            return Expression(unit.end, whole, whole, None, part)
        for after in (at + 1, unit.end):
            second = self._after_separator(after)
            if second is not None and (value := self._value(second)) is not None:
                right = read_unit(self.tokens, second + 1, self.pack)
                chosen = right if right.unit or right.end > right.first else unit
                if self._is_range(unit, right, after, at, second):
                    return Expression(second, *self._scaled(low, value, unit, right), None, self._at(chosen, second))
        if (fraction := self._fraction(at, low, unit)) is not None:
            return fraction
        return Expression(at, low, low, None, unit)

    def _at(self, unit: UnitRead, last: int) -> UnitRead:
        """The unit, ending after the last number where it was printed with the first."""
        return unit if unit.end > last else unit._replace(first=last + 1, end=last + 1)

    def _scaled(self, low: Decimal, high: Decimal, left: UnitRead, right: UnitRead) -> tuple[Decimal, Decimal]:
        """Low and high, in the unit that will be applied: "900 triệu - 1 tỷ" has two factors."""
        if left.factor == right.factor or left.end == left.first or not right.unit or left.factor == 1:
            return low, high
        return over(times(low, left.factor), right.factor), high

    def _after_separator(self, at: int) -> int | None:
        """The token after a dash or a word that joins two ends of a range."""
        if at >= len(self.words):
            return None
        if self.words[at] in _DASHES:
            return at + 1
        joined = self.pack.words("range-joins").after(self.words, at)
        if joined is None:
            return None
        after = at + joined[0]
        while (lead := self.pack.words("range-leads").after(self.words, after)) is not None:
            after += lead[0]
        return after

    def _is_range(self, left: UnitRead, right: UnitRead, after: int, first: int, second: int) -> bool:
        """Two numbers are one range where they share a unit; "từ 2 lên 3" and "5 xã - 3 phường" are two measures."""
        if left.end > left.first and left.unit and right.unit and left.unit != right.unit:
            return False
        if left.unit and left.family == "count" and right.unit and after == left.end and left.end > first + 1:
            return False
        return second not in self.known and not self._is_chain(left, right, first)

    def _is_chain(self, left: UnitRead, right: UnitRead, first: int) -> bool:
        """ "53% - 20% - 27%": shares parted by dashes, each with its sign, are no range."""
        if not left.unit == right.unit == "%" or left.end == left.first:
            return False
        if self.words[right.end : right.end + 1] and self.words[right.end] in _DASHES:
            return self._value(right.end + 1) is not None
        return first > 1 and self.words[first - 1] in _DASHES and self.words[first - 2] == "%"

    def _fraction(self, at: int, low: Decimal, unit: UnitRead) -> Expression | None:
        """ "57/66 trường", or "560 tỷ đồng/690 tỷ đồng" with the unit on both sides."""
        for slash in (at + 1, unit.end):
            if slash + 1 >= len(self.words) or self.words[slash] != "/":
                continue
            whole = self._value(slash + 1)
            if whole is None:
                continue
            after = read_unit(self.tokens, slash + 2, self.pack)
            if slash == unit.end and slash != at + 1 and after.unit != unit.unit:
                continue
            if self.pack.denominators.after(self.words, slash + 1) is not None and slash != at + 1:
                continue
            return Expression(slash + 1, low, low, whole, after)
        return None
