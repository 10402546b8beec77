"""Ordered lists of decisions over named features: the first whose conditions hold is taken.

A condition is a feature ("in-bracket"), its contrary ("!in-bracket"), several ("row & share") or a choice between such
("row & share | bullet"). What a feature means is said by the code that computes it; the list is data, so that a
decision can be read, explained and replaced.

A feature whose name has no full stop may be a *fact*: one that is known before the list is asked. Who knows all facts
gives them at once (``DecisionList.open``): most decisions are then refused by two operations on integers, and only the
features that are left ("left.begins:levies") are computed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from nqparse.errors import PatternError
from nqparse.packs.schema import Decision

Holds = Callable[[str], bool]
"""Whether a feature, given by its name, holds."""
_MOST_OPEN = 1 << 12


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


def _facts(clause: _Clause, *, wanted: bool) -> frozenset[str] | None:
    """The facts of which a condition asks for any: None where it asks for more than that.

    >>> sorted(_facts(_clause("row | share"), wanted=True)), _facts(_clause("row | left.any"), wanted=True)
    (['row', 'share'], None)
    """
    plain = all(len(part) == 1 and part[0].wanted is wanted and "." not in part[0].feature for part in clause)
    return frozenset(part[0].feature for part in clause) if plain else None


class _Test:
    """Conditions that must hold, and some that must not: most are single literals, which are asked first."""

    __slots__ = ("_literals", "_unless", "_when", "empty")

    def __init__(self, when: Sequence[_Clause], unless: Sequence[_Clause]) -> None:
        both = [part for clause in when if len(clause) == 1 for part in clause[0]]
        for clause in unless:
            if all(len(part) == 1 for part in clause):
                both += [_Literal(feature, not wanted) for ((feature, wanted),) in clause]
        self._literals = tuple(both)
        self._when = tuple(clause for clause in when if len(clause) > 1)
        self._unless = tuple(clause for clause in unless if any(len(part) > 1 for part in clause))
        self.empty = not (when or unless)

    def __call__(self, holds: Holds) -> bool:
        for feature, wanted in self._literals:
            if holds(feature) is not wanted:
                return False
        for clause in self._when:
            if not _any(clause, holds):
                return False
        return not any(_any(clause, holds) for clause in self._unless)


def _any(clause: _Clause, holds: Holds) -> bool:
    for part in clause:
        for feature, wanted in part:
            if holds(feature) is not wanted:
                break
        else:
            return True
    return False


class Compiled:
    """A decision with its conditions.

    ``holds`` asks all of them. Where the facts are known, ``allowed`` says whether these leave the decision open, and
    ``follows`` asks what is left.
    """

    __slots__ = ("_forbidden", "_masks", "_unless", "_when", "decision", "follows", "holds")

    def __init__(self, decision: Decision, bit: Callable[[str], int]) -> None:
        self.decision = decision
        self._when = tuple(map(_clause, decision.when))
        self._unless = tuple(map(_clause, decision.unless))
        self.holds = _Test(self._when, self._unless)
        masks: list[int] = []
        late: list[_Clause] = []
        self._forbidden = 0
        for clause in self._when:
            if (facts := _facts(clause, wanted=True)) is not None:
                masks.append(sum(map(bit, facts)))
            elif len(clause) == 1 and (facts := _facts(clause, wanted=False)) is not None:
                self._forbidden |= sum(map(bit, facts))
            else:
                late.append(clause)
        never = [clause for clause in self._unless if _facts(clause, wanted=True) is None]
        for clause in self._unless:
            for fact in _facts(clause, wanted=True) or ():
                self._forbidden |= bit(fact)
        self._masks = tuple(masks)
        self.follows = _Test(late, never)

    def allowed(self, bits: int) -> bool:
        """Whether the facts, as bits, leave the decision open."""
        return not bits & self._forbidden and all(bits & mask for mask in self._masks)

    def literals(self) -> Iterator[_Literal]:
        for clause in (*self._when, *self._unless):
            for part in clause:
                yield from part


class DecisionList:
    """The decisions on one question, in their order.

    >>> ordered = DecisionList([Decision(id="a", of="role", take="actual", when=("past", "!in-bracket"))])
    >>> ordered.first({"past"}.__contains__).id
    'a'
    >>> ordered.first({"past"}.__contains__, ordered.open({"past"})).id
    'a'
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._bit: dict[str, int] = {}
        self._open: dict[int, tuple[Compiled, ...]] = {}
        self.compiled = tuple(Compiled(one, self._bit_of) for one in decisions)

    def _bit_of(self, fact: str) -> int:
        return self._bit.setdefault(fact, 1 << len(self._bit))

    def open(self, facts: Set[str]) -> tuple[Compiled, ...]:
        """The decisions that the facts leave open, in their order. ``facts`` are all that hold."""
        bits = sum(map(self._bit.__getitem__, self._bit.keys() & facts))
        found = self._open.get(bits)
        if found is None:
            if len(self._open) >= _MOST_OPEN:
                self._open.clear()
            found = self._open[bits] = tuple(one for one in self.compiled if one.allowed(bits))
        return found

    def first(self, holds: Holds, among: Sequence[Compiled] | None = None) -> Decision:
        """The first decision whose conditions hold; ``among`` are those that the facts, where known, leave open.

        Raises PatternError if there is none.
        """
        for one in self.compiled if among is None else among:
            test = one.holds if among is None else one.follows
            if test.empty or test(holds):
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
