"""Words exchanged where they stand: at a number, at the start of its clause, anywhere in its statement; and units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

import regex

from nqparse.models import Indicator
from nqparse.testing.paraphrase.lists import Exchange, Lists, Unit
from nqparse.testing.paraphrase.renaming import Change, cased

_OTHER_JOINT = {",": " và ", "v": ", "}


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of the text that states measures, with those measures."""

    start: int
    end: int
    rows: tuple[Indicator, ...]


def statements(rows: Sequence[Indicator]) -> list[Statement]:
    """The statements of a document: where one lies within another, or they overlap, they are one."""
    found: list[Statement] = []
    for row in sorted(rows, key=lambda row: (row.statement_start, -row.statement_end)):
        if found and row.statement_start < found[-1].end:
            last = found.pop()
            found.append(Statement(last.start, max(last.end, row.statement_end), (*last.rows, row)))
        else:
            found.append(Statement(row.statement_start, row.statement_end, (row,)))
    return found


def worded(text: str, stated: Statement, lists: Lists, random: Random) -> Iterator[Change]:
    """Each exchange of words that a statement has a place for; they may overlap."""
    for exchange in lists.exchanges:
        if exchange.place == "clause":
            if all(_fits(exchange, row) for row in stated.rows):
                yield from _everywhere(text, stated, exchange, random)
        else:
            for row in stated.rows:
                if _fits(exchange, row):
                    yield from _before(text, stated, row, exchange, random)
    for match in lists.coordination.finditer(text[stated.start : stated.end]):
        start, end = (stated.start + at for at in match.span("form"))
        yield Change(start, end, _OTHER_JOINT[match["form"].strip()[0]], "coordination")


def _fits(exchange: Exchange, row: Indicator) -> bool:
    """Whether a measure is read as the exchange asks."""
    read = {"change": row.change, "bound": row.bound, "role": row.role, "unit": row.unit}
    based = exchange.basis is None or exchange.basis == (row.basis is not None)
    return based and all(str(read[name]) in values for name, values in exchange.only)


def _before(text: str, stated: Statement, row: Indicator, exchange: Exchange, random: Random) -> Iterator[Change]:
    match = exchange.pattern.search(text[stated.start : row.char_start])
    if match is not None:
        yield _change(match, stated.start, exchange, random)


def _everywhere(text: str, stated: Statement, exchange: Exchange, random: Random) -> Iterator[Change]:
    for match in exchange.pattern.finditer(text[stated.start : stated.end]):
        yield _change(match, stated.start, exchange, random)


def _change(match: "regex.Match[str]", at: int, exchange: Exchange, random: Random) -> Change:
    form = match["form"]
    new = random.choice([target for target in exchange.targets if target != " ".join(form.lower().split())])
    return Change(at + match.start("form"), at + match.end("form"), cased(form, new), exchange.kind)


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit for another, in all of a statement: where it is printed, and how the values change."""

    old: Unit
    new: Unit
    changes: tuple[Change, ...]

    @property
    def factor(self) -> Decimal:
        """What values become, multiplied by this."""
        return self.new.scale / self.old.scale


def remeasured(text: str, stated: Statement, lists: Lists, step: int) -> NewUnit | None:
    """The next unit (``step`` 1: the smaller, -1: the larger) of the family of one that the statement has.

    None where a measure recorded in that unit does not print it, or there is no next one.
    """
    for family in lists.units:
        for at, old in enumerate(family):
            rows = [row for row in stated.rows if row.unit == old.unit]
            printed = regex.compile(rf"(?<=\d\s?){regex.escape(old.form, literal_spaces=True)}(?!\w|[²³23])")
            if rows and 0 <= at + step < len(family) and all(_prints(text, row, printed) for row in rows):
                new = family[at + step]
                found = [match.span() for match in printed.finditer(text, stated.start, stated.end)]
                return NewUnit(old, new, tuple(Change(start, end, new.form, "unit") for start, end in found))
    return None


def _prints(text: str, row: Indicator, printed: "regex.Pattern[str]") -> bool:
    """Whether the unit stands right behind a measure's number, past one blank, and no other multiplies a part of it."""
    one = regex.search(r"\p{L}", printed.sub("", row.text)) is None
    return one and printed.match(text, row.char_end + text[row.char_end : row.char_end + 1].isspace()) is not None
