"""Excerpts and moves: whatever the text, the caret stands under its words, and a moved text is told by how much."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqparse.gate.edits import edits
from nqparse.gate.gold import Gold, GoldFile, GoldMeasure, Line
from nqparse.gate.places import Lines
from nqparse.models import Bound, Change, Role
from nqparse.reports.excerpts import cells, excerpt

STEADY = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The same cases each time, however busy the machine."""


@given(st.text(max_size=300), st.from_regex(r"\d{1,3}(,\d)?", fullmatch=True), st.text(max_size=300))
@STEADY
def test_the_caret_stands_under_the_number(before: str, number: str, after: str) -> None:
    spot = Lines(before + " " + number + " " + after).spot(len(before) + 1, len(before) + 1 + len(number))
    line, caret = excerpt(spot, 40)
    assert "\n" not in line
    assert cells(line) <= 42
    at = caret.index("^")
    assert caret.strip() == "^" * cells(number)
    assert any(cells(line[:n]) == at and line[n:].startswith(number) for n in range(len(line)))


def measure(start: int, text: str) -> GoldMeasure:
    return GoldMeasure(
        start=start,
        end=start + len(text),
        text=text,
        low=None,
        high=None,
        bound=Bound.EXACT,
        unit="",
        change=Change.LEVEL,
        role=Role.TARGET,
        name="",
        core=False,
    )


@given(st.integers(1, 8), st.text("abc \n", min_size=1, max_size=30))
@STEADY
def test_a_moved_text_is_told_once_and_by_how_much(at: int, inserted: str) -> None:
    words = [f"{number * 37 % 1000} đồng chí, " for number in range(11, 21)]
    starts = [len("".join(words[:n])) for n in range(len(words))]
    rows = [measure(start, word.split()[0]) for start, word in zip(starts, words, strict=True)]
    file = GoldFile(Path("a.measures.jsonl"), tuple(Line(n, row) for n, row in enumerate(rows, start=1)))
    text = "".join(words[:at]) + inserted + "".join(words[at:])
    assert list(edits(Gold(file), "".join(words), "a.txt")) == []
    (fault,) = edits(Gold(file), text, "a.txt")
    assert fault.line == at + 1
    assert fault.message.endswith(f"moved by +{len(inserted)}")
