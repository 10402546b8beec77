"""The samples against their gold, which people wrote by the annotation guide: every measure and section, in full."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import regex

from nqparse.models import Document, Indicator, Section
from nqparse.pipeline import parse
from nqparse.text import fold

SAMPLES = Path(__file__).parents[1] / "samples"
GOLD = SAMPLES / "gold"
STEMS = sorted(path.name.removesuffix(".measures.jsonl") for path in GOLD.glob("*.measures.jsonl"))

Gold = Mapping[str, Any]


@cache
def document(stem: str) -> Document:
    return parse(next(path for path in SAMPLES.glob(f"{stem}.*") if path.is_file()))


def gold(stem: str, kind: str) -> list[Gold]:
    lines = (GOLD / f"{stem}.{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


# --- when two values are the same


def tokens(text: str | None) -> list[str]:
    return [fold(word).replace("sỹ", "sĩ") for word in regex.findall(r"\w+", unicodedata.normalize("NFC", text or ""))]


def likeness(one: str | None, other: str | None) -> float:
    """F1 of the words that two names share."""
    left, right = Counter(tokens(one)), Counter(tokens(other))
    if not left or not right:
        return float(left == right)
    return 2 * (left & right).total() / (left.total() + right.total())


def same_noun(one: str | None, other: str | None) -> bool:
    """Whether two units are the same, or one is the other with words after it ("trường", "trường học")."""
    left, right = (" ".join(tokens(text)) or text or "" for text in (one, other))
    return left == right or bool(left and right and (left.startswith(f"{right} ") or right.startswith(f"{left} ")))


def without_numbers(text: str | None) -> str:
    return " ".join(word for word in tokens(text) if not word.isdigit())


def amount(value: str | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def years(row: Indicator) -> str | None:
    return "-".join(dict.fromkeys(str(year) for year in (row.period_start, row.period_end) if year is not None)) or None


def differences(row: Indicator, wanted: Gold) -> Iterator[str]:
    """The fields of a measure that are otherwise than in the gold."""
    same = {name: amount(getattr(row, name)) == amount(wanted[name]) for name in ("low", "high", "of")}
    same |= {name: (getattr(row, name) or None) == wanted[name] for name in ("bound", "change", "role", "label")}
    same["core"] = row.core == wanted["core"]
    same["unit"] = same_noun(row.unit, wanted["unit"])
    same["per"] = same_noun(without_numbers(row.per), without_numbers(wanted["per"]))
    same["period"] = years(row) == wanted["period"]
    same["section"] = (row.section_path or None) == (wanted["section"] or None)
    same["name"] = likeness(row.name, wanted["name"]) >= 0.7
    found = {**row.model_dump(mode="json"), "period": years(row), "section": row.section_path}
    for name in (name for name, is_same in same.items() if not is_same):
        yield f"“{row.text}” at {row.char_start}: {name} is {found[name]!r}, not {wanted[name]!r}"


def section_differences(row: Section, wanted: Gold) -> Iterator[str]:
    same = {name: getattr(row, name) == wanted[name] for name in ("path", "kind", "label", "role")}
    same["title"] = likeness(row.title, wanted["title"]) >= 0.9
    for name in (name for name, is_same in same.items() if not is_same):
        yield f"{row.path} at {row.char_start}: {name} is {getattr(row, name)!r}, not {wanted[name]!r}"


# --- the tests


def test_every_sample_has_its_gold() -> None:
    assert sorted(path.stem for path in SAMPLES.iterdir() if path.is_file()) == STEMS
    assert len(STEMS) >= 8


@pytest.mark.parametrize("stem", STEMS)
def test_measures_are_found_as_in_the_gold(stem: str) -> None:
    wanted = {(one["start"], one["end"]): one for one in gold(stem, "measures")}
    found = {(row.char_start, row.char_end): row for row in document(stem).indicators}
    faults = [f"“{wanted[span]['text']}” at {span[0]}: missed" for span in sorted(wanted.keys() - found.keys())]
    faults += [f"“{found[span].text}” at {span[0]}: no measure" for span in sorted(found.keys() - wanted.keys())]
    for span in sorted(wanted.keys() & found.keys()):
        faults += differences(found[span], wanted[span])
    assert faults == []


@pytest.mark.parametrize("stem", STEMS)
def test_sections_are_found_as_in_the_gold(stem: str) -> None:
    wanted = {one["start"]: one for one in gold(stem, "sections")}
    found = {row.char_start: row for row in document(stem).sections}
    faults = [f"{wanted[start]['path']} at {start}: missed" for start in sorted(wanted.keys() - found.keys())]
    faults += [f"{found[start].path} at {start}: no section" for start in sorted(found.keys() - wanted.keys())]
    for start in sorted(wanted.keys() & found.keys()):
        faults += section_differences(found[start], wanted[start])
    assert faults == []


@pytest.mark.parametrize("stem", STEMS)
def test_the_gold_itself_is_exact(stem: str) -> None:
    raw = next(path for path in SAMPLES.glob(f"{stem}.*") if path.is_file()).read_bytes().decode("utf-8")
    assert [raw[one["start"] : one["end"]] for one in gold(stem, "measures")] == [
        one["text"] for one in gold(stem, "measures")
    ]
    assert all(raw.startswith(one["marker"], one["start"]) for one in gold(stem, "sections"))
