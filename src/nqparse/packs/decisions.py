"""Ordered lists of decisions over named features: the first whose conditions hold is taken.

A condition is a feature ("left.says-target"), its contrary ("!in-bracket"), several ("row & share") or a choice between
such ("row & share | bullet"). What a feature
means is said by the code that computes it; the list is data, so that a decision can be read, explained and replaced.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nqparse.errors import PatternError
from nqparse.packs.schema import Decision

Holds = Callable[[str], bool]
"""Whether a feature, given by its name, holds."""


class _Literal(NamedTuple):
    feature: str
    wanted: bool


_Part = tuple[_Literal, ...]
_Clause = tuple[_Part, ...]


def _clause(condition: str) -> _Clause:
    """The alternatives of a condition, each of them literals that must all hold.

    >>> _clause("row | share & !in-bracket")[1]
    (_Literal(feature='share', wanted=True), _Literal(feature='in-bracket', wanted=False))
    """
    return tuple(tuple(map(_literal, part.split("&"))) for part in condition.split("|"))


def _literal(text: str) -> _Literal:
    feature = text.strip()
    return _Literal(feature.removeprefix("!").strip(), not feature.startswith("!"))


def _any(clause: _Clause, holds: Holds) -> bool:
    for part in clause:
        for feature, wanted in part:
            if holds(feature) is not wanted:
                break
        else:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Compiled:
    """A decision with its conditions."""

    decision: Decision
    when: tuple[_Clause, ...]
    unless: tuple[_Clause, ...]

    def holds(self, holds: Holds) -> bool:
        """Whether each of ``when`` has an alternative that holds, and none of ``unless`` has."""
        return all(_any(one, holds) for one in self.when) and not any(_any(one, holds) for one in self.unless)

    def literals(self) -> Iterator[_Literal]:
        for clause in (*self.when, *self.unless):
            for part in clause:
                yield from part


class DecisionList:
    """The decisions on one question, in their order.

    >>> ordered = DecisionList([Decision(id="a", of="role", take="actual", when=("past", "!in-bracket"))])
    >>> ordered.first({"past"}.__contains__).id
    'a'
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.compiled = tuple(
            Compiled(one, tuple(map(_clause, one.when)), tuple(map(_clause, one.unless))) for one in decisions
        )

    def first(self, holds: Holds) -> Decision:
        """The first decision whose conditions hold. Raises PatternError if there is none."""
        for one in self.compiled:
            if one.holds(holds):
                return one.decision
        raise PatternError("no decision holds: the last of a list must have no conditions")

    def refuse_unknown(self, known: Sequence[str], takes: Sequence[str]) -> None:
        """Raise PatternError where a decision asks for a feature, or takes a value, that the code does not know."""
        for one in self.compiled:
            for feature in (literal.feature for literal in one.literals()):
                if feature not in known:
                    raise PatternError(f"decision {one.decision.id}: there is no feature {feature!r}")
            if one.decision.take not in takes:
                raise PatternError(f"decision {one.decision.id}: it cannot take {one.decision.take!r}")
