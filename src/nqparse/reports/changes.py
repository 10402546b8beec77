"""Changes between two readings as notes, tables and cases: what the reports of ``diff`` and ``snapshot`` share."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nqparse.addresses import Place
from nqparse.columns import Column
from nqparse.errors import UnreadableError
from nqparse.gate.diffing import Change, Diff, Fate
from nqparse.gate.matching import span
from nqparse.gate.places import Lines, Spot
from nqparse.gate.snapshots import DOCUMENT, FINDING, MEASURE, SECTION, Row
from nqparse.reports.report import Case, Detail, Grid, Level, Note, shown
from nqparse.text.encodings import read_text

_NOTHING = "nothing"
_LEVELS = {Fate.WON: Level.NOTICE, Fate.LOST: Level.WARNING, Fate.ALTERED: Level.WARNING}


class Texts:
    """The documents' texts, for the lines that changes stand on: each is read when it is asked for, and one is kept."""

    def __init__(self, paths: Mapping[str, Place]) -> None:
        self._paths = paths
        self._last: tuple[str, Lines, str] | None = None

    def path(self, doc_id: str) -> str:
        """The document's path where it is known, else its name."""
        return shown(self._paths[doc_id]) if doc_id in self._paths else doc_id

    def spot(self, change: Change) -> Spot | None:
        """The line that a change stands on; None where the text that it was read in is not at hand."""
        row, doc_id = change.row, change.doc_id
        if doc_id not in self._paths or "char_start" not in row or (change.moved and change.after is None):
            return None
        if self._last is None or self._last[0] != doc_id:
            try:
                raw = read_text(self._paths[doc_id])
            except UnreadableError:
                return None
            self._last = doc_id, Lines(raw), raw
        _, lines, raw = self._last
        start, end = span(row)
        words = row["marker"] if row["record"] == SECTION else row.get("text") or ""
        return lines.spot(start, end) if raw.startswith(words, start) else None


def notes(changes: Sequence[Change], texts: Texts) -> Iterator[Note]:
    """A note for each change."""
    for change in changes:
        words = change.row.get("text") or change.row.get("marker") or change.row.get("code") or ""
        fields = f": {', '.join(change.fields)}" if change.fields else ""
        told = f"{change.record} “{words}”" if words else change.record
        spot = texts.spot(change)
        yield Note(
            _LEVELS[change.fate],
            f"{told} {change.fate}{fields}",
            texts.path(change.doc_id),
            spot or _stated(change.row),
            details=tuple(_details(change)),
        )


def _stated(row: Row) -> Spot | None:
    """The row's own statement in place of its line, which is not known."""
    statement, text = str(row.get("statement", "")), str(row.get("text", ""))
    at = statement.find(text, max(0, row.get("char_start", 0) - row.get("statement_start", 0)))
    at = at if at >= 0 else statement.find(text)
    return Spot(0, 0, statement, at, at + len(text)) if text and at >= 0 else None


def _details(change: Change) -> Iterator[Detail]:
    before, after = change.before, change.after
    if before is None or after is None:
        yield Detail("", _summary(before), _summary(after))
        return
    for field in change.fields:
        yield Detail(field, _written(before.get(field)), _written(after.get(field)))


def _written(value: Any) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _summary(row: Row | None) -> str:
    """All that matters of a row that was won or lost, in a line."""
    if row is None:
        return _NOTHING
    if row["record"] == MEASURE:
        return " · ".join(filter(None, (_quantity(row), row.get("name"), row.get("role"), row.get("section_path"))))
    names = {
        SECTION: ("path", "title", "role"),
        DOCUMENT: ("doc_type", "number", "title"),
        FINDING: ("severity", "message"),
    }
    return " · ".join(str(row[name]) for name in names.get(row["record"], ("class", "rule")) if row.get(name))


def _quantity(row: Row) -> str:
    ends = "–".join(dict.fromkeys(str(row[name]) for name in ("low", "high") if name in row))
    whole = f"/{row['of']}" if "of" in row else ""
    rate = f"/{row['per']}" if "per" in row else ""
    words = [row["change"] if row.get("change") != "level" else "", row["bound"] if row.get("bound") != "exact" else ""]
    return " ".join(filter(None, (*words, f"{ends}{whole}", f"{row.get('unit', '')}{rate}")))


def tables(diff: Diff) -> tuple[Grid, ...]:
    """How many rows of each kind are as they were, and how many are not; in which fields; in which documents."""
    fates = Counter((change.record, change.fate) for change in diff.changes)
    kinds = list(dict.fromkeys(record for _, record in diff.after))
    totals = [(kind, _total(diff.before, kind), _total(diff.after, kind)) for kind in kinds]
    by_kind = tuple(
        (kind, str(before), str(after), *(str(fates[kind, fate]) for fate in Fate)) for kind, before, after in totals
    )
    return (Grid("All documents", _columns("Records", "Before", "After", *_FATES), by_kind), *_rest(diff))


_FATES = tuple(fate.value.capitalize() for fate in Fate)


def _columns(first: str, *others: str) -> tuple[Column, ...]:
    return (Column(first), *(Column(title, right=True, whole=True) for title in others))


def _total(counts: Mapping[tuple[str, str], int], kind: str) -> int:
    return sum(count for (_, record), count in counts.items() if record == kind)


def _rest(diff: Diff) -> Iterator[Grid]:
    fields = Counter((change.record, field) for change in diff.changes for field in change.fields)
    if fields:
        rows = tuple((f"{record} {field}", str(count)) for (record, field), count in sorted(fields.items()))
        yield Grid("Altered fields", _columns("Field", "Rows"), rows)
    documents = Counter((change.doc_id, change.fate) for change in diff.changes)
    changed = list(dict.fromkeys(doc_id for doc_id, _ in documents))
    if changed:
        cells = tuple((doc_id, *(str(documents[doc_id, fate]) for fate in Fate)) for doc_id in changed)
        yield Grid("Documents that changed", _columns("Document", *_FATES), cells)


def totals(diff: Diff) -> str:
    """The changes in a line."""
    fates = Counter(change.fate for change in diff.changes)
    return ", ".join(f"{fates[fate]} {fate}" for fate in Fate)


def cases(diff: Diff) -> Iterator[Case]:
    """A case for each document and kind of record, which fails where anything is otherwise."""
    for doc_id, record in sorted(diff.after.keys() | diff.before.keys()):
        changes = [one for one in diff.changes if (one.doc_id, one.record) == (doc_id, record)]
        fates = Counter(change.fate for change in changes)
        told = ", ".join(f"{fates[fate]} {fate}" for fate in Fate)
        failure = "\n".join((told, *(note.title for note in notes(changes, Texts({}))))) if changes else None
        yield Case(doc_id, f"{record}s", told, failure)


def data(diff: Diff, texts: Texts) -> dict[str, Any]:
    """The changes for a program to read."""
    return {
        "counts": [
            {"document": doc_id, "record": record, "before": diff.before.get((doc_id, record), 0), "after": count}
            for (doc_id, record), count in diff.after.items()
        ],
        "changes": [_change(change, texts) for change in diff.changes],
    }


def _change(change: Change, texts: Texts) -> dict[str, Any]:
    spot = texts.spot(change)
    return {
        "document": change.doc_id,
        "record": change.record,
        "fate": change.fate,
        "line": spot.line if spot else None,
        "column": spot.column if spot else None,
        "fields": list(change.fields),
        "before": change.before,
        "after": change.after,
    }
