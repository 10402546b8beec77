"""Source text → lines: what each looks like, with its markup taken out and the way back kept."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import regex

from nqparse.packs.load import Pack
from nqparse.text import OffsetMap

_SPECIAL = regex.compile(r"[*\\#_<\[`¹²³⁰-⁹\t]|  |\s$|^\s")
_HEADING = regex.compile(r"(#{1,6})\s+")
_BULLET = regex.compile(r"(?:\\?([-–—+•▪●○◦‣*])|o)(?:\s+|(?=\p{Lu}))(?!\*)")
_SUPER = regex.compile(r"(?<![mM])(?<!\b[kcd]m)[¹²³⁰-⁹]+")
_NOTE_START = regex.compile(r"(?:[¹²³⁰-⁹]+|\\?\[\d{1,3}\\?\]|<sup>\d{1,3}</sup>)\s*")
_CUT = regex.compile(
    r"\*+|\\(?=[\\`*_{}\[\]()#+\-.!>~|])|(?<![\p{L}\p{N}])_{1,2}(?=\p{L})|(?<=\p{L})_{1,2}(?![\p{L}\p{N}])"
    r"|</?(?:sup|sub|b|i|u|em|strong|span|p|div)\b[^<>]{0,80}>|\\?\[\d{1,3}\\?\](?!\()|(?<!(?<!\p{L})[kcdKCD]?[mM])[¹²³⁰-⁹]+|`+"
)
_SPACE = regex.compile(r"\s+")
_DIGITS = regex.compile(r"\d+")
_PAGE = regex.compile(r"\W{0,4}(?:[Tt]rang|TRANG|[Pp]age)?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\W{0,4}$")
_DRAWN = regex.compile(r"[\W_]+$")
_BULLET_RANK = {"+": 2, "○": 2, "◦": 2, "o": 2, "▪": 3, "*": 0}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``text`` is clean; ``bullet`` is the rank of its bullet sign (0 = none); ``note`` is a footnote's number."""

    start: int
    end: int
    text: str
    offsets: OffsetMap
    marks: tuple[tuple[int, int], ...] = ()
    bullet: int = 0
    heading: int = 0
    bold: bool = False
    open_bold: bool = False
    note: str | None = None
    furniture: bool = False
    dashed_on: bool = False
    raw: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing but markup stands on it."""
        return not self.text


class _Piece(NamedTuple):
    start: int
    end: int


def read_lines(text: str, pack: Pack) -> list[Line]:
    """The lines of a source text in order, with page furniture recognised."""
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        end = start + len(raw)
        for piece_start, piece in _pages(raw, start):
            lines.append(_read_line(piece, piece_start))
        start = end + 1
    return _mark_furniture(lines)


def _pages(raw: str, start: int) -> list[tuple[int, str]]:
    if "\f" not in raw:
        return [(start, raw)]
    out = []
    for piece in raw.split("\f"):
        out.append((start, piece))
        start += len(piece) + 1
    return out


def _read_line(raw: str, start: int) -> Line:
    if not _SPECIAL.search(raw) and raw[:1] not in _BULLET_SIGNS:
        return Line(start, start + len(raw), raw, OffsetMap((0,), (start,)), raw=raw)
    at = len(raw) - len(raw.lstrip())
    heading = _HEADING.match(raw, at)
    if heading:
        at = heading.end()
    note = None
    lead = _emphasis(raw, at)
    if found := _NOTE_START.match(raw, lead):
        note = "".join(c for c in found.group() if c.isalnum())
        note = note if found.end() < len(raw) else None
    bullet, dashed = 0, False
    if note is None and not heading and (sign := _BULLET.match(raw, at) or _BULLET.match(raw, lead)):
        first = sign.group(1) or "o"
        bullet = _BULLET_RANK.get(first, 1) or _star_rank(raw, sign.end())
        at = sign.end()
        rest = raw[_emphasis(raw, at) :]
        dashed = first in "-–—" and (rest[:1].islower() or rest[:1].isdigit())
    text, offsets, marks = _clean(raw, at, start)
    if _DRAWN.match(text):
        text = ""
    stripped = raw.strip()
    return Line(
        start,
        start + len(raw),
        text,
        offsets,
        marks,
        bullet if text else 0,
        len(heading.group(1)) if heading else 0,
        _is_bold(stripped, at=0),
        stripped.startswith("**"),
        note,
        dashed_on=dashed,
        raw=raw,
    )


_BULLET_SIGNS = tuple("-–—+•▪●○◦‣*o")


def _emphasis(raw: str, at: int) -> int:
    while at < len(raw) and raw[at] in "*_ ":
        at += 1
    return at


def _star_rank(raw: str, end: int) -> int:
    return 1


def _is_bold(stripped: str, at: int) -> bool:
    inner = stripped.lstrip("#- ")
    return inner.startswith("**") and inner.rstrip(" .:;").endswith("**") and inner.count("**") <= 4


def _clean(raw: str, at: int, start: int) -> tuple[str, OffsetMap, tuple[tuple[int, int], ...]]:
    """The text of a line from ``at`` on without markup, single-spaced, with its map and the digits of its note marks."""
    parts: list[str] = []
    derived: list[int] = []
    origin: list[int] = []
    marks: list[tuple[int, int]] = [
        (start + m.start(), start + m.end()) for m in _DIGITS.finditer(raw, 0, at) if at and m.end() <= at
    ]
    length = 0
    space = True
    for piece in _kept(raw, at, marks, start):
        for word in regex.finditer(r"\S+|\s+", raw, pos=piece.start, endpos=piece.end):
            blank = word.group().isspace()
            if blank and space:
                continue
            text = " " if blank else word.group()
            place = start + word.start()
            if not origin or origin[-1] + length - derived[-1] != place:
                derived.append(length)
                origin.append(place)
            parts.append(text)
            length += len(text)
            space = blank
    text = "".join(parts)
    if text.endswith(" "):
        text = text[:-1]
    if not derived:
        derived, origin = [0], [start + at]
    return text, OffsetMap(tuple(derived), tuple(origin)), tuple(marks)


def _kept(raw: str, at: int, marks: list[tuple[int, int]], start: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    for cut in _CUT.finditer(raw, at):
        if cut.start() > at:
            pieces.append(_Piece(at, cut.start()))
        marks += [(start + m.start(), start + m.end()) for m in _DIGITS.finditer(raw, cut.start(), cut.end())]
        at = cut.end()
    if at < len(raw):
        pieces.append(_Piece(at, len(raw)))
    return pieces


def wrap_width(lines: list[Line]) -> int:
    """The width at which the document's lines are hard-wrapped, in characters; 0 where they are not."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) >= 30)
    if len(lengths) < 12:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    if width > 160:
        return 0
    pairs = cut = 0
    for one, two in zip(lines, lines[1:], strict=False):
        if len(one.text) >= 30 and two.text:
            pairs += 1
            cut += one.text[-1] not in ".;:!?" and (two.text[0].islower() or two.dashed_on)
    return width if pairs >= 8 and cut >= 0.3 * pairs else 0


def _mark_furniture(lines: list[Line]) -> list[Line]:
    """Page numbers, and short lines that come again and again beside them."""
    pages = {at for at, line in enumerate(lines) if line.text and _PAGE.match(line.text) and _stands_apart(lines, at)}
    counts = Counter(_DIGITS.sub("#", line.text) for line in lines if 0 < len(line.text) <= 120)
    near = {n for at in pages for n in range(max(0, at - 3), min(len(lines), at + 4))}
    running = {
        text
        for text, times in Counter(_DIGITS.sub("#", lines[n].text) for n in near if lines[n].text).items()
        if times >= 3 and times >= counts[text] * 0.6 and len(text) <= 120 and text != "#"
    }
    out = []
    for at, line in enumerate(lines):
        furniture = at in pages or (at in near and _DIGITS.sub("#", line.text) in running and not line.bullet)
        out.append(_as_furniture(line) if furniture else line)
    return out


def _as_furniture(line: Line) -> Line:
    from dataclasses import replace

    return replace(line, furniture=True, bullet=0, note=None)


def _stands_apart(lines: list[Line], at: int) -> bool:
    """A number alone on its line is a page number only where no table's bar stands beside it."""
    before = lines[at - 1].raw.strip() if at else ""
    after = lines[at + 1].raw.strip() if at + 1 < len(lines) else ""
    return before != "|" and after != "|" and "\t" not in lines[at].raw
