"""The report of ``nqparse diff``: what was won, lost and altered from one run to another."""

from collections.abc import Mapping

from nqparse.addresses import Place
from nqparse.gate.diffing import Diff
from nqparse.reports import changes
from nqparse.reports.changes import Texts
from nqparse.reports.report import Report


def report(diff: Diff, paths: Mapping[str, Place], *, summary: bool) -> Report:
    """What ``diff`` has to tell; ``paths`` are those of the documents that are at hand, for the lines."""
    texts = Texts(paths)
    return Report(
        title="diff",
        passed=True,
        verdict=f"{len(diff.documents)} documents: {changes.totals(diff)}" if diff.changes else "no differences",
        grids=changes.tables(diff),
        notes_title="Changes",
        sides=("Before", "After"),
        notes=() if summary else tuple(changes.notes(diff.changes, texts)),
        cases=lambda: changes.cases(diff),
        data=lambda: {"report": "diff", "version": 1, "same": not diff.changes, **_data(diff, texts, summary=summary)},
    )


def _data(diff: Diff, texts: Texts, *, summary: bool) -> dict[str, object]:
    told = changes.data(diff, texts)
    return {name: value for name, value in told.items() if name != "changes"} if summary else told
