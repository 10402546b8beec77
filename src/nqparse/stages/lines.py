"""Source text → lines: what each looks like, with its markup taken out and the way back kept."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import regex

from nqparse.text import OffsetMap

_SPECIAL = re.compile(r"[*\\#_<\[`¹²³⁰-⁹\t\x0b\x0c]|  |\s$")
_HEADING = regex.compile(r"(#{1,6})\s+")
_QUOTE = regex.compile(r"(?:>\s?)+(?=[\p{L}*#])")
_BULLET = regex.compile(r"(?:\\?([-–—+•▪●○◦‣*])|o)(?:\s+|(?=\p{Lu}))(?!\*)")
_SUP = r"(?<!\b[kcdm]?m)<sup>\d{1,3}</sup>"
_SUPER = r"(?<!(?<!\p{L})[kcdKCD]?[mM])[¹²³⁰-⁹]+"
_REFERENCE = r"\\?\[\d{1,3}\\?\](?!\()"
_NOTE = regex.compile(r"(?:[¹²³⁰-⁹]+|\\?\[\d{1,3}\\?\]|<sup>\d{1,3}</sup>)(?=\s|\p{L}|[*_“\"(]|$)")
_CUT = regex.compile(
    rf"(?=[*\\_<\[`¹²³⁰-⁹\t]|\s\s|[^\S ])(?:(?P<gap>\s{{2,}}|[^\S ])|{_SUP}|{_SUPER}|{_REFERENCE}"
    r"|\*+|\\(?=[\\`*_{}\[\]()#+\-.!>~|])|(?<![\p{L}\p{N}])_{1,2}(?=\p{L})|(?<=\p{L})_{1,2}(?![\p{L}\p{N}])"
    r"|</?(?:sup|sub|b|i|u|em|strong|span|p|div|br)\b[^<>]{0,80}>|`+)"
)
_DIGITS = regex.compile(r"\d+")
_PAGE = regex.compile(r"(?:[-–—]\s*)?(?:(?:Trang|TRANG|Page|page|trang)\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?$")
_OPENER = regex.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|\p{L}\)|[IVX]{1,5}\.)\s")
_BULLET_SIGNS = frozenset("-–—+•▪●○◦‣*o\\")
_NOTE_SIGNS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹[\\<")
_OPENING = _BULLET_SIGNS | frozenset("|> \t#[")
_BULLET_RANK = {"+": 2, "○": 2, "◦": 2, "o": 2, "▪": 3}
_LONGEST_HEADER = 120
_LONGEST_PAGE = 20
_MOSTLY = 0.85


class Line(NamedTuple):
    """One line. ``text`` is clean; ``bullet`` is the rank of its bullet sign (0 = none); ``note`` a footnote's number.

    ``marks`` are the digits that were taken out with the markup. ``bold`` and ``italic`` say that the whole line is so,
    ``open_bold`` that bold type begins it. ``dashed_on`` marks a dash that may be no bullet but the middle of a phrase.
    """

    start: int
    end: int
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
    def blank(self) -> bool:
        """Whether nothing but markup stands on it."""
        return not self.text and not self.marks and self.note is None


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the document breaks its lines: hard-wrapped at ``width`` characters (0 = not), with blank lines between
    paragraphs (``spaced``), so that a line that follows another directly goes on with it."""

    width: int = 0
    spaced: bool = False


def read_lines(text: str) -> list[Line]:
    """The lines of a source text in order, with page furniture recognised."""
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        if "\f" in raw:
            lines += _pages(raw, start)
        else:
            lines.append(read_line(raw, start))
        start += len(raw) + 1
    return _mark_furniture(lines)


def _pages(raw: str, start: int) -> Iterator[Line]:
    """The lines that form feeds cut a line into."""
    for page, piece in enumerate(raw.split("\f")):
        yield read_line(piece, start)._replace(page_top=page > 0)
        start += len(piece) + 1


def read_line(raw: str, start: int) -> Line:
    """The line ``raw`` that begins at ``start`` in the source text."""
    if not raw or raw.isspace():
        return Line(start, start + len(raw), "", OffsetMap((0,), (start,)), raw=raw)
    if raw[0] not in _OPENING and not _SPECIAL.search(raw):
        return Line(start, start + len(raw), raw, OffsetMap((0,), (start,)), raw=raw)
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
    if not (text[:1].isalnum() or any(c.isalnum() for c in text)):
        text = ""
    depth = len(heading.group(1)) if heading else 0
    end = start + len(raw)
    if "*" not in raw and "__" not in raw:
        rank = bullet if text else 0
        return Line(start, end, text, offsets, marks, rank, depth, note=note, dashed_on=dashed, raw=raw)
    stripped = raw.strip()
    inner = stripped.lstrip("#- >")
    return Line(
        start,
        end,
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


def cell_line(raw: str, start: int) -> Line:
    """The text of a table's cell, in which signs at the start are neither bullets nor headings."""
    text, offsets, marks = clean(raw, len(raw) - len(raw.lstrip()), start)
    return Line(start, start + len(raw), text, offsets, marks, raw=raw)


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
    return _BULLET_RANK.get(first, 1), first in "-–—" and (rest.islower() or rest.isdigit()), sign.end()


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
    if not _SPECIAL.search(raw, at):
        return raw[at:], OffsetMap((0,), (start + at,)), ()
    parts: list[str] = []
    derived: list[int] = []
    origin: list[int] = []
    marks: list[tuple[int, int]] = []
    length = 0

    def keep(piece: str, place: int) -> None:
        nonlocal length
        if piece[:1] == " " and (not parts or parts[-1][-1] == " "):
            piece, place = piece[1:], place + 1
        if not piece:
            return
        if not origin or origin[-1] + length - derived[-1] != place:
            derived.append(length)
            origin.append(place)
        parts.append(piece)
        length += len(piece)

    for cut in _CUT.finditer(raw, at):
        keep(raw[at : cut.start()], start + at)
        if cut.group("gap"):
            keep(" ", start + cut.start())
        else:
            marks += [(start + m.start(), start + m.end()) for m in _DIGITS.finditer(raw, cut.start(), cut.end())]
        at = cut.end()
    keep(raw[at:], start + at)
    text = "".join(parts).rstrip(" ")
    return text, OffsetMap(tuple(derived) or (0,), tuple(origin) or (start + at,)), tuple(marks)


def wrapping(lines: Sequence[Line]) -> Wrapping:
    """How the document breaks its lines."""
    width = _wrap_width(lines)
    return Wrapping(width, bool(width) and _is_spaced(lines))


def _wrap_width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines if len(line.text) >= 30)
    if len(lengths) < 12:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    if width > 160:
        return 0
    pairs = cut = 0
    for one, two in pairwise(lines):
        if len(one.text) >= 30 and two.text:
            pairs += 1
            cut += one.text[-1] not in ".;:!?" and (two.text[0].islower() or two.dashed_on)
    return width if pairs >= 8 and cut >= 0.3 * pairs else 0


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether what opens a paragraph (a bullet, a number) stands below a blank line throughout."""
    below_blank = below_text = 0
    for one, two in pairwise(lines):
        if (two.bullet and not two.dashed_on) or _OPENER.match(two.text):
            below_blank += not one.text
            below_text += bool(one.text)
    return below_blank >= 5 and below_text <= 0.1 * below_blank


def _mark_furniture(lines: list[Line]) -> list[Line]:
    """Page numbers, and short lines that come again and again beside them or at the edges of pages."""
    pages = {at for at, line in enumerate(lines) if _is_page_number(line.text) and _stands_apart(lines, at)}
    edges = pages | {at for at, line in enumerate(lines) if line.page_top}
    if not edges:
        return lines
    near = {n for at in edges for n in range(max(0, at - 3), min(len(lines), at + 4)) if lines[n].text}
    shapes = {n: _DIGITS.sub("#", lines[n].text) for n in near if len(lines[n].text) <= _LONGEST_HEADER}
    often = {shape: times for shape, times in Counter(shapes.values()).items() if times >= 3 and shape != "#"}
    running = _seldom_elsewhere(often, lines) if often else frozenset()
    return [
        line._replace(furniture=True, bullet=0, note=None)
        if at in pages or (shapes.get(at) in running and not line.bullet)
        else line
        for at, line in enumerate(lines)
    ]


def _seldom_elsewhere(often: dict[str, int], lines: list[Line]) -> frozenset[str]:
    """The shapes that stand at the edges of pages more often than elsewhere."""
    everywhere = Counter(_DIGITS.sub("#", line.text) for line in lines if 0 < len(line.text) <= _LONGEST_HEADER)
    return frozenset(shape for shape, times in often.items() if times >= everywhere[shape] * 0.6)


def _is_page_number(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_PAGE and _PAGE.match(text) is not None


def _stands_apart(lines: list[Line], at: int) -> bool:
    """A number alone on its line is a page number only where it is no cell of a table and no value under its name."""
    before = lines[at - 1] if at else None
    after = lines[at + 1] if at + 1 < len(lines) else None
    if "\t" in lines[at].raw or any(beside is not None and beside.raw.strip() == "|" for beside in (before, after)):
        return False
    return before is None or not before.text.endswith(":")
