"""Measures → the name of each. What their clauses tell of the measures themselves is decided first, once."""

from collections.abc import Iterator, Sequence

from nqparse.faults import RAISING, Guard
from nqparse.naming.borrowing import Done, phrase
from nqparse.naming.carrying import Carrier
from nqparse.naming.chooser import Chooser
from nqparse.naming.named import Named, Parent
from nqparse.naming.names import text_of
from nqparse.naming.places import Place, Scene
from nqparse.naming.plain import plain_names
from nqparse.packs.load import Pack
from nqparse.quantity.measures import Measure
from nqparse.quantity.modifiers import Filler
from nqparse.quantity.surroundings import Surroundings
from nqparse.quantity.totals import totals_of
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
    scene.totals = guard.or_else({}, totals_of, scene.words, scene.measures)
    for at, measure in enumerate(scene.measures):
        scene.measures[at] = guard.or_else(measure, _completed, scene, at, filler)


def _completed(scene: Scene, at: int, filler: Filler) -> Measure:
    if (total := scene.totals.get(at)) is not None:
        whole = scene.measures[total]
        step = Step("part-of-the-total", f"unit {whole.unit}, change {whole.change}")
        return scene.measures[at].but(step, unit=whole.unit, family="count", change=whole.change)
    start = Place(scene, at).opens
    anew = at == 0 or scene.clauses.after_full_stop(start)
    scene.measures[at] = measure = filler.opened(scene.measures[at], start, anew=anew)
    place = Place(scene, at)
    around = Surroundings(
        start=place.opens,
        clause=place.clause,
        bracket=place.depth,
        words=lambda: _words_before(place, verb=filler.leads_on(measure)),
        before=None if place.before is None else scene.measures[place.before],
        outer=None if place.outer is None else scene.measures[place.outer],
        following=place.next,
    )
    return filler.completed(measure, around)


def _words_before(place: Place, *, verb: bool) -> tuple[str, bool]:
    """The words left of a number that would name it, and whether they name anything. ``verb`` tells that a verb of
    change right before these words goes with them."""
    left = Chooser(place.scene).left(place)
    if left is None:
        return "", False
    first = left.first
    if verb:
        first = max(place.opens, first - left.tags.ends(first, "change-verbs"))
    return text_of(phrase(place, first, left.last)), not left.only("empty-name")


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
