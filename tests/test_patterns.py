"""The patterns' own proof: a test per example and per rule, and faulty pattern files told by their addresses."""

from dataclasses import replace
from pathlib import Path

import pytest

from nqparse.checking import check_example, check_pack, check_rule
from nqparse.errors import PatternError
from nqparse.packs.load import Located, load_pack
from nqparse.packs.watch import watched
from nqparse.pipeline import analyse
from nqparse.text.source import make_source

RULES = load_pack().rules
EXAMPLES = [(rule, number) for rule in RULES for number in range(1, len(rule.rule.examples) + 1)]


@pytest.mark.parametrize(("located", "number"), EXAMPLES, ids=[f"{rule.address}, {n}" for rule, n in EXAMPLES])
def test_an_example_is_found_as_it_says(located: Located, number: int) -> None:
    assert [str(fault) for fault in check_example(load_pack(), located, number)] == []


@pytest.mark.parametrize("located", RULES, ids=[rule.address for rule in RULES])
def test_a_rule_is_proved_by_examples_of_both_kinds(located: Located) -> None:
    assert [str(fault) for fault in check_rule(located)] == []


# --- a user's own pattern files


GOOD = """
[[unit]]
id = "thúng"
family = "physical"
forms = ["thúng"]
[[unit.examples]]
text = "Sản lượng đạt 45 thúng"
finds = [{ text = "45", low = "45", unit = "thúng" }]
[[unit.examples]]
text = "Có 45 hộ đan thúng"
finds = [{ text = "45", unit = "hộ" }]
why = "what they make is not counted"
"""


def faults(folder: Path, patterns: str) -> list[str]:
    """The faults of a file mine.toml laid over the built-in ones."""
    (folder / "mine.toml").write_text(patterns, encoding="utf-8")
    pack = load_pack(folder)
    own = tuple(located for located in pack.rules if located.file == "mine.toml")
    return [str(fault) for fault in check_pack(replace(pack, rules=own))]


def test_a_rule_with_its_proof_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


def test_a_rule_without_examples_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path, '[[unit]]\nid = "thúng"\nfamily = "physical"\nforms = ["thúng"]\n') == [
        "mine.toml: unit thúng: has no example",
        "mine.toml: unit thúng: has no counter-example (an example with why)",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"45", low', '"46", low', "example 1: measure 1: text is “45”, not “46”"),
        ('low = "45"', 'low = "450"', "example 1: measure 1: low is “45”, not “450”"),
        ('unit = "hộ"', 'basis = "dự toán"', "example 2: measure 1: basis is null, not “dự toán”"),
        ("45 hộ đan", "45 hộ, 12 thôn đan", "example 2: finds 2 measures (45; 12), not 1 measure (45)"),
        ('unit = "thúng" }]', 'unit = "thúng" }]\nnumbers = []', "example 1: finds 1 number (45), not no number"),
        (
            'unit = "hộ" }]',
            'unit = "hộ" }]\nsections = [{ path = "I" }]',
            "example 2: finds no section, not 1 section (I)",
        ),
        (
            'unit = "hộ" }]',
            'unit = "hộ" }]\nhead = { doc_type = "report" }',
            "example 2: head 1: doc_type is “other”, not “report”",
        ),
    ],
)
def test_what_is_found_otherwise_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert GOOD.count(old) == 1
    assert faults(tmp_path, GOOD.replace(old, new)) == [f"mine.toml: unit thúng, {told}"]


def test_a_rule_that_takes_no_part_in_its_example_is_told(tmp_path: Path) -> None:
    rule = GOOD.replace('forms = ["thúng"]', 'forms = ["gùi"]').replace('low = "45", unit = "thúng"', 'low = "45"')
    assert faults(tmp_path, rule) == [
        "mine.toml: unit thúng: no example asserts its unit",
        "mine.toml: unit thúng, example 1: the rule takes no part in it",
    ]


def test_a_rule_that_takes_part_in_its_counter_example_is_told(tmp_path: Path) -> None:
    rule = GOOD.replace(
        'text = "Có 45 hộ đan thúng"\nfinds = [{ text = "45", unit = "hộ" }]',
        'text = "Bán 45 thúng"\nfinds = [{ text = "45" }]',
    )
    assert faults(tmp_path, rule) == [
        "mine.toml: unit thúng, example 2: the rule takes part in a counter-example (what they make is not counted)"
    ]


UNASSERTED = {
    "bound": '[[lead]]\nid = "mine"\nbound = "min"\nforms = ["chí ít"]\n[[lead.examples]]\n'
    'text = "Có chí ít 45 hộ"\nfinds = [{ text = "45" }]\n[[lead.examples]]\ntext = "Có ít hộ"\nwhy = "none"\n',
    "factor (low or high)": '[[multiplier]]\nid = "mine"\nforms = ["lố"]\nfactor = 12\n[[multiplier.examples]]\n'
    'text = "Có 5 lố trường"\nfinds = [{ text = "5" }]\n[[multiplier.examples]]\ntext = "Có hộ"\nwhy = "none"\n',
    "class": '[[number]]\nid = "mine"\nclass = "name"\npattern = \'(?<=Gò )\\d+\'\n[[number.examples]]\n'
    'text = "Ở Gò 45"\n[[number.examples]]\ntext = "Có hộ"\nwhy = "none"\n',
    "role": '[[heading]]\nid = "mine"\nrole = "tasks"\nforms = ["việc làng"]\n[[heading.examples]]\n'
    'text = "I. VIỆC LÀNG"\n[[heading.examples]]\ntext = "I. MỤC TIÊU"\nwhy = "none"\n',
    "doc_type": '[[type]]\nid = "mine"\ndoc_type = "plan"\nforms = ["lịch"]\n[[type.examples]]\n'
    'text = "LỊCH\\nvề tiếp dân"\n[[type.examples]]\ntext = "BÁO CÁO"\nwhy = "none"\n',
    "name_norm": '[[slip]]\nid = "mine"\nright = "ruộng"\nwrong = ["ruọng"]\n[[slip.examples]]\n'
    'text = "Số thửa ruọng: 5 thửa"\nfinds = [{ text = "5" }]\n[[slip.examples]]\ntext = "Có hộ"\nwhy = "none"\n',
}


@pytest.mark.parametrize("name", UNASSERTED)
def test_a_field_that_no_example_asserts_is_told(tmp_path: Path, name: str) -> None:
    told = [fault for fault in faults(tmp_path, UNASSERTED[name]) if "asserts" in fault]
    table = UNASSERTED[name].split("]]")[0].strip("[")
    assert told == [f"mine.toml: {table} mine: no example asserts its {name}"]


def test_the_faults_of_all_rules_are_listed_together(tmp_path: Path) -> None:
    both = UNASSERTED["bound"] + UNASSERTED["class"].replace('"mine"', '"other"')
    addresses = {fault.split(":", 2)[1].strip().split(",")[0] for fault in faults(tmp_path, both)}
    assert addresses == {"lead mine", "number other"}


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("number mine", '[[number]]\nid = "mine"\nclass = "name"\n'),
        ("expression mine", '[[expression]]\nid = "mine"\n'),
        ("expression surely-a-quantity", '[[expression]]\nid = "surely-a-quantity"\n'),
        ("basis mine", '[[basis]]\nid = "mine"\n'),
    ],
)
def test_an_expression_that_does_not_compile_is_told(tmp_path: Path, address: str, rule: str) -> None:
    example = "examples = [{ text = 'Có 45 hộ' }]\n"
    with pytest.raises(PatternError, match=f"mine.toml: {address}: the pattern does not compile"):
        faults(tmp_path, f"{rule}pattern = '(45'\n{example}")


def test_an_expression_that_needs_too_much_is_told(tmp_path: Path) -> None:
    rule = "[[expression]]\nid = 'mine'\npattern = 'thúng|gùi'\nneeds = ['thúng']\n"
    examples = "examples = [{ text = 'Bán 45 gùi', why = 'nobody asks' }]\n"
    told = [fault for fault in faults(tmp_path, rule + examples) if "tried" in fault]
    assert told == [
        "mine.toml: expression mine: its match in “Bán 45 gùi” is not tried: needs lacks a string that the match has"
    ]


# --- rules that leave no trace in the records


def test_watching_tells_which_rules_answered_and_changes_nothing() -> None:
    pack, met = load_pack(), set[str]()
    source = make_source("BÁO CÁO\nvề dân vận\nSố thôn tăng lên từ 45 đến 50 thôn")
    assert analyse(source, watched(pack, met)) == analyse(source, pack)
    assert {"range-joins", "title-start", "type-report"} <= met
    assert "type-plan" not in met
