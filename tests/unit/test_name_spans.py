"""Where a name's words stand in the source: beside the number, in rows, headings, columns' heads and lines above."""

import unicodedata

import pytest

from nqparse.models import Indicator
from nqparse.packs.load import load_pack
from nqparse.pipeline import analyse, document
from nqparse.testing.invariants import record_faults
from nqparse.text.source import make_source

BULLETS = "II. VỐN\nTổng vốn thực hiện đề án là 320 tỷ đồng, bao gồm:\n- Ngân sách tỉnh: 300 tỷ đồng\n"
COORDINATED = "I. CHỈ TIÊU\n(1) Có khoảng 92% hộ gia đình, 95% thôn bản đạt chuẩn văn hóa.\n"
HEADING = "I. MỤC TIÊU\n1. Tổng nguồn vốn huy động:\n- Vốn ngân sách xã: 12 tỷ đồng.\n- Vốn doanh nghiệp: 8 tỷ đồng.\n"
WRAPPED = "I. CHỈ TIÊU\n- Tỷ lệ hộ gia đình ở xã Bản Lìm được\nsử dụng nước **hợp vệ sinh** đạt 98%.\n"
TABLE = """PHỤ LỤC CHỈ TIÊU

| TT | Chỉ tiêu | Đơn vị | Năm 2026 |
|---|---|---|---|
| 1 | Sản lượng khai thác | tấn | 120 |
|  | Trong đó: Cá đồng | tấn | 45 |
| 2 | Diện tích rừng trồng mới (cả năm) | ha | 300 |
"""
COLUMNS = """PHỤ LỤC

| TT | Xã | Diện tích trồng mới (ha) | Sản lượng chè (tấn) |
|---|---|---|---|
| 1 | Bản Lìm | 35 | 410 |
| 2 | Nà Sòi | 28 | 366 |
"""
PAGES = "I. KẾT QUẢ\nTỷ lệ hộ nghèo là 5%.\n\nNăm 2026 là 4%.\n"
TEXTS = (BULLETS, COORDINATED, HEADING, WRAPPED, TABLE, COLUMNS, PAGES)


def rows_of(raw: str) -> tuple[Indicator, ...]:
    source, pack = make_source(raw, "made.txt"), load_pack()
    found = document(analyse(source, pack), pack)
    assert record_faults(source, found) == []
    return found.indicators


def parts(raw: str) -> list[list[str]]:
    return [[raw[start:end] for start, end in row.name_spans] for row in rows_of(raw)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (BULLETS, ["Tổng vốn thực hiện đề án", "Ngân sách tỉnh"]),
        (HEADING, ["Tổng nguồn vốn huy động", "Vốn doanh nghiệp"]),
        (COORDINATED, ["thôn bản đạt chuẩn văn hóa"]),
        (WRAPPED, ["Tỷ lệ hộ gia đình ở xã Bản Lìm được\nsử dụng nước", "hợp vệ sinh"]),
        (TABLE, ["Diện tích rừng trồng mới"]),
        (COLUMNS, ["Sản lượng chè", "Nà Sòi"]),
        (PAGES, ["Tỷ lệ hộ nghèo"]),
    ],
)
def test_the_last_name_is_the_text_of_its_spans(raw: str, expected: list[str]) -> None:
    assert parts(raw)[-1] == expected


def test_a_predicate_that_a_list_shares_is_of_each_member() -> None:
    first, second = parts(COORDINATED)
    assert first == ["hộ gia đình", "đạt chuẩn văn hóa"]
    assert second == ["thôn bản đạt chuẩn văn hóa"]


def test_a_part_has_the_words_of_the_row_above() -> None:
    spans = [row.name_spans for row in rows_of(TABLE)]
    assert [[TABLE[start:end] for start, end in one] for one in spans[:2]] == [
        ["Sản lượng khai thác"],
        ["Sản lượng khai thác", "Cá đồng"],
    ]
    assert spans[1][0] == spans[0][0]


@pytest.mark.parametrize("raw", TEXTS)
def test_decomposed_letters_and_other_line_breaks_move_the_spans_alone(raw: str) -> None:
    other = unicodedata.normalize("NFD", raw).replace("\n", "\r\n")
    composed = [[" ".join(unicodedata.normalize("NFC", part).split()) for part in name] for name in parts(other)]
    assert composed == [[" ".join(part.split()) for part in name] for name in parts(raw)]
    assert [row.name for row in rows_of(other)] == [row.name for row in rows_of(raw)]


def test_a_name_without_words_has_no_spans() -> None:
    (row,) = rows_of("5%")
    assert (row.name, row.name_spans) == ("?", ())
