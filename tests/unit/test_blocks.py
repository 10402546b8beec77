"""Layout: what belongs together is one block, what does not is not, and every character keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqparse.layout.blocks import Block, BlockKind
from nqparse.layout.build import lay_out
from nqparse.packs.load import load_pack
from nqparse.text.source import make_source

_LONG = "Ủy ban nhân dân các xã chủ động rà soát, bố trí nguồn lực và chỉ đạo thực hiện các nhiệm vụ được giao, bảo đảm"


def blocks(text: str) -> list[Block]:
    return list(lay_out(make_source(text, "x"), load_pack()))


def texts(text: str, kind: BlockKind | None = None) -> list[str]:
    return [block.text for block in blocks(text) if kind is None or block.kind is kind]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- Gieo trồng\n\n3\n\nđược 64.820 ha lúa.\n", ["Gieo trồng được 64.820 ha lúa."]),
        (
            "Mở thêm các lớp dạy nghề cho 40 học\n\nviên là lao động",
            ["Mở thêm các lớp dạy nghề cho 40 học viên là lao động"],
        ),
        ("Buổi chiều nhận hồ sơ đến 17\n\ngiờ 30", ["Buổi chiều nhận hồ sơ đến 17 giờ 30"]),
        (
            "Kỷ luật 9 người (cảnh cáo 7, khai trừ\n\n02). Mô hình",
            ["Kỷ luật 9 người (cảnh cáo 7, khai trừ 02). Mô hình"],
        ),
        (
            "Các xã đã nộp đủ sổ sách năm nay\n\nkèm theo bản sao",
            ["Các xã đã nộp đủ sổ sách năm nay", "kèm theo bản sao"],
        ),
        (
            f"{_LONG[:-9]}. Tổ kiểm tra\n\nLàm việc ở xã. Sau đó họp.",
            [f"{_LONG[:-9]}. Tổ kiểm tra Làm việc ở xã. Sau đó họp."],
        ),
        (f"{_LONG}\n\n- 7 -\n\nđúng tiến độ.\n", [f"{_LONG} đúng tiến độ."]),
        ("- Độ che phủ rừng 48%.\n\n3\n\n- Hộ nghèo 2%.\n", ["Độ che phủ rừng 48%.", "Hộ nghèo 2%."]),
        ("**Điều 1. **Thông qua kế hoạch\n", ["Điều 1. Thông qua kế hoạch"]),
        ("- Nông \\- lâm nghiệp **(16)** tăng *5%*\n", ["Nông - lâm nghiệp (16) tăng 5%"]),
        ("Thu ngân sách¹ đạt 5 tỷ đồng<sup>2</sup>.\n", ["Thu ngân sách đạt 5 tỷ đồng."]),
        ("+ Một\n• Hai\n* Ba\n", ["Một", "Hai", "Ba"]),
    ],
)
def test_what_belongs_together(text: str, wanted: list[str]) -> None:
    assert [block.text for block in blocks(text) if block.kind is not BlockKind.FURNITURE] == wanted


def test_a_dash_at_the_start_of_a_wrapped_line_stays_in_its_range() -> None:
    line = (
        "- Tổng sản phẩm trên địa bàn xã Suối Mơ tăng bình quân hằng năm trong kỳ là\n  trên mức chung của tỉnh, phấn\n"
    )
    text = line.replace("phấn", "đấu đạt mức cao hơn nữa, phấn đấu") * 9
    text += "- Kim ngạch xuất khẩu đạt 950 triệu USD; phấn đấu trong năm nay đón được 2,7\n"
    text += "- 2,8 triệu lượt khách du lịch.\n"
    assert texts(text)[-1].endswith("đón được 2,7 - 2,8 triệu lượt khách du lịch.")


def test_tables_of_tabs_and_of_pipes() -> None:
    for sign, ruled in (("\t", ""), (" | ", "|---|---|---|\n")):
        rows = [("TT", "Chỉ tiêu", "Kế hoạch"), ("1", "Diện tích lúa", "250"), ("2", "Diện tích chè", "310")]
        lines = [f"|{sign.join(row)}|" if ruled else sign.join(row) for row in rows]
        found = blocks("\n".join([lines[0] + "\n" + ruled.rstrip("\n") if ruled else lines[0], *lines[1:]]) + "\n")
        cells = [[cell.text for cell in block.cells] for block in found if block.kind is BlockKind.ROW]
        assert cells[-2:] == [list(row) for row in rows[1:]]


def test_page_numbers_and_running_headers_are_furniture() -> None:
    works = ("giao thông", "thủy lợi", "trường học", "y tế", "văn hóa")
    pages = "\n\n".join(f"Xây dựng {work}.\n\n{n}\n\nDự thảo trình đại hội" for n, work in enumerate(works, 1))
    assert set(texts(pages, BlockKind.FURNITURE)) == {*"12345", "Dự thảo trình đại hội"}


@given(
    st.lists(
        st.sampled_from(["- ", "+ ", "\n", "\t", " | ", "**", "1. ", "I. ", "a) ", "đạt 5,2%", "từ 3", "¹", "\\-"]),
        max_size=30,
    )
)
def test_every_letter_and_digit_keeps_its_place(pieces: list[str]) -> None:
    text = "".join(pieces)
    for block in blocks(text):
        for at, sign in enumerate(block.text):
            if sign.isalnum():
                assert text[block.origin(at)] == sign


def test_a_bullet_goes_on_in_a_line_of_small_letters_after_a_semicolon() -> None:
    text = "- Cơ cấu: nông nghiệp 21%; dịch vụ 34%;\nthuế sản phẩm 4%.\n- Thu ngân sách: 12 tỷ đồng."
    assert texts(text) == ["Cơ cấu: nông nghiệp 21%; dịch vụ 34%; thuế sản phẩm 4%.", "Thu ngân sách: 12 tỷ đồng."]


@pytest.mark.parametrize(("line", "opens"), [("**Điều 5.** Hiệu lực", True), ("Điều 5. của Luật này", False)])
def test_a_bold_marker_opens_its_line_in_wrapped_text_though_nothing_ends_the_one_above(line: str, opens: bool) -> None:
    text = f"{_LONG}\nđúng tiến độ theo quy định.\n" * 12 + f"{_LONG}\n{line}\n"
    assert (texts(text)[-1].startswith("Điều 5.")) is opens
