"""The cell that names a row → its name without bullets, brackets, years and the words that lead to the numbers."""

from dataclasses import dataclass

import regex

from nqparse.models import Bound, Change
from nqparse.packs.load import Pack
from nqparse.stages.columns import Years, is_unit
from nqparse.stages.tokens import tokenize

_BULLET = regex.compile(r"\s*[-–—+*•]+\s+|\s*[-–—+•](?=\p{L})")
_LABEL = regex.compile(r"\s*\(?(\d{1,2}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}|\p{L})(?:[.)]+|(?<=[IVX])\s*[-–])\s*(?=[\p{L}“\"])")
_ROMAN_ALONE = regex.compile(r"\s*([IVX]{1,6})\s+(?=\p{Lu})")
_BRACKET = regex.compile(r"\s*\(([^()]*)\)")
_JOINS = frozenset(")%”\"’'")


@dataclass(frozen=True, slots=True)
class RowName:
    """What the cell with a row's name says: ``part`` tells that the row is a part of the one above it, ``falls`` and
    the like are in ``change``; ``label`` and ``unit`` are printed in the cell itself."""

    name: str = ""
    label: str = ""
    bullet: str = ""
    unit: str = ""
    change: Change = Change.LEVEL
    bound: Bound | None = None
    part: bool = False
    years: Years | None = None


def read_row_name(text: str, pack: Pack) -> RowName:
    """The name in a row's cell."""
    bullet = _BULLET.match(text)
    label = None if bullet else _LABEL.match(text) or _ROMAN_ALONE.match(text)
    lead = bullet or label
    body = text[lead.end() :] if lead else text
    years = years_in(body, pack)
    body, unit = _without_brackets(body, pack)
    body = pack.expression("row-years").sub("", body)
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
    )


def years_in(text: str, pack: Pack) -> Years | None:
    """The last year or span of years that a text is for, not those of prices or of what it compares with."""
    found = None
    for match in pack.expression("period").finditer(text):
        if pack.expression("not-a-period").search(text[: match.start()]) is None:
            first, last = int(match.group("from")), int(match.group("to") or match.group("from"))
            found = (min(first, last), max(first, last))
    return found


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
    words, first, last = tokens.words, 0, len(tokens.words)
    part = False
    change, bound = Change.LEVEL, None
    while (opener := pack.words("row-opens").after(words, first)) is not None and first + opener[0] < last:
        part = part or pack.words("row-parts").after(words, first) is not None
        first += opener[0]
        while first < last and not words[first][0].isalnum():
            first += 1
    while last > first:
        if not words[last - 1][0].isalnum() and words[last - 1] not in _JOINS:
            last -= 1
            continue
        if pack.words("row-ends-not").before(words, last) is not None:
            break
        lead, ender = pack.leads.before(words, last), pack.words("row-enders").before(words, last)
        if lead is not None and not _sets(lead[1].change, lead[1].bound):
            lead = pack.leads.before(words[last - 1 : last], 1)
        taken = max(ender[0] if ender else 0, lead[0] if lead and _sets(lead[1].change, lead[1].bound) else 0)
        if not taken or last - taken <= first:
            break
        if lead is not None and lead[0] == taken and _sets(lead[1].change, lead[1].bound):
            change = lead[1].change if lead[1].change and change is Change.LEVEL else change
            bound = bound or lead[1].bound
        last -= taken
    opened = _opening_change(words, first, last, pack)
    name = " ".join((tokens.slice(first + (opened[0] if opened else 0), last) or text).split())
    if opened and last == len(words):
        change = opened[1]
    if change is not Change.LEVEL and pack.expression("growth-noun").match(name):
        change = Change.LEVEL
    return RowName(name=name.strip(" ,;:.-–"), change=change, bound=bound, part=part)


def _sets(change: Change | None, bound: Bound | None) -> bool:
    return bound is not None or change not in (None, Change.LEVEL)


def _opening_change(words: list[str], first: int, last: int, pack: Pack) -> tuple[int, Change] | None:
    """A verb of change that opens the name ("Giảm tỷ lệ hộ nghèo")."""
    for rule, change in (("row-falls", Change.DECREASE), ("row-rises", Change.INCREASE)):
        found = pack.words(rule).after(words, first)
        if found is not None and first + found[0] < last and pack.words("row-changes-not").after(words, first) is None:
            return found[0], change
    return None
