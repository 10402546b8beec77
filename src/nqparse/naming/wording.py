"""The words on either side of a number → where the phrase that names it begins and ends."""

from nqparse.naming.trimming import Trimmer
from nqparse.packs.schema import Rule
from nqparse.quantity.measures import Measure

_QUOTES_CLOSE = '”"’'
_ENDS = "()[]:"
_ENDS_OF_RATES = "()[]:/"
_WAY = 12
_PURPOSE = "để"
_GIVEN = ("cho", "từ", _PURPOSE)
_LONG_CLAUSE = 30
_BRIEF_PART = 2
_SHORT_CLAUSE = 6
_LONG_SUBJECT = 8
_BOUND_TO_VERBS = ("được", "bị", "đã", ",", "và")


class Wording(Trimmer):
    """Where the phrases of one block begin and end that name its numbers."""

    _led = -1

    def sub_with_colon(self, start: int, end: int) -> bool:
        """Whether "trong đó:" opens a list, which semicolons do not end."""
        found = self.pack.words("part-of").within(self.words, start, end)
        if found is None:
            return False
        after = found[0] + found[1][0]
        return self.words[after : after + 1] == [":"]

    def is_attribute(self, first: int, last: int) -> bool:
        """Whether the words are no more than a quantity that something has ("chiều dài", "tổng vốn")."""
        found = self.pack.words("attributes").after(self.words, first) if first < last else None
        return found is not None and found[0] == last - first

    def opens_sub(self, start: int, end: int) -> bool:
        """Whether a word that divides a quantity ("trong đó") stands in a stretch of tokens."""
        return self.pack.words("part-of").within(self.words, start, end) is not None

    def after_rest(self, end: int, lead: int) -> int:
        """Where the words of the next measure begin: after the comma or "nhưng" that ends those of the one before."""
        turns = self.pack.words("adversatives")
        for n in range(lead - 1, end - 1, -1):
            if (turn := turns.after(self.words, n)) is not None and n + turn[0] <= lead:
                return n + turn[0]
        if (dated := self._after_another_date(end, lead)) > end:
            return dated
        joint = next((n for n in range(lead - 1, end, -1) if self.words[n] == "và"), None)
        if joint is not None and self._leads_next(joint, lead):
            return joint + 1
        if end < lead and self.words[end][0].isalnum():
            depth = self.clauses.opened[lead]
            signs = [n for n in range(end, lead - 1) if self.words[n] in ",;" and self.clauses.opened[n] == depth]
            signs = [n for n in signs if not (self.words[n - 1].isdigit() and self.words[n + 1].isdigit())]
            return next(
                (n for n in signs if self.is_headed(self.trim(n + 1, lead)[0], lead)),
                signs[-1] if signs else end,
            )
        return end

    def _after_another_date(self, end: int, lead: int) -> int:
        """ "45% số xã đạt chuẩn và đến năm 2030 có 70% …": where the next measure begins that opens with its year."""
        if "và" not in self.words[end:lead]:
            return end
        at = lead - 1 - self.words[end:lead][::-1].index("và")
        first, last = at + 1, lead
        if first >= last or not any(word.isdigit() for word in self.words[first:last]):
            return end
        return first if self._after_time(first, last) >= last else end

    def head(self, first: int, last: int) -> tuple[int, str]:
        """Where the name begins in a clause with commas, and the structure ("Cơ cấu kinh tế") that one before names.

        It begins at the last indicator noun, else after the last word that opens a new clause, else at the start.
        """
        depth = self.clauses.opened[last - 1] if last > first else -1
        if last > first and self.words[last - 1] in ")]" and depth >= 0:
            depth = self.clauses.opened[depth]
        signs = (n for n, word in enumerate(self.words[first : last - 1], first) if word == ",")
        levies = self.pack.words("levies")
        commas = [n for n in signs if self._separates(n, depth) and not self.commas.joins(n, levies)]
        starts = self.after_clauses([first, *(n + 1 for n in commas)], last)
        structure = self.structure(first, starts[0]) if starts[0] > first else ""
        headed = [s for s in starts if self.is_headed(self.trim(s, last)[0], last) and not self.goes_with_verb(s)]
        if headed and starts[0] == first and self._is_row(first, headed[0], last):
            return first, structure
        if headed:
            return self.list_start(starts, headed), structure
        start = self.object(starts[0], last)
        start = self._after_break(start, last) or self._short_enough(start, last, commas)
        return self._last_doing(start, last), structure

    def _last_doing(self, first: int, last: int) -> int:
        """ "Xã Vĩnh Sơn được thành lập trên cơ sở sáp nhập 3 xã": the verb right before a number, in a long clause."""
        if last - first <= _LONG_SUBJECT:
            return first
        verb = self.pack.words("act-verbs").before(self.words, last)
        if verb is None or not self.closes(verb, first, last) or self.words[last - verb[0] - 1] in _BOUND_TO_VERBS:
            return first
        told = self.pack.words("prior-statement").within(self.words, first, last - verb[0])
        return last - verb[0] if told is not None else first

    def _is_row(self, first: int, headed: int, last: int) -> bool:
        """ "Chi từ nguồn thu huy động, đóng góp: ": a block's words up to its colon, with a brief last part."""
        row = first == 0 and self.words[last : last + 1] == [":"] and last - first <= _LONG_CLAUSE
        if not row or last - headed > _BRIEF_PART:
            return False
        return any(
            self.pack.words(known).after(self.words, first) is not None for known in ("indicator-heads", "giving-verbs")
        )

    def _after_break(self, first: int, last: int) -> int | None:
        """Where a new clause begins in a long one ("…, với tổng vốn"): after the last of the words that open one."""
        with_it = next((n for n in range(last - 2, first, -1) if self.words[n] == "với"), None)
        if with_it is not None and self.is_attribute(with_it + 1, last):
            return with_it + 1
        if last - first <= _SHORT_CLAUSE:
            return None
        breaks = self.pack.words("clause-breaks")
        for n in range(last - 2, first, -1):
            found = breaks.after(self.words, n)
            if found is None or n + found[0] > last:
                continue
            start = n + 1 if found[0] > 1 and self.words[n] == "với" else n + found[0]
            if start < last:
                return start
        return None

    def _short_enough(self, first: int, last: int, commas: list[int]) -> int:
        """The start of the last parts of a clause that is too long for a name."""
        if last - first <= _LONG_CLAUSE or not commas or commas[-1] < first:
            return first
        start = commas[-1] + 1
        for comma in reversed(commas[:-1]):
            if start - comma - 1 > 5 or last - comma > _LONG_CLAUSE:
                break
            start = comma + 1
        return start

    def goes_with_verb(self, start: int) -> bool:
        """ "kiểm tra, giám sát 15 lượt": a verb before the comma shares the object of the one after it."""
        activities = self.pack.words("act-verbs")
        if start < 2 or self.words[start - 1] != ",":
            return False
        return activities.after(self.words, start) is not None and activities.before(self.words, start - 1) is not None

    def is_headed(self, first: int, last: int) -> bool:
        """Whether the words begin with an indicator's noun ("chi thường xuyên", not "chi bộ")."""
        activity = self.pack.words("act-verbs").after(self.words, first) if first < last else None
        if activity is not None and (first + activity[0] < last or not self._is_sector(first, last)):
            return True
        return self.is_indicator_at(first, last)

    def _is_sector(self, first: int, last: int) -> bool:
        """ "ngành nông nghiệp, xây dựng": whether the words are a sector that a list of sectors ends in."""
        sectors = self.pack.words("sectors")
        found = sectors.after(self.words, first)
        listed = first > 0 and self.words[first - 1] == "," and sectors.before(self.words, first - 1) is not None
        return listed and found is not None and first + found[0] == last

    def object(self, first: int, last: int) -> int:
        """Where the indicator begins that a verb before it takes ("quyết nghị thông qua tổng thu ngân sách")."""
        verbs = self.pack.words("takes-indicator")
        for n in range(first, last - 1):
            found = verbs.after(self.words, n)
            if found is not None and self.is_indicator_at(n + found[0], last):
                return n + found[0]
        return first

    def with_verb_of_change(self, head: int, start: int) -> int:
        """Where the name begins together with the verb right before it that makes a share a difference."""
        if head <= start:
            return head
        verb = self.pack.expression("verb-of-change").match(self.tokens.text, self.tokens.starts[head - 1])
        return head - 1 if verb is not None and verb.end() == self.tokens.starts[head] else head

    def after_clauses(self, starts: list[int], last: int) -> list[int]:
        """The starts that no clause with a verb of its own stands between and the number."""
        verbs = self.pack.words("clause-verbs")
        ends = [*starts[1:], last]
        keep = 0
        for n, (start, end) in enumerate(zip(starts[:-1], ends[:-1], strict=True)):
            opens = self.pack.words("adverbial-openers").after(self.words, start) is not None
            if opens or verbs.within(self.words, start, end - 1) is not None:
                keep = n + 1
        return starts[keep:]

    def before_verb(self, first: int, last: int) -> int:
        """ "Ngành dệt tiếp tục giữ vững vai trò, năm 2025 tăng 5%": where a clause ends that a comma parts from it."""
        if self.words[last : last + 1] != [","]:
            return last
        found = self.pack.words("clause-verbs").within(self.words, first, last)
        return found[0] if found is not None and found[0] > first else last

    def structure(self, first: int, last: int) -> str:
        """ "Cơ cấu kinh tế chuyển dịch, công nghiệp chiếm 58%": the shares that follow are of the structure."""
        structures, verbs = self.pack.words("structures"), self.pack.words("clause-verbs")
        first, last = self.trim(first, last)
        if first < last and structures.after(self.words, first) is not None:
            end = next((n for n in range(first, last) if verbs.after(self.words, n) is not None), last)
            return self.phrase(first, end)
        return ""

    def list_start(self, starts: list[int], headed: list[int]) -> int:
        """The last part with an indicator noun, or the first of a list of short ones ("thu phí, lệ phí")."""
        at = headed[-1]
        for earlier in reversed(headed[:-1]):
            following = starts[starts.index(earlier) + 1]
            if following != at or following - earlier > 7:
                break
            at = earlier
        return at

    def right(self, measure: Measure, following: Measure | None, clause: tuple[int, int]) -> str:
        """The words after the number that may belong to its name."""
        return "" if self._parts_members(measure, following) else self._behind(measure, following, clause)

    def _behind(self, measure: Measure, following: Measure | None, clause: tuple[int, int]) -> str:
        """The words up to the clause's end, the next number or a word that ends a name."""
        first = measure.tail
        limit = clause[1]
        listed, free = False, True
        leads = self._leads(measure, clause[0])
        if following is not None and following.lead < limit:
            free = False
            limit = self._before_attribute(first, self._before_joint(first, following.lead))
            listed = limit > first and self.words[limit - 1] in (",", "và", ";")
        stops = self.pack.words("ends-clause" if leads else "ends-predicate")
        gives = self._gives(measure)
        signs = _ENDS_OF_RATES if measure.per else _ENDS
        end = first
        head = ""
        while end < limit:
            word = self.words[end]
            if word == "(" and end + 2 < limit and self.words[end + 2] == ")" and end > first:
                end += 3
                continue
            if word in signs or (word == "," and not listed and self._comma_ends(end, first, limit, free, leads)):
                break
            if (
                end > first
                and self.stops(stops.after(self.words, end), end, first, limit)
                and not self.still_compares(measure, first, end)
                and not (gives and self.words[end] == _PURPOSE and self.words[first] in _GIVEN)
            ):
                if graded := self._graded(end, limit):
                    end += graded
                    continue
                after = self._after_bound(end, limit)
                if not after:
                    break
                head, first, end = self.phrase(*self.trim_right(first, end)), after, after
            end += 1
        if not self._may_open(measure, first, end, gives=gives):
            return ""
        start, last = self.trim_right(first, end)
        joined = ", " if self.words[first : first + 1] == [","] and start < last else ""
        return f"{joined}{head} {self.phrase(start, last)}".strip()

    def _may_open(self, measure: Measure, first: int, end: int, *, gives: bool) -> bool:
        """Whether the words from ``first`` to ``end`` may stand behind a number in its name."""
        if end > first and self.words[first] == "," and not self.commas.joins_alike(first):
            return False
        if (
            first < end
            and self.stops(self.pack.words("ends-predicate").after(self.words, first), first, first, end)
            and not self.compares(measure, first)
            and not (gives and self.words[first] == _PURPOSE)
        ):
            return False
        whole = measure.family == "share" and self.words[first : first + 1] == ["trên"]
        whole = whole and self.is_indicator_at(first + 1, end)
        whole = whole or self._leads_from(measure, first, end)
        whole = whole or (measure.family == "money" and self.pack.words("sources").after(self.words, first) is not None)
        return first >= end or whole or self.pack.words("no-predicate").after(self.words, first) is None

    def _before_joint(self, first: int, limit: int) -> int:
        """Where the words of a number end before the "và" whose verb leads to the next one, else ``limit``."""
        joints = (n for n in range(first, limit) if self.words[n] == "và" and self._leads_next(n, limit))
        return next(joints, limit)

    def _leads_next(self, joint: int, limit: int) -> bool:
        """ "hiến 240 m² đất và đóng góp 68 ngày công": whether nothing but a verb stands before the next number."""
        verbs = (self.pack.words(rule).after(self.words, joint + 1) for rule in ("act-verbs", "giving-verbs"))
        if not any(verb is not None and joint + 1 + verb[0] == limit for verb in verbs):
            return False
        listed = ("act-verbs", "giving-verbs", "sectors", "predicates")
        return all(self.pack.words(rule).before(self.words, joint) is None for rule in listed)

    def _leads_from(self, measure: Measure, first: int, end: int) -> bool:
        """ "2 tuyến đường từ thôn A đi B": a count of ways from one place to another."""
        ways = self.words[first : first + 1] == ["từ"] and measure.family in ("count", "physical")
        to = self.pack.words("route-joins")
        return ways and to.within(self.words, first + 2, min(end, first + _WAY)) is not None

    def _gives(self, measure: Measure) -> bool:
        """Whether an amount of money follows a verb of giving: what it is given for is part of its name."""
        if measure.per is not None or measure.family != "money":
            return False
        return self.pack.words("giving-verbs").before(self.words, measure.lead) is not None

    def _before_attribute(self, first: int, lead: int) -> int:
        """ "nâng cấp 09 tuyến hẻm dài 2 km": an attribute right before the next number is of its name, not of this."""
        found = self.pack.words("attributes").before(self.words, lead)
        return lead - found[0] if found is not None and lead - found[0] >= first else lead

    def _leads(self, measure: Measure, start: int) -> bool:
        """ "- 90% hồ sơ tại cấp tỉnh, cấp xã": whether a share opens its clause: what follows is all of its name."""
        if measure.family != "share" or measure.tail >= len(self.words):
            return False
        before = self.words[measure.lead - 1] if measure.lead > start else ";"
        if before in (",", "và"):
            return self._led == start and measure.lead == measure.first
        if before == "(" or (before[0].isalnum() and self.trim(start, measure.lead)[0] < measure.lead):
            return False
        self._led = start
        return True

    def _comma_ends(self, comma: int, first: int, limit: int, free: bool, leads: bool) -> bool:
        """Whether a comma ends the name; that of a share that leads its clause runs on to what tells another thing."""
        if self.pack.words("further-act").after(self.words, comma + 1) is not None:
            return True
        if leads and free:
            return self.pack.words("ends-clause").after(self.words, comma + 1) is not None
        return self.commas.ends(comma, first, limit, free=free)

    def _parts_members(self, measure: Measure, following: Measure | None) -> bool:
        """ "dịch vụ 49% - công nghiệp 47%": a dash with spaces between a share and the name of the next one."""
        first = measure.tail
        if following is None or not measure.family == following.family == "share" or following.lead - first < 2:
            return False
        if self.words[first] not in ("-", "–", "—"):
            return False
        spaced = self.tokens.starts[first + 1] > self.tokens.ends[first]
        return spaced and following.link in ("", "filler") and self.words[first + 1][0].isalpha()

    def _graded(self, at: int, limit: int) -> int:
        """ "90% đảng viên hoàn thành tốt nhiệm vụ trở lên": how many words of a bound go with the grade before them."""
        tail = self.pack.tails.after(self.words, at)
        if tail is None or tail[1].bound is None or at + tail[0] > limit:
            return 0
        grade = at - 1 if self.words[at - 1] in _QUOTES_CLOSE else at
        return tail[0] if self.pack.words("grades").before(self.words, grade) is not None else 0

    def _after_bound(self, at: int, limit: int) -> int:
        """ "từ 95% hộ gia đình trở lên đạt chuẩn": where the predicate begins after a bound's words; 0 if none does."""
        tail = self.pack.tails.after(self.words, at)
        if tail is None or tail[1].bound is None or at + tail[0] >= limit:
            return 0
        after = at + tail[0]
        return after if self.pack.words("predicates").after(self.words, after) is not None else 0

    def stops(self, stop: tuple[int, Rule, str] | None, at: int, first: int, limit: int) -> bool:
        """Whether a word ends the name here, and is neither part of a longer word nor of a phrase that goes on."""
        if stop is None or self.runs_on(at):
            return False
        return stop[0] > 1 or self.alone(at, first, limit)

    def still_compares(self, measure: Measure, first: int, at: int) -> bool:
        return at <= first + 1 and self.compares(measure, first)

    def runs_on(self, at: int) -> bool:
        """Whether a word that mostly ends a name goes on with it here ("là người có đạo")."""
        return self.pack.words("predicate-goes-on").after(self.words, at) is not None

    def compares(self, measure: Measure, first: int) -> bool:
        """ "1,5% so với dân số": a share of something that is no plan keeps the words."""
        return measure.basis is None and measure.family == "share" and self.words[first : first + 2] == ["so", "với"]
