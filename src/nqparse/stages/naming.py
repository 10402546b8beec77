"""Measures → what each measures: the words before it, after it, on both sides, or those of the measure that it goes on with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from nqparse.models import Bound, Change, Role
from nqparse.packs.load import Pack, words_of
from nqparse.packs.schema import Rule
from nqparse.stages.measures import Measure, Step
from nqparse.stages.tokens import Tokens
from nqparse.words import first_word, stands_alone

_COUNTS = ("count", "none")
_LONG_CLAUSE = 24
_FARTHEST = 400


@dataclass(frozen=True, slots=True)
class Named:
    """A measure with its name. ``prefix`` and ``rest`` are the words before and after the number that made it;
    ``inherited`` tells that it took the name of the measure before it; ``clause`` is its clause in tokens."""

    measure: Measure
    name: str
    prefix: str = ""
    rest: str = ""
    inherited: bool = False
    inside: bool = False
    clause: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Parent:
    """What a sub-indicator may need to be understood: the name of the row above it, or of the sentence's whole."""

    name: str = ""
    unit: str = ""
    topic: str = ""
    close: bool = False
    project: str = ""
    note: bool = False


class _Scanner:
    """Where clauses and brackets begin and end in a block's tokens."""

    def __init__(self, tokens: Tokens, pack: Pack) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.opened = [-1] * (len(self.words) + 1)
        self.closes: dict[int, int] = {}
        self.hard = [False] * (len(self.words) + 1)
        stack: list[int] = []
        abbreviations = pack.words("abbreviations")
        for at, word in enumerate(self.words):
            self.opened[at] = stack[-1] if stack else -1
            if word in "([":
                stack.append(at)
            elif word in ")]" and stack:
                self.closes[stack.pop()] = at
            elif word == ";":
                self.hard[at] = True
            elif word in ".!?…":
                self.hard[at] = self._ends_sentence(at) and abbreviations.before(self.words, at) is None
        self.opened[len(self.words)] = -1
        for at in stack:
            self.closes.setdefault(at, len(self.words))

    def _ends_sentence(self, at: int) -> bool:
        if at + 1 >= len(self.words):
            return True
        gap = self.tokens.starts[at + 1] > self.tokens.ends[at]
        following = self.tokens.text[self.tokens.starts[at + 1]]
        return gap and (following.isupper() or not following.isalpha())

    def clause(self, first: int, last: int) -> tuple[int, int]:
        """The clause around tokens ``first`` to ``last``: between hard boundaries of the same bracket."""
        depth = self.opened[first]
        start = first
        least = max(0, first - _FARTHEST)
        while start > least and start - 1 != depth and not (self.hard[start - 1] and self.opened[start - 1] == depth):
            start -= 1
        end = min(last, len(self.words))
        limit = self.closes.get(depth, len(self.words)) if depth >= 0 else len(self.words)
        limit = min(limit, last + _FARTHEST)
        while end < limit and not (self.hard[end] and self.opened[end] == depth):
            end += 1
        return start, end


def name_measures(
    tokens: Tokens, measures: Sequence[Measure], pack: Pack, *, body: int = 0, parent: Parent | None = None
) -> list[Named]:
    """A name for each of a block's measures. ``body`` is the token at which its text begins, after a marker or label."""
    return _Namer(tokens, list(measures), pack, body, parent or Parent()).named()


class _Namer:
    """Names one block's measures from left to right; each may go on with what those before it said."""

    def __init__(self, tokens: Tokens, measures: list[Measure], pack: Pack, body: int, parent: Parent) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.measures = measures
        self.pack = pack
        self.body = body
        self.parent = parent
        self.scan = _Scanner(tokens, pack)
        self.done: list[Named] = []
        self.whole: Named | None = None
        self.whole_listed = False
        self.intro = ""
        self.subject = ""

    def named(self) -> list[Named]:
        for at in range(len(self.measures)):
            self.done.append(self._name(at))
        return self._share_denominators(self._share_predicates(self.done))

    # -- the words on either side -----------------------------------------------------------------------------------

    def _name(self, at: int) -> Named:
        measure = self.measures[at]
        clause = self.scan.clause(measure.lead, max(measure.tail, measure.lead + 1))
        start, before = self._left_bound(at, clause)
        if not self.done or self._after_full_stop(start):
            self.intro = self.subject = ""
        left, intro, sub = self._left(start, measure)
        if sub:
            self.whole = before or self._last_named() or self._of_note(measure)
            self.whole_listed = self._sub_with_colon(start, measure.lead)
        elif self._new_sentence(start):
            self.whole = None
        intro = self._standing_intro(intro, measure)
        right = self._right(at, clause)
        measure = self._with_unit(measure, left, right)
        measure = self._yearly(measure, clause)
        if measure.change is not Change.LEVEL and self._moves_to(measure) is not None:
            measure = measure.but(Step("movements", "change level, role actual"), change=Change.LEVEL, role=Role.ACTUAL)
        has_subject = not self._is_mere_verb(left) if left else before is not None
        measure = self._with_basis(measure, has_subject)
        right = self._right_from(measure, at, clause)
        inside = self.scan.opened[measure.first] >= 0
        measure, left = self._change_in_verb(measure, left)
        named = self._bind(measure, left, right, before, intro, start, inside)
        self._remember(named, left)
        return replace(self._carry(named, before, start, sub), clause=clause)

    def _change_in_verb(self, measure: Measure, left: str) -> tuple[Measure, str]:
        """"kéo giảm tai nạn ít nhất 5%": the verb that opens the clause makes the share a difference."""
        if measure.family != "share" or measure.change is not Change.LEVEL or measure.link not in ("", "filler"):
            return measure, left
        match = self.pack.expression("verb-of-change").match(left)
        if match is None:
            return measure, left
        change = Change.DECREASE if match.group("down") else Change.INCREASE
        return measure.but(Step("verb-of-change", f"change {change}"), change=change), left[match.end() :]

    def _remember(self, named: Named, left: str) -> None:
        """Keep what attributes that follow belong to."""
        words = words_of(named.name)
        attribute = self.pack.words("attributes").after(words, 0)
        if named.inherited or named.inside or (attribute is not None and attribute[0] >= len(words)):
            return
        if named.measure.steps and named.measure.steps[-1].rule == "name-attribute":
            return
        happens = self.pack.expression("happens").sub("", left).strip()
        if left and self._is_activity(left):
            happens = named.name[len(left) :].strip()
        elif happens == left and named.measure.family == "count":
            happens = ""
        self.subject = happens or named.name
        if attribute is not None:
            self.subject = " ".join(self.subject.split()[attribute[0] :])

    def _of_note(self, measure: Measure) -> Named | None:
        """A footnote that begins with "trong đó" divides the measure that it is a note to."""
        return Named(measure, self.parent.topic) if self.parent.note and self.parent.topic else None

    def _standing_intro(self, intro: str, measure: Measure) -> str:
        """"Cơ cấu kinh tế: nông nghiệp 21%; dịch vụ 34%": words before a colon stay in force to the sentence's end."""
        if intro:
            self.intro = intro if self._is_indicator(intro) else ""
            self.subject = intro
        return intro or (self.intro if self.scan.opened[measure.first] < 0 else "")

    def _after_full_stop(self, start: int) -> bool:
        """Whether a sentence ended right before a token."""
        return start > 0 and self.scan.hard[start - 1] and self.words[start - 1] != ";"

    def _last_named(self) -> Named | None:
        return self.done[-1] if self.done else None

    def _left_bound(self, at: int, clause: tuple[int, int]) -> tuple[int, Named | None]:
        """Where the words before a number begin, and the measure that stands before it in the clause."""
        measure = self.measures[at]
        depth = self.scan.opened[measure.lead]
        start = max(clause[0], self.body)
        before: Named | None = None
        for earlier in reversed(self.done):
            end = earlier.measure.tail
            if end <= clause[0] and not self._spans(earlier, clause):
                break
            other = self.scan.opened[earlier.measure.first]
            if other != depth:
                if other < depth:
                    break
                close = self._close_of(other, depth)
                start = max(start, close + 1)
                continue
            start = max(start, self._after_rest(end, measure.lead))
            before = earlier
            break
        if depth >= 0 and before is None:
            before = self._before_bracket(depth)
        return min(start, measure.lead), before

    def _after_rest(self, end: int, lead: int) -> int:
        """Where the words of the next measure begin: after the comma that ends those of the one before."""
        if end < lead and self.words[end][0].isalnum():
            depth = self.scan.opened[lead]
            signs = [n for n in range(end, lead - 1) if self.words[n] in ",;" and self.scan.opened[n] == depth]
            signs = [n for n in signs if not (self.words[n - 1].isdigit() and self.words[n + 1].isdigit())]
            return next((n for n in signs if self._is_headed(self._trim(n + 1, lead)[0], lead)), signs[-1] if signs else end)
        return end

    def _spans(self, earlier: Named, clause: tuple[int, int]) -> bool:
        return earlier.measure.first >= clause[0]

    def _close_of(self, inner: int, depth: int) -> int:
        while inner >= 0 and self.scan.opened[inner] != depth:
            inner = self.scan.opened[inner]
        return self.scan.closes.get(inner, len(self.words)) if inner >= 0 else 0

    def _before_bracket(self, depth: int) -> Named | None:
        """The measure that stands right before the bracket that a number is in."""
        for earlier in reversed(self.done):
            if earlier.measure.first < depth:
                return earlier
        return None

    def _new_sentence(self, start: int) -> bool:
        """Whether a full stop ended the scope of the last "trong đó"."""
        if start == 0 or not self.scan.hard[start - 1] or self.scan.opened[start] >= 0:
            return False
        return self.words[start - 1] != ";" or not self.whole_listed

    def _sub_with_colon(self, start: int, end: int) -> bool:
        """Whether "trong đó:" opens a list, which semicolons do not end."""
        sub = self.pack.words("sub-openers")
        for n in range(start, end):
            found = sub.after(self.words, n)
            if found is not None:
                return self.words[n + found[0] : n + found[0] + 1] == [":"]
        return False

    def _left(self, start: int, measure: Measure) -> tuple[str, str, bool]:
        """The name's words before the number, the words before its colon, and whether "trong đó" opens them."""
        end = measure.lead
        intro = ""
        colon = next((n for n in range(end - 1, start - 1, -1) if self.words[n] == ":" and not self._bracketed(n, measure)), None)
        sub = self._opens_sub(start, end)
        if colon is not None:
            intro = self._phrase(*self._trim(start, colon))
            start = colon + 1
        if start < end and self._detached(start, end, measure):
            return "", intro, sub
        first, last = self._trim(start, end)
        if self.words[end - 1] == ",":
            last = next((n for n in range(first, last) if self.words[n] == ","), last)
        first = self._head(first, last)
        whole = first
        first, last = self._trim(first, last)
        if self._is_attribute(first, last) and start < whole:
            self.subject = self._phrase(*self._trim(start, whole)) or self.subject
        return self._phrase(first, last), intro, sub

    def _is_attribute(self, first: int, last: int) -> bool:
        """Whether the words are no more than a quantity that something has ("chiều dài", "tổng vốn")."""
        found = self.pack.words("attributes").after(self.words, first) if first < last else None
        return found is not None and found[0] == last - first

    def _detached(self, start: int, end: int, measure: Measure) -> bool:
        """Whether a comma, "và" or "với" cuts the words before a number off from it."""
        sign = self.words[end - 1]
        if sign == "với":
            return measure.family == "count" and bool(self.done) and self.words[end - 2] not in ("đối", "gắn", "cùng", "so")
        if sign == "," and measure.link in ("copula", "growth") and not (measure.family == "count" and measure.unit_to > measure.unit_from):
            return any(m.tail > start - 1 and m.first < end for m in self.measures) or self._has_before(start)
        return sign in (",", ";", "và")

    def _has_before(self, start: int) -> bool:
        """Whether a measure of the same clause ends right where the words begin."""
        clause = self.scan.clause(start, start + 1)[0]
        return any(one.measure.first >= clause for one in self.done)

    def _bracketed(self, n: int, measure: Measure) -> bool:
        return self.scan.opened[n] != self.scan.opened[measure.lead]

    def _opens_sub(self, start: int, end: int) -> bool:
        sub = self.pack.words("sub-openers")
        return any(sub.after(self.words, n) is not None for n in range(start, end))

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        """Leave out signs, conjunctions and times at both ends."""
        openers, closers = self.pack.words("name-openers"), self.pack.words("name-closers")
        time, ending = self.pack.expression("time-phrase"), self.pack.expression("time-ending")
        moved = True
        while moved and first < last:
            moved = False
            if self.words[first] in "([" and self.scan.closes.get(first, last) < last:
                first, moved = self.scan.closes[first] + 1, True
            elif not self.words[first][0].isalnum() and self.words[first] not in "“\"‘'":
                first, moved = first + 1, True
            elif (match := time.match(self.tokens.text, self.tokens.starts[first], self.tokens.ends[last - 1])) is not None:
                first, moved = self.tokens.at(match.end()), True
            elif (opener := openers.after(self.words, first)) is not None and first + opener[0] <= last:
                if opener[0] > 1 or self._alone(first, first, last):
                    first, moved = first + opener[0], True
        moved = True
        while moved and first < last:
            moved = False
            if self.words[last - 1] in ",;:-–.*/…":
                last, moved = last - 1, True
            elif self._closes(closers.before(self.words, last), first, last):
                last, moved = last - (closers.before(self.words, last) or (1,))[0], True
            elif (match := ending.search(self.tokens.text, self.tokens.starts[first], self.tokens.ends[last - 1])) is not None:
                if match.start() > self.tokens.starts[first]:
                    last, moved = self.tokens.at(match.start()), True
                else:
                    break
        return first, max(first, last)

    def _closes(self, closer: tuple[int, Rule, str] | None, first: int, last: int) -> bool:
        """Whether the words at the end are a closer, and no part of a longer word."""
        if closer is None or last - closer[0] < first:
            return False
        return closer[0] > 1 or self._alone(last - 1, first, last)

    def _alone(self, at: int, first: int, last: int) -> bool:
        """Whether one syllable is a word by itself among its neighbours."""
        low, high = max(first, at - 1), min(last, at + 2)
        if high - low < 2:
            return True
        return stands_alone(" ".join(self.words[low:high]), at - low)

    def _head(self, first: int, last: int) -> int:
        """Where the name begins in a clause with commas: at the last indicator noun, else at the clause's start."""
        commas = [n for n in range(first, last) if self.words[n] == "," and not self.words[n + 1].isdigit() and self.scan.opened[n] == self.scan.opened[last - 1]]
        starts = self._after_clauses([first, *(n + 1 for n in commas)], last)
        if starts[0] > first:
            self._take_structure(first, starts[0])
        headed = [s for s in starts if self._is_headed(self._trim(s, last)[0], last) and not self._goes_with_verb(s)]
        if headed:
            return self._list_start(starts, headed)
        first = self._object(starts[0], last)
        breaks = self.pack.words("clause-breaks")
        for n in range(last - 2, first, -1):
            found = breaks.after(self.words, n)
            if found is not None and last - n - found[0] >= 0 and (last - first > 6):
                start = n + 1 if found[0] > 1 and self.words[n] == "với" else n + found[0]
                if start < last:
                    return start
        if last - first > _LONG_CLAUSE and commas:
            start = commas[-1] + 1
            for comma in reversed(commas[:-1]):
                if start - comma - 1 > 5 or last - comma > _LONG_CLAUSE:
                    break
                start = comma + 1
            return start
        return first

    def _goes_with_verb(self, start: int) -> bool:
        """"kiểm tra, giám sát 15 lượt": a verb before the comma shares the object of the one after it."""
        activities = self.pack.words("activities")
        if start < 2 or self.words[start - 1] != ",":
            return False
        return activities.after(self.words, start) is not None and activities.before(self.words, start - 1) is not None

    def _is_headed(self, first: int, last: int) -> bool:
        """Whether the words begin with the noun of an indicator ("chi thường xuyên", not "chi bộ")."""
        if first < last and self.pack.words("activities").after(self.words, first) is not None:
            return True
        return self._is_indicator_at(first, last)

    def _is_indicator_at(self, first: int, last: int) -> bool:
        found = self.pack.words("indicator-heads").after(self.words, first) if first < last else None
        return found is not None and (found[0] > 1 or self._alone(first, first, last))

    def _object(self, first: int, last: int) -> int:
        """Where the indicator begins that a verb before it takes ("quyết nghị thông qua tổng thu ngân sách")."""
        verbs = self.pack.words("takes-indicator")
        for n in range(first, last - 1):
            found = verbs.after(self.words, n)
            if found is not None and self._is_indicator_at(n + found[0], last):
                return n + found[0]
        return first

    def _after_clauses(self, starts: list[int], last: int) -> list[int]:
        """The starts that no clause with a verb of its own stands between and the number."""
        verbs = self.pack.words("clause-verbs")
        ends = [*starts[1:], last]
        keep = 0
        for n, (start, end) in enumerate(zip(starts[:-1], ends[:-1], strict=True)):
            opens = self.pack.words("adverbial-openers").after(self.words, start) is not None
            if opens or any(verbs.after(self.words, at) is not None for at in range(start, end - 1)):
                keep = n + 1
        return starts[keep:]

    def _take_structure(self, first: int, last: int) -> None:
        """"Cơ cấu kinh tế tiếp tục chuyển dịch, công nghiệp chiếm 58%": the shares that follow are of the structure."""
        structures, verbs = self.pack.words("structures"), self.pack.words("clause-verbs")
        first, last = self._trim(first, last)
        if first < last and structures.after(self.words, first) is not None:
            end = next((n for n in range(first, last) if verbs.after(self.words, n) is not None), last)
            self.intro = self._phrase(first, end)

    def _list_start(self, starts: list[int], headed: list[int]) -> int:
        """The last part with an indicator noun, or the first of a list of short ones ("thu phí, lệ phí")."""
        at = headed[-1]
        for earlier in reversed(headed[:-1]):
            following = starts[starts.index(earlier) + 1]
            if following != at or following - earlier > 7:
                break
            at = earlier
        return at

    def _right(self, at: int, clause: tuple[int, int]) -> str:
        return self._right_from(self.measures[at], at, clause)

    def _right_from(self, measure: Measure, at: int, clause: tuple[int, int]) -> str:
        """The words after the number that may belong to its name."""
        first = measure.tail
        limit = clause[1]
        listed = False
        if at + 1 < len(self.measures):
            following = self.measures[at + 1]
            if following.lead < limit:
                limit = following.lead
                listed = limit > first and self.words[limit - 1] in (",", "và", ";")
        stops = self.pack.words("right-stops")
        end = first
        while end < limit:
            word = self.words[end]
            if word == "(" and end + 2 < limit and self.words[end + 2] == ")" and end > first:
                end += 3
                continue
            if word in "()[]:" or (word == "," and not listed and self._comma_ends(end, limit)):
                break
            if end > first and self._stops(stops.after(self.words, end), end, first, limit) and not self._still_compares(measure, first, end):
                break
            end += 1
        if end > first and self.words[first] == ",":
            return ""
        if first < end and self._stops(stops.after(self.words, first), first, first, end) and not self._compares(measure, first):
            return ""
        if first < end and self.pack.words("right-openers-not").after(self.words, first) is not None:
            return ""
        start, last = self._trim_right(first, end)
        return self._phrase(start, last)

    def _stops(self, stop: tuple[int, Rule, str] | None, at: int, first: int, limit: int) -> bool:
        """Whether a word ends the name here, and is neither part of a longer word nor of a phrase that goes on."""
        if stop is None or self._runs_on(at):
            return False
        return stop[0] > 1 or self._alone(at, first, limit)

    def _still_compares(self, measure: Measure, first: int, at: int) -> bool:
        return at <= first + 1 and self._compares(measure, first)

    def _runs_on(self, at: int) -> bool:
        """Whether a word that mostly ends a name goes on with it here ("là người có đạo")."""
        return self.pack.words("right-goes-on").after(self.words, at) is not None

    def _compares(self, measure: Measure, first: int) -> bool:
        """"1,5% so với dân số": a share of something that is no plan keeps the words."""
        return measure.basis is None and measure.family == "share" and self.words[first : first + 2] == ["so", "với"]

    def _comma_ends(self, comma: int, limit: int) -> bool:
        """Whether the words after a comma are no more of a list of short nouns that ends in a predicate."""
        verbs = self.pack.words("predicates")
        run = 0
        for n in range(comma + 1, min(limit, comma + 14)):
            if self.words[n] == ",":
                run = 0
                continue
            if not self.words[n][0].isalnum() and self.words[n] not in "-–":
                return True
            if run and verbs.after(self.words, n) is not None:
                return False
            run += 1
            if run > 6:
                return True
        return True

    def _trim_right(self, first: int, last: int) -> tuple[int, int]:
        while first < last and not (self.words[first][0].isalnum() or self.words[first] in "“\"‘'"):
            first += 1
        time = self.pack.expression("time-phrase")
        if first < last and (match := time.match(self.tokens.text, self.tokens.starts[first], self.tokens.ends[last - 1])):
            first = min(self.tokens.at(match.end()), last)
        return self._trim_end(first, last)

    def _trim_end(self, first: int, last: int) -> tuple[int, int]:
        ending = self.pack.expression("time-ending")
        closers = self.pack.words("right-closers")
        moved = True
        while moved and first < last:
            moved = False
            if self.words[last - 1] in ",;:-–.*…":
                last, moved = last - 1, True
            elif (closer := closers.before(self.words, last)) is not None:
                last, moved = max(first, last - closer[0]), True
            else:
                match = ending.search(self.tokens.text, self.tokens.starts[first], self.tokens.ends[last - 1])
                if match is not None:
                    last, moved = self.tokens.at(match.start()), True
        return first, last

    def _phrase(self, first: int, last: int) -> str:
        """The text of tokens, single-spaced, without brackets and without the years that go to the period."""
        if first >= last:
            return ""
        parts = []
        at = run = first
        while at < last:
            if self.words[at] in "([" and at in self.scan.closes and self.scan.closes[at] < last and not self._keeps(at):
                parts.append(self.tokens.slice(run, at))
                at = run = self.scan.closes[at] + 1
                continue
            at += 1
        parts.append(self.tokens.slice(run, last))
        text = " ".join(part for part in parts if part)
        text = self.pack.expression("period-inside").sub(" ", text)
        text = " ".join(text.split()).replace(" ,", ",").strip(" ,;:")
        return self.pack.expression("agent").sub("", text)

    def _keeps(self, at: int) -> bool:
        return False

    # -- unit and basis that need the words on either side ----------------------------------------------------------

    def _with_unit(self, measure: Measure, left: str, right: str) -> Measure:
        """A unit for a number without one: the word after it, else the counted noun of its name."""
        if measure.unit:
            return measure
        at = measure.unit_to
        first = first_word(self.tokens.slice(at, min(at + 6, len(self.words)))) if self._noun_may_follow(at) else ""
        taken = len(first.split())
        if first:
            return measure.but(
                Step("unit-from-next-word", f"unit {first.lower()}"),
                unit=first.lower(), family="count", unit_to=at + taken, tail=max(measure.tail, at + taken),
            )  # fmt: skip
        whole = self._before_bracket(self.scan.opened[measure.first]) if self.scan.opened[measure.first] >= 0 else None
        if whole is not None and whole.measure.family == "count" and left:
            step = Step("unit-of-the-whole", f"unit {whole.measure.unit}")
            return measure.but(step, unit=whole.measure.unit, family="count")
        if measure.of is not None and (last := self.pack.nouns.before(self.words, measure.lead)) is not None:
            unit = last[1].unit or last[2].lower()
            return measure.but(Step(last[1].id, f"unit {unit}"), unit=unit, family="count")
        if (moved := self._moves_to(measure)) is not None:
            return measure.but(Step("unit-of-the-movement", f"unit {moved.unit}"), unit=moved.unit, family=moved.family)
        unit = self._unit_of_name(left)
        if unit:
            return measure.but(Step("unit-from-name", f"unit {unit}"), unit=unit, family="count")
        return measure

    def _moves_to(self, measure: Measure) -> Measure | None:
        """The measure that a movement leads to: "giảm từ 14 xuống còn 11 đơn vị"."""
        moves = self.pack.words("movements")
        for n in range(measure.unit_to, min(measure.unit_to + 6, len(self.words))):
            found = moves.after(self.words, n)
            if found is not None:
                return next((m for m in self.measures if m.first == n + found[0]), None)
            if self.words[n] in ",;.(":
                return None
        return None

    def _noun_may_follow(self, at: int) -> bool:
        if at >= len(self.words) or not self.words[at][0].isalpha():
            return False
        if self.pack.words("no-nouns").after(self.words, at) is not None or self.pack.leads.after(self.words, at) is not None:
            return False
        original = self.tokens.text[self.tokens.starts[at]]
        return original.islower()

    def _unit_of_name(self, left: str) -> str:
        """"đảng bộ cơ sở là 18": the noun that the name begins with is what is counted."""
        words = words_of(left)
        if self.pack.words("indices").after(words, 0) is not None:
            return ""
        at = 0
        counters = self.pack.words("counters")
        while (found := counters.after(words, at)) is not None:
            at += found[0]
        noun = self.pack.nouns.after(words, at)
        return "" if noun is None else noun[1].unit or noun[2].lower()

    def _yearly(self, measure: Measure, clause: tuple[int, int]) -> Measure:
        """"Hằng năm, … tăng trên 3%": the clause's first words are the denominator of a count or a change."""
        found = self.pack.words("yearly-openers").after(self.words, max(clause[0], self.body))
        if found is None or measure.per is not None or (measure.family == "share" and measure.change is Change.LEVEL):
            return measure
        return measure.but(Step("yearly-openers", "per năm"), per="năm")

    def _with_basis(self, measure: Measure, has_subject: bool) -> Measure:
        """"so với kế hoạch" and "% dự toán" after the number."""
        if measure.basis is not None:
            return measure
        text = self.tokens.text
        start = self.tokens.ends[measure.tail - 1] if measure.tail else 0
        for rule, pattern in self.pack.bases:
            match = pattern.match(text, start)
            if match is None:
                continue
            if not match.groupdict().get("with") and (measure.family != "share" or not has_subject):
                continue
            basis = " ".join(match.group("basis").split()).strip(" ,.;")
            return measure.but(Step(rule.id, f"basis {basis}"), basis=basis, tail=max(measure.tail, self.tokens.at(match.end())))
        return measure

    # -- which words make the name ----------------------------------------------------------------------------------

    def _bind(
        self, measure: Measure, left: str, right: str, before: Named | None, intro: str, start: int, inside: bool
    ) -> Named:
        noun = self._noun(measure)
        own = self._own_name(measure, left, right, noun, before, start)
        if own is not None and (subject := self._subject_of(own[0], left, before, measure, inside)):
            name = f"{subject} {own[0]}"
            return Named(measure.but(Step("name-attribute", f"name {name}")), name, left, right, inside=inside)
        if own is None:
            if before is None and self.whole is None and not intro:
                before = self.done[-1] if self.done and inside else None
            base = before or self.whole
            if measure.family == "count" and measure.change is not Change.LEVEL:
                base = self._earlier_in_unit(measure) or base
            if base is not None:
                name = self._restated(base, measure) if inside else base.name
                step = Step("name-of-the-measure-before", f"name {name}")
                return Named(measure.but(step), name, base.prefix, base.rest, inherited=True, inside=inside)
            earlier = self.done[0].name if self.done else ""
            name = intro or earlier or self.parent.name or self.parent.topic or noun
            return Named(measure.but(Step("name-of-the-row-above", f"name {name}")), name, inside=inside)
        name, rule = own
        name = self._with_parent(measure, name, left, intro, rule)
        prefix = "" if rule == "name-after" else left
        return Named(measure.but(Step(rule, f"name {name}")), name, prefix, right, inside=inside)

    def _subject_of(self, name: str, left: str, before: Named | None, measure: Measure, inside: bool) -> str:
        """What an attribute alone belongs to: "20 dự án, với tổng vốn 7.285 tỷ đồng", "21 vụ, làm chết 09 người"."""
        found = self.pack.words("attributes").after(words_of(name), 0)
        if found is None:
            whole = self._before_bracket(self.scan.opened[measure.first]) if inside and left else None
            return whole.name if whole is not None and self._is_part(name, whole, measure) else ""
        brief = len(words_of(name)) <= found[0] + (2 if measure.family == "count" else 0)
        if not brief and (before is None or before.measure.family != "count"):
            return ""
        own = self.pack.words("projects").after(words_of(self.subject), 0)
        long_enough = own is not None and len(words_of(self.subject)) > own[0] + 2
        return self.subject if long_enough or not self.parent.project else self.parent.project

    def _restated(self, base: Named, measure: Measure) -> str:
        """The name of a share that a count in brackets says again: "Tỷ lệ hộ nghèo: 0,35% (14 hộ)" counts hộ nghèo."""
        if measure.family != "count" or base.measure.family != "share":
            return base.name
        return self.pack.expression("rate-words").sub("", base.name).split("/")[0].strip() or base.name

    def _is_part(self, name: str, before: Named, measure: Measure) -> bool:
        """In brackets, a number in the same unit is a part of the one before ("18.220 ha (vụ mùa 3.400 ha)")."""
        if before.measure.unit != measure.unit or measure.role is not None:
            return False
        heads = self.pack.words("indicator-heads").after(words_of(name), 0)
        return heads is None and before.name not in name

    def _noun(self, measure: Measure) -> str:
        """The counted noun as printed."""
        if measure.family != "count" or measure.unit_to <= measure.unit_from:
            return ""
        first = measure.unit_from
        while (multiplier := self.pack.multipliers.after(self.words, first)) is not None:
            first += multiplier[0]
        return self.tokens.slice(first, measure.unit_to)

    def _own_name(
        self, measure: Measure, left: str, right: str, noun: str, before: Named | None, start: int
    ) -> tuple[str, str] | None:
        """The name that a number's own words give, and the rule that made it; None where they give none."""
        if measure.family in _COUNTS:
            return self._count_name(measure, left, right, noun, before, start)
        if left and not self._is_mere_verb(left):
            if right and measure.basis is None and self._goes_on(measure, right):
                return f"{left} {right}", "name-on-both-sides"
            return left, "name-before"
        if not left and before is not None and measure.basis is not None:
            return None
        if right and not left and before is not None and measure.lead > 0 and self.words[measure.lead - 1] == ",":
            if self._is_share_of_it(measure, right):
                return f"{before.name} {right}", "name-and-whole"
            if measure.link == "growth":
                return None
        if right:
            return (f"{left} {right}" if left and measure.family != "share" else right), "name-after"
        if left and before is None:
            return left, "name-before"
        return None

    def _is_share_of_it(self, measure: Measure, right: str) -> bool:
        """"…, bằng 34% GRDP": the amount before as a share of something."""
        return measure.link == "copula" and measure.family == "share" and len(words_of(right)) <= 5

    def _goes_on(self, measure: Measure, right: str) -> bool:
        """Whether the words after a unit are the whole of a share or the object of the verb before."""
        return self.pack.words("not-a-whole").after(words_of(right), 0) is None

    def _is_mere_verb(self, left: str) -> bool:
        words = words_of(left)
        found = self.pack.words("mere-verbs").after(words, 0)
        return found is not None and found[0] == len(words)

    def _count_name(
        self, measure: Measure, left: str, right: str, noun: str, before: Named | None, start: int
    ) -> tuple[str, str] | None:
        counted = " ".join(part for part in (noun, right) if part)
        if left and self._is_mere_verb(left) and measure.link != "colon":
            left = ""
        if before is not None and noun and self._is_for(measure) and before.measure.tail <= measure.lead:
            return f"{before.name} cho {counted}", "name-for-whom"
        if measure.per and measure.family == "count" and noun:
            counted = f"{noun}/{self._printed_per(measure)} {right}".strip() if self._printed_per(measure) else counted
        if not left:
            if not noun and not right or self._restates(measure, right, before):
                return None
            if not right and measure.change is not Change.LEVEL and self._earlier_in_unit(measure) is not None:
                return None
            if before is not None and before.prefix and self._coordinated(start, measure) and not self._is_mere_verb(before.prefix):
                if before.measure.link not in ("copula", "have") and before.measure.family == "count":
                    return f"{before.prefix} {counted}", "name-shared-verb"
            if before is not None and not right and measure.link in ("copula", "colon", "growth"):
                return None if self._may_restate(measure, before) else (counted, "name-after")
            if before is not None and not right and measure.change is not Change.LEVEL:
                return None
            return counted, "name-after"
        if noun and self._is_mere_count(left):
            return f"{left} {counted}", "name-on-both-sides"
        if measure.link == "growth" and noun and self._is_activity(left):
            return f"{left} {counted}", "name-on-both-sides"
        if measure.link in ("copula", "colon", "growth"):
            if self._starts_with_predicate(left) and noun:
                return f"{noun} {left}", "name-noun-and-predicate"
            if measure.link == "colon" and (right or self._has_have(measure)) and not _contains(left, noun):
                return f"{left} {counted}", "name-on-both-sides"
            return left, "name-before"
        if measure.link == "have":
            if noun and not right and self.words[measure.tail : measure.tail + 1] == ["và"]:
                return counted, "name-after"
            if noun and _contains(left, noun):
                return (f"{left} {right}".strip() if right else left), "name-before"
            if right or not noun:
                return counted, "name-after"
            return f"{left} {noun}", "name-on-both-sides"
        if noun and not right and _contains(left, noun):
            return left, "name-before"
        if self._is_mere_verb(left):
            return counted or left, "name-after"
        if not right and noun and self._is_generic(noun):
            return left, "name-before"
        return f"{left} {counted}".strip(), "name-on-both-sides"

    def _is_for(self, measure: Measure) -> bool:
        """"mở 03 lớp … cho 714 đồng chí": the number says for how many what was counted before is."""
        if measure.lead == 0 or self.words[measure.lead - 1] != "cho":
            return False
        earlier = next((m for m in reversed(self.measures) if m.first < measure.first), None)
        between = self.words[earlier.tail : measure.lead] if earlier is not None else [";"]
        return len(between) <= 24 and ";" not in between and not self.pack.words("mere-verbs").before(self.words, measure.lead - 1)

    def _earlier_in_unit(self, measure: Measure) -> Named | None:
        """The last measure before that counts the same ("21 vụ, …; so với cùng kỳ giảm 04 vụ")."""
        same = (one for one in reversed(self.done[-6:]) if one.measure.unit == measure.unit)
        return next(same, None)

    def _may_restate(self, measure: Measure, before: Named) -> bool:
        """A count may say a count before again; beside a share it is a quantity of its own where it is a rate."""
        return before.measure.family == "count" or measure.per is None

    def _restates(self, measure: Measure, right: str, before: Named | None) -> bool:
        """"4 % (5 người/năm)": a number alone in brackets says the measure before it again."""
        depth = self.scan.opened[measure.first]
        return before is not None and not right and depth >= 0 and measure.lead == depth + 1

    def _has_have(self, measure: Measure) -> bool:
        """Whether "có" stands between the colon and the number."""
        return "có" in self.words[measure.lead : measure.first]

    def _printed_per(self, measure: Measure) -> str:
        at = measure.unit_to
        if at < len(self.words) and self.words[at] == "/" and measure.tail > at + 1:
            text = self.tokens.slice(at + 1, measure.tail)
            return text if "dân" in text.lower() else ""
        return ""

    def _is_mere_count(self, left: str) -> bool:
        """Whether the words say no more than that something is counted ("tổng số")."""
        found = self.pack.words("counters").after(words_of(left), 0)
        return found is not None and found[0] == len(words_of(left))

    def _is_activity(self, left: str) -> bool:
        """Whether the words are a verb alone ("thu hút")."""
        found = self.pack.words("activities").after(words_of(left), 0)
        return found is not None and found[0] == len(words_of(left))

    def _is_generic(self, noun: str) -> bool:
        """Whether a counted noun adds nothing to the verb before it ("bổ nhiệm lại 33 đồng chí")."""
        return self.pack.words("generic-nouns").after(words_of(noun), 0) is not None

    def _starts_with_predicate(self, left: str) -> bool:
        return self.pack.words("predicates").after(words_of(left), 0) is not None

    def _coordinated(self, start: int, measure: Measure) -> bool:
        return measure.lead > 0 and self.words[measure.lead - 1] in (",", "và", "&")

    def _with_parent(self, measure: Measure, name: str, left: str, intro: str, rule: str) -> str:
        """A sub-indicator's name with its parent's words, where it says nothing by itself."""
        if self.whole is not None and self.whole.name != name:
            if measure.family == "share" and self._starts_with_predicate(name):
                return f"{self._subject(self.whole.name)} {name}"
            if rule == "name-before" and (self._is_weak(name, measure) or self._is_brief(name, measure)):
                return f"{self._base(self.whole, measure)} {name}"
            return name
        if rule != "name-before":
            return name
        if self.parent.note and self.parent.topic and measure.family == "share" and self._starts_with_predicate(name):
            return f"{self._subject(self.parent.topic)} {name}"
        if intro and self._is_weak(name, measure) and self._is_indicator(intro):
            return f"{intro} {name}"
        if self._takes_parent(name, measure):
            return f"{self.parent.name} {name}"
        before = self.done[-1] if self.done else None
        if before is not None and self._is_contrast(before, measure, name):
            return f"{before.name} {name}"
        return name

    def _takes_parent(self, name: str, measure: Measure) -> bool:
        """Whether a row needs the name of the row that it stands under."""
        parent = self.parent
        if not parent.name or self.done or parent.unit != measure.unit:
            return False
        words, above = words_of(name), words_of(parent.name)
        if not words or words[0] == above[0]:
            return self.pack.words("generic-names").after(words, 0) is not None and len(words) <= 2
        if parent.close and measure.family != "count":
            return self.pack.words("wholes").after(words, 0) is None
        if measure.family == "count":
            return self.pack.words("indicator-heads").after(words, 0) is None and self.pack.nouns.after(words, 0) is None
        return self._is_weak(name, measure)

    def _is_brief(self, name: str, measure: Measure) -> bool:
        """Under "trong đó", two words are no name by themselves ("thuế, phí")."""
        return measure.family == "share" and len(words_of(name)) <= 3

    def _is_contrast(self, before: Named, measure: Measure, name: str) -> bool:
        """"… của dân cư thành thị là 95%, nông thôn là 93%": the name goes on with another place."""
        if measure.family != "share" or before.measure.family != "share" or len(words_of(name)) > 4:
            return False
        same = self.scan.clause(before.measure.first, before.measure.tail) == self.scan.clause(measure.first, measure.tail)
        same = same or self.pack.words("contrasts").after(words_of(name), 0) is not None
        return same and self._is_weak(name, measure) and self._is_indicator(before.name)

    def _is_weak(self, name: str, measure: Measure) -> bool:
        """Whether a name says what is counted only together with its parent's."""
        if measure.family not in ("share", "money", "physical"):
            return False
        words = words_of(name)
        if self.pack.words("generic-names").after(words, 0) is not None and len(words) <= 2:
            return True
        if self.pack.words("fund-sources").after(words, 0) is not None and self.whole is not None:
            return True
        known = self.pack.words("indicator-heads").after(words, 0) or self.pack.words("stands-alone").after(words, 0)
        return known is None and len(words) <= 12

    def _is_indicator(self, intro: str) -> bool:
        return self.pack.words("indicator-heads").after(words_of(intro), 0) is not None

    def _base(self, whole: Named, measure: Measure) -> str:
        """The parent's name, without the words of growth where the sub-indicator grows itself."""
        name = whole.name
        if measure.change is not Change.LEVEL:
            name = self.pack.expression("growth-words").sub("", name).strip()
        return name

    def _subject(self, name: str) -> str:
        """The name up to its predicate."""
        words = words_of(name)
        for at in range(2, len(words)):
            if self.pack.words("predicates").after(words, at) is not None:
                shown = regex.findall(r"\w+|[^\w\s]", name)
                return " ".join(shown[:at])
        return name

    # -- what a measure carries on from the one before ---------------------------------------------------------------

    def _carry(self, named: Named, before: Named | None, start: int, sub: bool) -> Named:
        measure = named.measure
        if before is None:
            return named
        earlier = before.measure
        listed = self._coordinated(start, measure) and not sub and not named.inside
        if listed and earlier.family == measure.family and measure.bound is Bound.EXACT and measure.low == measure.high:
            measure = self._carry_bound(measure, earlier)
        if listed and measure.change is Change.LEVEL and earlier.change is Change.INCREASE and earlier.family == measure.family == "count":
            measure = measure.but(Step("carried-change", f"change {earlier.change}"), change=earlier.change)
        last = self.done[-1].measure if self.done else earlier
        if named.inside and self.scan.opened[last.first] == self.scan.opened[measure.first] and last.role is Role.TARGET:
            if measure.role is None:
                measure = measure.but(Step("carried-role", "role target"), role=Role.TARGET)
            earlier = last
        if named.inside and measure.role is Role.TARGET and measure.change is Change.LEVEL and earlier.change is not Change.EXCEED:
            if earlier.family == measure.family and earlier.change is not Change.LEVEL:
                measure = measure.but(Step("carried-change", f"change {earlier.change}"), change=earlier.change)
        if named.inherited and measure.change is Change.LEVEL and earlier.change in (Change.INCREASE, Change.DECREASE):
            if self._equals(measure):
                measure = measure.but(Step("carried-change", f"change {earlier.change}"), change=earlier.change)
        if named.inherited and measure.role is None and earlier.role is Role.ESTIMATE and not named.inside:
            measure = measure.but(Step("carried-role", "role estimate"), role=Role.ESTIMATE)
        return replace(named, measure=measure)

    def _equals(self, measure: Measure) -> bool:
        """Whether the number says the one before in another unit ("tăng 756 tỷ đồng, tương đương 184%")."""
        return any(self.pack.words("equals").after(self.words, n) is not None for n in range(measure.lead, measure.first))

    def _carry_bound(self, measure: Measure, earlier: Measure) -> Measure:
        if earlier.bound is Bound.EXACT or any(step.rule in ("from-alone", "tail-up", "tail-down") for step in earlier.steps):
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

    def _share_predicates(self, named: list[Named]) -> list[Named]:
        """"92% hộ gia đình, 95% thôn đạt chuẩn": the last member's predicate belongs to all."""
        out = list(named)
        for at in range(len(out) - 2, -1, -1):
            one, two = out[at], out[at + 1]
            if one.prefix or two.prefix or not one.rest or not two.rest or one.measure.family != two.measure.family:
                continue
            if one.clause != two.clause or one.inside != two.inside or self.words[two.measure.lead - 1] not in (",", "và"):
                continue
            if self._predicate(one.rest, 0 if one.measure.family == "count" else 1):
                continue
            predicate = self._predicate(two.name)
            if predicate:
                name = f"{one.name} {predicate}"
                out[at] = replace(one, name=name, measure=one.measure.but(Step("name-shared-predicate", f"name {name}")))
        return out

    def _share_denominators(self, named: list[Named]) -> list[Named]:
        """"10 bác sĩ và 30 giường bệnh/1 vạn dân": the denominator belongs to both."""
        out = list(named)
        for at in range(len(out) - 2, -1, -1):
            one, two = out[at].measure, out[at + 1].measure
            if one.per is None and two.per and one.family == two.family == "count" and one.tail < len(self.words):
                if self.words[one.tail] == "và" and two.lead == one.tail + 1:
                    per = self._printed_per(two)
                    name = f"{out[at].name}/{per}" if per else out[at].name
                    out[at] = replace(out[at], name=name, measure=one.but(Step("shared-per", f"per {two.per}"), per=two.per))
        return out

    def _predicate(self, text: str, first: int = 1) -> str:
        words = words_of(text)
        shown = regex.findall(r"\w+|[^\w\s]", text)
        for at in range(first, len(words)):
            if self.pack.words("predicates").after(words, at) is not None and len(shown) == len(words):
                return " ".join(shown[at:]).replace(" ,", ",")
        return ""


def _contains(left: str, noun: str) -> bool:
    return noun.lower() in left.lower()
