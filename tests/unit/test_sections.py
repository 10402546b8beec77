"""Section trees: nesting is learnt from the document, and what only looks like a marker is none."""

import pytest

from nqparse import parse


def tree(text: str) -> list[tuple[str, str | None]]:
    return [(section.path, section.title) for section in parse(text).sections]


@pytest.mark.parametrize(
    ("markers", "paths"),
    [
        ("A. I. 1. 2. II. B. I. 1.", "A A/I A/I/1 A/I/2 A/II B B/I B/I/1"),
        ("I. A. 1. B. II. A. B. C.", "I I/A I/A/1 I/B II II/A II/B II/C"),
        ("1. 1.1. 1.2. 2. 2.1. 2.1.1.", "1 1/1.1 1/1.2 2 2/2.1 2/2.1/2.1.1"),
        ("I. 1. a) b) 2. II. 1.", "I I/1 I/1/a I/1/b I/2 II II/1"),
        ("A. B. C. D. E.", "A B C D E"),
        ("I. II. III. IV. V. VI.", "I II III IV V VI"),
        ("A. I. II. III. IV. V. B. I.", "A A/I A/II A/III A/IV A/V B B/I"),
    ],
)
def test_nesting_is_learnt(markers: str, paths: str) -> None:
    text = "\n".join(
        f"{marker} CÔNG TÁC PHẦN {chr(0x41 + n)}{chr(0x41 + n)}" for n, marker in enumerate(markers.split())
    )
    assert [path for path, _ in tree(text)] == paths.split()


@pytest.mark.parametrize("sign", ["I-", "I.", "I -", "I/"])
def test_signs_after_a_roman_number(sign: str) -> None:
    text = f"{sign} TÌNH HÌNH\nĐạt 5%.\n{sign.replace('I', 'II')} NHIỆM VỤ\nTăng 6%.\n"
    assert [title for _, title in tree(text)] == ["TÌNH HÌNH", "NHIỆM VỤ"]


@pytest.mark.parametrize("word", ["Phần thứ nhất", "Phân thứ nhất", "PHẦN THỨ NHẤT"])
def test_parts_and_their_slips(word: str) -> None:
    second = word.replace("nhất", "hai").replace("NHẤT", "HAI")
    text = f"{word}\nKẾT QUẢ THỰC HIỆN\nĐạt 5%.\n{second}\nPHƯƠNG HƯỚNG, NHIỆM VỤ\nTăng 6%.\n"
    assert [title for _, title in tree(text)] == ["KẾT QUẢ THỰC HIỆN", "PHƯƠNG HƯỚNG, NHIỆM VỤ"]


@pytest.mark.parametrize(
    "text",
    [
        "I. MỤC TIÊU\nSản lượng nước đạt\n15.000 m³ mỗi ngày.\n",
        "I. MỤC TIÊU\nCác đồng chí dự họp gồm có\nC. và D. là khách mời.\n",
        "I. MỤC TIÊU\nThực hiện Nghị quyết số\n57-NQ/TW của Bộ Chính trị.\n",
    ],
)
def test_what_only_looks_like_a_marker(text: str) -> None:
    assert [path for path, _ in tree(text)] == ["I"]


def test_a_gap_and_a_duplicate_label_are_told() -> None:
    kinds = {f.code for f in parse("1. Công tác một\nA.\n2. Công tác hai\nB.\n5. Công tác năm\nC.\n").findings}
    assert "numbering_gap" in kinds
    kinds = {f.code for f in parse("I. MỘT\nViệc.\nII. HAI\nViệc.\nII. BA\nViệc.\nIII. BỐN\nViệc.\n").findings}
    assert "duplicate_label" in kinds


def test_signatures_and_recipients_are_in_no_section() -> None:
    text = "I. NHIỆM VỤ\nĐạt 5% trở lên.\n\n"
    text += "Nơi nhận:\n- Như trên;\n- Lưu VT, 25 bản.\n\nTM. BAN CHẤP HÀNH\nBÍ THƯ\n\nLê Văn Thí Dụ\n"
    document = parse(text)
    assert text[: document.sections[0].char_end].rstrip().endswith("trở lên.")
    assert [i.text for i in document.indicators] == ["5"]


def test_a_title_of_two_colons_runs_to_the_one_that_ends_the_line() -> None:
    text = "Điều 1. Thống nhất phê chuẩn: Quyết toán ngân sách năm 2024:\n- Tổng thu: 12 tỷ đồng."
    assert tree(text) == [("Đ1", "Thống nhất phê chuẩn: Quyết toán ngân sách năm 2024:")]


def test_a_paragraph_about_a_topic_is_no_row() -> None:
    text = (
        "I. CHỈ TIÊU\n1. Về kinh tế số, tỷ lệ hộ dùng ví điện tử đạt 30%; tỷ lệ hộ bán hàng trên mạng đạt 12%.\n"
        "2. Tỷ lệ thôn có mạng: 85%."
    )
    assert [path for path, _ in tree(text)] == ["I", "I/1"]


def test_an_indicator_with_its_values_by_parts_after_a_colon_is_a_row() -> None:
    text = (
        "I. CHỈ TIÊU\n1. Tỷ trọng lao động: nông nghiệp 48%; dịch vụ 52%.\n"
        "2. Cơ cấu kinh tế: Nông nghiệp 30%; Dịch vụ 70%.\n"
        "3. Về kinh tế: tốc độ tăng trưởng 9%; thu ngân sách 12 tỷ đồng."
    )
    assert [path for path, _ in tree(text)] == ["I", "I/3"]
    assert [i.label for i in parse(text).indicators] == ["1", "1", "2", "2", None, None]


COUNTED_ANEW = """I- MỤC TIÊU
1. Mục tiêu chung: Xây dựng phường văn minh.
2. Các chỉ tiêu chủ yếu
1. Giữ cơ cấu kinh tế: Dịch vụ dẫn đầu. Tỷ trọng dịch vụ 58%, công nghiệp 42%.
2. Thu ngân sách tăng 6%.
3. Không còn hộ nghèo.
4. Tỷ lệ lao động qua đào tạo: 82%.
3. Nhiệm vụ
Mở 3 lớp.
"""


def test_a_list_that_counts_anew_under_its_heading_is_no_section() -> None:
    assert [path for path, _ in tree(COUNTED_ANEW)] == ["I", "I/1", "I/2", "I/3"]
    rows = [(row.text, row.label, row.section_path) for row in parse(COUNTED_ANEW).indicators]
    listed = [("58", "1", "I/2"), ("42", "1", "I/2"), ("6", "2", "I/2"), ("82", "4", "I/2"), ("3", None, "I/3")]
    assert rows == listed


def test_promulgated_programme_is_no_appendix() -> None:
    """What a resolution promulgates after its signature is the text itself; its sections stand at the top."""
    text = (
        "Điều 1. Ban hành kèm theo Nghị quyết này Chương trình hành động.\n\nNơi nhận:\n- Lưu: VT.\n\n"
        "CHƯƠNG TRÌNH HÀNH ĐỘNG\n\nVỀ PHÁT TRIỂN DƯỢC LIỆU\n(Ban hành kèm theo Nghị quyết số 12/NQ-HĐND)\n\n"
        "I. MỤC TIÊU\nTrồng 300 ha rừng.\n"
    )
    assert [path for path, _ in tree(text)] == ["Đ1", "I"]


def test_an_item_with_a_title_over_bullets_is_a_section_and_gives_its_year() -> None:
    read = parse("II. MỤC TIÊU CỤ THỂ\n(1) Đến năm 2030\n- Tỷ lệ hộ nghèo: 3%\n(2) Đến năm 2035\n- Tỷ lệ hộ nghèo: 2%")
    assert [section.path for section in read.sections] == ["II", "II/1", "II/2"]
    assert [(row.text, row.period_start) for row in read.indicators] == [("3", 2030), ("2", 2035)]


def test_items_with_values_stay_rows() -> None:
    read = parse("II. CHỈ TIÊU\n(1) Tỷ lệ hộ nghèo: 3%\n(2) Thu ngân sách: 12 tỷ đồng")
    assert [section.path for section in read.sections] == ["II"]
    assert [row.label for row in read.indicators] == ["1", "2"]


def test_letters_with_and_without_f_are_counted() -> None:
    """Most writers pass over "f"; where it is printed, "g" comes after it."""
    for letters in ("abcdđeg", "abcdđefg"):
        text = "1. Thị trường\n" + "\n".join(f"{letter}) Vùng {letter.upper()} và lân cận" for letter in letters)
        read = parse(text)
        assert [section.label for section in read.sections] == ["1", *letters]
        assert not [one for one in read.findings if one.code in ("numbering_gap", "duplicate_label")]
