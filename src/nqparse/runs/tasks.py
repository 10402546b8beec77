"""The units of work of a run: whatever places them, on one core or on a cluster, does the same with them.

A task is a small value, which names files and folders that every worker reaches, by their paths or addresses; it goes
to a worker as JSON.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a worker may take over one file, in seconds, and how much memory it may hold, in bytes."""

    timeout: float | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Read the files, and write their rows to a finished shard: the folder ``shard``, which then exists.

    In a store the shard is one object.
    """

    files: tuple[tuple[str, str, int, str], ...]
    """Path, doc_id, size and digest of each."""
    shard: str
    failed: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Why some of them are not to be read, by doc_id: the finding's code, and the reason."""
    strict: bool = False
    """Whether what a rule raises is raised."""


@dataclass(frozen=True, slots=True)
class MergeTask:
    """Lay shards, and the rows of documents that have not changed, together as one part of each table."""

    part: str
    """Its name, without ``.parquet``."""
    shards: tuple[str, ...]
    """Finished shards, in the order of their documents."""
    old: tuple[str, ...]
    """Names of the parts of ``tables`` that hold documents to keep."""
    keep: tuple[str, ...]
    """Their ids, in order."""
    tables: str
    """The folder of the tables as they are."""
    into: str
    """The folder to write ``TABLE/PART.parquet`` to."""
    stamp: dict[str, str]


Task = ReadTask | MergeTask
_KINDS: dict[str, type[Task]] = {"read": ReadTask, "merge": MergeTask}


def to_json(task: Task) -> str:
    """The task on one line."""
    kind = next(name for name, type_ in _KINDS.items() if isinstance(task, type_))
    return json.dumps({"kind": kind, **asdict(task)})


def from_json(line: str | bytes) -> Task:
    """The task that ``to_json`` wrote.

    >>> task = ReadTask((("in/a.txt", "a.txt", 5, "ab12"),), "out/shard")
    >>> from_json(to_json(task)) == task
    True
    """
    values: dict[str, Any] = json.loads(line)
    kind = _KINDS[values.pop("kind")]
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(tuple(item) if isinstance(item, list) else item for item in value)
    return kind(**values)
