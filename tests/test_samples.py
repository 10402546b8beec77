"""The samples against their gold, which people wrote by the annotation guide: every measure and section, in full."""

from functools import cache
from pathlib import Path

import pytest

from nqparse.gate.edits import edits
from nqparse.gate.gold import Gold, Named, list_gold, read_gold
from nqparse.gate.reads import reading
from nqparse.gate.scoring import Fate, Miss, Scored, score
from nqparse.pipeline import parse

SAMPLES = Path(__file__).parents[1] / "samples"
STEMS = {named.name: named for named in list_gold(SAMPLES / "gold")}
NOT_ASKED = {"basis"}
"""The field that is not asked of every row: what a figure is compared with can stand sentences away."""


def path(named: Named) -> Path:
    return next(path for path in SAMPLES.glob(f"{named.name}.*") if path.is_file())


def text(named: Named) -> str:
    return path(named).read_bytes().decode("utf-8")


@cache
def gold(named: Named) -> Gold:
    return read_gold(named)


@cache
def scored(named: Named) -> Scored:
    return score(reading(parse(path(named))), gold(named), named.name, text(named))


def told(miss: Miss) -> str:
    words = miss.spot.text[miss.spot.start : miss.spot.end]
    return f"line {miss.spot.line}, “{words}”: {miss.fate} {', '.join(miss.fields)}"


def counts(miss: Miss) -> bool:
    return miss.fate is not Fate.WRONG or not NOT_ASKED.issuperset(miss.fields)


def test_every_sample_has_its_gold() -> None:
    assert sorted(path.stem for path in SAMPLES.iterdir() if path.is_file()) == sorted(STEMS)
    assert all(one.measures and one.sections for one in STEMS.values())
    assert len(STEMS) >= 8


@pytest.mark.parametrize("stem", STEMS)
def test_measures_and_sections_are_found_as_in_the_gold(stem: str) -> None:
    assert [told(miss) for miss in scored(STEMS[stem]).misses if counts(miss)] == []


@pytest.mark.parametrize("stem", STEMS)
def test_the_gold_itself_is_exact(stem: str) -> None:
    named = STEMS[stem]
    assert list(edits(gold(named), text(named), stem)) == []
    assert not any(file.unchecked for file in gold(named).files)
