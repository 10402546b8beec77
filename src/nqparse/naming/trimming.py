"""Stretches of a block's words → phrases, without the signs, times and conjunctions at their ends."""

from nqparse.naming.commas import Commas
from nqparse.packs.load import Pack
from nqparse.packs.schema import Rule
from nqparse.syntax.clauses import Clauses
from nqparse.syntax.tokens import Tokens
from nqparse.words import lexicon, stands_alone

_LONGEST_TIME = 80
_QUOTES = "“\"‘'"


class Trimmer:
    """Makes phrases of one block's words. ``first`` and ``last`` are token indices, ``last`` exclusive."""

    def __init__(self, tokens: Tokens, clauses: Clauses, pack: Pack) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.clauses = clauses
        self.pack = pack
        self.commas = Commas(self.words, pack)

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
        opener = self.pack.words("before-name").after(self.words, first)
        if (after := self._adverbial_end(first, last, opener[0] if opener is not None else 0)) is not None:
            return after
        if opener is None or first + opener[0] > last or self._is_average(first, opener, last):
            return first
        if self.pack.words("opens-fixed-phrase").after(self.words, first) is not None:
            return first
        if opener[0] > 1:
            return first + opener[0]
        return first if self._opens_word(first, last) or not self.alone(first, first, last) else first + 1

    def _opens_word(self, first: int, last: int) -> bool:
        """Whether the dictionary has a word of the first two syllables ("bằng cấp", "theo dõi")."""
        return first + 1 < last and f"{self.words[first]} {self.words[first + 1]}" in lexicon().pairs

    def _is_average(self, first: int, opener: tuple[int, Rule, str], last: int) -> bool:
        """ "Bình quân lương thực", not "bình quân mỗi năm" or "bình quân kết nạp": an average of a noun."""
        after = first + opener[0]
        averages = self.pack.words("averages").after(self.words, first) is not None
        if not averages or after >= last or not self.words[after].isalpha():
            return False
        others = (
            self.pack.words(rule).after(self.words, after) for rule in ("act-verbs", "before-name", "distributives")
        )
        return all(other is None for other in others) and self._after_time(after, last) == after

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
                and not self.commas.joins_alike(n)
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
        if self._ends_in_word(first, last):
            return last
        end = self._before_time(first, last)
        if first < end < last:
            return end
        closer = self.pack.words("after-name").before(self.words, last)
        return last - closer[0] if closer is not None and self.closes(closer, first, last) else last

    def _before_time(self, first: int, last: int) -> int:
        """The first token of a time at the end; ``last`` where there is none."""
        ending = self.pack.expression("time-ending")
        end = self.tokens.ends[last - 1]
        match = ending.match(self.tokens.text, max(self.tokens.starts[first] - 1, end - _LONGEST_TIME, 0), end)
        return last if match is None else self.tokens.at(match.start())

    def _ends_in_word(self, first: int, last: int) -> bool:
        """Whether what looks like a closer or a time at the end belongs to a longer word ("cây lâu năm")."""
        longer = self.pack.words("compound-ends").before(self.words, last)
        return longer is not None and longer[0] <= last - first

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

    def _separates(self, n: int, depth: int) -> bool:
        """Whether the comma at token ``n`` stands between words, outside inner brackets."""
        return not self.words[n + 1].isdigit() and self.clauses.opened[n] == depth

    def is_indicator_at(self, first: int, last: int) -> bool:
        found = self.pack.words("indicator-heads").after(self.words, first) if first < last else None
        return found is not None and (found[0] > 1 or self.alone(first, first, last))

    def trim_right(self, first: int, last: int) -> tuple[int, int]:
        while first < last and not (self.words[first][0].isalnum() or self.words[first] in _QUOTES):
            first += 1
        if first < last:
            first = min(self._after_time(first, last), last)
        return self.trim_end(first, last)

    def trim_end(self, first: int, last: int) -> tuple[int, int]:
        closers = self.pack.words("after-counted-noun")
        while first < last:
            if self.words[last - 1] in ",;:-–.*/…":
                end = last - 1
            elif self._ends_in_word(first, last):
                break
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
        if ", " in text and " đã " in text:
            text = self.pack.expression("clause-before-agent").sub("", text)
        agent = self.pack.expression("agent").match(text)
        text = text[agent.end() :] if agent is not None else text
        return self.pack.expression("done-by").sub(" ", text) if " đã " in text else text
