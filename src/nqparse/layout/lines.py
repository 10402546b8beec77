"""Source text → lines: what each looks like, with its markup taken out and the way back kept."""

import re
import unicodedata
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

import regex

from nqparse.faults import RAISING, Guard
from nqparse.text.offsets import OffsetMap

_MARKUP = re.compile(r"[*\\#_<\[`¹²³⁰-⁹\t\x0b\x0c]")
_HEADING = regex.compile(r"(#{1,6})\s+")
_QUOTE = regex.compile(r"(?:>\s?)+(?=[\p{L}*#])")
_BULLET = regex.compile(r"(?:\\?([-–—+•▪●○◦‣*])|o)(?:\s+|(?=\p{Lu}))(?!(?<=\*\s*)\*)")
_SUP = r"(?<!(?<!\p{L})[kcdKCD]?[mM])<sup>\d{1,3}</sup>"
_SUPER = r"(?<!(?<!\p{L})[kcdKCD]?[mM])[¹²³⁰-⁹]+"
_REFERENCE = r"\\?\[\d{1,3}\\?\](?!\()"
_NOTE = regex.compile(r"(?:[¹²³⁰-⁹]+|\\?\[\d{1,3}\\?\]|<sup>\d{1,3}</sup>)(?=\s|\p{L}|[*_“\"(]|$)")
_CUT = regex.compile(
    rf"(?=[*\\_<\[`¹²³⁰-⁹\t]|\s\s|[^\S ])(?:(?P<gap>\s{{2,}}|[^\S ])|{_SUP}|{_SUPER}|{_REFERENCE}"
    r"|\*+|\\(?=[\\`*_{}\[\]()#+\-.!>~|])|(?<![\p{L}\p{N}])_{1,2}(?=\p{L})|(?<=\p{L})_{1,2}(?![\p{L}\p{N}])"
    r"|</?(?:sup|sub|b|i|u|em|strong|span|p|div|br)\b[^<>]{0,80}>|`+)"
)
_STARS = re.compile(r"\*+")
_MORE_THAN_STARS = re.compile(r"[\\_<\[`¹²³⁰-⁹\t]|\s\s|[^\S ]")
"""What of all that is cut out is no star. In tables of many figures stars mostly are all."""
_DIGITS = re.compile(r"\d+")
_SHORTEST_MARK = 3
_NOWHERE = OffsetMap((0,), (0,))
"""The map of a line with no text: one for all, since half of a document's lines may be blank."""
_BULLET_SIGNS = frozenset("-–—+•▪●○◦‣*o\\")
_NOTE_SIGNS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹[\\<")
_OPENING = _BULLET_SIGNS | frozenset("|> \t#[")
_BULLET_RANK = {"+": 2, "○": 2, "◦": 2, "o": 2, "▪": 3}
_NESTED = 4
_MOSTLY = 0.85


class Line(NamedTuple):
    """One line. ``text`` is clean; ``bullet`` is the rank of its bullet sign (0 = none); ``note`` a footnote's number.

    ``marks`` are the digits that were taken out with the markup. ``bold`` and ``italic`` say that the whole line is so,
    ``open_bold`` that bold type begins it. ``dashed_on`` marks a dash that may be no bullet but the middle of a phrase.
    """

    start: int
    text: str
    offsets: OffsetMap
    marks: tuple[tuple[int, int], ...] = ()
    bullet: int = 0
    heading: int = 0
    bold: bool = False
    italic: bool = False
    open_bold: bool = False
    note: str | None = None
    furniture: bool = False
    dashed_on: bool = False
    page_top: bool = False
    raw: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends in the source text."""
        return self.start, self.start + len(self.raw)

    @property
    def blank(self) -> bool:
        """Whether nothing but markup stands on it."""
        return not self.text and not self.marks and self.note is None


def read_lines(text: str, guard: Guard = RAISING) -> list[Line]:
    """The lines of a source text in order; one that cannot be read is taken as it is."""
    return guard.at_once(partial(_one_by_one, text, guard), _read_all, text)


def _read_all(text: str) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        if "\f" in raw:
            lines += _pages(raw, start)
        else:
            lines.append(read_line(raw, start))
        start += len(raw) + 1
    return lines


def _one_by_one(text: str, guard: Guard) -> list[Line]:
    lines: list[Line] = []
    start = 0
    guard.place = here = _Here()
    for raw in text.split("\n"):
        here.start, here.end = start, start + len(raw)
        lines += guard.or_do(partial(_as_it_is, raw, start), _pages, raw, start)
        start += len(raw) + 1
    return lines


class _Here:
    """The line that is being read."""

    __slots__ = ("end", "start")

    def __init__(self) -> None:
        self.start = self.end = 0

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends in the source text."""
        return self.start, self.end


def _as_it_is(raw: str, start: int) -> list[Line]:
    return [Line(start, raw, OffsetMap((0,), (start,)), raw=raw)]


def _pages(raw: str, start: int) -> list[Line]:
    """The lines that form feeds cut a line into."""
    lines = []
    for page, piece in enumerate(raw.split("\f")):
        lines.append(read_line(piece, start)._replace(page_top=page > 0))
        start += len(piece) + 1
    return lines


def read_line(raw: str, start: int) -> Line:
    """The line ``raw`` that begins at ``start`` in the source text."""
    if not raw or raw.isspace():
        return Line(start, "", _NOWHERE, raw=raw)
    if raw[0] not in _OPENING and _is_plain(raw, 0):
        return Line(start, raw, OffsetMap((0,), (start,)), raw=raw)
    if raw == "|":
        return Line(start, "", _NOWHERE, raw=raw)
    at = len(raw) - len(raw.lstrip())
    if raw[at] == ">" and (quote := _QUOTE.match(raw, at)):
        at = quote.end()
    heading = _HEADING.match(raw, at) if raw[at] == "#" else None
    if heading:
        at = heading.end()
    note = _note(raw, at)
    bullet, dashed = 0, False
    if note is None and not heading:
        bullet, dashed, at = _bullet(raw, at)
    text, offsets, marks = clean(raw, at, start)
    if not (text[:1].isalnum() or any(c.isalnum() or c in "%‰" for c in text)):
        text = ""
    depth = len(heading.group(1)) if heading else 0
    if "*" not in raw and "__" not in raw:
        rank = bullet if text else 0
        return Line(start, text, offsets, marks, rank, depth, note=note, dashed_on=dashed, raw=raw)
    stripped = raw.strip()
    inner = stripped.lstrip("#- >")
    return Line(
        start,
        text,
        offsets,
        marks,
        bullet if text else 0,
        depth,
        bold=_is_bold(inner),
        italic=_wrapped_in("*", inner),
        open_bold=stripped.startswith("**"),
        note=note,
        dashed_on=dashed,
        raw=raw,
    )


def _is_plain(raw: str, at: int) -> bool:
    """Whether a line from ``at`` on needs no cleaning: no markup, no second blank in a row, none at the end."""
    return not (_MARKUP.search(raw, at) or raw.find("  ", at) >= 0 or raw[-1:].isspace())


def cell_line(raw: str, start: int) -> Line:
    """The text of a table's cell, in which signs at the start are neither bullets nor headings."""
    text, offsets, marks = clean(raw, len(raw) - len(raw.lstrip()), start)
    return Line(start, text, offsets, marks, raw=raw)


def _note(raw: str, at: int) -> str | None:
    """The number of the footnote that a line opens."""
    at = _past_emphasis(raw, at)
    found = _NOTE.match(raw, at) if raw[at : at + 1] in _NOTE_SIGNS else None
    if found is None:
        return None
    return "".join(str(unicodedata.digit(c)) for c in found.group() if c.isdigit())


def _bullet(raw: str, at: int) -> tuple[int, bool, int]:
    """The rank of a line's bullet sign (0 = none), whether it may be a dash within a phrase, where the text begins."""
    inner = _past_emphasis(raw, at)
    if raw[at : at + 1] not in _BULLET_SIGNS and raw[inner : inner + 1] not in _BULLET_SIGNS:
        return 0, False, at
    sign = _BULLET.match(raw, at) or _BULLET.match(raw, inner)
    if sign is None:
        return 0, False, at
    first = sign.group(1) or "o"
    rest = raw[_past_emphasis(raw, sign.end()) :][:1]
    nested = first == "*" and raw[:_NESTED].isspace() and len(raw) > _NESTED
    return _BULLET_RANK.get(first, 1) + nested, first in "-–—" and (rest.islower() or rest.isdigit()), sign.end()


def _past_emphasis(raw: str, at: int) -> int:
    while at < len(raw) and raw[at] in "*_ ":
        at += 1
    return at


def _is_bold(inner: str) -> bool:
    """Whether a line is bold as a whole, though a scanner may have left a word of it plain."""
    if not inner.startswith(("**", "__")):
        return False
    parts = inner.split(inner[:2])
    whole = sum(len(part.strip(" .:;,")) for part in parts)
    return len(parts) % 2 == 1 and sum(map(len, parts[1::2])) >= _MOSTLY * whole


def _wrapped_in(sign: str, stripped: str) -> bool:
    """Whether a line as a whole stands between two signs of emphasis."""
    inner = stripped.rstrip(" .:;")
    return len(inner) > 2 * len(sign) and inner.startswith(sign) and inner.endswith(sign) and inner.count(sign) <= 4


def clean(raw: str, at: int, start: int) -> tuple[str, OffsetMap, tuple[tuple[int, int], ...]]:
    """The text of a line from ``at`` on without markup, single-spaced, its map, and the digits of its note marks."""
    bare = raw.rstrip()
    if _is_plain(bare, at):
        return bare[at:], OffsetMap((0,), (start + at,)), ()
    pieces: list[tuple[int, str]] = []
    marks: list[tuple[int, int]] = []
    for cut in (_CUT if _MORE_THAN_STARS.search(raw, at) else _STARS).finditer(raw, at):
        first, last = cut.span()
        if first > at:
            pieces.append((at, raw[at:first]))
        if cut.lastgroup is not None:
            pieces.append((first, " "))
        elif last - first >= _SHORTEST_MARK:
            marks += [(start + m.start(), start + m.end()) for m in _DIGITS.finditer(raw, first, last)]
        at = last
    if at < len(raw):
        pieces.append((at, raw[at:]))
    return *_joined(pieces, start, at), tuple(marks)


def _joined(pieces: Iterable[tuple[int, str]], start: int, end: int) -> tuple[str, OffsetMap]:
    """Pieces of a line, with their places in it, as one single-spaced text; a text of nothing lies at its end."""
    parts: list[str] = []
    derived: list[int] = []
    origin: list[int] = []
    length, spaced, expected = 0, True, -1
    for place, piece in pieces:
        if spaced and piece[0] == " ":
            place, piece = place + 1, piece[1:]
            if not piece:
                continue
        if place != expected:
            derived.append(length)
            origin.append(start + place)
        parts.append(piece)
        length += len(piece)
        spaced, expected = piece[-1] == " ", place + len(piece)
    return "".join(parts).rstrip(" "), OffsetMap(tuple(derived) or (0,), tuple(origin) or (start + end,))
