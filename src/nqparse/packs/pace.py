"""Whether an expression takes time in proportion to a text, however hostile that is."""

from functools import partial
from math import inf
from time import thread_time
from typing import NamedTuple

import regex

from nqparse.growth import MOST, Growth, superlinear
from nqparse.packs.hostile import Attack, attacks
from nqparse.packs.load import Located, searched

_SMALLEST, _SMALL, _LARGE = 1 << 9, 1 << 12, 1 << 15
_SECONDS_PER_CHARACTER = 2.5e-6
"""An attack that takes longer at first sight is looked at again; the worst on each expression is so in any case."""
_MOST_MEASURED = 6
_GRACE, _LONGEST = 0.05, 1.0


class Slow(NamedTuple):
    """The attack under which an expression takes more time than in proportion, and how that grows."""

    attack: Attack
    growth: Growth

    def __str__(self) -> str:
        times = f"{_told(self.growth.before)} for {self.growth.small} characters, {_told(self.growth.after)}"
        return (
            f"its expression takes time out of proportion over {self.attack} ({times} for {self.growth.large}): "
            r"bound its repeats, as in \s{0,9}, or make them possessive, as in \s*+"
        )


def _told(seconds: float) -> str:
    return "far more" if seconds == inf else f"{seconds:.2g} s"


def slow(located: Located) -> Slow | None:
    """The first attack that makes a rule's expression slow; None if there is none."""
    pattern = searched(located)
    if pattern is None:
        return None
    tried = []
    for attack in attacks(pattern.pattern):
        first = _seconds(pattern, attack, _SMALL)
        if first == inf and (found := superlinear(partial(_seconds, pattern, attack), _SMALLEST, _SMALL)) is not None:
            return Slow(attack, found)
        tried.append((first, attack))
    tried.sort(key=lambda one: -one[0])
    for at, (first, attack) in enumerate(tried[:_MOST_MEASURED]):
        if at and first <= _SMALL * _SECONDS_PER_CHARACTER:
            break
        found = superlinear(partial(_seconds, pattern, attack, first=first), _SMALL, _LARGE)
        if found is not None:
            return Slow(attack, found)
    return None


def _seconds(pattern: "regex.Pattern[str]", attack: Attack, size: int, first: float = 0.1) -> float:
    """What it takes to find all matches; ``inf`` where that takes longer than ``first`` for a small text allows."""
    return seconds(pattern, attack, size, min(_LONGEST, _GRACE + 2 * first * (size / _SMALL) ** MOST))


def seconds(pattern: "regex.Pattern[str]", attack: Attack, size: int, limit: float) -> float:
    """What it takes to find all matches in an attack of a size; ``inf`` where that is more than ``limit`` seconds."""
    text = attack.text(size)
    started = thread_time()
    try:
        for _ in pattern.finditer(text, timeout=limit):
            pass
    except TimeoutError:
        return inf
    return thread_time() - started
