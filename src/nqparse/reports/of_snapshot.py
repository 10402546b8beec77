"""The report of ``nqparse snapshot``: what is otherwise than it was kept."""

from collections.abc import Iterator

from nqparse.gate.keeping import Kept
from nqparse.gate.snapshots import path_of
from nqparse.reports import changes
from nqparse.reports.changes import Texts
from nqparse.reports.report import Case, Level, Note, Report, shown


def report(kept: Kept) -> Report:
    """What ``snapshot`` has to tell."""
    texts, passed = Texts(kept.paths), kept.written is not None or not kept.differs
    return Report(
        title="snapshot",
        passed=passed,
        verdict=_verdict(kept),
        faults=tuple(_faults(kept)) if kept.written is None else (),
        remarks=tuple(_written(kept)),
        grids=changes.tables(kept.diff) if kept.diff.changes else (),
        notes_title="Differences",
        sides=("Kept", "Read"),
        notes=tuple(changes.notes(kept.diff.changes, texts)),
        cases=lambda: _cases(kept),
        data=lambda: {
            "report": "snapshot",
            "version": 1,
            "passed": passed,
            "missing": list(kept.missing),
            "unlike": list(kept.unlike),
            "stale": [shown(path) for path in kept.stale],
            "written": None if kept.written is None else [shown(path) for path in kept.written],
            **changes.data(kept.diff, texts),
        },
    )


def _verdict(kept: Kept) -> str:
    count = len(kept.paths)
    if kept.written is not None:
        return f"{count} documents: {len(kept.written)} snapshots written, {len(kept.stale)} taken away"
    if not kept.differs:
        return f"{count} documents, each as its snapshot"
    wrong = {change.doc_id for change in kept.diff.changes} | {*kept.unlike, *kept.missing}
    return (
        f"{len(wrong)} of {count} documents are not as their snapshots ({changes.totals(kept.diff)}); "
        "where that is meant, write them with --update"
    )


def _faults(kept: Kept) -> Iterator[Note]:
    for doc_id in kept.missing:
        fault = f"it has no snapshot {shown(path_of(kept.folder, doc_id))}; write it with --update"
        yield Note(Level.ERROR, fault, shown(kept.paths[doc_id]))
    for doc_id in kept.unlike:
        yield Note(Level.ERROR, "it is not as nqparse writes it", shown(path_of(kept.folder, doc_id)))
    for path in kept.stale:
        yield Note(Level.ERROR, "its document is gone; take it away with --update", shown(path))


def _written(kept: Kept) -> Iterator[str]:
    yield from (f"wrote {shown(path)}" for path in kept.written or ())
    if kept.written is not None:
        yield from (f"took away {shown(path)}" for path in kept.stale)


def _cases(kept: Kept) -> Iterator[Case]:
    yield from changes.cases(kept.diff)
    changed = set(kept.diff.documents)
    for doc_id in sorted(kept.paths):
        if doc_id in kept.missing:
            yield Case(doc_id, "snapshot", "", "it has no snapshot")
        elif doc_id in kept.unlike:
            yield Case(doc_id, "snapshot", "", "its snapshot is not as nqparse writes it")
        elif doc_id not in changed:
            yield Case(doc_id, "snapshot", "as it was kept")
    for path in kept.stale if kept.written is None else ():
        yield Case(shown(path), "snapshot", "", "its document is gone")
