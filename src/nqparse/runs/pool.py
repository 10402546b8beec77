"""Worker processes of this machine: each has one task at a time, and none can take the run down with it.

A worker tells of each file when it is done. So when it dies, hangs or takes too much memory, the file that it was at is
known. It is replaced, and its task done again; a file at which that happened too often is failed, and harms no other.
"""

import os
import selectors
import signal
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from json import loads
from pathlib import Path
from time import monotonic
from typing import Any

from nqparse.errors import InputError, NqparseError, PatternError, RuleError
from nqparse.runs.parsing import Outcome
from nqparse.runs.tasks import Limits, MergeTask, ReadTask, Task, to_json

_TICK = 0.2
_CHUNK = 1 << 16
_CRASHED, _ENDED, _HUNG, _FULL = "crashed", "ended", "hung", "full"
_MOST = {_CRASHED: 3, _ENDED: 1, _HUNG: 1, _FULL: 2}
"""How often each may happen at one file before it is failed. A signal may be somebody's, memory an earlier file's."""
_NO_LIMITS = Limits()
_WORTH_A_WORKER = 1 << 18
"""So many bytes take about as long to read as a worker takes to start,"""
_MERGES_WORTH_A_WORKER = 32
"""and so many parts to write."""
LEAST_MEMORY = 256 << 20
"""A worker takes most of this before it has read anything."""


@dataclass(slots=True)
class _Job:
    """A task, with what happened to it so far."""

    task: Task
    told: int = 0
    strikes: Counter[tuple[str, str]] = field(default_factory=Counter)


class _Worker:
    """One process, and the job that it is at."""

    def __init__(self, patterns: Sequence[Path]) -> None:
        command = [sys.executable, "-m", "nqparse.runs.worker", *map(str, patterns)]
        found = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}  # modules as they are found here
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=found)
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("a worker has no pipes")
        self.writes, self.reads = self.process.stdin, self.process.stdout
        self.job: _Job | None = None
        self.ready = False
        self.done = 0
        """How many files of its task it has told of."""
        self.since = monotonic()
        self._rest = b""

    def begin(self, job: _Job) -> None:
        """Give it a job; a worker that has died meanwhile is seen when its answers end."""
        self.job, self.done, self.since = job, 0, monotonic()
        try:
            self.writes.write(to_json(job.task).encode() + b"\n")
            self.writes.flush()
        except BrokenPipeError:
            return

    def answers(self) -> list[Any] | None:
        """What it has sent since; None when it has ended."""
        data = os.read(self.reads.fileno(), _CHUNK)
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [loads(line) for line in lines] if data else None

    def stop(self) -> None:
        """End it at once, and let go of its pipes."""
        self.process.kill()
        self.process.wait()
        with suppress(BrokenPipeError):
            self.writes.close()
        self.reads.close()

    def memory(self) -> int:
        """The bytes that it holds in memory."""
        return _resident(self.process.pid)


def _resident(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return int(shown.stdout or 0) * 1024


class Pool:
    """Up to ``workers`` processes that do tasks, each with the patterns loaded once; use it with ``with``."""

    def __init__(self, workers: int, patterns: Sequence[Path] = (), limits: Limits = _NO_LIMITS) -> None:
        if limits.memory is not None and limits.memory < LEAST_MEMORY:
            raise InputError(f"--max-memory: a worker needs at least {LEAST_MEMORY >> 20} MB; give it more")
        self._most = workers
        self._patterns = patterns
        self._limits = limits
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self._false_starts = 0

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Do the tasks, in any order, and give the outcome of each file.

        Raises PatternError, or InputError where a worker cannot write; then what is unfinished is given up.
        """
        waiting = deque(map(_Job, tasks))
        most = min(self._most, _worth(job.task for job in waiting))
        while waiting or any(worker.job for worker in self._workers):
            self._hand_out(waiting, most)
            for key, _ in self._selector.select(_TICK):
                yield from self._hear(key.data, waiting)
            for worker in [worker for worker in self._workers if worker.job is not None and worker.ready]:
                self._watch(worker, waiting)

    def _hand_out(self, waiting: deque[_Job], most: int) -> None:
        idle = [worker for worker in self._workers if worker.job is None]
        while len(self._workers) < most and len(idle) < len(waiting):
            idle.append(self._start())
        for worker in idle[: len(waiting)]:
            worker.begin(waiting.popleft())

    def _start(self) -> _Worker:
        worker = _Worker(self._patterns)
        self._selector.register(worker.reads, selectors.EVENT_READ, worker)
        self._workers.append(worker)
        return worker

    def _hear(self, worker: _Worker, waiting: deque[_Job]) -> Iterator[Outcome]:
        answers = worker.answers()
        if answers is None:
            self._lose(worker, waiting, None)
            return
        for answer in answers:
            worker.since = monotonic()
            if isinstance(answer, list):
                yield from _told(worker, Outcome(*answer))
            elif "error" in answer:
                raise _error(answer)
            elif "ready" in answer:
                worker.ready, self._false_starts = True, 0
            else:
                worker.job = None

    def _watch(self, worker: _Worker, waiting: deque[_Job]) -> None:
        """End a worker that takes too long, or too much memory, over a file."""
        task = worker.job.task if worker.job is not None else None
        if not isinstance(task, ReadTask) or worker.done == len(task.files):
            return
        timeout, most = self._limits.timeout, self._limits.memory
        if timeout is not None and monotonic() - worker.since > timeout:
            self._lose(worker, waiting, _HUNG)
        elif most is not None and worker.memory() > most:
            self._lose(worker, waiting, _FULL)

    def _lose(self, worker: _Worker, waiting: deque[_Job], why: str | None) -> None:
        """Put a worker away, and its job back; ``why`` is None where it ended by itself."""
        if why is None:
            worker.process.wait()
        self._selector.unregister(worker.reads)
        worker.stop()
        self._workers.remove(worker)
        code = worker.process.returncode
        why = why or (_CRASHED if code < 0 else _ENDED)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts > 2 * _MOST[_CRASHED]:
                raise NqparseError(f"workers end before they have begun, {_how(code)}; try --workers 0 to see why")
            why = ""
        if worker.job is not None:
            waiting.appendleft(self._struck(worker.job, worker.done, why, code))

    def _struck(self, job: _Job, done: int, why: str, code: int) -> _Job:
        """The job to do again, without the file that has ended workers too often."""
        files = job.task.files if isinstance(job.task, ReadTask) else ()
        doc_id = files[done][1] if done < len(files) else ""
        if not why:
            return job
        job.strikes[doc_id, why] += 1
        if job.strikes[doc_id, why] < _MOST[why]:
            return job
        if isinstance(job.task, MergeTask) or not doc_id:
            raise NqparseError(f"workers that write tables end {_how(code)}; try --workers 0 to see why")
        return replace(job, task=replace(job.task, failed={**job.task.failed, doc_id: self._reason(why, code)}))

    def _reason(self, why: str, code: int) -> tuple[str, str]:
        """The finding's code, and the reason."""
        if why == _HUNG:
            seconds = f"{self._limits.timeout:g} seconds"
            return "time_limit", f"it took longer than {seconds}; give it more time with --timeout"
        if why == _FULL:
            megabytes = (self._limits.memory or 0) >> 20
            return "memory_limit", f"it took more than {megabytes} MB of memory; allow more with --max-memory"
        return "process_died", f"it ended the process that read it, {_how(code)}; please report this"

    def __enter__(self) -> "Pool":
        """Start the first worker, which loads what it needs while its tasks are made."""
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers.clear()
        self._selector.close()


def _worth(tasks: Iterable[Task]) -> int:
    """How many workers these tasks are worth, since to start one takes time."""
    read = merged = 0
    for task in tasks:
        if isinstance(task, ReadTask):
            read += sum(size for _, _, size, _ in task.files)
        else:
            merged += 1
    return 1 + read // _WORTH_A_WORKER + merged // _MERGES_WORTH_A_WORKER


def _told(worker: _Worker, outcome: Outcome) -> Iterator[Outcome]:
    """The outcome, where it is told for the first time: a job that is done again tells of its files again."""
    worker.done += 1
    if worker.job is not None and worker.done > worker.job.told:
        worker.job.told = worker.done
        yield outcome


def _error(answer: dict[str, Any]) -> Exception:
    if "errno" in answer:
        return OSError(answer["errno"], answer["error"])
    if answer.get("rule"):
        return RuleError(answer["error"])
    return PatternError(answer["error"]) if answer.get("patterns") else NqparseError(answer["error"])


def _how(code: int) -> str:
    """How a process ended.

    >>> _how(-9), _how(1)
    ('by signal 9 (Killed)', 'with exit status 1')
    """
    return f"by signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"with exit status {code}"
