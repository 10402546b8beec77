"""Where the tables of a run go: a folder of this machine, or a place in a store; a run does the same with either."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from nqparse.addresses import Address, Place
from nqparse.runs import remote, store
from nqparse.runs.parsing import Outcome


class Output(Protocol):
    """The tables, and what is on its way to them."""

    @property
    def out(self) -> Place:
        """Where the tables are."""
        ...

    @property
    def shards(self) -> Place:
        """Where finished shards are."""
        ...

    def parts(self) -> tuple[str, ...]:
        """Names of the parts that all tables have; none where they do not have the same, or some are missing."""
        ...

    def outcomes(self, key: str) -> list[Outcome]:
        """What became of the files of a finished shard; none where there is no such shard."""
        ...

    def drop(self, key: str) -> None:
        """Remove a shard that is of no use."""
        ...

    def recover(self) -> None:
        """Finish what a run that was killed had committed; clear away what it had not."""
        ...

    def start(self) -> Place:
        """A new place to write ``TABLE/PART.parquet`` to."""
        ...

    def abandon(self) -> None:
        """Clear away what was written to the place that ``start`` gave, unless it was committed."""
        ...

    def commit(self, parts: int) -> None:
        """Let the parts that were written to the place that ``start`` gave take theirs, among ``parts`` of them."""
        ...

    def clear(self) -> None:
        """Remove finished shards."""
        ...


def output(out: Place, tables: Sequence[str]) -> Output:
    """The output to look at; raises InputError where what is there is not ours."""
    if isinstance(out, Address):
        remote.refuse_foreign(out, tables)
        return remote.RemoteStore(out, tables)
    store.refuse_foreign(out, tables)
    return store.Store(out, tables)


def opened(out: Place, tables: Sequence[str]) -> AbstractContextManager[Output]:
    """The output, locked for one run and recovered from one that was killed; raises InputError as each kind says."""
    return remote.opened(out, tables) if isinstance(out, Address) else store.opened(out, tables)


def refusing(out: Place) -> AbstractContextManager[None]:
    """What turns what the system, or the store, refuses into an InputError that says what to do."""
    return remote.refusing(out) if isinstance(out, Address) else store.refusing(out)
