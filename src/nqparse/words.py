"""Word bounds of a phrase; the only user of underthesea.

The model rewrites and joins as it likes unless it is kept from it, so normalisation is off and its words are aligned
with the phrase again, syllable by syllable.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

from nqparse.folding import fold, fold_all

_DICTIONARY = Path("corpus", "data", "Viet74K.txt")
_LONGEST = 60
_LONGEST_SYLLABLE = 40


@lru_cache(maxsize=65536)
def segment(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, each with its syllables as written.

    >>> segment("tỷ lệ hộ nghèo")
    ('tỷ lệ', 'hộ', 'nghèo')

    The model's time grows faster than a phrase, so a long one is segmented piece by piece, and no piece with a run of
    signs too long for a syllable. Where the words do not spell the phrase again (signs that the model rewrites), its
    syllables are its words.
    """
    from underthesea import word_tokenize

    syllables = phrase.split()
    words: list[str] = []
    for first in range(0, len(syllables), _LONGEST):
        piece = syllables[first : first + _LONGEST]
        readable = all(len(syllable) <= _LONGEST_SYLLABLE for syllable in piece)
        found = word_tokenize(" ".join(piece), use_token_normalize=False) if readable else piece
        same = "".join("".join(found).split()) == "".join(piece)
        words += found if same else piece
    return tuple(words)


@lru_cache(maxsize=65536)
def joined(phrase: str) -> str:
    """The phrase folded, with the syllables of each word joined by ``_``.

    >>> joined("Tỷ lệ hộ nghèo")
    'tỷ_lệ hộ nghèo'
    """
    return " ".join(
        "_".join(fold(s) for s in word.split()) for word in segment(phrase) if any(c.isalnum() for c in word)
    )


def first_word(phrase: str) -> str:
    """The first word of a phrase; empty for an empty phrase."""
    words = segment(phrase)
    return words[0] if words else ""


@lru_cache(maxsize=65536)
def stands_alone(phrase: str, index: int) -> bool:
    """Whether syllable ``index`` (from 0, blanks between syllables) of a phrase is a word by itself.

    >>> stands_alone("đầu tư công", 0), stands_alone("của xã", 0)
    (False, True)
    """
    at = 0
    for word in segment(phrase):
        size = len(word.split())
        if at <= index < at + size:
            return size == 1
        at += size
    return True


def prepare() -> None:
    """Load the model and the dictionary now: else the first text waits for them."""
    segment("a b")
    lexicon()


@dataclass(frozen=True)
class Lexicon:
    """What the dictionary of the segmenter knows: words of two syllables and of one, folded and in small letters."""

    pairs: frozenset[str]
    singles: frozenset[str]

    @cached_property
    def syllables(self) -> frozenset[str]:
        """The syllables of the words of two."""
        return frozenset(" ".join(self.pairs).split())

    @cached_property
    def degrees(self) -> Mapping[str, int]:
        """In how many words of two syllables each stands."""
        return Counter(" ".join(self.pairs).split())


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The dictionary that underthesea comes with; empty where a version of it has none.

    >>> "tỷ lệ" in lexicon().pairs, "lện" in lexicon().singles
    (True, False)
    """
    found = find_spec("underthesea")
    folder = found.submodule_search_locations if found is not None else None
    path = Path(folder[0]) / _DICTIONARY if folder else None
    if path is None or not path.is_file():
        return Lexicon(frozenset(), frozenset())
    text = path.read_text(encoding="utf-8")
    words = fold_all(text).split("\n")
    pairs = frozenset(word for word in words if word.count(" ") == 1 and not word[0].isupper())
    return Lexicon(pairs, frozenset(word for word in words if word.isalpha() and not word[0].isupper()))
