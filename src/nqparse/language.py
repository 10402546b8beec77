"""Whether a text is Vietnamese, by its letters."""

import unicodedata

import regex

_LETTER = regex.compile(r"\p{L}")
_ACCENTED = regex.compile(r"[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_ITS_OWN = regex.compile(r"[ĂăĐđƠơƯưẠ-ỹ]")
_FOREIGN = regex.compile(r"(?![A-Za-z])[\p{L}\p{M}]")


def reads_as_vietnamese(text: str) -> bool:
    """Whether a tenth of the letters have an accent, some of them one that only Vietnamese has, next to none another.

    That refuses French and German, TCVN3 and VNI (whose letters come out as Þ, Ö, ä) and broken UTF-8.

    >>> reads_as_vietnamese("Tỷ lệ hộ nghèo giảm còn 2,99%"), reads_as_vietnamese("TØ lÖ hé nghÌo gi¶m cßn 2,99%")
    (True, False)
    """
    text = unicodedata.normalize("NFC", text)
    letters, accented = len(_LETTER.findall(text)), len(_ACCENTED.findall(text))
    foreign = len(_FOREIGN.findall(text)) - accented
    return accented * 10 >= letters > 0 and len(_ITS_OWN.findall(text)) * 5 >= accented and foreign * 20 <= accented
