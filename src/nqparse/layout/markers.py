"""The markers that open a section or a row, read from the start of a line: "A.", "II-", "1.1.", "Điều 3.", "b)"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import regex

from nqparse.folding import fold
from nqparse.models import SectionKind
from nqparse.packs.finding import Finder
from nqparse.packs.load import Pack
from nqparse.packs.schema import Marker

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_NUMERALS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LONGEST_NUMBER = 9
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_ALPHA = "abcdđeghiklmnopqrstuvxy"
_AFTER_E = frozenset(_ALPHA[6:])
"""Letters that come one later where "f" is counted, which most writers pass over."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a marker: its kind, its normalised label, its place in the count, the rule that reads it so."""

    kind: SectionKind
    label: str
    value: tuple[int, ...]
    style: str
    rule: Marker


@dataclass(frozen=True, slots=True)
class Marked:
    """A marker at the start of a line: ``text`` as printed, ``end`` of it, and all its readings."""

    text: str
    end: int
    readings: tuple[Reading, ...]

    @property
    def in_sentence(self) -> bool:
        """Whether such words may also stand within a sentence, where a hard wrap put them at a line's start."""
        return all(not reading.rule.strong for reading in self.readings)

    @property
    def label(self) -> str:
        """The label as printed, without punctuation."""
        return self.text.strip(" .-–):(/")


class MarkerReader:
    """Reads the marker at the start of a line; one expression of all rules turns most lines away at once."""

    def __init__(self, pack: Pack) -> None:
        self._rules = pack.markers
        self._numerals = pack.numerals
        self._any = Finder(regex.compile("|".join(f"(?:{rule.pattern})" for rule, _ in pack.markers) or "(?!)"))

    def __call__(self, line: str) -> Marked | None:
        """The marker at the start of a line's clean text, with its readings; None if there is none."""
        if self._any.match(line) is None:
            return None
        text = ""
        readings: list[Reading] = []
        for rule, pattern in self._rules:
            match = pattern.match(line)
            shown = match.group().rstrip() if match is not None else ""
            if match is None or len(shown) < len(text):
                continue
            found = _read(rule, "".join((match.group("label") or "").split()), shown, self._numerals)
            if found and len(shown) > len(text):
                text, readings = shown, []
            readings += found
        end = len(text)
        while end < len(line) and line[end] == " ":
            end += 1
        return Marked(text, end, tuple(readings)) if readings else None


def _read(rule: Marker, label: str, shown: str, in_words: Mapping[str, int]) -> list[Reading]:
    """The readings of a marker by one rule; none if its label is no numeral of the rule's kind."""
    value = _value(label, rule.numerals, in_words)
    if label and value is None:
        return []
    style = f"{rule.id}{')' if shown[-1:] in '),' else ''}"
    first = Reading(rule.kind, _label(label, value, rule), value or (), style, rule)
    if value is None or rule.numerals != "letter" or label[:1] not in _AFTER_E:
        return [first]
    return [first, replace(first, value=(value[0] + 1, *value[1:]))]


def _label(label: str, value: tuple[int, ...] | None, rule: Marker) -> str:
    if rule.numerals == "word" and value:
        return f"{rule.prefix}{value[0]}"
    if rule.numerals == "roman" and rule.kind is SectionKind.ROMAN and not label.islower():
        label = label.upper()
    return rule.prefix + label


def _value(label: str, numerals: str, in_words: Mapping[str, int]) -> tuple[int, ...] | None:
    key = fold(label)
    if not key:
        return None
    if key.replace(".", "").isdigit():
        return _numbers(key)
    if numerals == "word":
        number = in_words.get(key) or _letter_of_part(key) or _roman(key)
        return (number,) if number else None
    if numerals == "roman":
        number = _roman(key)
        return (number,) if number else None
    if numerals == "letter":
        head, _, rest = key.partition(".")
        alphabet = _ALPHA if label[:1].islower() else _LETTERS
        head = "g" if alphabet is _ALPHA and head == "f" else head
        if len(head) != 1 or head not in alphabet:
            return None
        tail = _numbers(rest) if rest else ()
        return (alphabet.index(head) + 1, *tail) if tail is not None else None
    return None


def _numbers(text: str) -> tuple[int, ...] | None:
    """The numbers between points; None where one is longer than any that counts sections."""
    parts = text.split(".")
    if not all(part.isdecimal() and len(part) <= _LONGEST_NUMBER for part in parts):
        return None
    return tuple(map(int, parts))


def _letter_of_part(key: str) -> int:
    """Place of a letter in the alphabet, but of those that number parts as Roman numerals: 0."""
    return _LETTERS.find(key) + 1 if len(key) == 1 and key not in "ivx" else 0


def _roman(text: str) -> int | None:
    """Value of a roman numeral in lower case; None if the letters are no numeral.

    >>> _roman("xiv"), _roman("iix")
    (14, None)
    """
    if not text or any(c not in _ROMAN for c in text):
        return None
    total = 0
    for c, after in zip(text, text[1:] + " ", strict=True):
        value = _ROMAN[c]
        total += -value if after in _ROMAN and _ROMAN[after] > value else value
    return total if _write_roman(total) == text else None


def _write_roman(number: int) -> str:
    out = ""
    for value, text in _NUMERALS:
        while number >= value:
            out += text
            number -= value
    return out
