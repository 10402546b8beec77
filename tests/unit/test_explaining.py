"""Why a number was read as it was: the indicator's rules in order, or the rule that says what else it is."""

import pytest

from nqparse.errors import InputError
from nqparse.explaining import explain, find_number, naming
from nqparse.naming.alternatives import Choice, watching
from nqparse.packs.load import load_pack
from nqparse.pipeline import Analysis, analyse
from nqparse.text.source import make_source

TEXT = """I. CHỈ TIÊU NĂM 2025
1. Tỷ lệ hộ nghèo: khoảng 2,5 - 3%
2. Thu ngân sách vượt dự toán 5%, theo Nghị quyết số 15-NQ/TU
"""


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(make_source(TEXT), load_pack())


def test_every_number_is_explained_from_each_of_its_characters(analysis: Analysis) -> None:
    for number in analysis.numbers:
        for at in range(number.char_start, number.char_end + 1):
            found = explain(analysis, at, load_pack())
            assert found.number == number
            assert (found.indicator is not None) == (number.class_ == "measure")
            assert found.steps


def test_a_measure_tells_the_rules_of_its_row(analysis: Analysis) -> None:
    found = explain(analysis, TEXT.index("2,5"), load_pack())
    assert found.indicator is not None
    assert (found.indicator.text, found.indicator.bound) == ("2,5 - 3", "about")
    assert found.steps[0] == ("number", "class measure")
    assert tuple(dict.fromkeys(step.rule for step in found.steps[1:])) == found.indicator.rules
    assert explain(analysis, TEXT.index("3%"), load_pack()).indicator == found.indicator


def test_what_is_no_measure_tells_its_rule(analysis: Analysis) -> None:
    found = explain(analysis, TEXT.index("15-NQ"), load_pack())
    assert found.indicator is None
    assert [step.rule for step in found.steps] == [found.number.rule]
    assert found.steps[0].sets == "class document_number"


def test_a_number_is_found_as_printed(analysis: Analysis) -> None:
    assert find_number(analysis, "5") == [TEXT.index("5%")]
    assert find_number(analysis, "2,5 - 3") == [TEXT.index("2,5")]
    assert find_number(analysis, "99") == []


def test_a_place_without_a_number_names_the_nearest(analysis: Analysis) -> None:
    place = TEXT.index("2,5")
    with pytest.raises(InputError, match=f"no number at offset {place - 5}; the nearest is '2,5' at {place}"):
        explain(analysis, place - 5, load_pack())


def test_a_text_without_a_number_says_so() -> None:
    with pytest.raises(InputError, match="the text has no number"):
        explain(analyse(make_source("Nghị quyết"), load_pack()), 3, load_pack())


STRUCTURE = "I. KẾT QUẢ\nCơ cấu kinh tế tiếp tục chuyển dịch đúng hướng, công nghiệp chiếm 58,4%.\n"
ROWS = "PHỤ LỤC\n\n| TT | Chỉ tiêu | Đơn vị | Năm 2026 |\n|---|---|---|---|\n| 1 | Sản lượng chè | tấn | 120 |\n"


def test_a_name_comes_with_those_that_the_next_decisions_would_have_made() -> None:
    read = analyse(make_source(STRUCTURE), load_pack())
    (row,) = read.indicators
    first, *others = naming(read, row, load_pack())
    assert (first.name, first.decision) == (row.name, "structure-part")
    assert first.decision in row.rules
    assert "share" in first.features
    assert "công nghiệp" in [one.name for one in others]
    assert others[-1].decision == "name-none"


def test_the_name_of_a_row_is_not_chosen() -> None:
    read = analyse(make_source(ROWS), load_pack())
    assert [naming(read, row, load_pack()) for row in read.indicators] == [()]


def test_the_choices_of_a_name_are_watched_no_longer_than_asked_for() -> None:
    seen: list[Choice] = []
    with watching(seen.append):
        analyse(make_source(STRUCTURE), load_pack())
    count = len(seen)
    analyse(make_source(STRUCTURE), load_pack())
    assert count == len(seen) == 1


def test_the_names_that_could_be_made_have_the_words_on_both_sides() -> None:
    names: set[str] = set()
    with watching(lambda choice: names.update(choice.names())):
        analyse(make_source("Có 45% hộ gia đình đạt chuẩn văn hóa ở xã Bản Lìm"), load_pack())
    assert "hộ gia đình đạt chuẩn văn hóa" in {name.removesuffix(" ở xã Bản Lìm") for name in names}
    assert any(name.startswith("hộ gia đình") for name in names)
