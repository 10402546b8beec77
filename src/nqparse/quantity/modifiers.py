"""Measures → measures with what only the wider clause tells: missing unit, yearly denominator, basis, movement."""

from collections.abc import Sequence

from nqparse.models import Bound, Change, Role
from nqparse.packs.finding import Match
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.amounts import times
from nqparse.quantity.measures import Measure
from nqparse.quantity.surroundings import Surroundings
from nqparse.quantity.units import Step, read_unit
from nqparse.syntax.tokens import Tokens
from nqparse.words import first_word

_SIGNS = (";", ",", ".")
_MILLION = 1_000_000
_HEAD_OF_NAME = 4
_LINKS_OF_CHANGE = ("", "filler", "copula")
_NEAR = 8
_LEAST_NOTED = 4
_THOUSANDS = ("1000", "1.000")
_PLAN = 90


class Filler:
    """Fills in one block's measures. ``body`` is the token at which the block's text begins."""

    def __init__(self, tokens: Tokens, measures: Sequence[Measure], pack: Pack, body: int) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.by_first = {measure.first: measure for measure in measures}
        self.pack = pack
        self.body = body
        self.standard = ""

    def opened(self, measure: Measure, start: int, *, anew: bool) -> Measure:
        """A measure with what it is compared with before its number; ``anew`` tells that a sentence begins.

        "so với cùng kỳ giảm 9 vụ, số người chết giảm 4 người": what opens a clause compares all changes in it.
        """
        self.standard = "" if anew else self.standard
        measure = self.compared(measure, start)
        if measure.basis is not None:
            self.standard = measure.basis if measure.lead <= start else ""
        elif self.standard and measure.change in (Change.INCREASE, Change.DECREASE):
            measure = measure.but(Step("compared-before", f"basis {self.standard}"), basis=self.standard)
        return measure

    def completed(self, measure: Measure, around: Surroundings) -> Measure:
        """A measure with its unit, denominator, change and basis, as far as its clause tells them."""
        measure = self.level_compared(measure, around)
        measure = self.yearly(measure, around.clause, around.start)
        measure = self.with_unit(measure, around) if not measure.unit else measure
        measure = self.planned(measure, around.bracket)
        moves = measure.change is not Change.LEVEL or self.words[max(0, measure.first - 1)] == "từ"
        if moves and self.moves_to(measure) is not None:
            measure = measure.but(Step("movements", "change level, role actual"), change=Change.LEVEL, role=Role.ACTUAL)
        measure = self.with_basis(measure, around)
        measure = self.change_in_verb(measure, around)
        limit = min(around.clause[1], around.following.lead) if around.following else around.clause[1]
        return self.yearly_after(measure, limit)

    def level_compared(self, measure: Measure, around: Surroundings) -> Measure:
        """ "tăng 6,8%, thấp hơn mức tăng 9,6% của cùng kỳ": what a result is set beside is a level."""
        compared = self.pack.expression("compared-level")
        text = self.tokens.slice(around.start, measure.lead)
        if around.before is None or not compared.may_be_in(text) or not compared.fullmatch(around.left):
            return measure
        around.left = ""
        return measure.but(Step("compared-level", "change level"), change=Change.LEVEL)

    def leads_on(self, measure: Measure) -> bool:
        """Whether a verb of change before the words that name a number makes it a difference: nothing else leads to it
        ("Giảm tỷ lệ hộ nghèo 2%"), and it moves to no other number."""
        free = measure.link in ("", "filler") or (measure.link == "copula" and self.falls_by(measure))
        by_itself = measure.family == "money" and measure.lead == measure.first
        return (by_itself or (measure.family == "share" and free)) and self.moves_to(measure) is None

    def change_in_verb(self, measure: Measure, around: Surroundings) -> Measure:
        """ "kéo giảm tai nạn ít nhất 5%": the verb that opens the clause makes the share a difference."""
        if measure.change is not Change.LEVEL:
            return measure
        if measure.family == "count":
            return self._falls_by_a_count(measure, around)
        if measure.family not in ("share", "money"):
            return measure
        if measure.link == "colon" and measure.family == "share":
            return self._change_before_colon(measure)
        if measure.link not in (_LINKS_OF_CHANGE if measure.family == "share" else ("",)):
            return measure
        grows, text = self.pack.expression("grows-at-the-end"), self.tokens.slice(around.start, measure.lead)
        grown = None
        if measure.link != "copula" and grows.may_be_in(text):
            grown = grows.search(around.left)
        if grown is not None and (grown.start() > 0 or self._follows_a_level(measure)):
            return measure.but(Step("grows-at-the-end", "change increase"), change=Change.INCREASE)
        match = self._verb_of_change(measure, around)
        if match is None or (measure.link == "copula" and not (match.group("down") and self.falls_by(measure))):
            return measure
        change = Change.DECREASE if match.group("down") else Change.INCREASE
        return measure.but(Step("verb-of-change", f"change {change}"), change=change)

    def _verb_of_change(self, measure: Measure, around: Surroundings) -> Match | None:
        """The verb of change that the words before a number begin with."""
        verb = self.pack.expression("verb-of-change")
        return verb.match(around.left) if verb.may_be_in(self.tokens.slice(around.start, measure.lead)) else None

    def _falls_by_a_count(self, measure: Measure, around: Surroundings) -> Measure:
        """ "Giảm hộ nghèo theo chuẩn đa chiều 300 hộ": what falls is said before how many of it."""
        match = self._verb_of_change(measure, around) if measure.link == "" else None
        if match is None or not match.group("down"):
            return measure
        noun = self.noun(measure).lower()
        if not noun or noun not in around.left[match.end() :].lower():
            return measure
        return measure.but(Step("verb-of-change", "change decrease"), change=Change.DECREASE)

    def _change_before_colon(self, measure: Measure) -> Measure:
        """ "Giảm tỷ lệ hộ nghèo: 2%/năm", "Tăng thu ngân sách: 12%": a row that is a verb says by how much."""
        run = range(measure.first - 1, max(self.body, measure.first - _NEAR) - 1, -1)
        colon = next((n for n in run if self.words[n] == ":"), None)
        if colon is None or self.pack.words("movements").within(self.words, colon, measure.first) is not None:
            return measure
        row = self.tokens.slice(self.body, colon)
        match = self.pack.expression("verb-of-change").match(row)
        if match is None or any(sign in row for sign in ".;"):
            return measure
        rate = self.pack.expression("rate-words").match(row[match.end() :]) is not None
        if not match.group("down") and rate and measure.per is None:
            return measure
        change = Change.DECREASE if match.group("down") else Change.INCREASE
        return measure.but(Step("verb-of-change", f"change {change}"), change=change)

    def _follows_a_level(self, measure: Measure) -> bool:
        """ "đạt 8.842 tỷ đồng, tăng trưởng 9,9%": whether "tăng trưởng" alone goes on with a number right before it."""
        comma = measure.lead - 3
        return comma > 0 and self.words[comma] == "," and any(n in self.by_first for n in range(comma - 4, comma))

    def falls_by(self, measure: Measure) -> bool:
        """ "Giảm tỷ lệ hộ nghèo hằng năm là 3%", not "Giảm tỷ lệ hộ nghèo còn 3%"."""
        states, moves = (
            self.pack.words(rule).within(self.words, measure.lead, measure.first)
            for rule in ("before-difference", "movements")
        )
        return states is not None and moves is None

    def with_unit(self, measure: Measure, around: Surroundings) -> Measure:
        """A unit for a number without one: the word after it, else the counted noun of its name."""
        left, whole = around.left, around.outer
        if (noted := self._noted(measure)) is not None:
            return noted
        at = measure.unit_to
        noun = self._after_counter(at) if measure.of is not None else at
        first = (
            first_word(self.tokens.slice(noun, min(noun + 6, len(self.words)))) if self.noun_may_follow(noun) else ""
        )
        taken = noun - at + len(first.split())
        if first:
            return measure.but(
                Step("unit-from-next-word", f"unit {first.lower()}"),
                unit=first.lower(), family="count", unit_to=at + taken, tail=max(measure.tail, at + taken),
            )  # fmt: skip
        kind = self.pack.words("member-kinds").after(self.words, measure.unit_to) is not None
        target = measure.role is Role.TARGET
        if whole is not None and whole.family == "count" and (left or kind or target):
            step = Step("unit-of-the-whole", f"unit {whole.unit}")
            return measure.but(step, unit=whole.unit, family="count")
        if whole is not None and whole.family == "physical" and self.words[at : at + 1] in ([";"], [","], [")"]):
            unit = whole.unit
            return measure.but(Step("unit-of-the-whole", f"unit {unit}"), unit=unit, family="physical")
        if measure.of is not None and (counted := self._counted_first(left)):
            return measure.but(Step("unit-from-name", f"unit {counted}"), unit=counted, family="count")
        if measure.of is not None and (last := self.pack.nouns.before(self.words, measure.lead)) is not None:
            unit = last[1].unit or last[2].lower()
            return measure.but(Step(last[1].id, f"unit {unit}"), unit=unit, family="count")
        if (moved := self.moves_to(measure)) is not None:
            return measure.but(Step("unit-of-the-movement", f"unit {moved.unit}"), unit=moved.unit, family=moved.family)
        return self._with_unit_of_name(measure, left)

    def _with_unit_of_name(self, measure: Measure, left: str) -> Measure:
        """The unit that only the words before a number tell: the noun that they begin with, or money in millions."""
        unit = self.unit_of_name(left)
        if unit:
            return measure.but(Step("unit-from-name", f"unit {unit}"), unit=unit, family="count")
        if self._is_money(measure, left):
            return measure.but(Step("money-without-unit", "unit VND"), unit="VND", family="money")
        return measure

    def _is_money(self, measure: Measure, left: str) -> bool:
        """ "Doanh thu đạt 45 triệu": millions of what nothing says, after no word for what comes in millions."""
        multiplied = any(step.sets.startswith("×") for step in measure.steps)
        amount = measure.high if measure.low is None else measure.low
        rated = self.words[measure.unit_to : measure.unit_to + 1] == ["/"]
        if not multiplied or rated or amount is None or amount < _MILLION:
            return False
        name = words_of(left)
        return bool(name) and self.pack.words("in-millions").within(name, 0, _HEAD_OF_NAME) is None

    def _noted(self, measure: Measure) -> Measure | None:
        """ "Sản lượng lương thực (nghìn tấn): 310": the measure with the unit in brackets before its colon, if any."""
        run = self.words[max(0, measure.first - _NEAR) : measure.first]
        colon = measure.first - 1 - run[::-1].index(":") if ":" in run else 0
        before = self.words[max(0, colon - _NEAR) : colon][::-1]
        if colon < _LEAST_NOTED or before[0] != ")" or "(" not in before:
            return None
        first = colon - before.index("(")
        thousands = self.words[first] in _THOUSANDS
        read = read_unit(self.tokens, first + thousands, self.pack)
        if not read.unit or read.end != colon - 1:
            return None
        factor = times(read.factor, 1000 if thousands else 1)
        low = None if measure.low is None else times(measure.low, factor)
        high = None if measure.high is None else times(measure.high, factor)
        step = Step("unit-in-brackets", f"unit {read.unit}")
        return measure.but(step, unit=read.unit, family=read.family, low=low, high=high)

    def _after_counter(self, at: int) -> int:
        """ "2/3 số xã": where the counted noun begins behind a word that counts it."""
        counter = self.pack.words("before-counted-noun").after(self.words, at)
        noun = at + counter[0] if counter is not None else at
        return noun if self.pack.nouns.after(self.words, noun) is not None else at

    def moves_to(self, measure: Measure) -> Measure | None:
        """The measure that a movement leads to: "giảm từ 14 xuống còn 11 đơn vị", "tăng từ 45 lên hơn 60 triệu"."""
        moves = self.pack.words("movements")
        start = measure.unit_to
        if self.words[start : start + 1] == ["("] and ")" in self.words[start : start + _NEAR]:
            start += self.words[start : start + _NEAR].index(")") + 1
        for n in range(start, min(start + 6, len(self.words))):
            found = moves.after(self.words, n)
            if found is not None:
                to = n + found[0]
                while to not in self.by_first and (lead := self.pack.leads.after(self.words, to)) is not None:
                    to += lead[0]
                return self.by_first.get(to)
            if self.words[n] in ",;." or (self.words[n] == "(" and n > measure.unit_to):
                return None
        return None

    def noun_may_follow(self, at: int) -> bool:
        if at >= len(self.words) or not self.words[at][0].isalpha():
            return False
        if (
            self.pack.words("not-counted").after(self.words, at) is not None
            or self.pack.words("member-kinds").after(self.words, at) is not None
            or self.pack.leads.after(self.words, at) is not None
        ):
            return False
        original = self.tokens.slice(at, at + 1)
        ends = at + 1 >= len(self.words) or self.words[at + 1] in _SIGNS
        return original[0].islower() or (ends and len(original) > 1 and original.isupper())

    def unit_of_name(self, left: str) -> str:
        """ "đảng bộ cơ sở là 18": the noun that the name begins with is what is counted."""
        words = words_of(left)
        if self.pack.words("indices").after(words, 0) is not None:
            return ""
        at = 0
        counters = self.pack.words("before-counted-noun")
        while (found := counters.after(words, at)) is not None:
            at += found[0]
        noun, verb = self.pack.nouns.after(words, at), self.pack.words("act-verbs").after(words, at)
        if noun is None or (verb is not None and verb[0] > noun[0]):
            return ""
        return noun[1].unit or noun[2].lower()

    def _counted_first(self, left: str) -> str:
        """ "Số lượng đảng viên trong cơ quan 28/35": the noun after words that count."""
        counts = self.pack.words("before-counted-noun").after(words_of(left), 0) is not None
        return self.unit_of_name(left) if counts else ""

    def yearly(self, measure: Measure, clause: tuple[int, int], start: int) -> Measure:
        """ "Hằng năm, … tăng trên 3%": the clause's first words are the denominator of a count or a change.

        It may also stand at the end of a name ("thu nhập bình quân đầu người/năm"), whose words begin at ``start``.
        """
        name = self.tokens.slice(start, measure.lead) if start < measure.lead else ""
        if measure.per is None and self.pack.expression("yearly-after-a-slash").search(name) is not None:
            return measure.but(Step("yearly-after-a-slash", "per năm"), per="năm")
        opens = max(clause[0], self.body)
        if measure.per is None and measure.family == "count" and opens < len(self.words):
            rate = self.pack.expression("opens-with-a-rate").match(self.tokens.text, self.tokens.starts[opens])
            if rate is not None:
                return measure.but(Step("opens-with-a-rate", f"per {rate.group('per')}"), per=rate.group("per").lower())
        found = self.pack.words("yearly-openers").after(self.words, opens)
        if found is None or measure.per is not None or (measure.family == "share" and measure.change is Change.LEVEL):
            return measure
        return measure.but(Step("yearly-openers", "per năm"), per="năm")

    def yearly_after(self, measure: Measure, limit: int) -> Measure:
        """ "trồng mới 500 ha rừng mỗi năm": words may stand between a unit and its "mỗi năm"."""
        if measure.per is not None or (measure.family == "share" and measure.change is Change.LEVEL):
            return measure
        for at in range(measure.tail, min(limit, measure.tail + 8)):
            if not self.words[at][0].isalpha():
                break
            tail = self.pack.tails.after(self.words, at)
            if tail is not None and tail[1].per is not None:
                return measure.but(Step(tail[1].id, f"per {tail[1].per}"), per=tail[1].per)
        return measure

    def compared(self, measure: Measure, start: int) -> Measure:
        """ "X so với năm 2025 tăng 12%": the basis may stand before the number, after the words from ``start`` on."""
        if measure.basis is not None or measure.lead <= start:
            return measure
        place, search = self.tokens.starts[start], self.pack.expression("compared-before").search
        match = search(self.tokens.text, place, self.tokens.ends[measure.lead - 1])
        if match is None and measure.first > measure.lead:
            match = search(self.tokens.text, place, self.tokens.ends[measure.first - 1])
            measure = measure if match is None else _unbounded(measure._replace(role=None))
        if match is None:
            return measure
        basis = match.group("basis").strip()
        lead = min(measure.lead, self.tokens.at(match.start()))
        measure = measure.but(Step("compared-before", f"basis {basis}"), basis=basis, lead=lead)
        if measure.change is Change.LEVEL and (match.group("up") or match.group("down")):
            change = Change.INCREASE if match.group("up") else Change.DECREASE
            measure = measure.but(Step("compared-before", f"change {change}"), change=change)
        return measure

    def with_basis(self, measure: Measure, around: Surroundings) -> Measure:
        """ "so với kế hoạch" and "% dự toán" after the number."""
        if measure.basis is not None:
            return measure
        text = self.tokens.text
        start = self.tokens.ends[measure.tail - 1] if measure.tail else 0
        for rule, pattern in self.pack.bases:
            match = pattern.match(text, start)
            if match is None:
                continue
            if not match.groupdict().get("with") and (measure.family != "share" or not around.has_subject):
                continue
            basis = " ".join(match.group("basis").split()).strip(" ,.;")
            measure = measure.but(
                Step(rule.id, f"basis {basis}"), basis=basis, tail=max(measure.tail, self.tokens.at(match.end()))
            )
            measure = self._bounded_after(measure)
            return self._exceeding_it(measure) if match.groupdict().get("with") else measure
        return measure

    def planned(self, measure: Measure, bracket: int) -> Measure:
        """ "vượt mục tiêu Đại hội đề ra (12%)": a number alone in a bracket behind the plan that was reached."""
        if bracket < 0 or measure.role is not None or measure.lead != bracket + 1 or measure.basis is not None:
            return measure
        end = self.tokens.starts[bracket]
        if self.pack.expression("plan-before-bracket").search(self.tokens.text, max(0, end - _PLAN), end) is None:
            return measure
        return measure.but(Step("plan-before-bracket", f"role {Role.TARGET}"), role=Role.TARGET)

    def _bounded_after(self, measure: Measure) -> Measure:
        """ "đạt 100% chỉ tiêu trở lên": a bound's words may follow the basis."""
        tail = self.pack.tails.after(self.words, measure.tail)
        if tail is None or tail[1].bound not in (Bound.MIN, Bound.ABOVE) or measure.bound is not Bound.EXACT:
            return measure
        step = Step(tail[1].id, f"bound {tail[1].bound}")
        return measure.but(step, bound=tail[1].bound, high=None, tail=measure.tail + tail[0])

    def _exceeding_it(self, measure: Measure) -> Measure:
        """ "vượt 204 tấn so với kế hoạch" is an excess; without what is exceeded it is a bound."""
        if not any(step.rule == "exceeds-an-amount" for step in measure.steps):
            return measure
        low = measure.low if measure.low is not None else measure.high
        step = Step("exceeds-the-basis", "change exceed")
        return measure.but(step, change=Change.EXCEED, bound=Bound.EXACT, low=low, high=low)

    def noun(self, measure: Measure) -> str:
        """The counted noun as printed."""
        if measure.family != "count" or measure.unit_to <= measure.unit_from:
            return ""
        first = measure.unit_from
        while (multiplier := self.pack.multipliers.after(self.words, first)) is not None:
            first += multiplier[0]
        return self.tokens.slice(first, measure.unit_to)

    def printed_per(self, measure: Measure) -> str:
        at = measure.unit_to
        if at < len(self.words) and self.words[at] in ("/", "trên") and measure.tail > at + 1:
            text = self.tokens.slice(at, measure.tail)
            return text if "dân" in text.lower() else ""
        return ""


def _unbounded(measure: Measure) -> Measure:
    """ "thấp hơn mục tiêu 3 xã": what looked like a bound compares, and the number is a difference."""
    value = measure.low if measure.low is not None else measure.high
    return (
        measure
        if measure.bound not in (Bound.ABOVE, Bound.BELOW)
        else measure._replace(bound=Bound.EXACT, low=value, high=value)
    )
