"""Running text under no heading that tells → whether it gives an account of results or sets targets."""

from bisect import bisect_left
from typing import NamedTuple

from nqparse.models import Role
from nqparse.packs.load import Pack


class _Cue(NamedTuple):
    """Words that tell what the text around them is about, and their place; a mild one gives way to any other."""

    start: int
    end: int
    role: Role
    mild: bool = False


class Telling:
    """Hears the blocks of a document in order and keeps what each of them last said it tells of."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.cues: list[_Cue] = []
        self.last: _Cue | None = None
        self._unheard: list[str] = []
        """Blocks that nothing was asked after yet: most texts have more to tell than anybody asks."""

    def hear(self, text: str) -> None:
        """Take in the next block; what the one before it said last stays in force until this one says otherwise."""
        self._unheard.append(text)

    def _listen(self, text: str) -> None:
        if self.cues:
            self.last = self.cues[-1]
        self.cues = []
        for match in self.pack.expression("tells-results-or-plans").finditer(text):
            kind, in_force = str(match.lastgroup), self.cues[-1] if self.cues else self.last
            if kind in ("plan", "result") or in_force is None or (kind == "hint" and in_force.mild):
                role = Role.TARGET if kind in ("plan", "topic") else Role.ACTUAL
                self.cues.append(_Cue(*match.span(), role, mild=kind == "topic"))

    def at(self, start: int, end: int, place: int) -> Role | None:
        """What the block heard last tells of at ``place``, in the sentence from ``start`` to ``end``; None if nothing.

        The words before a number in its own sentence tell first, then those after it, then the sentences before it,
        and the one after.
        """
        for text in self._unheard:
            self._listen(text)
        self._unheard.clear()
        at = bisect_left(self.cues, place, key=lambda cue: cue.start)
        last = self.cues[at - 1] if at else None
        following = self.cues[at] if at < len(self.cues) else None
        if last is not None and last.start >= start:
            return last.role
        if following is not None and following.start < end and following.role is Role.ACTUAL:
            return following.role
        if last is not None:
            return last.role
        if self.last is not None:
            return self.last.role
        return following.role if following is not None and following.role is Role.ACTUAL else None
