"""Texts and places in them. Every offset is in Unicode code points, from 0, end-exclusive."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import regex

from nqparse.faults import Guard, RuleFault
from nqparse.text.exports import html_edits, joint_edits
from nqparse.text.legacy import Lettering, lettering_of
from nqparse.text.offsets import OffsetMap, chained, edited

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x85\u2028\u2029"
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f"
_SIGNS = {
    "-": "\u2010\u2011\u2012\u2212\ufe58\ufe63\uff0d\uf02d",
    "–": "\u2014\u2015",
    "“": "\u00ab\u201f",
    "”": "\u00bb",
    "‘": "\u2039\u201a\u201b",
    "’": "\u203a",
    "%": "\uff05\u066a",
    "+": "\uf02b",
    "•": "\u00b7\u2219\u2043\uf0b7\uf0a7\uf0a8\uf0d8\uf076\uf0fc\uf06e",
}
"""The signs that others are read as; the last of those for "•" are the places of bullets in fonts of symbols."""
_SIGN = {ord(other): sign for sign, others in _SIGNS.items() for other in others}
_SIGNED = "".join(regex.escape(chr(code)) for code in _SIGN)
_ODD = regex.compile(
    rf"(?P<crlf>\r\n)|(?P<line>[\r{_BREAKS}])|(?P<space>[{_SPACES}{_CONTROLS}])|(?P<hidden>[{_HIDDEN}]+)"
    rf"|(?P<composed>[^\p{{M}}\s]?\p{{M}}+)|(?P<sign>[{_SIGNED}])|[„‘](?P<quoted>[^„“”‘’\n]{{1,200}})[“”’]"
    r"|(?P<double>'')|(?P<low>,,(?=\p{L}))"
)
_MAY_BE_ODD = re.compile(rf"[\r{_BREAKS}{_SPACES}{_CONTROLS}{_HIDDEN}{_SIGNED}„‘]")
_DOUBLED = re.compile(rf"{_MAY_BE_ODD.pattern}|''|,,")
"""Where an odd stretch may begin in a text whose letters are composed: without the signs that are typed twice, and with
them. The first is found four times as fast."""
_UNWRITABLE = regex.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """One document: ``raw`` as it was decoded and ``text`` as the stages read it.

    ``text`` is NFC, with ``\\n`` as its only line break, plain spaces, and nothing invisible; ``offsets`` maps it back
    to ``raw`` (None where the two run in parallel from end to end). ``lettering`` is the family of fonts from before
    Unicode whose letters ``raw`` has (None where it is Unicode). ``slips`` are the words of ``text`` that were written
    otherwise, each with its place. ``replaced`` characters of ``raw`` are U+FFFD in place of invalid bytes, the first
    of them at ``replaced_at``.
    """

    doc_id: str
    raw: str
    text: str
    offsets: OffsetMap | None = None
    encoding: str = "utf-8"
    guessed: bool = False
    size: int = 0
    sha256: str = ""
    lettering: str | None = None
    slips: tuple[tuple[int, str], ...] = ()
    replaced: int = 0
    replaced_at: tuple[int, ...] = ()
    faults: tuple[RuleFault, ...] = ()
    """What was passed over in making it."""

    def origin(self, position: int) -> int:
        """Place in ``raw`` of the character ``position`` of ``text``."""
        return position if self.offsets is None else self.offsets(position)


def make_source(
    raw: str,
    doc_id: str = "",
    *,
    encoding: str = "utf-8",
    guessed: bool = False,
    size: int = 0,
    sha256: str = "",
    strict: bool | None = None,
) -> Source:
    """Clean ``raw`` for the stages, keeping the way back to its own offsets.

    A lone surrogate, which no encoding can write, is U+FFFD from here on, in ``raw`` too.

    >>> source = make_source("tỷ\\u00a0lệ 5\\u200b%")
    >>> source.text, source.origin(7)
    ('tỷ lệ 5%', 8)
    """
    raw = _UNWRITABLE.sub("\ufffd", raw)
    guard = Guard(strict=strict)
    lettering = guard.or_else(None, lettering_of, raw)
    text, offsets = _read(raw, lettering, guard)
    name = lettering and lettering.name
    return Source(doc_id, raw, text, offsets, encoding, guessed, size, sha256, name, faults=tuple(guard.met))


def _read(raw: str, lettering: Lettering | None, guard: Guard) -> tuple[str, OffsetMap | None]:
    """The text as it is meant, by one step after another; each leads back to the one before. What fails is left out."""
    read: tuple[str, OffsetMap | None] = (raw, None)
    if lettering is not None:
        read = guard.or_else(read, _in_unicode, raw, lettering)
    for edits in (html_edits, _odd_edits, joint_edits):
        read = guard.or_else(read, _edited, *read, edits)
    return read


def _edited(
    text: str, offsets: OffsetMap | None, edits: Callable[[str], Iterable[tuple[int, int, str]]]
) -> tuple[str, OffsetMap | None]:
    """A text after edits, and the way back over those before."""
    text, step = edited(text, edits(text))
    return text, chained(offsets, step)


def _in_unicode(raw: str, lettering: Lettering) -> tuple[str, OffsetMap | None]:
    text, places = lettering.read(raw)
    return text, OffsetMap(*zip(*places, strict=True)) if len(places) > 1 else None


def _odd_edits(raw: str) -> Iterator[tuple[int, int, str]]:
    """What is no plain character, as the character that it is read as."""
    for match in _odd(raw):
        yield *match.span(), _plain(match)


def _odd(raw: str) -> "Iterator[regex.Match[str]]":
    if not unicodedata.is_normalized("NFC", raw):
        yield from _ODD.finditer(raw)
        return
    end = 0
    for quick in (_DOUBLED if "''" in raw or ",," in raw else _MAY_BE_ODD).finditer(raw):
        match = _ODD.match(raw, quick.start()) if quick.start() >= end else None
        if match is not None:
            end = match.end()
            yield match


def _plain(match: "regex.Match[str]") -> str:
    """What an odd stretch of text is read as."""
    kind = match.lastgroup
    if kind == "composed":
        return unicodedata.normalize("NFC", match.group())
    if kind == "sign":
        return match.group().translate(_SIGN)
    if kind == "quoted":
        return f"“{match.group('quoted')}”"
    return {"double": '"', "low": "“", "crlf": "\n", "line": "\n", "space": " "}.get(kind or "", "")
