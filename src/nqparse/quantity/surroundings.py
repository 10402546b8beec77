"""What stands around a measure in its block, for what only the wider clause tells of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from nqparse.quantity.measures import Measure


@dataclass
class Surroundings:
    """What stands around a measure: where its words begin, its clause, the words before it, and the measures there.

    ``words`` finds the words that would be the name left of the number, and says whether they name anything: it is
    called once, and only where these words decide.
    """

    start: int
    clause: tuple[int, int]
    bracket: int
    words: Callable[[], tuple[str, bool]] = lambda: ("", False)
    before: Measure | None = None
    outer: Measure | None = None
    following: Measure | None = None

    @cached_property
    def left(self) -> str:
        return self._words[0]

    @property
    def has_subject(self) -> bool:
        """Whether the clause says what is measured: in words before the number, or with a measure before it."""
        left, named = self._words
        return named if left else self.before is not None

    @cached_property
    def _words(self) -> tuple[str, bool]:
        return self.words()
