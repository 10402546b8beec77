"""Source → source: slips of scanners and typists in single letters' diacritics are read as they were meant.

A slip is a word that the genre does not know, one letter's diacritics away from one that it does know and that makes a
word with its neighbour ("tỷ lể", "đầu tu"). Proper names, and words that often stand in words, are left alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from nqparse.packs.load import NUMBER, Pack
from nqparse.text import Source, edited, fold
from nqparse.words import Lexicon, lexicon

_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r"[^\W\d_]+|\d")
_LAST = re.compile(r"(?:[^\W\d_]+|\d)(?=[\W_]*\Z)")
_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵdđ"
_MOST = 2
_LONGEST = 7
_TIES_OF_WORDS = 2
_NEAR = 20
_MANY = 1 << 25
_COMMON = 60


def mend(source: Source, pack: Pack) -> Source:
    """The source with the slips of its text mended, each in its place; ``raw`` stays as it is."""
    known = lexicon()
    odd = _odd_words(source.text, pack, known)
    if not odd:
        return source
    slips = list(_slips(source.text, odd, pack, known))
    text, _ = edited(source.text, slips)
    return replace(source, text=text, slips=tuple((start, right) for start, _, right in slips)) if slips else source


def _odd_words(text: str, pack: Pack, known: Lexicon) -> dict[str, tuple[str, ...]]:
    """The rare words of a text that the genre does not know, with those that they may be slips of."""
    counts = Counter(text.split())
    rare = " ".join(token for token, times in counts.items() if times <= _MOST)
    odd: dict[str, tuple[str, ...]] = {}
    for word in set(_WORD.findall(rare)) - pack.vocabulary:
        if counts[word] > _MOST or not 1 < len(word) <= _LONGEST or not word.islower():
            continue
        if known.degrees.get(word, 0) < _COMMON:
            likely = [other for other in _one_away(word) if other in pack.vocabulary]
            if likely:
                odd[word] = tuple(sorted(likely, key=lambda other: -counts[other]))
    return odd


@lru_cache(maxsize=65536)
def _one_away(word: str) -> tuple[str, ...]:
    """The words that differ in one letter's diacritics."""
    return tuple(word[:at] + other + word[at + 1 :] for at, c in enumerate(word) for other in _alike().get(c, ""))


@lru_cache(maxsize=1)
def _alike() -> dict[str, str]:
    """For each letter the others with the same base."""
    base = {c: unicodedata.normalize("NFD", c)[0].replace("đ", "d") for c in _LETTERS}
    return {c: "".join(other for other in _LETTERS if base[other] == base[c] and other != c) for c in _LETTERS}


def _slips(text: str, odd: dict[str, tuple[str, ...]], pack: Pack, known: Lexicon) -> Iterator[tuple[int, int, str]]:
    for start, end in _places(text, odd):
        slip = text[start:end]
        left = _LAST.search(text, max(0, start - _NEAR), start)
        after = _NEXT.search(text, end, end + _NEAR)
        right = _meant(slip, _neighbour(left), _neighbour(after), odd[slip], pack, known)
        if right is not None:
            yield start, end, right


def _neighbour(found: "re.Match[str] | None") -> str:
    if found is None:
        return ""
    return NUMBER if found.group().isdigit() else fold(found.group().lower())


def _places(text: str, odd: Iterable[str]) -> list[tuple[int, int]]:
    """Where words stand in a text, in order; words that are so rare are searched one by one in a text that is short."""
    words = frozenset(odd)
    if len(words) * len(text) > _MANY:
        return [match.span() for match in _WORD.finditer(text) if match.group() in words]
    return sorted((at, at + len(word)) for word in words for at in _occurrences(text, word))


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        if not text[at - 1 : at].isalpha() and not text[at + len(word) : at + len(word) + 1].isalpha():
            yield at
        at = text.find(word, at + 1)


def _meant(slip: str, left: str, after: str, likely: tuple[str, ...], pack: Pack, known: Lexicon) -> str | None:
    """The word that was meant: one that makes a word with a neighbour, as the slip does not."""
    word = fold(slip)
    if f"{left} {word}" in known.pairs or f"{word} {after}" in known.pairs:
        return None
    found = [(*_ties(fold(other), left, after, pack, known), other) for other in likely]
    ties, surely, best = max(found, key=lambda one: one[0])
    if word in known.singles:
        return best if ties >= _TIES_OF_WORDS and surely else None
    return best if ties or (word not in known.degrees and len(likely) == 1) else None


def _ties(word: str, left: str, after: str, pack: Pack, known: Lexicon) -> tuple[int, bool]:
    """How many pairs that a word makes with its neighbours the language and the genre know; and whether that is sure:
    one of the pairs is a word, or both are the genre's, one of them with a number."""
    pairs = (f"{left} {word}", f"{word} {after}")
    words, phrases = [pair in known.pairs for pair in pairs], [pair in pack.phrases for pair in pairs]
    return sum(words) + sum(phrases), any(words) or (all(phrases) and NUMBER in (left, after))
