"""Expressions that are tried only where they can match find what they find when they are tried everywhere."""

import random

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from nqparse.checking import example_texts, finders
from nqparse.folding import in_both_styles
from nqparse.packs.finding import Finder
from nqparse.packs.load import load_pack
from nqparse.packs.numbers import Branch, NumberFinder, before_of
from nqparse.packs.schema import Expression, NumberRule

PACK = load_pack()
FINDERS = finders(PACK)
WORDS = sorted({word for text in example_texts(PACK) for word in text.split()})
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
RULES = [located.rule for located in PACK.rules if isinstance(located.rule, NumberRule)]
QUICK = next(r.rule.pattern for r in PACK.rules if isinstance(r.rule, Expression) and r.rule.id == "surely-a-quantity")
ALL_AT_ONCE = regex.compile(
    rf"(?=\d)(?:(?P<quantity>{QUICK})|"
    + "|".join(rf"(?P<rule{n}>{in_both_styles(rule.pattern)})(?!\d|[.,]\d)" for n, rule in enumerate(RULES))
    + r"|(?P<plain>\d++(?:[.,]\d++){0,99}+)(?![.,]\d)|(?P<run>\d[\d.,]*+))"
)
"""The rules for numbers as one expression, which tries all of them at each number."""


@given(st.sampled_from(sorted(FINDERS)), TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_a_finder_finds_what_its_expression_finds(rule: str, text: str, one: int, other: int) -> None:
    finder, (pos, end) = FINDERS[rule], sorted((min(one, len(text)), min(other, len(text))))
    for found, expected in (
        (finder.search(text), finder.pattern.search(text)),
        (finder.search(text, pos, end), finder.pattern.search(text, pos, end)),
        (finder.match(text, pos), finder.pattern.match(text, pos)),
        (finder.match(text, pos, end), finder.pattern.match(text, pos, end)),
        (finder.fullmatch(text, pos, end), finder.pattern.fullmatch(text, pos, end)),
    ):
        assert (found and found.span()) == (expected and expected.span())
    assert [m.span() for m in finder.finditer(text, pos)] == [m.span() for m in finder.pattern.finditer(text, pos)]
    assert finder.sub("", text) == finder.pattern.sub("", text)


@pytest.mark.parametrize("rule", sorted(FINDERS))
def test_a_finder_finds_all_matches_of_the_examples(rule: str) -> None:
    assert FINDERS[rule].missed_in(example_texts(PACK)) is None


@pytest.mark.parametrize(
    ("pattern", "needs", "text"),
    [
        (r"tăng|giảm", ["tăng"], "số vụ giảm"),
        (r"(?!so(?!\w))\w+", [], "song song"),  # the end of three characters is not the end of a word
        (r"(?r)\w+(?<!(?<!\w)vụ)", [], "cả hai quận vụ"),
    ],
)
def test_a_match_that_is_not_tried_is_told(pattern: str, needs: list[str], text: str) -> None:
    found = Finder(regex.compile(pattern), needs).missed_in([text])
    assert found == (text if needs else None)


def test_what_needs_the_text_before_it_is_always_tried() -> None:
    after_percent = Finder(regex.compile(r"(?<=%)(?=N)NQ"))
    found = after_percent.match("đạt 95%NQ", 7)
    assert found is not None
    assert found.span() == (7, 9)


@given(TEXTS)
def test_rules_for_numbers_by_the_word_before_them_are_the_rules_tried_in_order(text: str) -> None:
    found = [(one.start, one.end, one.rule, one.quick, one.several) for one in PACK.numbers.finditer(text)]
    assert found == [shown(match) for match in ALL_AT_ONCE.finditer(text)]


def test_rules_for_numbers_take_the_examples_as_all_at_once_do() -> None:
    rng = random.Random(7)
    for text in example_texts(PACK):
        for words in (text.split(), rng.sample(text.split(), len(text.split()))):
            shuffled = " ".join(words)
            found = [(one.start, one.end, one.rule, one.quick, one.several) for one in PACK.numbers.finditer(shuffled)]
            assert found == [shown(match) for match in ALL_AT_ONCE.finditer(shuffled)]


def shown(match: "regex.Match[str]") -> tuple[int, int, str | None, bool, bool]:
    kind = str(match.lastgroup)
    rule = RULES[int(kind[4:])].id if kind.startswith("rule") else None
    return *match.span(), rule, kind == "quantity", rule is not None or kind == "run"


def test_a_rule_that_looks_ahead_before_a_number_is_tried_at_each() -> None:
    rules = [Branch("once", "name", r"(?<=số (?=1))\d+"), Branch("late", "name", r"(?<=số )\d+")]
    numbers = NumberFinder(rules, None)
    assert [one.rule for one in numbers.finditer("số 12, số 31")] == ["once", "late"]
    assert [before_of(rule.pattern) for rule in rules] == [None, "số "]
