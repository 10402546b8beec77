"""Words exchanged in a whole document at once: places, organisations, crops, fields, what is counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import regex

from nqparse.testing.paraphrase.lists import Lists, Pattern


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the plain text, what stands there instead, and the kind of the exchange."""

    start: int
    end: int
    new: str
    kind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Words of one list, as found by a pattern, with what each of them becomes."""

    kind: str
    pattern: Pattern
    becomes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Renamed:
    """What the words of one document become, everywhere in it."""

    rules: tuple[Rule, ...] = ()

    def changes(self, text: str) -> list[Change]:
        """The exchanges in a text, in order; where two overlap, the first, and of those the longest."""
        found = [
            Change(*match.span("form"), cased(match["form"], rule.becomes[_word(match)]), rule.kind)
            for rule in self.rules
            for match in rule.pattern.finditer(text)
            if _word(match) in rule.becomes
        ]
        return without_overlaps(sorted(found, key=lambda change: (change.start, -change.end)))

    def applied(self, text: str) -> str:
        """The text with its words exchanged."""
        return applied(text, self.changes(text))


def cased(like: str, text: str) -> str:
    """``text`` with the capitals of ``like``.

    >>> cased("LÚA", "ngô"), cased("Lúa", "ngô"), cased("lúa", "ngô")
    ('NGÔ', 'Ngô', 'ngô')
    """
    if len(like) > 1 and like.isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


def without_overlaps(changes: Sequence[Change]) -> list[Change]:
    """The changes, which are in order, without those that begin before the last one ends."""
    kept: list[Change] = []
    for change in changes:
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


def applied(text: str, changes: Sequence[Change]) -> str:
    """The text after changes that are in order and do not overlap.

    >>> applied("35 ha lúa", [Change(6, 9, "ngô", "crop")])
    '35 ha ngô'
    """
    parts: list[str] = []
    last = 0
    for change in changes:
        parts += (text[last : change.start], change.new)
        last = change.end
    return "".join([*parts, text[last:]])


def renamed(text: str, lists: Lists, kinds: frozenset[str], random: Random) -> Renamed:
    """What the words of a document become; each list takes part in one document of two."""
    rules = [rule for rule in _rules(text, lists, random) if rule.kind in kinds]
    return Renamed(tuple(rule for rule in rules if rule.becomes and random.random() < 0.5))


def _rules(text: str, lists: Lists, random: Random) -> Iterator[Rule]:
    for one in lists.renamings:
        found = list(one.pattern.finditer(text))
        broken = {_word(match) for match in found if "\n" in match["form"]}
        present = sorted({_word(match) for match in found} - broken)
        yield Rule(one.kind, one.pattern, _exchanged(present, one.targets, text.lower(), random))
    places = sorted(_places(text, lists))
    free = [name for name in lists.names if name.lower() not in text.lower()]
    becomes = {name.lower(): new for name, new in zip(places, random.sample(free, len(free)), strict=False)}
    forms = "|".join(regex.escape(form) for name in places for form in (name, name.upper()))
    yield Rule("place", regex.compile(rf"(?<!\w)(?P<form>{forms or '(?!)'})(?!\w)"), becomes)


def _word(match: "regex.Match[str]") -> str:
    """The word that a match is of; one that a line's end breaks is not exchanged, or the lines would be others."""
    return " ".join(match["form"].lower().split())


def _exchanged(present: Sequence[str], targets: Sequence[str], text: str, random: Random) -> dict[str, str]:
    """For each word that is present another one, no two the same: one that the document lacks, where there is one."""
    lacking = [target for target in targets if target.lower() not in text]
    if len(lacking) >= len(present):
        return dict(zip(present, random.sample(lacking, len(present)), strict=True))
    turned = [*present[1:], *present[:1]] if len(present) > 1 else []
    return dict(zip(present, turned, strict=False))


def _places(text: str, lists: Lists) -> Iterator[str]:
    for match in lists.place.finditer(text):
        words = match["name"].split()
        while len(words) > 1 and words[-1] in lists.never:
            words.pop()
        if len(words) > 1 and words[0] not in lists.never:
            yield " ".join(words)
