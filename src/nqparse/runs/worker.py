"""The process that does tasks: ``python -m nqparse.runs.worker [PATTERNS…]``, started by ``pool.py``.

It reads a task a line from standard input and answers with JSON lines: the digest of its patterns when it is ready, the
outcome of each file, and at a task's end ``{"end": true}``, or ``{"error": …}`` for what ends the run. A file that
hangs, crashes or takes too much memory is the pool's to see, which kills this process and starts another.
"""

import gc
import json
import logging
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from nqparse.errors import NqparseError, PatternError
from nqparse.faults import attempt, debugging, fault_of
from nqparse.packs.load import Pack, load_pack
from nqparse.runs.staging import perform
from nqparse.runs.tasks import ReadTask, from_json
from nqparse.words import prepare

_YOUNG = 50_000
_log = logging.getLogger(__name__)


class _Answers:
    """The lines to the pool. Whatever else is printed to standard output goes to standard error."""

    def __init__(self) -> None:
        self.strict = False
        """Whether the task at hand is to raise what a rule raises."""
        self._file = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)

    def send(self, answer: Any) -> None:
        self._file.write(json.dumps(answer).encode() + b"\n")


def main() -> None:
    """Do tasks until standard input ends."""
    debugging()
    gc.disable()  # until it has loaded what stays
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pool decides
    pa.set_cpu_count(1)
    answers = _Answers()
    attempt(lambda error: _answer(error, answers), _work, answers)


def _work(answers: _Answers) -> None:
    pack = load_pack(*map(Path, sys.argv[1:]))
    prepare()
    settle()
    answers.send({"ready": pack.digest})
    _serve(sys.stdin.buffer, pack, answers)


def settle() -> None:
    """What is loaded stays: spare the collector going over it again, and looking so often at what is new."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(_YOUNG, 20, 50)


def _serve(tasks: BinaryIO, pack: Pack, answers: _Answers) -> None:
    for line in tasks:
        task = from_json(line)
        answers.strict = isinstance(task, ReadTask) and task.strict
        perform(task, pack, answers.send)
        answers.send({"end": True})


def _answer(error: Exception, answers: _Answers) -> None:
    """Tell what ends the run; what is no error of ours ends this process, and with it the file that it was at."""
    if isinstance(error, BrokenPipeError):  # the pool is gone
        os._exit(1)
    ours = isinstance(error, NqparseError | OSError)
    _log.debug("the worker ends", exc_info=error)
    if not ours and not answers.strict:
        os._exit(1)
    with suppress(BrokenPipeError):
        answers.send(_fault(error))


def _fault(error: Exception) -> dict[str, Any]:
    if isinstance(error, OSError):
        return {"error": error.strerror or str(error), "errno": error.errno}
    if isinstance(error, NqparseError):
        return {"error": str(error), "patterns": isinstance(error, PatternError)}
    return {"error": f"a rule failed: {fault_of(error)}; without NQPARSE_STRICT its line is passed over", "rule": True}


if __name__ == "__main__":
    main()
