"""Measures → their names: words left and right of each by two lists of choices, and how they make a name by a third."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from nqparse.faults import RAISING, Guard
from nqparse.models import Bound
from nqparse.naming.alternatives import WATCH, Choice
from nqparse.naming.borrowing import Done, Slots, alike, intro, list_intro, outside, owner, phrase
from nqparse.naming.candidates import lefts_of, right_limit, rights
from nqparse.naming.coordination import Coordination
from nqparse.naming.features import LeftView, View, measure_facts
from nqparse.naming.names import Name, Stretch, stretch_of, text_of
from nqparse.naming.places import Place, Scene
from nqparse.naming.plain import plain_name
from nqparse.naming.views import NameView, RightView
from nqparse.packs.load import words_of
from nqparse.packs.schema import Decision
from nqparse.syntax.coordination import Commas
from nqparse.syntax.lexicon import Tags

_FIRST_ASKED = ("left", "right", "before", "parent", "whole")
"""The slots of which it is known at once whether they have words."""


@dataclass(slots=True)
class Force:
    """What stays in force over a block's measures: the whole that is divided, words before a colon, the subject."""

    whole: Name = ()
    whole_of: int = -1
    listed: bool = False
    intro: Name = ()
    subject: Name = ()
    shared: Name = ()
    structure: Name = ()


class Chooser:
    """Names the measures of one block."""

    def __init__(self, scene: Scene, guard: Guard = RAISING) -> None:
        self.scene = scene
        self.guard = guard
        self.pack = scene.pack
        self.commas = Commas(scene.tokens, scene.tags)
        self.facts: dict[int, set[str]] = {}
        self.rules: dict[int, list[str]] = {}
        self.watch = WATCH.get()

    def named(self) -> list[Done]:
        """The measures with their names, in order."""
        places = self.scene.places()
        self.facts = {place.at: measure_facts(place) for place in places}
        self.rules = {place.at: [] for place in places}
        left = [self.guard.or_else(None, self.left, place) for place in places]
        right = [self.guard.or_else(None, self._right, place, left) for place in places]
        done: list[Done] = []
        force = Force()
        for place in places:
            words = left[place.at], right[place.at]
            done.append(self.guard.or_do(partial(self._plainly, place), self._bind, place, *words, done, force))
        return self.guard.or_else(done, Coordination(self.scene).completed, done)

    def _plainly(self, place: Place) -> Done:
        """A name where a rule fails: the words left of the number."""
        plain = plain_name(self.scene.tokens, place.measure, self.scene.body)
        return Done(place, plain.pieces, rules=("rule-failed",))

    def left(self, place: Place) -> Stretch | None:
        """The words before the number that the first decision finds that finds any, or says are none."""
        if place.at not in self.facts:
            self.facts[place.at] = measure_facts(place)
        facts = self.facts[place.at]
        views: list[tuple[Stretch, View]] | None = None
        for one in self.pack.decisions["left"].open(facts):
            if one.decision.take == "none":
                if one.follows(View(facts).holds):
                    return self._used(place, one.decision, None)
                continue
            if views is None:
                views = [(left, LeftView(left, place.opens, facts, known)) for left, known in lefts_of(place)]
            for left, view in views if one.decision.take == "first" else reversed(views):
                if one.follows(view.holds):
                    return self._used(place, one.decision, left)
        return None

    def _used(self, place: Place, decision: Decision, left: Stretch | None) -> Stretch | None:
        self.rules.setdefault(place.at, []).append(decision.id)
        return left

    def _right(self, place: Place, left: Sequence[Stretch | None]) -> Stretch | None:
        """The words behind the number, up to the first border at which a rule says that they end."""
        start, at = place.measure.tail, place.at
        begun = place.clause[1]
        if place.next is not None:
            following = left[at + 1]
            begun = place.next.lead if following is None else max(start, following.border)
            bounds = place.next.bound is not Bound.EXACT
            if (
                bounds
                and begun == start < place.next.lead
                and left[at] is None
                and "gap-comma" not in self.facts[at + 1]
            ):
                begun = (
                    place.next.tail
                )  # "100% số xã đạt chuẩn với điểm từ 90% trở lên": the second number bounds the first
        limit = right_limit(place, begun)
        facts = self.facts[at] | ({"left-empty"} if left[at] is None else set())
        decisions = self.pack.decisions["right"]
        among = decisions.open(facts)
        last: Stretch | None = None
        for one in rights(place, limit):
            view = RightView(place, one, limit, facts, self.commas, first=last is None)
            rule = decisions.first(view.holds, among)
            if rule.id not in self.rules[at]:
                self.rules[at].append(rule.id)
            if rule.take != "go-on":
                return one if rule.take == "end" and one.first < one.last else None
            last = one
        return last if last is not None and last.first < last.last else None

    def _bind(self, place: Place, left: Stretch | None, right: Stretch | None, done: list[Done], force: Force) -> Done:
        """The name that the first rule makes of its own words and what it borrows."""
        self._enter(place, left, done, force)
        slots = self._slots(place, left, right, done, force)
        self._structure(place, slots, force)
        self._owner(place, slots, left, force)
        facts = {*self.facts[place.at], *(f"with-{slot}" for slot in _FIRST_ASKED if slots.name(slot))}
        view = NameView(place, slots, done[force.whole_of] if force.whole_of >= 0 else None, facts)
        decisions = self.pack.decisions["name"]
        rule = decisions.first(view.holds, decisions.open(facts))
        take = rule.take
        self.rules[place.at].append(rule.id)
        if self.watch is not None:
            others = partial(self._slots_of, place, done, force)
            self.watch(Choice(place, rule, view, slots, others, self.guard.place))
        name = slots.taken(take)
        slots.makers["result"] = lambda: name
        named = Done(
            place, name, slots.name("left") if "left" in take else (), slots.name("right") if "right" in take else (),
            inherited=not ({"left", "right", "noun"} & {part.strip().partition(".")[0] for part in take.split("+")}),
            rules=tuple(self.rules[place.at]),
        )  # fmt: skip
        if "before_left" in take and place.before is not None:
            named = replace(named, left=done[place.before].left)
        if take.strip() == "before" and place.before is not None:
            earlier = done[place.before]
            named = replace(named, left=earlier.left, right=earlier.right)
        self._leave(place, named, slots, force)
        return named

    def _slots_of(
        self, place: Place, done: list[Done], force: Force, left: Stretch | None, right: Stretch | None
    ) -> Slots:
        return self._slots(place, left, right, done, force)

    def _owner(self, place: Place, slots: Slots, left: Stretch | None, force: Force) -> None:
        """ "Mở rộng đường Bờ Kè với chiều dài 1,8 km, tổng vốn 46 tỷ": what the attributes that follow belong to."""
        attribute = left.begins("attributes") if left is not None else 0
        if left is None or not attribute or left.size() > attribute + 2:
            return
        begun = place.before is not None and place.opens == self.scene.measures[place.before].tail
        begun = begun and not self.scene.tags.begins(place.opens, "joint-and")
        for slot in ("owner", "intro") if not begun else ():
            words = slots.get(slot)
            if words is not None and words.first < words.last and not words.only("empty-name"):
                force.subject = slots.name(slot)
                return

    def _structure(self, place: Place, slots: Slots, force: Force) -> None:
        """ "Cơ cấu kinh tế chuyển dịch, công nghiệp chiếm 58%": the shares that follow are of the structure."""
        for slot in ("owner", "intro") if place.colon is not None else ("owner",):
            words = slots.get(slot)
            if words is not None and words.begins("structures"):
                force.structure = slots.taken(f"{slot}.until:clause-verbs")

    def _enter(self, place: Place, left: Stretch | None, done: list[Done], force: Force) -> None:
        """What begins to be in force, or ends, with the words before a measure."""
        scene, start = self.scene, place.opens
        if not done or scene.clauses.after_full_stop(start):
            force.intro = force.subject = force.shared = force.structure = ()
        opener = scene.tags.within(start, place.measure.lead, "part-of")
        if opener is not None:
            base = done[place.before] if place.before is not None else done[-1] if done else None
            force.whole = base.name if base is not None else scene.parent.topic if scene.parent.note else ()
            force.whole_of = base.place.at if base is not None else -1
            after = opener[0] + opener[1]
            force.listed = scene.words[after : after + 1] == [":"]
            self.facts[place.at].add("opens-parts")
        elif start and scene.clauses.hard[start - 1] and scene.clauses.opened[start] < 0:
            kept = scene.words[start - 1] == ";" and force.listed
            force.whole, force.whole_of = (force.whole, force.whole_of) if kept else ((), -1)
        if place.colon is not None:
            force.intro = intro(place)

    def _leave(self, place: Place, named: Done, slots: Slots, force: Force) -> None:
        """What a named measure leaves in force for those that follow."""
        inside = place.depth >= 0
        stretch = slots.get("result") or Stretch([], self.scene.tags, 0, 0)
        if stretch.begins("structures"):
            force.whole, force.whole_of = (), -1
            force.structure = self._latest(force.structure, slots.taken("result.head:structures"))
        if not inside and (size := stretch.begins("shared-heads")) and size < stretch.size():
            force.shared = slots.taken("result.head:shared-heads")
        left = slots.get("left")
        if named.inherited or inside:
            return
        if (size := stretch.begins("attributes")) or (left and left.begins("attributes")):
            if size and size < stretch.size() and not named.rules[-1].startswith("attribute"):
                force.subject = slots.taken("result.past:attributes")
            return
        if left is not None and left.only("bare-heads") and (named_intro := slots.name("intro")):
            force.subject = named_intro
            return
        verb = left is not None and (left.only("act-verbs") or left.only("empty-name"))
        part = (
            "result.past:act-verbs"
            if verb
            else "left.before:happening"
            if left and left.ends("happening")
            else "result"
        )
        force.subject = slots.taken(part)

    def _latest(self, structure: Name, named: Name) -> Name:
        """The structure in force, or one of another kind that a name begins with ("tỷ trọng" behind "cơ cấu")."""
        return named if not structure or words_of(text_of(structure))[:1] != words_of(text_of(named))[:1] else structure

    def _slots(
        self, place: Place, left: Stretch | None, right: Stretch | None, done: list[Done], force: Force
    ) -> Slots:
        before = done[place.before] if place.before is not None else None
        parent = self.scene.parent
        words = lambda one: phrase(place, one.first, one.last) if one is not None else ()  # noqa: E731
        makers: dict[str, Callable[[], Name]] = {
            "left": partial(words, left),
            "right": partial(words, right),
            "noun": lambda: phrase(place, *place.noun),
            "per": lambda: phrase(place, *place.printed_per),
            "structure": lambda: force.structure,
            "owner": lambda: owner(place, left),
            "intro": lambda: force.intro if place.depth < 0 or place.colon is not None else (),
            "outside": lambda: outside(place),
            "total": lambda: done[total].name if (total := self.scene.totals.get(place.at)) is not None else (),
            "before": lambda: before.name if before is not None else (),
            "outer": lambda: done[place.outer].name if place.outer is not None else (),
            "before_left": lambda: before.left if before is not None else (),
            "before_right": lambda: before.right if before is not None else (),
            "before_noun": lambda: phrase(before.place, *before.place.noun) if before is not None else (),
            "earlier": lambda: done[-1].name if done else (),
            "earlier_left": lambda: done[-1].left if done else (),
            "list_intro": lambda: list_intro(place),
            "cumulative": lambda: phrase(place, *_ending(place, "cumulative")),
            "threshold": lambda: phrase(place, before.measure.lead, before.measure.tail) if before is not None else (),
            "first": lambda: done[0].name if done else (),
            "alike": lambda: found.name if (found := alike(done, place.measure)) else (),
            "alike_left": lambda: found.left if (found := alike(done, place.measure, own=True)) else (),
            "alike_right": lambda: found.right if (found := alike(done, place.measure, own=True)) else (),
            "whole": lambda: force.whole,
            "subject": lambda: force.subject,
            "shared": lambda: force.shared,
            "parent": lambda: parent.name,
            "topic": lambda: parent.topic,
            "project": lambda: parent.project,
            "possessor": lambda: self._possessor(force),
            "heading": lambda: parent.heading,
            "cut": partial(words, left),
            "lead": lambda: phrase(place, *self.scene.trimmer.trim(place.measure.lead, place.measure.first)),
        }
        cut = {slot: one for slot, one in (("cut", left), ("tail", right)) if one is not None}
        return Slots(makers, lambda run: Tags(run, self.scene.pack.lexicon), stretches=cut)

    def _possessor(self, force: Force) -> Name:
        """What an attribute belongs to: a project that is named in full, else that of the section."""
        words = stretch_of(force.subject, self.scene.pack)
        size = words.begins("projects")
        return (
            force.subject
            if (size and words.size() > size + 2) or not self.scene.parent.project
            else self.scene.parent.project
        )


def _ending(place: Place, tag: str) -> tuple[int, int]:
    """The tokens of the form with a tag that ends where the words begin that lead to the number, or among these."""
    tags, measure = place.scene.tags, place.measure
    ends = (at for at in range(measure.lead, measure.first + 1) if tags.ends(at, tag))
    end = next(ends, 0)
    return end - tags.ends(end, tag) if end else 0, end
