"""A folder of documents in, a folder of tables out.

A run is: list the files, compare them with the tables that are there, read those that are new or changed in shards, lay
shards and what is kept together as new parts, and let these take the places of the old. The middle two are tasks, which
an engine places: worker processes of this machine, or a cluster.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Protocol

from nqparse.addresses import Address, Place
from nqparse.faults import strict_here
from nqparse.inputs import PassedOver, ignore, list_all, list_files
from nqparse.models import TABLES
from nqparse.packs.load import load_pack, pack_digest
from nqparse.runs import shards
from nqparse.runs.outputs import Output, opened, output, refusing
from nqparse.runs.parsing import Outcome
from nqparse.runs.planning import Part, Plan, Shard, plan
from nqparse.runs.pool import Pool
from nqparse.runs.staging import perform
from nqparse.runs.tasks import Limits, MergeTask, ReadTask, Task
from nqparse.tables import stamp
from nqparse.version import __version__


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is, after each file."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int
    document: Outcome


Progress = Callable[[Step], None]


class Engine(Protocol):
    """What places tasks, in any order, and gives the outcome of each file."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Do all tasks; those of one call do not depend on each other."""
        ...


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is made; none of it changes what the tables hold, but for files that meet a limit."""

    workers: int = 0
    """How many processes; with 0 the files are read in this one, where no file can be given up on."""
    limits: Limits = field(default_factory=Limits)
    follow_links: bool = False
    """Whether links that lead out of a folder are followed."""
    full: bool = False
    """Read all files, whatever the tables hold."""
    strict: bool | None = None
    """Whether what a rule raises ends the run, instead of being passed over; None asks the environment."""
    engine: Engine | None = None
    """What places the tasks, where it is not processes of this machine."""


_PLAINLY = Options()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run read and found."""

    files: int = 0
    """How many were read."""
    failed: int = 0
    partial: int = 0
    """How many were read but for some lines."""
    bytes: int = 0
    sections: int = 0
    indicators: int = 0
    findings: int = 0
    unchanged: int = 0
    removed: int = 0
    passed_over: int = 0
    """How many files and folders were not read, for what they are."""
    seconds: float = 0.0
    failures: tuple[str, ...] = ()
    """What is told of the files that failed,"""
    partials: tuple[str, ...] = ()
    """and of those that are partial."""
    other_endings: Mapping[str, int] = field(default_factory=dict)
    """How many files of the folders were passed over for their ending, by ending ("" where there is none)."""

    @property
    def megabytes_per_second(self) -> float:
        """Speed of the run, in millions of bytes read per second."""
        return self.bytes / 1e6 / self.seconds if self.seconds else 0.0

    def and_one_more(self, outcome: Outcome) -> "Summary":
        """The summary with one more file."""
        return replace(
            self,
            files=self.files + 1,
            failed=self.failed + (outcome.failure is not None),
            partial=self.partial + (outcome.partial is not None),
            bytes=self.bytes + outcome.bytes,
            sections=self.sections + outcome.sections,
            indicators=self.indicators + outcome.indicators,
            findings=self.findings + outcome.findings,
            failures=(*self.failures, outcome.failure) if outcome.failure is not None else self.failures,
            partials=(*self.partials, outcome.partial) if outcome.partial is not None else self.partials,
        )


def run(
    inputs: Sequence[Place],
    out: Place,
    *,
    patterns: Sequence[Path] = (),
    globs: Sequence[str] = (),
    root: Place | None = None,
    options: Options = _PLAINLY,
    progress: Progress | None = None,
    passed_over: PassedOver = ignore,
) -> Summary:
    """Read what is new or changed of ``inputs`` and bring the tables in ``out`` up to date; either may be in a store.

    They are, byte for byte, what a run over all files writes, and whole at any moment. A file that cannot be read is a
    row of ``documents`` with status ``failed`` and a finding, and harms no other. ``root`` and ``passed_over`` are
    those of ``list_all``. Raises InputError where there is nothing to read, ``out`` cannot be written, or is being
    written.
    """
    started = perf_counter()
    with _engine(options, patterns, (out, *inputs)) as engine:  # it starts while files are listed and compared
        seen = _Seen(passed_over)
        found = list_all(inputs, globs, root=root, follow_links=options.follow_links, passed_over=seen)
        made = stamp(__version__, pack_digest(*patterns))
        with opened(out, tuple(TABLES)) as store, refusing(out):
            if options.full:
                store.clear()
            todo = plan(found.files, store, made, options.limits, full=options.full)
            summary = Summary(
                unchanged=todo.unchanged,
                removed=todo.removed,
                passed_over=seen.count,
                other_endings=found.other_endings,
            )
            if todo.changes:
                summary = _carry_out(todo, store, made, engine, _Teller(todo, summary, progress), _is_strict(options))
            else:
                store.clear()  # a run that was broken off may have left what is of no use now
    return replace(summary, seconds=perf_counter() - started)


def dry_run(
    inputs: Sequence[Place],
    out: Place,
    *,
    patterns: Sequence[Path] = (),
    globs: Sequence[str] = (),
    root: Place | None = None,
    options: Options = _PLAINLY,
) -> Plan:
    """What ``run`` would do; nothing is written."""
    store = output(out, tuple(TABLES))
    made = stamp(__version__, pack_digest(*patterns))
    files = list_files(inputs, globs, root=root, follow_links=options.follow_links)
    return plan(files, store, made, options.limits, full=options.full)


def _carry_out(
    todo: Plan, store: Output, made: dict[str, str], engine: Engine, teller: "_Teller", strict: bool
) -> Summary:
    """Do what the plan says; what is finished when it is broken off is kept for the next run."""
    folder = store.start()
    try:
        _read(todo, store, engine, teller, strict)
        for _ in engine.run([_merging(part, store, folder, made) for part in todo.changes]):
            pass
        store.commit(todo.parts)
    finally:
        store.abandon()
    return teller.summary


def _read(todo: Plan, store: Output, engine: Engine, teller: "_Teller", strict: bool) -> None:
    wanted = {shard.key: shard for part in todo.changes for shard in part.shards}
    for key in list(wanted):
        outcomes = store.outcomes(key)
        if shards.is_of(outcomes, wanted[key].digests):  # a run that then was killed has finished it
            del wanted[key]
            for outcome in outcomes:
                teller.tell(outcome)
        else:
            store.drop(key)
    largest_first = sorted(wanted.values(), key=lambda shard: -sum(file.size for file in shard.files))
    for outcome in engine.run([_reading(shard, store, strict) for shard in largest_first]):
        teller.tell(outcome)


def _reading(shard: Shard, store: Output, strict: bool) -> ReadTask:
    digests = dict(shard.digests)
    files = tuple((str(file.path), file.doc_id, file.size, digests[file.doc_id]) for file in shard.files)
    return ReadTask(files, str(store.shards / shard.key), strict=strict)


def _merging(part: Part, store: Output, folder: Place, made: dict[str, str]) -> MergeTask:
    finished = tuple(str(store.shards / shard.key) for shard in part.shards)
    return MergeTask(part.name, finished, part.old, part.keep, str(store.out), str(folder), made)


def _is_strict(options: Options) -> bool:
    return strict_here() if options.strict is None else options.strict


class _Seen:
    """Counts what is passed over, and tells of it."""

    def __init__(self, tell: PassedOver) -> None:
        self.count = 0
        self._tell = tell

    def __call__(self, path: Place, reason: str) -> None:
        self.count += 1
        self._tell(path, reason)


class _Teller:
    """Adds up the outcomes, and tells how far the run is."""

    def __init__(self, todo: Plan, summary: Summary, progress: Progress | None) -> None:
        self.summary = summary
        self._progress = progress
        self._sizes: dict[str, int] = {file.doc_id: file.size for file in todo.files}
        self._bytes = sum(self._sizes.values())
        self._done = 0

    def tell(self, outcome: Outcome) -> None:
        """Count one more file."""
        self.summary = self.summary.and_one_more(outcome)
        self._done += self._sizes[outcome.doc_id]
        if self._progress is not None:
            self._progress(Step(self.summary.files, len(self._sizes), self._done, self._bytes, outcome))


@contextmanager
def _engine(options: Options, patterns: Sequence[Path], places: Iterable[Place]) -> Iterator[Engine]:
    if options.engine is not None:
        yield options.engine
    elif options.workers == 0 or any(map(_is_of_this_process, places)):
        yield _Here(patterns)
    else:
        with Pool(options.workers, patterns, options.limits) as pool:
            yield pool


def _is_of_this_process(place: Place) -> bool:
    return isinstance(place, Address) and place.is_of_this_process


class _Here:
    """Does the tasks in this process."""

    def __init__(self, patterns: Sequence[Path]) -> None:
        self._patterns = patterns

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        pack = load_pack(*self._patterns)
        for task in tasks:
            told: list[Outcome] = []
            perform(task, pack, told.append)
            yield from told
