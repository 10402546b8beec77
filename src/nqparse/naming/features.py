"""What a rule of naming may ask: facts about a measure in its clause, and what stretches of words consist of."""

from collections.abc import Callable, Iterator
from functools import cache

from nqparse.errors import PatternError
from nqparse.models import Bound, Change
from nqparse.naming.names import Stretch
from nqparse.naming.places import Place
from nqparse.quantity.measures import Measure
from nqparse.words import stands_alone

_SIGNS = {
    ",": "comma", ";": "semicolon", ":": "colon", "(": "open", "[": "open", ")": "close", "]": "close", "/": "slash",
    "-": "dash", "–": "dash", ".": "stop",
}  # fmt: skip
_INSIDE = ("movements", "cumulative", "attributes")
_JOINTS = ("joint-and", "joint-with", "joint-for")
_DATED = 9
_LONG_VOTE = 24
_LEADING = (
    "attendance",
    "sets-aims",
    "giving-verbs",
    "act-verbs",
    "groups",
    "adversatives",
    "topic-prepositions",
    "levies",
    "cumulative",
)
_BEHIND = ("predicates", "no-predicate", "no-basis", "topic-prepositions", "member-kinds", "noun", "act-verbs",
    "member-grades", "joint-and",
)  # fmt: skip


class View:
    """What is known when a decision is asked for: ``facts`` by name, and stretches of words by their slots' names.

    A feature is the name of a fact, or a relation of a slot: ``left.any`` (the slot has words), ``left.size<=3``,
    ``left.begins:levies``. ``known`` keeps the relations that were asked for; views of the same words may share it.
    """

    __slots__ = ("facts", "known")

    def __init__(self, facts: set[str], known: dict[str, bool] | None = None) -> None:
        self.facts = facts
        self.known: dict[str, bool] = {} if known is None else known

    def stretch(self, slot: str) -> Stretch | None:
        """The words of a slot; None for no such slot."""
        raise NotImplementedError

    def special(self, slot: str, relation: str, tag: str) -> bool:
        """A relation that only this kind of view knows. Raises PatternError for one that it does not know."""
        raise PatternError(f"there is no feature {slot}.{relation}")

    def holds(self, feature: str) -> bool:
        """Whether a feature is there. Raises PatternError for a relation that there is not."""
        found = self.known.get(feature)
        if found is None:
            if "." not in feature:
                return feature in self.facts
            found = self.known[feature] = self._relates(*_parts(feature))
        return found

    def _relates(self, slot: str, relation: str, tag: str) -> bool:
        ask = _RELATIONS.get(relation)
        if ask is None:
            return self.special(slot, relation, tag)
        stretch = self.stretch(slot)
        return stretch is not None and ask(stretch, tag)


@cache
def _parts(feature: str) -> tuple[str, str, str]:
    """Slot, relation and tag of a feature.

    >>> _parts("left.begins:levies"), _parts("left.size<=3")
    (('left', 'begins', 'levies'), ('left', 'size', '3'))
    """
    slot, _, relation = feature.partition(".")
    name, _, tag = relation.partition("<=" if "<=" in relation else ":")
    return slot, name, tag


class LeftView(View):
    """The words before a number from a border on (``left``), and those that it skips (``skipped``)."""

    __slots__ = ("_left", "_opens")

    def __init__(self, left: Stretch, opens: int, facts: set[str], known: dict[str, bool]) -> None:
        super().__init__(facts, known)
        self._left = left
        self._opens = opens

    def stretch(self, slot: str) -> Stretch | None:
        if slot == "skipped":
            return Stretch(self._left.words, self._left.tags, self._opens, self._left.border)
        return self._left if slot == "left" else None


def _after(stretch: Stretch, tag: str) -> bool:
    """Whether the sign, or a form with the tag, stands right before the border."""
    sign = _SIGNS.get(stretch.words[stretch.border - 1]) if stretch.border else None
    return sign == tag if tag in _SIGNS.values() else stretch.tags.ends(stretch.border, tag) > 0


def _then(stretch: Stretch, tag: str) -> bool:
    """Whether the sign, or a form with the tag, stands at the border."""
    at = stretch.border
    sign = _SIGNS.get(stretch.words[at]) if at < len(stretch.words) else None
    return sign == tag if tag in _SIGNS.values() else stretch.tags.begins(at, tag) > 0


def _thence(stretch: Stretch, tag: str) -> bool:
    """Whether a form with the tag stands behind the sign or conjunction at the border."""
    at = stretch.border
    at += 1 if at < len(stretch.words) and stretch.words[at] in _SIGNS else stretch.tags.begins(at, "joint-and")
    return stretch.tags.begins(at, tag) > 0


def _beyond(stretch: Stretch, tag: str) -> bool:
    """Whether a form with the tag stands right before the sign or joint at the border."""
    return stretch.border > 0 and stretch.tags.ends(stretch.border - 1, tag) > 0


def _heads(stretch: Stretch, tag: str) -> bool:
    """Whether the words begin with a form with the tag that is no more than the start of a longer word."""
    size = stretch.begins(tag)
    if stretch.size() > size and stretch.words[stretch.first + size][0].isdigit():
        return False
    alone = " ".join(stretch.words[stretch.first : stretch.first + 2])
    return size > 1 or (size == 1 and (stretch.size() == 1 or stands_alone(alone, 0)))


def _sign(stretch: Stretch, name: str) -> bool:
    return any(_SIGNS.get(word) == name for word in stretch.run())


_RELATIONS: dict[str, Callable[[Stretch, str], bool]] = {
    "any": lambda stretch, _: stretch.first < stretch.last,
    "size": lambda stretch, most: stretch.size() <= int(most),
    "begins": lambda stretch, tag: stretch.begins(tag) > 0,
    "ends": lambda stretch, tag: stretch.ends(tag) > 0,
    "only": lambda stretch, tag: stretch.only(tag),
    "has": lambda stretch, tag: stretch.has(tag),
    "inner": lambda stretch, tag: stretch.has(tag, skip=1),
    "after": _after,
    "then": _then,
    "thence": _thence,
    "sign": _sign,
    "beyond": _beyond,
    "heads": _heads,
}


def measure_facts(place: Place) -> set[str]:
    """What is to be known of a measure before its name is sought."""
    return {
        *_own(place), *_brackets(place), *_behind(place), *_lead(place), *_neighbours(place), *_around(place),
    }  # fmt: skip


def _own(place: Place) -> Iterator[str]:
    measure = place.measure
    yield measure.family
    yield f"link-{measure.link or 'none'}"
    yield "moves" if measure.change is not Change.LEVEL else "level"
    if measure.bound is not Bound.EXACT:
        yield "bounded"
    if measure.of is not None:
        yield "fraction"
    if measure.basis is not None:
        yield "compared"
    if measure.per is not None:
        yield "rate"
    if measure.lead == measure.first:
        yield "bare"
    if place.noun[1] > 0:
        yield "with-noun"
    if measure.role is not None:
        yield "with-role"
    if not measure.unit:
        yield "unitless"
    for step in measure.steps:
        yield f"by-{step.rule}"


def _brackets(place: Place) -> Iterator[str]:
    measure, depth = place.measure, place.depth
    if depth >= 0:
        yield "in-bracket"
        if measure.lead == depth + 1:
            yield "opens-bracket"
        if measure.tail == place.scene.clauses.closes.get(depth):
            yield "closes-bracket"


def _around(place: Place) -> Iterator[str]:
    """Whether the block is a note, and the clause tells of a vote ("thông qua với 52/54 đại biểu tán thành")."""
    if place.scene.parent.note:
        yield "in-note"
    if place.measure.of is not None:
        first = max(place.clause[0], place.measure.lead - _LONG_VOTE)
        if place.scene.tags.within(first, place.measure.lead, "votes") is not None:
            yield "clause-votes"


def _behind(place: Place) -> Iterator[str]:
    """The word or sign right behind the unit."""
    scene, tail = place.scene, place.measure.tail
    word = scene.words[tail] if tail < len(scene.words) else "."
    yield "then-word" if word[0].isalpha() else f"then-{_SIGNS.get(word, 'sign')}"
    yield from (f"then-{tag}" for tag in scene.tags.beginning(tail, _BEHIND))
    opener = scene.tags.begins(tail, "no-predicate")
    if place.measure.family == "share" and opener and scene.tags.begins(tail + opener, "indicator-heads"):
        yield "share-of-whole"


def _lead(place: Place) -> Iterator[str]:
    """The words that lead to the number, and the sign or joint that stands before them."""
    scene, measure = place.scene, place.measure
    if measure.lead <= place.opens:
        yield "at-start"
    if measure.lead > 0:
        if (sign := _SIGNS.get(scene.words[measure.lead - 1])) is not None:
            yield f"after-{sign}"
        yield from (f"after-{joint}" for joint in scene.tags.ending(measure.lead, _JOINTS))
        for end in {measure.lead, measure.first}:
            yield from (f"after-{tag}" for tag in scene.tags.ending(end, _LEADING))
    for at in range(measure.lead, measure.first):
        yield from (f"lead-{tag}" for tag in scene.tags.beginning(at, _INSIDE))
        found = scene.pack.leads.after(scene.words, at)
        if found is not None and found[1].link == "have":
            yield "lead-have"
    if place.colon is not None:
        yield "below-colon"
    if measure.link == "colon" and scene.tags.begins(place.opens, "topic-openers"):
        yield "left-about"
    yield from _comma_part(place)


def _comma_part(place: Place) -> Iterator[str]:
    """ "Huy động nguồn lực, đến năm 2025 có 80% số xã": whether nothing but a time, a place or a counter is between the
    last comma and the number."""
    scene, lead = place.scene, place.measure.lead
    depth = scene.clauses.opened[lead]
    commas = (
        n
        for n in range(lead - 1, place.opens, -1)
        if scene.clauses.opened[n] == depth and (scene.words[n] == "," or scene.tags.begins(n, "joint-and"))
    )
    comma = next(commas, None)
    if comma is not None:
        first, last = scene.trimmer.trim(comma + 1, lead)
        words = Stretch(scene.words, scene.tags, first, last)
        if first >= last or (words.only("before-counted-noun", "empty-name") and not words.begins("act-verbs")):
            yield "gap-ends-in-comma-part"


def _neighbours(place: Place) -> Iterator[str]:
    """The measures before and after, and the words between."""
    scene, measure, following = place.scene, place.measure, place.next
    if place.at:
        yield "has-earlier"
    if following is not None and following.lead < place.clause[1]:
        yield "has-next"
        yield from _alike("next", following, measure)
        if following.lead == measure.tail:
            yield "next-adjoins"
    if place.outer is not None:
        yield "has-outer"
        yield from _alike("outer", scene.measures[place.outer], measure)
    if place.before is None:
        return
    before = scene.measures[place.before]
    yield "has-before"
    yield f"before-{before.family}"
    yield from _alike("before", before, measure)
    if before.change is not Change.LEVEL:
        yield "before-moves"
    if before.bound is not Bound.EXACT:
        yield "before-bounded"
    if before.link in ("copula", "have", "growth"):
        yield "before-linked"
    if before.first < place.depth:
        inner = scene.clauses.opened[before.first] >= 0
        yield "before-bracketed" if inner else "before-outside"
    yield from _gap(place, before.tail)


def _gap(place: Place, start: int) -> Iterator[str]:
    between = " ".join(place.scene.words[start : place.measure.lead][:_DATED])
    if place.scene.pack.expression("another-date").fullmatch(between) is not None:
        yield "dated-again"
    gap = place.scene.words[start : place.measure.lead]
    joint = "joint" if place.scene.tags.begins(start, "joint-and") else "word"
    yield "gap-none" if not gap else f"gap-opens-{_SIGNS.get(gap[0], joint)}"
    if "," in gap:
        yield "gap-comma"
    if len(gap) == 1:
        yield "gap-one"
    tags = place.scene.tags
    for n in range(start, place.measure.lead):
        if gap[n - start] == "," and tags.begins(n + 1, "act-verbs"):
            yield "gap-new-act"
        if tags.begins(n, "joint-and") and tags.begins(n + 1, "indicator-heads", "act-verbs", "giving-verbs"):
            yield "gap-new-head"
    if tags.ends(place.measure.lead, "attributes"):
        yield "gap-attribute"


def _alike(which: str, other: Measure, measure: Measure) -> Iterator[str]:
    if other.unit == measure.unit:
        yield f"{which}-same-unit"
    if other.family == measure.family:
        yield f"{which}-same-family"
