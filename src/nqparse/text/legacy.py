"""The letters of fonts from before Unicode, TCVN3 (ABC) and VNI, that old files and text copied from them come in.

Such a font draws Vietnamese letters in the places of others: any program that does not know it shows "tØ lÖ" or "tyû
leä" for "tỷ lệ". Syllables tell them: read with the right letters nearly all are Vietnamese, read otherwise few are.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import regex

_FROM_A1 = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
"""TCVN3's letters from place 0xA1 on. Of capitals it has only these: others are small letters in a font of capitals."""
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_SIGNS = {"": "ùøûõï", "\u0302": "áàåãä", "\u0306": "éèúüë"}
"""VNI's signs for the five tones after a plain vowel, one with a circumflex, one with a breve."""
_SAMPLE = 1 << 12
_FEWEST = 8
_MOSTLY = 0.8
_SELDOM = 0.5
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_SYLLABLE = regex.compile(
    rf"(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?[{_VOWELS}]{{1,3}}(?:ch|nh|ng|[cmnpt])?", regex.IGNORECASE
)
_ITS_OWN = regex.compile(r"[Ạ-ỹ]")
_MOST_OF_ITS_OWN = 20
_BEYOND = regex.compile(r"[^\x00-\x7f]")
_WORD = regex.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’–…]+")
_FIRST = regex.compile(r"(?<=[.!?]\s{1,3}|\n\s{0,8}\n[-+•]?\s{0,8}|\n[-+•] )[^\x00-\x7fđăâêôơưĐĂÂÊÔƠƯ\W]")
"""A small letter that begins a sentence and has no capital in TCVN3."""
_CASED = regex.compile(r"\p{L}+")


class Lettering(NamedTuple):
    """A family of fonts: its name, and how its text is read: with how far each stretch of it shrinks."""

    name: str
    letters: Mapping[str, str]
    mend: Callable[[str, str], str]

    def read(self, raw: str) -> tuple[str, list[tuple[int, int]]]:
        """The text in Unicode, and the places (in it, in ``raw``) from where on the two run in parallel."""
        if all(len(printed) == 1 for printed in self.letters):
            return self.mend(raw, raw.translate({ord(printed): one for printed, one in self.letters.items()})), [(0, 0)]
        pattern = regex.compile("|".join(sorted(map(regex.escape, self.letters), key=len, reverse=True)))
        parts: list[str] = []
        places = [(0, 0)]
        length = last = 0
        for match in pattern.finditer(raw):
            parts += (raw[last : match.start()], self.letters[match.group()])
            length += match.start() - last + 1
            last = match.end()
            if len(match.group()) > 1:
                places.append((length, last))
        return "".join((*parts, raw[last:])), places


def lettering_of(text: str) -> Lettering | None:
    """The family of fonts that a text was written for; None for text in Unicode, and for what is no Vietnamese.

    >>> lettering_of("Tû lÖ hé nghÌo gi¶m cßn 2,99%, thu nhËp ®¹t 5 triÖu ®ång").name
    'TCVN3'
    >>> lettering_of("Tyû leä hoä ngheøo giaûm coøn 2,99%, thu nhaäp ñaït 5 trieäu ñoàng").name
    'VNI'
    >>> lettering_of("Tỷ lệ hộ nghèo"), lettering_of("Le taux de pauvreté a été réduit à 2,99 %")
    (None, None)
    """
    first = _BEYOND.search(text)
    if first is None:
        return None
    start = text.rfind("\n", 0, first.start()) + 1
    sample = unicodedata.normalize("NFC", text[start : start + _SAMPLE])
    if len(_ITS_OWN.findall(sample)) > _MOST_OF_ITS_OWN or _spelt(sample, sample) >= _SELDOM:
        return None
    shares = [_spelt(sample, lettering.read(sample)[0]) for lettering in LETTERINGS]
    best = max(shares)
    return LETTERINGS[shares.index(best)] if best >= _MOSTLY else None


def _spelt(sample: str, read: str) -> float:
    """The share of Vietnamese syllables among the words with other letters than ASCII's; 1 where they are too few."""
    words = [word for word in _WORD.findall(read) if not word.isascii()]
    if len(words) < _FEWEST and sample is read:
        return 1.0
    return sum(_SYLLABLE.fullmatch(word) is not None for word in words) / max(1, len(words))


# -- TCVN3 -------------------------------------------------------------------------------------------------------------


def _tcvn3() -> dict[str, str]:
    table = {chr(0xA1 + at): letter for at, letter in enumerate(_FROM_A1) if letter != " "}
    return table | {"∙": "ã"}  # as some programs write the middle dot


def _with_capitals(raw: str, text: str) -> str:
    """Small letters among capitals are the capitals that the font does not have ("NGHị QUYếT")."""
    lines = "\n".join(_line_with_capitals(line) for line in text.split("\n"))
    return _FIRST.sub(lambda first: first.group().upper(), lines)


def _line_with_capitals(line: str) -> str:
    parts: list[str] = []
    last = 0
    words = list(_CASED.finditer(line))
    for word, capital in zip(words, _are_capital([word.group() for word in words]), strict=True):
        parts += (line[last : word.start()], word.group().upper() if capital else word.group())
        last = word.end()
    return "".join((*parts, line[last:]))


def _are_capital(words: list[str]) -> Iterator[bool]:
    """For each word of a line whether it is in capitals; one that could be either goes by the words beside it."""
    sure = [_is_capital(word) for word in words]
    before: list[bool] = []
    for one in sure:
        before.append(one if one is not None else bool(before and before[-1]))
    after: bool | None = None
    found: list[bool] = []
    for one, left in zip(reversed(sure), reversed(before), strict=True):
        after = after if one is None else one
        found.append(left and after is not False if one is None else one)
    return reversed(found)


def _is_capital(word: str) -> bool | None:
    """None for one that says nothing: "Hà" may be the name in small letters or in capitals."""
    plain = [c for c in word if c.isascii() or c.isupper()]
    if any(c.islower() for c in plain):
        return False
    if len(plain) > 1 or (plain and not word[0].isupper()):
        return True
    return None


# -- VNI ---------------------------------------------------------------------------------------------------------------


def _vni() -> dict[str, str]:
    table: dict[str, str] = {}
    for printed, letter in (("ñ", "đ"), ("ô", "ơ"), ("ö", "ư"), ("aâ", "â"), ("aê", "ă"), ("eâ", "ê"), ("oâ", "ô")):
        table |= _cased(printed, letter)
    for printed, letter, mark in (
        *((vowel, vowel, "") for vowel in "aeouyôö"),
        *((vowel, vowel, "\u0302") for vowel in "aeo"),
        ("a", "a", "\u0306"),
    ):
        base = {"ô": "ơ", "ö": "ư"}.get(letter, letter) + mark
        for sign, tone in zip(_SIGNS[mark], _TONES, strict=True):
            if (printed, sign) != ("y", "ï"):
                table |= _cased(printed + sign, base + tone)
    for sign, tone in zip("íìæóò", _TONES, strict=True):
        table |= _cased(sign, f"i{tone}")
    return table | _cased("î", "ỵ")


def _cased(printed: str, letter: str) -> dict[str, str]:
    letter = unicodedata.normalize("NFC", letter)
    return {printed: letter, printed[0].upper() + printed[1:]: letter.upper(), printed.upper(): letter.upper()}


def _as_read(raw: str, text: str) -> str:
    return text


LETTERINGS = (Lettering("TCVN3", _tcvn3(), _with_capitals), Lettering("VNI", _vni(), _as_read))
