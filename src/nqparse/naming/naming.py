"""Measures → the name of each: the words before it, after it, or of the measure that it goes on with."""

from collections.abc import Sequence
from functools import partial

from nqparse.faults import RAISING, Guard
from nqparse.models import Change, Role
from nqparse.naming.bracketed import Bracketed
from nqparse.naming.carrying import Carrier
from nqparse.naming.counting import Counting
from nqparse.naming.dealing import Dealer
from nqparse.naming.filling import Filler
from nqparse.naming.judging import Judge
from nqparse.naming.lineage import Lineage
from nqparse.naming.members import Members
from nqparse.naming.named import Named, Parent
from nqparse.naming.ownwords import OwnWords
from nqparse.naming.parting import Parting
from nqparse.naming.plain import plain_name, plain_names
from nqparse.naming.rightwords import RightWords
from nqparse.naming.wording import Wording
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.measures import Measure
from nqparse.quantity.units import Step
from nqparse.syntax.clauses import Clauses
from nqparse.syntax.tokens import Tokens

_LONG_TOPIC = 9


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
    return guard.or_do(
        lambda: plain_names(tokens, measures, body),
        lambda: _Namer(tokens, list(measures), pack, body, parent or Parent()).named(guard),
    )


class _Namer:
    """Names one block's measures from left to right; each may go on with what those before it said."""

    def __init__(self, tokens: Tokens, measures: list[Measure], pack: Pack, body: int, parent: Parent) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.measures = measures
        self.pack = pack
        self.body = body
        self.parent = parent
        self.clauses = Clauses(tokens, pack)
        self.judge = Judge(pack)
        self.wording = Wording(tokens, self.clauses, pack)
        self.filler = Filler(tokens, measures, pack, body)
        self.parting = Parting(self.clauses, pack)
        self.bracketed = Bracketed(body, self.clauses, self.wording, self.judge, pack)
        self.lineage = Lineage(self.clauses, self.judge, parent, pack)
        self.carrier = Carrier(tokens, self.clauses, self.judge, self.filler, pack)
        self.done: list[Named] = []
        self.counting = Counting(
            tokens, body, self.clauses, self.wording, self.judge, self.filler, self.carrier, self.done, pack
        )
        self.right_words = RightWords(tokens, measures, self.clauses, self.wording, self.filler, self.carrier, pack)
        self.own = OwnWords(self.words, self.counting, self.judge, self.carrier, pack)
        self.whole: Named | None = None
        self.whole_listed = False
        self.intro = ""
        self.subject = ""
        self.standard = ""
        self.shared = ""

    def named(self, guard: Guard) -> list[Named]:
        """The measures with their names, in order."""
        for at in range(len(self.measures)):
            self.done.append(guard.or_do(partial(self._plainly, at), self._name, at))
        named = self.done
        for step in (
            self.carrier.share_objects,
            self.carrier.share_predicates,
            self.carrier.share_denominators,
            Members(self.words, self.filler, self.pack).listed,
            Dealer(self.words, self.judge, self.pack).dealt,
        ):
            named = guard.or_else(named, step, named)
        return named

    def _plainly(self, at: int) -> Named:
        return plain_name(self.tokens, self.measures[at], self.body)

    def _name(self, at: int) -> Named:
        measure = self.measures[at]
        clause = self.clauses.clause(measure.lead, max(measure.tail, measure.lead + 1))
        start, before = self._left_bound(at, clause)
        if not self.done or self.clauses.after_full_stop(start):
            self.intro = self.subject = self.standard = self.shared = ""
        measure = self._still_compared(self.filler.compared(measure, start), start)
        left, intro = self._left(start, measure)
        if before is not None and self.pack.expression("compared-level").fullmatch(left):
            measure, left = measure.but(Step("compared-level", "change level"), change=Change.LEVEL), ""
        if before is not None and left == before.rest and left.startswith("cho "):
            left = ""
        sub = self._enter_whole(start, measure, before)
        left = self._attribute_of(measure, left, before)
        colon, intro = intro, self._standing_intro(intro, measure)
        measure, left = self._filled(self.filler.yearly(measure, clause, start), left, before)
        following = self.measures[at + 1] if at + 1 < len(self.measures) else None
        measure = self.filler.yearly_after(measure, min(clause[1], following.lead) if following else clause[1])
        right = self.right_words.of(at, measure, following, clause)
        if right[:3] == "từ " and measure.family == "money" and not self.judge.gives(left):
            right = ""
        named = self._bind(measure, left, right, before, intro)
        self._remember(named, left, colon)
        last = self.done[-1] if self.done else None
        return self.carrier.carry(named, before, last, sub)._replace(clause=clause)

    def _attribute_of(self, measure: Measure, left: str, before: Named | None) -> str:
        """ "45 suất quà Tết trị giá 9 triệu đồng": between the two stand the words of the count, then its attribute."""
        if before is None or before.measure.family != "count" or (left and left != before.rest):
            return left
        leads = self.words[measure.lead : measure.first]
        found = self.pack.words("attributes").within(leads, 0, len(leads))
        return left if found is None else found[1][2]

    def _still_compared(self, measure: Measure, start: int) -> Measure:
        """ "so với cùng kỳ giảm 9 vụ, số người chết giảm 4 người": what opens a clause compares all changes."""
        if measure.basis is not None:
            self.standard = measure.basis if measure.lead <= start else ""
        elif self.standard and measure.change in (Change.INCREASE, Change.DECREASE):
            measure = measure.but(Step("compared-before", f"basis {self.standard}"), basis=self.standard)
        return measure

    def _filled(self, measure: Measure, left: str, before: Named | None) -> tuple[Measure, str]:
        """The measure with its unit, denominator, change and basis, and the words before it without their verb."""
        measure = self.filler.with_unit(measure, left, self._bracketed_whole(measure))
        measure = self.filler.planned(measure, self.clauses.opened[measure.first])
        moves = measure.change is not Change.LEVEL or self.words[max(0, measure.first - 1)] == "từ"
        if moves and self.filler.moves_to(measure) is not None:
            measure = measure.but(Step("movements", "change level, role actual"), change=Change.LEVEL, role=Role.ACTUAL)
        has_subject = not self.judge.is_mere_verb(left) if left else before is not None
        measure = self.filler.with_basis(measure, has_subject)
        return self.filler.change_in_verb(measure, left)

    def _enter_whole(self, start: int, measure: Measure, before: Named | None) -> bool:
        """Keep the measure that "trong đó" divides as long as it is in force; tell whether it opens here."""
        sub = self.wording.opens_sub(start, measure.lead)
        if sub:
            self.whole = before or (self.done[-1] if self.done else None) or self._of_note(measure)
            self.whole_listed = self.wording.sub_with_colon(start, measure.lead)
        elif self._new_sentence(start):
            self.whole = None
        return sub

    def _bracketed_whole(self, measure: Measure) -> Named | None:
        """The measure before the bracket that this one is in, if it is in one."""
        depth = self.clauses.opened[measure.first]
        return self._before_bracket(depth) if depth >= 0 else None

    def _remember(self, named: Named, left: str, colon: str) -> None:
        """Keep what attributes that follow belong to; ``colon`` are the words before a colon, if it is they."""
        words = words_of(named.name)
        if self.pack.words("structures").after(words, 0) is not None:
            self.whole = None
        self.shared = (not named.inside and self.lineage.shareable(named.name)) or self.shared
        attribute = self.pack.words("attributes").after(words, 0)
        mere = self.judge.is_activity(named.name) or self.lineage.is_bare(left)
        if colon and (attribute is not None or mere):
            return
        if named.inherited or named.inside or (attribute is not None and attribute[0] >= len(words)):
            return
        if named.measure.steps and named.measure.steps[-1].rule == "name-attribute":
            return
        happens = self.pack.expression("happens").sub("", left).strip()
        counted = named.measure.family == "count" and named.name.startswith(left)
        if left and (self.judge.is_activity(left) or (counted and self.judge.opens("empty-name", left))):
            happens = named.name[len(left) :].strip()
        elif happens == left and named.measure.family == "count":
            happens = ""
        self.subject = self._without_attribute(happens or named.name)

    def _without_attribute(self, subject: str) -> str:
        """What an attribute belongs to, of words that begin or end with one ("tai nạn giao thông làm chết")."""
        words, shown = words_of(subject), subject.split()
        if (opens := self.pack.words("attributes").after(words, 0)) is not None:
            return " ".join(shown[opens[0] :])
        ends = self.pack.words("attributes").before(words, len(words))
        return (" ".join(shown[: -ends[0]]) if ends is not None else "") or subject

    def _of_note(self, measure: Measure) -> Named | None:
        """A footnote that begins with "trong đó" divides the measure that it is a note to."""
        return Named(measure, self.parent.topic) if self.parent.note and self.parent.topic else None

    def _standing_intro(self, intro: str, measure: Measure) -> str:
        """ "Cơ cấu kinh tế: nông nghiệp 21%; dịch vụ 34%": words before a colon stay in force to the sentence's end."""
        if intro:
            stands = self.judge.heads_a_list(intro) or self.judge.opens("giving-verbs", intro)
            self.intro = intro if stands else ""
            self.subject = intro
        return intro or (self.intro if self.clauses.opened[measure.first] < 0 else "")

    def _left_bound(self, at: int, clause: tuple[int, int]) -> tuple[int, Named | None]:
        """Where the words before a number begin, and the measure that stands before it in the clause."""
        measure = self.measures[at]
        depth = self.clauses.opened[measure.lead]
        start = max(clause[0], self.body)
        before: Named | None = None
        opens = start
        for earlier in reversed(self.done):
            end = earlier.measure.tail
            if end <= clause[0] and earlier.measure.first < clause[0]:
                break
            other = self.clauses.opened[earlier.measure.first]
            if other != depth:
                if other < depth:
                    break
                close = self.clauses.close_of(other, depth)
                start = max(start, close + 1)
                continue
            start = max(start, self.wording.after_rest(end, measure.lead))
            before = earlier
            break
        if before is None and start > opens and self.wording.trim(start, measure.lead)[0] >= measure.lead:
            start = opens
        if depth >= 0 and before is None:
            before = self._before_bracket(depth)
        return min(start, measure.lead), before

    def _before_bracket(self, depth: int) -> Named | None:
        """The measure that stands right before the bracket that a number is in."""
        for earlier in reversed(self.done):
            if earlier.measure.first < depth:
                return earlier if self._in_one_clause(earlier, depth) else None
        return None

    def _in_one_clause(self, earlier: Named, depth: int) -> bool:
        """Whether no words of a clause of its own, with an indicator, stand between a measure and a bracket."""
        start = self.clauses.clause(depth, depth + 1)[0]
        if earlier.measure.first >= start:
            return True
        return not self.wording.is_indicator_at(*self.wording.trim(max(start, self.body), depth))

    def _new_sentence(self, start: int) -> bool:
        """Whether a full stop ended the scope of the last "trong đó"."""
        if start == 0 or not self.clauses.hard[start - 1] or self.clauses.opened[start] >= 0:
            return False
        return self.words[start - 1] != ";" or not self.whole_listed

    def _left(self, start: int, measure: Measure) -> tuple[str, str]:
        """The name's words before the number, and the words before its colon."""
        end = measure.lead
        intro = ""
        depth = self.clauses.opened[end]
        signs = (n for n in range(end - 1, start - 1, -1) if self.words[n] == ":" and self.clauses.opened[n] == depth)
        colon = next(signs, None)
        if colon is not None:
            intro = self.wording.phrase(*self.wording.trim(start, colon))
            start = colon + 1
        if start < end and self.parting.parts_off(start, end, measure, self.done):
            return "", intro
        if colon is None and self.parting.is_topic(start, measure):
            return "", self.wording.phrase(start, end)
        first, last = self.wording.trim(start, end)
        if self.parting.begins_anew(measure, last, end):
            return "", intro
        if self.words[end - 1] == ",":
            commas = (n for n in range(first, last) if self.words[n] == "," and self.clauses.opened[n] == depth)
            last = next(commas, last)
        head, structure = self.wording.head(first, last)
        self.intro = structure or self.intro
        free = measure.link in ("", "filler") or (measure.link == "copula" and self.filler.falls_by(measure))
        by_itself = measure.family == "money" and measure.lead == measure.first
        if (by_itself or (measure.family == "share" and free)) and self.filler.moves_to(measure) is None:
            head = self.wording.with_verb_of_change(head, start)
        first, last = self.wording.trim(head, last)
        goes_on = self.done and start == self.done[-1].measure.tail
        if self.wording.is_attribute(first, last) and start < head and not goes_on:
            owner = self.wording.phrase(*self.wording.trim(start, head))
            counted = owner and self.parting.goes_with_count(start, owner, self.done)
            self.subject = self.subject if counted else owner or self.subject
        return self.wording.phrase(first, self.wording.before_verb(first, last)), intro

    def _bind(self, measure: Measure, left: str, right: str, before: Named | None, intro: str) -> Named:
        """The name that the words on either side give, or that of what the number goes on with."""
        inside = self.clauses.opened[measure.first] >= 0
        own = self.own.name(measure, left, right, before)
        if own is None:
            return self._inherit(measure, before, intro, inside)
        name, rule = own
        subject = self._subject_of(name, left, before, measure, inside) if rule != "name-about" else ""
        if rule == "name-about":
            left = ""
        elif self.shared and rule == "name-before" and self.lineage.is_sector(name, measure):
            name, rule = f"{self.shared} {name}", "shared-heads"
        elif subject:
            name, rule = f"{subject} {name}", "name-attribute"
        elif 0 < len(words_of(intro)) <= _LONG_TOPIC and self._is_bare(measure, name):
            name, rule = f"{name} {intro}", "bare-heads"
        else:
            before_it = self.done[-1] if self.done else None
            name = self.lineage.full(measure, name, rule, intro=intro, whole=self.whole, before=before_it)
        prefix = "" if rule == "name-after" else left
        if rule == "name-shared-verb" and before is not None:
            prefix = before.prefix
        return Named(measure.but(Step(rule, f"name {name}")), name, prefix, right, inside=inside)

    def _inherit(self, measure: Measure, before: Named | None, intro: str, inside: bool) -> Named:
        """A number without words of its own takes the name of the measure before it, or of what it stands under."""
        done = self.done[-1].measure.tail if self.done else 0
        said = self.bracketed.said_in_words(measure, done) if inside and before is None else ""
        item = self.bracketed.item(measure, done) if inside else ""
        if item:
            return Named(measure.but(Step("name-before-its-bracket", f"name {item}")), item, item, inside=inside)
        if before is None and self.whole is None and not intro and inside and self.done and not said:
            before = self.done[-1]
        if before is not None and measure.basis and len(self.done) > 1 and self._is_where(before):
            before = self.done[-2]
        base = before or (self.whole if not said else None)
        if measure.family == "count" and measure.change is not Change.LEVEL:
            base = self.counting.earlier_in_unit(measure) or base
        if before is not None and self.carrier.is_threshold(before.measure, measure):
            first = max(self.clauses.clause(before.measure.first, before.measure.tail)[0], self.body)
            first = max(
                [first, *(one.measure.tail for one in self.done[-3:] if one.measure.tail < before.measure.lead)]
            )
            name = self.wording.phrase(*self.wording.trim(first, before.measure.tail))
            return Named(measure.but(Step("name-with-threshold", f"name {name}")), name, before.prefix, inside=inside)
        if before is not None and self._is_given_besides(before, measure):
            step = Step("name-shared-verb", f"name {before.prefix}")
            return Named(measure.but(step), before.prefix, before.prefix, inherited=True, inside=inside)
        if base is not None:
            name = self._restated(base, measure) if inside else base.name + self.carrier.cumulative(measure)
            step = Step("name-of-the-measure-before", f"name {name}")
            return Named(measure.but(step), name, base.prefix, base.rest, inherited=True, inside=inside)
        earlier = self.done[0].name if self.done else ""
        intro = intro or said
        outside = self.bracketed.outside(measure) if inside and measure.unit else ""
        above = intro or outside or earlier or self.parent.name or self.parent.topic
        name = above or self.filler.noun(measure) or self._change_alone(measure)
        return Named(measure.but(Step("name-of-the-row-above", f"name {name}")), name, inside=inside)

    def _is_given_besides(self, before: Named, measure: Measure) -> bool:
        """ "đóng góp 12.300 ngày công và 8,5 tỷ đồng": money that is given with what was counted before it."""
        besides = measure.family == "money" and before.measure.family in ("count", "physical")
        plain = measure.change is Change.LEVEL and measure.basis is None and measure.link in ("", "filler")
        return besides and plain and self.carrier.coordinated(measure) and self.judge.gives(before.prefix)

    def _change_alone(self, measure: Measure) -> str:
        """ "Tăng thu 20 tỷ đồng": words that lead to a change, where nothing else says of what it is."""
        several = measure.first - measure.lead > 1 and measure.change is not Change.LEVEL
        return self.wording.phrase(*self.wording.trim(measure.lead, measure.first)) if several else ""

    def _is_where(self, named: Named) -> bool:
        """ "bàn giao 20 ha tại 9 dự án, đạt 53% kế hoạch": a count after "tại" is where what is planned was done."""
        return named.measure.family == "count" and self.words[named.measure.lead - 1] == "tại"

    def _subject_of(self, name: str, left: str, before: Named | None, measure: Measure, inside: bool) -> str:
        """What an attribute alone belongs to: "20 dự án, với tổng vốn 7.285 tỷ đồng", "21 vụ, làm chết 09 người"."""
        found = self.pack.words("attributes").after(words_of(name), 0)
        if found is None:
            whole = (
                self._before_bracket(self.clauses.opened[measure.first])
                if inside and (left or self._kind(measure))
                else None
            )
            return whole.name if whole is not None and self._is_part(name, whole, measure) else ""
        if measure.family != "share" and self.pack.words("attributes-of-shares").after(words_of(name), 0) is not None:
            return ""
        brief = len(words_of(name)) <= found[0] + (2 if measure.family == "count" else 0)
        if not brief and (before is None or before.measure.family != "count"):
            return ""
        if not brief and self.pack.words("sectors").after(words_of(name), found[0]) is not None:
            return ""
        if before is not None and "gồm" in self.words[before.measure.tail : measure.lead]:
            return ""
        if inside and before is None and (outside := self.bracketed.outside(measure)):
            return outside
        own = self.pack.words("projects").after(words_of(self.subject), 0)
        long_enough = own is not None and len(words_of(self.subject)) > own[0] + 2
        return self.subject if long_enough or not self.parent.project else self.parent.project

    def _is_bare(self, measure: Measure, name: str) -> bool:
        """ "Nuôi cá lồng: tổng đàn 16.000 con": whether a name right behind a colon says only the kind of quantity."""
        colon = measure.lead - len(words_of(name)) - 1
        return colon >= self.body and self.words[colon] == ":" and self.lineage.is_bare(name)

    def _kind(self, measure: Measure) -> bool:
        """Whether the words after a number say which kind of the counted things it is ("27 công lập")."""
        return self.pack.words("member-kinds").after(self.words, measure.unit_to) is not None

    def _restated(self, base: Named, measure: Measure) -> str:
        """The name of a share that a count in brackets says again: "Tỷ lệ hộ nghèo: 0,35% (14 hộ)" counts hộ nghèo."""
        if measure.family != "count" or base.measure.family != "share":
            return base.name
        return self.pack.expression("rate-words").sub("", base.name).split("/")[0].strip() or base.name

    def _is_part(self, name: str, before: Named, measure: Measure) -> bool:
        """In brackets, a number in the same unit is a part of the one before ("18.220 ha (vụ mùa 3.400 ha)")."""
        generic = self.judge.is_generic(self.filler.noun(measure)) and before.measure.family == "count"
        if (before.measure.unit != measure.unit and not generic) or measure.role is not None:
            return False
        heads = self.pack.words("indicator-heads").after(words_of(name), 0)
        return heads is None and before.name not in name
