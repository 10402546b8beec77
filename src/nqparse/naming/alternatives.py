"""What else a measure could have been named. ``explain`` and the oracle ask for it; parsing never does.

``watching`` shows each choice of a name, while it is made, to a function of the caller's.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import dropwhile
from typing import NamedTuple

from nqparse.faults import Placed
from nqparse.naming.borrowing import Slots
from nqparse.naming.candidates import lefts, rights
from nqparse.naming.names import Stretch, text_of
from nqparse.naming.places import Place
from nqparse.naming.views import NameView
from nqparse.packs.decisions import Compiled
from nqparse.packs.schema import Decision


class Candidate(NamedTuple):
    """A name that a decision makes: what it takes, and which of the features that it asks for are there."""

    decision: str
    take: str
    name: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The choice of one measure's name, as long as it is being made. ``slots`` gives the slots for other words left and
    right of the number; ``block`` is the block or line that is being read."""

    place: Place
    decision: Decision
    view: NameView
    own: Slots
    slots: Callable[[Stretch | None, Stretch | None], Slots]
    block: Placed | None

    @property
    def text(self) -> str:
        """The text that the measure stands in: a block's or a cell's."""
        return self.place.scene.tokens.text

    def taken(self) -> Iterator[Candidate]:
        """What the decision made, then what each later one would have made whose conditions hold too."""
        ordered = self.place.scene.pack.decisions["name"].compiled
        for one in dropwhile(lambda one: one.decision.id != self.decision.id, ordered):
            if one.holds.empty or one.holds(self.view.holds):
                name = text_of(self.own.taken(one.decision.take))
                yield Candidate(one.decision.id, one.decision.take, name, self._features(one))

    def names(self) -> Iterator[str]:
        """All names that some decision could make of some words left and right of the number; one may come twice."""
        takes = dict.fromkeys(one.decision.take for one in self.place.scene.pack.decisions["name"].compiled)
        left = [*lefts(self.place), None]
        right = [*rights(self.place, self.place.clause[1]), None]
        for before in left:
            for behind in right:
                slots = self.slots(before, behind)
                yield from (text_of(slots.taken(take)) for take in takes)

    def _features(self, one: Compiled) -> tuple[str, ...]:
        asked = dict.fromkeys(literal.feature for literal in one.literals())
        return tuple(feature for feature in asked if self.view.holds(feature))


Watch = Callable[[Choice], None]
WATCH: ContextVar[Watch | None] = ContextVar("nqparse-names", default=None)


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """While this lasts, ``watch`` is called with each choice of a name that is made in this thread."""
    token = WATCH.set(watch)
    try:
        yield
    finally:
        WATCH.reset(token)
