"""The report of ``nqparse check``: the scores, what fell below its floor, each row that was not read as gold has it."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from nqparse.columns import Column
from nqparse.gate.check import Checked
from nqparse.gate.drafts import measure_row, plain, section_row
from nqparse.gate.floors import Fallen
from nqparse.gate.gold import GoldMeasure, GoldSection
from nqparse.gate.judging import Verdict
from nqparse.gate.sameness import read_field
from nqparse.gate.scores import (
    ALL,
    CORE_FULL,
    DETECT,
    EXPLAINED,
    FULL,
    KINDS,
    PATH,
    RECORD,
    ROLE,
    SECTION,
    VALUE,
    Tallies,
    figures,
)
from nqparse.gate.scoring import Fate, Miss
from nqparse.models import Indicator, Section
from nqparse.render import value
from nqparse.reports.report import Case, Detail, Grid, Level, Note, Report, shown

_PER_DOCUMENT = {
    "Detect": DETECT,
    "Value": VALUE,
    "Full": FULL,
    "Record": RECORD,
    "Core": CORE_FULL,
    "Sect.": SECTION,
    "Path": PATH,
    "Role": ROLE,
    "Expl.": EXPLAINED,
}
"""The scores that are told of each document, by their titles."""
_EACH = "Each document (F1; of core rows that of their full record, of roles and explained numbers the share)"
_NOTHING = "nothing"
_FATES = {
    Fate.MISSED: "not found",
    Fate.SPAN: "read at another span",
    Fate.WRONG: "read otherwise",
    Fate.SPURIOUS: "not in gold",
}


def report(checked: Checked, verdict: Verdict | None, *, summary: bool = False) -> Report:
    """What ``check`` has to tell; without floors there is no ``verdict``, and in a ``summary`` there are no misses."""
    fallen = verdict.fallen if verdict else ()
    passed = not fallen and not checked.failures
    return Report(
        title="check",
        passed=passed,
        verdict=_verdict(checked, verdict),
        faults=(*_failures(checked), *(_fallen(one, verdict) for one in fallen if verdict)),
        remarks=tuple(_remarks(checked, verdict)),
        grids=(_scores(checked.total, verdict), _documents(checked)),
        notes_title="Misses",
        notes=() if summary else tuple(_note(miss, checked) for one in checked.scored for miss in one.misses),
        cases=lambda: _cases(checked, verdict),
        data=lambda: _data(checked, verdict, passed=passed, summary=summary),
    )


def _verdict(checked: Checked, verdict: Verdict | None) -> str:
    misses = sum(len(one.misses) for one in checked.scored)
    figure = figures(checked.total)
    scored = f"{len(checked.scored)} documents scored, {misses} misses"
    if f"{FULL} F1" in figure:
        scored += f", full F1 {figure[f'{FULL} F1']:.3f}, record F1 {figure[f'{RECORD} F1']:.3f}"
    if verdict is None:
        return f"{scored}; no floors were given"
    count = sum(len(one) for _, one in verdict.floors.each())
    if verdict.fallen:
        refused = "; the floors are as they were: lower them with --allow-lower REASON" if verdict.refused else ""
        return f"{scored}; {len(verdict.fallen)} of {count} floors do not hold{refused}"
    return f"{scored}; {'the floors are set' if verdict.updated else f'all {count} floors hold'}"


def _failures(checked: Checked) -> Iterator[Note]:
    for doc_id, reason in checked.failures.items():
        yield Note(Level.ERROR, f"it could not be read: {reason}", shown(checked.paths[doc_id]))


def _fallen(one: Fallen, verdict: Verdict) -> Note:
    return Note(Level.ERROR, f"below its floor: {one}", shown(verdict.path))


def _remarks(checked: Checked, verdict: Verdict | None) -> Iterator[str]:
    for doc_id in checked.drafts:
        yield f"{doc_id}: no row of its gold is checked, so it does not count"
    for one in checked.scored:
        if one.unchecked:
            yield f"{one.doc_id}: {one.unchecked} rows of its gold are not checked, and do not count"
    if checked.without_gold:
        yield f"without gold, and so not scored: {', '.join(checked.without_gold)}"
    for changed in verdict.other_gold if verdict else ():
        yield f"other gold than that of the floors: {changed}; only floors of single documents count"


# --- tables


def _scores(total: Tallies, verdict: Verdict | None) -> Grid:
    columns = (
        Column("Score"),
        *(Column(title, right=True, whole=True) for title in ("Precision", "Recall", "F1", "Of those found")),
        Column("Right", right=True, whole=True),
        Column("Read", right=True, whole=True),
        Column("Gold", right=True, whole=True),
    )
    floors = verdict.floors.all if verdict else {}
    return Grid("All documents", columns, tuple(_row(name, total, floors) for name in total))


def _row(name: str, total: Tallies, floors: Mapping[str, float]) -> tuple[str, ...]:
    one, found = total[name], figures({name: total[name]})
    names = (f"{name} precision", f"{name} recall", f"{name} F1", name)
    cells = (_cell(found.get(figure), floors.get(figure)) for figure in names)
    counts = ("", "", "") if name == "name words" else (f"{one.right:g}", str(one.read), str(one.gold))
    return (name, *cells, *counts)


def _cell(figure: float | None, floor: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:.3f}" if floor is None or figure >= floor else f"{figure:.3f} < {floor:g}"


def _documents(checked: Checked) -> Grid:
    columns = (Column("Document"), *(Column(title, right=True, whole=True) for title in (*_PER_DOCUMENT, "Misses")))
    rows = (
        (one.doc_id, *(_leading(one.tallies, name) for name in _PER_DOCUMENT.values()), str(len(one.misses)))
        for one in checked.scored
    )
    return Grid(
        _EACH,
        columns,
        tuple(rows),
    )


def _leading(tallies: Tallies, name: str) -> str:
    if name not in tallies:
        return ""
    return f"{tallies[name].share if name in (ROLE, EXPLAINED) else tallies[name].f1:.3f}"


# --- misses


def _note(miss: Miss, checked: Checked) -> Note:
    kind = "section" if miss.is_section else "measure"
    words = miss.spot.text[miss.spot.start : miss.spot.end]
    fields = f": {', '.join(miss.fields)}" if miss.fields else ""
    title = f"{kind} “{words}” {_FATES[miss.fate]}{fields}"
    return Note(Level.WARNING, title, shown(checked.paths[miss.doc_id]), miss.spot, details=tuple(_details(miss)))


def _details(miss: Miss) -> Iterator[Detail]:
    if miss.fate is Fate.SPAN and miss.gold is not None and miss.read is not None:
        yield Detail("text", _text(miss.gold), _text(miss.read))
    if miss.fate is not Fate.WRONG:
        yield Detail("", _summary(miss.gold), _summary(miss.read))
        return
    for field in miss.fields:
        read = read_field(miss.read, field) if isinstance(miss.read, Indicator) else getattr(miss.read, field)
        yield Detail(field, _written(getattr(miss.gold, field)), _written(read))


def _text(row: GoldMeasure | GoldSection | Indicator | Section) -> str:
    return str(getattr(row, "text", ""))


def _written(one: Any) -> str:
    if one is None or one == "":
        return "none"
    if isinstance(one, bool):
        return "yes" if one else "no"
    return str(one.value if isinstance(one, Enum) else one if isinstance(one, str) else plain(one))


def _summary(row: GoldMeasure | GoldSection | Indicator | Section | None) -> str:
    """All of a row that was lost or won, in a line."""
    if row is None:
        return _NOTHING
    if isinstance(row, GoldSection | Section):
        return " · ".join(filter(None, (row.path, row.title, row.role)))
    measure = row if isinstance(row, Indicator) else Indicator.model_construct(**dict(row))
    return " · ".join(filter(None, (value(measure), row.name, row.role, None if row.core else "not core")))


# --- for programs


def _cases(checked: Checked, verdict: Verdict | None) -> Iterator[Case]:
    below = {(one.document, one.figure): one for one in (verdict.fallen if verdict else ())}
    known = {(ALL, name) for name in figures(checked.total)}
    for document, tallies in ((ALL, checked.total), *((one.name, one.tallies) for one in checked.scored)):
        accepted = _accepted(verdict, document)
        for name in KINDS:
            if name in tallies:
                found = figures({name: tallies[name]})
                known |= {(document, figure) for figure in found}
                told = ", ".join(f"{figure} {value:.4f}" for figure, value in found.items())
                faults = [str(below[document, figure]) for figure in found if (document, figure) in below]
                floors = ", ".join(f"{figure} {accepted[figure]:g}" for figure in found if figure in accepted)
                outcome = f"{told}{f'; floors: {floors}' if floors else ''}"
                yield Case(document, name, outcome, "\n".join(faults) if faults else None)
    for key, one in below.items():
        if key not in known:
            yield Case(one.document, one.figure, "not measured", str(one))
    for doc_id, reason in checked.failures.items():
        yield Case(doc_id, "readable", "", reason)


def _accepted(verdict: Verdict | None, document: str) -> Mapping[str, float]:
    if verdict is None:
        return {}
    return verdict.floors.all if document == ALL else verdict.floors.documents.get(document, {})


def _data(checked: Checked, verdict: Verdict | None, *, passed: bool, summary: bool) -> dict[str, Any]:
    return {
        "report": "check",
        "version": 1,
        "passed": passed,
        "verdict": _verdict(checked, verdict),
        "all": _tallies(checked.total),
        "documents": [
            {
                "document": one.doc_id,
                "gold": one.name,
                "file": shown(checked.paths[one.doc_id]),
                "unchecked": one.unchecked,
                "scores": _tallies(one.tallies),
                **({} if summary else {"misses": [_miss(miss) for miss in one.misses]}),
            }
            for one in checked.scored
        ],
        "fallen": [one._asdict() for one in (verdict.fallen if verdict else ())],
        "other_gold": list(verdict.other_gold if verdict else ()),
        "failed": dict(checked.failures),
        "without_gold": list(checked.without_gold),
        "drafts": list(checked.drafts),
    }


def _tallies(tallies: Tallies) -> dict[str, Any]:
    return {
        name: {
            "right": one.right,
            "read": one.read,
            "gold": one.gold,
            "found": one.found,
            "figures": figures({name: one}),
        }
        for name, one in tallies.items()
    }


def _miss(miss: Miss) -> dict[str, Any]:
    row = miss.read
    return {
        "kind": "section" if miss.is_section else "measure",
        "fate": miss.fate,
        "line": miss.spot.line,
        "column": miss.spot.column,
        "text": miss.spot.text[miss.spot.start : miss.spot.end],
        "fields": list(miss.fields),
        "gold_line": miss.gold_line,
        "gold": miss.gold.model_dump(mode="json", exclude={"checked"}) if miss.gold is not None else None,
        "read": None if row is None else measure_row(row) if isinstance(row, Indicator) else section_row(row),
    }
