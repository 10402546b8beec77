"""The places that a document or a name gives → official codes of administrative units, of the document's date."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from nqparse.catalogue.units import System, Unit, Units, units
from nqparse.models import Level
from nqparse.packs.load import Pack

_NEW_SINCE = date(2025, 7, 1)
_RANKS = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)


class Codes(NamedTuple):
    """Codes of a place and of its province; ``ambiguous`` where several places have the name."""

    place: str | None = None
    province: str | None = None
    ambiguous: bool = False


class Named(NamedTuple):
    """A place within a name: as printed with its rank, its level, its name, and the name that is left without it."""

    printed: str
    level: Level
    name: str
    rest: str


class HasPlaces(Protocol):
    """What names its places by level."""

    @property
    def province(self) -> str | None: ...
    @property
    def district(self) -> str | None: ...
    @property
    def commune(self) -> str | None: ...


def named_places(of: HasPlaces) -> dict[Level, str | None]:
    """Places by level."""
    return {Level.PROVINCE: of.province, Level.DISTRICT: of.district, Level.COMMUNE: of.commune}


def systems_of(issued_on: date | None, planned: int | None) -> tuple[System, ...]:
    """The systems that a document may be of: by its date, else by the first year that it plans for.

    >>> systems_of(date(2023, 5, 4), None), systems_of(None, 2026), systems_of(None, 2025)
    ((<System.OLD: 'old'>,), (<System.NEW: 'new'>,), (<System.OLD: 'old'>, <System.NEW: 'new'>))
    """
    if issued_on is not None:
        return (System.NEW if issued_on >= _NEW_SINCE else System.OLD,)
    if planned is None or planned == _NEW_SINCE.year:
        return (System.OLD, System.NEW)
    return (System.NEW if planned > _NEW_SINCE.year else System.OLD,)


def codes_of(names: Mapping[Level, str | None], systems: tuple[System, ...]) -> Codes:
    """The codes of the lowest place of these names, which lies in the others; none where that may be several places."""
    lowest = next((level for level in _RANKS if names.get(level)), None)
    if lowest is None:
        return Codes()
    found = [_codes(units()[system], names, lowest) for system in systems]
    known = {codes for codes in found if codes != Codes()}
    return known.pop() if len(known) == 1 else Codes(ambiguous=bool(known))


def _codes(of: Units, names: Mapping[Level, str | None], lowest: Level) -> Codes:
    chains = [of.chain(unit) for unit in of.named(lowest, names[lowest] or "")]
    fitting = [chain for chain in chains if _lies_in(of, chain, names)]
    provinces = {chain[-1].code for chain in fitting}
    if len(fitting) == 1:
        return Codes(fitting[0][0].code, fitting[0][-1].code)
    return Codes(None, provinces.pop() if len(provinces) == 1 else None, ambiguous=bool(fitting))


def _lies_in(of: Units, chain: list[Unit], names: Mapping[Level, str | None]) -> bool:
    """Whether the units above a unit are those that are named; a level that the system lacks says nothing."""
    levels = {unit.level: unit for unit in chain}
    return all(
        levels[level] in of.named(level, name) for level, name in names.items() if name is not None and level in levels
    )


def place_in(name: str, pack: Pack) -> Named | None:
    """The one place, with its rank, that a name of an indicator has; None for none, or for several."""
    if not any(letter.isupper() for letter in name):
        return None
    found = list(_places(name, pack))
    return found[0] if len(found) == 1 else None


def _places(name: str, pack: Pack) -> Iterator[Named]:
    for level in _RANKS:
        for match in pack.expression(f"ranked-{level}").finditer(name):
            place = match.group("locality")
            if place is not None and not place.isupper():
                rest = f"{name[: match.start()]} {name[match.end() :]}"
                yield Named(" ".join(match.group().split()), level, place, " ".join(rest.split()))
