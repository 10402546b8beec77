"""The words of an act → the places that it names as its own: province, district, commune.

What the letterhead, the title and the signature name goes before what the text names. There a place counts that is
named at least twice, and more often than all others of its rank together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nqparse.models import Level
from nqparse.packs.finding import Finder, Match
from nqparse.packs.load import Pack

_RANKS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
_MOST_NAMES = 8
_FEWEST = 2
_MOSTLY = 0.6


class Places(NamedTuple):
    """The places of an act by level, as printed; a name in capitals or small letters has its usual letters."""

    province: str | None = None
    district: str | None = None
    commune: str | None = None


class Sources(NamedTuple):
    """Where an act may name its place: what is printed at its head and its end, its title, and its text."""

    printed: Sequence[str]
    title: str
    text: str


def as_name(place: str) -> str:
    """A name with its usual letters.

    >>> as_name("KHE  ĐÁ"), as_name("Khe Đá"), as_name("khe đá")
    ('Khe Đá', 'Khe Đá', 'Khe Đá')
    """
    text = " ".join(place.split())
    return text.title() if text.isupper() or text.islower() else text


def level_of(place: str | None, level: Level | None, title: str, pack: Pack) -> Level | None:
    """The level of an act: that of its issuer, else of the first rank in its title; a city under the centre is one of
    provinces, however its issuer calls it."""
    if place is not None and level is Level.DISTRICT and pack.expression("central-city").fullmatch(place):
        return Level.PROVINCE
    return level if level is not None else _first_rank(title, pack)


def _first_rank(title: str, pack: Pack) -> Level | None:
    found = ((match.start(), rank) for rank in _RANKS if (match := _ranked(rank, pack).search(title)) is not None)
    return min(found, default=(0, None))[1]


def own_place(level: Level | None, sources: Sources, pack: Pack) -> str | None:
    """The place of an act of a level whose issuer names none."""
    return _named(level, sources, pack) if level in _RANKS else None


def read_places(place: str | None, level: Level | None, sources: Sources, pack: Pack) -> Places:
    """The place of an act, at its level, with those above it that the act names."""
    if level not in _RANKS:
        return Places()
    above = _RANKS[: _RANKS.index(level)]
    names = {str(rank): _named(rank, sources, pack) for rank in above}
    return Places(**names, **{str(level): place})


def _named(level: Level | None, sources: Sources, pack: Pack) -> str | None:
    """The place of a level that an act names as its own."""
    if level is None:
        return None
    for text in (*sources.printed, sources.title):
        for match in _ranked(level, pack).finditer(text):
            if (name := _name(match, text, pack)) is not None:
                return name
    return _prevailing(_names(_ranked(level, pack).finditer(sources.text), sources.text, pack), sources.text)


def _ranked(level: Level, pack: Pack) -> Finder:
    return pack.expression(f"ranked-{level}")


def _names(found: Iterable[Match], text: str, pack: Pack) -> Iterator[str]:
    return (name for match in found if (name := _name(match, text, pack)) is not None)


def _name(match: Match, text: str, pack: Pack) -> str | None:
    """The name behind a rank; in capitals, where all words look like names, only one that surely ends."""
    name = match.group("locality")
    if name is None:
        return None
    if name.isupper() and pack.expression("after-place").match(text, match.end()) is None:
        return None
    return as_name(name)


def _prevailing(names: Iterable[str], text: str) -> str | None:
    """The name that a text has more often than the others together: behind its rank, else anywhere."""
    ranked = Counter(names)
    found = _most(ranked)
    if found is not None or not ranked:
        return found
    known = [name for name, _ in ranked.most_common(_MOST_NAMES)]
    return _most(Counter({name: _times(name, known, text) for name in known}))


def _most(times: "Counter[str]") -> str | None:
    best, count = max(times.items(), key=lambda item: item[1], default=("", 0))
    return best if count >= _FEWEST and count >= _MOSTLY * times.total() else None


def _times(name: str, others: Sequence[str], text: str) -> int:
    """How often a text has a name, not counting where it begins a longer one."""
    return text.count(name) - sum(text.count(other) for other in others if other.startswith(f"{name} "))
