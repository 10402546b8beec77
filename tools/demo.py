"""Print the indicators that a run found: ``python tools/demo.py OUT``."""

import sys
from itertools import groupby
from pathlib import Path
from shutil import get_terminal_size

from nqparse.models import DocumentRecord, Indicator
from nqparse.render import indicators, visible
from nqparse.tables import read_table, records


def main(out: Path) -> None:
    width = get_terminal_size((100, 24)).columns
    heads = {head.doc_id: head for head in records(read_table(out, "documents"), DocumentRecord)}
    for doc_id, rows in groupby(records(read_table(out, "indicators"), Indicator), key=lambda row: row.doc_id):
        found = list(rows)
        listed = [row for row in found if row.core]
        print(f"\n{doc_id}: {visible(heads[doc_id].title or '')}")
        print(f"{len(listed)} in lists and tables of indicators, {len(found) - len(listed)} more in prose\n")
        print(indicators(listed, width), end="")
    print(f"\nThe tables are in {out}/; look at one document with: nqparse show samples/01-nghi-quyet-thi-uy.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
