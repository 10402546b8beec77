"""The JSON that a page gets, and the changes that it gives back: models, from which the schema is derived."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from nqparse.models import Document, Record, Role
from nqparse.quantity.units import Step

Row = dict[str, Any]
"""A row of gold, in the form of the annotation guide; fields that are not the guide's are kept."""


class Mode(StrEnum):
    VIEW = "view"
    REVIEW = "review"


class Kind(StrEnum):
    MEASURES = "measures"
    SECTIONS = "sections"


class Difference(Record):
    """A row for which the regression check counts against the program."""

    kind: Kind = Field(description="of which file")
    fate: str = Field(description="missed, span, wrong or spurious")
    start: int = Field(description="place of gold's row, or of what was read where gold has none")
    end: int = Field(description="end of that place")
    fields: tuple[str, ...] = Field(default=(), description="fields that differ")


class Rows(Record):
    """The rows of a document's gold, or of its draft."""

    measures: tuple[Row, ...] = Field(description="in the form of the annotation guide, in order")
    sections: tuple[Row, ...] = Field(description="in the form of the annotation guide, in order")
    version: str = Field(description="digest of both: a change is for one version")
    moved: dict[str, int] = Field(
        default={}, description="how far a row has moved since gold was made, by KIND:START of where it is now"
    )
    lost: tuple[str, ...] = Field(default=(), description="KIND:START of rows whose text is found nowhere any more")
    differences: tuple[Difference, ...] = Field(default=(), description="what check would count, over checked rows")
    is_draft: bool = Field(default=True, description="no gold is kept yet: the rows are what was read")


class Page(Record):
    """All that a page shows of one document."""

    mode: Mode = Field(description="whether corrections are kept by a server")
    text: str = Field(description="the source as decoded, which offsets count the code points of")
    document: Document = Field(description="the records of all tables")
    steps: dict[str, tuple[Step, ...]] = Field(
        default={}, description="what each rule set, in order, by indicator_id; none over a finished run"
    )
    rows: Rows = Field(description="what is corrected: the rows of gold")


class Change(Record):
    """One change of a row: added where ``before`` is null, deleted where ``after`` is."""

    kind: Kind = Field(description="of which file")
    before: Row | None = Field(default=None, description="the row as the page had it")
    after: Row | None = Field(default=None, description="the row as it is to be")


class Request(Record):
    """Changes that are made together, or not at all."""

    version: str = Field(description="of the rows that the page had")
    changes: tuple[Change, ...] = Field(description="in order")


class Point(Record):
    """One value of a series."""

    doc_id: str = Field(description="the document that gives it")
    place: str = Field(description="the place that it is of")
    year: int = Field(description="last year that it is for")
    role: Role = Field(description="target, actual or estimate")
    value: float = Field(description="the middle of its bounds, for drawing")
    text: str = Field(description="as printed")


class Series(Record):
    """The values of one indicator of the catalogue over years and places."""

    code: str = Field(description="the indicator's code")
    unit: str = Field(description="unit of all its values")
    points: tuple[Point, ...] = Field(description="by year, then place")


class Entry(Record):
    """A document in the index."""

    doc_id: str = Field(description="the document")
    href: str = Field(description="address of its page")
    doc_type: str = Field(description="what kind of document it is")
    title: str | None = Field(default=None, description="its title")
    locality: str | None = Field(default=None, description="its place")
    year: int | None = Field(default=None, description="last year that it plans for, or that it was issued in")
    status: str = Field(description="ok, partial, failed")
    sections: int = Field(default=0, description="how many sections were read")
    indicators: int = Field(default=0, description="how many measures were read")
    core: int = Field(default=0, description="how many of them are core")
    findings: int = Field(default=0, description="how many findings there are")
    checked: int | None = Field(default=None, description="rows of gold that a person checked; null without gold")
    rows: int | None = Field(default=None, description="rows of gold")


class Index(Record):
    """The list of documents, and series over them."""

    mode: Mode = Field(description="whether corrections are kept by a server")
    entries: tuple[Entry, ...] = Field(description="in order of their ids")
    series: tuple[Series, ...] = Field(default=(), description="indicators with several values")
