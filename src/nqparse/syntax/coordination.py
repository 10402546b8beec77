"""Commas → what they join: two of a kind, the members of a list, verbs of one passive, or nothing."""

from collections.abc import Iterable

from nqparse.syntax.lexicon import Tags
from nqparse.syntax.tokens import Tokens

_PAIRS = ("livestock", "inspections", "petitions", "members")
_KINDS = ("dwellings", "organisations", "fields-of-work", "undertakings", "levies")
_SHARE_SIGNS = ("%", "‰")
_NEAR = 14
_FAR = 40
_LONGEST_ITEM = 6
_LONGEST_VERB = 3


class Commas:
    """The lists in a block's words. ``comma`` and ``limit`` are token indices; ``first`` is where the phrase begins."""

    def __init__(self, tokens: Tokens, tags: Tags) -> None:
        self.words = tokens.words
        self.tags = tags

    def kinds(self, comma: int, first: int, limit: int) -> Iterable[str]:
        """What the comma joins: any of ``alike``, ``set-phrase``, ``nouns``, ``noun-again``, ``verbs``, ``levies``,
        ``list``, ``predicate``."""
        joins = {
            "alike": self._joins_alike(comma),
            "set-phrase": self._is_inside(comma),
            "nouns": self._joins_nouns(comma, limit),
            "noun-again": self._says_again(comma, first),
            "verbs": self._joins_verbs(comma, first, limit),
            "levies": self.tags.begins(comma + 1, "levies") > 0
            and self.tags.within(first, comma, "levies") is not None,
            "list": self.tags.within(first, comma, "recipient-prepositions") is not None
            and self._ends_in_and(comma, limit),
            "predicate": self._ends_in_predicate(comma, limit),
        }
        return (kind for kind, joined in joins.items() if joined)

    def joins(self, comma: int, *kinds: str) -> bool:
        """Whether a comma stands between two words of one kind."""
        return any(self.tags.begins(comma + 1, kind) and self.tags.ends(comma, kind) for kind in kinds)

    def _joins_alike(self, comma: int) -> bool:
        """ "nhà tạm, nhà dột nát"; "46 cuộc thanh tra, kiểm tra về đất đai": two of a kind, the latter no count."""
        if self.joins(comma, *_KINDS):
            return True
        for kind in _PAIRS:
            second = self.tags.begins(comma + 1, kind)
            if second and self.tags.ends(comma, kind):
                end = comma + 1 + second
                return end >= len(self.words) or not self.words[end][0].isdigit()
        return False

    def _is_inside(self, comma: int) -> bool:
        """Whether a comma stands inside a phrase that is one predicate ("trong sạch, vững mạnh")."""
        starts = range(max(0, comma - _LONGEST_VERB), comma)
        return any(at + self.tags.begins(at, "set-phrases") > comma for at in starts)

    def _joins_nouns(self, comma: int, limit: int) -> bool:
        """ "60% ấp, khu phố văn hóa": a comma between counted nouns, behind a share or before "và" with another."""
        before, after = self.tags.ends(comma, "noun"), self.tags.begins(comma + 1, "noun")
        if not before or not after:
            return False
        end = comma + 1 + after
        if self.words[comma - before - 1] not in _SHARE_SIGNS:
            joint = self.tags.begins(end, "joint-and")
            return joint > 0 and end + 1 < limit and self.tags.begins(end + 1, "noun") > 0
        while self.words[end : end + 1] == [","] and (after := self.tags.begins(end + 1, "noun")):
            end += 1 + after
        return end < limit and self.words[end][0].isalpha()

    def _says_again(self, comma: int, first: int) -> bool:
        """ "90% hộ nghèo, hộ cận nghèo vùng cao được vay vốn": what follows begins with the noun that was counted."""
        head = self.words[first : first + 2]
        if len(head) > 1 and comma > first + 1 and self.words[comma + 1 : comma + 3] == head:
            return True
        size = self.tags.ends(first, "noun") if comma > first else 0
        return size > 0 and self.words[first - size : first] == self.words[comma + 1 : comma + 1 + size]

    def _joins_verbs(self, comma: int, first: int, limit: int) -> bool:
        """ "100% cán bộ được tập huấn, bồi dưỡng, cập nhật kiến thức": what is done to them, or given them."""
        start = comma
        while start > first and self.words[start - 1] != ",":
            start -= 1
        passive = self._passive(start, comma)
        if passive is None:
            brief = start > first and comma - start <= _LONGEST_VERB
            return brief and self._passive(max(first, start - _FAR), start) is not None
        return 0 < comma - passive - 1 <= _LONGEST_VERB or self._ends_in_and(comma, limit)

    def _passive(self, first: int, last: int) -> int | None:
        """The last word of a stretch that says that something is done to what was counted."""
        return next((n for n in range(last - 1, first - 1, -1) if self.tags.begins(n, "passives")), None)

    def _ends_in_and(self, comma: int, limit: int) -> bool:
        """Whether only short items follow, the last of them after "và"."""
        run, joined = 0, False
        for n in range(comma + 1, min(limit, comma + _FAR)):
            joint = self.tags.begins(n, "joint-and") > 0
            if joined and run and self.words[n] == ",":
                return self.tags.begins(n + 1, "part-of", "attributes") > 0
            if joint or self.words[n] == ",":
                if not run or joined:
                    return False
                joined, run = joint, 0
                continue
            fresh = run == 0 and self.tags.begins(n, "predicates", "act-verbs", "indicator-heads", "clause-verbs")
            if fresh or not self.words[n][0].isalpha():
                break
            run += 1
            if run > _LONGEST_ITEM:
                break
        return joined and run > 0

    def _ends_in_predicate(self, comma: int, limit: int) -> bool:
        """Whether more of a list of short nouns follows that ends in a predicate."""
        run = 0
        for n in range(comma + 1, min(limit, comma + _NEAR)):
            if self.words[n] == "," or self.tags.begins(n, "joint-and"):
                run = 0
                continue
            if not self.words[n][0].isalnum() and self.words[n] not in "-–":
                return False
            if run and self.tags.begins(n, "predicates"):
                return True
            run += 1
            if run > _LONGEST_ITEM:
                return False
        return False
