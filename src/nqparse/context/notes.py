"""Footnotes: the marks in running text by their numbers."""

import unicodedata

from nqparse.packs.load import Pack


def references(text: str, pack: Pack) -> dict[str, list[int]]:
    """The footnote marks in running text: the places of each number's marks, in order."""
    found: dict[str, list[int]] = {}
    for match in pack.expression("note-reference").finditer(text):
        found.setdefault(note_number(match.group()), []).append(match.start())
    return found


def note_number(mark: str) -> str:
    """The number of a footnote's mark.

    >>> note_number("¹²"), note_number("[3]"), note_number("<sup>3</sup>")
    ('12', '3', '3')
    """
    return "".join(str(unicodedata.digit(c)) for c in mark if c.isdigit())
