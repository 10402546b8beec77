"""Records as rows of gold, and a draft of a document's gold, for a person to check row by row."""

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from nqparse.errors import InputError
from nqparse.gate.gold import MEASURES, SECTIONS
from nqparse.gate.sameness import years
from nqparse.models import Document, Indicator, Section


def measure_row(row: Indicator) -> dict[str, Any]:
    """A measure in the form of the annotation guide."""
    return {
        "start": row.char_start,
        "end": row.char_end,
        "text": row.text,
        "low": plain(row.low),
        "high": plain(row.high),
        "bound": row.bound,
        "unit": row.unit,
        "per": row.per,
        "of": plain(row.of),
        "change": row.change,
        "basis": row.basis,
        "role": row.role,
        "name": row.name,
        "label": row.label,
        "period": years(row),
        "core": row.core,
        "section": row.section_path,
    }


def section_row(row: Section) -> dict[str, Any]:
    """A section in the form of the annotation guide."""
    names = ("marker", "label", "path", "title", "kind", "role")
    return {"start": row.char_start, **{name: getattr(row, name) for name in names}}


def plain(amount: Decimal | None) -> str | None:
    """A number as gold writes it.

    >>> plain(Decimal("9.5E+12")), plain(Decimal("12.500")), plain(None)
    ('9500000000000', '12.5', None)
    """
    return None if amount is None else format(amount.normalize(), "f")


def write_draft(document: Document, folder: Path) -> tuple[Path, Path]:
    """Write what was read in a document as a draft of its gold, in which no row counts before a person has checked it.

    Gives the two files. Raises InputError where one of them is there already, or cannot be written.
    """
    stem = Path(document.head.doc_id).stem
    paths = folder / f"{stem}.{MEASURES}.jsonl", folder / f"{stem}.{SECTIONS}.jsonl"
    for path in paths:
        if path.exists():
            raise InputError(f"{path}: this gold is there already; take it away first, or choose another --gold")
    rows = map(measure_row, document.indicators), map(section_row, document.sections)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, kind in zip(paths, rows, strict=True):
            path.write_text(_lines(kind), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder}: it cannot be written: {error.strerror}; choose another --gold") from error
    return paths


def _lines(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(f"{json.dumps({**row, 'checked': False}, ensure_ascii=False)}\n" for row in rows)
