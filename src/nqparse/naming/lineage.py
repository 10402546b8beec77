"""A name that says too little by itself → the same with the words of the row, note or measure that it stands under."""

from nqparse.models import Change
from nqparse.naming.judging import Judge
from nqparse.naming.named import Named, Parent
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.measures import Measure
from nqparse.syntax.clauses import Clauses

_LONG_SECTOR = 9
_LONGEST_KIND = 5
_LONG_MEMBER = 5


class Lineage:
    """Completes names of one block. ``parent`` is what the block stands under."""

    def __init__(self, clauses: Clauses, judge: Judge, parent: Parent, pack: Pack) -> None:
        self.clauses = clauses
        self.judge = judge
        self.parent = parent
        self.pack = pack

    def full(
        self, measure: Measure, name: str, rule: str, *, intro: str, whole: Named | None, before: Named | None
    ) -> str:
        """The name with what it needs from above.

        ``rule`` is the rule that made the name, ``intro`` the words before a colon that is in force, ``whole`` the
        measure that "trong đó" divides, ``before`` the measure before this one. A whole without a name gives none.
        """
        if whole is not None and not whole.name:
            whole = None
        if whole is not None and whole.name != name:
            return self._under_whole(measure, name, rule, whole)
        if rule == "name-after" and before is None and self._counts_again(name):
            return self.parent.name
        if intro and (given := self._given_to(intro, name, rule)):
            return given
        return self._completed(measure, name, intro, whole, before) if rule == "name-before" else name

    def _completed(self, measure: Measure, name: str, intro: str, whole: Named | None, before: Named | None) -> str:
        """The name that the words before a number give, with what it needs to be understood."""
        if self.parent.heading and self._is_mere_support(words_of(name)):
            return self._under_heading(name)
        if self.parent.note and self.parent.topic and self._is_share_with_predicate(measure, name):
            return f"{self.judge.before_predicate(self.parent.topic)} {name}"
        if before is not None and measure.family == "share" and self._is_share_of_counted(name, before):
            return f"{before.name} {name}"
        weak = self._is_weak(name, measure, divided=whole is not None or bool(self.parent.name))
        if before is not None and weak and (structure := self._shares_structure(before, measure, name, intro)):
            return f"{structure} {name}"
        allots = bool(intro) and not self.judge.opens("act-verbs", intro)
        allots = allots and self._is_allotted(words_of(name), words_of(intro))
        if allots or (intro and weak and (self.judge.is_indicator(intro) or self._is_of_members(intro, measure, name))):
            return f"{intro} {name}"
        if before is None and self._takes_parent(name, measure, weak):
            return f"{self.parent.name} {name}"
        if before is not None and weak and self._is_contrast(before, measure, name):
            return self._contrasted(before.name, name)
        return name

    def shareable(self, name: str) -> str:
        """The head of a name that the sectors after it share ("Giá trị sản xuất"); empty if it has none."""
        found = self.pack.words("shared-heads").after(words_of(name), 0)
        return " ".join(name.split()[: found[0]]) if found is not None and found[0] < len(words_of(name)) else ""

    def is_bare(self, name: str) -> bool:
        """Whether a name is no more than the kind of quantity, of what stands before a colon ("tổng đàn")."""
        words = words_of(name)
        found = self.pack.words("bare-heads").after(words, 0)
        return found is not None and found[0] == len(words)

    def is_sector(self, name: str, measure: Measure) -> bool:
        """Whether a name is no more than a sector of the economy or a direction of trade."""
        if measure.family not in ("share", "money"):
            return False
        words = words_of(name)
        return len(words) <= _LONG_SECTOR and self.pack.words("sectors").after(words, 0) is not None

    def _shares_structure(self, before: Named, measure: Measure, name: str, intro: str) -> str:
        """ "tỷ trọng nông nghiệp chiếm 8%, dịch vụ chiếm 59%": the shares of one clause are of the same structure."""
        if measure.family != "share" or before.measure.family != "share" or before.measure.change is not Change.LEVEL:
            return ""
        if intro and before.name.startswith(intro):
            return ""
        found = self.pack.words("structures").after(words_of(before.name), 0)
        sector = self.is_sector(name, measure)
        clause = self.clauses.clause
        same = clause(before.measure.first, before.measure.tail) == clause(measure.first, measure.tail)
        return " ".join(before.name.split()[: found[0]]) if found is not None and (same or sector) else ""

    def _is_of_members(self, intro: str, measure: Measure, name: str) -> bool:
        """ "Giáo viên đạt chuẩn: mầm non 91%, tiểu học 84%": which of those before the colon a share is of."""
        brief = len(words_of(name)) <= _LONG_MEMBER and measure.family == "share"
        return brief and self.judge.heads_a_list(intro)

    def _contrasted(self, above: str, name: str) -> str:
        """The name before with another place or kind of member in the stead of its own, else followed by it."""
        words, shown = words_of(above), above.split()
        for words_id in ("contrasts", "member-kinds"):
            kinds = self.pack.words(words_id)
            if len(shown) != len(words) or kinds.after(words_of(name), 0) is None:
                continue
            for at in range(1, len(words)):
                if (found := kinds.after(words, at)) is not None:
                    return " ".join((*shown[:at], name, *shown[at + found[0] :]))
        return self._together(above, name)

    def _under_whole(self, measure: Measure, name: str, rule: str, whole: Named) -> str:
        """A part's name: that of the whole before a predicate, or before a name that is too brief."""
        if self._is_share_with_predicate(measure, name):
            has = self.judge.opens("opens-fixed-phrase", name) > 0 and words_of(name)[0] == "có"
            return f"{whole.name if has else self.judge.before_predicate(whole.name)} {name}"
        if self._is_of_its_own(measure, name, whole):
            goes_on = whole.name.split()[-1].lower() == name.split()[0].lower()
            return self._together(whole.name, name) if goes_on else name
        if self._is_kind_of_counted(measure, name, rule, whole):
            noun = measure.unit if rule == "name-on-both-sides" else ""
            return f"{whole.name} {name.removesuffix(noun).strip()}"
        if rule == "name-after" and measure.family == whole.measure.family == "count":
            return self._qualified(name, whole.name)
        words = words_of(name)
        if len(words) > 1 and words[:1] == words_of(whole.name)[:1]:
            return name
        brief = measure.family == "share" and len(words) <= 3
        same = measure.family == "count" and measure.unit == whole.measure.unit and measure.link == "colon"
        brief = brief or (same and self.pack.words("sectors").after(words, 0) is not None)
        if rule != "name-before" or not (brief or self._is_weak(name, measure, divided=True)):
            return name
        base = whole.name
        if measure.change is not Change.LEVEL:
            base = self.pack.expression("growth-words").sub("", base).strip()
            general = self.pack.words("too-general").after(words_of(base), 0)
            if general is not None and general[0] == len(words_of(base)):
                return name
        return self._together(base, name)

    def _is_of_its_own(self, measure: Measure, name: str, whole: Named) -> bool:
        """Whether a part says all by itself: in another unit, or with the noun of the whole ("vốn ngân sách" of a
        "tổng vốn đầu tư", "đất trồng lúa" of a "diện tích đất")."""
        if measure.family not in ("physical", "money") or measure.family != whole.measure.family:
            return False
        if measure.family == "physical" and measure.unit != whole.measure.unit:
            return True
        words, above = words_of(name), words_of(whole.name)
        noun = measure.family == "physical" or self.pack.words("indicator-heads").after(words[:1], 0) is not None
        return noun and len(words) > 1 and words[0] in above[1:] and words != above[-len(words) :]

    def _is_kind_of_counted(self, measure: Measure, name: str, rule: str, whole: Named) -> bool:
        """ "86 trường, trong đó mầm non 25 trường": whether a part is but a kind of what the whole counts."""
        if measure.family != "count" or measure.unit != whole.measure.unit or whole.measure.family != "count":
            return False
        words = words_of(name)
        if not 0 < len(words) <= _LONGEST_KIND or words[0] in words_of(whole.name):
            return False
        if rule == "name-on-both-sides" and not name.endswith(f" {measure.unit}"):
            return False
        if rule not in ("name-before", "name-on-both-sides") or measure.change is not Change.LEVEL:
            return False
        own = ("indicator-heads", "complete-name", "act-verbs", "predicates", "attributes")
        return self.pack.nouns.after(words, 0) is None and all(self.pack.words(w).after(words, 0) is None for w in own)

    def _qualified(self, name: str, above: str) -> str:
        """ "14 xã đạt chuẩn, trong đó 04 xã nâng cao": a noun with a grade alone is one of what is divided."""
        words = words_of(name)
        noun = self.pack.nouns.after(words, 0)
        if noun is None or noun[0] >= len(words) or words[0] not in words_of(above):
            return name
        found = self.pack.words("member-grades").after(words, noun[0])
        graded = found is not None or words[noun[0]].isdigit()
        return f"{above} {' '.join(name.split()[noun[0] :])}" if graded else name

    def _is_share_with_predicate(self, measure: Measure, name: str) -> bool:
        return measure.family == "share" and self.judge.starts_with_predicate(name)

    def _takes_parent(self, name: str, measure: Measure, weak: bool) -> bool:
        """Whether a row needs the name of the row that it stands under."""
        parent = self.parent
        if not parent.name or (parent.unit and parent.unit != measure.unit):
            return False
        words, above = words_of(name), words_of(parent.name)
        if not parent.unit:
            return self._is_allotted(words, above)
        if not words or words[0] == above[0]:
            return self._is_generic(words)
        if self.pack.words("allotment").after(words, 0) is not None:
            return False
        if parent.close and measure.family != "count":
            return self.pack.words("wholes").after(words, 0) is None
        if measure.family == "count":
            heads = self.pack.words("indicator-heads")
            return heads.after(words, 0) is None and self.pack.nouns.after(words, 0) is None
        return weak

    def _counts_again(self, name: str) -> bool:
        """ "Số vụ cháy: + Năm 2026: 14 vụ": whether a row says no more than the noun that the heading counts."""
        above, words = words_of(self.parent.name), words_of(name)
        if self.parent.unit or self.pack.words("allotment").after(above, 0) is None:
            return False
        return any(above[at : at + len(words)] == words for at in range(len(above)))

    def _is_share_of_counted(self, name: str, before: Named) -> bool:
        """ "Có 386 người, đạt chuẩn 94%", "128 hộ; tỷ lệ 5,6%": whether a share is of what was counted before it."""
        opens = before.measure.family == "count" and self.judge.opens("opens-fixed-phrase", name) > 0
        return opens or self.judge.is_rate_alone(name)

    def _given_to(self, intro: str, name: str, rule: str) -> str:
        """ "Phân bổ gạo cho các xã: A 45 tấn, B 30 tấn": what is given, and the one of the list who gets it."""
        found = self.pack.expression("given-to-those-listed").match(intro) if rule == "name-before" else None
        return f"{found.group('gives')} {name}" if found is not None else ""

    def _is_allotted(self, words: tuple[str, ...], above: tuple[str, ...]) -> bool:
        """Whether a row without an indicator of its own has the one that the heading over it names."""
        if not words or words[0] == above[0] or self.pack.words("allotment").after(above, 0) is None:
            return False
        if self.pack.words("fund-sources").after(words, 0) is not None:
            return True
        heads = ("indicator-heads", "allotment")
        return all(self.pack.words(known).after(words, 0) is None for known in heads)

    def _is_mere_support(self, words: tuple[str, ...]) -> bool:
        """Whether a name says no more than that something is paid ("hỗ trợ một lần", "mức chi")."""
        found = self.pack.words("mere-support").after(words, 0)
        return found is not None and found[0] == len(words)

    def _under_heading(self, name: str) -> str:
        """ "2. Hộ trồng cây lâu năm: hỗ trợ một lần 10 triệu đồng": what is paid is said by the heading."""
        heading = self.parent.heading
        return heading if words_of(heading)[:1] == words_of(name)[:1] else f"{heading} {name}"

    def _is_contrast(self, before: Named, measure: Measure, name: str) -> bool:
        """ "… của dân cư thành thị là 95%, nông thôn là 93%": the name goes on with another place."""
        if measure.family != "share" or before.measure.family != "share" or len(words_of(name)) > 4:
            return False
        clause = self.clauses.clause
        same = clause(before.measure.first, before.measure.tail) == clause(measure.first, measure.tail)
        same = same or self.pack.words("contrasts").after(words_of(name), 0) is not None
        members = self.pack.words("member-kinds").after(words_of(name), 0) is not None
        return same and (members or self.judge.is_indicator(before.name))

    def _is_generic(self, words: tuple[str, ...]) -> bool:
        return self.pack.words("generic-names").after(words, 0) is not None and len(words) <= 2

    def _is_weak(self, name: str, measure: Measure, *, divided: bool) -> bool:
        """Whether a name says what is measured only together with that of its parent."""
        if measure.family not in ("share", "money", "physical"):
            return False
        words = words_of(name)
        if self._is_generic(words) or self.pack.words("structure-parts").after(words, 0) is not None:
            return True
        if divided and self.pack.words("fund-sources").after(words, 0) is not None:
            return True
        if self.pack.words("contrasts").after(words, 0) is not None:
            return True
        known = self.pack.words("indicator-heads").after(words, 0) or self.pack.words("complete-name").after(words, 0)
        return known is None and len(words) <= 12

    def _together(self, above: str, name: str) -> str:
        """Two names as one: the words that end the first and begin the second stand there once ("Tỷ lệ giải quyết đơn
        thư" and "đơn thư tố cáo"); a part of a total says all by itself ("Tổng thu" and "thu nội địa")."""
        first, second = above.split(), name.split()
        last = [word.lower() for word in first]
        for size in range(min(len(first), len(second)), 0, -1):
            if last[-size:] == [word.lower() for word in second[:size]]:
                rest = " ".join(first[:-size])
                return name if not rest or self.judge.is_mere_count(rest) else f"{rest} {name}"
        return f"{above} {name}"
