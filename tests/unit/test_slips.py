"""Slips in single letters are read as meant, where they stand; names and other words are left alone."""

import pytest

from nqparse.packs.load import load_pack
from nqparse.pipeline import parse
from nqparse.text.slips import mend
from nqparse.text.source import make_source


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Số trường đạt chuẩn quộc gia tăng 5%", "Số trường đạt chuẩn quốc gia tăng 5%"),
        ("giảm tỷ lể hộ nghèo", "giảm tỷ lệ hộ nghèo"),
        ("Tăng vốn đầu tu công", "Tăng vốn đầu tư công"),
        ("KẾ HOẠCH PHÁT TRIỄN", "KẾ HOẠCH PHÁT TRIỂN"),
        ("hỗ trợ cập nhầt kiến thức", "hỗ trợ cập nhật kiến thức"),
        ("thực hiện tái cơ cấu sản xuất", "thực hiện tái cơ cấu sản xuất"),
        ("viên chức có bản lĩnh", "viên chức có bản lĩnh"),
        ("Nghị quyết số 12-NQ/TU ngày 5/5", "Nghị quyết số 12-NQ/TU ngày 5/5"),
        ("cầu Bến May 2 qua sông", "cầu Bến May 2 qua sông"),
        ("đào tạo 12 kỹ sư về chip", "đào tạo 12 kỹ sư về chip"),
        ("xã Lam Giang, huyện Tây Tru", "xã Lam Giang, huyện Tây Tru"),
        ("trồng cây ăn quả ở bãi bồi ven sông", "trồng cây ăn quả ở bãi bồi ven sông"),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(raw: str, text: str) -> None:
    source = mend(make_source(raw), load_pack())
    assert (source.raw, source.text) == (raw, text)


def test_a_mended_slip_is_told_with_its_place() -> None:
    raw = "Số trường đạt\u200b chuẩn quộc gia: 5 trường"
    found = parse(raw)
    assert [row.name_norm for row in found.indicators] == ["số trường đạt chuẩn quốc_gia"]
    told = [one for one in found.findings if one.code == "suspected_ocr_error"]
    assert [(one.text, one.char_start, "quốc" in one.message) for one in told] == [("quộc", 21, True)]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("- Tộng thu ngân sách giảm", "- Tổng thu ngân sách giảm"),
        ("Ở xã này hộ nghẽo còn 3%", "Ở xã này hộ nghèo còn 3%"),
    ],
)
def test_what_a_text_says_elsewhere_tells_what_was_meant(slip: str, meant: str) -> None:
    often = "Tổng thu ngân sách tăng. Hộ nghèo còn 5%. Vốn đầu tư công đạt 7%.\n" * 6
    assert mend(make_source(often + slip), load_pack()).text == often + meant
    assert mend(make_source(slip), load_pack()).slips == ()


def test_a_word_of_any_length_costs_no_more_than_its_letters() -> None:
    text = "nghẽo" * 20_000
    assert mend(make_source(text), load_pack()).text == text


def test_a_long_text_is_mended_in_each_stretch() -> None:
    line = "Giảm tỷ lể hộ nghèo trong năm.\n"
    text = line + "Thu ngân sách đạt kế hoạch.\n" * 12_000 + line
    assert len(mend(make_source(text), load_pack()).slips) == 2
