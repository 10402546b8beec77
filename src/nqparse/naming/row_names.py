"""The cell that names a row → its name without bullets, brackets, years and the words that lead to the numbers."""

from dataclasses import dataclass

import regex

from nqparse.models import Bound, Change
from nqparse.packs.load import Pack
from nqparse.packs.schema import Lead
from nqparse.quantity.units import is_unit
from nqparse.syntax.dates import Years, years_in
from nqparse.syntax.tokens import Tokens, tokenize

_BULLET = regex.compile(r"\s*[-–—+*•]+\s+|\s*[-–—+•](?=\p{L})")
_NUMERAL = r"\d{1,2}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}|\p{L}"
_LABEL = regex.compile(rf"\s*\(?({_NUMERAL})(?:[.)]+|(?<=[IVX])\s*[-–])\s*(?=[\p{{L}}“\"])")
_ROMAN_ALONE = regex.compile(r"\s*([IVX]{1,6})\s+(?=\p{Lu})")
_BRACKET = regex.compile(r"\s*\(([^()]*)\)")
_JOINS = frozenset(")%”\"’'")


@dataclass(frozen=True, slots=True)
class RowName:
    """What the cell with a row's name says: ``part`` tells that the row is a part of the one above it, ``falls`` and
    the like are in ``change``, and what they are measured against in ``basis``; ``label`` and ``unit`` are printed in
    the cell itself."""

    name: str = ""
    label: str = ""
    bullet: str = ""
    unit: str = ""
    change: Change = Change.LEVEL
    bound: Bound | None = None
    part: bool = False
    years: Years | None = None
    basis: str | None = None


def read_row_name(text: str, pack: Pack) -> RowName:
    """The name in a row's cell."""
    bullet = _BULLET.match(text)
    label = None if bullet else _LABEL.match(text) or _ROMAN_ALONE.match(text)
    lead = bullet or label
    body = text[lead.end() :] if lead else text
    years = years_in(body, pack)
    body, unit = _without_brackets(body, pack)
    compared = pack.expression("row-compares").search(body)
    body = pack.expression("row-years").sub("", body[: compared.start()] if compared else body)
    read = _trimmed(body, pack)
    return RowName(
        name=read.name,
        label=label.group(1) if label else "",
        bullet=bullet.group().strip()[:1] if bullet else "",
        unit=unit,
        change=read.change,
        bound=read.bound,
        part=read.part,
        years=years,
        basis=" ".join(compared.group("basis").split()) if compared else None,
    )


def _without_brackets(text: str, pack: Pack) -> tuple[str, str]:
    """The text without what stands in brackets, and the unit that stood in them."""
    unit = ""
    while (match := _BRACKET.search(text)) is not None:
        if is_unit(match.group(1), pack):
            unit = match.group(1)
        text = text[: match.start()] + text[match.end() :]
    return text, unit


def _trimmed(text: str, pack: Pack) -> RowName:
    """The name between the words that open and those that end it, with what these set."""
    tokens = tokenize(text)
    words = tokens.words
    first, part = _opened(words, pack)
    last, change, bound = _ended(tokens, first, pack)
    opened = _opening_change(words, first, last, pack)
    name = " ".join((tokens.slice(first + (opened[0] if opened else 0), last) or text).split())
    if opened and last == len(words):
        change = opened[1]
    if change is not Change.LEVEL and pack.expression("growth-noun").match(name):
        change = Change.LEVEL
    return RowName(name=name.strip(" ,;:.-–"), change=change, bound=bound, part=part)


def _opened(words: list[str], pack: Pack) -> tuple[int, bool]:
    """The first word after those that open a name, and whether they make the row a part of the one above it."""
    first, part = 0, False
    while (opener := pack.words("before-row-name").after(words, first)) is not None and first + opener[0] < len(words):
        part = part or pack.words("part-of").after(words, first) is not None
        first += opener[0]
        while first < len(words) and not words[first][0].isalnum():
            first += 1
    return first, part


def _ended(tokens: Tokens, first: int, pack: Pack) -> tuple[int, Change, Bound | None]:
    """The end of the name before the words that lead to the row's numbers, and the change and bound that these set."""
    words = tokens.words
    last = len(words)
    change, bound = Change.LEVEL, None
    while last > first:
        if not words[last - 1][0].isalnum() and words[last - 1] not in _JOINS:
            last -= 1
            continue
        lead = _lead(words, last, pack)
        ender = pack.words("after-row-name").before(words, last)
        taken = max(ender[0] if ender else 0, lead[0] if lead else 0)
        if not taken or last - taken <= first or tokens.in_proper_name(last - taken):
            break
        if pack.words("row-compound-ends").before(words, last) is not None:
            break
        if lead is not None and lead[0] == taken:
            change = lead[1].change if lead[1].change and change is Change.LEVEL else change
            bound = bound or lead[1].bound
        last -= taken
    return last, change, bound


def _lead(words: list[str], last: int, pack: Pack) -> tuple[int, Lead] | None:
    """The words before ``last`` that set a change or a bound: a phrase, or one word ("dưới" in "giảm còn dưới")."""
    for start in (0, last - 1):
        found = pack.leads.before(words[start:last], last - start)
        if found is not None and (found[1].bound is not None or found[1].change not in (None, Change.LEVEL)):
            return found[0], found[1]
    return None


def _opening_change(words: list[str], first: int, last: int, pack: Pack) -> tuple[int, Change] | None:
    """A verb of change that opens the name ("Giảm tỷ lệ hộ nghèo")."""
    for rule, change in (("row-falls", Change.DECREASE), ("row-rises", Change.INCREASE)):
        found = pack.words(rule).after(words, first)
        if found is not None and first + found[0] < last and pack.words("row-changes-not").after(words, first) is None:
            return found[0], change
    return None
