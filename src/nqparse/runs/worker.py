"""The process that does tasks: ``python -m nqparse.runs.worker [PATTERNS…]``, started by ``pool.py``.

It reads a task a line from standard input and answers with JSON lines: the digest of its patterns when it is ready, the
outcome of each file, and at a task's end ``{"end": true}``, or ``{"error": …}`` for what ends the run. A file that
hangs, crashes or takes too much memory is the pool's to see, which kills this process and starts another.
"""

import gc
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from nqparse.errors import NqparseError, PatternError
from nqparse.packs.load import Pack, load_pack
from nqparse.runs.staging import perform
from nqparse.runs.tasks import from_json
from nqparse.words import prepare

_YOUNG = 50_000


class _Answers:
    """The lines to the pool. Whatever else is printed to standard output goes to standard error."""

    def __init__(self) -> None:
        self._file = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)

    def send(self, answer: Any) -> None:
        self._file.write(json.dumps(answer).encode() + b"\n")


def main() -> None:
    """Do tasks until standard input ends."""
    gc.disable()  # until it has loaded what stays
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pool decides
    pa.set_cpu_count(1)
    answers = _Answers()
    try:
        pack = load_pack(*map(Path, sys.argv[1:]))
        prepare()
        settle()
        answers.send({"ready": pack.digest})
        _serve(sys.stdin.buffer, pack, answers)
    except BrokenPipeError:  # the pool is gone
        os._exit(1)
    except (NqparseError, OSError) as error:
        with suppress(BrokenPipeError):
            answers.send(_fault(error))


def settle() -> None:
    """What is loaded stays: spare the collector going over it again, and looking so often at what is new."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(_YOUNG, 20, 50)


def _serve(tasks: BinaryIO, pack: Pack, answers: _Answers) -> None:
    for line in tasks:
        perform(from_json(line), pack, answers.send)
        answers.send({"end": True})


def _fault(error: Exception) -> dict[str, Any]:
    if isinstance(error, OSError):
        return {"error": error.strerror or str(error), "errno": error.errno}
    return {"error": str(error), "patterns": isinstance(error, PatternError)}


if __name__ == "__main__":
    main()
