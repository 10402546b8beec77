"""A block's words → their tags: which forms of the pack's lexicon begin, end or stand where."""

from collections.abc import Iterator, Sequence

from nqparse.packs.lexicon import Forms, Lexicon, Spans, ended


class Tags:
    """The forms in a sequence of folded words, found in one pass; each question is a look-up.

    Tags are those that the lexicon's forms have, and for the forms of the other tables the ids of their rules and the
    tables' names (``unit``, ``noun``, ``lead``, ``tail``, ``multiplier``, ``denominator``, ``heading``, ``type``).
    Where several tags are asked for, a form with any of them is meant. Raises PatternError for a tag that no form has.
    """

    __slots__ = ("_begun", "_ended", "_lexicon", "_masks", "_size")

    def __init__(self, words: Sequence[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._masks = lexicon.masks
        self._size = len(words)
        self._begun = lexicon.spans(words)
        self._ended: Spans | None = None

    def begins(self, at: int, *tags: str) -> int:
        """How many words the longest form takes that begins with word ``at`` and has one of the tags; 0 for none."""
        found = self._begun.get(at)
        return self._longest(found, tags) if found is not None and found[0] & self._masks[tags] else 0

    def ends(self, end: int, *tags: str) -> int:
        """The same for the longest form that ends right before word ``end``."""
        found = self._before(end)
        return self._longest(found, tags) if found is not None and found[0] & self._masks[tags] else 0

    def _before(self, end: int) -> Forms | None:
        """The forms that end before a word; most phrases are never asked for them."""
        if self._ended is None:
            self._ended = ended(self._begun)
        return self._ended.get(end)

    def within(self, first: int, last: int, *tags: str) -> tuple[int, int] | None:
        """The first place from ``first`` up to, not including, ``last`` at which such a form begins, and its words.

        The form may run over ``last``.
        """
        for at in range(max(first, 0), min(last, self._size)):
            if (found := self._begun.get(at)) is not None and found[0] & self._masks[tags]:
                return at, self._longest(found, tags)
        return None

    def beginning(self, at: int, tags: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the tags that forms have which begin with word ``at``."""
        found = self._begun.get(at)
        return self._had(found, tags) if found is not None and found[0] & self._masks[tags] else ()

    def ending(self, end: int, tags: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the tags that forms have which end right before word ``end``."""
        found = self._before(end)
        return self._had(found, tags) if found is not None and found[0] & self._masks[tags] else ()

    def of(self, at: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The forms that begin with word ``at``, the longest first: how many words each takes, and its tags."""
        found = self._begun.get(at)
        for size, bits in found[1] if found is not None else ():
            yield size, self._lexicon.tags_of(bits)

    def _longest(self, found: Forms, tags: tuple[str, ...]) -> int:
        """The size of the longest form that has one of the tags; there must be one."""
        mask = self._masks[tags]
        size, bits = next(one for one in found[1] if one[1] & mask)
        if self._lexicon.noting:
            self._lexicon.note(tags, bits)
        return size

    def _had(self, found: Forms, tags: tuple[str, ...]) -> tuple[str, ...]:
        if self._lexicon.noting:
            self._lexicon.note(tags, found[0])
        return tuple(tag for tag in tags if found[0] & self._masks[(tag,)])
