"""Corrections that a page downloaded, put into gold."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError

from nqparse.errors import Fault, GoldError, InputError
from nqparse.models import Record
from nqparse.viewing.gold_store import GoldStore, gold_names, row_key, row_span
from nqparse.viewing.payload import Change, Kind, Row, Rows

Span = tuple[int, int]


class Head(Record):
    """The first line of corrections: the document, and the rows that its page had."""

    doc_id: str = Field(description="the document")
    sha256: str = Field(description="of its bytes")
    measures: tuple[Row, ...] = Field(description="the rows of measures that the page had")
    sections: tuple[Row, ...] = Field(description="the rows of sections that the page had")


class Applied(NamedTuple):
    """What became of corrections: the document, its files of gold, how many changes were made, how many were there."""

    doc_id: str
    paths: tuple[Path, ...]
    made: int
    there: int


def apply(file: Path, folder: Path) -> Applied:
    """Put the corrections in ``file`` into the gold in ``folder``, all or none.

    Gold that is not there begins with the rows that the page had. A change that was made already is passed over.
    Raises GoldError, with file and line, for what is no correction, and for one of a row that gold has otherwise.
    """
    head, changes = _read(file)
    drafts = Rows(measures=head.measures, sections=head.sections, version="")
    store = GoldStore(folder, gold_names(folder, [head.doc_id])[head.doc_id], drafts, None)
    held = store.held()
    wanted = list(_wanted(file, held.rows[Kind.MEASURES], held.rows[Kind.SECTIONS], changes))
    try:
        store.change(held.version, wanted)
    except InputError as error:
        raise GoldError([Fault(file, None, str(error))]) from error
    return Applied(head.doc_id, tuple(store.paths.values()), len(wanted), len(changes) - len(wanted))


def _read(file: Path) -> tuple[Head, list[Change]]:
    try:
        lines = file.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{file}: it cannot be read: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise GoldError([Fault(file, None, "it is not valid UTF-8; download the corrections again")]) from error
    head, changes, faults = None, [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            if head is None:
                head = Head.model_validate_json(line)
            else:
                changes.append(Change.model_validate_json(line))
        except ValidationError as error:
            faults.append(Fault(file, number, f"it is no correction of a page: {error.errors()[0]['msg']}"))
            break
    if faults or head is None:
        raise GoldError(faults or [Fault(file, None, "it holds no corrections")])
    return head, changes


def _wanted(
    file: Path, measures: Sequence[Row], sections: Sequence[Row], changes: Sequence[Change]
) -> Iterator[Change]:
    """The changes that are still to be made to these rows; raises GoldError where gold has a row otherwise."""
    rows = {
        Kind.MEASURES: {row_span(row): row for row in measures},
        Kind.SECTIONS: {row_span(row): row for row in sections},
    }
    for number, change in enumerate(changes, start=2):
        there = rows[change.kind]
        if change.after is not None and _same(there.get(row_span(change.after)), change.after):
            continue
        before = there.get(row_span(change.before)) if change.before is not None else None
        if before is not None and not _same(before, change.before):
            raise GoldError([Fault(file, number, f"gold has the row at {before['start']} otherwise; correct it there")])
        if before is None and change.after is None:
            continue
        if before is not None:
            del there[row_span(before)]
        if change.after is not None:
            there[row_span(change.after)] = change.after
        yield Change(kind=change.kind, before=before, after=change.after)


def _same(one: Row | None, other: Row | None) -> bool:
    """Whether two rows say the same; who checked them is let be where one is not."""
    if one is None or other is None:
        return one is other
    return row_key({**one, "checked": True}) == row_key({**other, "checked": True}) and (
        one.get("checked", True) or not other.get("checked", True)
    )
