"""Source and blocks → what an act is: its type, number, issuer, title, date, planned years and signer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import regex

from nqparse.faults import RAISING, Guard
from nqparse.layout.blocks import Block, BlockKind
from nqparse.layout.lines import cell_line
from nqparse.models import DocType, Level
from nqparse.outline.places import Places, Sources, as_name, level_of, own_place, read_places
from nqparse.packs.load import Pack, words_of
from nqparse.text.source import Source

_YEARS = regex.compile(r"(?<![\d/.,])((?:19|20)\d{2})(?:\s*[-–—]\s*((?:19|20)\d{2}))?(?![\d])")
_COLUMNS = regex.compile(r"\t+| {3,}|\|")
_MOST_BLOCKS = 40
_MOST_CHARACTERS = 8000
_LAST_BLOCKS = 12
_LETTERHEAD = 8
_OPENING = 1500
_MOST_OF_TEXT = 100_000
_TITLE_BLOCKS = 5
_LINES_UNDER_TYPE = 10
_LONGEST_TITLE = 420
_LINES_OF_NAME = 3
_LONGEST_HEADLINE = 200
_NEAR = 6
_SENTENCE_ENDS = (",", ";", ".", "…")


@dataclass(frozen=True, slots=True)
class Head:
    """What the document says of itself."""

    doc_type: DocType = DocType.OTHER
    number: str | None = None
    is_draft: bool = False
    issuer: str | None = None
    level: Level | None = None
    locality: str | None = None
    places: Places = field(default_factory=Places)
    title: str | None = None
    issued_on: date | None = None
    period: tuple[int, int] | None = None
    signer: str | None = None


class Reach(NamedTuple):
    """The blocks of an act: from ``start`` to ``end``, its first section at ``first``, its signature at ``closed``."""

    start: int
    first: int
    closed: int
    end: int


class _Printed(NamedTuple):
    """A piece of a letterhead or of a signature: a line, or one of the columns that a line is set in."""

    line: int
    column: int
    text: str


class _Issued(NamedTuple):
    issuer: str
    level: Level
    locality: str | None


def read_head(source: Source, blocks: Sequence[Block], reach: Reach, pack: Pack, guard: Guard = RAISING) -> Head:
    """The head of an act, from what is before its first section and from its signature on.

    What fails to be read of it is left out.
    """
    own = blocks[reach.start : min(reach.first, reach.start + _MOST_BLOCKS)]
    head = [b for b in own if b.kind is not BlockKind.FURNITURE and b.text]
    above = list(_printed(_text_between(source, blocks, reach.start, reach.first)))
    below = list(_printed(_text_between(source, blocks, reach.closed, reach.end)))
    last = blocks[max(reach.start, reach.closed - _LAST_BLOCKS) : min(reach.end, reach.closed + _LAST_BLOCKS)]
    untyped: tuple[int | None, DocType] = (None, DocType.OTHER)
    at, doc_type = guard.or_else(untyped, _type, head, pack)
    title = (
        guard.or_else(None, _title, head, at, pack) if at is not None else guard.or_else(None, _headline, head, pack)
    )
    line = guard.or_else(None, _line_of_type, above, pack)
    issued = guard.or_else(None, _issuer, above, below, head, line, pack)
    place = (issued.locality if issued else None) or guard.or_else(None, _place_named, title, above, issued, pack)
    text = "\n".join(b.text for b in blocks[reach.start : reach.end])[:_MOST_OF_TEXT]
    printed = [piece.text for piece in (*above[:_LETTERHEAD], *below)]
    sources = Sources(printed, f"{_own_title(head, at)} {title or ''}", text)
    level = guard.or_else(None, level_of, place, issued.level if issued else None, sources.title, pack)
    place = place or guard.or_else(None, own_place, level, sources, pack)
    level = guard.or_else(level, level_of, place, level, sources.title, pack)
    return Head(
        doc_type=doc_type,
        number=guard.or_else(None, _number, above, pack),
        is_draft=guard.or_else(False, _is_draft, above, pack),
        issuer=issued.issuer if issued else None,
        level=level if issued else None,
        locality=place,
        places=guard.or_else(Places(), read_places, place, level, sources, pack),
        title=title,
        issued_on=guard.or_else(None, _issued_on, above, last, text[:_OPENING], pack),
        period=guard.or_else(None, _planned, sources.title, pack),
        signer=guard.or_else(None, _signer, below, pack),
    )


def _own_title(head: Sequence[Block], at: int | None) -> str:
    """The block that names the type of an act."""
    return head[at].text if at is not None else ""


def _text_between(source: Source, blocks: Sequence[Block], first: int, end: int) -> str:
    """The source text from a block up to another, no longer than a head or a signature is."""
    start = 0 if not first else _origin(source, blocks, first)
    return source.text[start : min(_origin(source, blocks, end), start + _MOST_CHARACTERS)]


def _origin(source: Source, blocks: Sequence[Block], at: int) -> int:
    return blocks[at].origin(0) if at < len(blocks) else len(source.text)


def _is_draft(above: Sequence[_Printed], pack: Pack) -> bool:
    return any(pack.expression("draft").match(piece.text) for piece in above)


def _printed(text: str) -> Iterator[_Printed]:
    for number, raw in enumerate(text.split("\n")):
        for column, part in enumerate(part for part in _COLUMNS.split(raw) if part.strip()):
            clean = cell_line(part, 0).text.strip(" *_")
            if any(c.isalnum() for c in clean):
                yield _Printed(number, column, clean)


# -- type, number, title -----------------------------------------------------------------------------------------------


def _type(blocks: Sequence[Block], pack: Pack) -> tuple[int | None, DocType]:
    """The block that names the document's type: one that begins in capitals, else any that begins with the type."""
    for loose in (False, True):
        for at, block in enumerate(blocks):
            words = list(words_of(block.text[:400]))
            found = pack.types.after(words, 0)
            if found is None:
                continue
            if block.text[:8].isupper() or (loose and len(words) < 60 and not block.text.endswith(_SENTENCE_ENDS)):
                return at, found[1].doc_type
    return None, DocType.OTHER


def _line_of_type(above: Sequence[_Printed], pack: Pack) -> int | None:
    for piece in above:
        if piece.text[:8].isupper() and pack.types.after(list(words_of(piece.text)), 0) is not None:
            return piece.line
    return None


def _title(blocks: Sequence[Block], at: int, pack: Pack) -> str | None:
    """The heading's words after the document's type and issuer, over as many lines as they take."""
    own = blocks[at].text
    found = pack.types.after(list(words_of(own)), 0)
    rest = own[_width(own, found[0]) :].strip(" \n:") if found else ""
    parts = [rest] if rest else []
    for block in blocks[at + 1 : at + 1 + _TITLE_BLOCKS]:
        if not _goes_on(parts, block, pack):
            break
        parts.append(block.text)
    title = " ".join(parts)
    cut = pack.expression("title-start").search(title)
    if cut is not None and _names_issuer(title[: cut.start("title")].strip(), pack):
        title = title[cut.start("title") :]
    return title.strip(" -–:") or None


def _headline(blocks: Sequence[Block], pack: Pack) -> str | None:
    """The first line of a text that names no type, where it heads what follows as a line of its own."""
    if len(blocks) < 2:
        return None
    block = blocks[0]
    if block.kind is not BlockKind.PARAGRAPH or block.marker is not None or len(block.text) > _LONGEST_HEADLINE:
        return None
    if block.text.endswith((*_SENTENCE_ENDS, ":", "?")) or pack.expression("motto").search(block.text):
        return None
    letterhead = block.text.isupper() and _read_issuer(block.text, pack) is not None
    return None if letterhead else block.text


def _names_issuer(text: str, pack: Pack) -> bool:
    """Whether what stands before "về" in a title is the issuer and no part of the title."""
    lead = pack.expression("issuer-lead").match(text)
    return bool(lead and lead.group()) or _read_issuer(text, pack) is not None


def _goes_on(parts: list[str], block: Block, pack: Pack) -> bool:
    """Whether a block belongs to the title that ``parts`` begin."""
    text = block.text
    if block.marker is not None or len(text) > _LONGEST_TITLE:
        return False
    opens = not parts and text[0].isupper() and text[-1].isalnum()
    if not opens and pack.expression("preamble").match(text):
        return False
    if parts and not (block.bold or text.isupper() or text[0].islower() or parts[-1][-1] in ",;"):
        return False
    return text.isupper() or not text.endswith((".", ";"))


def _width(text: str, words: int) -> int:
    matches = list(regex.finditer(r"\w+|[^\w\s]", text))[:words]
    return matches[-1].end() if matches else 0


def _number(above: Sequence[_Printed], pack: Pack) -> str | None:
    for piece in above:
        match = pack.expression("own-number").match(_past_type(piece.text, pack))
        if match is not None:
            return "".join(match.group("number").split())
    return None


# -- issuer ------------------------------------------------------------------------------------------------------------


def _issuer(
    above: Sequence[_Printed], below: Sequence[_Printed], head: Sequence[Block], type_line: int | None, pack: Pack
) -> _Issued | None:
    """Who issued it: by the line under its type, else the letterhead, the sentence that issues it, the signature."""
    letterhead = _lowest([p for p in above if type_line is None or p.line < type_line], pack)
    if type_line is not None:
        under = [p for p in above if type_line <= p.line <= type_line + _LINES_UNDER_TYPE]
        for piece in under:
            found = _read_issuer(_past_type(piece.text, pack), pack)
            if found is None:
                continue
            same = letterhead is not None and letterhead.level is found.level
            return found if found.locality or not same else found._replace(locality=letterhead and letterhead.locality)
    if letterhead is not None:
        return letterhead
    for name in ("issues", "attached-by"):
        for block in reversed(head):
            for match in pack.expression(name).finditer(block.text[-_MOST_CHARACTERS:]):
                if (found := _read_issuer(match.group("issuer"), pack, prose=True)) is not None:
                    return found
    return _lowest([p for p in below if pack.expression("signs").match(p.text)], pack)


def _lowest(pieces: Sequence[_Printed], pack: Pack) -> _Issued | None:
    """The last issuer that a letterhead names: the body above it stands first. A name may take lines of a column."""
    found = None
    for at, piece in enumerate(pieces):
        column = [p.text for p in pieces[at : at + _NEAR] if p.column == piece.column]
        names = [" ".join(column[:lines]) for lines in range(min(_LINES_OF_NAME, len(column)), 0, -1)]
        found = next((one for name in names if (one := _read_issuer(name, pack)) is not None), found)
    return found


def _past_type(text: str, pack: Pack) -> str:
    found = pack.types.after(list(words_of(text)), 0)
    return text[_width(text, found[0]) :].strip() if found is not None else text


def _read_issuer(text: str, pack: Pack, *, prose: bool = False) -> _Issued | None:
    """The issuer that a line consists of; in prose, only the capitalised words after its rank are its place."""
    start = 0
    if (lead := pack.expression("issuer-lead").match(text)) is not None:
        start = lead.end()
    for rule, pattern in pack.issuers:
        match = pattern.match(text, start)
        if match is None or not (prose or pack.expression("after-issuer").match(text, match.end())):
            continue
        place = _place(match.groupdict().get("locality") or "", prose)
        end = match.end()
        if match.groupdict().get("locality"):
            end = match.start("locality") + len(place or "")
        return _Issued(text[start:end].strip(" ,.-–"), rule.level, as_name(place) if place else None)
    return None


def _place(locality: str, prose: bool) -> str | None:
    """The words of a place's name among those that follow its rank."""
    kept = 0
    for word in regex.finditer(r"\S+", locality):
        if prose and not word.group()[0].isupper():
            break
        kept = word.end()
    return locality[:kept].rstrip(" ,.-–;:)") or None


def _place_named(title: str | None, above: Sequence[_Printed], issued: _Issued | None, pack: Pack) -> str | None:
    """The place that the dateline or the title names, where the issuer's name has none."""
    if issued is not None and issued.level is Level.CENTRAL:
        return None
    for name, texts in (("dateline", [piece.text for piece in above]), ("place-in-title", [title or ""])):
        for text in texts:
            match = pack.expression(name).search(text)
            if match is not None:
                return as_name(match.group("locality"))
    return None


# -- dates, years, signer ----------------------------------------------------------------------------------------------


def _issued_on(above: Sequence[_Printed], last: Sequence[Block], opening: str, pack: Pack) -> date | None:
    """The date on which it was adopted, by its last words, else the date in its head, else that of the act which an
    appendix without a head of its own says in its first words that it goes with."""
    text = "\n".join(piece.text for piece in above)
    closing = "\n".join(b.text for b in last)
    for name, where in (("adopted-on", closing), ("dated", text), ("attached-on", opening)):
        for match in pack.expression(name).finditer(where):
            try:
                return date(int(match.group("year")), int(match.group("month")), int(match.group("day")))
            except ValueError:
                continue
    return None


def _planned(title: str, pack: Pack) -> tuple[int, int] | None:
    """The years that the title plans for: a span if there is one, else the last single year; a vision is no plan."""
    found = None
    for match in _YEARS.finditer(pack.expression("vision").sub("", title)):
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        if match.group(2) or found is None or found[0] == found[1]:
            found = (first, last) if first <= last else (last, first)
    return found


def _signer(below: Sequence[_Printed], pack: Pack) -> str | None:
    """The first name under the office that signs."""
    signed = False
    for piece in below:
        if pack.expression("signs").match(piece.text):
            signed = True
        elif signed and pack.expression("person").fullmatch(piece.text.strip(" .")):
            return piece.text.strip(" .")
    return None
