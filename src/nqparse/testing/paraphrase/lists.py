"""The words that may stand for one another: ``words.toml`` as expressions and choices."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import regex

Pattern = regex.Pattern[str]
_CLAUSE_START = r"(?<=^|[,;:.)(]\s|^[-+•*–]\s|(?:phấn đấu|quyết tâm)\s)"

KINDS = (
    "act", "attainment", "bound", "bullet", "change", "comparator", "coordination", "counted", "crop", "deadline",
    "estimate", "field", "insurance", "intention", "livestock", "number", "organisation", "part", "place", "schooling",
    "unit",
)  # fmt: skip
"""The kinds of exchange by name."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """Words that are exchanged in a whole document: ``pattern`` finds them, ``targets`` is what they may become."""

    kind: str
    pattern: Pattern
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """Words that are exchanged where they stand, with what the measure beside them must be read as."""

    kind: str
    place: str
    pattern: Pattern
    targets: tuple[str, ...]
    only: tuple[tuple[str, frozenset[str]], ...]
    basis: bool | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed, as recorded, and how many of the recorded unit one is."""

    form: str
    unit: str
    scale: Decimal


@dataclass(frozen=True, slots=True)
class Lists:
    """All of ``words.toml``."""

    renamings: tuple[Renaming, ...]
    exchanges: tuple[Exchange, ...]
    units: tuple[tuple[Unit, ...], ...]
    place: Pattern
    never: frozenset[str]
    names: tuple[str, ...]
    coordination: Pattern
    bullets: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1)
def lists() -> Lists:
    """The lists of the package."""
    data = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    gap = _any(form for entry in data["exchange"] if entry["kind"] == "bound" for form in _all(entry))
    place = data["place"]
    members = _any(data["coordination"]["members"])
    return Lists(
        tuple(_renaming(entry) for entry in data["rename"]),
        tuple(_exchange(entry, gap) for entry in data["exchange"]),
        tuple(tuple(Unit(one["form"], one["unit"], Decimal(one["scale"])) for one in family["forms"])
              for family in data["measure"]),
        regex.compile(rf"(?<!\w)(?i:{_any(place['heads'])})\s(?P<name>\p{{Lu}}\p{{Ll}}+(?:\s\p{{Lu}}\p{{Ll}}*){{1,3}})"),
        frozenset(place["never"]),
        tuple(place["names"]),
        regex.compile(rf"(?i)(?<!\w|,\s|và\s)(?:{members})(?P<form>,\s|\svà\s)(?=(?:{members})(?!\w|,\s|\svà\s))"),
        tuple(tuple(group) for group in data["bullets"]["groups"]),
    )  # fmt: skip


def _renaming(entry: dict[str, Any]) -> Renaming:
    pattern = _context(rf"(?<![\w-])(?P<form>{_any(entry['forms'])})(?![\w-])", entry)
    return Renaming(entry["kind"], regex.compile(f"(?i){pattern}"), _all(entry))


def _exchange(entry: dict[str, Any], gap: str) -> Exchange:
    form = _context(rf"(?<!\w)(?P<form>{_any(entry['forms'])})(?!\w)", entry)
    bounded = rf"\s+(?:(?:{gap}|từ|[<>≤≥])\s*){{0,2}}$"
    tail = {
        "bound": r"\s+$",
        "number": bounded,
        "lead": rf"\s\p{{Ll}}[^,;:.()\d\n]{{2,90}}?{entry.get('then', '')}{bounded}",
        "clause": "",
    }[entry["place"]]
    only = tuple((name, frozenset(entry[name])) for name in ("change", "bound", "role", "unit") if name in entry)
    opening = _CLAUSE_START if entry["place"] == "lead" else ""
    pattern = regex.compile(f"(?i){opening}{form}{tail}")
    return Exchange(entry["kind"], entry["place"], pattern, _all(entry), only, entry.get("basis"))


def _context(form: str, entry: dict[str, Any]) -> str:
    """The expression with what must stand, or must not, right before and after it."""
    before = "".join(rf"(?<!(?<!\w){word}\s)" for word in entry.get("not_after", ()))
    before += _needed(entry.get("after", ()))
    after = "".join(rf"(?!\s{word}(?!\w))" if word[0] != "," else "(?!,)" for word in entry.get("not_before", ()))
    needed = entry.get("before", ())
    return before + form + (rf"(?=\s(?:{'|'.join(needed)}))" if needed else "") + after


def _needed(words: Sequence[str]) -> str:
    return "(?:" + "|".join(r"^" if word == "^" else rf"(?<={word}\s?)" for word in words) + ")" if words else ""


def _all(entry: dict[str, Any]) -> tuple[str, ...]:
    return (*entry["forms"], *entry.get("only_to", ()))


def _any(forms: Iterable[str]) -> str:
    """An expression for one of the forms, the longest first."""
    return "|".join(regex.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=len, reverse=True))
