"""``nqparse export``: a run as a workbook, as CSV, or as a database of DuckDB."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqparse.analysis.base import literal, needed, opened
from nqparse.errors import InputError
from nqparse.models import TABLES

if TYPE_CHECKING:
    import duckdb

_INDICATORS = (
    "doc_id", "number", "issued_on", "locality", "label", "name", "code", "place", "place_code", "role",
    "period_start", "period_end", "bound", "low", "high", "unit", "per", "change", "growth", "text", "statement",
)  # fmt: skip
_FULFILMENT = (
    "name", "code", "place", "unit", "period_start", "period_end", "target_low", "target_high", "target_bound",
    "result_low", "result_high", "distance", "verdict", "printed_verdict", "finding", "target_doc_id", "result_doc_id",
)  # fmt: skip
_FINDINGS = ("doc_id", "severity", "finding", "text", "message")
_OF_DOCUMENT = frozenset({"number", "issued_on", "locality"})
_MOST_ROWS = 1_048_575
_AT_ONCE = 10_000
_LONGEST_CELL = 32_767
_WIDE, _NARROW = 48, 14
_WIDE_COLUMNS = frozenset({"name", "statement", "message", "doc_id", "target_doc_id", "result_doc_id"})


def export(out: Path, file: Path, *, core: bool = False) -> int:
    """Write the run to the file; how many indicators it has.

    Raises InputError for an ending that is not known, and where the file cannot be written or would be too long.
    """
    writers = {".xlsx": _workbook, ".csv": _csv, ".duckdb": _database}
    write = writers.get(file.suffix.lower())
    if write is None:
        raise InputError(f"{file}: a run is exported to a file that ends in {', '.join(writers)}")
    with opened(out) as base:
        base.execute(f"CREATE VIEW exported AS {_query(core)}")
        found = base.execute("SELECT count(*) FROM exported").fetchone()
        rows = int(found[0]) if found else 0
        try:
            write(base, file, rows)
        except OSError as error:
            raise InputError(f"{file}: cannot be written: {error.strerror or error}") from error
    return rows


def _query(core: bool) -> str:
    columns = ", ".join(f"{'d' if name in _OF_DOCUMENT else 'i'}.{name}" for name in _INDICATORS)
    where = " WHERE i.core" if core else ""
    joined = f"SELECT {columns} FROM indicators AS i JOIN documents AS d ON d.doc_id = i.doc_id{where}"
    return f"{joined} ORDER BY i.doc_id, i.ordinal"


def heads() -> Mapping[str, tuple[str, str]]:
    """The head of each column in Vietnamese, and what it means."""
    text = (files("nqparse.analysis") / "heads.tsv").read_text(encoding="utf-8")
    return {name: (head, meaning) for name, head, meaning in (line.split("\t") for line in text.splitlines())}


def _batches(base: "duckdb.DuckDBPyConnection", query: str) -> Iterator[tuple[Any, ...]]:
    found = base.execute(query)
    while batch := found.fetchmany(_AT_ONCE):
        yield from batch


def _csv(base: "duckdb.DuckDBPyConnection", file: Path, _rows: int) -> None:
    """With a byte order mark, by which Excel knows UTF-8."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([heads()[name][0] for name in _INDICATORS])
        writer.writerows(map(_plain, _batches(base, "SELECT * FROM exported")))


def _plain(row: Sequence[Any]) -> list[str]:
    return [f"{cell.normalize():f}" if isinstance(cell, Decimal) else "" if cell is None else str(cell) for cell in row]


def _plain_rows(base: "duckdb.DuckDBPyConnection", columns: Sequence[str], table: str) -> Iterator[tuple[Any, ...]]:
    return _batches(base, f"SELECT {', '.join(columns)} FROM {table}")


def _database(base: "duckdb.DuckDBPyConnection", file: Path, _rows: int) -> None:
    if file.exists():
        raise InputError(f"{file}: is there already; remove it, or choose another file")
    linked = base.execute("SELECT count(*) FROM duckdb_views() WHERE view_name = 'fulfilment'").fetchone()
    base.execute(f"ATTACH {literal(str(file))} AS written")
    for name in (*TABLES, *(["fulfilment"] if linked and linked[0] else [])):
        base.execute(f"CREATE TABLE written.{name} AS SELECT * FROM {name}")
    base.execute("DETACH written")


def _workbook(base: "duckdb.DuckDBPyConnection", file: Path, rows: int) -> None:
    if rows > _MOST_ROWS:
        raise InputError(f"{rows} rows are more than a sheet of Excel holds: use --core, or export to .csv or .duckdb")
    sheets = [
        ("indicators", _INDICATORS, "exported"),
        ("findings", _FINDINGS, "(SELECT *, code AS finding FROM findings)"),
    ]
    if base.execute("SELECT 1 FROM duckdb_views() WHERE view_name = 'fulfilment'").fetchone():
        sheets.insert(1, ("fulfilment", _FULFILMENT, "fulfilment"))
    book = needed("xlsxwriter").Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    try:
        bold, day = (
            book.add_format({"bold": True, "bg_color": "#DDE7F3"}),
            book.add_format({"num_format": "dd/mm/yyyy"}),
        )
        for title, columns, table in sheets:
            _sheet(book.add_worksheet(title), columns, _plain_rows(base, columns, table), bold, day)
        _explained(book.add_worksheet("columns"), bold)
    finally:
        book.close()


def _sheet(sheet: Any, columns: Sequence[str], rows: Iterator[tuple[Any, ...]], bold: Any, day: Any) -> None:
    """A sheet with a frozen head and filters; numbers are numbers."""
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(columns):
        sheet.set_column(at, at, _WIDE if name in _WIDE_COLUMNS else _NARROW)
        sheet.write_string(0, at, heads()[name][0], bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > _MOST_ROWS:
            raise InputError("more rows than a sheet of Excel holds: use --core, or export to .csv or .duckdb")
        for at, cell in enumerate(row):
            _write(sheet, last, at, cell, day)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write(sheet: Any, line: int, column: int, cell: Any, day: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, Decimal | int):
        sheet.write_number(line, column, float(cell))
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, day)
    else:
        sheet.write_string(line, column, str(cell)[:_LONGEST_CELL])


def _explained(sheet: Any, bold: Any) -> None:
    sheet.set_column(0, 1, _NARROW * 2)
    sheet.set_column(2, 2, _WIDE * 2)
    for line, (name, (head, meaning)) in enumerate(heads().items()):
        for at, text in enumerate((head, name, meaning)):
            sheet.write_string(line, at, text, bold if at == 0 else None)
