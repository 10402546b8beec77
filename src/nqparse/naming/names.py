"""Names as spans: the pieces of text that a name consists of, and the stretches of words that they are read from."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nqparse.folding import WORD
from nqparse.packs.load import Pack, words_of
from nqparse.syntax.lexicon import Tags

HERE = -1
"""The number of the block that is being read, whatever it is."""


class Piece(NamedTuple):
    """A piece of a name: its text, and where it stands: the block, by its number, and the span in the block's text."""

    text: str
    start: int
    end: int
    block: int = HERE


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


def printed(text: str, start: int = 0, block: int = HERE) -> Name:
    """A text that stands at ``start`` of a block, as one piece; no piece where it is empty."""
    return (Piece(text, start, start + len(text), block),) if text else ()


def placed(name: Name, block: int, shift: int = 0) -> Name:
    """A name whose pieces of the block that is being read are those of ``block``, ``shift`` characters further on."""
    return tuple(
        Piece(one.text, one.start + shift, one.end + shift, block) if one.block == HERE else one for one in name
    )


def kept(name: Name, text: str) -> Name:
    """The pieces of a name that are left when nothing but ``text`` is kept of its words.

    The words stand in ``name`` in the same order. Those that stand together there are preferred.

    >>> text_of(kept(printed("Tổng số hộ (năm 2024) nghèo:"), "Tổng số hộ nghèo"))
    'Tổng số hộ nghèo'
    """
    if text_of(name) == text:
        return name
    own = [(n, *match.span()) for n, piece in enumerate(name) for match in WORD.finditer(piece.text)]
    found = _places([name[n].text[first:last] for n, first, last in own], WORD.findall(text))
    return tuple(_run(name, [own[at] for at in run]) for run in _runs(own, found))


def _places(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Where words stand among others: side by side where they do, else each behind the one before."""
    size = len(wanted)
    for at in range(len(words) - size + 1 if wanted else 0):
        if words[at] == wanted[0] and words[at : at + size] == wanted:
            return list(range(at, at + size))
    out: list[int] = []
    at = 0
    for word in wanted:
        if (place := next((n for n in range(at, len(words)) if words[n] == word), None)) is not None:
            out.append(place)
            at = place + 1
    return out


def _runs(own: Sequence[tuple[int, int, int]], places: Iterable[int]) -> Iterator[list[int]]:
    """Places of words that stand side by side in one piece, together."""
    run: list[int] = []
    for at in places:
        if run and (at != run[-1] + 1 or own[at][0] != own[run[0]][0]):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _run(name: Name, words: Sequence[tuple[int, int, int]]) -> Piece:
    piece, first, last = name[words[0][0]], words[0][1], words[-1][2]
    return Piece(piece.text[first:last], piece.start + first, piece.start + last, piece.block)


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
