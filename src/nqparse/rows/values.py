"""The cells of a row that hold values → numbers and measures, with the unit that the table gives them."""

import re
from decimal import Decimal

import regex

from nqparse.models import Bound
from nqparse.packs.load import Pack
from nqparse.quantity.amounts import COMMA_OF_THOUSANDS, read_amount, times
from nqparse.quantity.measures import Measure, read_measures
from nqparse.quantity.numbers import BlockNumbers, Literal, parts_of
from nqparse.quantity.units import Step, UnitRead, read_unit
from nqparse.rows.columns import Column
from nqparse.syntax.tokens import Tokens, tokenize

_PLAIN = re.compile(r"[-–−(]?\s*(\d+(?:[.,]\d+)*)\s*\)?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_INNER_POINT = regex.compile(r"(?<=\p{L})\.\s*(?=\p{L})")
_MULTIPLE = regex.compile(r"\s*(\d+(?:\.\d{3})*)\s+(?=\p{L})")
_MOST_UNIT_WORDS = 6
_NO_UNIT = UnitRead(0, 0, "", Decimal(1), "none", ())


def cell_numbers(text: str, pack: Pack) -> BlockNumbers:
    """The numbers of a cell: what stands in the cells beside it says nothing of them. A length of time that
    a cell consists of is a value."""
    formulas = [match.span() for match in pack.expression("row-formula").finditer(text)]
    literals: list[Literal] = []
    for found in pack.numbers.finditer(text):
        rule, class_ = found.rule, found.class_
        if any(a <= found.start < b for a, b in formulas):
            rule, class_ = "row-formula", "marker"
        elif class_ == "duration" and pack.expression("length-of-time").match(text):
            rule = class_ = None
        literals += [Literal(start, end, class_, rule) for start, end in parts_of(found, text)]
    return BlockNumbers(tuple(literals), tuple(n.start for n in literals if n.class_ is None))


def cell_measures(text: str, column: Column, pack: Pack) -> tuple[list[Measure], BlockNumbers]:
    """The measures of a value's cell, and its numbers."""
    plain = _PLAIN.match(text)
    if plain is not None:
        return _plain(plain, column)
    if not any(c.isdigit() for c in text):
        return [], BlockNumbers()
    numbers = cell_numbers(text, pack)
    if not numbers.values:
        return [], numbers
    found: list[Measure] = []
    for measure in read_measures(tokenize(text), numbers, pack):
        if not found or measure.first >= found[-1].tail:
            found.append(measure)
    return found, _explained(numbers, found)


def _plain(match: "re.Match[str]", column: Column) -> tuple[list[Measure], BlockNumbers]:
    """A cell that holds one number and nothing else: a year only in a column of years."""
    start, end = match.span(1)
    value = read_amount(match.group(1), thousands=column.thousands)
    if column.years and _YEAR.match(match.group(1)):
        return [], BlockNumbers((Literal(start, end, "year", "table-year"),))
    if value is None:
        return [], BlockNumbers((Literal(start, end),), (start,))
    steps = (Step(COMMA_OF_THOUSANDS, f"value {value:f}"),) if column.thousands and "," in match.group(1) else ()
    return [Measure(start, end, value, value, steps=steps)], BlockNumbers((Literal(start, end),), (start,))


def _explained(numbers: BlockNumbers, found: list[Measure]) -> BlockNumbers:
    """The numbers with those that a measure's denominator took in ("263 đảng viên/3 năm")."""
    stated = [(measure.start, measure.end) for measure in found]
    literals = []
    for n in numbers.literals:
        if n.class_ is None and not any(a <= n.start < b for a, b in stated):
            n = Literal(n.start, n.end, "denominator", "table-denominator")
        literals.append(n)
    return BlockNumbers(tuple(literals), tuple(n.start for n in literals if n.class_ is None))


def bounded(measure: Measure, bound: Bound) -> Measure:
    """The measure under a bound that its row's name ends in."""
    step = Step("row-ends-in-bound", f"bound {bound}")
    if measure.low == measure.high and bound in (Bound.MIN, Bound.ABOVE):
        return measure.but(step, bound=bound, high=None)
    if measure.low == measure.high and bound in (Bound.MAX, Bound.BELOW):
        return measure.but(step, bound=bound, low=None)
    return measure.but(step, bound=bound)


class UnitReader:
    """Reads the units that a table prints in a column or a heading; the same few come again in every row."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.known: dict[str, tuple[UnitRead, str | None]] = {}

    def read(self, text: str) -> UnitRead:
        """The unit that a text names, whatever its denominator."""
        return self._both(text)[0]

    def given(self, measure: Measure, text: str, shift: int, *steps: Step) -> Measure:
        """The measure with the unit, multiplier and denominator that a text gives, unless it was printed with its own;
        ``shift`` is the place of its cell in the row, ``steps`` are those that led to it."""
        read, per = self._both(text) if text else (_NO_UNIT, None)
        start, end = measure.start + shift, measure.end + shift
        if measure.unit or not text:
            if measure.unit != read.unit:
                per = None
            return measure._replace(start=start, end=end, per=measure.per or per, steps=(*measure.steps, *steps))
        factor = read.factor if measure.unit_to == measure.unit_from else Decimal(1)
        step = Step("unit-of-the-table", f"unit {read.unit}" + (f" per {per}" if per else ""))
        return measure._replace(
            start=start,
            end=end,
            unit=read.unit,
            family=read.family,
            per=measure.per or per,
            low=None if measure.low is None else times(measure.low, factor),
            high=None if measure.high is None else times(measure.high, factor),
            of=None if measure.of is None else times(measure.of, factor),
            steps=(*measure.steps, *read.steps, step, *steps),
        )

    def _both(self, text: str) -> tuple[UnitRead, str | None]:
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = self._read(text)
        return found

    def _read(self, text: str) -> tuple[UnitRead, str | None]:
        multiple = _MULTIPLE.match(text)
        factor = read_amount(multiple.group(1)) if multiple else None
        tokens = tokenize(_INNER_POINT.sub(" ", text[multiple.end() :] if multiple else text))
        read = read_unit(tokens, 0, self.pack)
        slash = tokens.words.index("/") if "/" in tokens.words else len(tokens.words)
        if not read.unit:
            unit = tokens.slice(read.end, min(slash, read.end + _MOST_UNIT_WORDS)).lower()
            read = UnitRead(0, slash, unit, read.factor, "count" if unit else "none", ())
        return read._replace(factor=times(read.factor, factor or Decimal(1))), self._per(tokens, slash)

    def _per(self, tokens: Tokens, slash: int) -> str | None:
        parts = []
        at = slash
        while at + 1 < len(tokens.words) and tokens.words[at] == "/":
            found = self.pack.denominators.after(tokens.words, at + 1)
            if found is None:
                parts.append(tokens.slice(at + 1, len(tokens.words)).strip(") "))
                break
            parts.append(found[1].per)
            at += 1 + found[0]
        return "/".join(parts) or None
