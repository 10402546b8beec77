"""A pack that notes which of its rules answer, for those rules that leave no trace in the records."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

import regex

from nqparse.packs.load import Pack, Phrases
from nqparse.packs.schema import Rule

R = TypeVar("R", bound=Rule)


def watched(pack: Pack, met: set[str]) -> Pack:
    """The same pack; it adds to ``met`` the id of each rule whose form or expression a stage asked for and found.

    Watched are the words that lead to a number or follow it, document types, issuers, word lists and expressions, the
    one that is tried before all rules for numbers among them.
    """
    return replace(
        pack,
        numbers=cast("regex.Pattern[str]", _WatchedBranch(pack.numbers, "surely-a-quantity", met, "quantity")),
        leads=_WatchedPhrases(pack.leads, met),
        tails=_WatchedPhrases(pack.tails, met),
        types=_WatchedPhrases(pack.types, met),
        issuers=tuple((rule, _watch(pattern, rule.id, met)) for rule, pattern in pack.issuers),
        word_lists={key: _WatchedPhrases(phrases, met) for key, phrases in pack.word_lists.items()},
        expressions={key: _watch(pattern, key, met) for key, pattern in pack.expressions.items()},
    )


class _WatchedPhrases(Phrases[R]):
    """Phrases that note the rule of each phrase that is found."""

    def __init__(self, phrases: Phrases[R], met: set[str]) -> None:
        self._phrases = phrases
        self._met = met

    def after(self, words: Sequence[str], at: int) -> tuple[int, R, str] | None:
        return self._noted(self._phrases.after(words, at))

    def before(self, words: Sequence[str], end: int) -> tuple[int, R, str] | None:
        return self._noted(self._phrases.before(words, end))

    def within(self, words: Sequence[str], first: int, last: int) -> tuple[int, tuple[int, R, str]] | None:
        found = self._phrases.within(words, first, last)
        self._noted(found[1] if found is not None else None)
        return found

    def _noted(self, found: tuple[int, R, str] | None) -> tuple[int, R, str] | None:
        if found is not None:
            self._met.add(found[1].id)
        return found


def _watch(pattern: "regex.Pattern[str]", rule_id: str, met: set[str]) -> "regex.Pattern[str]":
    return cast("regex.Pattern[str]", _WatchedPattern(pattern, rule_id, met))


class _WatchedPattern:
    """A compiled expression that notes its rule when it matches some text; to match nothing is no find."""

    def __init__(self, pattern: "regex.Pattern[str]", rule_id: str, met: set[str]) -> None:
        self._pattern = pattern
        self._rule_id = rule_id
        self._met = met

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def _noted(self, found: "regex.Match[str] | None") -> "regex.Match[str] | None":
        if found is not None and found.group():
            self._met.add(self._rule_id)
        return found

    def search(self, *args: Any, **options: Any) -> "regex.Match[str] | None":
        return self._noted(self._pattern.search(*args, **options))

    def match(self, *args: Any, **options: Any) -> "regex.Match[str] | None":
        return self._noted(self._pattern.match(*args, **options))

    def fullmatch(self, *args: Any, **options: Any) -> "regex.Match[str] | None":
        return self._noted(self._pattern.fullmatch(*args, **options))

    def finditer(self, *args: Any, **options: Any) -> "Iterator[regex.Match[str]]":
        for found in self._pattern.finditer(*args, **options):
            self._noted(found)
            yield found

    def sub(self, repl: Any, string: str, *args: Any, **options: Any) -> str:
        self.search(string)
        return self._pattern.sub(repl, string, *args, **options)


class _WatchedBranch(_WatchedPattern):
    """An expression of many branches that notes a rule when the branch with its group matches."""

    def __init__(self, pattern: "regex.Pattern[str]", rule_id: str, met: set[str], group: str) -> None:
        super().__init__(pattern, rule_id, met)
        self._group = group

    def _noted(self, found: "regex.Match[str] | None") -> "regex.Match[str] | None":
        if found is not None and found.lastgroup == self._group:
            self._met.add(self._rule_id)
        return found
