"""What a report is, whatever command makes it and whatever format it is told in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from nqparse.addresses import Place
from nqparse.columns import Column
from nqparse.gate.places import Spot


class Level(StrEnum):
    """How grave a note is."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, its columns, its rows of cells."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class Detail(NamedTuple):
    """One field of a note, and what the two sides say of it."""

    field: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at: how grave it is, what it is, where, and what the two sides say."""

    level: Level
    title: str
    path: str
    spot: Spot | None = None
    details: tuple[Detail, ...] = ()


class Case(NamedTuple):
    """One thing that is tested: of which document, what, how it came out; and why it failed, if it did."""

    document: str
    name: str
    outcome: str
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a command has to tell."""

    title: str
    passed: bool
    verdict: str
    """The outcome, in one line."""
    faults: tuple[Note, ...] = ()
    """Why it did not pass."""
    remarks: tuple[str, ...] = ()
    """What should be known besides."""
    grids: tuple[Grid, ...] = ()
    notes_title: str = ""
    sides: tuple[str, str] = ("Gold", "Read")
    """What the two sides of a detail are called."""
    notes: tuple[Note, ...] = ()
    cases: Callable[[], Iterable[Case]] = tuple
    """What is tested; asked for by the format that tells it."""
    data: Callable[[], Mapping[str, Any]] = dict
    """All of it for a program to read, in the shape that docs/checking.md describes; asked for likewise."""


def shown(path: Place) -> str:
    """A path as a person in the current folder writes it, and as a workflow annotation wants it."""
    if not isinstance(path, Path):
        return str(path)
    here, whole = Path.cwd(), path.absolute()
    return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()
