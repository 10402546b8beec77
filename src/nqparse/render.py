"""Records as text for people: values as they are written in Vietnamese, tables that fit the terminal. No I/O.

Whatever comes from a document goes through ``visible``: a terminal must show its control characters, not obey them.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import regex

from nqparse.columns import Column, table
from nqparse.models import Bound, Change, Document, DocumentRecord, Finding, Indicator, Number, Section

if TYPE_CHECKING:
    from nqparse.batch import Summary
    from nqparse.explaining import Explanation
    from nqparse.naming.alternatives import Candidate
    from nqparse.packs.load import Pack
    from nqparse.runs.planning import Plan

_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_BLANKS = regex.compile(r"[ \t\r\n]+")
_BOUNDS = {
    Bound.EXACT: "",
    Bound.ABOUT: "khoảng",
    Bound.MIN: "≥",
    Bound.ABOVE: ">",
    Bound.MAX: "≤",
    Bound.BELOW: "<",
}
_CHANGES = {Change.LEVEL: "", Change.INCREASE: "tăng", Change.DECREASE: "giảm", Change.EXCEED: "vượt"}
_WRITTEN = {"VND": "đồng", "m2": "m²", "m3": "m³", "km2": "km²"}
_MONEY = {"VND", "USD"}
_SCALES = ((Decimal(10**9), "tỷ"), (Decimal(10**6), "triệu"))
_MARKS = str.maketrans(",.", ".,")
_DEEPEST_INDENT = 12
_WIDE = 120
"""From so many columns on, the table of indicators has more columns."""
_BREAK = regex.compile(r"\r\n|\r|\n")


def visible(text: str) -> str:
    """The text on one line, with each character that would steer a terminal, or hide, replaced by its code.

    >>> print(visible("tỷ lệ\\x1b[2J 5%\\n"))
    tỷ lệ\\x1b[2J 5%
    """
    return _UNSEEN.sub(_code, " ".join(_BLANKS.split(text.strip())))


def visible_json(text: str) -> str:
    """JSON with what JSON leaves as it is, and a terminal does not, escaped: the same JSON.

    >>> visible_json('{"text": "\\x9b2J"}')
    '{"text": "\\\\u009b2J"}'
    """
    return _UNSEEN.sub(lambda match: match.group() if match.group() == "\n" else f"\\u{ord(match.group()):04x}", text)


def _code(match: "regex.Match[str]") -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def value(row: Indicator) -> str:
    """The row's quantity as a person writes it: change, bound, number, multiplier, unit, denominator.

    >>> from nqparse.models import Role
    >>> row = Indicator.model_construct(low=Decimal("9.5E+12"), high=None, bound=Bound.MIN, unit="VND", per="năm",
    ...     of=None, change=Change.INCREASE, text="9.500")
    >>> value(row)
    'tăng ≥ 9.500 tỷ đồng/năm'
    """
    amounts = [amount for amount in (row.low, row.high, row.of) if amount is not None]
    scale, multiplier = _scale(row.unit, amounts)
    number = _range(row, scale) if amounts else visible(row.text)
    parts = (_CHANGES[row.change], _BOUNDS[row.bound], number, multiplier, _WRITTEN.get(row.unit, visible(row.unit)))
    return " ".join(filter(None, parts)) + _per(row)


def unit(row: Indicator) -> str:
    """The row's unit and denominator, as they are in the table: ``VND/người/năm``."""
    return visible(row.unit) + _per(row)


def _per(row: Indicator) -> str:
    return f"/{visible(row.per)}" if row.per else ""


def _range(row: Indicator, scale: Decimal) -> str:
    ends = [_written(end / scale) for end in (row.low, row.high) if end is not None]
    number = "–".join(dict.fromkeys(ends))
    return f"{number}/{_written(row.of / scale)}" if row.of is not None else number


def _scale(unit: str, amounts: Sequence[Decimal]) -> tuple[Decimal, str]:
    """The largest multiplier under which all the amounts are short."""
    places = 3 if unit in _MONEY else 2
    for scale, word in _SCALES:
        if any(amounts) and all(
            not amount or (abs(amount) >= scale and _places(amount / scale) <= places) for amount in amounts
        ):
            return scale, word
    return Decimal(1), ""


def _places(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _written(amount: Decimal) -> str:
    return format(amount.normalize(), ",f").translate(_MARKS)


def period(row: Indicator | DocumentRecord) -> str:
    """The years that the row is for: ``2024``, ``2021-2025``, or nothing."""
    years = [year for year in (row.period_start, row.period_end) if year is not None]
    return "-".join(dict.fromkeys(map(str, years)))


TABLES = ("sections", "indicators", "findings", "numbers")
"""The tables of a document that can be printed alone."""
LineOf = Callable[[int], int]
"""The line, from 1, of a place in the source."""


def line_numbers(text: str) -> LineOf:
    """What gives the line of a place in this text.

    >>> line_numbers("một\\r\\nhai")(5)
    2
    """
    starts = [found.end() for found in _BREAK.finditer(text)]
    return lambda place: bisect_right(starts, place) + 1


def document(document: Document, width: int, line_of: LineOf) -> str:
    """All of a document: its head, its sections, its indicators, its findings."""
    tables = (
        f"{name.capitalize()} ({len(getattr(document, name))})\n{one_table(document, name, width, line_of)}"
        for name in TABLES[:3]
    )
    return "\n".join((head(document.head), *tables))


def one_table(document: Document, name: str, width: int, line_of: LineOf) -> str:
    """One of the tables of a document, by its name in TABLES."""
    if name == "sections":
        return sections(document.sections, document.indicators, width)
    if name == "indicators":
        return indicators(document.indicators, width, line_of)
    return findings(document.findings, width) if name == "findings" else numbers(document.numbers, width, line_of)


def head(record: DocumentRecord) -> str:
    """What the document is: a line for each thing that is known of it."""
    lines = {
        "document": record.doc_id,
        "type": f"{record.doc_type}{', draft' if record.is_draft else ''}",
        "number": record.number,
        "issuer": f"{record.issuer or ''}{f' ({record.issuer_level})' if record.issuer_level else ''}",
        "locality": record.locality,
        "title": record.title,
        "date": str(record.issued_on or ""),
        "years": period(record),
        "signer": record.signer,
    }
    return _lines(lines)


def _lines(facts: Mapping[str, str | None]) -> str:
    return "".join(f"{name:9} {visible(text)}\n" for name, text in facts.items() if text)


def sections(sections: Iterable[Section], rows: Iterable[Indicator], width: int) -> str:
    """The tree of sections, with the role of each and the number of indicators that stand in it."""
    count = Counter(row.section_id for row in rows)
    columns = (
        Column("Section", hanging=True),
        Column("Role", whole=True),
        Column("Indicators", right=True, whole=True),
    )
    cells = ((_heading(section), section.role, str(count[section.section_id] or "")) for section in sections)
    return table(columns, cells, width)


def _heading(section: Section) -> str:
    indent = "  " * min(section.depth - 1, _DEEPEST_INDENT)
    return f"{indent}{visible(section.label)}  {visible(section.title or '…')}"


def indicators(rows: Iterable[Indicator], width: int, line_of: LineOf) -> str:
    """The indicators as a table: label, name, value, unit, role, period; on a wide terminal also whether a row is core,
    its line, its section and its basis."""
    rows = list(rows)
    columns = (
        Column("No.", widest=8),
        Column("Name"),
        Column("Value", widest=30),
        Column("Unit", widest=16),
        Column("Role", whole=True),
        Column("Period", whole=True),
    )
    cells = [
        (visible(row.label or ""), visible(row.name), value(row), unit(row), row.role.value, period(row))
        for row in rows
    ]
    if width < _WIDE:
        return table(columns, cells, width)
    more = (
        Column("Core", whole=True),
        Column("Basis", widest=20),
        Column("Section", widest=18),
        Column("Line", right=True, whole=True),
    )
    wide = [(*cell, *_more(row, line_of)) for cell, row in zip(cells, rows, strict=True)]
    return table((*columns, *more), wide, width)


def _more(row: Indicator, line_of: LineOf) -> tuple[str, ...]:
    core = "●" if row.core else ""
    return core, visible(row.basis or ""), visible(row.section_path or ""), str(line_of(row.char_start))


def numbers(rows: Iterable[Number], width: int, line_of: LineOf) -> str:
    """The ledger as a table: line, offset, digits, class, rule."""
    columns = (
        Column("Line", right=True, whole=True),
        Column("At", right=True, whole=True),
        Column("Number"),
        Column("Class", whole=True),
        Column("Rule"),
    )
    cells = (
        (str(line_of(row.char_start)), str(row.char_start), visible(row.text), row.class_, visible(row.rule or ""))
        for row in rows
    )
    return table(columns, cells, width)


def findings(rows: Iterable[Finding], width: int) -> str:
    """The findings as a table: how grave, where (an offset for ``nqparse explain --at``), what kind, what it is."""
    columns = (
        Column("Severity", whole=True),
        Column("At", right=True, whole=True),
        Column("Code", whole=True),
        Column("What to look at"),
    )
    cells = ((row.severity.value, _place(row), row.code, visible(row.message)) for row in rows)
    return table(columns, cells, width)


def _place(row: Finding) -> str:
    return "" if row.char_start is None else str(row.char_start)


def explanation(explanation: "Explanation", width: int) -> str:
    """Why a number was read as it was: where it is, what it was read as, and what each rule set, in order."""
    number, row = explanation.number, explanation.indicator
    steps = table((Column("Rule"), Column("Sets")), [tuple(map(visible, step)) for step in explanation.steps], width)
    place = f"{visible(number.text)} at {number.char_start}-{number.char_end}: {number.class_}\n"
    return f"{place}{_facts(row)}\n{steps}"


def candidates(found: "Sequence[Candidate]", width: int) -> str:
    """The name that was chosen, and those that came next: the decision, what it takes, the features that it found."""
    if not found:
        return ""
    columns = (Column("Name"), Column("Decision", widest=24), Column("Takes", widest=30), Column("Features"))
    rows = [
        tuple(map(visible, (one.name or "none", one.decision, one.take, ", ".join(one.features) or "no condition")))
        for one in found
    ]
    return f"\nThe name, and those that the next decisions would have made\n{table(columns, rows, width)}"


def _facts(row: Indicator | None) -> str:
    if row is None:
        return ""
    facts = {
        "name": row.name,
        "value": value(row),
        "role": row.role,
        "period": period(row),
        "section": row.section_path,
        "statement": row.statement,
    }
    return _lines(facts)


def rules(pack: "Pack", width: int) -> str:
    """Every rule of a pack: its file, its table, its id."""
    columns = (Column("File"), Column("Table"), Column("Rule"))
    return table(columns, ((visible(at.file), at.table, visible(at.rule.id)) for at in pack.rules), width)


def summary(summary: "Summary") -> str:
    """What a run read and found, in two lines."""
    there = f", {summary.unchanged} unchanged, {summary.removed} removed" if summary.unchanged + summary.removed else ""
    return (
        f"{summary.files - summary.partial - summary.failed} files read, {summary.partial} partial, "
        f"{summary.failed} failed, {_passed_over(summary)}{there}; {summary.sections} sections, "
        f"{summary.indicators} indicators, {summary.findings} findings\n"
        f"{summary.bytes / 1e6:.2f} MB in {summary.seconds:.1f} s, {summary.megabytes_per_second:.2f} MB/s\n"
    )


def _passed_over(summary: "Summary") -> str:
    """How many files were passed over; those of other endings by their endings."""
    endings = summary.other_endings
    listed = ", ".join(f"{count} {visible(ending) or 'without ending'}" for ending, count in endings.items())
    return f"{summary.passed_over + sum(endings.values())} passed over{listed and f' ({listed})'}"


def plan(plan: "Plan") -> str:
    """What a run would do, in two lines."""
    return (
        f"to read: {plan.new} new files, {plan.changed} changed, {sum(f.size for f in plan.files) / 1e6:.2f} MB\n"
        f"{plan.unchanged} unchanged, {plan.removed} to remove; {len(plan.changes)} of {plan.parts} parts to write\n"
    )
