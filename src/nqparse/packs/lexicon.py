"""The lexicon: forms with tags → a trie over words, in which a block's words are looked up in one pass."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from nqparse.errors import PatternError

Words = tuple[str, ...]
_MOST_SPANS = 1 << 12
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Listed:
    """A form of the lexicon as it is written, its tags, and the file that lists it."""

    file: str
    form: str
    tags: tuple[str, ...]


class Spellings:
    """How words are also met: with the slips of typists and scanners that a pack knows."""

    def __init__(self, slips: Iterable[tuple[Words, Words]] = ()) -> None:
        self._slips: dict[str, list[tuple[Words, Words]]] = {}
        for wrong, right in slips:
            self._slips.setdefault(right[0], []).append((wrong, right))

    def of(self, words: Words) -> Iterator[Words]:
        """The words as they are meant, then with each slip in its place.

        >>> list(Spellings([(("kê", "hoạch"), ("kế", "hoạch"))]).of(("có", "kế", "hoạch")))
        [('có', 'kế', 'hoạch'), ('có', 'kê', 'hoạch')]
        """
        yield words
        for at, word in enumerate(words):
            for wrong, right in self._slips.get(word, ()):
                end = at + len(right)
                if words[at:end] == right:
                    yield (*words[:at], *wrong, *words[end:])


Forms = tuple[int, list[tuple[int, int]]]
"""The forms that begin, or end, at one place: the tags of all of them as bits; for each, the longest first, how many
words it takes, and its tags."""
Spans = dict[int, Forms]
"""The forms by the places between words at which they begin, or end."""


class _Node:
    """What may follow the words so far, and the tags of the form that they are: none where they are no form."""

    __slots__ = ("follow", "tags")

    def __init__(self) -> None:
        self.follow: dict[str, _Node] = {}
        self.tags = 0


class _Masks(dict[tuple[str, ...], int]):
    """The bits of tags, by the tags. Raises PatternError for a tag that no form has."""

    def __init__(self, lexicon: "Lexicon") -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, tags: tuple[str, ...]) -> int:
        self[tags] = mask = self._lexicon.mask(tags)
        return mask


class Lexicon:
    """The tags of each form, by its folded words; built at the first question. ``forms`` gives them at each call."""

    noting = False
    """Whether ``note`` is to be called with what was asked for and found."""

    def __init__(self, forms: Callable[[], Iterable[tuple[Words, Iterable[str]]]]) -> None:
        self._forms = forms
        self._spans: dict[Words, Spans] = {}
        self.masks = _Masks(self)

    @cached_property
    def _built(self) -> tuple[_Node, dict[str, int]]:
        """The trie, and the bit of each tag."""
        root, bits = _Node(), dict[str, int]()
        for words, tags in self._forms():
            node = root
            for word in words:
                if word not in node.follow:
                    node.follow[word] = _Node()
                node = node.follow[word]
            for tag in tags:
                node.tags |= bits.setdefault(tag, 1 << len(bits))
        return root, bits

    def mask(self, tags: tuple[str, ...]) -> int:
        """The bits of some tags. Raises PatternError for a tag that no form has."""
        bits = self._built[1]
        unknown = [tag for tag in tags if tag not in bits]
        if unknown:
            raise PatternError(f"no form of the pack has the tag {unknown[0]!r}")
        return sum({bits[tag] for tag in tags})

    def tags_of(self, bits: int) -> tuple[str, ...]:
        """The tags that some bits stand for."""
        return tuple(tag for tag, bit in self._built[1].items() if bits & bit)

    def note(self, tags: tuple[str, ...], bits: int) -> None:
        """Take the tags that were asked for and the bits of the form that was found; here nothing is done."""

    def spans(self, words: Sequence[str]) -> Spans:
        """The forms in a sequence of folded words, by where they begin.

        Short phrases are kept: the names that a document's numbers borrow are asked for again and again.
        """
        if len(words) > _SHORT:
            return self._found(words)
        key = tuple(words)
        found = self._spans.get(key)
        if found is None:
            if len(self._spans) >= _MOST_SPANS:
                self._spans.clear()
            found = self._spans[key] = self._found(words)
        return found

    def _found(self, words: Sequence[str]) -> Spans:
        spans: Spans = {}
        count, follow = len(words), self._built[0].follow
        for first, word in enumerate(words):
            node, last, every = follow.get(word), first + 1, 0
            forms: list[tuple[int, int]] = []
            while node is not None:
                if node.tags:
                    forms.append((last - first, node.tags))
                    every |= node.tags
                node = node.follow.get(words[last]) if last < count else None
                last += 1
            if forms:
                forms.reverse()
                spans[first] = every, forms
        return spans


def ended(begun: Spans) -> Spans:
    """The same forms, by where they end.

    >>> ended({0: (3, [(2, 1), (1, 2)]), 1: (4, [(1, 4)])})
    {2: (5, [(2, 1), (1, 4)]), 1: (2, [(1, 2)])}
    """
    spans: Spans = {}
    for first, (_, forms) in begun.items():
        for size, bits in forms:
            every, found = spans.get(first + size, (0, []))
            found.append((size, bits))
            spans[first + size] = every | bits, found
    return spans
