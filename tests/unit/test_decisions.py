"""Ordered decisions over features: which is taken, and what a faulty list says."""

import re
from collections.abc import Mapping

import pytest

from nqparse.context import membership_evidence, period_evidence, role_evidence
from nqparse.context.evidence import Evidence
from nqparse.context.role_evidence import FEATURES
from nqparse.context.roles import TAKES
from nqparse.errors import PatternError
from nqparse.packs.decisions import DecisionList
from nqparse.packs.load import load_pack
from nqparse.packs.schema import Decision


def decision(name: str, *when: str, take: str = "actual", unless: tuple[str, ...] = ()) -> Decision:
    return Decision(id=name, of="role", take=take, when=when, unless=unless)


@pytest.mark.parametrize(
    ("holding", "taken"),
    [
        ({"a", "b"}, "both"),
        ({"a", "b", "x"}, "one"),
        ({"a", "b", "y"}, "one"),
        ({"c"}, "one"),
        ({"a"}, "otherwise"),
        (set(), "otherwise"),
    ],
)
def test_the_first_decision_whose_conditions_hold_is_taken(holding: set[str], taken: str) -> None:
    ordered = DecisionList(
        [
            decision("both", "a", "b", unless=("x | y",)),
            decision("one", "c | b"),
            decision("never", "a", "!a"),
            decision("otherwise"),
        ]
    )
    assert ordered.first(holding.__contains__).id == taken


def test_a_list_that_leaves_a_case_undecided_says_so() -> None:
    with pytest.raises(PatternError, match="the last of a list must have no conditions"):
        DecisionList([decision("one", "a")]).first(lambda _: False)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (decision("one", "lead.target", "no-such"), "decision one: there is no feature 'no-such'"),
        (decision("two", "lead.target", unless=("nor-this",)), "decision two: there is no feature 'nor-this'"),
        (decision("three", take="nobody"), "decision three: it cannot take 'nobody'"),
    ],
)
def test_a_decision_over_what_is_not_there_is_refused(wrong: Decision, message: str) -> None:
    with pytest.raises(PatternError, match=message):
        DecisionList([wrong]).refuse_unknown(tuple(FEATURES), TAKES)


@pytest.mark.parametrize(
    ("questions", "features"),
    [
        (("role",), role_evidence.FEATURES),
        (("core", "label"), membership_evidence.FEATURES),
        (("period",), period_evidence.FEATURES),
    ],
)
def test_every_feature_is_asked_for_by_a_decision(questions: tuple[str, ...], features: Mapping[str, object]) -> None:
    asked = {
        feature.strip(" !")
        for located in load_pack().rules
        if isinstance(located.rule, Decision) and located.rule.of in questions
        for condition in (*located.rule.when, *located.rule.unless)
        for feature in re.split("[|&]", condition)
    }
    assert set(features) == asked


def test_a_feature_is_computed_once_and_only_when_it_is_asked_for() -> None:
    computed: list[str] = []

    def feature(name: str) -> bool:
        computed.append(name)
        return True

    evidence = Evidence({"a": lambda _: feature("a"), "b": lambda _: feature("b")}, None)
    assert evidence.holds("a")
    assert evidence.holds("a")
    assert computed == ["a"]
