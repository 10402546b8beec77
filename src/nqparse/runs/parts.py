"""Parts of tables: what the old ones say, and how shards and old parts become new ones.

A part is one Parquet file of each table. It is a function of its rows: they are sorted by document, whichever shard or
old part they come from.
"""

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nqparse.addresses import Place, asking, filesystem
from nqparse.models import TABLES, Status
from nqparse.runs.shards import PART
from nqparse.runs.tasks import MergeTask
from nqparse.tables import GROUP_ROWS, Parquet, Stream, file_schema


def made_as(place: Place, stamp: Mapping[str, str]) -> bool:
    """Whether there is a Parquet file at ``place`` with that stamp."""
    path, system = _located(place)
    try:
        found = pq.read_schema(path, filesystem=system).metadata or {}
    except (pa.ArrowException, OSError):
        return False
    return all(found.get(name.encode()) == value.encode() for name, value in stamp.items())


def heads(place: Place) -> list[tuple[str, str | None]]:
    """Id and digest of each document of a part of the table documents; without a digest where it failed."""
    path, system = _located(place)
    with asking(), pq.ParquetFile(path, filesystem=system) as file:
        table = file.read(columns=["doc_id", "sha256", "status"])
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return [(doc_id, sha256 if status == Status.OK else None) for doc_id, sha256, status in rows]


def _located(place: Place) -> tuple[str, Any]:
    """How pyarrow is told of it: its path, and the file system that it is in."""
    if isinstance(place, Path):
        return str(place), None
    system, path = filesystem(place)
    return path, system


def merge(task: MergeTask) -> None:
    """Write one part of each table, from finished shards and from documents that are kept.

    Raises OSError where it cannot write, or the folder to write to is gone, since its run was killed.
    """
    for name in TABLES:
        path = Path(task.into, name, f"{task.part}.parquet")
        path.parent.mkdir(exist_ok=True)
        part = Parquet(path, file_schema(name, task.stamp))
        try:
            for rows in _merged(_sources(task, name)):
                part.write(rows)
        except BaseException:
            part.abandon()
            raise
        part.close()
        sync(path)


def sync(path: Path) -> None:
    """Let what is written survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sources(task: MergeTask, name: str) -> list["_Cursor"]:
    keep = pa.array(task.keep, pa.string())
    old = [_kept(Path(task.tables, name, f"{part}.parquet"), keep) for part in task.old if task.keep]
    return [_Cursor(tables) for tables in (*old, _read([Path(shard) for shard in task.shards], name))]


def _kept(path: Path, keep: pa.Array) -> Iterator[pa.Table]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=GROUP_ROWS):
            mask = pc.is_in(batch.column("doc_id"), value_set=keep)
            yield pa.Table.from_batches([batch]).filter(mask)


def _read(shards: Sequence[Path], name: str) -> Iterator[pa.Table]:
    for shard in shards:
        with pa.OSFile(str(shard / name / f"{PART}{Stream.SUFFIX}")) as file, pa.ipc.open_stream(file) as stream:
            for batch in stream:
                yield pa.Table.from_batches([batch])


class _Cursor:
    """A place in a sequence of rows that are sorted by document."""

    def __init__(self, tables: Iterator[pa.Table]) -> None:
        self._tables = tables
        self._table: pa.Table | None = None
        self._step()

    def _step(self) -> None:
        self._table = next((table for table in self._tables if table.num_rows), None)

    @property
    def head(self) -> str | None:
        """The document that the next row is of; None at the end."""
        return None if self._table is None else str(self._table["doc_id"][0].as_py())

    def before(self, limit: str | None) -> Iterator[pa.Table]:
        """All rows of documents that come before ``limit``."""
        while self._table is not None:
            ids = self._table["doc_id"]
            end = len(ids)
            if limit is not None and ids[-1].as_py() >= limit:
                end = bisect_left(range(end), limit, key=lambda row: ids[row].as_py())
            if end == 0:
                return
            yield self._table.slice(0, end)
            if end < len(ids):
                self._table = self._table.slice(end)
                return
            self._step()


def _merged(cursors: list[_Cursor]) -> Iterator[pa.Table]:
    while live := [cursor for cursor in cursors if cursor.head is not None]:
        live.sort(key=lambda cursor: cursor.head or "")
        yield from live[0].before(live[1].head if len(live) > 1 else None)
