"""A report as text for a terminal, or a log."""

from collections.abc import Iterator

from nqparse.columns import table
from nqparse.render import visible
from nqparse.reports.excerpts import excerpt
from nqparse.reports.report import Grid, Note, Report


def render(report: Report, width: int) -> str:
    """The tables, each note with its line of the source and what the two sides say, and the verdict at the end."""
    return "".join(f"{line}\n" for line in _lines(report, width))


def _lines(report: Report, width: int) -> Iterator[str]:
    for grid in report.grids:
        yield from (grid.title, *_grid(grid, width), "")
    if report.notes:
        yield f"{report.notes_title} ({len(report.notes)})"
        for note in report.notes:
            yield from ("", *note_lines(note, report.sides, width))
        yield ""
    yield from map(visible, report.remarks)
    for fault in report.faults:
        yield from note_lines(fault, report.sides, width)
    yield visible(report.verdict)


def _grid(grid: Grid, width: int) -> list[str]:
    rows = [tuple(map(visible, row)) for row in grid.rows]
    return table(grid.columns, rows, width).splitlines()


def note_lines(note: Note, sides: tuple[str, str], width: int) -> Iterator[str]:
    """A note: where it is and what, the line with a caret, each side's words."""
    yield f"{place(note)}: {visible(note.title)}"
    if note.spot is not None:
        line, caret = excerpt(note.spot, width - 4)
        yield from (f"    {line}", f"    {caret}".rstrip())
    fields = max((len(detail.field) for detail in note.details), default=0)
    names = [side.lower() for side in sides]
    for detail in note.details:
        for at, (side, words) in enumerate(zip(names, detail[1:], strict=True)):
            field = detail.field if at == 0 else ""
            yield f"    {field:{fields}}  {side:{max(map(len, names))}}  {visible(words)}"


def place(note: Note) -> str:
    """Where a note is, as compilers write it: file, line, column."""
    spot = note.spot
    return visible(note.path) if spot is None or not spot.line else f"{visible(note.path)}:{spot.line}:{spot.column}"
