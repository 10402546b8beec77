"""The words on either side of a number → the phrase that names it, trimmed of signs, times and conjunctions."""

from nqparse.packs.load import Pack
from nqparse.packs.schema import Rule
from nqparse.stages.clauses import Clauses
from nqparse.stages.commas import Commas
from nqparse.stages.measures import Measure
from nqparse.stages.tokens import Tokens
from nqparse.words import stands_alone

_LONG_CLAUSE = 24
_SHORT_CLAUSE = 6
_LONGEST_TIME = 80
_QUOTES = "“\"‘'"


class Wording:
    """Phrases of one block: where they begin and end. ``first`` and ``last`` are token indices, ``last`` exclusive."""

    def __init__(self, tokens: Tokens, clauses: Clauses, pack: Pack) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.clauses = clauses
        self.pack = pack
        self.commas = Commas(self.words, pack)

    def sub_with_colon(self, start: int, end: int) -> bool:
        """Whether "trong đó:" opens a list, which semicolons do not end."""
        found = self.pack.words("sub-openers").within(self.words, start, end)
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
        return self.pack.words("sub-openers").within(self.words, start, end) is not None

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """Leave out signs, conjunctions and times at both ends."""
        while first < last and (start := self._after_opening(first, last)) > first:
            first = start
        while first < last and (end := self._before_closing(first, last)) < last:
            last = end
        return first, max(first, last)

    def _after_opening(self, first: int, last: int) -> int:
        """The token after a bracket, a sign, a time or a conjunction at the start; ``first`` where there is none."""
        word = self.words[first]
        if word in "([" and self.clauses.closes.get(first, last) < last:
            return self.clauses.closes[first] + 1
        if not word[0].isalnum() and word not in _QUOTES:
            return first + 1
        after_time = self._after_time(first, last)
        if after_time > first:
            return after_time
        opener = self.pack.words("name-openers").after(self.words, first)
        if (after := self._adverbial_end(first, last, opener[0] if opener is not None else 0)) is not None:
            return after
        if opener is None or first + opener[0] > last:
            return first
        return first + opener[0] if opener[0] > 1 or self.alone(first, first, last) else first

    def _adverbial_end(self, first: int, last: int, opener: int) -> int | None:
        """The token after the comma or "nhưng" that ends an adverbial; None where an opener of more words begins."""
        found = self.pack.words("adverbial-openers").after(self.words, first)
        if found is None or found[0] < opener:
            return None
        turns = self.pack.words("adversatives")
        for n in range(first + found[0], last):
            if (
                self.words[n] == ","
                and self._separates(n, self.clauses.opened[first])
                and not self.commas.joins_dwellings(n)
            ):
                topic = self.pack.words("topic-openers").after(self.words, first)
                return n + 1 if topic is None or self._names_something(n + 1, last) else None
            if (turn := turns.after(self.words, n)) is not None and n + turn[0] <= last:
                return n + turn[0]
        return None

    def _names_something(self, first: int, last: int) -> bool:
        """Whether words are left of a phrase that is trimmed."""
        start, end = self.trim(first, last)
        return start < end

    def _after_time(self, first: int, last: int) -> int:
        time = self.pack.expression("time-phrase")
        match = time.match(self.tokens.text, self.tokens.starts[first], self.tokens.ends[last - 1])
        return first if match is None else self.tokens.at(match.end())

    def _before_closing(self, first: int, last: int) -> int:
        """The token after which nothing but a sign, a conjunction or a time follows; ``last`` where there is none."""
        if self.words[last - 1] in ",;:-–.*/…":
            return last - 1
        end = self._before_time(first, last)
        if first < end < last:
            return end
        closer = self.pack.words("name-closers").before(self.words, last)
        return last - closer[0] if closer is not None and self.closes(closer, first, last) else last

    def _before_time(self, first: int, last: int) -> int:
        """The first token of a time at the end; ``last`` where there is none."""
        ending = self.pack.expression("time-ending")
        end = self.tokens.ends[last - 1]
        match = ending.match(self.tokens.text, max(self.tokens.starts[first], end - _LONGEST_TIME), end)
        return last if match is None else self.tokens.at(match.start())

    def closes(self, closer: tuple[int, Rule, str], first: int, last: int) -> bool:
        """Whether the words at the end are a closer, and no part of a longer word."""
        if last - closer[0] < first:
            return False
        return closer[0] > 1 or self.alone(last - 1, first, last)

    def alone(self, at: int, first: int, last: int) -> bool:
        """Whether one syllable is a word by itself among its neighbours."""
        low, high = max(first, at - 1), min(last, at + 2)
        if high - low < 2:
            return True
        return stands_alone(" ".join(self.words[low:high]), at - low)

    def after_rest(self, end: int, lead: int) -> int:
        """Where the words of the next measure begin: after the comma or "nhưng" that ends those of the one before."""
        turns = self.pack.words("adversatives")
        for n in range(lead - 1, end - 1, -1):
            if (turn := turns.after(self.words, n)) is not None and n + turn[0] <= lead:
                return n + turn[0]
        if end < lead and self.words[end][0].isalnum():
            depth = self.clauses.opened[lead]
            signs = [n for n in range(end, lead - 1) if self.words[n] in ",;" and self.clauses.opened[n] == depth]
            signs = [n for n in signs if not (self.words[n - 1].isdigit() and self.words[n + 1].isdigit())]
            return next(
                (n for n in signs if self.is_headed(self.trim(n + 1, lead)[0], lead)),
                signs[-1] if signs else end,
            )
        return end

    def head(self, first: int, last: int) -> tuple[int, str]:
        """Where the name begins in a clause with commas, and the structure ("Cơ cấu kinh tế") that one before names.

        It begins at the last indicator noun, else after the last word that opens a new clause, else at the start.
        """
        depth = self.clauses.opened[last - 1] if last > first else -1
        if last > first and self.words[last - 1] in ")]" and depth >= 0:
            depth = self.clauses.opened[depth]
        signs = (n for n, word in enumerate(self.words[first : last - 1], first) if word == ",")
        commas = [n for n in signs if self._separates(n, depth)]
        starts = self.after_clauses([first, *(n + 1 for n in commas)], last)
        structure = self.structure(first, starts[0]) if starts[0] > first else ""
        headed = [s for s in starts if self.is_headed(self.trim(s, last)[0], last) and not self.goes_with_verb(s)]
        if headed:
            return self.list_start(starts, headed), structure
        start = self.object(starts[0], last)
        return self._after_break(start, last) or self._short_enough(start, last, commas), structure

    def _separates(self, n: int, depth: int) -> bool:
        """Whether the comma at token ``n`` stands between words, outside inner brackets."""
        return not self.words[n + 1].isdigit() and self.clauses.opened[n] == depth

    def _after_break(self, first: int, last: int) -> int | None:
        """Where a new clause begins in a long one ("…, với tổng vốn"): after the last of the words that open one."""
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
        activities = self.pack.words("activities")
        if start < 2 or self.words[start - 1] != ",":
            return False
        return activities.after(self.words, start) is not None and activities.before(self.words, start - 1) is not None

    def is_headed(self, first: int, last: int) -> bool:
        """Whether the words begin with an indicator's noun ("chi thường xuyên", not "chi bộ")."""
        activity = self.pack.words("activities").after(self.words, first) if first < last else None
        if activity is not None and (first + activity[0] < last or not self._is_sector(first, last)):
            return True
        return self.is_indicator_at(first, last)

    def _is_sector(self, first: int, last: int) -> bool:
        """ "ngành nông nghiệp, xây dựng": whether the words are a sector that a list of sectors ends in."""
        sectors = self.pack.words("sectors")
        found = sectors.after(self.words, first)
        listed = first > 0 and self.words[first - 1] == "," and sectors.before(self.words, first - 1) is not None
        return listed and found is not None and first + found[0] == last

    def is_indicator_at(self, first: int, last: int) -> bool:
        found = self.pack.words("indicator-heads").after(self.words, first) if first < last else None
        return found is not None and (found[0] > 1 or self.alone(first, first, last))

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
        if following is not None and following.lead < limit:
            limit, free = following.lead, False
            listed = limit > first and self.words[limit - 1] in (",", "và", ";")
        stops = self.pack.words("right-stops")
        end = first
        head = ""
        while end < limit:
            word = self.words[end]
            if word == "(" and end + 2 < limit and self.words[end + 2] == ")" and end > first:
                end += 3
                continue
            if word in "()[]:" or (word == "," and not listed and self.commas.ends(end, first, limit, free=free)):
                break
            if (
                end > first
                and self.stops(stops.after(self.words, end), end, first, limit)
                and not self.still_compares(measure, first, end)
            ):
                after = self._after_bound(end, limit)
                if not after:
                    break
                head, first, end = self.phrase(*self.trim_right(first, end)), after, after
            end += 1
        if end > first and self.words[first] == "," and not self.commas.joins_dwellings(first):
            return ""
        if (
            first < end
            and self.stops(stops.after(self.words, first), first, first, end)
            and not self.compares(measure, first)
        ):
            return ""
        whole = measure.family == "share" and self.words[first : first + 1] == ["trên"]
        whole = whole and self.is_indicator_at(first + 1, end)
        if first < end and not whole and self.pack.words("right-openers-not").after(self.words, first) is not None:
            return ""
        start, last = self.trim_right(first, end)
        return f"{head} {self.phrase(start, last)}".strip()

    def _parts_members(self, measure: Measure, following: Measure | None) -> bool:
        """ "dịch vụ 49% - công nghiệp 47%": a dash with spaces between a share and the name of the next one."""
        first = measure.tail
        if following is None or not measure.family == following.family == "share" or following.lead - first < 2:
            return False
        if self.words[first] not in ("-", "–", "—"):
            return False
        spaced = self.tokens.starts[first + 1] > self.tokens.ends[first]
        return spaced and following.link in ("", "filler") and self.words[first + 1][0].isalpha()

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
        return self.pack.words("right-goes-on").after(self.words, at) is not None

    def compares(self, measure: Measure, first: int) -> bool:
        """ "1,5% so với dân số": a share of something that is no plan keeps the words."""
        return measure.basis is None and measure.family == "share" and self.words[first : first + 2] == ["so", "với"]

    def trim_right(self, first: int, last: int) -> tuple[int, int]:
        while first < last and not (self.words[first][0].isalnum() or self.words[first] in _QUOTES):
            first += 1
        if first < last:
            first = min(self._after_time(first, last), last)
        return self.trim_end(first, last)

    def trim_end(self, first: int, last: int) -> tuple[int, int]:
        closers = self.pack.words("right-closers")
        while first < last:
            if self.words[last - 1] in ",;:-–.*…":
                end = last - 1
            elif (closer := closers.before(self.words, last)) is not None:
                end = max(first, last - closer[0])
            else:
                end = self._before_time(first, last)
            if end == last:
                break
            last = end
        return first, last

    def phrase(self, first: int, last: int) -> str:
        """The text of tokens, single-spaced, without brackets and without the years that go to the period."""
        if first >= last:
            return ""
        parts = []
        at = run = first
        while at < last:
            if self.words[at] in "([" and at in self.clauses.closes and self.clauses.closes[at] < last:
                parts.append(self.tokens.slice(run, at))
                at = run = self.clauses.closes[at] + 1
                continue
            at += 1
        parts.append(self.tokens.slice(run, last))
        text = " ".join(part for part in parts if part)
        text = self.pack.expression("period-inside").sub(" ", text)
        text = " ".join(text.split()).replace(" ,", ",").strip(" ,;:")
        return self.pack.expression("agent").sub("", text)
