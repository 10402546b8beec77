"""All that was read in a document, as lines to be read in a review: one JSON object per record, in the text's order.

What says nothing about the document is left out: ids that follow from the rest, ordinals, the versions that read it. So
a change of the program shows as the lines that it changed, and no others.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from nqparse.errors import Fault, GoldError, InputError
from nqparse.gate.drafts import plain
from nqparse.gate.reads import read_documents
from nqparse.models import Document, Record
from nqparse.render import visible_json

Row = Mapping[str, Any]
"""A record as a line of a snapshot: ``record`` says of which kind, the rest are columns of its table."""

DOCUMENT, SECTION, MEASURE, NUMBER, FINDING = "document", "section", "measure", "number", "finding"
RECORDS = (DOCUMENT, SECTION, MEASURE, NUMBER, FINDING)
_LEFT_OUT = frozenset({"doc_id", "section_id", "parent_id", "indicator_id", "ordinal", "version", "patterns"})
_ENDING = ".jsonl"


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's records as rows of its snapshot, the document's own row first."""

    doc_id: str
    rows: tuple[Row, ...]

    @property
    def sha256(self) -> str | None:
        """What tells whether the text is the same as another's."""
        return self.rows[0].get("sha256") if self.rows else None

    def of(self, record: str) -> list[Row]:
        """Its rows of one kind, in the text's order."""
        return [row for row in self.rows if row["record"] == record]


def outline(document: Document) -> Outline:
    """A document as its snapshot has it."""
    kinds = zip(RECORDS, document.rows, strict=True)
    rows = [_row(kind, one) for kind, records in kinds for one in records]
    rows.sort(key=lambda row: (row["record"] != DOCUMENT, row.get("char_start", -1), RECORDS.index(row["record"])))
    return Outline(document.head.doc_id, tuple(rows))


def _row(kind: str, record: Record) -> Row:
    fields = type(record).model_fields
    columns = {info.alias or name: getattr(record, name) for name, info in fields.items() if name not in _LEFT_OUT}
    return {"record": kind} | {
        name: _simple(value) for name, value in columns.items() if value is not None and value != ()
    }


def _simple(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return [_simple(one) for one in value] if isinstance(value, tuple) else value


def text_of(outline: Outline) -> str:
    """The text of a snapshot."""
    return "".join(f"{visible_json(json.dumps(row, ensure_ascii=False))}\n" for row in outline.rows)


def path_of(folder: Path, doc_id: str) -> Path:
    """Where the snapshot of a document lies."""
    return folder / f"{doc_id}{_ENDING}"


def read_snapshot(path: Path, doc_id: str) -> Outline:
    """The rows of a snapshot; raises GoldError, with file and line, for what is none."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, line in enumerate(_lines(path), start=1):
        row = _parsed(line)
        if row is None:
            faults.append(Fault(path, number, "it is no line of a snapshot; write it again with --update"))
        else:
            rows.append(row)
    if not faults and (not rows or rows[0]["record"] != DOCUMENT):
        faults.append(Fault(path, 1, "a snapshot begins with its document; write it again with --update"))
    if faults:
        raise GoldError(faults)
    return Outline(doc_id, tuple(rows))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path}: it cannot be read: {error.strerror}; make it readable") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: it is not valid UTF-8; write it again with --update") from error


def _parsed(line: str) -> Row | None:
    with suppress(ValueError):
        row = json.loads(line)
        if isinstance(row, dict) and row.get("record") in RECORDS:
            return row
    return None


def list_snapshots(folder: Path) -> dict[str, Path]:
    """The snapshots in a folder, by document."""
    paths = sorted(path for path in folder.rglob(f"*{_ENDING}") if path.is_file())
    return {path.relative_to(folder).as_posix().removesuffix(_ENDING): path for path in paths}


def read_outlines(folder: Path) -> Iterator[Outline]:
    """The documents of a finished run, or of a folder of snapshots; raises InputError where ``folder`` is neither."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the folder of a run, or one of snapshots")
    if (folder / "indicators").is_dir():
        yield from map(outline, read_documents(folder))
        return
    found = list_snapshots(folder)
    if not found:
        raise InputError(f"{folder}: neither tables nor snapshots are in it; write some with nqparse run or snapshot")
    for doc_id, path in found.items():
        yield read_snapshot(path, doc_id)


def write_snapshots(folder: Path, texts: Mapping[Path, str], stale: Iterable[Path]) -> None:
    """Write these snapshots, and take away those of documents that are gone; raises InputError where that fails."""
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f".{path.name}.new")
            aside.write_text(text, encoding="utf-8")
            aside.replace(path)
        for path in stale:
            path.unlink()
    except OSError as error:
        raise InputError(f"{folder}: it cannot be written: {error.strerror}; choose another --dir") from error


def own(paths: Sequence[Path]) -> list[Path]:
    """Of these files, those that begin as a snapshot does, and so are ours to take away."""
    return [path for path in paths if any((_parsed(line) or {}).get("record") == DOCUMENT for line in _lines(path)[:1])]
