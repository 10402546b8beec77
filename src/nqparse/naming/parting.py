"""The words before a number → whether a sign or a word parts them from it, so that they name something else."""

from collections.abc import Sequence

from nqparse.models import Bound
from nqparse.naming.named import Named
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.measures import Measure
from nqparse.syntax.clauses import Clauses

_NEAR = 9
_SHORT_OWNER = 2
_WITH = ("đối", "gắn", "cùng", "so")


class Parting:
    """Answers for the measures of one block. ``start`` and ``end`` are the tokens of the words before a number."""

    def __init__(self, clauses: Clauses, pack: Pack) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.pack = pack

    def parts_off(self, start: int, end: int, measure: Measure, done: Sequence[Named]) -> bool:
        """Whether none of the words are of the number; ``done`` are the measures before it."""
        return self._detached(start, end, measure, done) or self._lists_parts(start, end, measure)

    def goes_with_count(self, start: int, owner: str, done: Sequence[Named]) -> bool:
        """ "tặng 30 suất quà cho đối tượng chính sách, hộ nghèo với tổng trị giá …": the end of what was counted."""
        if not done or done[-1].measure.family != "count":
            return False
        if done[-1].measure.tail <= self.clauses.clause(start, start + 1)[0]:
            return False
        return done[-1].rest.endswith(owner) or len(words_of(owner)) <= _SHORT_OWNER

    def is_topic(self, start: int, measure: Measure) -> bool:
        """ "Về giáo dục, đào tạo: 100% trường …": words before a colon that only say what the text is about."""
        about = measure.link == "colon" and measure.family == "share"
        about = about and self.pack.words("topic-openers").after(self.words, start) is not None
        following = self.words[measure.tail : measure.tail + 1]
        return about and bool(following) and following[0][0].isalpha()

    def begins_anew(self, measure: Measure, last: int, end: int) -> bool:
        """Whether a number with words of its own behind it begins a clause of its own: a comma stands between it and
        the name that ended at ``last``, or "của" makes those before it theirs ("ý kiến của 24/25 đại biểu")."""
        if not self._says_itself(measure):
            return False
        if measure.link == "" and measure.of is not None and self.words[end - 1 : end] == ["của"]:
            return True
        if measure.link not in ("", "have"):
            return False
        return "," in self.words[last:end] or self._only_sums_up(last, end)

    def _only_sums_up(self, last: int, end: int) -> bool:
        """ "…, toàn huyện có tổng số 78 sản phẩm": whether but a place and a counter stand behind the last comma."""
        comma = next((n for n in range(end - 1, max(0, end - _NEAR) - 1, -1) if self.words[n] == ","), end)
        counter = self.pack.words("before-counted-noun").before(self.words, end)
        if comma >= end or counter is None:
            return False
        return self.pack.words("before-name").after(self.words, comma + 1) is not None and end - comma <= _NEAR

    def _says_itself(self, measure: Measure) -> bool:
        """ "Huy động nguồn lực, đến năm 2025 có 80% số xã đạt chuẩn": the words behind a number are its name."""
        follows = measure.tail < len(self.words) and self.words[measure.tail][0].isalpha()
        return follows and (measure.family == "share" or measure.unit_to > measure.unit_from > 0)

    def _lists_parts(self, start: int, end: int, measure: Measure) -> bool:
        """ "Huyện ở ven biển, gồm 23 xã": the words before "gồm" are a statement of their own."""
        found = self.pack.words("part-of").before(self.words, end) if measure.family == "count" else None
        return found is not None and start < end - found[0] and self.words[end - found[0] - 1] == ","

    def _detached(self, start: int, end: int, measure: Measure, done: Sequence[Named]) -> bool:
        """Whether a comma, "và" or "với" cuts the words before a number off from it."""
        sign = self.words[end - 1]
        counts = measure.family == "count"
        if sign == "với" and measure.family == "share" and measure.link in ("", "filler"):
            return measure.tail < len(self.words) and self.words[measure.tail][0].isalpha()
        if sign == "với":
            aside = bool(done) or self.words[end - 2] == ","
            return counts and aside and self.words[end - 2] not in _WITH
        if sign == "," and not counts and not done and measure.bound is not Bound.EXACT:
            grows_only = measure.link == "growth" and self.words[measure.tail : measure.tail + 1] in ([], ["so"], ["."])
            return not grows_only and (measure.lead == measure.first or measure.link not in ("", "filler"))
        if (
            sign == ","
            and measure.link in ("copula", "growth")
            and not (counts and measure.unit_to > measure.unit_from)
        ):
            told = bool(done) and done[-1].measure.first >= self.clauses.clause(start, start + 1)[0]
            return told and self.words[start - 1] != ":"
        return sign in (",", ";", "và")
