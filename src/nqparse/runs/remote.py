"""The output as objects of a store, which knows no folders, no renaming and no locks, but whole objects.

The layout is that of ``store.py``. New parts are put aside, in ``OUT/.nqparse/next-…``. When all are there, the object
``commit`` names them, and from then on the run counts as done: the next one copies what a kill kept from being copied.
Each part is copied over the old one, within the store: who asks for it is given the one or the other. Where the number
of parts changes, the new ones are copied first, and the old ones removed then: in between a table holds both.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from uuid import uuid4

from nqparse.addresses import Address, contents, copy, each, listed, remove, write
from nqparse.errors import InputError
from nqparse.runs.leases import Lease, leased
from nqparse.runs.parsing import Outcome
from nqparse.runs.staging import outcomes_there
from nqparse.runs.store import WORK, common_parts, part_names

_NEXT = re.compile(r"(next-\w+)/.+")


class RemoteStore:
    """The output of a run in a store; use ``opened`` to get one that may be written to."""

    def __init__(self, out: Address, tables: Sequence[str], lease: Lease | None = None) -> None:
        self.out = out
        self._tables = tables
        self._work = out / WORK
        self._lease = lease
        self._next: Address | None = None
        self._shards: frozenset[str] | None = None

    @property
    def shards(self) -> Address:
        """Where finished shards are."""
        return self._work / "shards"

    def parts(self) -> tuple[str, ...]:
        """Names of the parts that all tables have; none where they do not have the same, or some are missing."""
        return common_parts(_names(self.out / table) for table in self._tables)

    def outcomes(self, key: str) -> list[Outcome]:
        """What became of the files of a finished shard; none where there is no such shard."""
        if self._shards is None:
            self._shards = frozenset(_names(self.shards))
        return outcomes_there(self.shards / key) if key in self._shards else []

    def drop(self, key: str) -> None:
        """A shard that is of no use is replaced when it is written anew."""

    def recover(self) -> None:
        """Finish what a run that was killed had committed; clear away what it had not."""
        if "commit" in _names(self._work):
            about = json.loads(contents(self._work / "commit"))
            self._move(self._work / about["folder"], about["parts"])
        for folder in {match[1] for name in _names(self._work) if (match := _NEXT.fullmatch(name))}:
            _clear(self._work / folder)

    def start(self) -> Address:
        """A new place to write ``TABLE/PART.parquet`` to."""
        self._next = self._work / f"next-{uuid4().hex}"
        return self._next

    def abandon(self) -> None:
        """Clear away what was written to the place that ``start`` gave, unless it was committed."""
        if self._next is not None:
            with suppress(OSError):  # the next run does it
                _clear(self._next)
            self._next = None

    def commit(self, parts: int) -> None:
        """Let the parts that were written to the place that ``start`` gave take theirs, among ``parts`` of them.

        Raises InputError where another run has taken the lock meanwhile, and OSError where the store refuses.
        """
        if self._next is None:
            raise RuntimeError("commit without start")
        if self._lease is not None:
            self._lease.confirm()
        folder, self._next = self._next, None  # from here on it is the next run's to judge, whatever happens
        about = {"folder": folder.url.rpartition("/")[2], "parts": parts}
        write(json.dumps(about).encode(), self._work / "commit")
        self._move(folder, parts)

    def clear(self) -> None:
        """Remove finished shards."""
        _clear(self.shards)
        self._shards = frozenset()

    def _move(self, folder: Address, parts: int) -> None:
        wanted = {f"{name}.parquet" for name in part_names(parts)}
        new = [name for name in _names(folder) if name.rpartition("/")[2] in wanted]
        _all(lambda part: copy(part, self.out / part.url.removeprefix(f"{folder}/")), (folder / name for name in new))
        for table in self._tables:
            _all(remove, (self.out / table / name for name in _names(self.out / table) if name not in wanted))
        self.clear()
        remove(self._work / "commit")
        _clear(folder)


def _names(place: Address) -> list[str]:
    """What is below a place, in order, each by its name from there on."""
    try:
        return sorted(listed(place))
    except FileNotFoundError:
        return []


def _clear(place: Address) -> None:
    _all(remove, (place / name for name in _names(place)))


def _all(do: Callable[[Address], None], places: Iterable[Address]) -> None:
    for _ in each(do, places):
        pass


@contextmanager
def opened(out: Address, tables: Sequence[str]) -> Iterator[RemoteStore]:
    """The output, locked for one run and recovered from one that was killed.

    Raises InputError where it cannot be written, where another run holds it, and where a table's place holds anything
    but Parquet files and so is not ours to replace.
    """
    refuse_foreign(out, tables)
    with refusing(out), leased(out / WORK / "locks", out) as lease:
        store = RemoteStore(out, tables, lease)
        store.recover()
        yield store


def refuse_foreign(out: Address, tables: Sequence[str]) -> None:
    """Raise InputError where ``out`` holds under a table's name what is not ours, or cannot be listed."""
    with refusing(out):
        for table in tables:
            for name in _names(out / table):
                if "/" in name or not name.endswith(".parquet"):
                    raise InputError(
                        f"{out / table / name}: not a table of nqparse, and would be replaced; choose another place "
                        "with --out"
                    )


@contextmanager
def refusing(out: Address) -> Iterator[None]:
    """Turn what the store refuses into an InputError that says what to do."""
    try:
        yield
    except BrokenPipeError:  # of whoever reads what the block prints, not of the store
        raise
    except OSError as error:
        raise InputError(
            f"{out}: cannot be written: {error.strerror or error}; no table is broken, and what is done is kept: check "
            "the address, the bucket, the credentials and the endpoint, and run it again"
        ) from error
