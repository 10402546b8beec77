"""Findings: each code for the text that it is about, and none for a sound one."""

from decimal import Decimal

import pytest
import regex

from nqparse import parse
from nqparse.packs.load import load_pack
from nqparse.testing.invariants import faults_of, round_trip_faults
from nqparse.text.source import make_source

_SOUND = "I. CHỈ TIÊU\n1. Tỷ lệ hộ nghèo: 2%\n2. Độ che phủ rừng: 48%\n3. Thu ngân sách đạt 112% dự toán.\n"
_NUMBERED = "I. CHỈ TIÊU\n" + "".join(
    f"{n}. Tỷ lệ hộ dùng nước sạch xã {'ABCDEFG'[n]}: {n + 80}%\n" for n in range(1, 7)
)


def codes(text: str) -> dict[str, str | None]:
    return {finding.code: finding.text for finding in parse(text).findings}


@pytest.mark.parametrize(
    ("text", "code", "about"),
    [
        ("Tỷ lệ hộ sử dụng nước sạch đạt 960%", "implausible_value", "960"),
        ("Tỷ lệ hộ nghèo còn 62%", "implausible_value", "62"),
        ("Tỷ lệ hộ nghèo từ 5% - 2%", "implausible_value", "5% - 2"),
        (_NUMBERED + "II. NHIỆM VỤ\nPhấn đấu hoàn thành 18/18 chỉ tiêu.\n", "count_mismatch", "18/18"),
        (
            "Nà Trạch, ngày 12 tháng 12 năm 2024\nBÁO CÁO\ncông tác năm 2024\nI. KẾT QUẢ\nNăm 2026 trồng 12 ha rừng.",
            "future_actual",
            "12",
        ),
        ("II. CHỈ TIÊU\nSố trường đạt chuẩn: 12,5 trường", "fractional_count", "12,5"),
        ("Trồng 120 ha rừng, trong đó rừng sản xuất 150 ha", "part_exceeds_whole", "150"),
        (
            "Cơ cấu kinh tế: nông nghiệp 30%, công nghiệp 45%, dịch vụ 15%.",
            "shares_sum",
            "30%, công nghiệp 45%, dịch vụ 15",
        ),
        (
            "II. CHỈ TIÊU NĂM 2027\n- Tỷ lệ hộ nghèo: 3%\n- Độ che phủ rừng: 48%\n- Tỷ lệ hộ nghèo: 2%",
            "contradicting_target",
            "2",
        ),
        ("Thu ngân sách năm 2026 là 45 triệu đồng.\nThu ngân sách năm 2027 là 48 tỷ đồng.", "outlier", "48"),
        ("II. CHỈ TIÊU\n- 12 trường", "name_is_unit", "12"),
        ("1. Công tác một\nA.\n2. Công tác hai\nB.\n5. Công tác năm\nC.\n", "numbering_gap", "5."),
        ("I. MỘT\nViệc.\nII. HAI\nViệc.\nII. BA\nViệc.\nIII. BỐN\nViệc.\n", "duplicate_label", "II."),
        ("The committee will plant many more trees along the river.", "not_vietnamese", None),
        ("Ty le ho ngheo giam con 2,99% vao cuoi nam nay", "not_vietnamese", None),
    ],
)
def test_what_a_person_should_look_at(text: str, code: str, about: str | None) -> None:
    assert codes(text)[code] == about


def table(*values: tuple[str, ...]) -> str:
    """A table of places with a column for each value."""
    heads = "".join(f" Số hộ năm {2021 + n} |" for n in range(len(values[0])))
    rows = "".join(f"| {n} | Xã Khe {'ABCDEFGH'[n]} | hộ | {' | '.join(row)} |\n" for n, row in enumerate(values))
    return f"| TT | Địa bàn | Đơn vị |{heads}\n|---|---|---|{'---|' * len(values[0])}\n{rows}"


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ([("12,500",), ("9,800",), ("750",)], ["12500", "9800", "750"]),
        ([("12,500",), ("1,234,567",)], ["12500", "1234567"]),
        ([("12,500.5",), ("9,800",)], ["12500.5", "9800"]),
        ([("12,500", "1,234,567"), ("98", "45")], ["12500", "1234567", "98", "45"]),
        ([("12,500",), ("980",)], ["12.5", "980"]),  # too little to tell
        ([("12,500",), ("9,8",)], ["12.5", "9.8"]),
        ([("12,500",), ("0,125",)], ["12.5", "0.125"]),
        ([("12,500", "1.234"), ("9,800", "45")], ["12.5", "1234", "9.8", "45"]),
        ([("12,500", "3,5"), ("9,800", "4,5")], ["12.5", "3.5", "9.8", "4.5"]),
    ],
)
def test_a_comma_before_three_digits_is_never_read_in_silence(values: list[tuple[str, ...]], read: list[str]) -> None:
    document = parse(table(*values))
    assert [row.low for row in document.indicators] == list(map(Decimal, read))
    told = [finding.text for finding in document.findings if finding.code == "ambiguous_number"]
    either = [number for row in values for number in row if regex.fullmatch(r"[1-9]\d{0,2},\d{3}", number)]
    assert told == either


def test_how_a_comma_was_read_is_told() -> None:
    whole = parse(table(("12,500",), ("9,800",))).findings
    decimal = parse("Diện tích rừng trồng đạt 12,500 ha, năng suất 0,125 tấn/ha, giá trị 1,234,567 đồng").findings
    shares = parse("Tỷ lệ hộ nghèo còn 2,125%").findings
    assert "12,500 was read as 12500" in whole[0].message
    assert [(one.code, one.text) for one in decimal] == [("ambiguous_number", "12,500")]
    assert "12,500 was read as 12.5; it may be 12500" in decimal[0].message
    assert [(one.code, one.severity) for one in shares] == [("ambiguous_number", "info")]


def test_a_share_of_three_decimals_is_none_of_thousands() -> None:
    rows = "".join(f"| {n} | Tỷ lệ hộ nghèo xã Khe {'ABC'[n]} | % | {n + 2},125 |\n" for n in range(3))
    document = parse(f"| TT | Chỉ tiêu | Đơn vị | 2024 |\n|---|---|---|---|\n{rows}")
    assert [row.low for row in document.indicators] == [Decimal(f"{n}.125") for n in (2, 3, 4)]


LARGEST = "9" * 28


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,12345678905", "1.1234567890"),  # half even
        ("1,12345678915", "1.1234567892"),
        ("1,123456789051", "1.1234567891"),
        ("0,00000000001", "0"),
        (f"{LARGEST},12345678901", f"{LARGEST}.1234567890"),
        (f"1,{'9' * 300}", "2"),
    ],
)
def test_a_value_of_more_decimals_than_the_tables_hold_is_rounded_and_told(printed: str, value: str) -> None:
    text = f"Hệ số co giãn của cầu là {printed} lần; số xã đạt chuẩn là 12,5%"
    document = parse(text)
    assert [str(row.low) for row in document.indicators if row.text == "12,5"] == ["12.5"]
    (row,) = (row for row in document.indicators if row.text == printed)
    assert row.low == row.high == Decimal(value)
    assert codes(text)["value_rounded"] == printed
    assert not round_trip_faults([document], load_pack())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"Thu ngân sách đạt {LARGEST} tỷ đồng, chi 5 tỷ đồng", LARGEST),
        (f"Thu ngân sách đạt {LARGEST}0 đồng, chi 5 tỷ đồng", LARGEST + "0"),
        (f"Thu ngân sách đạt {LARGEST},99999999999 đồng, chi 5 tỷ đồng", LARGEST + ",99999999999"),
        (f"Thu ngân sách đạt {'9' * 5000} đồng, chi 5 tỷ đồng", "9" * 5000),
        (f"| TT | Chỉ tiêu | Đơn vị | 2024 |\n|---|---|---|---|\n| 1 | Thu | tỷ đồng | {LARGEST} |\n"
         "| 2 | Chi | tỷ đồng | 5 |\n", LARGEST),
    ],
)  # fmt: skip
def test_a_value_that_the_tables_do_not_hold_is_in_the_ledger_and_told(text: str, number: str) -> None:
    document = parse(text)
    assert [(row.low, row.unit) for row in document.indicators] == [(Decimal(5 * 10**9), "VND")]
    assert [row.class_ for row in document.numbers if row.text == number] == ["unexplained"]
    assert codes(text)["unexplained_number"] == number
    assert not round_trip_faults([document], load_pack())


def test_what_is_multiplied_is_not_rounded_on_the_way() -> None:
    document = parse("Giá trị sản xuất đạt 123456789012345678,1234567891 tỷ đồng")
    assert [row.low for row in document.indicators] == [Decimal("123456789012345678123456789.1")]
    assert "value_rounded" not in {finding.code for finding in document.findings}


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(["STT", "Chỉ tiêu", "Đơn vị", "2024", "9" * 5000, "Vải", "tấn", "5", "²", "Nhãn", "tấn", "6"] * 2),
        f"{'9' * 5000}. Một\n{'1' * 12}.{'2' * 12}. Hai: 5%\n({'9' * 5000}) Ba: 6%",
        f"Giai đoạn 0000-9999: 5%; năm {'9' * 5000}: 6%; ngày 99/99/9999: 7%",
        "Tỷ lệ ²³ đạt ٣٤%, १२,५% và x² = ⑤",
        "1." * 200 + " Mục\n" + "I." * 200 + " Mục 5%",
    ],
)
def test_no_number_is_too_long_or_too_odd(text: str) -> None:
    source = make_source(text)
    assert not faults_of(source, load_pack())


def test_a_sound_text_has_none() -> None:
    assert codes(_SOUND) == {}
    assert codes(_NUMBERED + "II. NHIỆM VỤ\nPhấn đấu hoàn thành 6/6 chỉ tiêu.\n") == {}
    assert codes("") == codes(" \n\t\r\n") == {"empty_text": None}


@pytest.mark.parametrize(
    "text",
    [
        "Trồng 120 ha rừng, trong đó rừng sản xuất 90 ha; chăm sóc 150 ha",
        "Cơ cấu kinh tế: nông nghiệp 30%, công nghiệp 45%, dịch vụ 25%.",
        "Cơ cấu kinh tế: nông nghiệp giảm từ 28% xuống 26%, công nghiệp 44%, dịch vụ 30%.",
        "Số con bình quân của một phụ nữ là 2,1 con",
        "II. CHỈ TIÊU NĂM 2027\n- Tỷ lệ hộ nghèo năm 2026: 3%\n- Độ che phủ rừng: 48%\n- Tỷ lệ hộ nghèo: 2%",
        "Nà Trạch, ngày 12 tháng 12 năm 2024\nBÁO CÁO\nnăm 2025\nI. KẾT QUẢ NĂM 2025\nSố thôn giảm từ 14 thôn.",
        "Thu ngân sách năm 2026 là 45 tỷ đồng.\nThu ngân sách năm 2027 là 48 tỷ đồng.",
    ],
)
def test_rows_that_fit_each_other_are_not_told(text: str) -> None:
    odd = {"part_exceeds_whole", "shares_sum", "fractional_count", "contradicting_target", "outlier", "future_actual"}
    assert not odd & set(codes(text))
