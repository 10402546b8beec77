"""The catalogue: which names are one indicator, and what a measure is of it."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from nqparse.catalogue.dimensions import Sort
from nqparse.catalogue.growth import growth_of
from nqparse.catalogue.matching import Coded, coder_of
from nqparse.catalogue.proving import faults_of
from nqparse.checking import check_pack
from nqparse.errors import PatternError
from nqparse.models import Change
from nqparse.packs.load import Located, load_pack
from nqparse.packs.schema import CatalogueEntry, NameWord
from nqparse.pipeline import parse

CODER = coder_of(load_pack())
PROVED = [one for one in load_pack().rules if isinstance(one.rule, CatalogueEntry | NameWord)]


def code(
    name: str, unit: str = "%", change: Change = Change.LEVEL, *, per: str | None = None, based: bool = False
) -> str | None:
    return CODER.code(name, Sort(unit, per, change, based)).code


@pytest.mark.parametrize("located", PROVED, ids=[one.address for one in PROVED])
def test_an_entry_codes_its_names_and_no_others(located: Located) -> None:
    assert list(faults_of(load_pack(), located)) == []


def test_the_catalogue_is_broad() -> None:
    assert sum(isinstance(one.rule, CatalogueEntry) for one in PROVED) >= 250


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tỉ lệ che phủ rừng", "Tỷ lệ độ che phủ rừng"),
        ("Tỷ lệ tham gia BHYT", "Tỷ lệ dân số tham gia bảo hiểm y tế trên địa bàn tỉnh"),
        ("Tỷ lệ hộ nghèo (đa chiều) năm 2025", "hộ nghèo đa chiều"),
        ("Xã đạt chuẩn NTM nâng cao", "tỷ lệ xã đạt chuẩn nông thôn mới nâng cao"),
    ],
)
def test_forms_of_one_name_have_one_code(one: str, other: str) -> None:
    assert code(one) is not None
    assert code(one) == code(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tổng thu ngân sách", "Tổng chi ngân sách"), ("Kim ngạch xuất khẩu", "Kim ngạch nhập khẩu")],
)
def test_names_that_are_alike_have_codes_of_their_own(one: str, other: str) -> None:
    assert code(one, "VND") is not None
    assert code(one, "VND") != code(other, "VND")


def test_the_unit_decides_between_a_share_and_a_number() -> None:
    assert code("hộ nghèo", "%") == "poverty_rate"
    assert code("hộ nghèo", "hộ") == "poor_households"
    assert code("hộ nghèo", "ha") is None


def test_a_rate_is_known_by_its_name_or_by_its_denominator() -> None:
    assert code("bác sĩ/1 vạn dân", "bác sĩ") == code("bác sĩ", "bác sĩ", per="10.000 dân") == "doctors_per_10k"
    assert code("bác sĩ", "bác sĩ", per="năm") == "doctors"


@pytest.mark.parametrize(
    ("name", "change", "based", "expected"),
    [
        ("Tốc độ tăng kim ngạch xuất khẩu", Change.LEVEL, False, "export_value/growth"),
        ("Kim ngạch xuất khẩu", Change.INCREASE, False, "export_value/growth"),
        ("Kim ngạch xuất khẩu", Change.LEVEL, True, "export_value/fulfilment"),
        ("Kim ngạch xuất khẩu", Change.EXCEED, True, "export_value/excess"),
        ("Kim ngạch xuất khẩu", Change.LEVEL, False, None),
        ("Tỷ lệ hộ nghèo", Change.DECREASE, False, "poverty_rate/reduction"),
        ("Tỷ lệ tăng dân số tự nhiên", Change.LEVEL, False, "natural_population_growth_rate"),
    ],
)
def test_a_change_is_not_the_level(name: str, change: Change, based: bool, expected: str | None) -> None:
    assert code(name, "%", change, based=based) == expected


def test_a_name_with_more_words_than_the_alias_allows_is_unsure() -> None:
    assert code("Tỷ lệ hộ nghèo có nhà kiên cố") is None


def test_growth_is_one_number_however_it_is_said() -> None:
    texts = (
        "I. CHỈ TIÊU\n- Kim ngạch xuất khẩu tăng 8,5%",
        "I. CHỈ TIÊU\n- Tốc độ tăng kim ngạch xuất khẩu: 8,5%",
        "I. CHỈ TIÊU\n- Chỉ số sản xuất công nghiệp đạt 108,5%",
    )
    assert [parse(text).indicators[0].growth for text in texts] == [Decimal("8.5")] * 3
    assert growth_of(Decimal("2"), Decimal("2"), Change.DECREASE, Coded(dimension="growth")) == Decimal("-2")
    assert growth_of(Decimal("2"), Decimal("3"), Change.LEVEL, Coded(dimension="growth")) is None
    assert growth_of(Decimal("2"), Decimal("2"), Change.LEVEL, Coded("poverty_rate", "x", "share")) is None


def test_columns_of_the_catalogue_are_filled() -> None:
    row = parse("I. CHỈ TIÊU\n- Tỷ lệ hộ nghèo còn 1,25%").indicators[0]
    assert (row.code, row.code_rule, row.dimension) == ("poverty_rate", "hộ nghèo (đa chiều)", "share")


ENTRY = """
[[indicator]]
id = "mine"
vi = "Số gùi"
en = "Baskets"
dimension = "count"
better = "up"
aliases = ["gùi (tre)"]
measures = ["Số gùi tre [gùi]"]
others = ["Số hộ nghèo [hộ]"]
"""


def faults(folder: Path, patterns: str) -> list[str]:
    (folder / "mine.toml").write_text(patterns, encoding="utf-8")
    pack = load_pack(folder)
    own = tuple(located for located in pack.rules if located.rule.id == "mine")
    assert own
    return [str(fault) for located in own for fault in faults_of(pack, located)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", []),
        ("Số gùi tre [", "Số gùi mây [", ["“Số gùi mây [gùi]” has no code"]),
        ("Số gùi tre [gùi]", "Số gùi", ["“Số gùi” is no measure: write a name and its unit, as in “name [%]”"]),
        ("Số hộ nghèo [hộ]", "gùi [gùi]", ["“gùi [gùi]” has the code mine"]),
        ('better = "up"', 'better = "up"\nparent = "no"', ["its parent 'no' is not in the catalogue"]),
    ],
)
def test_an_entry_of_ones_own_is_laid_over_and_proved(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    assert faults(tmp_path, ENTRY.replace(old, new) if old else ENTRY) == told


@pytest.mark.parametrize(("alias", "told"), [("gùi (tre", "brackets"), ("(gùi)", "needs no word")])
def test_an_alias_that_is_written_wrongly_is_told(tmp_path: Path, alias: str, told: str) -> None:
    (tmp_path / "mine.toml").write_text(ENTRY.replace("gùi (tre)", alias), encoding="utf-8")
    with pytest.raises(PatternError, match=f"indicator mine: .*{told}"):
        coder_of(load_pack(tmp_path))


def test_an_open_alias_takes_more_words_but_no_forbidden_ones(tmp_path: Path) -> None:
    open_entry = ENTRY.replace("gùi (tre)", "gùi*").replace("[[indicator]]", "[[indicator]]\nforbids = ['nhựa']")
    (tmp_path / "mine.toml").write_text(open_entry, encoding="utf-8")
    coder = coder_of(load_pack(tmp_path))
    sort = Sort("gùi", None, Change.LEVEL, False)
    assert coder.code("Số gùi mây của bản", sort).code == "mine"
    assert coder.code("Số gùi nhựa", sort).code is None


def test_patterns_check_proves_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(ENTRY.replace("Số gùi tre", "Số gùi mây"), encoding="utf-8")
    pack = load_pack(tmp_path)
    own = tuple(located for located in pack.rules if located.file in ("mine.toml", "words.toml"))
    assert [str(fault) for fault in check_pack(replace(pack, rules=own))] == [
        "mine.toml: indicator mine: “Số gùi mây [gùi]” has no code"
    ]
