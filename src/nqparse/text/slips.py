"""Source → source: slips of scanners and typists in single letters' diacritics are read as they were meant.

A slip is a word that stands seldom in a text and makes nothing with its neighbours, one letter's diacritics away from
one that does: a word of the language ("tỷ lể", "đầu tu"), a phrase of the genre, or what the text says elsewhere. The
less known the word is, the less it takes. Proper names are left alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from math import inf
from typing import NamedTuple

from nqparse.folding import fold
from nqparse.packs.load import Pack
from nqparse.packs.phrases import NUMBER
from nqparse.text.offsets import edited
from nqparse.text.source import Source
from nqparse.words import lexicon

_CORE = re.compile(r"[\W_]*([^\W\d_]{2,7})[\W_]*")
_FIRST = re.compile(r"[*“\"(]*([^\W_]+)")
_LAST = re.compile(r"([^\W_]+)[%*”\")]*\Z")
_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵdđ"
_SIGNS = ",.;:()*"
_SELDOM = 2
_ABBREVIATION = 3
_LONGEST = 12
_OFTEN = 4
_FAMILIAR = 4
_LOOSE = 10
_STRETCH = 1 << 18
_WORDS = 1 << 16
"""Answers that are kept for words: a dozen documents ask for more than ten thousand."""


def mend(source: Source, pack: Pack) -> Source:
    """The source with the slips of its text mended, each in its place; ``raw`` stays as it is."""
    slips = [slip for start, end in _stretches(source.text) for slip in _Stretch(source.text, start, end, pack).slips()]
    if not slips:
        return source
    text, _ = edited(source.text, slips)
    return replace(source, text=text, slips=tuple((start, right) for start, _, right in slips))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """A text in pieces that end with a line where one does: what a word makes with others is looked for in its own."""
    start = 0
    while start < len(text):
        end = start + _STRETCH
        if end < len(text):
            end = (text.rfind("\n", start, end) + 1) or end
        yield start, min(end, len(text))
        start = end


class _Ties(NamedTuple):
    """How much speaks for a word on both sides together, and on the side where less does."""

    strength: int
    lesser: int


class _Standing(NamedTuple):
    """A word that may have been meant: its ties in the place, whether the genre has it, how often the text does."""

    ties: _Ties
    of_genre: bool
    times: int
    word: str


_NONE = _Standing(_Ties(-1, 0), False, 0, "")


class _Need(Enum):
    """How strong ties must be: those of one side alone, or those of both if neither side is weaker than the third."""

    LITTLE = 1, 1, 1
    SOME = 2, 2, 1
    MUCH = 3, 4, 1
    MOST = inf, 5, 2

    def is_met(self, ties: _Ties) -> bool:
        """Whether ties are that strong."""
        one_sided, both_sided, lesser = self.value
        strong: bool = ties.lesser >= lesser and ties.strength >= both_sided
        return strong or ties.strength - ties.lesser >= one_sided


class _Place(NamedTuple):
    """A word, folded and in small letters, what stands beside it and beyond that; empty where a sign parts them."""

    at: int
    word: str
    left: str
    right: str
    beyond_left: str
    beyond_right: str


class _Doubtful(NamedTuple):
    """A word that may be a slip, with how strong the ties must be of those that it may be a slip of."""

    place: _Place
    need: _Need
    likely: tuple[str, ...]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """What it and they would make with the neighbours."""
        for word in (self.place.word, *self.likely):
            yield self.place.left, word
            yield word, self.place.right


class _Stretch:
    """A stretch of text, of which each run of signs between blanks is a token."""

    def __init__(self, text: str, start: int, end: int, pack: Pack) -> None:
        self.plain = text[start:end].replace("_", " ").replace("/", " ")
        self.start = start
        self.pack = pack
        self.lexicon = lexicon()
        self.phrases, self.words = pack.phrases, self.lexicon.pairs
        self.tokens = self.plain.split()
        self.counts = Counter(self.tokens)
        self.pairs: Counter[tuple[str, str]] = Counter()
        self._known = 0, 0
        """A token, and where it begins."""

    def slips(self) -> Iterator[tuple[int, int, str]]:
        """The slips in order: start, end, what was meant."""
        doubtful = list(self._doubtful())
        if not doubtful:
            return
        self.pairs = self._count({pair for one in doubtful for pair in one.pairs()})
        for one in doubtful:
            right = self._meant(one)
            if right is not None and not self._may_be_name(one.place.at):
                yield self._edit(one.place.at, right)

    def _doubtful(self) -> Iterator[_Doubtful]:
        """The words that may be slips, with those that they may be slips of."""
        seldom = {token for token, times in self.counts.items() if times <= _SELDOM and 1 < len(token) <= _LONGEST}
        for at in [at for at, token in enumerate(self.tokens) if token in seldom]:
            word = _core(self.tokens[at])
            likely = _likely(word, self.pack.vocabulary) if word and self.counts[word] <= _FAMILIAR else ()
            if not likely or (place := self._alone(at, word)) is None:
                continue
            need = self._need(place)
            if need in (_Need.MUCH, _Need.MOST):
                likely = tuple(one for one in likely if self._is_known(place, one))
            if likely:
                yield _Doubtful(place, need, likely)

    def _count(self, pairs: set[tuple[str, str]]) -> Counter[tuple[str, str]]:
        """How often words follow each other in the stretch, whatever signs are about them."""
        text = self.plain.lower()
        for sign in _SIGNS:
            text = text.replace(sign, "")
        return Counter(filter(pairs.__contains__, pairwise(text.split())))

    def _alone(self, at: int, word: str) -> _Place | None:
        """The place of a word; None where it makes something with a neighbour as it stands."""
        token, tokens = self.tokens[at], self.tokens
        left = _last(tokens[at - 1]) if at and token[0].isalpha() else ""
        right = _first(tokens[at + 1]) if at + 1 < len(tokens) and token[-1].isalpha() else ""
        one, two = f"{left} {word}", f"{word} {right}"
        if (left and (one in self.phrases or one in self.words)) or (
            right and (two in self.phrases or two in self.words)
        ):
            return None
        beyond = _last(tokens[at - 2]) if left and at > 1 else ""
        return _Place(at, word, left, right, beyond, _first(tokens[at + 2]) if right and at + 2 < len(tokens) else "")

    def _is_known(self, place: _Place, word: str) -> bool:
        """Whether a word would make something with a neighbour in a place."""
        one, two = f"{place.left} {word}", f"{word} {place.right}"
        return one in self.phrases or two in self.phrases or one in self.words or two in self.words

    def _meant(self, doubtful: _Doubtful) -> str | None:
        """The word that was meant; None where none is likely enough, or another as likely."""
        place, need, likely = doubtful
        found = sorted((self._standing(word, place) for word in likely), reverse=True)
        best, second = found[0], found[1] if len(found) > 1 else _NONE
        if need is _Need.LITTLE and not best.ties.strength:
            return best.word if best.of_genre and best.times >= _OFTEN * second.times else None
        if not need.is_met(best.ties):
            return None
        sure = best.ties.strength > second.ties.strength
        clear = best.of_genre > second.of_genre or best.times > _OFTEN * second.times
        return best.word if sure or (clear and need in (_Need.LITTLE, _Need.SOME)) else None

    def _standing(self, word: str, place: _Place) -> _Standing:
        return _Standing(self._ties(word, place), word in self.pack.vocabulary, self.counts[word], word)

    def _need(self, place: _Place) -> _Need:
        """How strong the ties must be of a word that stands for another: the less known that is, the less."""
        word = place.word
        if _looseness(self.pack.phrases)[word] > _LOOSE:
            return _Need.MOST
        if word in self.pack.vocabulary or word in self.lexicon.singles or not self.tokens[place.at].islower():
            return _Need.MUCH
        return _Need.SOME if self.lexicon.degrees.get(word, 0) > _SELDOM else _Need.LITTLE

    def _ties(self, word: str, place: _Place) -> _Ties:
        """What speaks for a word in a place: a word of the language with a neighbour that is not bound elsewhere,
        a phrase of the genre, what the text has elsewhere."""
        one = two = 0
        if place.left:
            bound = f"{place.beyond_left} {place.left}" in self.lexicon.pairs
            one = self._tie(f"{place.left} {word}", bound=bound) + self._says(place.left, word, place.left, place.word)
        if place.right:
            bound = f"{place.right} {place.beyond_right}" in self.lexicon.pairs
            two = self._tie(f"{word} {place.right}", bound=bound)
            two += self._says(word, place.right, place.word, place.right)
        return _Ties(one + two, min(one, two))

    def _tie(self, pair: str, *, bound: bool) -> int:
        return 2 * (pair in self.lexicon.pairs and not bound) + (pair in self.pack.phrases)

    def _says(self, one: str, two: str, *slip: str) -> int:
        """Whether the text has a pair elsewhere, and not that with the slip as well; 2 where it has it often."""
        times = self.pairs[one, two]
        times -= _OFTEN * max(0, self.pairs[slip[0], slip[1]] - 1) if times > 1 else 0
        return (times > 1) + (times > _OFTEN)

    def _may_be_name(self, at: int) -> bool:
        """Whether a word has a capital that neither a line's nor a sentence's beginning gives it."""
        word = self.tokens[at].strip('*“"(.,;:)”')
        if not word[0].isupper() or word.isupper():
            return word.isupper() and len(word) <= _ABBREVIATION
        start = self._starts(at)
        above = self.plain[start - 1 : start]
        opens = at == 0 or above in "\n\t*" or self.tokens[at - 1][-1] in ".:;!?…)-–•+"
        follows = self.tokens[at + 1][:1] if at + 1 < len(self.tokens) else ""
        return not opens or follows.isupper()

    def _edit(self, at: int, right: str) -> tuple[int, int, str]:
        match = _CORE.fullmatch(self.tokens[at])
        start, end = match.span(1) if match is not None else (0, 0)
        place = self._starts(at)
        like = self.plain[place + start : place + end]
        return self.start + place + start, self.start + place + end, _as_cased(like, right)

    def _starts(self, at: int) -> int:
        """Where a token begins in the stretch; asked for in order, each is looked for from the last one on."""
        known, place = self._known if at >= self._known[0] else (0, 0)
        rest = self.plain[place:].split(None, at - known)[-1]
        self._known = at, len(self.plain) - len(rest)
        return self._known[1]


def _as_cased(like: str, word: str) -> str:
    if like.islower():
        return word
    return word.upper() if like.isupper() else word[0].upper() + word[1:]


@lru_cache(maxsize=_WORDS)
def _core(token: str) -> str:
    """The one word in a token, folded and in small letters; empty where it is none or has other signs within."""
    found = _CORE.fullmatch(token)
    return fold(found.group(1).lower()) if found is not None else ""


@lru_cache(maxsize=_WORDS)
def _first(token: str) -> str:
    """The word or number that a token begins with, past signs of emphasis and quotes."""
    found = _FIRST.match(token)
    return _named(found)


@lru_cache(maxsize=_WORDS)
def _last(token: str) -> str:
    """The word or number that a token ends with."""
    return _named(_LAST.search(token))


def _named(found: "re.Match[str] | None") -> str:
    if found is None:
        return ""
    return fold(found.group(1).lower()) if found.group(1).isalpha() else NUMBER


@lru_cache(maxsize=8)
def _looseness(phrases: frozenset[str]) -> Counter[str]:
    """With how many words of the genre each stands without making a word of the language: small words with most."""
    return Counter(" ".join(phrases - lexicon().pairs).split())


@lru_cache(maxsize=_WORDS)
def _likely(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The words of the genre or the language that differ in one letter's diacritics."""
    others = (word[:at] + other + word[at + 1 :] for at, c in enumerate(word) for other in _alike().get(c, ""))
    syllables = lexicon().syllables
    return tuple(one for one in others if one in vocabulary or one in syllables)


@lru_cache(maxsize=1)
def _alike() -> dict[str, str]:
    """For each letter the others with the same base."""
    base = {c: unicodedata.normalize("NFD", c)[0].replace("đ", "d") for c in _LETTERS}
    return {c: "".join(other for other in _LETTERS if base[other] == base[c] and other != c) for c in _LETTERS}
