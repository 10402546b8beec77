"""What goes wrong in a rule or a function while a text is read: it is kept here, and the reading goes on without it.

The only module that may catch ``Exception``. A rule, a block and a document are nested units: a function that raises is
passed over where what follows can do without it, else its block falls back to something plainer, and only where nothing
at all can be read the document fails. Each fault becomes a finding ``rule_failed``.

What is no fault of a rule is raised as ever: our own errors, which say what a person can do, a lack of memory, and what
the system refuses.
"""

import logging
import os
from collections.abc import Callable
from traceback import walk_tb
from typing import NamedTuple, Protocol, TypeVar, TypeVarTuple, Unpack

from nqparse.errors import NqparseError

STRICT = "NQPARSE_STRICT"
"""Names the variable of the environment under which faults are raised: 1 for yes."""
_DEBUG = "NQPARSE_DEBUG"
_NO_FAULTS = (NqparseError, MemoryError, OSError, ImportError)
_LONGEST_REASON = 200
_PACKAGE = f"{__name__.split('.')[0]}."
_log = logging.getLogger(__name__)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Placed(Protocol):
    """A line or a block: what has a place in the text."""

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends in the text as the stages read it."""
        ...


class RuleFault(NamedTuple):
    """One thing that was passed over: the function that raised, what it said, and the span of the line or block that it
    was at (None where it was at the document as a whole)."""

    function: str
    reason: str
    span: tuple[int, int] | None = None

    def __str__(self) -> str:
        return f"{self.function}: {self.reason}"


def strict_here() -> bool:
    """Whether the environment asks for faults to be raised."""
    return os.environ.get(STRICT, "") not in ("", "0")


def debugging(*, on: bool = False) -> None:
    """Print the traceback of what is passed over: from now on in this process and those that it starts, where ``on``;
    else only where the process that started this one does."""
    if on:
        os.environ[_DEBUG] = "1"
    if is_debugging():
        logging.basicConfig(level=logging.WARNING, format="%(message)s")
        logging.getLogger(_PACKAGE.rstrip(".")).setLevel(logging.DEBUG)


def is_debugging() -> bool:
    """Whether tracebacks are printed."""
    return bool(os.environ.get(_DEBUG))


class Guard:
    """Keeps the faults that were met in one document. Where it is strict, none is kept: each is raised.

    >>> guard = Guard(strict=False)
    >>> guard.or_else("?", lambda text: text[0], "")
    '?'
    >>> [fault.reason for fault in guard.met]
    ['IndexError: string index out of range']
    """

    __slots__ = ("_known", "met", "place", "strict")

    def __init__(self, *, strict: bool | None = None) -> None:
        self.strict = strict_here() if strict is None else strict
        self.place: Placed | None = None
        """The line or block that is being read."""
        self.met: list[RuleFault] = []
        self._known: set[RuleFault] = set()

    def or_else(self, instead: T, function: Callable[[Unpack[Ts]], T], *args: *Ts, place: Placed | None = None) -> T:
        """What the function gives; ``instead`` where it raises."""
        try:
            return function(*args)
        except _NO_FAULTS:
            raise
        except Exception as error:  # noqa: BLE001 - this is the place for it
            self._keep(error, place)
        return instead

    def or_do(
        self,
        otherwise: Callable[[], T],
        function: Callable[[Unpack[Ts]], T],
        *args: *Ts,
        place: Placed | None = None,
    ) -> T:
        """What the function gives; what ``otherwise`` gives where it raises."""
        try:
            return function(*args)
        except _NO_FAULTS:
            raise
        except Exception as error:  # noqa: BLE001 - this is the place for it
            self._keep(error, place)
        return otherwise()

    def at_once(self, carefully: Callable[[], T], function: Callable[[Unpack[Ts]], T], *args: *Ts) -> T:
        """What the function gives, which has no guards; where it raises, what ``carefully`` gives: the same in steps,
        each under a guard of its own that keeps its fault. Most texts need no more than this one guard."""
        try:
            return function(*args)
        except _NO_FAULTS:
            raise
        except Exception:
            if self.strict:
                raise
        return carefully()

    def take(self, faults: "tuple[RuleFault, ...]") -> None:
        """Keep faults that were met before, each once."""
        for fault in faults:
            if fault not in self._known:
                self._known.add(fault)
                self.met.append(fault)

    def _keep(self, error: Exception, place: Placed | None) -> None:
        if self.strict:
            raise error
        place = place or self.place
        fault = fault_of(error, place.span if place is not None else None)
        _log.debug("%s", fault, exc_info=error)
        self.take((fault,))


RAISING = Guard(strict=True)
"""For what is read outside of any document, such as the examples of a rule: every fault is raised."""


def fault_of(error: Exception, span: tuple[int, int] | None = None) -> RuleFault:
    """The innermost function of ours that an error came through, and what the error says."""
    said = " ".join(str(error).split())
    reason = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return RuleFault(_function(error), reason[:_LONGEST_REASON], span)


def _function(error: Exception) -> str:
    name = "?"
    for frame, _ in walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(_PACKAGE) and module != __name__:
            name = f"{module.removeprefix(_PACKAGE)}.{frame.f_code.co_qualname}"
    return name


def attempt(otherwise: Callable[[Exception], T], function: Callable[[Unpack[Ts]], T], *args: *Ts) -> T:
    """What the function gives; where it raises anything, what ``otherwise`` makes of that."""
    try:
        return function(*args)
    except Exception as error:  # noqa: BLE001 - this is the place for it
        return otherwise(error)
