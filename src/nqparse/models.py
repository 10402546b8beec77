"""The records that nqparse writes, and the only place that declares their fields.

Offsets are code points of the source as decoded. The Arrow schema, the JSON Schema and the documentation of the columns
are derived from here.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_VERSION = "3"
"""Raised whenever a column or one of the closed vocabularies below changes."""


class Width(NamedTuple):
    """How many bits an integer column takes."""

    bits: int


Int8 = Annotated[int, Width(8)]
Int16 = Annotated[int, Width(16)]
Int32 = Annotated[int, Width(32)]
Offset = Annotated[int, Width(64), Field(ge=0)]
AMOUNT_DIGITS, AMOUNT_PLACES = 38, 10
"""How many digits an amount may have, and how many of them behind the point."""
Amount = Annotated[Decimal, Field(max_digits=AMOUNT_DIGITS, decimal_places=AMOUNT_PLACES)]


class Span(NamedTuple):
    """A stretch of the source: the place of its first character, and the place behind its last."""

    start: Offset
    end: Offset


class Status(StrEnum):
    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


class DocType(StrEnum):
    RESOLUTION = "resolution"
    REPORT = "report"
    PLAN = "plan"
    DECISION = "decision"
    DIRECTIVE = "directive"
    CONCLUSION = "conclusion"
    NOTICE = "notice"
    PROGRAM = "program"
    OTHER = "other"


class Level(StrEnum):
    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class SectionKind(StrEnum):
    PART = "part"
    ARTICLE = "article"
    LETTER = "letter"
    ROMAN = "roman"
    ARABIC = "arabic"
    DECIMAL = "decimal"
    ALPHA = "alpha"
    APPENDIX = "appendix"


class SectionRole(StrEnum):
    SITUATION = "situation"
    GOALS = "goals"
    TARGETS = "targets"
    TASKS = "tasks"
    IMPLEMENTATION = "implementation"
    APPENDIX = "appendix"
    OTHER = "other"


class Bound(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    MIN = "min"
    ABOVE = "above"
    MAX = "max"
    BELOW = "below"


class Change(StrEnum):
    LEVEL = "level"
    INCREASE = "increase"
    DECREASE = "decrease"
    EXCEED = "exceed"


class Role(StrEnum):
    TARGET = "target"
    ACTUAL = "actual"
    ESTIMATE = "estimate"


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Record(BaseModel):
    """A row of a table: frozen, and with no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def unchecked(cls, **values: Any) -> Self:
        """A record with these values for all of its fields, which are known to be right.

        It is what ``model_construct`` makes of them, in a fifth of the time: a document has thousands of numbers.
        """
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", values)
        object.__setattr__(record, "__pydantic_fields_set__", _fields(cls))
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        return record


@cache
def _fields(model: type[Record]) -> set[str]:
    return set(model.model_fields)


class DocumentRecord(Record):
    """One source file."""

    doc_id: str = Field(description="path relative to the input root, /-separated, with its extension; unique in a run")
    sha256: str = Field(description="SHA-256 of the file's bytes, hexadecimal")
    bytes: Offset = Field(description="size of the file in bytes")
    chars: Offset = Field(description="size of the decoded text in code points")
    encoding: str = Field(description="what the file was decoded as")
    status: Status = Field(
        description="ok, partial where a rule failed at some line, failed where nothing could be read (see findings)"
    )
    doc_type: DocType = Field(description="what kind of document it is")
    number: str | None = Field(
        default=None, description="the document's number as printed, whole; null when left blank"
    )
    is_draft: bool = Field(default=False, description="marked as a draft (Dự thảo)")
    issuer: str | None = Field(default=None, description="who issued it, as printed")
    issuer_level: Level | None = Field(default=None, description="the issuer's level of government or party")
    locality: str | None = Field(default=None, description="the place that the document names as its own")
    province: str | None = Field(default=None, description="the province or city under the centre that it is of")
    district: str | None = Field(default=None, description="the district, town or city under a province that it is of")
    commune: str | None = Field(default=None, description="the commune, ward or township that it is of")
    place_code: str | None = Field(default=None, description="official code of the place that it is of, of its date")
    province_code: str | None = Field(default=None, description="official code of its province, of its date")
    title: str | None = Field(default=None, description="the heading's own words")
    issued_on: date | None = Field(default=None, description="date of the meeting or of issue")
    period_start: Int16 | None = Field(default=None, description="first year that it plans for")
    period_end: Int16 | None = Field(default=None, description="last year that it plans for")
    signer: str | None = Field(default=None, description="who signed it")
    version: str = Field(description="nqparse's version")
    patterns: str = Field(description="digest of the pattern pack")


class Section(Record):
    """One section, in reading order."""

    doc_id: str = Field(description="the document")
    section_id: str = Field(
        description="unique in the run, stable while the section's place in the tree does not change"
    )
    ordinal: Int32 = Field(description="reading order in the document, from 0")
    parent_id: str | None = Field(default=None, description="section_id of the section above")
    depth: Int8 = Field(description="1 for a section at the top")
    kind: SectionKind = Field(description="the kind of its marker")
    marker: str = Field(description="the marker as printed")
    label: str = Field(description="the marker normalised: A, I, 1, 1.1, P1, Đ1, PL1")
    path: str = Field(description="labels from the top, joined by /")
    title: str | None = Field(default=None, description="the heading's text; null where the marker opens running text")
    role: SectionRole = Field(description="what the section is for")
    char_start: Offset = Field(description="place of the marker's first character")
    char_end: Offset = Field(description="end of the section's text, its subsections included")


class Indicator(Record):
    """One measure, in reading order."""

    doc_id: str = Field(description="the document")
    indicator_id: str = Field(description="unique in the run, stable while its statement does not change")
    ordinal: Int32 = Field(description="reading order in the document, from 0")
    section_id: str | None = Field(default=None, description="the section that it stands in")
    section_path: str | None = Field(default=None, description="path of that section")
    group: str | None = Field(default=None, description="title of the indicator group that it stands in")
    label: str | None = Field(default=None, description="the indicator's own number as printed, without punctuation")
    name: str = Field(description="what the number measures, in the source's words")
    name_norm: str = Field(
        description="the name in lower case, one form of tone marks, slips mended, words joined by _"
    )
    name_spans: tuple[Span, ...] = Field(
        default=(),
        description="where the name's words stand in the source, in the order of the name (in JSON as [start, end])",
    )
    """Half-open spans of code points of the source as decoded, like ``char_start`` and ``char_end``.

    In Parquet a list of structs with ``start`` and ``end``; in JSON a list of pairs; here ``Span`` values. Words that
    stand side by side are one span; where a line break, markup or another cell comes between, spans end before it and
    begin again behind it, except for white space. They are in the order of the name, which need not be that of the
    source: words that are borrowed from a heading, a line above, another row or a column's head lie where these are
    printed. Two names may have the same span. The name is their text, joined by single blanks, its letters composed
    (NFC) and slips of scanners mended. Empty for a name that no words of the source make ("?").
    """
    code: str | None = Field(default=None, description="the indicator's code in the catalogue; null if unknown")
    code_rule: str | None = Field(default=None, description="the alias of the catalogue that gave the code")
    dimension: str | None = Field(default=None, description="what its unit measures: share, count, money, growth, …")
    place: str | None = Field(default=None, description="the place that its name has, where it is not the document's")
    place_code: str | None = Field(default=None, description="official code of that place, of the document's date")
    growth: Amount | None = Field(default=None, description="growth in percent, however it is said; 8.5 for 108.5%")
    low: Amount | None = Field(default=None, description="lower bound in the base unit; null if there is none")
    high: Amount | None = Field(default=None, description="upper bound in the base unit; null if there is none")
    bound: Bound = Field(description="how the number bounds the quantity")
    unit: str = Field(description="normalised unit or counted noun; empty if none is given")
    per: str | None = Field(default=None, description="the denominator of a rate")
    of: Amount | None = Field(default=None, description="the whole in 57/66")
    change: Change = Field(description="level, or the kind of difference that the number is")
    basis: str | None = Field(default=None, description="what a percentage or an excess is measured against")
    role: Role = Field(description="target, actual or estimate")
    core: bool = Field(description="true in a list or table of indicators, false in narrative prose and footnotes")
    period_start: Int16 | None = Field(default=None, description="first year that it is for")
    period_end: Int16 | None = Field(default=None, description="last year that it is for")
    text: str = Field(description="source text of the number expression")
    char_start: Offset = Field(description="place of its first digit")
    char_end: Offset = Field(description="end of its last digit")
    statement: str = Field(description="the clause, bullet or table row that states it")
    statement_start: Offset = Field(description="place of the statement's first character")
    statement_end: Offset = Field(description="end of the statement")
    rules: tuple[str, ...] = Field(default=(), description="ids of the pattern rules that made the row, in order")


class Number(Record):
    """One number of the source: the ledger in which nothing that looks like a quantity is lost."""

    doc_id: str = Field(description="the document")
    char_start: Offset = Field(description="place of its first digit")
    char_end: Offset = Field(description="end of its last digit")
    text: str = Field(description="the digits, with the separators between them")
    class_: str = Field(alias="class", description="measure, or what else it is; unexplained where no rule says")
    indicator_id: str | None = Field(default=None, description="the indicator that it is part of, for a measure")
    rule: str | None = Field(default=None, description="id of the rule that explains it")

    model_config = ConfigDict(populate_by_name=True)


class Finding(Record):
    """One thing that a person should look at."""

    doc_id: str = Field(description="the document")
    code: str = Field(description="what kind of finding it is")
    severity: Severity = Field(description="info, warning or error")
    char_start: Offset | None = Field(default=None, description="place, where there is one")
    char_end: Offset | None = Field(default=None, description="end of that place")
    text: str | None = Field(default=None, description="the source text there")
    message: str = Field(description="what is to be looked at, in English")


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"
    EXCEEDED = "exceeded"
    OPEN = "open"


class Fulfilment(Record):
    """One target, with the result that answers it."""

    target_id: str = Field(description="indicator_id of the target")
    target_doc_id: str = Field(description="the document that sets it")
    result_id: str | None = Field(default=None, description="indicator_id of the result; null where none answers it")
    result_doc_id: str | None = Field(default=None, description="the document that gives the result")
    code: str | None = Field(default=None, description="the target's code in the catalogue")
    name: str = Field(description="the target's name")
    name_norm: str = Field(description="its normal form, by which a target without a code is matched")
    unit: str = Field(description="the unit of target, result and distance")
    place: str | None = Field(default=None, description="the place that the target is for")
    place_code: str | None = Field(default=None, description="its official code")
    period_start: Int16 | None = Field(default=None, description="first year that the target is for")
    period_end: Int16 | None = Field(default=None, description="last year that the target is for")
    target_low: Amount | None = Field(default=None, description="lower bound of the target; of an index, its growth")
    target_high: Amount | None = Field(default=None, description="upper bound of the target")
    target_bound: Bound = Field(description="how the target bounds the quantity")
    result_low: Amount | None = Field(default=None, description="lower bound of the result")
    result_high: Amount | None = Field(default=None, description="upper bound of the result")
    answer: str | None = Field(
        default=None, description="value: a result of the same kind; fulfilment: how much of the plan was reached"
    )
    distance: Amount | None = Field(
        default=None, description="result less the nearest end of the target; of a fulfilment, percent over the plan"
    )
    verdict: Verdict = Field(description="met, missed, exceeded; open without a result or a direction")
    printed_verdict: Verdict | None = Field(default=None, description="what the document says itself")
    finding: str | None = Field(default=None, description="verdict_differs, where the printed verdict is another")


class Document(Record):
    """A parsed document: the rows of all five tables."""

    head: DocumentRecord = Field(description="what the document is")
    sections: tuple[Section, ...] = Field(default=(), description="its sections, in reading order")
    indicators: tuple[Indicator, ...] = Field(default=(), description="its measures, in reading order")
    numbers: tuple[Number, ...] = Field(default=(), description="every number of its text, in order")
    findings: tuple[Finding, ...] = Field(default=(), description="what a person should look at, in order")

    @property
    def rows(self) -> "Rows":
        """Its records as rows of the tables."""
        return Rows((self.head,), self.sections, self.indicators, self.numbers, self.findings)

    def to_arrow(self) -> "dict[str, pa.Table]":
        """The rows as one Arrow table per record type: documents, sections, indicators, numbers, findings."""
        from nqparse.tables import to_arrow

        return to_arrow([self.rows])


class Rows(NamedTuple):
    """Rows for each table, under the table's name: those of a document, or of a stretch of a long one."""

    documents: tuple[DocumentRecord, ...] = ()
    sections: tuple[Section, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    numbers: tuple[Number, ...] = ()
    findings: tuple[Finding, ...] = ()


TABLES: dict[str, type[Record]] = {
    "documents": DocumentRecord,
    "sections": Section,
    "indicators": Indicator,
    "numbers": Number,
    "findings": Finding,
}
"""Record type of each table, in the order in which they are written."""

LINKED: dict[str, type[Record]] = {"fulfilment": Fulfilment}
"""Record type of each table that ``nqparse link`` adds to those of a run."""
