"""Floors: the lowest figures that are accepted, of all documents together and of each, and the gold they were set on.

A floor goes up by itself when asked to, and down only with a reason, which is kept beside it.
"""

import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nqparse.errors import InputError
from nqparse.gate.scores import ALL, KINDS, Tallies, Tally, figures, leading

Figures = dict[str, Annotated[float, Field(ge=0, le=1)]]


_EQUAL = 1e-9
"""Two figures that are closer are the same: one share may be reckoned by way of other counts."""


class Lowered(BaseModel):
    """A floor that was lowered, and why; without ``to`` where it was taken away."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    figure: str
    from_: float = Field(alias="from")
    to: float | None
    reason: str


class Floors(BaseModel):
    """A file of floors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    gold: dict[str, str] = Field(description="SHA-256 of each gold file that the floors were set on, by its path")
    all: Figures = Field(description="floors of all documents together, by figure")
    documents: dict[str, Figures] = Field(description="floors of each document, by the name of its gold, by figure")
    lowered: list[Lowered] = Field(default=[], description="what was lowered, and why, in order")

    def each(self) -> Iterator[tuple[str, Figures]]:
        yield ALL, self.all
        yield from self.documents.items()


class Reached(NamedTuple):
    """The tallies of all documents together, and of each by the name of its gold."""

    all: Tallies
    documents: Mapping[str, Tallies]


class Fallen(NamedTuple):
    """A figure below its floor; ``reached`` is None where there is no such figure any more."""

    document: str
    figure: str
    floor: float
    reached: float | None

    def __str__(self) -> str:
        reached = "not measured" if self.reached is None else _shown(self.reached, self.floor)
        return f"{self.document}: {self.figure} {reached} < {self.floor:g}"


def _shown(reached: float, floor: float) -> str:
    """Three places, or as many as it takes to tell it from the floor."""
    places = next((n for n in range(3, 10) if round(reached, n) < floor), 10)
    return f"{reached:.{places}f}"


KNOWN = frozenset(figures(dict.fromkeys(KINDS, Tally())))
"""The names of all figures."""


def read_floors(path: Path) -> Floors:
    """The floors of a file; raises InputError for one that is missing or says what floors cannot say."""
    try:
        floors = Floors.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file of floors; set it with --update-floors") from error
    except OSError as error:
        raise InputError(f"{path}: it cannot be read: {error.strerror}; make it readable") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: {where}: {first['msg']}; correct it, or set it anew with --update-floors") from error
    for document, accepted in floors.each():
        for figure in accepted.keys() - KNOWN:
            raise InputError(f"{path}: {document}: there is no figure “{figure}”; they are {', '.join(sorted(KNOWN))}")
    return floors


def other_gold(floors: Floors, digests: Mapping[str, str]) -> list[str]:
    """In which way each gold file is not what the floors were set on."""
    told = []
    for name in sorted(digests.keys() | floors.gold.keys()):
        if name not in digests:
            told.append(f"{name} is gone")
        elif name not in floors.gold:
            told.append(f"{name} is new")
        elif digests[name] != floors.gold[name]:
            told.append(f"{name} was edited since")
    return told


def fallen(floors: Floors, reached: Reached) -> list[Fallen]:
    """Each figure that is below its floor."""
    result = []
    for document, accepted in floors.each():
        found = figures(reached.all if accepted is floors.all else reached.documents.get(document, {}))
        for figure, floor in accepted.items():
            if figure not in found or found[figure] < floor - _EQUAL:
                result.append(Fallen(document, figure, floor, found.get(figure)))
    return result


def without_other_gold(floors: Floors, reached: Reached) -> Floors:
    """The floors that count with other gold than they were set on: those of the documents that it has too."""
    documents = {name: one for name, one in floors.documents.items() if name in reached.documents}
    return floors.model_copy(update={"all": {}, "documents": documents})


def raised(floors: Floors | None, reached: Reached, digests: Mapping[str, str], reason: str | None) -> Floors:
    """The floors raised to what was reached, rounded down to three places; with a reason, lowered to it too.

    Without a reason none is lowered: those above what was reached stay, and are ``fallen`` still.
    """
    old = floors or Floors(gold={}, all={}, documents={})
    below = fallen(old, reached) if reason is not None else []
    gone = {(one.document, one.figure) for one in below}
    kept = {
        name: {figure: floor for figure, floor in accepted.items() if (name, figure) not in gone}
        for name, accepted in old.documents.items()
    }
    documents = {name: _raised(kept.get(name, {}), tallies) for name, tallies in reached.documents.items()}
    lost = {name: accepted for name, accepted in kept.items() if name not in documents and accepted}
    whole = {figure: floor for figure, floor in old.all.items() if (ALL, figure) not in gone}
    return Floors(
        gold=dict(sorted(digests.items())),
        all=_raised(whole, reached.all),
        documents=dict(sorted({**documents, **lost}.items())),
        lowered=[*old.lowered, *(_lowered(one, reason or "") for one in below)],
    )


def _raised(old: Mapping[str, float], tallies: Tallies) -> dict[str, float]:
    found = figures(tallies)
    names = [name for name in found if name in old or name in leading(tallies)]
    missing = {name: floor for name, floor in old.items() if name not in found}
    return {name: max(old.get(name, 0.0), _rounded(found[name])) for name in names} | missing


def _rounded(figure: float) -> float:
    return math.floor(round(figure * 1000, 6)) / 1000


def _lowered(one: Fallen, reason: str) -> Lowered:
    to = None if one.reached is None else _rounded(one.reached)
    return Lowered.model_validate(
        {"document": one.document, "figure": one.figure, "from": one.floor, "to": to, "reason": reason}
    )


def write_floors(path: Path, floors: Floors) -> None:
    """Write the file whole, or leave it as it is; raises InputError where it cannot be written."""
    text = floors.model_dump_json(by_alias=True, indent=2) + "\n"
    try:
        with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as aside:
            aside.write(text)
        Path(aside.name).chmod(0o666 & ~_umask())
        Path(aside.name).replace(path)
    except OSError as error:
        raise InputError(f"{path}: it cannot be written: {error.strerror}; choose another file") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
