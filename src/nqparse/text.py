"""Texts and places in them. Every offset is in Unicode code points, from 0, end-exclusive."""

import os
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x85\u2028\u2029"
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f"
_ODD = regex.compile(
    rf"(?P<crlf>\r\n)|(?P<line>[\r{_BREAKS}])|(?P<space>[{_SPACES}{_CONTROLS}])|(?P<hidden>[{_HIDDEN}]+)"
    r"|(?P<composed>[^\p{M}\s]?\p{M}+)"
)
_IS_ODD = regex.compile(rf"[\r{_BREAKS}{_SPACES}{_CONTROLS}{_HIDDEN}\p{{M}}]")
_UNWRITABLE = regex.compile(r"[\ud800-\udfff]")
_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE = regex.compile(r"(?<![qQ])(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")


WORD = regex.compile(r"\d+(?:[.,]\d+)*|[\w²³₂]+|[^\w\s]")
"""A number, a word or a sign: the units in which phrases are compared."""


class OffsetMap(NamedTuple):
    """Where each stretch of a derived text lies in the text that it was derived from.

    ``derived`` and ``origin`` hold the starts of the stretches, ascending; within a stretch the two run in parallel.
    """

    derived: tuple[int, ...]
    origin: tuple[int, ...]

    def __call__(self, position: int) -> int:
        """Place of the derived text's character ``position`` in the origin."""
        at = bisect_right(self.derived, position) - 1
        return self.origin[at] + position - self.derived[at]

    def between(self, start: int, end: int) -> "OffsetMap":
        """The map of the derived text's characters from ``start`` to ``end`` alone.

        >>> OffsetMap((0, 5), (10, 20)).between(3, 8)
        OffsetMap(derived=(0, 2), origin=(13, 20))
        """
        first, last = bisect_right(self.derived, start), bisect_left(self.derived, end)
        derived = (0, *(at - start for at in self.derived[first:last]))
        return OffsetMap(derived, (self(start), *self.origin[first:last]))


@dataclass(frozen=True, slots=True)
class Source:
    """One document: ``raw`` as it was decoded and ``text`` as the stages read it.

    ``text`` is NFC, with ``\\n`` as its only line break, plain spaces, and nothing invisible; ``offsets`` maps it back
    to ``raw`` (None where the two run in parallel from end to end).
    """

    doc_id: str
    raw: str
    text: str
    offsets: OffsetMap | None = None
    encoding: str = "utf-8"
    guessed: bool = False
    size: int = 0
    sha256: str = ""

    def origin(self, position: int) -> int:
        """Place in ``raw`` of the character ``position`` of ``text``."""
        return position if self.offsets is None else self.offsets(position)


def make_source(
    raw: str, doc_id: str = "", *, encoding: str = "utf-8", guessed: bool = False, size: int = 0, sha256: str = ""
) -> Source:
    """Clean ``raw`` for the stages, keeping the way back to its own offsets.

    A lone surrogate, which no encoding can write, is U+FFFD from here on, in ``raw`` too.

    >>> source = make_source("tỷ\\u00a0lệ 5\\u200b%")
    >>> source.text, source.origin(7)
    ('tỷ lệ 5%', 8)
    """
    raw = _UNWRITABLE.sub("\ufffd", raw)
    text, offsets = _clean(raw)
    return Source(doc_id, raw, text, offsets, encoding, guessed, size, sha256)


def _clean(raw: str) -> tuple[str, OffsetMap | None]:
    if _IS_ODD.search(raw) is None:
        return raw, None
    parts: list[str] = []
    derived, origin = [0], [0]
    length = last = 0
    for match in _ODD.finditer(raw):
        new = _plain(match)
        parts += (raw[last : match.start()], new)
        length += match.start() - last + len(new)
        last = match.end()
        if len(new) != last - match.start():
            derived.append(length)
            origin.append(last)
    parts.append(raw[last:])
    return "".join(parts), OffsetMap(tuple(derived), tuple(origin)) if len(derived) > 1 else None


def _plain(match: "regex.Match[str]") -> str:
    """What an odd stretch of text is read as."""
    kind = match.lastgroup
    if kind == "composed":
        return unicodedata.normalize("NFC", match.group())
    return {"crlf": "\n", "line": "\n", "space": " "}.get(kind or "", "")


def written_path(path: str) -> str:
    """A path as tables can hold it: NFC, and U+FFFD for what is no UTF-8 in it.

    >>> written_path("a\\udce0.txt")
    'a\ufffd.txt'
    """
    return unicodedata.normalize("NFC", os.fsencode(path).decode("utf-8", "replace"))


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case and one form of tone marks: the key under which words and phrases are compared.

    >>> fold("Hoà"), fold("THUỶ"), fold("quý")
    ('hòa', 'thủy', 'quý')
    """
    return _TONE.sub(lambda m: _TONES[m.group()], word.lower())
