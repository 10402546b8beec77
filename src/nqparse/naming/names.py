"""Names as spans: the pieces of text that a name consists of, and the stretches of words that they are read from."""

from collections.abc import Iterable
from typing import NamedTuple

from nqparse.packs.load import Pack, words_of
from nqparse.syntax.lexicon import Tags


class Piece(NamedTuple):
    """A piece of a name: its text, and its span in the text of the block; -1 where it is of a block above."""

    text: str
    start: int
    end: int


Name = tuple[Piece, ...]


def text_of(name: Iterable[Piece]) -> str:
    """The words of a name: its pieces, with single blanks between them.

    >>> text_of([Piece("hộ  nghèo", 0, 9), Piece(", hộ cận nghèo", 20, 34)])
    'hộ nghèo, hộ cận nghèo'
    """
    return " ".join(" ".join(piece.text for piece in name).split()).replace(" ,", ",").replace(" /", "/")


def pieces_of(text: str, spans: Iterable[tuple[int, int]]) -> Name:
    """The pieces at some spans of a block's text, without blanks at their ends."""
    return tuple(_piece(text, first, last) for first, last in spans if text[first:last].strip())


def _piece(text: str, first: int, last: int) -> Piece:
    shown = text[first:last]
    first += len(shown) - len(shown.lstrip())
    return Piece(text[first:last].rstrip(), first, first + len(text[first:last].rstrip()))


def unplaced(text: str) -> Name:
    """Words that stand somewhere above: where is found when the spans of a name are asked for."""
    return (Piece(text, -1, -1),) if text else ()


class Stretch:
    """Words that stand together, and what kinds of forms they begin with, hold and end in.

    ``border`` is where they were cut off from the words before them, which may be left of ``first``.
    """

    __slots__ = ("border", "first", "last", "tags", "words")

    def __init__(self, words: list[str], tags: Tags, first: int, last: int, border: int | None = None) -> None:
        self.words = words
        self.tags = tags
        self.first = first
        self.last = last
        self.border = first if border is None else border

    def size(self) -> int:
        return self.last - self.first

    def begins(self, *tags: str) -> int:
        """How many of the words the form takes that they begin with; 0 if there is none that fits."""
        size = self.tags.begins(self.first, *tags)
        return size if size <= self.last - self.first else 0

    def ends(self, *tags: str) -> int:
        size = self.tags.ends(self.last, *tags) if self.last > self.first else 0
        return size if size <= self.last - self.first else 0

    def only(self, *tags: str) -> bool:
        """Whether the words are nothing but such forms, one after the other."""
        at = self.first
        while at < self.last and (size := self.tags.begins(at, *tags)):
            at += size
        return self.first < at == self.last

    def has(self, *tags: str, skip: int = 0) -> bool:
        """Whether such a form begins among the words, past the first ``skip`` of them."""
        return self.tags.within(self.first + skip, self.last, *tags) is not None

    def place(self, *tags: str, skip: int = 0) -> int | None:
        """Where the first such form begins."""
        found = self.tags.within(self.first + skip, self.last, *tags)
        return None if found is None else found[0]

    def run(self) -> list[str]:
        return self.words[self.first : self.last]


def stretch_of(name: Name, pack: Pack) -> Stretch:
    """The words of a name as a stretch of their own."""
    words = list(words_of(text_of(name)))
    return Stretch(words, Tags(words, pack.lexicon), 0, len(words))
