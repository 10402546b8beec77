"""What was read in documents: by the pipeline, now, or by a run whose tables are read back."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from nqparse.errors import InputError
from nqparse.models import (
    SCHEMA_VERSION,
    TABLES,
    Document,
    DocumentRecord,
    Finding,
    Indicator,
    Number,
    Record,
    Rows,
    Section,
    Severity,
    Status,
)
from nqparse.runs.parsing import Parsed
from nqparse.tables import Packed, read_table, records, schema_version

_UNEXPLAINED = "unexplained"
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one document, as far as it is scored."""

    head: DocumentRecord
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    numbers: int
    """How many numbers its text holds."""
    unexplained: int
    failure: str | None = None
    """Why nothing could be read."""

    @property
    def doc_id(self) -> str:
        return self.head.doc_id


def whole(parsed: Parsed) -> Document:
    """The records of a file that was parsed."""
    parts = [_rows(part) for part in parsed.rows]
    return Document.model_construct(
        head=parts[0].documents[0],
        sections=tuple(row for part in parts for row in part.sections),
        indicators=tuple(row for part in parts for row in part.indicators),
        numbers=tuple(row for part in parts for row in part.numbers),
        findings=tuple(row for part in parts for row in part.findings),
    )


def _rows(part: Rows | Packed) -> Rows:
    if isinstance(part, Rows):
        return part
    tables = part.tables()
    return Rows(
        tuple(records(tables["documents"], DocumentRecord)),
        tuple(records(tables["sections"], Section)),
        tuple(records(tables["indicators"], Indicator)),
        tuple(records(tables["numbers"], Number)),
        tuple(records(tables["findings"], Finding)),
    )


def reading(document: Document) -> Reading:
    """What the pipeline read in a document."""
    failed = document.head.status is Status.FAILED
    return Reading(
        document.head,
        document.sections,
        document.indicators,
        len(document.numbers),
        sum(number.class_ == _UNEXPLAINED for number in document.numbers),
        document.findings[0].message if failed else None,
    )


def require_run(folder: Path) -> None:
    """Raise InputError where ``folder`` does not hold a whole run of this version's tables."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; write a run to it with nqparse run INPUT --out {folder}")
    for name in TABLES:
        if not any((folder / name).glob("*.parquet")):
            raise InputError(
                f"{folder}: not a run of nqparse: it has no table {name}; write one with nqparse run INPUT --out DIR"
            )
        version = schema_version(folder, name)
        if version != SCHEMA_VERSION:
            raise InputError(
                f"{folder}: its table {name} is of schema version {version or 'unknown'}, and this is nqparse of "
                f"{SCHEMA_VERSION}; write it again with nqparse run INPUT --out {folder}"
            )


def read_run(folder: Path) -> Mapping[str, Reading]:
    """What a finished run read, by document; raises InputError where ``folder`` holds none of this version."""
    require_run(folder)
    sections, indicators = _grouped(folder, "sections", Section), _grouped(folder, "indicators", Indicator)
    ledger = read_table(folder, "numbers").select(["doc_id", "class"])
    numbers = Counter(zip(*(ledger[name].to_pylist() for name in ("doc_id", "class")), strict=True))
    totals: Counter[str] = Counter()
    for (doc_id, _), count in numbers.items():
        totals[doc_id] += count
    failures = _failures(folder)
    return {
        head.doc_id: Reading(
            head,
            sections.get(head.doc_id, ()),
            indicators.get(head.doc_id, ()),
            totals[head.doc_id],
            numbers[head.doc_id, _UNEXPLAINED],
            failures.get(head.doc_id, "it could not be read") if head.status is Status.FAILED else None,
        )
        for head in records(read_table(folder, "documents"), DocumentRecord)
    }


def _failures(folder: Path) -> dict[str, str]:
    rows = records(read_table(folder, "findings"), Finding)
    return {row.doc_id: row.message for row in rows if row.severity is Severity.ERROR}


def _grouped(folder: Path, name: str, model: type[R]) -> dict[str, tuple[R, ...]]:
    rows = records(read_table(folder, name), model)
    return {doc_id: tuple(group) for doc_id, group in groupby(rows, key=lambda row: getattr(row, "doc_id", ""))}


def read_documents(folder: Path) -> Iterator[Document]:
    """The whole documents of a finished run, in order; raises InputError where ``folder`` holds none."""
    require_run(folder)
    sections, indicators = _grouped(folder, "sections", Section), _grouped(folder, "indicators", Indicator)
    numbers, findings = _grouped(folder, "numbers", Number), _grouped(folder, "findings", Finding)
    for head in records(read_table(folder, "documents"), DocumentRecord):
        key = head.doc_id
        yield Document.model_construct(
            head=head,
            sections=sections.get(key, ()),
            indicators=indicators.get(key, ()),
            numbers=numbers.get(key, ()),
            findings=findings.get(key, ()),
        )
