"""The words of a number's own, before and after it → its name."""

from collections.abc import Sequence

from nqparse.models import Change
from nqparse.naming.carrying import Carrier
from nqparse.naming.counting import Counting
from nqparse.naming.judging import Judge
from nqparse.naming.named import Named
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.measures import Measure

_COUNTS = ("count", "none")
_BRIEF = 2
_GIVEN = ("cho ", "từ ", "để ")


class OwnWords:
    """Makes the names that need nothing but a number's own words."""

    def __init__(self, words: Sequence[str], counting: Counting, judge: Judge, carrier: Carrier, pack: Pack) -> None:
        self.words = words
        self.counting = counting
        self.judge = judge
        self.carrier = carrier
        self.pack = pack

    def name(self, measure: Measure, left: str, right: str, before: Named | None) -> tuple[str, str] | None:
        """The name that a number's own words give, and the rule that made it; None where they give none."""
        if measure.steps and any(step.rule == "compared-level" for step in measure.steps):
            return None
        if measure.family in _COUNTS:
            return self.counting.name(measure, left, right, before)
        if before is not None and self.carrier.is_of_counted(measure, before):
            return before.name, "name-of-the-measure-before"
        if right[:3].lower() == "về " and measure.change is not Change.LEVEL and self.judge.is_indicator(right[3:]):
            return right[3:], "name-about"
        if left and not right and before is not None and self._spends(measure, left, before):
            return f"{left} {before.name}", "name-of-what-is-spent"
        if left and not self.judge.is_mere_verb(left) and not (right and self.judge.is_field(left)):
            return self._amount_led(measure, left, right or self._object_before(measure, left, before))
        if measure.change is not Change.LEVEL or (before is not None and before.measure.change is not Change.LEVEL):
            right = " ".join(right.split()[self.judge.opens("topic-prepositions", right) :])
        if not left and before is not None:
            return self._amount_after(measure, right, before)
        if right:
            return self._right_led(measure, left, right)
        return (left, "name-before") if left and before is None else None

    def _right_led(self, measure: Measure, left: str, right: str) -> tuple[str, str]:
        """The name of an amount or share before words that name something."""
        if not left and (verb := self._given_before(right)):
            return f"{verb} {right}", "name-shared-verb"
        return (f"{left} {right}" if left and measure.family != "share" else right), "name-after"

    def _given_before(self, right: str) -> str:
        """ "Hỗ trợ 5 triệu đồng đối với hộ nghèo; 3 triệu đồng đối với hộ cận nghèo": what the amount before says."""
        earlier = (
            self.counting.done[-1] if self.counting.done and self.judge.opens("topic-prepositions", right) else None
        )
        return earlier.prefix if earlier is not None and self.judge.opens("topic-prepositions", earlier.rest) else ""

    def _amount_led(self, measure: Measure, left: str, right: str) -> tuple[str, str]:
        """The name of an amount or share after words that name something."""
        if right and self.carrier.takes_object(measure, right):
            return right, "name-after"
        if right.lower().startswith(_GIVEN) and self._gives(measure, left):
            return f"{left} {right}", "name-on-both-sides"
        anew = bool(right) and measure.basis is None and not self._is_said(left, right)
        if anew and not self.judge.opens("no-basis", right):
            return f"{left} {right}", "name-on-both-sides"
        return left, "name-before"

    def _is_said(self, left: str, right: str) -> bool:
        """ "Tỷ lệ dân số tham gia bảo hiểm y tế: 95% dân số": whether the words before a share say what it is of."""
        whole = words_of(right)[self.judge.opens("before-counted-noun", right) :]
        return bool(whole) and f" {' '.join(whole)} " in f" {' '.join(words_of(left))} "

    def _gives(self, measure: Measure, left: str) -> bool:
        """Whether the words before an amount are a verb alone, or say what money is given for."""
        money = measure.family == "money" and self.judge.gives(left)
        return money or self.judge.is_activity(left)

    def _spends(self, measure: Measure, left: str, before: Named) -> bool:
        """ "Vốn được giao 48 tỷ đồng, đã giải ngân 41 tỷ đồng": a verb alone whose object is the money before."""
        money = measure.family == before.measure.family == "money"
        return money and self.judge.opens("disbursement", left) == len(words_of(left))

    def _object_before(self, measure: Measure, left: str, before: Named | None) -> str:
        """What the measure before is of, where a verb alone leads to this one ("trải nhựa 4 km đường, mở mới 2 km")."""
        if before is None or before.measure.unit != measure.unit or measure.family != "physical" or measure.basis:
            return ""
        brief = len(words_of(left)) <= _BRIEF and self.judge.opens("act-verbs", left) > 0
        return before.rest if brief else ""

    def _amount_after(self, measure: Measure, right: str, before: Named) -> tuple[str, str] | None:
        """The name of an amount or share right after another; None where it goes on with that."""
        if measure.basis is not None or not right:
            return None
        if self.words[measure.lead - 1] in ",(" and self.carrier.is_share_of_it(measure, right):
            return f"{before.name} {right}", "name-and-whole"
        if self.words[measure.lead - 1] == "," and measure.link == "growth":
            return None
        if self.judge.opens("topic-prepositions", right) and before.prefix and self.carrier.coordinated(measure):
            return f"{before.prefix} {right}", "name-shared-verb"
        verb = self.carrier.shared_verb(measure, before)
        return (f"{verb} {right}", "name-shared-verb") if verb else (right, "name-after")
