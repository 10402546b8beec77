"""Numbers → measures: value or range, unit, denominator, bound, change and basis, read from the words around them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import regex

from nqparse.faults import RAISING, Guard
from nqparse.models import Bound, Change, Role
from nqparse.packs.load import Pack
from nqparse.packs.schema import Lead
from nqparse.quantity.amounts import stored, times
from nqparse.quantity.expressions import Expressions
from nqparse.quantity.numbers import BlockNumbers
from nqparse.quantity.units import Step
from nqparse.syntax.tokens import Tokens
from nqparse.words import lexicon

_ONE_SIDED = (Bound.MIN, Bound.ABOVE, Bound.MAX, Bound.BELOW)
_FAR_TAIL = 16
_NEAR_TAIL = 4
_LONGEST_MARK = 4
_SHORTEST_NAME = 2
_COUNTED = ("count", "share", "none")
ROUNDED = "value-rounded"
"""The step of a measure whose value has more places than the tables hold."""


class Measure(NamedTuple):
    """A numeric expression in a block, read as far as the words next to it tell.

    ``start`` and ``end`` are the span of the expression in the block's text; ``lead`` and ``tail`` are token indices:
    where the words that lead to it begin, and where its unit, denominator, bound and basis end.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str = ""
    family: str = "none"
    per: str | None = None
    of: Decimal | None = None
    bound: Bound = Bound.EXACT
    change: Change = Change.LEVEL
    basis: str | None = None
    role: Role | None = None
    link: str = ""
    first: int = 0
    lead: int = 0
    unit_from: int = 0
    unit_to: int = 0
    tail: int = 0
    steps: tuple[Step, ...] = ()

    def but(self, step: Step, **changes: Any) -> "Measure":
        """A copy with changes, and the step that made them."""
        return self._replace(steps=(*self.steps, step), **changes)


def storable(measure: Measure) -> Measure | None:
    """The measure with values as the tables hold them, rounded where they have more places; None where one is too large
    for them."""
    given = {name: value for name in ("low", "high", "of") if (value := getattr(measure, name)) is not None}
    values: dict[str, Any] = {name: stored(value) for name, value in given.items()}
    if None in values.values():
        return None
    if all(values[name] is value for name, value in given.items()):
        return measure
    rounded = [f"{name} {value:f}" for name, value in values.items() if value != given[name]]
    return measure.but(Step(ROUNDED, ", ".join(rounded)), **values) if rounded else measure._replace(**values)


def read_measures(tokens: Tokens, numbers: BlockNumbers, pack: Pack, guard: Guard = RAISING) -> list[Measure]:
    """The measures among the tokens of a block or cell, in order. ``numbers`` are those that lie within the tokens.

    Where the words around a number cannot be read, it keeps the value and the unit that stand at the number itself.
    """
    return list(_Reader(tokens, numbers, pack, guard).measures())


def ends_proper_name(tokens: Tokens, measure: Measure, pack: Pack) -> bool:
    """Whether a number ends a proper name ("Đài Thơm 8"): nothing leads to it, it counts nothing, a capital is before
    it, and no indicator is."""
    bare = not measure.unit and not measure.steps and not measure.link and measure.lead == measure.first
    if not bare or measure.first < _SHORTEST_NAME or measure.end - measure.start > _LONGEST_MARK:
        return False
    words, before = tokens.words, measure.first - 1
    if not tokens.text[measure.start : measure.end].isdigit() or not tokens.text[tokens.starts[before]].isupper():
        return False
    first = next((n for n in range(before, -1, -1) if not words[n][0].isalnum()), -1) + 1
    counts = measure.tail < len(words) and words[measure.tail][0].isalpha()
    if first == before or (counts and pack.words("after-proper-name").after(words, measure.tail) is None):
        return False
    return pack.words("indicator-heads").within(words, first, before) is None


class _Reader:
    """Reads one block's measures from left to right."""

    def __init__(self, tokens: Tokens, numbers: BlockNumbers, pack: Pack, guard: Guard) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.pack = pack
        self.guard = guard
        places = {start: at for at, start in enumerate(tokens.starts)}
        self.literals = {places[n.start]: n for n in numbers.literals if n.class_ is None and n.start in places}
        known = {places[n.start] for n in numbers.literals if n.class_ is not None and n.start in places}
        self.expressions = Expressions(tokens, self.literals, known, pack)

    def measures(self) -> Iterator[Measure]:
        done = -1
        for at in sorted(self.literals):
            if at < done:
                continue
            measure = self.guard.or_else(None, self._measure, at)
            if measure is not None:
                done = max(at + 1, self.tokens.at(measure.end))
                yield measure

    def _measure(self, at: int) -> Measure | None:
        expression = self.expressions.read(at)
        if expression is None:
            return None
        unit = expression.unit
        literal_end = self.tokens.ends[expression.last]
        measure = Measure(
            start=self.tokens.starts[at],
            end=literal_end,
            low=times(expression.low, unit.factor),
            high=times(expression.high, unit.factor),
            of=None if expression.of is None else times(expression.of, unit.factor),
            unit=unit.unit,
            family=unit.family,
            first=at,
            lead=at,
            unit_from=unit.first,
            unit_to=unit.end,
            tail=unit.end,
            steps=unit.steps,
        )
        for step in (self._tailed, self._led, self._bounded):
            measure = self.guard.or_else(measure, step, measure)
        return measure

    # -- after the number -------------------------------------------------------------------------------------------

    def _tailed(self, measure: Measure) -> Measure:
        """Denominator, "trở lên" and basis, in whatever order they follow the unit."""
        at = self._skip_aside(measure.tail)
        slash = self._slash_after(at, measure)
        per, end, steps = self._denominator(slash)
        if per:
            named = slash > at and measure.family == "physical"
            measure = measure._replace(per=per, tail=measure.tail if named else end, steps=(*measure.steps, *steps))
        measure = self._distant_tail(measure)
        while (tail := self.pack.tails.after(self.words, measure.tail)) is not None:
            taken, rule, _ = tail
            measure = measure._replace(tail=measure.tail + taken)
            if rule.bound is not None:
                measure = measure.but(Step(rule.id, f"bound {rule.bound}"), bound=rule.bound)
            if rule.per is not None:
                measure = measure.but(Step(rule.id, f"per {rule.per}"), per=measure.per or rule.per)
        return measure

    def _distant_tail(self, measure: Measure) -> Measure:
        """ "từ 130 đảng viên mới trở lên", "75% chi bộ trở lên": words of the noun may stand before "trở lên"."""
        if measure.family not in _COUNTED:
            return measure
        led = self.pack.words("origins").before(self.words, measure.first) is not None
        grades = self.pack.words("grades")
        for at in range(measure.tail + 1, min(measure.tail + (_FAR_TAIL if led else _NEAR_TAIL), len(self.words))):
            listed = self.words[at - 1] == "," and self.words[at][0].isdigit()
            if self.words[at - 1] in ",;.:()" and not listed:
                break
            tail = self.pack.tails.after(self.words, at)
            if tail is not None and tail[1].bound is not None and grades.before(self.words, at) is None:
                rule = "tail-of-the-list" if "," in self.words[measure.tail : at] else tail[1].id
                return measure.but(Step(rule, f"bound {tail[1].bound}"), bound=tail[1].bound)
        return measure

    def _slash_after(self, at: int, measure: Measure) -> int:
        """ "đảng viên mới/năm", "kg gạo/tháng": words may stand between a noun or a unit and its slash."""
        if measure.family not in ("count", "physical"):
            return at
        for end in range(at, min(at + 5, len(self.words) - 1)):
            if self.words[end] == "/":
                return end if self.pack.denominators.after(self.words, end + 1) is not None else at
            if not self.words[end][0].isalpha() or self.pack.leads.after(self.words, end) is not None:
                break
        return at

    def _skip_aside(self, at: int) -> int:
        """ "(USD)" right after the unit says the unit again."""
        words = self.words
        if at + 2 < len(words) and words[at] == "(" and words[at + 2] == ")" and self.pack.units.after(words, at + 1):
            return at + 3
        return at

    def _denominator(self, at: int) -> tuple[str | None, int, list[Step]]:
        """What follows a slash: "/năm", "/1 vạn dân", "/người/năm"."""
        parts: list[str] = []
        steps: list[Step] = []
        words = self.words
        while at + 1 < len(words) and words[at] == "/":
            found = self.pack.denominators.after(words, at + 1)
            if found is not None:
                parts.append(found[1].per)
                steps.append(Step(found[1].id, f"per {found[1].per}"))
                at += 1 + found[0]
                continue
            lead = self.pack.leads.after(words, at + 1)
            if not words[at + 1][0].isalpha() or (lead is not None and lead[1].role is Role.TARGET):
                break
            end = self._denominator_words(at + 1)
            parts.append(self.tokens.slice(at + 1, end))
            steps.append(Step("denominator-in-words", f"per {parts[-1]}"))
            at = end
        return "/".join(parts) or None, at, steps

    def _denominator_words(self, at: int) -> int:
        """The end of a denominator that no rule knows: a counted noun, else the words up to a sign."""
        noun = self.pack.nouns.after(self.words, at)
        if noun is not None:
            return at + noun[0]
        end = at
        while end < len(self.words) and end < at + 5 and self.words[end][0].isalpha():
            if end > at and self.pack.leads.after(self.words, end) is not None:
                break
            end += 1
        return max(end, at + 1)

    # -- before the number ------------------------------------------------------------------------------------------

    def _led(self, measure: Measure) -> Measure:
        """Walk left over the words that lead to the number, and take what they set."""
        at = measure.lead
        bounds: list[tuple[Bound, str]] = []
        links: list[str] = []
        while at > 0:
            found = self._lead_before(at)
            if found is None:
                earlier = self._before_sign_or_time(at, links)
                if earlier is None:
                    break
                at = earlier
                continue
            taken, rule, _ = found
            if self._is_inside_word(at, taken):
                break
            if rule.bound is not None:
                bounds.append((rule.bound, rule.id))
            measure = self._taken(measure, rule)
            links.append(rule.link)
            at -= taken
        measure = measure._replace(lead=at, link=_strongest(links))
        chosen = next((b for b in bounds if b[0] in _ONE_SIDED), bounds[0] if bounds else None)
        if chosen is not None and measure.bound is Bound.EXACT:
            measure = measure.but(Step(chosen[1], f"bound {chosen[0]}"), bound=chosen[0])
        return self._exceeding(measure)

    def _lead_before(self, at: int) -> tuple[int, Lead, str] | None:
        """The longest lead that ends at a token and begins no word in its middle ("chứng chỉ đạt" ends in "đạt")."""
        found = self.pack.leads.before(self.words, at)
        while found is not None and found[0] > 1 and found[0] < at and self._cuts_word(at - found[0]):
            found = self.pack.leads.before(self.words[at - found[0] + 1 : at], found[0] - 1)
        return found

    def _cuts_word(self, at: int) -> bool:
        """Whether the syllables on both sides of a place make a word of the dictionary, and those before it do not.

        Where a lead ends before the place, it is two words: "bằng" and "không dưới", not "bằng không" and "dưới".
        """
        if self.pack.leads.before(self.words, at) is not None:
            return False
        pairs = lexicon().pairs
        if f"{self.words[at - 1]} {self.words[at]}" not in pairs:
            return False
        return at < 2 or f"{self.words[at - 2]} {self.words[at - 1]}" not in pairs

    def _taken(self, measure: Measure, rule: Lead) -> Measure:
        """The measure with what a lead sets; the words nearest to the number decide."""
        if rule.change is not None and not any(step.sets.startswith("change") for step in measure.steps):
            measure = measure.but(Step(rule.id, f"change {rule.change}"), change=rule.change)
        if rule.role is not None and measure.role is None:
            measure = measure.but(Step(rule.id, f"role {rule.role}"), role=rule.role)
        if rule.per is not None and measure.per is None:
            measure = measure.but(Step(rule.id, f"per {rule.per}"), per=rule.per)
        return measure

    def _before_sign_or_time(self, at: int, links: list[str]) -> int | None:
        """The token before a colon, or before a time between the leads; None where the leads end."""
        if self.words[at - 1] == ":" and "colon" not in links:
            links.append("colon")
            return at - 1
        return self._before_time(at) if links else None

    def _is_inside_word(self, at: int, taken: int) -> bool:
        """Whether a lead is the end of a longer word ("mặt bằng", "bắt giữ"), or of a place's name ("Thạch Bằng")."""
        if self.tokens.in_proper_name(at - taken):
            return True
        found = (self.pack.words(rule).before(self.words, at) for rule in ("no-lead", "compound-ends"))
        return any(longer is not None and longer[0] > taken for longer in found)

    def _before_time(self, at: int) -> int | None:
        """The token before a time that stands between the leads of a number ("tăng bình quân năm 2023 là")."""
        end = self.tokens.ends[at - 1]
        match = self.pack.expression("time-ending").match(
            self.tokens.text, max(0, end - 80, self.tokens.starts[0]), end
        )
        if match is None:
            return None
        start = self.tokens.at(match.start())
        if start >= at or start == 0:
            return None
        if self.pack.leads.before(self.words, start) is not None:
            return start
        return self._before_time(start)

    def _exceeding(self, measure: Measure) -> Measure:
        """ "vượt dự toán từ 5% - 7%" names its basis before the number; "vượt 100 tỷ đồng" is a bound."""
        if self.pack.words("exceeding-verbs").before(self.words, measure.first) is not None:
            end = self.tokens.starts[measure.first]
            kept = self.pack.expression("kept-from-exceeding").search(self.tokens.text, max(0, end - 90), end)
            if kept is not None:
                step = Step("kept-from-exceeding", "bound max")
                lead = self.tokens.at(kept.start("verb"))
                return measure.but(step, bound=Bound.MAX, change=Change.LEVEL, lead=lead, link="copula")
        match = self._exceeded_before(measure.lead)
        if match is None and measure.change is Change.EXCEED and measure.lead < measure.first:
            match = self._exceeded_before(measure.first)
            measure = measure if match is None else measure._replace(role=None)
        if match is not None:
            return measure.but(
                Step("exceeds", f"change exceed, basis {match.group('basis').strip()}"),
                change=Change.EXCEED,
                basis=" ".join(match.group("basis").split()),
                lead=min(measure.lead, self.tokens.at(match.start())),
                link=measure.link or "growth",
            )
        if measure.change is Change.EXCEED and measure.family != "share":
            return measure.but(Step("exceeds-an-amount", "bound above"), change=Change.LEVEL, bound=Bound.ABOVE)
        return measure

    def _exceeded_before(self, at: int) -> regex.Match[str] | None:
        """What is exceeded, right before token ``at``."""
        end = self.tokens.starts[at] if at < len(self.tokens.starts) else 0
        return self.pack.expression("exceeds").search(self.tokens.text, max(0, end - 90), end)

    def _bounded(self, measure: Measure) -> Measure:
        """Give up the end of the value that a one-sided bound leaves open."""
        if self._is_from_only(measure):
            measure = measure.but(Step("from-alone", "bound min"), bound=Bound.MIN)
        if measure.bound in _ONE_SIDED and measure.low == measure.high:
            if measure.bound in (Bound.MIN, Bound.ABOVE):
                return measure._replace(high=None)
            return measure._replace(low=None)
        return measure

    def _follows_verb(self, measure: Measure) -> bool:
        return self.pack.words("minimum-verbs").before(self.words, measure.lead) is not None

    def _is_from_only(self, measure: Measure) -> bool:
        """ "có từ 02 hợp tác xã": a "từ" without its "đến" is a least number; "từ 2 lên 3" is a movement."""
        if measure.bound is not Bound.EXACT or measure.low != measure.high or measure.of is not None:
            return False
        if self.pack.words("origins").before(self.words, measure.first) is None:
            return False
        linked = measure.link in ("have", "copula", "colon", "growth") or measure.lead == 0
        if not linked and self.words[measure.lead - 1].isalpha() and not self._follows_verb(measure):
            return False
        moves = self.pack.words("movements")
        for at in range(measure.tail, min(measure.tail + 14, len(self.words))):
            if self.words[at] in ";.":
                return True
            if moves.after(self.words, at) is not None:
                return False
        return True


def _strongest(links: Sequence[str]) -> str:
    """Which of the leading words decides how the name is bound: a colon or a copula, else "have", else nothing."""
    for link in ("colon", "copula", "growth", "have"):
        if link in links:
            return link
    return "filler" if links else ""
