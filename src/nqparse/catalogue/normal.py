"""A name → the words by which it is compared: one spelling, abbreviations spelled out, fillers dropped, any order."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nqparse.folding import WORD, fold
from nqparse.packs.schema import NameWord

Words = tuple[str, ...]
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d))?")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_ENDS_IN_Y = re.compile(r"[hklmst][yỳýỷỹỵ]")
_PASSES = 2
_MOST_WORDS = 60


def spelled(word: str) -> str:
    """A word in one of its spellings: "tỷ" and "tỉ", "sỹ" and "sĩ" are one.

    >>> spelled("Tỷ"), spelled("quý"), spelled("hoá")
    ('tỉ', 'quý', 'hóa')
    """
    word = fold(word)
    return word.translate(_Y_TO_I) if _ENDS_IN_Y.fullmatch(word) else word


def words_in(text: str) -> Words:
    """The words and numbers of a text in one spelling, without years and signs; a name has no more than sixty.

    >>> words_in("Tỷ lệ hộ nghèo, năm 2025")
    ('tỉ', 'lệ', 'hộ', 'nghèo', 'năm')
    """
    found = WORD.findall(_YEAR.sub(" ", text))
    return tuple(spelled(word) for word in found if word[0].isalnum())[:_MOST_WORDS]


@dataclass(frozen=True)
class Normal:
    """How names are made comparable: by phrases that others stand for, the longest first."""

    phrases: dict[str, tuple[tuple[Words, Words], ...]]

    def __call__(self, text: str) -> Words:
        """The comparable words of a name, in its order."""
        words: Sequence[str] = words_in(text)
        for _ in range(_PASSES):
            words = tuple(self._replaced(words))
        return tuple(words)

    def _replaced(self, words: Sequence[str]) -> Iterable[str]:
        at = 0
        while at < len(words):
            for phrase, stands_for in self.phrases.get(words[at], ()):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    yield from stands_for
                    at += len(phrase)
                    break
            else:
                yield words[at]
                at += 1


def numbered(words: Iterable[str]) -> frozenset[str]:
    """The words as a set, in which a word that comes again is another word: no name says a word twice for nothing.

    >>> sorted(numbered(("hộ", "nghèo", "hộ")))
    ['hộ', 'hộ 2', 'nghèo']
    """
    times: Counter[str] = Counter()
    found = set()
    for word in words:
        times[word] += 1
        found.add(word if times[word] == 1 else f"{word} {times[word]}")
    return frozenset(found)


def normal(rules: Iterable[NameWord]) -> Normal:
    """The phrases of these rules, by their first words."""
    phrases: dict[str, list[tuple[Words, Words]]] = {}
    for rule in rules:
        stands_for = tuple(spelled(word) for word in rule.stands_for.split())
        for phrase in rule.phrases:
            words = words_in(phrase)
            phrases.setdefault(words[0], []).append((words, stands_for))
    return Normal({first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in phrases.items()})
