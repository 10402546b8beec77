"""Texts that make an expression backtrack, built from its own structure: long runs of what it repeats, then a mismatch.

The only module that reads the tree of an expression, as ``regex`` itself parses it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import regex
from regex import _regex_core

core = cast(Any, _regex_core)
MISMATCH = "\x01"
"""What no expression of the genre accepts but where it accepts all."""
_CANDIDATES = "a1 A,\n.-–/(“:;%|*ăĐ\t"
"""What a set of characters is tried with, besides the characters that the expression names."""
_LONG = 10
"""A repeat that may go on for so many times counts as one without end."""
_MOST_BODIES = 4


@dataclass(frozen=True, slots=True)
class Attack:
    """A run of ``body`` between what an expression wants before it and after it."""

    before: str
    body: str
    after: str = ""
    periodic: bool = False

    def text(self, size: int) -> str:
        """The attack in about ``size`` characters: one long run, or what is before it and one ``body``, over and over.

        >>> Attack("x", "ab", "!").text(8), Attack("x", "a", "!", periodic=True).text(8)
        ('xababab!', 'xaxaxa!')
        """
        run = self.before + self.body if self.periodic else self.body
        rest = size - len(self.after) - (0 if self.periodic else len(self.before))
        return ("" if self.periodic else self.before) + run * max(1, rest // len(run)) + self.after

    def __str__(self) -> str:
        what = [repr(part) for part in (self.before, self.body, self.after) if part]
        return f"{' then '.join(what)}, {'the first two' if self.periodic else repr(self.body)} over and over"


def attacks(pattern: str) -> tuple[Attack, ...]:
    """The attacks on an expression, each once: on each of its repeats, and on the whole. It must compile."""
    tree = _tree(pattern)
    samples = _Samples(tree)
    end = MISMATCH + samples.of(tree)[0]  # what a match cannot do without is there, or the search would not begin
    found: dict[Attack, None] = {}
    for before, repeat, after in _repeats(tree, "", "", samples):
        bodies = [body for body in samples.of(repeat.subpattern) if body]
        for body in bodies[:_MOST_BODIES]:
            found |= dict.fromkeys(_around(before, body, after, end))
    for whole in samples.of(tree)[:_MOST_BODIES]:
        if whole:
            found |= dict.fromkeys((Attack("", whole), Attack("", whole[:-1] or whole, end)))
    return tuple(found)


def _around(before: str, body: str, after: str, end: str) -> Iterator[Attack]:
    yield Attack(before, body, end)
    yield Attack(before, body, end, periodic=True)
    yield Attack(MISMATCH, body, after)
    if before and body != " ":
        yield Attack(before + " ", body + " ", end)


def _tree(pattern: str) -> Any:
    flags = 0
    while True:
        source = core.Source(pattern)
        info = core.Info(flags, source.char_type, {})
        info.guess_encoding = core.UNICODE
        try:
            return core._parse_pattern(source, info)
        except core._UnscopedFlagSet:
            flags = info.global_flags


# -- the tree ----------------------------------------------------------------------------------------------------------


def _inside(node: Any) -> list[Any]:
    """What a node consists of: all of a sequence, each way of a branch, the one thing in a group."""
    if isinstance(node, core.Sequence):
        return list(node.items)
    if isinstance(node, core.Branch):
        return list(getattr(node, "branches", ()))
    names = ("subpattern", "yes_item", "no_item")
    return [part for name in names if (part := getattr(node, name, None)) is not None]


def _repeats(node: Any, before: str, after: str, samples: "_Samples") -> Iterator[tuple[str, Any, str]]:
    """Each repeat that may go on for long, with a text that leads to it and one that follows it."""
    if isinstance(node, core.GreedyRepeat) and (node.max_count is None or node.max_count >= _LONG):
        yield before, node, after
    if isinstance(node, core.Sequence):
        parts = [samples.of(item)[0] for item in node.items]
        for at, item in enumerate(node.items):
            yield from _repeats(item, before + "".join(parts[:at]), "".join(parts[at + 1 :]) + after, samples)
        return
    for part in _inside(node):
        yield from _repeats(part, before, after, samples)


def _named(node: Any) -> Iterator[str]:
    """The signs that the sets of an expression name."""
    for part in node.items if isinstance(node, core.SetBase) else _inside(node):
        if isinstance(node, core.SetBase) and isinstance(part, core.Character):
            yield chr(part.value)
        yield from _named(part)


# -- what matches a node -----------------------------------------------------------------------------------------------


class _Samples:
    """A few texts that match a node as it stands, whatever is around it; for each node at least one, maybe empty."""

    def __init__(self, tree: Any) -> None:
        self._signs = "".join(dict.fromkeys((*_CANDIDATES, *_named(tree))))
        self._known: dict[int, list[str]] = {}

    def of(self, node: Any) -> list[str]:
        """The samples of a node of the tree."""
        if id(node) not in self._known:
            self._known[id(node)] = self._of(node)
        return self._known[id(node)]

    def _of(self, node: Any) -> list[str]:
        if isinstance(node, core.Sequence):
            return self._of_sequence(node)
        if isinstance(node, core.Branch):
            return list(dict.fromkeys(sample for part in _inside(node) for sample in self.of(part)[:2])) or [""]
        if isinstance(node, core.GreedyRepeat):
            bodies = [sample * max(1, node.min_count) for sample in self.of(node.subpattern)]
            return bodies if node.min_count else ["", *bodies]
        if isinstance(node, core.LookAround):
            return self.of(node.subpattern)[:1] if node.positive else [""]
        if isinstance(node, (core.Group, core.Atomic)):
            return self.of(node.subpattern)
        return self._of_characters(node)

    def _of_sequence(self, node: Any) -> list[str]:
        """The first sample of each item in a row, and the row with each other sample in its place."""
        parts = [self.of(item) for item in node.items]
        firsts = [part[0] for part in parts]
        rows = ["".join(firsts)]
        for at, part in enumerate(parts):
            rows += ["".join((*firsts[:at], other, *firsts[at + 1 :])) for other in part[1:_MOST_BODIES]]
        return list(dict.fromkeys(rows))

    def _of_characters(self, node: Any) -> list[str]:
        if isinstance(node, core.String):
            return ["".join(map(chr, node.characters))]
        if isinstance(node, core.Character) and node.positive:
            return [chr(node.value)]
        if isinstance(node, core.ZeroWidthBase):
            return [""]
        return [sign for sign in self._signs if _accepts(node, sign)] or [""]


def _accepts(node: Any, sign: str) -> bool:
    """Whether a set, a property, a range or a dot matches a character."""
    if isinstance(node, core.Any):
        return sign != "\n" or isinstance(node, core.AnyAll)
    return bool(node.positive) == _is_of(node, sign) if hasattr(node, "positive") else False


def _is_of(node: Any, sign: str) -> bool:
    if isinstance(node, core.Character):
        return sign == chr(node.value)
    if isinstance(node, core.Range):
        return bool(node.lower <= ord(sign) <= node.upper)
    if isinstance(node, core.Property):
        return _property(node.value).match(sign) is not None
    if isinstance(node, core.SetInter):
        return all(_accepts(item, sign) for item in node.items)
    if isinstance(node, core.SetDiff):
        return _accepts(node.items[0], sign) and not any(_accepts(item, sign) for item in node.items[1:])
    return isinstance(node, core.SetBase) and any(_accepts(item, sign) for item in node.items)


@cache
def _property(value: int) -> "regex.Pattern[str]":
    name, values = core.PROPERTY_NAMES[value >> 16]
    return regex.compile(rf"\p{{{name}={values[value & 0xFFFF]}}}")
