"""Named measures of a list → what each takes over from its neighbours: bound, change, role, unit, denominator."""

from collections.abc import Sequence

from nqparse.models import Bound, Change, Role
from nqparse.naming.named import Named
from nqparse.naming.places import Place, Scene
from nqparse.packs.load import words_of
from nqparse.quantity.measures import Measure
from nqparse.quantity.units import Step

_DATED = 8
_OWN = 4
_SAME_HEAD = 3
_GROWTH = (Change.INCREASE, Change.DECREASE)


class Carrier:
    """Carries over what coordinated measures of one block share."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.words = scene.words
        self.tags = scene.tags
        self.pack = scene.pack

    def carried(self, named: Sequence[Named]) -> list[Named]:
        """The measures with what they share with those before them, and what stands behind the last of a list."""
        out: list[Named] = []
        for at, one in enumerate(named):
            place = Place(self.scene, at)
            before = out[place.before] if place.before is not None else None
            out.append(self._carry(one, before, out[-1] if out else None, place))
        return self._with_denominators(self._with_units(out))

    def _carry(self, named: Named, before: Named | None, last: Named | None, place: Place) -> Named:
        measure = named.measure
        if last is not None and self._goes_on_growing(named, last):
            change = last.measure.change
            return named._replace(measure=measure.but(Step("carried-growth", f"change {change}"), change=change))
        if before is None:
            return named
        earlier = before.measure
        if named.inherited and not measure.unit and earlier.family == "money" and measure.change is not Change.LEVEL:
            step = Step("unit-of-the-measure-before", f"unit {earlier.unit}")
            measure = measure.but(step, unit=earlier.unit, family=earlier.family)
        sub = self.tags.within(place.opens, measure.lead, "part-of") is not None
        if self._coordinated(measure) and not sub and not named.inside and earlier.family == measure.family:
            measure = self._carry_in_list(measure, earlier)
        if last is not None and self._beside_a_target(named, last.measure):
            if measure.role is None:
                measure = measure.but(Step("carried-role", "role target"), role=Role.TARGET)
            earlier = last.measure
        if measure.change is Change.LEVEL and self._goes_on_changing(named, measure, earlier):
            measure = measure.but(Step("carried-change", f"change {earlier.change}"), change=earlier.change)
        compared = any(step.rule == "compared-level" for step in measure.steps)
        estimates = named.inherited and measure.role is None and earlier.role is Role.ESTIMATE
        if estimates and not (named.inside or compared):
            measure = measure.but(Step("carried-role", "role estimate"), role=Role.ESTIMATE)
        return named._replace(measure=measure)

    def _coordinated(self, measure: Measure) -> bool:
        return measure.lead > 0 and (
            self.words[measure.lead - 1] == "," or self.tags.ends(measure.lead, "joint-and") > 0
        )

    def _carry_in_list(self, measure: Measure, earlier: Measure) -> Measure:
        """ "trên 90% hộ, 95% thôn", "tăng 5 xã và 2 phường": the bound and the change are those of all in the list."""
        if measure.bound is Bound.EXACT and measure.low == measure.high:
            measure = _with_bound(measure, earlier)
        moves = measure.change is Change.LEVEL and earlier.change in _GROWTH
        bare = measure.lead == measure.first
        listed = self.tags.ends(measure.lead, "joint-and") > 0 and bare and measure.basis is None
        rates = measure.per is not None and measure.per == earlier.per and bare
        if moves and (measure.family == "count" or listed or (rates and measure.basis is None)):
            measure = measure.but(Step("carried-change", f"change {earlier.change}"), change=earlier.change)
        return measure

    def _goes_on_changing(self, named: Named, measure: Measure, earlier: Measure) -> bool:
        """Whether a number without a verb tells of the same change: a target in brackets, or it in percent."""
        if earlier.change not in _GROWTH:
            return False
        alike = earlier.family == measure.family
        if named.inherited and alike and self._at_a_later_date(measure, earlier):
            return True
        opened = self.words[measure.lead - 1] == "(" and earlier.tail == measure.lead - 1
        if named.inside and opened and measure.lead == measure.first and measure.family == "share" != earlier.family:
            return measure.basis is None and measure.role is None and not named.rest
        equals = self.tags.within(measure.lead, measure.first, "restatement") is not None
        of_plan = (
            measure.basis is not None and self.tags.within(measure.lead, measure.first, "attains-plan") is not None
        )
        target = named.inside and measure.role is Role.TARGET and alike
        return target or (named.inherited and not of_plan and equals)

    def _at_a_later_date(self, measure: Measure, earlier: Measure) -> bool:
        """ "tăng bình quân đến năm 2025 đạt 7%, đến năm 2030 đạt 8%": the same change, for another year."""
        between, before = self.words[earlier.tail : measure.first], self.words[earlier.first - 1 : earlier.first]
        return self.pack.expression("at-a-later-date").fullmatch(" ".join([*before, *between[:_DATED]])) is not None

    def _goes_on_growing(self, named: Named, last: Named) -> bool:
        """ "giá trị sản xuất nông nghiệp tăng 3%/năm; giá trị sản xuất công nghiệp 11%/năm": growth without a verb."""
        measure, before = named.measure, last.measure
        if measure.change is not Change.LEVEL or before.change not in _GROWTH:
            return False
        bare = measure.lead == measure.first and bool(named.prefix) and not named.rest
        bare = bare and not any(step.rule.startswith("attribute") for step in measure.steps)
        alike = measure.family == before.family == "share" and measure.per == before.per and measure.basis is None
        head, above = words_of(named.name)[:_SAME_HEAD], words_of(last.name)[:_SAME_HEAD]
        shares = any(self.pack.words(rule).after(head, 0) is not None for rule in ("structures", "wholes"))
        return bare and alike and len(head) == _SAME_HEAD and head == above and not shares

    def _beside_a_target(self, named: Named, last: Measure) -> bool:
        """Whether a target stands before it in the same bracket."""
        opened = self.scene.clauses.opened
        return named.inside and opened[last.first] == opened[named.measure.first] and last.role is Role.TARGET

    def _with_units(self, named: list[Named]) -> list[Named]:
        """ "khiển trách 12, cảnh cáo 08 đồng chí": bare numbers have the unit of the last, or of the whole."""
        out = list(named)
        for at in range(len(out) - 2, -1, -1):
            one, two = out[at].measure, out[at + 1].measure
            listed = out[at].clause == out[at + 1].clause and "noun-of-the-list" in {s.rule for s in one.steps}
            if listed and not one.unit and two.family == "count":
                step = Step("unit-of-the-list", f"unit {two.unit}")
                out[at] = out[at]._replace(measure=one.but(step, unit=two.unit, family="count"))
        for at in range(1, len(out)):
            one, two = out[at].measure, out[at - 1].measure
            listed = out[at].clause == out[at - 1].clause or two.tail < one.first
            if not one.unit and listed and two.family == "count" and "noun-of-the-list" in {s.rule for s in one.steps}:
                step = Step("unit-of-the-list", f"unit {two.unit}")
                out[at] = out[at]._replace(measure=one.but(step, unit=two.unit, family="count"))
        return out

    def _with_denominators(self, named: list[Named]) -> list[Named]:
        """ "10 bác sĩ và 30 giường bệnh/1 vạn dân": the denominator belongs to both."""
        out = list(named)
        for at in range(len(out) - 2, -1, -1):
            one, two = out[at].measure, out[at + 1].measure
            if one.per is None and two.per and self._lists_with(one, two, Place(self.scene, at + 1)):
                out[at] = out[at]._replace(measure=one.but(Step("shared-per", f"per {two.per}"), per=two.per))
        return out

    def _lists_with(self, one: Measure, two: Measure, place: Place) -> bool:
        """Whether a count goes on to another after "và", or where a rate is printed after a comma or some words."""
        between = self.words[one.tail : two.lead]
        if not one.family == two.family == "count" or not between:
            return False
        brief = len(between) <= _OWN and self._coordinated(two) and all(word[0].isalpha() for word in between[:-1])
        alone = len(between) == 1 and self.tags.ends(two.lead, "joint-and") > 0
        return alone or (place.printed_per != (0, 0) and brief)


def _with_bound(measure: Measure, earlier: Measure) -> Measure:
    if earlier.bound is Bound.EXACT or any(s.rule in ("from-alone", "tail-up", "tail-down") for s in earlier.steps):
        return measure
    if measure.family == "share" and measure.low == 100:
        return measure
    if measure.lead != measure.first and measure.link not in ("", "filler"):
        return measure
    step = Step("carried-bound", f"bound {earlier.bound}")
    if earlier.bound in (Bound.MIN, Bound.ABOVE):
        return measure.but(step, bound=earlier.bound, high=None)
    if earlier.bound in (Bound.MAX, Bound.BELOW):
        return measure.but(step, bound=earlier.bound, low=None)
    return measure.but(step, bound=earlier.bound)
