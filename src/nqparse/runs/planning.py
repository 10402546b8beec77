"""What a run has to do: which files are new, changed or gone since the tables were written, and the tasks for that."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from nqparse.addresses import Place, each
from nqparse.inputs import InputFile
from nqparse.models import TABLES
from nqparse.runs import shards
from nqparse.runs.outputs import Output
from nqparse.runs.parts import heads, made_as
from nqparse.runs.store import part_names, parts_for
from nqparse.runs.tasks import Limits
from nqparse.text.encodings import file_digest

Digests = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """Files to read together."""

    key: str
    files: tuple[InputFile, ...]
    digests: Digests


@dataclass(frozen=True, slots=True)
class Part:
    """A part to write: which shards go into it, which documents of which old parts."""

    name: str
    shards: tuple[Shard, ...]
    old: tuple[str, ...]
    keep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do, and how many files are of which kind."""

    parts: int
    """Of how many parts each table consists afterwards."""
    changes: tuple[Part, ...]
    """The parts to write; the others stay."""
    new: int
    changed: int
    unchanged: int
    removed: int

    @property
    def files(self) -> tuple[InputFile, ...]:
        """The files to read."""
        return tuple(file for part in self.changes for shard in part.shards for file in shard.files)


@dataclass(frozen=True, slots=True)
class _Old:
    """The tables as they are: names of their parts; digest by document, None where it is to be read again."""

    parts: tuple[str, ...]
    digests: Mapping[str, str | None]


def plan(files: Sequence[InputFile], store: Output, stamp: Mapping[str, str], limits: Limits, *, full: bool) -> Plan:
    """Compare the files, by content, with the tables; with ``full``, and where these were made otherwise, all are new.

    A document that failed is read again: what failed may have been the machine.
    """
    old = _Old((), {}) if full else _old(store, stamp)
    count = parts_for(len(files))
    buckets: list[list[InputFile]] = [[] for _ in range(count)]
    for file in files:
        buckets[bucket_of(file.doc_id, count)].append(file)
    there = _by_bucket(old, count)
    changes, unchanged, new = [], 0, 0
    for number, bucket in enumerate(buckets):
        part = _part(number, count, bucket, old, stamp, limits)
        unchanged += len(part.keep)
        new += sum(file.doc_id not in old.digests for shard in part.shards for file in shard.files)
        if len(old.parts) != count or part.shards or len(part.keep) < there[number]:
            changes.append(part)
    changed = len(files) - new - unchanged
    return Plan(count, tuple(changes), new, changed, unchanged, len(old.digests) - unchanged - changed)


def bucket_of(doc_id: str, parts: int) -> int:
    """Which of so many parts a document is in.

    >>> bucket_of("2024/a.txt", 1), bucket_of("2024/a.txt", 64) % 16 == bucket_of("2024/a.txt", 16)
    (0, True)
    """
    return int.from_bytes(hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).digest()[:4]) % parts


def _old(store: Output, stamp: Mapping[str, str]) -> _Old:
    names = store.parts()
    files = {table: [_part_file(store.out, table, name) for name in names] for table in TABLES}
    if not all(each(lambda file: made_as(file, stamp), [file for paths in files.values() for file in paths])):
        return _Old((), {})
    return _Old(names, dict(chain.from_iterable(each(heads, files["documents"]))))


def _part_file(out: Place, table: str, name: str) -> Place:
    return out / table / f"{name}.parquet"


def _by_bucket(old: _Old, count: int) -> list[int]:
    there = [0] * count
    for doc_id in old.digests:
        there[bucket_of(doc_id, count)] += 1
    return there


def _part(
    number: int, count: int, files: Sequence[InputFile], old: _Old, stamp: Mapping[str, str], limits: Limits
) -> Part:
    keep: list[str] = []
    todo: list[InputFile] = []
    digests: dict[str, str] = {}
    for file, found in zip(files, each(file_digest, [file.path for file in files]), strict=True):
        digest = found or ""
        if digest and old.digests.get(file.doc_id) == digest:
            keep.append(file.doc_id)
        else:
            todo.append(file)
            digests[file.doc_id] = digest
    cut = tuple(_shard(shard, digests, stamp, limits) for shard in shards.cut(todo))
    return Part(part_names(count)[number], cut, _old_parts(number, count, old), tuple(keep))


def _shard(files: Sequence[InputFile], digests: Mapping[str, str], stamp: Mapping[str, str], limits: Limits) -> Shard:
    found = tuple((file.doc_id, digests[file.doc_id]) for file in files)
    return Shard(shards.key_of(found, sorted(stamp.items()), limits), tuple(files), found)


def _old_parts(number: int, count: int, old: _Old) -> tuple[str, ...]:
    """The old parts that hold the documents of a new one: both numbers of parts are powers of two."""
    shared = min(count, len(old.parts))
    return tuple(name for place, name in enumerate(old.parts) if place % shared == number % shared)
