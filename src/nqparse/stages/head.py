"""Blocks → what the document is: its type, number, issuer, title, date, planned years and signer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from nqparse.models import DocType, Level
from nqparse.packs.load import Pack, words_of
from nqparse.stages.blocks import Block, BlockKind
from nqparse.stages.sections import Tree

_YEARS = regex.compile(r"(?<![\d/.,])((?:19|20)\d{2})(?:\s*[-–—]\s*((?:19|20)\d{2}))?(?![\d])")
_HEAD_BLOCKS = 40


@dataclass(frozen=True, slots=True)
class Head:
    """What the document says of itself."""

    doc_type: DocType = DocType.OTHER
    number: str | None = None
    is_draft: bool = False
    issuer: str | None = None
    level: Level | None = None
    locality: str | None = None
    title: str | None = None
    issued_on: date | None = None
    period: tuple[int, int] | None = None
    signer: str | None = None


def read_head(blocks: Sequence[Block], tree: Tree, pack: Pack) -> Head:
    """The head of a document, from the blocks before its first section and those after its last."""
    first = tree.sections[0].first if tree.sections else len(blocks)
    head = [b for b in blocks[: min(first, _HEAD_BLOCKS)] if b.kind is not BlockKind.FURNITURE]
    cells = [b for b in head if b.text]
    at, doc_type = _type(cells, pack)
    title = _title(cells, at, pack) if at is not None else None
    issuer, level, locality = _issuer(cells, at, title, pack)
    text = "\n".join(b.text for b in cells)
    return Head(
        doc_type=doc_type,
        number=_number(cells, pack),
        is_draft=any(pack.expression("draft").match(b.text) for b in cells),
        issuer=issuer,
        level=level,
        locality=locality,
        title=title,
        issued_on=_issued(text, blocks, pack),
        period=_planned(title, issuer_line=_type_line(cells, at)),
        signer=_signer(blocks, tree, pack),
    )


def _type(blocks: Sequence[Block], pack: Pack) -> tuple[int | None, DocType]:
    for loose in (False, True):
        for at, block in enumerate(blocks):
            words = list(words_of(block.text))
            found = pack.types.after(words, 0)
            if found is None:
                continue
            capitals = block.text.split("\n")[0][:8].isupper()
            if capitals or (loose and len(words) < 60 and not block.text.endswith((",", ";"))):
                return at, found[1].doc_type
    return None, DocType.OTHER


def _type_line(blocks: Sequence[Block], at: int | None) -> str:
    return blocks[at].text if at is not None else ""


def _title(blocks: Sequence[Block], at: int, pack: Pack) -> str | None:
    """The heading's words after the document's type and issuer, over as many lines as they take."""
    own = blocks[at].text
    found = pack.types.after(list(words_of(own)), 0)
    rest = own[_width(own, found[0]) :].strip(" \n:") if found else ""
    parts = [rest] if rest else []
    for block in blocks[at + 1 : at + 6]:
        text = block.text
        if pack.expression("preamble").match(text) or len(text) > 420 or block.marker is not None:
            break
        if parts and not (block.bold or text.isupper() or text[0].islower() or parts[-1][-1] in ",;"):
            break
        if text.endswith((".", ";")) and not text.isupper():
            break
        parts.append(text)
    title = " ".join(parts)
    cut = pack.expression("title-start").search(title)
    if cut is not None:
        title = title[cut.start("title") :]
    return title.strip(" -–:") or None


def _width(text: str, words: int) -> int:
    matches = list(regex.finditer(r"\w+|[^\w\s]", text))[:words]
    return matches[-1].end() if matches else 0


def _issuer(
    blocks: Sequence[Block], at: int | None, title: str | None, pack: Pack
) -> tuple[str | None, Level | None, str | None]:
    lines = [b.text for b in blocks[: (at or 0) + 3]] + [b.text for b in blocks[(at or 0) + 3 : (at or 0) + 6]]
    for rule, pattern in pack.issuers:
        for text in lines:
            match = pattern.search(text)
            if match is not None:
                locality = match.groupdict().get("locality")
                return " ".join(match.group("issuer").split()), rule.level, _place(locality)
    return None, None, None


def _place(locality: str | None) -> str | None:
    if not locality:
        return None
    text = " ".join(locality.split()).strip(" ,.-–")
    return text.title() if text.isupper() else text


def _number(blocks: Sequence[Block], pack: Pack) -> str | None:
    for block in blocks:
        match = pack.expression("own-number").search(block.text)
        if match is not None:
            return "".join(match.group("number").split())
    return None


def _issued(text: str, blocks: Sequence[Block], pack: Pack) -> date | None:
    for name, where in (("adopted-on", "\n".join(b.text for b in blocks[-12:])), ("dated", text)):
        for match in pack.expression(name).finditer(where):
            try:
                return date(int(match.group("year")), int(match.group("month")), int(match.group("day")))
            except ValueError:
                continue
    return None


def _planned(title: str | None, issuer_line: str) -> tuple[int, int] | None:
    """The years that the title names: a span if there is one, else the last single year."""
    found = None
    for match in _YEARS.finditer(f"{issuer_line} {title or ''}"):
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        if match.group(2) or found is None or found[0] == found[1]:
            found = (first, last) if first <= last else (last, first)
    return found


def _signer(blocks: Sequence[Block], tree: Tree, pack: Pack) -> str | None:
    """The name under the last signature line."""
    for at in range(tree.closed, len(blocks)):
        if pack.expression("signs").match(blocks[at].text):
            for block in blocks[at + 1 : at + 6]:
                text = block.text.strip(" .")
                if pack.expression("person").fullmatch(text):
                    return text
    return None
