"""Rows of text as a table for the terminal, Markdown, CSV or JSON."""

import csv
import io
import json
from collections.abc import Sequence

from nqparse.analysis.comparing import Moved, Value, shown
from nqparse.models import Indicator

FORMATS = ("table", "csv", "json", "markdown")
Rows = Sequence[Sequence[str]]


def laid_out(head: Sequence[str], rows: Rows, form: str) -> str:
    """The rows in one of ``FORMATS``.

    >>> print(laid_out(["a", "b"], [["1", "22"]], "markdown"), end="")
    | a | b |
    | --- | --- |
    | 1 | 22 |
    """
    if form == "json":
        return json.dumps([dict(zip(head, row, strict=True)) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([head, *rows])
        return text.getvalue()
    if form == "markdown":
        lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)
    widths = [max(len(line[at]) for line in [head, *rows]) for at in range(len(head))]
    lines = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in [head, *rows]]
    return "".join(f"{'  '.join(line).rstrip()}\n" for line in lines)


def places_by_years(values: Sequence[Value], form: str) -> str:
    """A row for each place, a column for each year; the unit stands in the head of the first column."""
    years = sorted({value.year for value in values})
    units = sorted({value.unit for value in values})
    cells = {(value.place, value.year): shown(value.low, value.high, value.bound) for value in values}
    places = list(dict.fromkeys(value.place for value in values))
    rows = [[place, *(cells.get((place, year), "") for year in years)] for place in places]
    return laid_out([f"place ({', '.join(units)})", *map(str, years)], rows, form)


def moves(found: Sequence[Moved], form: str) -> str:
    """A row for each indicator of two documents."""
    rows = [[str(one.move), one.name, one.code or "", _value(one.before), _value(one.after)] for one in found]
    return laid_out(["move", "name", "code", "before", "after"], rows, form)


def _value(row: Indicator | None) -> str:
    return "" if row is None else f"{shown(row.low, row.high, row.bound)} {row.unit}".strip()
