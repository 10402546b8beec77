"""Records to Arrow and Parquet. The schema is derived from models.py; nothing is inferred from values.

Only this module, and ``runs/parts.py``, which lays parts together, know pyarrow.
"""

import types
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic.fields import FieldInfo

from nqparse.errors import NqparseError
from nqparse.models import LINKED, SCHEMA_VERSION, TABLES, Record, Rows, Span, Width
from nqparse.version import __version__, build

R = TypeVar("R", bound=Record)
_PLAIN: dict[object, pa.DataType] = {str: pa.string(), bool: pa.bool_(), date: pa.date32()}
_INTEGERS = {8: pa.int8(), 16: pa.int16(), 32: pa.int32(), 64: pa.int64()}
_ROWS_AT_ONCE = 4096
"""So many rows are converted together."""
GROUP_ROWS = 8192
"""So many rows make a row group: few enough that one document is found by reading little."""
_PAGE_ROWS = 2048
_BLOOMS = {"doc_id": 1024, "indicator_id": GROUP_ROWS}
"""Columns with Bloom filters, by which a reader passes over groups, and how many values a group may hold."""


@cache
def schema_of(model: type[Record]) -> pa.Schema:
    """The Arrow schema of a record type; raises NqparseError for a field of a type that it has no column for.

    >>> from nqparse.models import Number
    >>> schema_of(Number).field("class").type, schema_of(Number).field("rule").nullable
    (DataType(string), True)
    """
    fields = [_field(model, name, info) for name, info in model.model_fields.items()]
    return pa.schema(fields, metadata={"nqparse.schema": SCHEMA_VERSION})


def _field(model: type[Record], name: str, info: FieldInfo) -> pa.Field:
    kind, nullable, metadata = _unwrap(info.annotation, tuple(info.metadata))
    column = _column_type(kind, metadata)
    if column is None:
        raise NqparseError(f"models.py: {model.__name__}.{name}: no Arrow type for {kind}; add one in tables.py")
    return pa.field(info.alias or name, column, nullable, metadata={"description": info.description or ""})


def _unwrap(annotation: Any, metadata: tuple[object, ...]) -> tuple[Any, bool, tuple[object, ...]]:
    """The bare type inside ``Annotated[…] | None``, whether it may be null, and all that annotates it."""
    if get_origin(annotation) is Annotated:
        inner, *extra = get_args(annotation)
        spread = [item for part in extra for item in (part.metadata if isinstance(part, FieldInfo) else (part,))]
        return _unwrap(inner, (*metadata, *spread))
    if get_origin(annotation) in (Union, types.UnionType):
        options = [option for option in get_args(annotation) if option is not types.NoneType]
        if len(options) == 1:
            kind, _, metadata = _unwrap(options[0], metadata)
            return kind, True, metadata
    return annotation, False, metadata


def _column_type(kind: Any, metadata: tuple[object, ...]) -> pa.DataType | None:
    if kind is int:
        return next((_INTEGERS[item.bits] for item in metadata if isinstance(item, Width)), None)
    if kind is Decimal:
        digits, places = (_constraint(metadata, key) for key in ("max_digits", "decimal_places"))
        return pa.decimal128(digits, places) if digits and places is not None else None
    if get_origin(kind) is tuple and get_args(kind)[1:] == (...,):
        inner = _column_type(get_args(kind)[0], ())
        return None if inner is None else pa.list_(inner)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return pa.string()
    if kind is Span:
        return pa.struct([(name, pa.int64()) for name in Span._fields])
    return _PLAIN.get(kind)


def _constraint(metadata: tuple[object, ...], key: str) -> int | None:
    return next((value for item in metadata if (value := getattr(item, key, None)) is not None), None)


def to_arrow(parts: Sequence[Rows]) -> dict[str, pa.Table]:
    """All rows of these parts, in order: one Arrow table per record type, with the patterns' digest in its metadata.

    >>> {name: table.num_rows for name, table in to_arrow([]).items()}
    {'documents': 0, 'sections': 0, 'indicators': 0, 'numbers': 0, 'findings': 0}
    """
    heads = [head for part in parts for head in part.documents]
    return _tables(parts, _stamp({head.version for head in heads}, {head.patterns for head in heads}))


def _tables(parts: Sequence[Rows], stamp: dict[str, str]) -> dict[str, pa.Table]:
    return {
        name: _table(model, [row for part in parts for row in getattr(part, name)], stamp)
        for name, model in TABLES.items()
    }


def _stamp(versions: Iterable[str], patterns: Iterable[str]) -> dict[str, str]:
    return {"nqparse.version": ",".join(sorted(versions)), "nqparse.patterns": ",".join(sorted(patterns))}


def stamp(version: str, patterns: str) -> dict[str, str]:
    """What the files of a table say of their making: files with the same stamp can be parts of one table."""
    return {**_stamp([version], [patterns]), "nqparse.build": build()}


def file_schema(name: str, made: dict[str, str]) -> pa.Schema:
    """The schema of a table's files, with their stamp."""
    return _stamped(schema_of(TABLES[name]), made)


def _table(model: type[Record], rows: Sequence[Record], stamp: dict[str, str]) -> pa.Table:
    schema = _stamped(schema_of(model), stamp)
    columns = zip(*map(attrgetter(*model.model_fields), rows), strict=True) if rows else ((),) * len(schema)
    arrays = [pa.array(values, column.type) for values, column in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _stamped(schema: pa.Schema, stamp: dict[str, str]) -> pa.Schema:
    return schema.with_metadata({**(schema.metadata or {}), **stamp})


def records(table: pa.Table, model: type[R]) -> list[R]:
    """The rows of an Arrow table as the records that they were written from."""
    return [model.model_validate(row) for row in table.to_pylist()]


def read_table(folder: Path, name: str) -> pa.Table:
    """One table of a run's output folder, all of its parts."""
    return pq.read_table(folder / name)


class Packed:
    """Rows as compressed Arrow, which takes a fiftieth of the memory that the records do."""

    def __init__(self, rows: Rows) -> None:
        self._buffers = {name: _packed(table) for name, table in _tables([rows], {}).items()}

    def tables(self) -> dict[str, pa.Table]:
        """The rows as Arrow tables again."""
        return {name: pa.ipc.open_stream(buffer).read_all() for name, buffer in self._buffers.items()}


def _packed(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_table(table)
    return sink.getvalue()


def held(parts: Iterable[Rows]) -> tuple[Rows | Packed, ...]:
    """All parts of a document, to be written once it is known that none is missing; more than one are packed."""
    rest = iter(parts)
    start = list(islice(rest, 2))
    if len(start) < 2:
        return tuple(start)
    start.reverse()
    first = (start.pop() for _ in range(2))  # none is held any longer once it is packed
    return tuple(map(Packed, chain(first, rest)))


def schema_version(folder: Path, name: str) -> str | None:
    """The schema version that one table of a run's output folder was written with; None where its parts differ.

    Raises NqparseError for a file that is no Parquet.
    """
    found = set()
    for path in sorted((folder / name).glob("*.parquet")):
        try:
            metadata = pq.read_schema(path).metadata or {}
        except (pa.ArrowException, OSError) as error:
            raise NqparseError(f"{path}: it is no Parquet file that can be read; write the run again") from error
        found.add(metadata.get(b"nqparse.schema", b"").decode())
    return found.pop() or None if len(found) == 1 else None


class Parquet:
    """One Parquet file of a table, written in row groups of ``GROUP_ROWS``: its bytes depend on the rows alone."""

    SUFFIX = ".parquet"

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        blooms = {name: {"ndv": ndv, "fpp": 0.01} for name, ndv in _BLOOMS.items() if name in schema.names}
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression="zstd",
            write_page_index=True,
            max_rows_per_page=_PAGE_ROWS,
            bloom_filter_options=blooms,
        )
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def write(self, rows: pa.Table) -> None:
        """Add rows."""
        self._waiting.append(rows)
        self._rows += rows.num_rows
        if self._rows >= GROUP_ROWS:
            whole = self._together()
            full = self._rows - self._rows % GROUP_ROWS
            for start in range(0, full, GROUP_ROWS):
                self._group(whole.slice(start, GROUP_ROWS))
            self._waiting, self._rows = [whole.slice(full)], self._rows - full

    def _together(self) -> pa.Table:
        return pa.concat_tables(table.replace_schema_metadata(None) for table in self._waiting)

    def _group(self, rows: pa.Table) -> None:
        one = rows.combine_chunks()
        self._writer.write_table(pa.Table.from_arrays(one.columns, schema=self._schema))

    def close(self) -> None:
        """Finish the file."""
        if self._rows:
            self._group(self._together())
        self.abandon()

    def abandon(self) -> None:
        """Let go of the file, whole or not."""
        self._waiting, self._rows = [], 0
        self._writer.close()


class Stream:
    """One Arrow stream of a table: quick to write and to read once, for what is not kept."""

    SUFFIX = ".arrow"

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._file = pa.OSFile(str(path), "wb")
        self._stream = pa.ipc.new_stream(self._file, schema, options=pa.ipc.IpcWriteOptions(compression="lz4"))

    def write(self, rows: pa.Table) -> None:
        """Add rows."""
        if rows.num_rows:
            self._stream.write_table(pa.Table.from_arrays(rows.columns, schema=self._schema))

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()
        self._file.close()

    def abandon(self) -> None:
        """Let go of the file, whole or not."""
        self._file.close()


class Writer:
    """Writes rows to one file per table, ``FOLDER/TABLE/PART.parquet``, in bounded memory.

    The bytes depend on nothing but the rows, what read them and the patterns' digest. Use it with ``with``: the files
    are whole when the block has ended without an exception. With ``form=Stream`` they are Arrow streams. FOLDER is made
    where it is not there, but not what it is in.
    """

    def __init__(
        self, folder: Path, part: str, *, version: str, patterns: str, form: type[Parquet] | type[Stream] = Parquet
    ) -> None:
        self._stamp = stamp(version, patterns)
        self._records: list[Rows] = []
        self._count = 0
        self._files: dict[str, Parquet | Stream] = {}
        folder.mkdir(exist_ok=True)
        for name in TABLES:
            path = folder / name / f"{part}{form.SUFFIX}"
            path.parent.mkdir(exist_ok=True)
            self._files[name] = form(path, file_schema(name, self._stamp))

    def write(self, parts: Iterable[Rows | Packed]) -> None:
        """Add the rows of these parts."""
        for part in parts:
            if isinstance(part, Packed):
                self._convert()
                self._add(part.tables())
                continue
            self._records.append(part)
            self._count += sum(map(len, part))
            if self._count >= _ROWS_AT_ONCE:
                self._convert()

    def _convert(self) -> None:
        """Turn the records into columns, which take a tenth of the memory."""
        if self._records:
            self._add(_tables(self._records, self._stamp))
            self._records.clear()
            self._count = 0

    def _add(self, tables: dict[str, pa.Table]) -> None:
        for name, table in tables.items():
            self._files[name].write(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with ExitStack() as stack:
            for file in self._files.values():
                stack.callback(file.close if kind is None else file.abandon)
            if kind is None:
                self._convert()


def write_batches(path: Path, model: type[Record], relation: Any, patterns: str) -> None:
    """Write what a query gives, batch by batch, with the columns and types of a record."""
    schema = _stamped(schema_of(model), stamp(__version__, patterns))
    file = Parquet(path, schema)
    for batch in relation.to_arrow_reader(GROUP_ROWS):
        file.write(pa.Table.from_batches([batch]).select(schema.names).cast(schema.remove_metadata()))
    file.close()


def schema_json(model: type[Record]) -> dict[str, Any]:
    """The JSON Schema of a record as ``nqparse show --json`` writes it."""
    return model.model_json_schema(by_alias=True, mode="serialization")


def schema_text(model: type[Record]) -> str:
    """The columns of a table as people read them: name, type (``?`` where it may be null), meaning."""
    rows = [(column.name, f"{column.type}{'?' * column.nullable}", _description(column)) for column in schema_of(model)]
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    return "".join(f"  {name:{widths[0]}}  {kind:{widths[1]}}  {text}\n" for name, kind, text in rows)


def _description(column: pa.Field) -> str:
    metadata: dict[bytes, bytes] = column.metadata or {}
    return metadata.get(b"description", b"").decode()


def schemas_text(names: Iterable[str] = (*TABLES, *LINKED)) -> str:
    """The printed schemas of these tables, as ``docs/schema.txt`` holds them."""
    models = TABLES | LINKED
    parts = [f"{name}: {_summary(models[name])}\n{schema_text(models[name])}" for name in names]
    return f"schema version {SCHEMA_VERSION}\n\n" + "\n".join(parts)


def _summary(model: type[Record]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]
