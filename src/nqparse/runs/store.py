"""The output folder: tables whose parts are replaced one by one, each by one rename: none is ever half or missing.

A table is ``part-00000.parquet``, or ``part-00000-of-00016.parquet`` to ``part-00015-of-00016.parquet``: a fixed set of
names for a number of documents. A run writes its new parts aside, in ``OUT/.nqparse``. When all are whole, their folder
is renamed to ``commit-N``, and from then on the run counts as done: the next one finishes what a kill kept from being
moved. Each part takes the place of the old one by one rename, and nothing else is done between two renames. All rows
of a document are in one part of a table, so a reader that opens each part once sees them all old or all new. One that
opens a part twice can meet the old part and then the new one; it then fails, and has to read again. Where the number of
parts changes, the old and the new folder change places.
"""

import ctypes
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from nqparse.errors import InputError
from nqparse.runs.parsing import Outcome
from nqparse.runs.parts import sync
from nqparse.runs.shards import outcomes_of

WORK = ".nqparse"
"""What is in there under an output is of its runs."""
_STEPS = ((1_000, 1), (10_000, 16), (1_000_000, 64), (10_000_000, 256))
_MOST_PARTS = 4096
_PART = re.compile(r"part-\d{5}(?:-of-(\d{5}))?\.parquet")
_COMMIT = re.compile(r"commit-(\d+)")
_AT_FDCWD = -100
_EXCHANGE = 2


def parts_for(documents: int) -> int:
    """How many parts the tables of so many documents have.

    >>> parts_for(0), parts_for(20_000), parts_for(100_000_000)
    (1, 64, 4096)
    """
    return next((parts for most, parts in _STEPS if documents <= most), _MOST_PARTS)


def part_names(parts: int) -> tuple[str, ...]:
    """The names of that many parts, without ``.parquet``.

    >>> part_names(1), part_names(16)[1]
    (('part-00000',), 'part-00001-of-00016')
    """
    return ("part-00000",) if parts == 1 else tuple(f"part-{i:05d}-of-{parts:05d}" for i in range(parts))


def common_parts(tables: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Names of the parts that all tables have, by the names of each one's files; none where some lack, or are others.

    >>> common_parts([["part-00000.parquet"], ["part-00000.parquet"]])
    ('part-00000',)
    >>> common_parts([["part-00000.parquet"], []])
    ()
    """
    found = {frozenset(map(_part_of, files)) for files in tables}
    names = found.pop() if len(found) == 1 else frozenset()
    return part_names(len(names)) if names == set(part_names(len(names))) else ()


def _part_of(file: str) -> str:
    """The part that a file is, without ``.parquet``; empty for another file."""
    return file.removesuffix(".parquet") if _PART.fullmatch(file) else ""


class Store:
    """The output folder of a run, locked; use ``opened`` to get one."""

    def __init__(self, out: Path, tables: Sequence[str]) -> None:
        self.out = out.absolute()
        self._tables = tables
        self._work = self.out / WORK
        self._next: Path | None = None

    @property
    def shards(self) -> Path:
        """The folder of finished shards."""
        return self._work / "shards"

    def parts(self) -> tuple[str, ...]:
        """Names of the parts that all tables have; none where they do not have the same, or some are missing."""
        return common_parts(_files(self.out / table) for table in self._tables)

    def outcomes(self, key: str) -> list[Outcome]:
        """What became of the files of a finished shard; none where there is no such shard."""
        return outcomes_of(self.shards / key)

    def drop(self, key: str) -> None:
        """Remove a shard that is of no use."""
        shutil.rmtree(self.shards / key, ignore_errors=True)

    def recover(self) -> None:
        """Finish what a run that was killed had committed; clear away what it had not."""
        if not self._work.is_dir():
            return
        for folder in sorted(self._work.iterdir()):
            if (commit := _COMMIT.fullmatch(folder.name)) is not None:
                self._move(folder, int(commit[1]))
            elif folder.name.startswith("next-"):
                shutil.rmtree(folder, ignore_errors=True)
        for aside in self.shards.glob("*.*"):
            shutil.rmtree(aside, ignore_errors=True)

    def start(self) -> Path:
        """A new folder to write ``TABLE/PART.parquet`` to."""
        self.shards.mkdir(parents=True, exist_ok=True)
        self._next = self._work / f"next-{uuid4().hex}"
        self._next.mkdir()
        return self._next

    def abandon(self) -> None:
        """Remove the folder that ``start`` gave, unless it was committed."""
        if self._next is not None:
            shutil.rmtree(self._next, ignore_errors=True)
            self._next = None

    def commit(self, parts: int) -> None:
        """Let the parts in the folder that ``start`` gave take their places, among ``parts`` of them."""
        if self._next is None:
            raise RuntimeError("commit without start")
        committed = self._next.with_name(f"commit-{parts}")
        self._next.rename(committed)
        self._next = None
        sync(self._work)
        self._move(committed, parts)

    def clear(self) -> None:
        """Remove finished shards."""
        shutil.rmtree(self.shards, ignore_errors=True)

    def _move(self, folder: Path, parts: int) -> None:
        names = set(part_names(parts))
        moves = [move for table in self._tables for move in _moves(folder / table, self.out / table, names)]
        for new, old in moves:  # nothing else is done between two renames: readers may be at the parts
            new.replace(old)
        for table in self._tables:
            if (folder / table).is_dir():
                _put_in_place(folder / table, self.out / table, names)
                sync(self.out / table)
        self.clear()
        shutil.rmtree(folder)


def _moves(new: Path, old: Path, names: set[str]) -> list[tuple[Path, Path]]:
    """Each new part of a table, with the place that it takes; none where the whole table has to be put in place."""
    found = _names(new)
    if _names(old) != names or not found <= names:  # with other files in it, ``new`` is the old table
        return []
    return [(new / f"{name}.parquet", old / f"{name}.parquet") for name in sorted(found)]


def _put_in_place(new: Path, old: Path, names: set[str]) -> None:
    """Let a whole table take the place of one that has other parts, or of none."""
    if _names(new) != names:  # it has been put there already, and this is the old one
        return
    if not old.exists():
        new.rename(old)
    elif not _exchange(new, old):
        aside = new.with_name(f"{new.name}-old")
        old.rename(aside)
        new.rename(old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can do that."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    arguments = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return rename is not None and rename(*arguments) == 0


def _names(folder: Path) -> set[str]:
    """The names of the parts in a folder; with a name that is none where other Parquet files are there too."""
    return set(map(_part_of, _files(folder)))


def _files(folder: Path) -> list[str]:
    """The names of the Parquet files in a folder; none where it is none."""
    return [path.name for path in folder.glob("*.parquet")] if folder.is_dir() else []


@contextmanager
def opened(out: Path, tables: Sequence[str]) -> Iterator[Store]:
    """The output folder, locked for one run and recovered from one that was killed.

    Raises InputError where it cannot be written, where another run holds it, and where a folder with a table's name
    holds anything but Parquet files and so is not ours to replace.
    """
    refuse_foreign(out, tables)
    with refusing(out):
        (out / WORK).mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / WORK / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise InputError(
                f"{out}: another run is writing to it; wait for its end, or choose another folder with --out"
            ) from error
        with lock:
            store = Store(out, tables)
            store.recover()
            yield store


def refuse_foreign(out: Path, tables: Sequence[str]) -> None:
    """Raise InputError where ``out`` is no folder, or holds under a table's name what is not ours."""
    above = next(path for path in (out, *out.absolute().parents) if path.exists())
    if not above.is_dir():
        raise InputError(f"{out}: {above} is a file; choose a folder with --out")
    for folder in (out / table for table in tables):
        other = _foreign(folder)
        if other is not None:
            raise InputError(
                f"{other}: not a table of nqparse, and would be replaced; choose another folder with --out"
            )


def _foreign(folder: Path) -> Path | None:
    if not folder.is_dir():
        return folder if folder.exists() else None
    return next((path for path in sorted(folder.iterdir()) if path.suffix != ".parquet" or path.is_dir()), None)


@contextmanager
def refusing(out: Path) -> Iterator[None]:
    """Turn what the system refuses into an InputError that says what to do."""
    try:
        yield
    except BrokenPipeError:  # of whoever reads what the block prints, not of the output folder
        raise
    except OSError as error:
        reason = error.strerror or error
        raise InputError(
            f"{out}: cannot be written: {reason}; the tables are as they were, and what is done is kept: make room "
            "or choose another folder with --out, and run it again"
        ) from error
