"""The errors that nqparse raises: each says what is wrong, where, and what to do about it."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class NqparseError(Exception):
    """Base of every error that nqparse raises on purpose.

    >>> raise NqparseError("out/: not writable; choose another folder with --out")
    Traceback (most recent call last):
    nqparse.errors.NqparseError: out/: not writable; choose another folder with --out
    """


class PatternError(NqparseError):
    """A pattern file says something that it may not say: the message gives file, rule and remedy."""


class RuleError(NqparseError):
    """A rule failed in a strict run: the message names it."""


class UnreadableError(NqparseError):
    """A file's bytes are not a text: the message names the reason, the caller adds the file."""

    code = "unreadable_file"
    """The finding that says so in the tables."""


class UnsupportedFormatError(UnreadableError):
    """A file is of a format that is no plain text: the message names it, and the command that makes a text of it."""

    code = "unsupported_format"


class InputError(NqparseError):
    """The command was given something that it cannot work with (a missing path, an empty folder)."""


class Fault(NamedTuple):
    """One thing that is wrong with a file: which, its line (from 1) where there is one, what."""

    file: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class GoldError(InputError):
    """Gold files that cannot be counted; ``faults`` are all that is wrong with them.

    >>> raise GoldError([Fault(Path("a.measures.jsonl"), 3, "low: Field required")])
    Traceback (most recent call last):
    nqparse.errors.GoldError: a.measures.jsonl:3: low: Field required
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class PathAsTextWarning(UserWarning):
    """A str was given as a document's text, and is the path of a file: a ``Path`` is read as a file."""
