"""Doing tasks: those whose folders are in a store are done in a folder of this machine, whose files are then put there.

A store makes an object whole or not at all, so a shard is one object there: an archive of its files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from nqparse.addresses import Address, fetch, place_of, put
from nqparse.models import TABLES
from nqparse.packs.load import Pack
from nqparse.runs.parsing import Outcome
from nqparse.runs.parts import merge
from nqparse.runs.shards import Tell, outcomes_of, write_shard
from nqparse.runs.tasks import MergeTask, ReadTask, Task


def perform(task: Task, pack: Pack, tell: Tell) -> None:
    """Do one task; ``tell`` is called with the outcome of each file. Raises OSError where it cannot write."""
    if isinstance(task, ReadTask):
        with _shard_here(task) as here:
            write_shard(here, pack, tell)
    else:
        with _tables_here(task) as local:
            merge(local)


@contextmanager
def _shard_here(task: ReadTask) -> Iterator[ReadTask]:
    shard = place_of(task.shard)
    if isinstance(shard, Path):
        yield task
        return
    with TemporaryDirectory(prefix="nqparse-") as folder:
        here = Path(folder, "shard")
        yield replace(task, shard=str(here))
        archive = here.with_suffix(".zip")
        with ZipFile(archive, "w") as file:
            for path in sorted(path for path in here.rglob("*") if path.is_file()):
                file.write(path, path.relative_to(here))
        put(archive, shard)


@contextmanager
def _tables_here(task: MergeTask) -> Iterator[MergeTask]:
    tables, into = place_of(task.tables), place_of(task.into)
    if not isinstance(tables, Address) or not isinstance(into, Address):
        yield task
        return
    with TemporaryDirectory(prefix="nqparse-") as folder:
        shards = [_fetched(Address(shard), Path(folder, f"shard-{i}")) for i, shard in enumerate(task.shards)]
        old, new = Path(folder, "old"), Path(folder, "new")
        new.mkdir()
        for name in (f"{table}/{part}.parquet" for table in TABLES for part in task.old if task.keep):
            fetch(tables / name, old / name)
        yield replace(task, shards=tuple(map(str, shards)), tables=str(old), into=str(new))
        for path in sorted(new.rglob("*.parquet")):
            put(path, into / path.relative_to(new).as_posix())


def _fetched(shard: Address, folder: Path) -> Path:
    archive = folder.with_suffix(".zip")
    fetch(shard, archive)
    with ZipFile(archive) as file:
        file.extractall(folder)
    archive.unlink()
    return folder


def outcomes_there(shard: Address) -> list[Outcome]:
    """What became of the files of a finished shard in a store; raises OSError."""
    with TemporaryDirectory(prefix="nqparse-") as folder:
        return outcomes_of(_fetched(shard, Path(folder, "shard")))
