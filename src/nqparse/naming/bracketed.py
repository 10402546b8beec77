"""A number alone in brackets → the name that the words before the bracket give it."""

from nqparse.models import Change
from nqparse.naming.judging import Judge
from nqparse.naming.wording import Wording
from nqparse.packs.load import Pack
from nqparse.quantity.measures import Measure
from nqparse.syntax.clauses import Clauses

_LONGEST = 12
_JOINT = 3


class Bracketed:
    """Names numbers in brackets of one block by the words that stand before the brackets."""

    def __init__(self, body: int, clauses: Clauses, wording: Wording, judge: Judge, pack: Pack) -> None:
        self.words = clauses.words
        self.body = body
        self.clauses = clauses
        self.wording = wording
        self.judge = judge
        self.pack = pack

    def said_in_words(self, measure: Measure, done: int) -> str:
        """ "Tổng số thu là hai nghìn đồng (2.000đ)": the name is before the bracket, up to the number in words.

        ``done`` is the token after the measure before.
        """
        bracket = self.clauses.opened[measure.first]
        first = self._start(bracket)
        if done > first:
            return ""
        attains = (n for n in range(bracket - 1, first, -1) if self.words[n] in ("là", ":"))
        last = next(attains, first) or first
        if last == first and self.wording.is_indicator_at(*self.wording.trim(first, bracket)):
            attained = self.pack.words("attainment-verbs")
            last = next((n for n in range(first + 1, bracket) if attained.after(self.words, n) is not None), first)
        return self.wording.phrase(*self.wording.trim(first, last))

    def item(self, measure: Measure, done: int) -> str:
        """ "Thị phần: đường bộ (67%), đường sắt (27%)": the item of a list that a number alone in brackets is of.

        Empty where the bracket holds more, or where no sign parts its words from the measure before, which ends at the
        token ``done``: then the number restates that.
        """
        bracket = self.clauses.opened[measure.first]
        bare = measure.change is Change.LEVEL and measure.basis is None and measure.family != "none"
        if not bare or measure.lead != bracket + 1 or self.clauses.closes.get(bracket) != measure.tail:
            return ""
        start = self._start(bracket)
        first = self._item_start(bracket, max(start, done), start)
        if first is None or self._states(measure, first, bracket):
            return ""
        name = self.wording.phrase(*self.wording.trim(first, bracket))
        if not name or self.judge.is_mere_verb(name):
            return ""
        colon = next((n for n in range(bracket - 1, start - 1, -1) if self.words[n] == ":"), start)
        if any(word[0].isdigit() for word in self.words[start:colon]):  # it has a number of its own
            return name
        topic = self.wording.phrase(*self.wording.trim(max(start, colon - _LONGEST), colon))
        return f"{topic} {name}".strip()

    def outside(self, measure: Measure) -> str:
        """ "khởi công Khu tái định cư Bãi Soi (diện tích 12 ha)": the words before it; empty if too many."""
        bracket = self.clauses.opened[measure.first]
        if self.clauses.clause(measure.first, measure.tail)[0] != bracket + 1:
            return ""
        first, last = self.wording.trim(self._start(bracket), bracket)
        return self.wording.phrase(first, last) if last - first <= _LONGEST else ""

    def _start(self, bracket: int) -> int:
        return max(self.clauses.clause(bracket, bracket + 1)[0], self.body)

    def _item_start(self, bracket: int, limit: int, start: int) -> int | None:
        """Where the item before a bracket begins: below a colon, after what opens a list or parts its members, else at
        the clause's start; None where that is too far, or no sign parts it from the measure before."""
        opens, joins = self.pack.words("opens-list"), self.pack.words("coordinators")
        for first in range(bracket - 1, max(limit, bracket - _LONGEST) - 1, -1):
            if self.words[first - 1] == ":" or opens.before(self.words, first) is not None:
                return first
            joint = joins.before(self.words, first) if ")" in self.words[max(0, first - _JOINT) : first] else None
            if joint is not None and self.words[first - joint[0] - 1] == ")":
                return first
        return start if limit == start and bracket - start <= _LONGEST else None

    def _states(self, measure: Measure, first: int, bracket: int) -> bool:
        """Whether the words state an amount, of which the number is the figures ("đạt hai nghìn đồng (2.000đ)")."""
        attained = self.pack.words("attainment-verbs")
        if "là" in self.words[first:bracket] or attained.within(self.words, first, bracket) is not None:
            return True
        counts = measure.family == "count"
        found = self.pack.nouns.before(self.words, bracket) if counts else self.pack.units.before(self.words, bracket)
        return found is not None and (counts or bracket - found[0] > first)
