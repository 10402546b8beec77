"""nqparse in Apache Spark: a function for ``mapInArrow``, and what it gives as columns.

    documents = parsed(spark.read.format("binaryFile").load("archive/*.txt"))
    rows(documents, "indicators").where("core").show()

The records are those of ``nqparse run``: one row for a document, with the rows of each table in it as a list.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from nqparse.errors import InputError
from nqparse.inputs import InputFile
from nqparse.models import TABLES
from nqparse.packs.load import Pack, load_pack
from nqparse.runs.parsing import Parsed, parse_bytes, parse_file
from nqparse.tables import Packed, schema_of, to_arrow

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Batches = Iterator[pa.RecordBatch]
_SOURCES = ("content", "text", "path")


def schema() -> pa.Schema:
    """What ``mapper`` gives: ``doc_id``, and a list of rows for each table.

    >>> schema().names
    ['doc_id', 'documents', 'sections', 'indicators', 'numbers', 'findings']
    """
    lists = [pa.field(name, pa.list_(pa.struct(_plain(name)))) for name in TABLES]
    return pa.schema([pa.field("doc_id", pa.string()), *lists])


def _plain(table: str) -> list[pa.Field]:
    return [column.remove_metadata() for column in schema_of(TABLES[table])]


def mapper(patterns: Sequence[str | Path] = ()) -> Callable[[Batches], Batches]:
    """A function for ``mapInArrow``, over rows with a column ``content`` (bytes), ``text``, or ``path`` (of a file).

    ``doc_id`` names the document; without that column, ``path`` does. A document that cannot be read has the status
    ``failed`` and a finding. ``patterns`` are folders of pattern files, which all workers reach.
    """
    return partial(_mapped, [str(folder) for folder in patterns])


def _mapped(patterns: Sequence[str], batches: Batches) -> Batches:
    pack = load_pack(*map(Path, patterns))
    for batch in batches:
        for row in batch.to_pylist():
            yield _row(_parsed(row, pack))


def _parsed(row: dict[str, Any], pack: Pack) -> Parsed:
    source = next((name for name in _SOURCES if row.get(name) is not None), None)
    doc_id = row.get("doc_id") or row.get("path")
    if source is None or doc_id is None:
        raise InputError("nqparse.spark: a row needs content, text or path, and doc_id where it has no path")
    if source == "path":
        path = Path(str(row["path"]).removeprefix("file:"))
        return parse_file(InputFile(path, doc_id, 0), pack)
    data = row[source]
    return parse_bytes(data.encode("utf-8", "surrogatepass") if source == "text" else bytes(data), doc_id, pack)


def _row(parsed: Parsed) -> pa.RecordBatch:
    """One document as a row."""
    parts = [part.tables() if isinstance(part, Packed) else to_arrow([part]) for part in parsed.rows]
    columns = [pa.array([parsed.outcome.doc_id], pa.string())]
    for name in TABLES:
        table = pa.concat_tables(part[name].replace_schema_metadata(None) for part in parts)
        arrays = [column.combine_chunks() for column in table.columns]
        values = pa.StructArray.from_arrays(arrays, fields=_plain(name))
        columns.append(pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values))
    return pa.RecordBatch.from_arrays(columns, schema=schema())


def parsed(frame: "DataFrame", patterns: Sequence[str | Path] = ()) -> "DataFrame":
    """The documents of a frame with the columns that ``mapper`` wants, as ``spark.read.format("binaryFile")`` gives."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return frame.mapInArrow(mapper(patterns), from_arrow_schema(schema()))


def rows(documents: "DataFrame", table: str) -> "DataFrame":
    """The rows of one table of the frame that ``parsed`` gave."""
    from pyspark.sql.functions import explode

    return documents.select(explode(table).alias("row")).select("row.*")
