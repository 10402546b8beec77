"""A block's tokens → its clauses and brackets."""

from bisect import bisect_left

from nqparse.packs.load import Pack
from nqparse.syntax.tokens import Tokens

_FARTHEST = 400


class Clauses:
    """Where clauses and brackets begin and end in a block's tokens.

    ``opened[n]`` is the bracket that token ``n`` stands in (-1 for none), ``closes`` the token that closes a bracket,
    ``hard[n]`` whether token ``n`` ends a clause, and ``ends`` the tokens that do, by the bracket that they stand in.
    """

    def __init__(self, tokens: Tokens, pack: Pack) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.opened = [-1] * (len(self.words) + 1)
        self.closes: dict[int, int] = {}
        self.hard = [False] * (len(self.words) + 1)
        self.ends: dict[int, list[int]] = {}
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
            if self.hard[at]:
                self.ends.setdefault(self.opened[at], []).append(at)
        self.opened[len(self.words)] = -1
        for at in stack:
            self.closes.setdefault(at, len(self.words))

    def _ends_sentence(self, at: int) -> bool:
        if at + 1 >= len(self.words):
            return True
        gap = self.tokens.starts[at + 1] > self.tokens.ends[at] or (at > 0 and self.words[at - 1] in ")%")
        following = self.tokens.text[self.tokens.starts[at + 1]]
        return gap and (following.isupper() or not following.isalpha())

    def clause(self, first: int, last: int) -> tuple[int, int]:
        """The clause around tokens ``first`` to ``last``: between hard boundaries of the same bracket."""
        depth = self.opened[first]
        ends = self.ends.get(depth, [])
        at = bisect_left(ends, first)
        start = max(0, first - _FARTHEST, depth + 1, ends[at - 1] + 1 if at else 0)
        end = min(last, len(self.words))
        close = self.closes.get(depth, len(self.words)) if depth >= 0 else len(self.words)
        at = bisect_left(ends, end)
        limit = min(close, last + _FARTHEST, ends[at] if at < len(ends) else len(self.words))
        return start, max(end, limit)

    def after_full_stop(self, start: int) -> bool:
        """Whether a sentence ended right before a token."""
        return start > 0 and self.hard[start - 1] and self.words[start - 1] != ";"

    def close_of(self, inner: int, depth: int) -> int:
        while inner >= 0 and self.opened[inner] != depth:
            inner = self.opened[inner]
        return self.closes.get(inner, len(self.words)) if inner >= 0 else 0
