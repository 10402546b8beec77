"""What a name may borrow: the slots of a measure's surroundings, and the parts of a slot that a rule takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import add

from nqparse.folding import WORD
from nqparse.naming.names import Name, Piece, Stretch, pieces_of, text_of
from nqparse.naming.places import Place
from nqparse.packs.load import words_of
from nqparse.quantity.measures import Measure
from nqparse.syntax.lexicon import Tags

_FAR = 6
_OWN = ("left", "right", "noun")
_LONGEST_OUTSIDE = 14


@dataclass(frozen=True, slots=True)
class Done:
    """A measure that has its name: the name, and the words left and right of the number that are part of it."""

    place: Place
    name: Name
    left: Name = ()
    right: Name = ()
    inherited: bool = False
    rules: tuple[str, ...] = ()

    @property
    def measure(self) -> Measure:
        return self.place.measure


@dataclass(slots=True)
class Slots:
    """The slots of one measure, each made when a rule asks for it."""

    makers: dict[str, Callable[[], Name]]
    tagged: Callable[[list[str]], Tags]
    made: dict[str, Name] = field(default_factory=dict)
    stretches: dict[str, Stretch] = field(default_factory=dict)

    def name(self, slot: str) -> Name:
        if slot not in self.made:
            self.made[slot] = self.makers[slot]() if slot in self.makers else ()
        return self.made[slot]

    def get(self, slot: str) -> Stretch | None:
        """The words of a slot, for the features of a rule; None for no such slot."""
        if slot not in self.stretches:
            if slot not in self.makers:
                return None
            words = list(words_of(text_of(self.name(slot))))
            self.stretches[slot] = Stretch(words, self.tagged(words), 0, len(words))
        return self.stretches[slot]

    def taken(self, take: str) -> Name:
        """The name that ``take`` makes: slots, or parts of them, one after the other."""
        name: Name = ()
        parts = take.split("+")
        for part in parts:
            slot, _, operation = part.strip().partition(".")
            join = together if part is not parts[0] and parts[0].strip() not in _OWN else add
            name = join(name, self._part(slot, operation))
        return name

    def _part(self, slot: str, operations: str) -> Name:
        """A slot, or a part of it: what is ``until:`` or ``after:`` the first form with a tag past its beginning,
        ``past:`` the form that it begins with, that form (``head:``), or all ``before:`` the form that it ends in."""
        name = self.name(slot)
        for operation in filter(None, operations.split(".")):
            kind, _, tag = operation.partition(":")
            words = list(words_of(text_of(name)))
            name = words_between(name, *_cut(Stretch(words, self.tagged(words), 0, len(words)), kind, tag))
        return name


def _cut(words: Stretch, kind: str, tag: str) -> tuple[int, int]:
    """Which words of a stretch an operation keeps."""
    if kind == "head":
        return 0, words.begins(tag)
    if kind == "past":
        return words.begins(tag), words.last
    if kind == "before":
        return 0, words.last - words.ends(tag)
    if tag == "slash":
        return 0, words.words.index("/") if "/" in words.words else words.last
    place = words.place(tag, skip=1)
    if kind == "until":
        return 0, words.last if place is None else place
    return (words.last, words.last) if place is None else (place + words.tags.begins(place, tag), words.last)


def words_between(name: Name, first: int, last: int) -> Name:
    """Words ``first`` up to, not including, ``last`` of a name."""
    out: list[Piece] = []
    at = 0
    for piece in name:
        words = list(WORD.finditer(piece.text))
        low, high = max(first - at, 0), min(last - at, len(words))
        if low < high:
            start, end = words[low].start(), words[high - 1].end()
            out.append(Piece(piece.text[start:end], piece.start + start, piece.start + end, piece.block))
        at += len(words)
    return tuple(out)


def together(first: Name, second: Name) -> Name:
    """Two names as one: words that end the first and begin the second stand there once."""
    one, two = words_of(text_of(first)), words_of(text_of(second))
    for size in range(min(len(one), len(two)), 1, -1):
        if one[-size:] == two[:size]:
            return words_between(first, 0, len(one) - size) + second
    return first + second


def phrase(place: Place, first: int, last: int) -> Name:
    """The words of a block's tokens as a name."""
    trimmer = place.scene.trimmer
    return pieces_of(place.scene.tokens.text, trimmer.spans(first, last)) if first < last else ()


def outside(place: Place) -> Name:
    """ "khởi công Khu tái định cư Bãi Soi (diện tích 12 ha)": the words before the bracket that the number is in."""
    scene, bracket = place.scene, place.depth
    if bracket < 0:
        return ()
    done = max((one.tail for one in scene.measures[: place.at] if one.tail <= bracket), default=0)
    colon = _colon_before(place)
    first = max(scene.clauses.clause(bracket, bracket + 1)[0], scene.body, done, 0 if colon is None else colon + 1)
    first, last = scene.trimmer.trim(first, bracket)
    return phrase(place, first, last) if last - first <= _LONGEST_OUTSIDE else ()


def _colon_before(place: Place) -> int | None:
    """The colon of the clause before the bracket that the number is in."""
    scene, bracket = place.scene, place.depth
    start = max(scene.clauses.clause(bracket, bracket + 1)[0], scene.body)
    colons = (n for n in range(bracket - 1, start, -1) if scene.words[n] == ":" and scene.clauses.opened[n] < 0)
    return next(colons, None)


def list_intro(place: Place) -> Name:
    """ "Thị phần: đường bộ (67%), đường sắt (27%)": the words before the colon of a list of items with brackets."""
    if place.depth < 0 or (colon := _colon_before(place)) is None:
        return ()
    start = max(place.scene.clauses.clause(place.depth, place.depth + 1)[0], place.scene.body)
    if any(word[0].isdigit() for word in place.scene.words[start:colon]):
        return ()
    return phrase(place, *place.scene.trimmer.trim(start, colon))


def intro(place: Place) -> Name:
    """The words before the colon that stands before the number in its clause."""
    if place.colon is None:
        return ()
    return phrase(place, *place.scene.trimmer.trim(place.opens, place.colon))


def owner(place: Place, left: Stretch | None) -> Name:
    """The words of the clause before those that were taken as the name."""
    if left is None or left.border <= place.opens:
        return ()
    return phrase(place, *place.scene.trimmer.trim(place.opens, left.border))


def alike(done: list[Done], measure: Measure, *, own: bool = False) -> Done | None:
    """The last measure before in the same unit; where it has to have words of its ``own``, the last that has."""
    same = (one for one in reversed(done[-_FAR:]) if one.measure.unit == measure.unit)
    return next((one for one in same if not own or one.left or one.right), None)


def words_in(name: Name) -> tuple[str, ...]:
    return words_of(text_of(name))


def repeats(name: Name, other: Name) -> Iterator[str]:
    """How two names are alike: the first word, one within the other."""
    one, two = words_in(name), words_in(other)
    if one and two:
        if one[0] == two[0]:
            yield "same-head"
        if one[0] in two[1:]:
            yield "head-within"
        if f" {' '.join(one)} " in f" {' '.join(two)} ":
            yield "within"
