"""Measures → the name of each. What their clauses tell of the measures themselves is decided first, once."""

from collections.abc import Iterator, Sequence

from nqparse.faults import RAISING, Guard
from nqparse.naming.borrowing import Done, phrase
from nqparse.naming.carrying import Carrier
from nqparse.naming.chooser import Chooser
from nqparse.naming.named import Named, Parent
from nqparse.naming.names import Stretch, text_of
from nqparse.naming.places import Place, Scene
from nqparse.naming.plain import plain_names
from nqparse.packs.load import Pack
from nqparse.quantity.measures import Measure
from nqparse.quantity.modifiers import Filler, Surroundings
from nqparse.quantity.units import Step
from nqparse.syntax.tokens import Tokens


def name_measures(
    tokens: Tokens,
    measures: Sequence[Measure],
    pack: Pack,
    *,
    body: int = 0,
    parent: Parent | None = None,
    guard: Guard = RAISING,
) -> list[Named]:
    """A name for each of a block's measures. ``body`` is the token at which its text begins, after its marker.

    A measure whose rules fail has the words left of its number for a name.
    """

    def named() -> list[Named]:
        scene = Scene(tokens, list(measures), pack, body, parent or Parent())
        _complete(scene, guard)
        found = [_named(one) for one in Chooser(scene, guard).named()]
        return guard.or_else(found, Carrier(scene).carried, found)

    return guard.or_do(lambda: plain_names(tokens, measures, body), named)


def _complete(scene: Scene, guard: Guard) -> None:
    """Complete the measures of a block from left to right, by the words before each."""
    filler = Filler(scene.tokens, scene.measures, scene.pack, scene.body)
    for at, measure in enumerate(scene.measures):
        scene.measures[at] = guard.or_else(measure, _completed, scene, at, filler)


def _completed(scene: Scene, at: int, filler: Filler) -> Measure:
    start = Place(scene, at).opens
    anew = at == 0 or scene.clauses.after_full_stop(start)
    scene.measures[at] = filler.opened(scene.measures[at], start, anew=anew)
    place = Place(scene, at)
    left = Chooser(scene).left(place)
    return filler.completed(scene.measures[at], _around(place, left, filler.leads_on(scene.measures[at])))


def _around(place: Place, left: Stretch | None, verb: bool) -> Surroundings:
    """What stands around a measure; ``verb`` tells that a verb of change right before its words goes with them."""
    measures = place.scene.measures
    first = left.first if left is not None else 0
    if verb and left is not None:
        first = max(place.opens, first - left.tags.ends(first, "change-verbs"))
    return Surroundings(
        start=place.opens,
        clause=place.clause,
        bracket=place.depth,
        left=text_of(phrase(place, first, left.last)) if left is not None else "",
        named=left is not None and not left.only("empty-name"),
        before=None if place.before is None else measures[place.before],
        outer=None if place.outer is None else measures[place.outer],
        following=place.next,
    )


def _named(one: Done) -> Named:
    name, measure = text_of(one.name), one.measure
    steps = (*measure.steps, *_steps(one, name))
    return Named(
        measure=measure._replace(steps=steps),
        name=name,
        prefix=text_of(one.left),
        rest=text_of(one.right),
        inherited=one.inherited,
        inside=one.place.depth >= 0,
        clause=one.place.clause,
        pieces=one.name,
    )


def _steps(one: Done, name: str) -> Iterator[Step]:
    """What each rule of naming did: the last of them made the name."""
    *rules, last = one.rules
    yield from (Step(rule, "words") for rule in rules)
    yield Step(last, f"name {name}")
