"""Tokens after a number → its unit, with the factor that its multiplier gives."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import regex

from nqparse.packs.load import Pack
from nqparse.syntax.tokens import Tokens, tokenize
from nqparse.words import lexicon

_THOUSAND = regex.compile(r"^\s*1\.?000\s+(?=\p{L})")

_FEW_DIGITS = 2


class Step(NamedTuple):
    """One decision: the rule that took it and what it set."""

    rule: str
    sets: str


class UnitRead(NamedTuple):
    """A unit as printed: where it begins and ends, its normalised form, its factor, and the rules that read it."""

    first: int
    end: int
    unit: str
    factor: Decimal
    family: str
    steps: tuple[Step, ...]


def read_part(tokens: Tokens, whole: UnitRead, pack: Pack) -> UnitRead | None:
    """The unit of the number behind ``whole`` where it is a thousandth of it ("25 tỷ 941 triệu đồng"), else None."""
    if whole.unit and not any(step.rule == "money-without-unit" for step in whole.steps):
        return None
    unit = read_unit(tokens, whole.end + 1, pack)
    if unit.family != "money" or unit.factor * 1000 != whole.factor:
        return None
    return unit._replace(steps=(*whole.steps[:1], *unit.steps))


def read_unit(tokens: Tokens, at: int, pack: Pack) -> UnitRead:
    """The unit that begins at token ``at``; an empty one where none is known there."""
    words = tokens.words
    steps: list[Step] = []
    factor = Decimal(1)
    end = at
    while (multiplier := pack.multipliers.after(words, end)) is not None:
        factor *= multiplier[1].factor
        steps.append(Step(multiplier[1].id, f"× {multiplier[1].factor:f}"))
        end += multiplier[0]
    unit, noun = pack.units.after(words, end), pack.nouns.after(words, end)
    if unit is not None and (noun is None or noun[0] <= unit[0]):
        taken, rule, _ = unit
        name = rule.unit if rule.unit is not None else rule.id
        signed = rule.family == "physical" and (
            _is_word_start(tokens, end + taken) or _is_date(words, end + taken, pack)
        )
        if not signed and not (rule.family == "money" and end == at and _is_counted_thing(words, end)):
            steps.append(Step(rule.id, f"unit {name}"))
            return UnitRead(at, end + taken, name, factor * rule.scale, rule.family, tuple(steps))
    if noun is not None:
        taken, noun_rule, form = noun
        name = noun_rule.unit or form.lower()
        steps.append(Step(noun_rule.id, f"unit {name}"))
        return UnitRead(at, end + taken, name, factor, "count", tuple(steps))
    if end > at and (factor >= 1_000_000_000 or (factor >= 1_000_000 and _is_given(words, end, pack))):
        steps.append(Step("money-without-unit", "unit VND"))
        return UnitRead(at, end, "VND", factor, "money", tuple(steps))
    return UnitRead(at, end, "", factor, "none", tuple(steps))


def _is_given(words: Sequence[str], end: int, pack: Pack) -> bool:
    """ "102 triệu/người", "230 triệu/ha": what comes in millions for each of some things is money."""
    return list(words[end : end + 1]) == ["/"] and pack.words("money-for-each").after(words, end + 1) is not None


def _is_date(words: Sequence[str], end: int, pack: Pack) -> bool:
    """Whether what looks like years begins a date ("85 năm 2026")."""
    return pack.words("year-nouns").before(words, end) is not None and end < len(words) and words[end][0].isdigit()


def _is_word_start(tokens: Tokens, end: int) -> bool:
    """Whether the letters of a unit's sign go on as a word ("m" in "mét")."""
    return end < len(tokens.starts) and tokens.starts[end] == tokens.ends[end - 1] and tokens.words[end].isalpha()


def _is_counted_thing(words: Sequence[str], at: int) -> bool:
    """Whether what looks like money begins a longer word of the dictionary behind a number that is too small for an
    amount ("01 đồng hồ nước")."""
    few = at > 0 and words[at - 1].isdigit() and len(words[at - 1]) <= _FEW_DIGITS
    return few and " ".join(words[at : at + 2]) in lexicon().pairs


def is_unit(text: str, pack: Pack) -> bool:
    """Whether a text is a unit of measurement or a counted noun, maybe a thousand of it, and nothing else."""
    tokens = tokenize(_THOUSAND.sub("", text, 1))
    if not tokens.words or tokens.words[0].isdigit():
        return False
    read = read_unit(tokens, 0, pack)
    return read.end > 0 and (read.end == len(tokens.words) or tokens.words[read.end] == "/")
