"""A report as workflow commands of GitHub Actions: annotations at the file and line."""

from collections.abc import Iterable

from nqparse.errors import Fault
from nqparse.render import visible
from nqparse.reports.report import Level, Note, Report, shown


def render(report: Report) -> str:
    """An annotation for each fault and each note, and the verdict as the last."""
    notes = [annotation(note, report.sides) for note in (*report.faults, *report.notes)]
    level = Level.NOTICE if report.passed else Level.ERROR
    verdict = f"::{level} title={_property(f'nqparse {report.title}')}::{_data(report.verdict)}"
    return "".join(f"{line}\n" for line in (*notes, verdict))


def annotation(note: Note, sides: tuple[str, str]) -> str:
    """A note as a workflow command.

    >>> annotation(Note(Level.ERROR, "50% :: missed", "a,b.txt"), ("Gold", "Read"))
    '::error file=a%2Cb.txt,title=nqparse::50%25 :: missed'
    """
    properties = {"file": note.path}
    if note.spot is not None and note.spot.line:
        properties |= {"line": str(note.spot.line), "col": str(note.spot.column)}
    properties["title"] = "nqparse"
    lines = [note.title]
    for detail in note.details:
        words = f"{sides[0].lower()} {visible(detail.left)}, {sides[1].lower()} {visible(detail.right)}"
        lines.append(f"{detail.field}: {words}" if detail.field else words)
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{note.level} {told}::{'%0A'.join(map(_data, lines))}"


def annotations(faults: Iterable[Fault]) -> str:
    """What is wrong with files that were given, each at its line."""
    lines = (
        f"::error file={_property(shown(fault.file))}{f',line={fault.line}' if fault.line else ''},title=nqparse"
        f"::{_data(fault.message)}\n"
        for fault in faults
    )
    return "".join(lines)


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
