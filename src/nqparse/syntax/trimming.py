"""Stretches of a block's words → phrases, without the signs, times and conjunctions at their ends; and their spans."""

from collections.abc import Iterator

from nqparse.packs.load import Pack
from nqparse.syntax.clauses import Clauses
from nqparse.syntax.lexicon import Tags
from nqparse.syntax.tokens import Tokens
from nqparse.words import lexicon, stands_alone

Span = tuple[int, int]
_LONGEST_TIME = 80
_QUOTES = "“\"‘'"
_SIGNS = ",;:-–.*/…"
_AVERAGED = ("act-verbs", "before-name", "distributives")


class Trimmer:
    """Makes phrases of one block's words. ``first`` and ``last`` are token indices, ``last`` exclusive."""

    def __init__(self, tokens: Tokens, clauses: Clauses, tags: Tags, pack: Pack) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.clauses = clauses
        self.tags = tags
        self.pack = pack
        self._trimmed: dict[Span, Span] = {}

    def trim(self, first: int, last: int) -> Span:
        """Leave out signs, conjunctions and times at both ends."""
        key = (first, last)
        if key not in self._trimmed:
            while first < last and (start := self._after_opening(first, last)) > first:
                first = start
            while first < last and (end := self._before_closing(first, last, "after-name")) < last:
                last = end
            self._trimmed[key] = (min(first, key[1]), max(first, last))
        return self._trimmed[key]

    def trim_right(self, first: int, last: int) -> Span:
        """The same for words behind a number, which may begin with what would open no name before it."""
        while first < last and not (self.words[first][0].isalnum() or self.words[first] in _QUOTES):
            first += 1
        if first < last:
            first = min(self.after_time(first, last), last)
        while first < last and (end := self._before_closing(first, last, "after-counted-noun")) < last:
            last = max(first, end)
        return first, last

    def after_time(self, first: int, last: int) -> int:
        """The token after the time that begins at ``first``; ``first`` where there is none."""
        time = self.pack.expression("time-phrase")
        match = time.match(self.tokens.text, self.tokens.starts[first], self.tokens.ends[last - 1])
        return first if match is None else self.tokens.at(match.end())

    def alone(self, at: int, first: int, last: int) -> bool:
        """Whether one syllable is a word by itself among its neighbours."""
        low, high = max(first, at - 1), min(last, at + 2)
        return high - low < 2 or stands_alone(" ".join(self.words[low:high]), at - low)

    def begins_word(self, tag: str, first: int, last: int) -> int:
        """The words of a form with a tag that begins a phrase, and is no more than the start of a longer word."""
        size = self.tags.begins(first, tag) if first < last else 0
        return size if size > 1 or (size and self.alone(first, first, last)) else 0

    def spans(self, first: int, last: int) -> tuple[Span, ...]:
        """The places in the text of tokens, without brackets and without the years that go to the period."""
        kept = list(self._outside_brackets(first, last))
        text = " ".join(self.tokens.text[a:b] for a, b in kept)
        for cut in self.pack.expression("period-inside").finditer(text):
            kept = list(_without(kept, cut.start(), cut.end()))
        return tuple(kept)

    def _outside_brackets(self, first: int, last: int) -> Iterator[Span]:
        at = run = first
        while at < last:
            if self.words[at] in "([" and self.clauses.closes.get(at, last) < last:
                yield from self._stretch(run, at)
                at = run = self.clauses.closes[at] + 1
                continue
            at += 1
        yield from self._stretch(run, last)

    def _stretch(self, first: int, last: int) -> Iterator[Span]:
        while first < last and self.words[first] in ";:":
            first += 1
        while first < last and self.words[last - 1] in ",;:":
            last -= 1
        if first < last:
            yield self.tokens.starts[first], self.tokens.ends[last - 1]

    def _after_opening(self, first: int, last: int) -> int:
        """The token after a bracket, a sign, a time or a conjunction at the start; ``first`` where there is none."""
        word = self.words[first]
        if word in "([" and self.clauses.closes.get(first, last) < last:
            return self.clauses.closes[first] + 1
        if not word[0].isalnum() and word not in _QUOTES:
            return first + 1
        if (after_time := self.after_time(first, last)) > first:
            return after_time
        opener = self.tags.begins(first, "before-name")
        if not opener or first + opener > last or self._is_average(first, opener, last):
            return first
        if self.tags.begins(first, "opens-fixed-phrase"):
            return first
        if opener > 1:
            return first + opener
        return first if self._opens_word(first, last) or not self.alone(first, first, last) else first + 1

    def _opens_word(self, first: int, last: int) -> bool:
        """Whether the dictionary has a word of the first two syllables ("bằng cấp", "theo dõi")."""
        return first + 1 < last and f"{self.words[first]} {self.words[first + 1]}" in lexicon().pairs

    def _is_average(self, first: int, opener: int, last: int) -> bool:
        """ "Bình quân lương thực", not "bình quân mỗi năm" or "bình quân kết nạp": an average of a noun."""
        after = first + opener
        if not self.tags.begins(first, "averages") or after >= last or not self.words[after].isalpha():
            return False
        return not self.tags.begins(after, *_AVERAGED) and self.after_time(after, last) == after

    def _before_closing(self, first: int, last: int, closers: str) -> int:
        """The token after which nothing but a sign, a conjunction or a time follows; ``last`` where there is none."""
        if self.words[last - 1] in _SIGNS:
            return last - 1
        longer = self.tags.ends(last, "compound-ends")
        if 0 < longer <= last - first:
            return last
        if first < (end := self._before_time(first, last)) < last:
            return end
        closer = self.tags.ends(last, closers)
        if not closer or last - closer < first:
            return last
        whole = closer > 1 or closers == "after-counted-noun" or self.alone(last - 1, first, last)
        return last - closer if whole else last

    def _before_time(self, first: int, last: int) -> int:
        """The first token of a time at the end; ``last`` where there is none."""
        end = self.tokens.ends[last - 1]
        lowest = max(self.tokens.starts[first] - 1, end - _LONGEST_TIME, 0)
        match = self.pack.expression("time-ending").match(self.tokens.text, lowest, end)
        return last if match is None else self.tokens.at(match.start())


def _without(spans: list[Span], start: int, end: int) -> Iterator[Span]:
    """The spans without characters ``start`` to ``end`` of their text, in which one blank parts one from the next."""
    at = 0
    for first, last in spans:
        low, high = max(first, first + start - at), min(last, first + end - at)
        if low >= high:
            yield first, last
        else:
            yield from (one for one in ((first, low), (high, last)) if one[0] < one[1])
        at += last - first + 1
