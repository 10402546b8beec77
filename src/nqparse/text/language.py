"""Whether a text is Vietnamese, by its letters."""

import unicodedata
from collections import Counter

_ACCENTED = frozenset("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĨĩŨũ")
_ITS_OWN = frozenset("ĂăĐđƠơƯư") | {chr(code) for code in range(ord("Ạ"), ord("ỹ") + 1)}


def reads_as_vietnamese(text: str) -> bool:
    """Whether a tenth of the letters have an accent, some of them one that only Vietnamese has, next to none another.

    That refuses French and German, TCVN3 and VNI (whose letters come out as Þ, Ö, ä) and broken UTF-8.

    >>> reads_as_vietnamese("Tỷ lệ hộ nghèo giảm còn 2,99%"), reads_as_vietnamese("TØ lÖ hé nghÌo gi¶m cßn 2,99%")
    (True, False)
    """
    counts = Counter(unicodedata.normalize("NFC", text))
    letters = sum(times for c, times in counts.items() if c.isalpha())
    own = sum(times for c, times in counts.items() if c in _ITS_OWN)
    accented = own + sum(times for c, times in counts.items() if c in _ACCENTED)
    others = sum(times for c, times in counts.items() if not c.isascii() and unicodedata.category(c)[0] in "LM")
    return accented * 10 >= letters > 0 and own * 5 >= accented and (others - accented) * 20 <= accented
