"""Expressions under hostile texts, which are built from their own structure."""

from math import inf
from pathlib import Path

import pytest

from nqparse.checking import check_pace
from nqparse.growth import Growth, superlinear
from nqparse.packs.hostile import Attack, attacks
from nqparse.packs.load import Located, load_pack, searched

EXPRESSIONS = [(located, found) for located in load_pack().rules if (found := searched(located)) is not None]


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"\s+năm", Attack("", " ", "\x01 năm")),
        (r"(?<=số\s)\d+x", Attack("số ", "1", "\x01số 1x")),
        (r"[^,]{0,80};", Attack("", "a", "\x01;")),
        (r"(?:từ\s)*đến", Attack("", "từ ", "\x01đến")),
        (r"(?i)q(?:a|b)+$", Attack("q", "b", "\x01qa")),
        (r"x\p{Lu}+?(?>y)", Attack("x", "A", "\x01xAy", periodic=True)),
        (r"(?V1)[at--[aeiou]]{10,}", Attack("", "t", "\x01tttttttttt")),
        (r"1.*2", Attack("\x01", "a", "2")),
    ],
)
def test_each_repeat_is_attacked_with_what_it_accepts(pattern: str, wanted: Attack) -> None:
    assert wanted in attacks(pattern)


def test_a_repeat_with_a_near_end_is_left_alone() -> None:
    assert {one.body for one in attacks(r"a{1,3}b?")} <= {"a", "ab", "aa", "aab"}


def test_most_expressions_match_one_of_the_texts_built_from_them() -> None:
    """Else the texts would be no attacks: each must come close to what the expression looks for.

    Of those that look anywhere: one bound to a text's start may not match after a repeat.
    """
    anywhere = [found for _, found in EXPRESSIONS if "^" not in found.pattern.replace("[^", "[")]
    missed = [
        found.pattern for found in anywhere if not any(found.search(one.text(200)) for one in attacks(found.pattern))
    ]
    assert missed == []


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [r"(\p{L}+\s*)+:$", r"\s+năm", r"(?:[IVX]+|\p{Lu})(?:-(?:[IVX]+|\p{Lu}))*\)"])
def test_an_expression_that_backtracks_is_named_by_its_address(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "mine.toml").write_text(f"[[expression]]\nid = 'mine'\npattern = '{pattern}'\n", encoding="utf-8")
    own = next(located for located in load_pack(tmp_path).rules if located.file == "mine.toml")
    faults = [str(fault) for fault in check_pace(own)]
    assert len(faults) == 1
    assert faults[0].startswith("mine.toml: expression mine: its expression takes time out of proportion over ")


def test_a_rule_without_an_expression_takes_no_time() -> None:
    unit = next(located for located in load_pack().rules if located.table == "unit")
    assert check_pace(unit) == []


@pytest.mark.slow
def test_a_bounded_expression_is_in_proportion() -> None:
    rule = EXPRESSIONS[-1][0].rule.model_copy(update={"pattern": r"\s{1,9}năm"})
    assert check_pace(Located("mine.toml", "expression", rule)) == []


def test_growth_is_told_by_the_power_of_the_size() -> None:
    assert superlinear(lambda size: size * 1e-6, 1000, 8000) is None
    assert superlinear(lambda size: size**2 * 1e-6, 1000, 8000) == Growth(1000, 8000, 1.0, 64.0)
    assert superlinear(lambda size: inf, 1000, 8000) is not None


def test_what_only_once_looks_slow_is_measured_again() -> None:
    seconds = iter([1.0, 64.0, 1.0, 1.0, 8.0, 64.0])
    assert superlinear(lambda _: next(seconds), 1000, 8000) is None


def test_texts_are_as_long_as_asked() -> None:
    for located, found in EXPRESSIONS[::10]:
        for attack in attacks(found.pattern):
            assert abs(len(attack.text(5000)) - 5000) <= len(attack.before + attack.body + attack.after), (
                located.address
            )
