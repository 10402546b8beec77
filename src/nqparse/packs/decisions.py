"""Ordered lists of decisions over named features: the first whose conditions hold is taken.

A condition is a feature ("left.says-target"), its contrary ("!in-bracket") or a choice ("row | bullet"). What a feature
means is said by the code that computes it; the list is data, so that a decision can be read, explained and replaced.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nqparse.errors import PatternError
from nqparse.packs.schema import Decision

Holds = Callable[[str], bool]
"""Whether a feature, given by its name, holds."""


class _Literal(NamedTuple):
    feature: str
    wanted: bool


_Clause = tuple[_Literal, ...]


def _clause(condition: str) -> _Clause:
    """The literals of a condition, of which one must hold.

    >>> _clause("row | !in-bracket")
    (_Literal(feature='row', wanted=True), _Literal(feature='in-bracket', wanted=False))
    """
    parts = (part.strip() for part in condition.split("|"))
    return tuple(_Literal(part.removeprefix("!").strip(), not part.startswith("!")) for part in parts)


@dataclass(frozen=True, slots=True)
class _Compiled:
    decision: Decision
    clauses: tuple[_Clause, ...]

    def holds(self, holds: Holds) -> bool:
        return all(any(holds(feature) is wanted for feature, wanted in clause) for clause in self.clauses)


class DecisionList:
    """The decisions on one question, in their order.

    >>> ordered = DecisionList([Decision(id="a", of="role", take="actual", when=("past", "!in-bracket"))])
    >>> ordered.first({"past"}.__contains__).id
    'a'
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._compiled = tuple(_Compiled(one, _clauses(one)) for one in decisions)

    def first(self, holds: Holds) -> Decision:
        """The first decision whose conditions hold. Raises PatternError if there is none."""
        for one in self._compiled:
            if one.holds(holds):
                return one.decision
        raise PatternError("no decision holds: the last of a list must have no conditions")

    def refuse_unknown(self, known: Sequence[str], takes: Sequence[str]) -> None:
        """Raise PatternError where a decision asks for a feature, or takes a value, that the code does not know."""
        for one in self._compiled:
            for feature in (literal.feature for clause in one.clauses for literal in clause):
                if feature not in known:
                    raise PatternError(f"decision {one.decision.id}: there is no feature {feature!r}")
            if one.decision.take not in takes:
                raise PatternError(f"decision {one.decision.id}: it cannot take {one.decision.take!r}")


def _clauses(decision: Decision) -> tuple[_Clause, ...]:
    refused = (tuple(_Literal(feature, not wanted) for feature, wanted in _clause(one)) for one in decision.unless)
    return (*map(_clause, decision.when), *((literal,) for clause in refused for literal in clause))
