"""Counts → their names: the counted noun with the words after it, those before it, or both."""

from collections.abc import Sequence

from nqparse.models import Change
from nqparse.naming.carrying import Carrier
from nqparse.naming.filling import Filler
from nqparse.naming.judging import Judge
from nqparse.naming.named import Named
from nqparse.naming.wording import Wording
from nqparse.packs.load import Pack
from nqparse.quantity.measures import Measure
from nqparse.syntax.clauses import Clauses
from nqparse.syntax.tokens import Tokens

_LONG_LIST = 24
_LONG_INTRO = 9
_BRIEF = 4


class Counting:
    """Names the counts of one block, whose text begins at token ``body``; its namer adds to ``done``, those named."""

    def __init__(
        self,
        tokens: Tokens,
        body: int,
        clauses: Clauses,
        wording: Wording,
        judge: Judge,
        filler: Filler,
        carrier: Carrier,
        done: Sequence[Named],
        pack: Pack,
    ) -> None:
        self.words = tokens.words
        self.body = body
        self.clauses = clauses
        self.wording = wording
        self.judge = judge
        self.filler = filler
        self.carrier = carrier
        self.done = done
        self.pack = pack

    def name(self, measure: Measure, left: str, right: str, before: Named | None) -> tuple[str, str] | None:
        """The name of a count: its noun with the words after it, those before it, or both."""
        noun = self.filler.noun(measure)
        left = left if self._belongs(measure, left, right) else ""
        counted = self._counted(measure, noun, right)
        if noun and (self._attends(measure) or self._votes(measure)):
            return counted, "name-after"
        if before is not None and noun and not right and self._says_a_year_of(measure, before, noun):
            return before.name, "name-of-the-measure-before"
        if before is not None and noun and self._is_for(measure) and before.measure.tail <= measure.lead:
            whom = f"cho {counted}"
            return before.name if before.name.endswith(whom) else f"{before.name} {whom}", "name-for-whom"
        if not left:
            return self._alone(measure, noun, right, counted, before)
        verb_alone = self.judge.is_activity(left) and measure.link == "growth"
        if noun and not right and before is not None and self._adds_up(measure, left, before):
            return f"{noun} {before.rest}", "name-of-the-measure-before"
        if noun and (self.judge.is_mere_count(left) or verb_alone):
            return f"{left} {counted}", "name-on-both-sides"
        if measure.link in ("copula", "colon", "growth"):
            return self._linked(measure, left, noun, right, counted)
        if measure.link == "have":
            return self._had(measure, left, noun, right, counted)
        said = _contains(left, noun) or (self.judge.is_generic(noun) and not left.endswith(" cho"))
        if noun and not right and said:
            return left, "name-before"
        return f"{left} {counted}".strip(), "name-on-both-sides"

    def _belongs(self, measure: Measure, left: str, right: str) -> bool:
        """Whether the words before a count are part of its name: neither a verb alone nor those whose figures it is."""
        mere = measure.link != "colon" and (self.judge.is_mere_verb(left) or self._is_owner(measure, left, right))
        return bool(left) and not mere and not self._is_set_forth(measure)

    def _adds_up(self, measure: Measure, left: str, before: Named) -> bool:
        """ "công nhận mới 3 trường đạt chuẩn, nâng tổng số lên 27 trường": the total of what was counted before."""
        return before.measure.unit == measure.unit and bool(before.rest) and self.judge.is_mere_count(left)

    def _is_set_forth(self, measure: Measure) -> bool:
        """ "Đại hội đã đề ra 18 chỉ tiêu cụ thể": who set them is no part of the name."""
        return self.pack.words("sets-aims").before(self.words, measure.first) is not None

    def _attends(self, measure: Measure) -> bool:
        """ "lãnh đạo các phòng cùng 186 đại biểu đại diện cho 697 đảng viên": each is counted by itself."""
        attends = self.pack.words("attendance")
        return any(attends.before(self.words, at) is not None for at in {measure.first, measure.lead})

    def _votes(self, measure: Measure) -> bool:
        """ "được thông qua ngày 10 tháng 12 với 52/54 đại biểu tán thành": what was voted on is no part of the name."""
        first = max(self.clauses.clause(measure.lead, measure.first + 1)[0], measure.lead - _LONG_LIST)
        return measure.of is not None and self.pack.words("votes").within(self.words, first, measure.lead) is not None

    def _is_owner(self, measure: Measure, left: str, right: str) -> bool:
        """ "Huyện Khe Đá đã đạt 13/14 chỉ tiêu được giao": whose figures they are is no part of the name."""
        leads = measure.lead < measure.first
        return bool(right) and leads and self.pack.expression("mere-place").match(left) is not None

    def _counted(self, measure: Measure, noun: str, right: str) -> str:
        """The counted noun with the words after it, and with the people that a rate is for."""
        per = self.filler.printed_per(measure) if measure.per and noun else ""
        counted = f"{noun} {per}".replace(" /", "/") if per else noun
        return " ".join(part for part in (counted, right) if part).replace(" ,", ",")

    def _alone(
        self, measure: Measure, noun: str, right: str, counted: str, before: Named | None
    ) -> tuple[str, str] | None:
        """The name of a count without words before it; None where it goes on with a measure before."""
        if (not noun and not right) or self._restates(measure, right, before):
            return None
        changed = measure.change is not Change.LEVEL
        if not right and changed and self.earlier_in_unit(measure) is not None:
            return None
        if (
            not right
            and before is not None
            and self.words[measure.lead - 1] == "/"
            and before.measure.unit == measure.unit
        ):
            return None
        if before is None:
            moved = self._counted_before(measure, noun) if not right else None
            if moved is not None:
                return moved.name, "name-of-the-measure-before"
            return self._heading(measure, noun) or counted, "name-after"
        if owner := self.carrier.owner(measure, before):
            return f"{owner} {counted}", "name-attribute"
        if not right and self._says_again(measure, before.measure):
            return None
        linked = before.measure.family not in ("count", "physical") or before.measure.link in ("copula", "have")
        verb = self.pack.expression("happens").sub("", before.prefix) if changed else before.prefix
        if (
            verb
            and not linked
            and measure.link != "have"
            and self.carrier.joined(measure)
            and not self.judge.is_mere_verb(verb)
            and not self.judge.names_a_quantity(verb)
        ):
            return f"{verb} {counted}", "name-shared-verb"
        if not right and (changed or measure.link in ("copula", "colon", "growth")):
            return None if changed or self.carrier.may_restate(measure, before) else (counted, "name-after")
        return counted, "name-after"

    def _says_again(self, measure: Measure, before: Measure) -> bool:
        """Whether a number says of all years so far, or of another one, what the one before it says."""
        so_far = before.unit == measure.unit and bool(self.carrier.cumulative(measure))
        return so_far or self.carrier.dated_again(measure, before)

    def _heading(self, measure: Measure, noun: str) -> str:
        """ "Chỉ tiêu về kinh tế (04 chỉ tiêu)": a count alone in brackets counts what the words before it say."""
        bracket = self.clauses.opened[measure.first]
        if bracket < 0 or measure.first != bracket + 1 or measure.tail != self.clauses.closes.get(bracket):
            return ""
        first, last = self.wording.trim(max(self.clauses.clause(bracket, bracket + 1)[0], self.body), bracket)
        name = self.wording.phrase(first, last)
        return name if _contains(name, noun) or not name else f"{noun} {name}"

    def _linked(self, measure: Measure, left: str, noun: str, right: str, counted: str) -> tuple[str, str]:
        """The name of a count that "là", "đạt" or a colon links to the words before it."""
        if self.judge.starts_with_predicate(left) and noun and not right:
            return f"{noun} {left}", "name-noun-and-predicate"
        has = "có" in self.words[measure.lead : measure.first]
        if measure.link == "colon" and right and len(left.split()) > _LONG_INTRO:
            return counted, "name-after"
        if measure.link == "colon" and (right or has) and not _contains(left, noun):
            return f"{left} {counted}", "name-on-both-sides"
        return left, "name-before"

    def _had(self, measure: Measure, left: str, noun: str, right: str, counted: str) -> tuple[str, str]:
        """The name of a count after "có": who has it is left out where the words after it say enough, and the noun
        where they are a quantity that is counted in it ("Tổng đàn gia cầm có 602.000 con")."""
        if noun and not right and self.words[measure.tail : measure.tail + 1] == ["và"]:
            return counted, "name-after"
        if noun and _contains(left, noun):
            return (f"{left} {right}" if right else left), "name-before"
        if right and len(left.split()) <= _BRIEF and self.judge.opens("distributives", left):
            return f"{left} {counted}", "name-on-both-sides"
        if right or not noun:
            return counted, "name-after"
        if self.judge.names_a_quantity(left):
            return left, "name-before"
        return f"{left} {noun}", "name-on-both-sides"

    def _is_for(self, measure: Measure) -> bool:
        """ "mở 03 lớp … cho 714 đồng chí": the number says for how many what was counted before is."""
        if measure.lead == 0 or self.words[measure.lead - 1] != "cho":
            return False
        between = self.words[self.done[-1].measure.tail : measure.lead] if self.done else [";"]
        verb = self.pack.words("empty-name").before(self.words, measure.lead - 1)
        acts = self.pack.words("act-verbs")
        listed = bool(self.done) and (self.done[-1].measure.family == "count" or self.done[-1].inherited)
        if listed and any(word == "," and acts.after(between, n + 1) is not None for n, word in enumerate(between)):
            return False
        comma = next((n for n in range(len(between) - 1, -1, -1) if between[n] == ","), len(between))
        amount = bool(self.done) and self.done[-1].measure.family not in ("count", "share")
        if amount and acts.after(between, comma + 1) is not None:
            return False
        changed = bool(self.done) and self.done[-1].measure.change is not Change.LEVEL
        if changed and not listed and any(acts.after(between, n) is not None for n in range(comma + 1, len(between))):
            return False
        return len(between) <= _LONG_LIST and ";" not in between and verb is None

    def _counted_before(self, measure: Measure, noun: str) -> Named | None:
        """ "Đầu năm có 320 hộ nghèo; cuối năm còn 210 hộ": what a number that something moves to counts."""
        if self.pack.words("movements").within(self.words, measure.lead, measure.first) is None:
            return None
        same = (one for one in reversed(self.done[-6:]) if f"{one.measure.unit} ".startswith(f"{noun} "))
        return next(same, None)

    def earlier_in_unit(self, measure: Measure) -> Named | None:
        """The last measure before that counts the same ("21 vụ, …; so với cùng kỳ giảm 04 vụ")."""
        same = (one for one in reversed(self.done[-6:]) if one.measure.unit == measure.unit)
        return next(same, None)

    def _says_a_year_of(self, measure: Measure, before: Named, noun: str) -> bool:
        """ "12.600 lao động nông thôn, bình quân mỗi năm 3.150 người": how many a year of those before it."""
        counts = before.measure.family == "count" and before.measure.per is None and measure.per == "năm"
        alike = measure.unit == before.measure.unit or self.judge.is_generic(noun)
        return counts and alike and self.words[before.measure.tail : measure.first].count(",") == 1

    def _restates(self, measure: Measure, right: str, before: Named | None) -> bool:
        """ "4 % (5 người/năm)": a number alone in brackets says the measure before it again."""
        depth = self.clauses.opened[measure.first]
        if before is None or right or depth < 0 or measure.lead != depth + 1:
            return False
        counts = before.measure.family == measure.family == "count" and before.measure.unit != measure.unit
        return not (counts and self.words[measure.tail : measure.tail + 1] in ([","], ["và"]))


def _contains(left: str, noun: str) -> bool:
    return noun.lower() in left.lower()
