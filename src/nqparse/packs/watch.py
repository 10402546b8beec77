"""A pack that notes which of its rules answer, for those rules that leave no trace in the records."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from nqparse.packs.finding import Finder, Match
from nqparse.packs.lexicon import Lexicon
from nqparse.packs.load import QUICK, Pack, Phrases
from nqparse.packs.numbers import Found, NumberFinder
from nqparse.packs.schema import Rule

R = TypeVar("R", bound=Rule)


def watched(pack: Pack, met: set[str]) -> Pack:
    """The same pack; it adds to ``met`` the id of each rule whose form or expression a stage asked for and found.

    Watched are the words that lead to a number or follow it, document types, issuers, tags of the lexicon and
    expressions, the one that is tried before all rules for numbers among them.
    """
    return replace(
        pack,
        numbers=_WatchedNumbers(pack.numbers, met),
        leads=_WatchedPhrases(pack.leads, met),
        tails=_WatchedPhrases(pack.tails, met),
        types=_WatchedPhrases(pack.types, met),
        issuers=tuple((rule, _WatchedFinder(finder, rule.id, met)) for rule, finder in pack.issuers),
        word_lists={key: _WatchedPhrases(phrases, met) for key, phrases in pack.word_lists.items()},
        lexicon=_WatchedLexicon(pack.lexicon, met),
        expressions={key: _WatchedFinder(finder, key, met) for key, finder in pack.expressions.items()},
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


class _WatchedLexicon(Lexicon):
    """A lexicon that notes the tags that were asked for and found."""

    noting = True

    def __init__(self, lexicon: Lexicon, met: set[str]) -> None:
        vars(self).update(vars(lexicon))
        self._met = met

    def note(self, tags: tuple[str, ...], bits: int) -> None:
        self._met |= {tag for tag in tags if self.masks[(tag,)] & bits}


class _WatchedFinder(Finder):
    """An expression that notes its rule when it matches some text; to match nothing is no find."""

    __slots__ = ("_met", "_rule_id")

    def __init__(self, finder: Finder, rule_id: str, met: set[str]) -> None:
        super().__init__(finder.pattern, finder.needs)
        self._rule_id = rule_id
        self._met = met

    def _noted(self, found: Match | None) -> Match | None:
        if found is not None and found.group():
            self._met.add(self._rule_id)
        return found

    def search(self, text: str, pos: int = 0, end: int | None = None) -> Match | None:
        return self._noted(super().search(text, pos, end))

    def match(self, text: str, pos: int = 0, end: int | None = None) -> Match | None:
        return self._noted(super().match(text, pos, end))

    def fullmatch(self, text: str, pos: int = 0, end: int | None = None) -> Match | None:
        return self._noted(super().fullmatch(text, pos, end))

    def finditer(self, text: str, pos: int = 0, end: int | None = None) -> Iterator[Match]:
        for found in super().finditer(text, pos, end):
            self._noted(found)
            yield found

    def sub(self, new: str | Callable[[Match], str], text: str) -> str:
        self.search(text)
        return super().sub(new, text)


class _WatchedNumbers(NumberFinder):
    """The rules for numbers; it notes the rule that knows a quantity before all of them."""

    def __init__(self, numbers: NumberFinder, met: set[str]) -> None:
        vars(self).update(vars(numbers))
        self._met = met

    def finditer(self, text: str, pos: int = 0) -> Iterator[Found]:
        for found in super().finditer(text, pos):
            if found.quick:
                self._met.add(QUICK)
            yield found
