"""Disguises of the bytes, and of the letters that fonts and encodings from before Unicode had."""

import unicodedata
from functools import partial
from random import Random

from nqparse.testing.draft import Disguised, Maker, UnfitError
from nqparse.text.legacy import LETTERINGS, Lettering


def _encoded(worn: Disguised, _random: Random, *, encoding: str) -> Disguised:
    return worn.encoded(encoding)


def _decomposed(worn: Disguised, _random: Random) -> Disguised:
    return worn.sub(r"[^\x00-\x7f]", lambda match: unicodedata.normalize("NFD", match.group()))


def _windows_1258(worn: Disguised, _random: Random) -> Disguised:
    return worn.sub(r"[^\x00-\x7f]", lambda match: _with_tone_apart(match.group())).encoded("windows-1258")


def _with_tone_apart(letter: str) -> str:
    """A letter as Windows-1258 has it: whole, or with its tone after it."""
    try:
        letter.encode("windows-1258")
    except UnicodeEncodeError:
        base, *marks = list(unicodedata.normalize("NFD", letter))
        tone = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = [mark for mark in marks if mark not in tone]
        return unicodedata.normalize("NFC", "".join([base, *rest])) + "".join(tone)
    return letter


def _legacy(worn: Disguised, _random: Random, *, lettering: Lettering, encoding: str) -> Disguised:
    printed = {letter: sign for sign, letter in reversed(list(lettering.letters.items()))}
    return worn.sub(r"[^\x00-\x7f]", lambda match: _in_old_font(match.group(), printed, lettering)).encoded(encoding)


def _in_old_font(letter: str, printed: dict[str, str], lettering: Lettering) -> str:
    """A letter as it was typed for the font: where it has no capital, as the small letter of a font of capitals."""
    sign = printed.get(letter) or printed.get(letter.lower())
    if sign is None and letter in lettering.letters:
        raise UnfitError(f"{lettering.name} has a letter in the place of {letter!r}")
    return sign or letter


_TCVN3, _VNI = LETTERINGS
MAKERS: dict[str, Maker] = {
    "bom": partial(_encoded, encoding="utf-8-sig"),
    "utf-16-le": partial(_encoded, encoding="utf-16-le"),
    "utf-16-be": partial(_encoded, encoding="utf-16-be"),
    "utf-16-bom": partial(_encoded, encoding="utf-16"),
    "nfd": _decomposed,
    "windows-1258": _windows_1258,
    "tcvn3": partial(_legacy, lettering=_TCVN3, encoding="windows-1252"),
    "tcvn3-in-utf-8": partial(_legacy, lettering=_TCVN3, encoding="utf-8"),
    "vni": partial(_legacy, lettering=_VNI, encoding="windows-1252"),
    "vni-in-utf-8": partial(_legacy, lettering=_VNI, encoding="utf-8"),
}
