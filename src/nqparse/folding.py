"""Words as they are compared: cut from a text, in lower case, with one form of tone marks."""

import re
from functools import lru_cache

import regex

_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
OLD_STYLE = {new: old for old, new in _TONES.items()}
"""The endings of syllables whose tone mark may stand on either letter: as now printed, and as it used to be."""
_TONE = re.compile(r"(?:o(?<![qQ]o)[àáảãạèéẻẽẹ]|u(?<![qQ]u)[ỳýỷỹỵ])(?![\w\u0300-\u036f])")
"""Each branch begins with its letter, so that a text is searched for the letters."""


WORD = re.compile(r"\d+(?:[.,]\d+)*|[\w²³₂\u0300-\u036f]+|[^\w\s]")
"""A number, a word or a sign: the units in which phrases are compared."""


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case and one form of tone marks: the key under which words and phrases are compared.

    >>> fold("Hoà"), fold("THUỶ"), fold("quý")
    ('hòa', 'thủy', 'quý')
    """
    return _TONE.sub(lambda m: _TONES[m.group()], word.lower())


def fold_all(text: str) -> str:
    """A text with one form of tone marks, its letters as large as they are.

    >>> fold_all("tỉnh uỷ, hoá học")
    'tỉnh ủy, hóa học'
    """
    return _TONE.sub(lambda m: _TONES[m.group()], text)


_CLASS_OR_TONE = regex.compile(
    r"\[(?:\\.|[^\]\\])*+\]|(?<![qQ])(?:[òóỏõọ]a|[òóỏõọ]e|[ùúủũụ]y|o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\p{L})"
)


def in_both_styles(pattern: str) -> str:
    """An expression that takes the tone marks of "òa", "òe" and "ùy" in either style, however it is written.

    >>> in_both_styles("tỉnh uỷ|[òa]"), in_both_styles("quý")
    ('tỉnh (?:ủy|uỷ)|[òa]', 'quý')
    """
    return _CLASS_OR_TONE.sub(lambda match: _either(match.group()), pattern)


def _either(tone: str) -> str:
    if tone.startswith("["):
        return tone
    new = fold(tone)
    return f"(?:{new}|{OLD_STYLE[new]})"
