"""A block's words → their tags: which forms of the pack's lexicon begin, end or stand where."""

from collections.abc import Iterator, Sequence

from nqparse.packs.lexicon import Lexicon, Spans


class Tags:
    """The forms in a sequence of folded words, found in one pass; each question is a look-up.

    Tags are those that the lexicon's forms have, and for the forms of the other tables the ids of their rules and the
    tables' names (``unit``, ``noun``, ``lead``, ``tail``, ``multiplier``, ``denominator``, ``heading``, ``type``).
    Where several tags are asked for, a form with any of them is meant. Raises PatternError for a tag that no form has.
    """

    __slots__ = ("_begun", "_ended", "_lexicon", "_size")

    def __init__(self, words: Sequence[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._size = len(words)
        self._begun, self._ended = lexicon.spans(words)

    def begins(self, at: int, *tags: str) -> int:
        """How many words the longest form takes that begins with word ``at`` and has one of the tags; 0 for none."""
        return self._longest(self._begun, at, tags)

    def ends(self, end: int, *tags: str) -> int:
        """The same for the longest form that ends right before word ``end``."""
        return self._longest(self._ended, end, tags)

    def within(self, first: int, last: int, *tags: str) -> tuple[int, int] | None:
        """The first place from ``first`` up to, not including, ``last`` at which such a form begins, and its words.

        The form may run over ``last``.
        """
        for at in range(max(first, 0), min(last, self._size)):
            if at in self._begun and (size := self._longest(self._begun, at, tags)):
                return at, size
        return None

    def of(self, at: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The forms that begin with word ``at``, the longest first: how many words each takes, and its tags."""
        for size, bits in self._begun.get(at, ()):
            yield size, self._lexicon.tags_of(bits)

    def _longest(self, spans: Spans, at: int, tags: tuple[str, ...]) -> int:
        mask = self._lexicon.mask(tags)
        for size, bits in spans.get(at, ()):
            if bits & mask:
                self._lexicon.note(tags, bits)
                return size
        return 0
