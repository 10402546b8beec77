"""Records to Arrow and Parquet and back; the committed schema; deterministic bytes."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import Field, ValidationError

from nqparse.errors import NqparseError
from nqparse.models import (
    TABLES,
    Bound,
    Change,
    DocType,
    Document,
    DocumentRecord,
    Finding,
    Indicator,
    Level,
    Number,
    Record,
    Role,
    Section,
    SectionKind,
    SectionRole,
    Severity,
    Status,
)
from nqparse.tables import Writer, read_table, records, schema_json, schema_of, schemas_text, to_arrow

ROOT = Path(__file__).parents[2]


def a_document(doc_id: str = "xã/a.txt", rows: int = 2) -> Document:
    head = DocumentRecord(
        doc_id=doc_id,
        sha256="0" * 64,
        bytes=1200,
        chars=900,
        encoding="utf-8",
        status=Status.OK,
        doc_type=DocType.RESOLUTION,
        number="15-NQ/TU",
        issuer_level=Level.DISTRICT,
        issued_on=date(2023, 12, 18),
        period_start=2024,
        period_end=2024,
        version="0",
        patterns="p",
    )
    section = Section(
        doc_id=doc_id,
        section_id=f"{doc_id}#A",
        ordinal=0,
        depth=1,
        kind=SectionKind.LETTER,
        marker="A.",
        label="A",
        path="A",
        role=SectionRole.TARGETS,
        char_start=10,
        char_end=900,
    )
    finding = Finding(doc_id=doc_id, code="unit_missing", severity=Severity.WARNING, message="no unit")
    return Document(
        head=head,
        sections=(section,),
        indicators=tuple(an_indicator(doc_id, i) for i in range(rows)),
        numbers=(Number(doc_id=doc_id, char_start=1, char_end=3, text="12", class_="measure", rule="r"),),
        findings=(finding,),
    )


def an_indicator(doc_id: str, ordinal: int) -> Indicator:
    return Indicator(
        doc_id=doc_id,
        indicator_id=f"{doc_id}#{ordinal}",
        ordinal=ordinal,
        name="Thu ngân sách",
        name_norm="thu ngân_sách",
        low=Decimal("9500000000000.0000000001"),
        of=None,
        bound=Bound.MIN,
        unit="VND",
        per="năm",
        change=Change.LEVEL,
        role=Role.TARGET,
        core=True,
        text="9.500",
        char_start=20,
        char_end=25,
        statement="thu ngân sách từ 9.500 tỷ đồng/năm trở lên",
        statement_start=3,
        statement_end=45,
        rules=("VND", "tỷ"),
    )


def test_the_schema_is_that_of_the_contract() -> None:
    types = {column.name: str(column.type) + "?" * column.nullable for column in schema_of(Indicator)}
    assert types["ordinal"] == "int32"
    assert types["low"] == "decimal128(38, 10)?"
    assert types["bound"] == "string"
    assert types["core"] == "bool"
    assert types["period_start"] == "int16?"
    assert types["char_start"] == "int64"
    assert types["rules"].startswith("list<")
    assert str(schema_of(DocumentRecord).field("issued_on").type).startswith("date32")
    assert schema_of(Section).field("depth").type == pa.int8()
    assert "class" in schema_of(Number).names


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described(name: str) -> None:
    assert all(column.metadata[b"description"] for column in schema_of(TABLES[name]))


@pytest.mark.parametrize("kind", [complex, int, Decimal, list[str], int | str, Annotated[int, Field(ge=0)]])
def test_a_type_without_a_column_is_refused(kind: type) -> None:
    model = type("Odd", (Record,), {"__annotations__": {"odd": kind}})
    with pytest.raises(NqparseError, match=r"Odd\.odd: no Arrow type"):
        schema_of(model)


def test_the_committed_schema_is_up_to_date() -> None:
    committed = (ROOT / "docs" / "schema.txt").read_text(encoding="utf-8")
    assert committed == schemas_text(), "run make schema, and raise SCHEMA_VERSION if a column changed"


def test_records_come_back_from_parquet_as_they_were(tmp_path: Path) -> None:
    document = a_document()
    with Writer(tmp_path, "part-00000", version="0", patterns="p") as writer:
        writer.write([document.rows])
    assert records(read_table(tmp_path, "documents"), DocumentRecord) == [document.head]
    for name, model in list(TABLES.items())[1:]:
        assert records(read_table(tmp_path, name), model) == list(getattr(document, name))


def test_the_same_rows_give_the_same_bytes_however_they_are_handed_over(tmp_path: Path) -> None:
    documents = [a_document(f"{i}.txt", rows=50).rows for i in range(6)]
    for folder, chunks in (("a", [documents]), ("b", [documents[:2], documents[2:]])):
        with Writer(tmp_path / folder, "part-00000", version="0", patterns="p") as writer:
            for chunk in chunks:
                writer.write(chunk)
    for name in TABLES:
        file = Path(name, "part-00000.parquet")
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_a_table_without_rows_is_there_with_its_columns(tmp_path: Path) -> None:
    with Writer(tmp_path, "part-00000", version="0", patterns="p"):
        pass
    assert read_table(tmp_path, "findings").schema.equals(schema_of(Finding))


def test_a_file_says_which_schema_version_and_patterns_made_it(tmp_path: Path) -> None:
    with Writer(tmp_path, "part-00000", version="1.2", patterns="abc") as writer:
        writer.write([a_document().rows])
    metadata = pq.read_schema(tmp_path / "indicators" / "part-00000.parquet").metadata
    assert (metadata[b"nqparse.version"], metadata[b"nqparse.patterns"]) == (b"1.2", b"abc")
    assert b"nqparse.schema" in metadata


def test_to_arrow_of_a_document_has_all_tables() -> None:
    tables = a_document().to_arrow()
    assert {name: table.num_rows for name, table in tables.items()} == dict(zip(TABLES, (1, 1, 2, 1, 1), strict=True))
    assert tables["numbers"].column("class").to_pylist() == ["measure"]
    assert tables["indicators"].schema.metadata[b"nqparse.patterns"] == b"p"
    assert to_arrow([])["indicators"].num_rows == 0


def test_the_json_schema_describes_the_columns() -> None:
    properties = schema_json(Number)["properties"]
    assert list(properties) == schema_of(Number).names
    assert properties["class"]["description"]


def test_records_are_checked_when_they_are_read_back() -> None:
    table = to_arrow([a_document().rows])["findings"]
    faulty = table.set_column(table.schema.get_field_index("severity"), "severity", pa.array(["fatal"]))
    with pytest.raises(ValidationError):
        records(faulty, Finding)
