"""The gate over the scores: what is below a floor fails, and floors go up by themselves but never down."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

SCORES = {"all": {"full F1": 0.9237, "explained": 1.0}, "001": {"full F1": 0.8}}


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    path = Path(__file__).parents[2] / "tools" / "score_gate.py"
    spec = importlib.util.spec_from_file_location("score_gate", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_floors_are_rounded_down_and_raised(gate: ModuleType) -> None:
    floors = gate.raised({"001": {"full F1": 0.7}}, SCORES, lower=False)
    assert floors == {"all": {"full F1": 0.923, "explained": 1.0}, "001": {"full F1": 0.8}}


def test_a_floor_is_lowered_only_when_asked(gate: ModuleType) -> None:
    assert gate.raised({"001": {"full F1": 0.95}}, SCORES, lower=False)["001"] == {"full F1": 0.95}
    assert gate.raised({"001": {"full F1": 0.95}}, SCORES, lower=True)["001"] == {"full F1": 0.8}


def test_what_is_below_its_floor_or_missing_is_a_fault(gate: ModuleType) -> None:
    floors = {"all": {"full F1": 0.9237}, "001": {"full F1": 0.85}, "002": {"full F1": 0.5}}
    assert gate.faults(floors, SCORES) == ["001: full F1 0.800 < 0.850", "002: full F1 0.000 < 0.500"]
    assert "0.800 < 0.850" in gate.report(floors, SCORES)


def test_the_digest_changes_with_the_gold(gate: ModuleType, tmp_path: Path) -> None:
    before = gate.gold_digest(tmp_path)
    (tmp_path / "a.measures.jsonl").write_text(json.dumps({}))
    assert gate.gold_digest(tmp_path) != before
