"""A line of a document with a caret under the words that are meant, however its letters are composed."""

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from nqparse.gate.places import Spot
from nqparse.render import visible

_MORE = "…"


def cells(text: str) -> int:
    """How many cells of a terminal the text takes: a combining mark takes none, a wide letter two.

    >>> cells("te\\u0302\\u0323"), cells("表")
    (2, 2)
    """
    return sum(map(_cells, text))


@lru_cache(maxsize=65536)
def _cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def excerpt(spot: Spot, width: int) -> tuple[str, str]:
    """The line, cut to ``width`` cells around the words that are meant, and the line of carets under them.

    Both are composed, on one line each, and without what would steer a terminal.

    >>> print("\\n".join(excerpt(Spot(1, 1, "tỷ lệ hộ nghèo còn 5% năm 2025", 19, 20), 20)))
    …nghèo còn 5% năm…
               ^
    """
    reach = 3 * width  # combining marks take characters and no cells
    before, words, after = (
        _plain(part)
        for part in (
            spot.text[max(0, spot.start - reach) : spot.start],
            spot.text[spot.start : spot.end],
            spot.text[spot.end : spot.end + reach],
        )
    )
    room = max(8, width - cells(words) - 2)
    end = _head(after, room - cells(_tail(before, room * 2 // 3)))
    start = _tail(before, room - cells(end))
    return f"{start}{words}{end}", " " * cells(start) + "^" * max(1, min(cells(words), width))


def _plain(text: str) -> str:
    """The text composed, and shown as ``visible`` shows it, with the blanks at its ends kept."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.strip():
        return " " * bool(composed)
    return " " * composed[0].isspace() + visible(composed) + " " * composed[-1].isspace()


def _tail(text: str, room: int) -> str:
    """The end of the text, as much as fits."""
    text = text.lstrip()
    return text if cells(text) <= room else _MORE + text[len(text) - _fitting(text[::-1], room - 1) :]


def _head(text: str, room: int) -> str:
    """The beginning of the text, as much as fits."""
    text = text.rstrip()
    return text if cells(text) <= room else text[: _fitting(text, room - 1)] + _MORE


def _fitting(letters: str, room: int) -> int:
    """How many of the letters fit."""
    return bisect_right(list(accumulate(map(_cells, letters))), room)
