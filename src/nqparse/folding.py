"""Words as they are compared: cut from a text, in lower case, with one form of tone marks."""

import re
from functools import lru_cache

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
