"""Commas after a number → whether the words behind them still belong to what it counts."""

from collections.abc import Sequence

from nqparse.packs.load import Pack, Phrases
from nqparse.packs.schema import Rule

_PAIRS = ("livestock", "inspections", "petitions", "members")
_SHARE_SIGNS = ("%", "‰")
_KINDS = ("dwellings", "organisations", "fields-of-work", "undertakings", "levies")
_NEAR = 14
_FAR = 40
_LONGEST_ITEM = 6
_LONGEST_VERB = 3


class Commas:
    """The lists in the words that follow a number. ``comma`` and ``limit`` are token indices."""

    def __init__(self, words: Sequence[str], pack: Pack) -> None:
        self.words = words
        self.pack = pack

    def ends(self, comma: int, first: int, limit: int, *, free: bool) -> bool:
        """Whether a comma ends the name that began at ``first``; ``free`` tells that no other number follows it."""
        if self._opens(("attributes", "running-total", "share-nouns"), comma + 1):
            return True
        if self.joins_alike(comma) or self._is_inside(comma) or self._joins_nouns(comma, limit):
            return False
        if free and (self._says_again(comma, first) or self._joins_verbs(comma, first, limit)):
            return False
        if self._joins_levies(comma, first) or self._lists_on(comma, first, limit):
            return False
        if self._opens(("negations", "act-verbs"), comma + 1) or self._tells_on(comma, first):
            return True
        return not self._ends_in_predicate(comma, limit)

    def _is_inside(self, comma: int) -> bool:
        """Whether a comma stands inside a phrase that is one predicate ("trong sạch, vững mạnh")."""
        phrases = self.pack.words("set-phrases")
        found = (phrases.after(self.words, at) for at in range(max(0, comma - _LONGEST_VERB), comma))
        return any(one is not None for one in found)

    def _tells_on(self, comma: int, first: int) -> bool:
        """ "2 khu dân cư văn hóa, thu ngân sách đạt chỉ tiêu": an indicator behind what was counted."""
        return self._opens(("indicator-heads",), comma + 1) and self.pack.nouns.before(self.words, first) is not None

    def _opens(self, rules: Sequence[str], at: int) -> bool:
        return any(self.pack.words(rule).after(self.words, at) is not None for rule in rules)

    def _ends_in_predicate(self, comma: int, limit: int) -> bool:
        """Whether more of a list of short nouns follows that ends in a predicate."""
        verbs = self.pack.words("predicates")
        run = 0
        for n in range(comma + 1, min(limit, comma + _NEAR)):
            if self.words[n] in (",", "và"):
                run = 0
                continue
            if not self.words[n][0].isalnum() and self.words[n] not in "-–":
                return False
            if run and verbs.after(self.words, n) is not None:
                return True
            run += 1
            if run > _LONGEST_ITEM:
                return False
        return False

    def _says_again(self, comma: int, first: int) -> bool:
        """ "90% hộ nghèo, hộ cận nghèo vùng cao được vay vốn": what follows begins with the noun that was counted."""
        head = self.words[first : first + 2]
        if len(head) == 2 and comma > first + 1 and self.words[comma + 1 : comma + 3] == head:
            return True
        counted = self.pack.nouns.before(self.words, first) if comma > first else None
        return counted is not None and self.words[first - counted[0] : first] == self.words[comma + 1 :][: counted[0]]

    def _joins_levies(self, comma: int, first: int) -> bool:
        """ "50% số thu thuế giá trị gia tăng, thuế tiêu thụ đặc biệt": a levy after a levy."""
        levies = self.pack.words("levies")
        if levies.after(self.words, comma + 1) is None:
            return False
        return levies.within(self.words, first, comma) is not None

    def _lists_on(self, comma: int, first: int, limit: int) -> bool:
        """ "cho các bộ, cơ quan trung ương và địa phương": a list after "cho" or a place that goes on to its "và"."""
        places = self.pack.words("recipient-prepositions")
        if not any(places.after(self.words, n) is not None for n in range(first, comma)):
            return False
        return self._ends_in_and_after_items(comma, limit)

    def _joins_verbs(self, comma: int, first: int, limit: int) -> bool:
        """ "100% cán bộ được tập huấn, bồi dưỡng, cập nhật kiến thức": what is done to them, or given them."""
        start = comma
        while start > first and self.words[start - 1] != ",":
            start -= 1
        passive = self._passive(start, comma)
        if passive is None:
            brief = start > first and comma - start <= _LONGEST_VERB
            return brief and self._passive(max(first, start - _FAR), start) is not None
        return 0 < comma - passive - 1 <= _LONGEST_VERB or self._ends_in_and_after_items(comma, limit)

    def _passive(self, first: int, last: int) -> int | None:
        """The last word of a stretch that says that something is done to what was counted."""
        passives = self.pack.words("passives")
        return next((n for n in range(last - 1, first - 1, -1) if passives.after(self.words, n) is not None), None)

    def _ends_in_and_after_items(self, comma: int, limit: int) -> bool:
        """Whether only short items follow, the last of them after "và"."""
        run = 0
        joined = False
        for n in range(comma + 1, min(limit, comma + _FAR)):
            if joined and run and self.words[n] == ",":
                return self._opens(("part-of", "attributes", "running-total"), n + 1)
            if self.words[n] in (",", "và"):
                if not run or joined:
                    return False
                joined, run = self.words[n] == "và", 0
                continue
            fresh = run == 0 and self._opens(("predicates", "act-verbs", "indicator-heads", "clause-verbs"), n)
            if fresh or not self.words[n][0].isalpha():
                break
            run += 1
            if run > _LONGEST_ITEM:
                return False
        return joined and run > 0

    def joins_alike(self, comma: int) -> bool:
        """ "86 thôn, xóm", "thuế, phí, lệ phí": a comma between two places, organisations, projects."""
        return any(self.joins(comma, self.pack.words(rule)) for rule in _KINDS) or self._joins_two(comma)

    def _joins_two(self, comma: int) -> bool:
        """ "46 cuộc thanh tra, kiểm tra về đất đai": a comma between two that the words after the second are about."""
        for rule in _PAIRS:
            kind = self.pack.words(rule)
            if kind.before(self.words, comma) is None or (second := kind.after(self.words, comma + 1)) is None:
                continue
            end = comma + 1 + second[0]
            return end >= len(self.words) or not self.words[end][0].isdigit()
        return False

    def joins(self, comma: int, kind: Phrases[Rule]) -> bool:
        """Whether a comma stands between two words of one kind."""
        return kind.after(self.words, comma + 1) is not None and kind.before(self.words, comma) is not None

    def _joins_nouns(self, comma: int, limit: int) -> bool:
        """ "60% ấp, khu phố văn hóa": a comma between two counted nouns, right after the sign of a share."""
        before, after = self.pack.nouns.before(self.words, comma), self.pack.nouns.after(self.words, comma + 1)
        if before is None or after is None:
            return False
        if self.words[comma - before[0] - 1] not in _SHARE_SIGNS:
            return self._ends_in_and(comma + 1 + after[0], limit)
        end = comma + 1 + after[0]
        while self.words[end : end + 1] == [","] and (after := self.pack.nouns.after(self.words, end + 1)) is not None:
            end += 1 + after[0]
        return end < limit and self.words[end][0].isalpha()

    def _ends_in_and(self, at: int, limit: int) -> bool:
        """ "120 cán bộ quản lý, giáo viên và nhân viên": the list of nouns goes on to its "và"."""
        return at + 1 < limit and self.words[at] == "và" and self.pack.nouns.after(self.words, at + 1) is not None
