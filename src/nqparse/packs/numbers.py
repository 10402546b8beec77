"""The rules for numbers that are no measures, tried in order at each number of a text."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

_DIGIT = re.compile(r"\d")
_PLAIN = r"(?P<plain>\d++(?:[.,]\d++){0,99}+)(?![.,]\d)"
_RUN = r"(?P<run>\d[\d.,]*+)"
_NO_MORE_DIGITS = r"(?!\d|[.,]\d)"
_BEHIND, _SIGHT = "(?<=", 24
_MOST_KEPT = 1 << 14


class Branch(NamedTuple):
    """A rule for numbers: its id, the class that it gives, and its expression."""

    rule: str
    class_: str
    pattern: str


class Found(NamedTuple):
    """A number in a text, or what is written in a row of several, and the rule that takes it.

    ``rule`` and ``class_`` are None where it may be a quantity; ``quick`` tells that it surely is one, ``several`` that
    more numbers than one may stand there.
    """

    start: int
    end: int
    rule: str | None = None
    class_: str | None = None
    quick: bool = False
    several: bool = False


class NumberFinder:
    """The numbers of a text, each with the first rule that takes it.

    ``quantity`` is an expression for numbers that no rule would take. Most rules begin by what has to stand before a
    number (``(?<=…)``); the last word there tells which of them may take it, which is remembered for each word.
    At each turn of a repeat the state of all groups is kept: repeats of groups have to be bounded in the expressions.
    """

    def __init__(self, rules: Sequence[Branch], quantity: str | None) -> None:
        self._rules = rules
        self._quantity = regex.compile(quantity if quantity is not None else "(?!)")
        self._led: list[tuple[int, regex.Pattern[str], regex.Pattern[str]]] = []
        free: list[str] = []
        for at, rule in enumerate(rules):
            left = before_of(rule.pattern)
            if left is None:
                free.append(rf"(?P<rule{at}>{rule.pattern}){_NO_MORE_DIGITS}")
            else:
                whole = regex.compile(f"(?:{rule.pattern}){_NO_MORE_DIGITS}")
                self._led.append((at, regex.compile(f"(?r)(?:{left})"), whole))
        self._free = regex.compile("|".join((*free, _PLAIN, _RUN)))
        self._by_word: dict[str, tuple[tuple[int, regex.Pattern[str]], ...]] = {}

    def finditer(self, text: str, pos: int = 0) -> Iterator[Found]:
        """The numbers from ``pos`` on, in order."""
        digit = _DIGIT.search(text, pos)
        while digit is not None:
            found = self._at(text, digit.start())
            yield found
            digit = _DIGIT.search(text, found.end)

    def _at(self, text: str, at: int) -> Found:
        quick = self._quantity.match(text, at, None, False)
        if quick is not None:
            return Found(at, quick.end(), quick=True)
        free = self._free.match(text, at, None, False)
        if free is None:
            raise AssertionError("a digit is a number")
        kind = str(free.lastgroup)
        first = int(kind[4:]) if kind.startswith("rule") else len(self._rules)
        for number, pattern in self._after(text, at):
            if number > first:
                break
            led = pattern.match(text, at, None, False)
            if led is not None:
                return self._of_rule(number, at, led.end())
        if first < len(self._rules):
            return self._of_rule(first, at, free.end())
        return Found(at, free.end(), several=kind == "run")

    def _of_rule(self, number: int, start: int, end: int) -> Found:
        rule = self._rules[number]
        return Found(start, end, rule.rule, rule.class_, several=True)

    def _after(self, text: str, at: int) -> tuple[tuple[int, "regex.Pattern[str]"], ...]:
        """The rules that begin by what stands before a number, without those that the last word there excludes."""
        before = text[max(0, at - _SIGHT) : at]
        word = before[before.rstrip().rfind(" ") + 1 :]
        rules = self._by_word.get(word)
        if rules is None:
            if len(self._by_word) >= _MOST_KEPT:
                self._by_word.clear()
            rules = tuple((number, whole) for number, left, whole in self._led if left.match(word, partial=True))
            self._by_word[word] = rules
        return rules


def at_numbers(pattern: str) -> "regex.Pattern[str]":
    """The expression of one rule as texts are searched with it: at each number, before what takes any number."""
    return regex.compile(rf"(?=\d)(?:(?:{pattern}){_NO_MORE_DIGITS}|{_PLAIN}|{_RUN})")


def before_of(pattern: str) -> str | None:
    """What an expression says of the text before its match, at its start.

    None where it does not begin so, looks ahead from there, or is one of several expressions.

    >>> before_of(r"(?<=(?:Số|số)\\s)\\d+"), before_of(r"(?<=số )\\d|\\d(?=%)")
    ('(?:Số|số)\\\\s', None)
    """
    if not pattern.startswith(_BEHIND):
        return None
    depth, before = 0, ""
    for sign in _SIGN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(sign.group(), 0)
        if depth == 0 and sign.group() == "|":
            return None
        if depth == 0 and not before:
            before = pattern[len(_BEHIND) : sign.start()]
    return before if "(?=" not in before else None


_SIGN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*+\]|[()|]", re.DOTALL)
"""What counts as one sign in an expression where its brackets are counted: an escape, a set, a bracket, a bar."""
