"""The tasks of a run on dask.distributed: a cluster that is there, or one of this machine.

Each of its workers does a task in a process of its own, as the local pool does, so that a file that kills, hangs or
fills that process is failed by the same rules. What ends the worker itself is the scheduler's to see: it does the task
elsewhere, and gives up after some workers. Then the task's files are tried one by one, and those that end workers again
are failed. All workers have to reach the folders and the patterns by the same paths, and run the same nqparse.
"""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqparse.errors import InputError, NqparseError
from nqparse.runs.parsing import Outcome
from nqparse.runs.pool import Pool
from nqparse.runs.shards import key_of
from nqparse.runs.tasks import Limits, ReadTask, Task, from_json, to_json
from nqparse.version import build

if TYPE_CHECKING:
    from distributed import Client, Future

_AHEAD = 4
"""So many tasks for each thread of the cluster are with the scheduler at a time."""
_RETRIES = 2
_NEVER = "1000 days"
"""A local cluster gives a worker up for good that is away so long: one that a file ends again and again seems to be."""
_ANY_PORT = "127.0.0.1:0"
"""Of what a local scheduler tells of itself: on a fixed port, a second run would complain of the first."""
_KILLS = "it ended the workers that read it, one after the other; give them more memory, or report this"
_here = threading.local()


def perform(line: str, patterns: Sequence[str], limits: Limits, expected: str) -> list[tuple[Any, ...]]:
    """Do one task, on a worker of the cluster, and give the outcomes of its files."""
    if build() != expected:
        raise NqparseError("a worker of the cluster has another nqparse, or other libraries; install the same there")
    key = (tuple(patterns), limits)
    if getattr(_here, "key", None) != key:
        _here.pool, _here.key = Pool(1, [Path(folder) for folder in patterns], limits), key
    pool: Pool = _here.pool
    return [tuple(outcome) for outcome in pool.run([from_json(line)])]


class Cluster:
    """An engine that places the tasks on a cluster."""

    def __init__(self, client: "Client", patterns: Sequence[Path], limits: Limits) -> None:
        self._client = client
        self._about = ([str(folder.absolute()) for folder in patterns], limits, build())

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Do the tasks, and give the outcome of each file; raises what a task raised each time that it was tried."""
        from distributed import KilledWorker, as_completed

        waiting = iter(tasks)
        placed = {self._submit(task): task for task in islice(waiting, self._room())}
        done = as_completed(list(placed))
        for future in done:
            task = placed.pop(future)
            try:
                yield from (Outcome(*row) for row in future.result())
                following = next(waiting, None)
            except KilledWorker:
                following = self._without_killers(task)
            if following is not None:
                again = self._submit(following)
                placed[again] = following
                done.add(again)

    def _room(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return _AHEAD * max(1, sum(threads.values()))

    def _submit(self, task: Task) -> "Future":
        return self._client.submit(perform, to_json(task), *self._about, pure=False, retries=_RETRIES)

    def _without_killers(self, task: Task) -> Task:
        """The task, with those of its files marked as failed that end workers when they are tried alone."""
        if not isinstance(task, ReadTask):
            raise NqparseError("workers of the cluster that write tables are killed; give them more memory")
        files = [file for file in task.files if file[1] not in task.failed]
        killers = [file for file in files if self._kills(task, file)] if len(files) > 1 else files
        if not killers:
            raise NqparseError("workers of the cluster are killed, whatever they read; look at their logs")
        return replace(task, failed={**task.failed, **{doc_id: ("process_died", _KILLS) for _, doc_id, *_ in killers}})

    def _kills(self, task: ReadTask, file: tuple[str, str, int, str]) -> bool:
        from distributed import KilledWorker

        alone = f"{task.shard}.{key_of([(file[1], file[3])])}"  # cleared away with what is unfinished
        try:
            self._submit(ReadTask((file,), alone)).result()
        except KilledWorker:
            return True
        return False


@contextmanager
def cluster(
    scheduler: str | None, workers: int, patterns: Sequence[Path] = (), limits: Limits | None = None
) -> Iterator[Cluster]:
    """The cluster of that scheduler; without an address, one of this machine with so many workers.

    Raises InputError where dask.distributed is not installed, or the scheduler is not there.
    """
    try:
        from dask import config
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise InputError("--engine dask: dask.distributed is missing; pip install 'nqparse[dask]'") from error
    if scheduler is None:
        logging.getLogger("distributed.nanny").setLevel(logging.ERROR)  # it warns of workers that are slow to end
        with (
            config.set({"distributed.deploy.lost-worker-timeout": _NEVER}),
            LocalCluster(
                n_workers=max(1, workers),
                threads_per_worker=1,
                memory_limit=0,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": _ANY_PORT},
            ) as local,
            Client(local) as client,
        ):
            yield Cluster(client, patterns, limits or Limits())
        return
    try:
        client = Client(scheduler, timeout=30)
    except OSError as error:
        raise InputError(f"--scheduler {scheduler}: no scheduler answers there; check the address") from error
    with client:
        yield Cluster(client, patterns, limits or Limits())
