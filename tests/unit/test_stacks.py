"""Tables whose every cell stands on a line of its own, with nothing between the cells."""

import pytest

from nqparse import parse
from nqparse.models import Indicator

_PLAIN = """Kết quả thực hiện các chỉ tiêu năm 2024

TT

Chỉ tiêu

Đơn vị

Kế hoạch năm 2024

Ước thực hiện năm 2024

Đánh giá

I

Kinh tế

1

Tổng thu ngân sách

Tỷ đồng

864

1.055

Vượt

2

Tỷ lệ nhập siêu so với kim ngạch xuất khẩu

%

Dưới 3

Xuất siêu

Vượt

- Trong đó: Tỷ lệ nhập siêu của khu vực trong nước

%

4

3,5

3

Số giường bệnh

giường bệnh

27

31

Đạt

II. NHIỆM VỤ NĂM 2025

Phấn đấu kết nạp 12 đảng viên.
"""


def _read(text: str) -> list[Indicator]:
    return list(parse(text).indicators)


@pytest.mark.parametrize("text", [_PLAIN, _PLAIN.replace("\n\n", "\n")], ids=["spaced", "dense"])
def test_cells_in_a_stack_are_dealt_to_their_columns(text: str) -> None:
    found = [(i.label, i.text, str(i.unit), str(i.role)) for i in _read(text)]
    assert found == [
        ("1", "864", "VND", "target"),
        ("1", "1.055", "VND", "estimate"),
        ("2", "3", "%", "target"),
        (None, "4", "%", "target"),
        (None, "3,5", "%", "estimate"),
        ("3", "27", "giường bệnh", "target"),
        ("3", "31", "giường bệnh", "estimate"),
        (None, "12", "đảng viên", "target"),
    ]


def test_labels_in_a_stack_are_no_page_numbers_and_no_values() -> None:
    document = parse(_PLAIN)
    classes = {n.text: str(n.class_) for n in document.numbers if n.text in ("1", "2")}
    assert classes == {"1": "marker", "2": "marker"}


def test_lines_after_the_word_that_keep_to_no_columns_are_no_table() -> None:
    text = "STT\nTên đơn vị\nĐịa chỉ\nGhi chú\n1\nTrường Lâm Sơn\nthôn Bãi Cát\n2\nTrường Khe Đá\nthôn Ngòi Lau"
    text += "\nKết nạp 9 đảng viên."
    assert [i.text for i in _read(text)] == ["9"]


def test_a_blank_before_a_unit_that_is_a_sign_hides_it_from_nobody() -> None:
    head = "TT\n\nChỉ tiêu\n\nĐơn vị\n\nKế hoạch năm 2024\n\nKết quả năm 2024\n\n"
    rows = "1\n\nMức giảm hộ nghèo\n\nđiểm\n\n1,2\n\n1,4\n\n- Trong đó: Tỷ lệ hộ nghèo vùng lòng hồ\n\n %\n\n4\n\n3,5\n"
    found = parse(head + rows).indicators
    assert [(one.text, one.unit) for one in found] == [("1,2", "điểm"), ("1,4", "điểm"), ("4", "%"), ("3,5", "%")]


def test_rows_that_no_bar_opens_are_a_table_of_the_columns_that_bars_end() -> None:
    head = "I. Dự toán thu, chi\n\nĐVT: Triệu đồng\n| Tỉnh giao | Huyện giao |\n"
    rows = "1. Tổng thu: | 4.500 | 4.800 |\n- Thu nội địa: | 4.000 | 4.100 |\n- Thu viện trợ: | 500 | 700 |\n"
    found = parse(head + rows).indicators
    assert [(one.name, one.label, one.text, f"{one.low:.0f}") for one in found] == [
        ("Tổng thu", "1", "4.500", "4500000000"),
        ("Tổng thu", "1", "4.800", "4800000000"),
        ("Thu nội địa", None, "4.000", "4000000000"),
        ("Thu nội địa", None, "4.100", "4100000000"),
        ("Thu viện trợ", None, "500", "500000000"),
        ("Thu viện trợ", None, "700", "700000000"),
    ]


def test_a_letterhead_with_bars_is_no_table() -> None:
    text = "HỘI ĐỒNG NHÂN DÂN | CỘNG HÒA XÃ HỘI |\nSố: 12/NQ-HĐND | Đồng Lau, ngày 08 tháng 12 năm 2027 |\n"
    assert parse(text).indicators == ()


def test_a_page_number_that_ends_a_page_within_a_stack_is_no_cell() -> None:
    pages = _PLAIN.replace("864\n", "864\n\n7\n\f", 1).replace("Tỷ lệ nhập siêu", "8\n\fTỷ lệ nhập siêu", 1)
    found = [(i.label, i.text, i.unit, i.role) for i in _read(pages)]
    assert found == [(i.label, i.text, i.unit, i.role) for i in _read(_PLAIN)]


def test_numbers_that_end_pages_and_do_not_go_on_are_cells() -> None:
    pages = _PLAIN.replace("864\n\n", "864\n\f", 1).replace("27\n\n", "27\n\f", 1)
    assert [i.text for i in _read(pages)] == [i.text for i in _read(_PLAIN)]


def test_a_label_before_the_page_number_of_a_table_of_bars_keeps_its_row() -> None:
    rows = [(str(n), f"Tỷ lệ thôn có {craft} đạt {n}0%") for n, craft in enumerate(("chè", "quế", "hồi", "mây"), 1)]
    cells = "\n|\n".join(f"{label}\n|\n{words}\n|\nXã Đồng Lau\n|" for label, words in rows)
    plain = f"|\nTT\n|\nChỉ tiêu\n|\nChủ trì\n|\n|\n{cells}\n"
    pages = plain.replace("\n2\n", "\n2\n8\n\f", 1).replace("\n4\n", "\n4\n9\n\f", 1)
    assert [(i.label, i.text) for i in _read(pages)] == [(i.label, i.text) for i in _read(plain)]
    assert [i.label for i in _read(pages)] == ["1", "2", "3", "4"]


_MERGED = """STT

CHỈ TIÊU CHỦ YẾU

KẾT QUẢ ĐẠT ĐƯỢC

Năm 2021

Năm 2022

I

Y tế

_

_

1

Số giường bệnh (giường)

25

26

- Tuyến xã (giường)

12

13

II

Giáo dục

_

_

4

Tỷ lệ trường đạt chuẩn (%)

51

55
"""


def test_a_heading_merged_over_years_is_no_column_and_a_group_without_values_no_row() -> None:
    found = [
        (one.text, one.name, one.label, one.period_start, str(one.role))
        for one in parse(_MERGED.replace("_", " ")).indicators
    ]
    assert found == [
        ("25", "Số giường bệnh", "1", 2021, "actual"),
        ("26", "Số giường bệnh", "1", 2022, "actual"),
        ("12", "Tuyến xã", None, 2021, "actual"),
        ("13", "Tuyến xã", None, 2022, "actual"),
        ("51", "Tỷ lệ trường đạt chuẩn", "4", 2021, "actual"),
        ("55", "Tỷ lệ trường đạt chuẩn", "4", 2022, "actual"),
    ]
