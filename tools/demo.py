"""Print, on one screen, what a run read and found: ``python tools/demo.py OUT``."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size

from nqparse.columns import Column, table
from nqparse.models import DocumentRecord, Indicator, Section
from nqparse.render import period, value, visible
from nqparse.tables import read_table, records

FIRST = 15
WIDEST = 100


def main(out: Path) -> None:
    width = min(WIDEST, get_terminal_size((WIDEST, 24)).columns)
    rows = list(records(read_table(out, "indicators"), Indicator))
    listed = [row for row in rows if row.core]
    print(documents(out, rows, width))
    print(f"The first {min(FIRST, len(listed))} of {len(listed)} indicators in lists and tables; {len(rows)} in all:\n")
    print(indicators(listed[:FIRST], width))
    print(f"The tables are in {out}/: {', '.join(sorted(path.name for path in out.glob('[a-z]*') if path.is_dir()))}")
    print("Next: .venv/bin/nqparse show samples/01-nghi-quyet-thi-uy.txt")


def documents(out: Path, rows: Sequence[Indicator], width: int) -> str:
    """What was read: each document, what it is, and how much was found in it."""
    found = Counter(row.doc_id for row in rows)
    sections = Counter(row.doc_id for row in records(read_table(out, "sections"), Section))
    columns = (
        Column("Document", whole=True),
        Column("Type"),
        Column("Sections", right=True, whole=True),
        Column("Indicators", right=True, whole=True),
    )
    cells = [
        (visible(head.doc_id), head.doc_type.value, str(sections[head.doc_id]), str(found[head.doc_id]))
        for head in records(read_table(out, "documents"), DocumentRecord)
    ]
    return table(columns, cells, width)


def indicators(rows: Sequence[Indicator], width: int) -> str:
    """The indicators, each on as few lines as the width allows."""
    columns = (
        Column("Name"),
        Column("Value", widest=30),
        Column("Role", whole=True),
        Column("Period", whole=True),
    )
    return table(columns, [(visible(row.name), value(row), row.role.value, period(row)) for row in rows], width)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
