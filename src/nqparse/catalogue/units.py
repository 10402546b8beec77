"""The administrative units of before and since July 2025, from the data of a package (see ``units.tsv.gz``)."""

import gzip
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from nqparse.catalogue.normal import spelled
from nqparse.models import Level


class System(StrEnum):
    """Which units there are: those with districts, or those since the mergers of July 2025."""

    OLD = "old"
    NEW = "new"


class Unit(NamedTuple):
    """One administrative unit; ``above`` is the code of the unit that it is part of."""

    level: Level
    code: str
    above: str
    name: str


class Units:
    """The units of one system, by level and name."""

    def __init__(self, units: Iterator[Unit]) -> None:
        self._by_code: dict[tuple[Level, str], Unit] = {}
        self._by_name: dict[tuple[Level, str], list[Unit]] = {}
        for unit in units:
            self._by_code[unit.level, unit.code] = unit
            self._by_name.setdefault((unit.level, key(unit.name)), []).append(unit)

    def named(self, level: Level, name: str) -> list[Unit]:
        """The units of a level that have that name."""
        return self._by_name.get((level, key(name)), [])

    def chain(self, unit: Unit) -> list[Unit]:
        """The unit and those that it is part of, the nearest first."""
        found = [unit]
        while found[-1].above:
            above = {Level.COMMUNE: (Level.DISTRICT, Level.PROVINCE)}.get(found[-1].level, (Level.PROVINCE,))
            found.append(next(one for level in above if (one := self._by_code.get((level, found[-1].above)))))
        return found


def key(name: str) -> str:
    """A name as names of places are compared.

    >>> key("Thuỷ Nguyên") == key("thủy nguyên")
    True
    """
    return " ".join(spelled(word) for word in name.replace("-", " ").split())


@lru_cache(maxsize=1)
def units() -> dict[System, Units]:
    """The units of both systems; they are read when first asked for."""
    text = gzip.decompress((files("nqparse.catalogue") / "units.tsv.gz").read_bytes()).decode()
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {
        system: Units(Unit(Level(row[1]), row[2], row[3], row[4]) for row in rows if row[0] == system)
        for system in System
    }
