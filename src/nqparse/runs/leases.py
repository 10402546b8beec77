"""Who may write to a place in a store, where no system frees a lock when its owner dies.

The lock is the object ``lock-N`` with the highest number, which only one run can make: stores make an object that must
be new for one of all who ask. Its owner renews it. It is free when it says so, when it was not renewed for LEASE
seconds, and when its owner ran on this machine and is gone. Numbers only grow, so that a run that was passed by, since
it slept for example, finds a higher one than its own, and writes no tables.
"""

import json
import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from time import time
from typing import Any
from uuid import uuid4

from nqparse.addresses import Address, contents, listed, remove, write
from nqparse.errors import InputError

LEASE = 60
"""Seconds for which a lock holds that is not renewed; the clocks of machines that share a place differ by less."""
_RENEWED = 4
"""So many times in that time it is renewed."""
_LOCK = re.compile(r"lock-(\d{9})")


class Lease:
    """The lock of a place, held; use ``leased`` to get one."""

    def __init__(self, place: Address, out: Address, number: int) -> None:
        self._place, self._out, self.number = place, out, number
        self._token = uuid4().hex
        self._ended = Event()

    def take(self) -> None:
        """Make it ours; raises InputError where another run was first."""
        try:
            write(self._about(), self._object, new=True)
        except FileExistsError as error:
            with suppress(OSError, ValueError):
                if _read(self._object)["token"] == self._token:  # we were told so of our own, asking twice
                    return
            raise _taken(self._out, {}) from error

    def confirm(self) -> None:
        """Raise InputError where another run has taken the lock meanwhile."""
        if _highest(self._place) != self.number:
            raise InputError(
                f"{self._out}: another run has taken this one for dead, since it was not heard of for {LEASE} seconds, "
                "and writes there; no table was touched: run it again after the other's end"
            )

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Renew it until the end of the block, and then free it."""
        thread = Thread(target=self._renew, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()
            with suppress(OSError):  # then it is free after a while
                if _highest(self._place) == self.number:
                    write(self._about(free=True), self._object)

    def _renew(self) -> None:
        while not self._ended.wait(LEASE / _RENEWED):
            with suppress(OSError):  # a store that is out of reach for a while: confirm() tells in the end
                if _highest(self._place) != self.number:
                    return
                write(self._about(), self._object)

    @property
    def _object(self) -> Address:
        return self._place / f"lock-{self.number:09d}"

    def _about(self, *, free: bool = False) -> bytes:
        machine, pid, born = _process()
        owner = {"machine": machine, "pid": pid, "born": born, "host": socket.gethostname()}
        return json.dumps({"token": self._token, "free": free, "at": time(), **owner}).encode()


@contextmanager
def leased(place: Address, out: Address) -> Iterator[Lease]:
    """The lock of ``out``, kept in ``place``, held until the end of the block.

    Raises InputError where another run holds it, and OSError where the store refuses.
    """
    highest = _highest(place)
    if highest:
        about = _read(place / f"lock-{highest:09d}")
        if not _is_free(about):
            raise _taken(out, about)
    lease = Lease(place, out, highest + 1)
    lease.take()
    with lease.renewed():
        if _highest(place) != lease.number:
            raise _taken(out, {})
        for number in _numbers(place):
            if number < lease.number:
                remove(place / f"lock-{number:09d}")
        yield lease


def _numbers(place: Address) -> list[int]:
    try:
        names = listed(place)
    except FileNotFoundError:
        return []
    return [int(match[1]) for name in names if (match := _LOCK.fullmatch(name))]


def _highest(place: Address) -> int:
    return max(_numbers(place), default=0)


def _read(lock: Address) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(contents(lock))
    return about


def _is_free(about: dict[str, Any]) -> bool:
    """Whether a lock's owner has let go of it, or is not there any more."""
    if about["free"] or time() - about["at"] > LEASE:
        return True
    machine, _, _ = _process()
    return bool(machine) and about["machine"] == machine and _born(about["pid"]) != about["born"]


def _process() -> tuple[str, int, str]:
    """This machine, since it was started and as this container sees it; this process, and when it began."""
    try:
        machine = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        machine += str(Path("/proc/self/ns/pid").readlink())
    except OSError:  # not Linux: whether a process is gone is not told
        machine = ""
    return machine, os.getpid(), _born(os.getpid())


def _born(pid: int) -> str:
    """When that process began; empty where it is gone."""
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state in "ZX" else rest[18]


def _taken(out: Address, about: dict[str, Any]) -> InputError:
    who = f" (process {about['pid']} of {about['host']})" if about else ""
    return InputError(
        f"{out}: another run{who} is writing to it, or was killed less than {LEASE} seconds ago; wait for its end, or "
        "choose another place with --out"
    )
