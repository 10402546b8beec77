"""Disguises within lines: spaces, dashes, quotes, tone marks, capitals, joined words, slips."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from random import Random

import regex

from nqparse.testing.draft import Disguised, Edit, Maker
from nqparse.words import segment

_DASHES = "-–—‑‒―−"
_QUOTES = (('"', '"'), ("«", "»"), ("‘", "’"), ("„", "“"), ("''", "''"), ("“", "”"), ("”", "”"))
_TONED = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ",
    "ọe": "oẹ", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
HEADING = (
    r"(?m)^(?P<marker>[#*> \t]*(?:(?:Phần|Chương|Mục|Điều)\s(?:thứ\s)?[\p{L}\d]+\b[.:]?|\p{Lu}\.|[IVX]{1,5}\\?[.)-]|"
    r"\d{1,2}(?:\\?\.\d{1,2})*\\?\.?|\p{Ll}\))[* ]+)(?P<title>\p{Lu}[^\n\t|\d]{2,88}[^\n\t|\d.;,:…])(?P<end>:?[* ]*)$"
)
"""A heading as the eye sees it: a short line under a marker, without figures and without a sentence's end."""
_SLIP_RATE = 0.005


def _odd_spaces(worn: Disguised, random: Random) -> Disguised:
    return worn.sub(
        r"(?<=\S) (?=\S)", lambda _: random.choice("\u00a0\u00a0\u202f\u2007") if random.random() < 0.4 else " "
    )


def _thin_spaces(worn: Disguised, _random: Random) -> Disguised:
    return worn.sub(r"(?<=\d) ?(?=%)", "\u2009")


def _hidden(worn: Disguised, random: Random) -> Disguised:
    return worn.sub(
        r"(?<=\p{L})(?=\p{L})", lambda _: random.choice("\u200b\u00ad\u00ad\u2060") if random.random() < 0.05 else ""
    )


def _doubled(worn: Disguised, random: Random) -> Disguised:
    doubled = worn.sub(r"(?<=\S) (?=\S)", lambda _: "  " if random.random() < 0.2 else " ")
    return doubled.sub(r"(?m)(?<=\S)$", lambda _: " " * random.choice((0, 0, 1, 2, 3)))


def _dashes(worn: Disguised, random: Random) -> Disguised:
    return worn.sub(r"(?<=\d%? ?)[-–](?= ?\d)", lambda _: random.choice(_DASHES))


def _quotes(worn: Disguised, random: Random) -> Disguised:
    def other(match: "regex.Match[str]") -> str:
        first, last = random.choice(_QUOTES)
        return f"{first}{match.group('inner')}{last}"

    return worn.sub(r"“(?P<inner>[^“”\n]*)”|(?<!\S)\"(?P<inner>[^\"\n]*)\"", other)


def _tone_marks(worn: Disguised, _random: Random) -> Disguised:
    pattern = rf"(?i)(?<!q)(?:{'|'.join(_TONED)})(?!\p{{L}})"
    return worn.sub(pattern, lambda match: _as_cased(match.group(), _TONED[match.group().lower()]))


def _as_cased(like: str, text: str) -> str:
    return "".join(c.upper() if model.isupper() else c for model, c in zip(like, text, strict=True))


def _capital_headings(worn: Disguised, _random: Random) -> Disguised:
    return worn.sub(HEADING, lambda match: f"{match.group('marker')}{match.group('title').upper()}{match.group('end')}")


def _lost_capitals(worn: Disguised, _random: Random) -> Disguised:
    """The first word of each line, past its bullet and marker, begins with a small letter."""
    marker = r"(?:[-–+•*#>(\\ \t]|\d{1,2}[.)]|(?:\d{1,2}\.)+\d{0,2}|\p{L}[.)]|[IVXivx]{1,5}[.-])*+"
    return worn.sub(rf"(?m)^(?P<opening>{marker})(?P<capital>\p{{Lu}})(?=\p{{Ll}})", _lowered)


def _lowered(match: "regex.Match[str]") -> str:
    return match.group("opening") + match.group("capital").lower()


# -- words joined by underscores ---------------------------------------------------------------------------------------


def _joined_words(worn: Disguised, _random: Random) -> Disguised:
    """What word segmentation leaves: syllables of a word joined by "_", signs set apart by blanks."""
    return worn.edited(_joints(worn.text))


def _joints(text: str) -> Iterator[Edit]:
    for stretch in regex.finditer(r"[^\n\t|*#\\_<>`]+", text):
        at, before = stretch.start(), None
        for word in segment(stretch.group()):
            for number, syllable in enumerate(word.split()):
                start = text.index(syllable, at)
                gap = "_" if number else " "
                if before is not None and text[at:start] != gap and text[at:start] in ("", " "):
                    yield at, start, gap
                at, before = start + len(syllable), word


# -- slips -------------------------------------------------------------------------------------------------------------


def _slips(worn: Disguised, random: Random) -> Disguised:
    def slip(match: "regex.Match[str]") -> str:
        letter = match.group()
        return random.choice(_taken_for(letter)) if random.random() < _SLIP_RATE else letter

    return worn.sub(r"[^\x00-\x7f]", lambda match: slip(match) if _taken_for(match.group()) else match.group())


@lru_cache(maxsize=256)
def _taken_for(letter: str) -> tuple[str, ...]:
    """The letters that a scanner may take one with diacritics for: another tone, another mark or none of them."""
    if letter in "đĐ":
        return ("d" if letter == "đ" else "D",)
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if base.lower() not in "aeiouy" or not marks:
        return ()
    tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
    rest = [mark for mark in marks if mark not in tones]
    likely = [(rest, [tone]) for tone in "\u0300\u0301\u0303\u0309\u0323"] + [(rest, [])] if tones else [([], [])]
    likely += [([], tones)] if tones and rest else []
    found = {unicodedata.normalize("NFC", "".join([base, *some, *tone])) for some, tone in likely}
    return tuple(sorted(found - {letter}))


MAKERS: dict[str, Maker] = {
    "no-break-spaces": _odd_spaces,
    "thin-spaces": _thin_spaces,
    "hidden-characters": _hidden,
    "doubled-spaces": _doubled,
    "dashes": _dashes,
    "quotes": _quotes,
    "tone-marks": _tone_marks,
    "capital-headings": _capital_headings,
    "lost-capitals": _lost_capitals,
    "joined-words": _joined_words,
    "slips": _slips,
}
