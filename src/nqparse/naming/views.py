"""What the decisions on words behind a number, and on the slots of a name, may ask beside the facts of a measure."""

from collections.abc import Callable

from nqparse.naming.borrowing import Done, Slots, repeats
from nqparse.naming.features import View
from nqparse.naming.names import Stretch, text_of
from nqparse.naming.places import Place
from nqparse.syntax.coordination import Commas


class RightView(View):
    """The words behind a number up to a border. ``limit`` is where they end at the latest."""

    __slots__ = ("_commas", "_first", "_limit", "_place", "_right")

    def __init__(
        self, place: Place, right: Stretch, limit: int, facts: set[str], commas: Commas, *, first: bool
    ) -> None:
        super().__init__(facts)
        self._place = place
        self._right = right
        self._limit = limit
        self._commas = commas
        self._first = first

    def stretch(self, slot: str) -> Stretch | None:
        return self._right if slot == "right" else None

    def special(self, slot: str, relation: str, tag: str) -> bool:
        if slot == "right":
            if relation == "first-border":
                return self._first
            if relation == "at-limit":
                return self._right.border >= self._limit
            if relation == "limited":
                return self._limited()
            if relation == "listed":
                return self._listed()
            if relation == "inside-word":
                return self._inside_word()
            if relation == "joins":
                return self._joins(tag)
        return super().special(slot, relation, tag)

    def _limited(self) -> bool:
        """Whether the words end where those of the next measure begin."""
        following = self._place.next
        return following is not None and self._limit <= following.lead and self._limit < self._place.clause[1]

    def _listed(self) -> bool:
        """Whether the next measure follows in a list: behind a comma or a conjunction."""
        if not self._limited() or self._limit <= self._right.first:
            return False
        scene = self._place.scene
        return scene.words[self._limit - 1] == "," or scene.tags.ends(self._limit, "joint-and") > 0

    def _inside_word(self) -> bool:
        """Whether the syllable at the border is no more than a part of a longer word."""
        scene, right = self._place.scene, self._right
        if scene.tags.begins(right.border, "ends-predicate", "ends-clause") != 1:
            return False
        inside = right.first < right.border < self._limit
        return inside and not scene.trimmer.alone(right.border, right.first, self._limit)

    def _joins(self, kind: str) -> bool:
        """Whether the border is a comma that joins what is of a kind."""
        at, place = self._right.border, self._place
        if at >= self._limit or place.scene.words[at] != ",":
            return False
        return kind in self._commas.kinds(at, place.measure.tail, self._limit)


class NameView(View):
    """The slots of a measure's name; ``whole`` is the measure that is divided, where there is one."""

    __slots__ = ("_place", "_slots", "_whole")

    def __init__(self, place: Place, slots: Slots, whole: Done | None, facts: set[str]) -> None:
        super().__init__(facts)
        self._place = place
        self._slots = slots
        self._whole = whole

    def stretch(self, slot: str) -> Stretch | None:
        return self._slots.get(slot)

    def special(self, slot: str, relation: str, tag: str) -> bool:
        if relation in _ALIKE:
            other = self._slots.name(tag)
            return bool(other) and relation in repeats(self._slots.name(slot), other)
        if slot == "left" and relation in _OF_LEFT:
            return _OF_LEFT[relation](self, tag)
        if slot == "whole" and relation in _OF_WHOLE:
            return self._whole is not None and _OF_WHOLE[relation](self._whole, self._place, tag)
        if slot == "parent" and relation in _OF_PARENT:
            return _OF_PARENT[relation](self._place)
        return super().special(slot, relation, tag)

    def repeats(self, slot: str) -> bool:
        """Whether the words before the number have those of another slot among them."""
        words = self._slots.name("noun") if slot == "noun" else self._slots.taken("right.past:before-counted-noun")
        text = text_of(words).lower()
        return bool(text) and text in text_of(self._slots.name("left")).lower()

    def is_place(self) -> bool:
        """Whether the words before the number are the name of a place and nothing else."""
        text = text_of(self._slots.name("left"))
        return bool(text) and self._place.scene.pack.expression("mere-place").match(text) is not None

    def mere_attribute(self) -> bool:
        """Whether the words before the number say what is measured, and not of what."""
        left = self._slots.get("left")
        size = left.begins("attributes") if left is not None else 0
        more = 2 if self._place.measure.family == "count" else 0
        return left is not None and size > 0 and left.size() <= size + more


_OfLeft = Callable[[NameView, str], bool]
_OfWhole = Callable[[Done, Place, str], bool]
_OfParent = Callable[[Place], bool]
_ALIKE = ("same-head", "head-within", "within")
_OF_LEFT: dict[str, _OfLeft] = {
    "repeats": NameView.repeats,
    "is-place": lambda view, _: view.is_place(),
    "mere-attribute": lambda view, _: view.mere_attribute(),
}
_OF_WHOLE: dict[str, _OfWhole] = {
    "family": lambda whole, _, family: whole.measure.family == family,
    "same-family": lambda whole, place, _: whole.measure.family == place.measure.family,
    "same-unit": lambda whole, place, _: whole.measure.unit == place.measure.unit,
}
_OF_PARENT: dict[str, _OfParent] = {
    "same-unit": lambda place: place.scene.parent.unit == place.measure.unit != "",
    "other-unit": lambda place: place.scene.parent.unit not in ("", place.measure.unit),
    "close": lambda place: place.scene.parent.close,
}
