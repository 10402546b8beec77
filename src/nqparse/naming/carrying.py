"""Named measures of a list → what each takes over from its neighbours: bound, change, role, predicate, denominator."""

from nqparse.models import Bound, Change, Role
from nqparse.naming.filling import Filler
from nqparse.naming.judging import Judge
from nqparse.naming.named import Named
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.measures import Measure
from nqparse.quantity.units import Step
from nqparse.syntax.clauses import Clauses
from nqparse.syntax.tokens import Tokens

_DATED = 8
_OWN = 4
_NEAR_GROUP = 8


class Carrier:
    """Carries over what coordinated measures of one block share."""

    def __init__(self, tokens: Tokens, clauses: Clauses, judge: Judge, filler: Filler, pack: Pack) -> None:
        self.words = tokens.words
        self.clauses = clauses
        self.judge = judge
        self.filler = filler
        self.pack = pack

    def coordinated(self, measure: Measure) -> bool:
        return measure.lead > 0 and self.words[measure.lead - 1] in (",", "và", "&")

    def joined(self, measure: Measure) -> bool:
        """Whether a measure goes on with the one before: after a comma, "và" or "nhưng"."""
        return self.coordinated(measure) or self.pack.words("adversatives").before(self.words, measure.lead) is not None

    def takes_object(self, measure: Measure, right: str) -> bool:
        """ "…, cắt giảm ít nhất 30% thời gian giải quyết": a change with its own object, after a comma."""
        changed = measure.family == "share" and measure.change is not Change.LEVEL and measure.basis is None
        return changed and self.words[measure.lead - 1] == "," and not self.judge.opens("no-basis", right)

    def is_share_of_it(self, measure: Measure, right: str) -> bool:
        """ "…, bằng 34% GRDP": the amount before as a share of something."""
        return measure.link == "copula" and measure.family == "share" and len(words_of(right)) <= 5

    def may_restate(self, measure: Measure, before: Named) -> bool:
        """A count may say a count before again; a rate beside a share, or beside a count of others, is of its own."""
        same = before.measure.family == "count" and before.measure.unit == measure.unit
        return measure.per is None or same or (before.measure.family == "count" and before.measure.per is not None)

    def dated_again(self, measure: Measure, before: Measure) -> bool:
        """ "đạt 7 bác sĩ năm 2026, 10 bác sĩ năm 2030": whether a number says for another year what one before says."""
        between = self.words[before.tail : measure.lead]
        if measure.unit != before.unit or not 2 <= len(between) <= _DATED:
            return False
        return self.pack.expression("another-date").fullmatch(" ".join(between)) is not None

    def shared_verb(self, measure: Measure, before: Named) -> str:
        """The verb of the measure before, where another amount follows it ("bê tông hóa 12 km đường, 4 km kênh")."""
        if not before.prefix or measure.link or not self.coordinated(measure):
            return ""
        if self.judge.opens("no-predicate", before.rest):
            return ""
        if measure.family == before.measure.family == "share" and before.name == f"{before.prefix} {before.rest}":
            return before.prefix
        if before.measure.link:
            return ""
        amounts = measure.family in ("money", "physical") and before.measure.family in ("money", "physical", "count")
        mere = self.judge.is_mere_verb(before.prefix) or self.judge.is_indicator(before.prefix)
        return before.prefix if amounts and not mere else ""

    def owner(self, measure: Measure, before: Named | None) -> str:
        """What has the people or things counted ("12 tổ hợp tác với 240 thành viên"); empty if nothing is said to."""
        if before is None or before.measure.family != "count" or measure.family != "count":
            return ""
        run = self.words[before.measure.tail : measure.lead]
        belongs = measure.change is Change.LEVEL and measure.lead == measure.first and run == ["với"]
        return self.filler.noun(before.measure) if belongs else ""

    def cumulative(self, measure: Measure) -> str:
        """The word that makes a number one of all years so far ("lũy kế 07/13 xã"), after a space; empty if none."""
        found = self.pack.words("cumulative").before(self.words, measure.lead)
        return f" {found[2].lower()}" if found is not None else ""

    def is_of_counted(self, measure: Measure, before: Named | None) -> bool:
        """ "Giải ngân vốn 3 chương trình … đạt 87,5%": whether a count is no more than a word of this one's name."""
        if before is None or before.measure.family != "count" or before.measure.link in ("copula", "growth"):
            return False
        run = self.words[before.measure.tail : measure.lead]
        heads = self.pack.words("indicator-heads")
        if not all(word[0].isalnum() for word in run) or heads.within(run, 0, len(run)) is not None:
            return False
        reached = measure.family == "share" and measure.link == "copula"
        amount = measure.family in ("share", "money", "physical") and measure.lead < measure.first
        return bool(run and before.rest) and (reached or (amount and self.judge.is_indicator(before.prefix)))

    def is_threshold(self, before: Measure, measure: Measure) -> bool:
        """ "Hộ có thu nhập trên 100 triệu đồng đạt 35%": the number before it bounds those of which this one tells."""
        one_sided = before.low is None or before.high is None
        adjoins = before.tail == measure.lead and measure.link in ("colon", "copula")
        if not one_sided or not adjoins or measure.basis is not None or measure.unit == before.unit:
            return False
        return before.link in ("", "filler") or (before.link == "copula" and before.family == "count")

    def counts_those_reaching(self, measure: Measure, following: Measure) -> bool:
        """ "35 xã đạt từ 15 tiêu chí trở lên": a count of those that reach another, which is a threshold."""
        counts = measure.family == following.family == "count" and measure.unit != following.unit
        return counts and following.lead == measure.tail and self.words[measure.tail] == "đạt"

    def carry(self, named: Named, before: Named | None, last: Named | None, sub: bool) -> Named:
        """A measure with what it shares with ``before``, which it goes on with, and ``last``, which stands before it.

        ``sub`` tells that "trong đó" opens between them: what follows it is a quantity of its own.
        """
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
        if self.coordinated(measure) and not sub and not named.inside and earlier.family == measure.family:
            measure = self._carry_in_list(measure, earlier)
        if last is not None and self._beside_a_target(named, last.measure):
            if measure.role is None:
                measure = measure.but(Step("carried-role", "role target"), role=Role.TARGET)
            earlier = last.measure
        if measure.change is Change.LEVEL and self._goes_on_changing(named, measure, earlier):
            measure = measure.but(Step("carried-change", f"change {earlier.change}"), change=earlier.change)
        compared = any(step.rule == "compared-level" for step in measure.steps)
        if (
            named.inherited
            and measure.role is None
            and earlier.role is Role.ESTIMATE
            and not (named.inside or compared)
        ):
            measure = measure.but(Step("carried-role", "role estimate"), role=Role.ESTIMATE)
        return named._replace(measure=measure)

    def _carry_in_list(self, measure: Measure, earlier: Measure) -> Measure:
        """ "trên 90% hộ, 95% thôn", "tăng 5 xã và 2 phường": the bound and the change are those of all in the list."""
        if measure.bound is Bound.EXACT and measure.low == measure.high:
            measure = self.carry_bound(measure, earlier)
        moves = measure.change is Change.LEVEL and earlier.change in (Change.INCREASE, Change.DECREASE)
        listed = self.words[measure.lead - 1] == "và" and measure.lead == measure.first and measure.basis is None
        rates = measure.per is not None and measure.per == earlier.per and measure.lead == measure.first
        if moves and (measure.family == "count" or listed or (rates and measure.basis is None)):
            measure = measure.but(Step("carried-change", f"change {earlier.change}"), change=earlier.change)
        return measure

    def _goes_on_changing(self, named: Named, measure: Measure, earlier: Measure) -> bool:
        """Whether a number without a verb tells of the same change: a target in brackets, or it in percent."""
        if earlier.change not in (Change.INCREASE, Change.DECREASE):
            return False
        if named.inherited and earlier.family == measure.family and self._at_a_later_date(measure, earlier):
            return True
        target = named.inside and measure.role is Role.TARGET and earlier.family == measure.family
        opened = self.words[measure.lead - 1] == "(" and earlier.tail == measure.lead - 1
        if named.inside and opened and measure.lead == measure.first and measure.family == "share" != earlier.family:
            return measure.basis is None and measure.role is None and not named.rest
        of_plan = measure.basis is not None and "bằng" in self.words[measure.lead : measure.first]
        return target or (named.inherited and not of_plan and self.equals(measure))

    def _at_a_later_date(self, measure: Measure, earlier: Measure) -> bool:
        """ "tăng bình quân đến năm 2025 đạt 7%, đến năm 2030 đạt 8%": the same change, for another year."""
        between, before = self.words[earlier.tail : measure.first], self.words[earlier.first - 1 : earlier.first]
        return self.pack.expression("at-a-later-date").fullmatch(" ".join([*before, *between[:_DATED]])) is not None

    def _goes_on_growing(self, named: Named, last: Named) -> bool:
        """ "giá trị sản xuất nông nghiệp tăng 3%/năm; giá trị sản xuất công nghiệp 11%/năm": growth without a verb."""
        measure, before = named.measure, last.measure
        if measure.change is not Change.LEVEL or before.change not in (Change.INCREASE, Change.DECREASE):
            return False
        bare = measure.lead == measure.first and bool(named.prefix) and not named.rest
        bare = bare and all(step.rule != "name-attribute" for step in measure.steps)
        alike = measure.family == before.family == "share" and measure.per == before.per and measure.basis is None
        head, above = words_of(named.name)[:3], words_of(last.name)[:3]
        shares = self.pack.words("structures").after(head, 0) or self.pack.words("wholes").after(head, 0)
        return bare and alike and len(head) == len(above) == 3 and head == above and shares is None

    def _beside_a_target(self, named: Named, last: Measure) -> bool:
        """Whether a target stands before it in the same bracket."""
        same = self.clauses.opened[last.first] == self.clauses.opened[named.measure.first]
        return named.inside and same and last.role is Role.TARGET

    def equals(self, measure: Measure) -> bool:
        """Whether the number says the one before in another unit ("tăng 756 tỷ đồng, tương đương 184%")."""
        return any(
            self.pack.words("restatement").after(self.words, n) is not None for n in range(measure.lead, measure.first)
        )

    def carry_bound(self, measure: Measure, earlier: Measure) -> Measure:
        if earlier.bound is Bound.EXACT or any(
            step.rule in ("from-alone", "tail-up", "tail-down") for step in earlier.steps
        ):
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

    def counts_on(self, measure: Measure, following: Measure) -> bool:
        """ "bố trí 90 tỷ đồng cho 3 chương trình", "2 trường thuộc nhóm 500 trường hàng đầu": the count that a number
        leads to is part of what it is of."""
        between = list(self.words[measure.tail : following.lead])
        if measure.family == "money":
            bare = between == ["cho"] and following.lead == following.first
            return bare and self.pack.words("giving-verbs").before(self.words, measure.lead) is not None
        groups = self.pack.words("groups").before(self.words, following.lead) if measure.family == "count" else None
        return groups is not None and len(between) <= _NEAR_GROUP and "," not in between and ";" not in between

    def share_predicates(self, named: list[Named]) -> list[Named]:
        """ "92% hộ gia đình, 95% thôn đạt chuẩn": the last member's predicate belongs to all."""
        out = list(named)
        for at in range(len(out) - 2, -1, -1):
            one, two = out[at], out[at + 1]
            bare = one.measure.family == "count" and self.words[one.measure.tail : two.measure.lead] == ["và"]
            if (
                one.prefix
                or two.prefix
                or not (one.rest or bare)
                or not two.rest
                or one.measure.family != two.measure.family
            ):
                continue
            if (
                one.clause != two.clause
                or one.inside != two.inside
                or self.words[two.measure.lead - 1] not in (",", "và")
            ):
                continue
            if two.measure.change is not Change.LEVEL and two.measure.lead < two.measure.first:
                continue
            if self.judge.opens("topic-prepositions", one.rest):
                continue
            counts = one.measure.family == "count"
            levels = len(words_of(one.rest)) > 1 and not self.judge.opens("levels", one.rest)
            if self.judge.predicate(one.rest, 0 if counts else 1) or (counts and levels):
                continue
            predicate = self.judge.predicate(two.name)
            if predicate:
                name = f"{one.name} {predicate}"
                step = Step("name-shared-predicate", f"name {name}")
                out[at] = one._replace(name=name, measure=one.measure.but(step))
        return out

    def _lists_with(self, one: Measure, two: Measure, *, printed: bool) -> bool:
        """Whether a count goes on to another after "và", or where a rate is printed after a comma or some words."""
        between = self.words[one.tail : two.lead]
        if not one.family == two.family == "count" or not between:
            return False
        brief = len(between) <= _OWN and between[-1] in (",", "và") and all(word[0].isalpha() for word in between[:-1])
        return between == ["và"] or (printed and brief)

    def share_objects(self, named: list[Named]) -> list[Named]:
        """ "xây mới 35 căn và sửa chữa 41 căn nhà tình nghĩa": what the last of two verbs takes is of both."""
        out = list(named)
        for at in range(len(out) - 2, -1, -1):
            one, two = out[at], out[at + 1]
            if self._lacks_object(one) and self._gives_object(one, two):
                name = f"{one.name} {two.rest}"
                out[at] = one._replace(name=name, measure=one.measure.but(Step("name-shared-object", f"name {name}")))
        return out

    def _lacks_object(self, one: Named) -> bool:
        """Whether a verb and a number with its unit are all that a measure's name has."""
        measure = one.measure
        bare = measure.family in ("count", "physical") and measure.link in ("", "filler") and measure.basis is None
        return bare and bool(one.prefix) and not one.rest and not one.inherited and measure.change is Change.LEVEL

    def _gives_object(self, one: Named, two: Named) -> bool:
        """Whether another verb with a number in the same unit follows right after, and its object."""
        same = one.measure.unit == two.measure.unit and one.clause == two.clause and one.inside == two.inside
        joints = ("và",) if one.measure.family == "count" else (",", "và")
        follows = same and one.measure.tail < two.measure.lead and self.words[one.measure.tail] in joints
        verbs = bool(two.prefix) and bool(two.rest) and two.measure.change is Change.LEVEL
        return follows and verbs and self.judge.opens("act-verbs", one.prefix) > 0

    def share_denominators(self, named: list[Named]) -> list[Named]:
        """ "10 bác sĩ và 30 giường bệnh/1 vạn dân": the denominator belongs to both."""
        out = list(named)
        per = ""
        for at in range(len(out) - 2, -1, -1):
            one, two = out[at].measure, out[at + 1].measure
            per = self.filler.printed_per(two) or (per if two.per else "")
            if one.per is None and two.per and self._lists_with(one, two, printed=bool(per)):
                name = f"{out[at].name} {per}".replace(" /", "/") if per else out[at].name
                step = Step("shared-per", f"per {two.per}")
                out[at] = out[at]._replace(name=name, measure=one.but(step, per=two.per))
        return out
