"""A process of its own for work that may take too long: it can be ended at any moment, whatever it does."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from signal import SIG_IGN, SIGINT, signal
from types import TracebackType
from typing import Generic, Self, TypeVar

from nqparse.errors import NqparseError

A = TypeVar("A")
R = TypeVar("R")


class LimitError(NqparseError):
    """Work took longer than it may, or its process died of it."""


class Limited(Generic[A, R]):
    """``work`` in a process of its own, with so many ``seconds`` for each call; use it with ``with``.

    The process begins anew after each call that it did not survive. It calls ``prepare`` first, whose time is not
    counted. All that passes between the two processes must pickle.
    """

    def __init__(self, work: Callable[[A], R], seconds: float, prepare: Callable[[], object]) -> None:
        self._work, self._seconds, self._prepare = work, seconds, prepare
        self._process: BaseProcess | None = None
        self._here: Connection | None = None

    def __call__(self, given: A) -> R:
        """What ``work`` gives for ``given``, or raises; raises LimitError where it is ended."""
        here = self._started() if self._here is None else self._here
        try:
            here.send(given)
            if not here.poll(self._seconds):
                self._end()
                raise LimitError(f"it took longer than {self._seconds:g} seconds; give it more time with --timeout")
            done, result = here.recv()
        except (EOFError, OSError) as error:
            self._end()
            raise LimitError("the process that read it died: is there too little memory?") from error
        if not done:
            raise result
        return result  # type: ignore[no-any-return]

    def _started(self) -> Connection:
        context = get_context("spawn")
        here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, self._work, self._prepare), daemon=True)
        self._process.start()
        there.close()
        self._here = here
        here.recv()  # it is ready
        return here

    def _end(self) -> None:
        if self._process is not None and self._here is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._here.close()
        self._process = self._here = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()


def _serve(there: Connection, work: Callable[[A], R], prepare: Callable[[], object]) -> None:
    """The process: answer each call with its result, or with what it raised, until nobody listens any more."""
    signal(SIGINT, SIG_IGN)  # an interrupt is for the process that waits
    prepare()
    there.send(None)
    while True:
        try:
            given = there.recv()
        except EOFError:
            return
        there.send(_answer(work, given))


def _answer(work: Callable[[A], R], given: A) -> tuple[bool, R | Exception]:
    try:
        return True, work(given)
    except Exception as error:  # noqa: BLE001 - it is raised again in the process that waits
        return False, error
