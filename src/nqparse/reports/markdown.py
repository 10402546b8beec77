"""A report as Markdown, for a pull request's comment or a job's summary."""

import re
from collections.abc import Iterator

from nqparse.render import visible
from nqparse.reports.excerpts import excerpt
from nqparse.reports.report import Detail, Grid, Note, Report
from nqparse.reports.terminal import place

_LONGEST = 60_000
"""Characters: a comment on GitHub holds 65,536."""
_WIDTH = 100
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~#@&]")


def render(report: Report) -> str:
    """A heading with the verdict, the tables, and the notes folded away; so many as a comment holds."""
    mark = "✅" if report.passed else "❌"
    head = [f"### {mark} {escaped(report.title)}: {escaped(report.verdict)}", ""]
    head += [f"- **{escaped(fault.title)}** ({escaped(place(fault))})" for fault in report.faults]
    head += [""] if report.faults else []
    for grid in report.grids:
        head += _grid(grid)
    for remark in report.remarks:
        head += [escaped(remark), ""]
    text = "".join(f"{line}\n" for line in head)
    return text + _folded(report, _LONGEST - len(text))


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown reads: no table cell ends, no one is called by name.

    >>> print(escaped("a | b_c\\n@d"))
    a &#124; b&#95;c &#64;d
    """
    return _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", visible(text))


def _grid(grid: Grid) -> list[str]:
    titles = " | ".join(escaped(column.title) for column in grid.columns)
    rule = " | ".join("---:" if column.right else "---" for column in grid.columns)
    rows = [f"| {' | '.join(map(escaped, row))} |" for row in grid.rows]
    return [f"**{escaped(grid.title)}**", "", f"| {titles} |", f"| {rule} |", *rows, ""]


def _folded(report: Report, room: int) -> str:
    if not report.notes:
        return ""
    text = f"<details><summary>{escaped(report.notes_title)} ({len(report.notes)})</summary>\n\n"
    for at, note in enumerate(report.notes):
        block = "".join(f"{line}\n" for line in _note(note, report.sides))
        if len(text) + len(block) > room - 200:
            text += f"… and {len(report.notes) - at} more: run the command to see them all.\n\n"
            break
        text += block
    return f"{text}</details>\n"


def _note(note: Note, sides: tuple[str, str]) -> Iterator[str]:
    yield f"**{escaped(note.title)}** · {escaped(place(note))}"
    yield ""
    if note.spot is not None:
        words = excerpt(note.spot, _WIDTH)
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", words[0])), default=0))
        yield from (f"{fence}text", *words, fence, "")
    if note.details:
        yield from _details(note.details, sides)


def _details(details: tuple[Detail, ...], sides: tuple[str, str]) -> Iterator[str]:
    yield f"| | {escaped(sides[0])} | {escaped(sides[1])} |"
    yield "| --- | --- | --- |"
    for detail in details:
        yield f"| {' | '.join(map(escaped, detail))} |"
    yield ""
